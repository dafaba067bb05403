//! The sources of all rooms, read for what they tell people: errors with their reason codes, what to do next, sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Lit, Pat};

/// What the sources tell.
#[derive(Default)]
pub struct Told {
    /// Reason codes with what is told under them.
    pub reasons: BTreeMap<String, Reason>,
    /// Every `#[error("…")]` with words of its own, and where it stands.
    pub errors: BTreeMap<String, String>,
    /// Sentences of the command and of the checks of a publication, and where they stand.
    pub sentences: BTreeMap<String, String>,
}

/// What is told under one reason code.
#[derive(Default)]
pub struct Reason {
    /// What happened.
    pub what: BTreeSet<String>,
    /// What to do next.
    pub next: BTreeSet<String>,
    /// It ends a command; else it stands in the report of `verify` alone.
    pub ends: bool,
}

/// All of them, read once.
pub fn read() -> &'static Told {
    static TOLD: std::sync::OnceLock<Told> = std::sync::OnceLock::new();
    TOLD.get_or_init(read_all)
}

fn read_all() -> Told {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut told = Told::default();
    for room in sorted(&root) {
        let name = room.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // The demo's voters, and the files that tests of several rooms share.
        if ["sim", "testing"].contains(&name.as_str()) {
            continue;
        }
        for path in files(&room.join("src")) {
            let place = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
            let skipped = ["/demo/", "/words/", "/testing", "/tests", "_tests.rs", "/examples.rs", "/man.rs"];
            if skipped.iter().any(|part| place.contains(part)) {
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("a source is text");
            let file = syn::parse_file(&source).unwrap_or_else(|e| panic!("{place}: {e}"));
            read_file(&file, &name, &place, &mut told);
        }
    }
    told
}

fn sorted(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let nested = sorted(dir).into_iter().map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    nested.flatten().filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}

/// A format string with every filling as `{}`.
pub fn normal(format: &str) -> String {
    let mut text = String::new();
    let mut rest = format.replace("{{", "\u{1}").replace("}}", "\u{2}");
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let close = rest[open..].find('}').map_or(rest.len(), |at| open + at + 1);
        text.push_str("{}");
        rest = rest[close..].to_owned();
    }
    text.push_str(&rest);
    text.replace('\u{1}', "{").replace('\u{2}', "}")
}

/// Words, and not a filling with a colon.
fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// A sentence for people: words with a space between them.
fn is_sentence(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(3).any(|w| w[0].is_ascii_alphanumeric() && w[1].is_ascii_lowercase() && w[2] == b' ')
}

fn is_code(text: &str) -> bool {
    let mut parts = text.split('.');
    let good = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'-');
    let first = parts.next().is_some_and(good);
    let rest: Vec<&str> = parts.collect();
    // Names of files look alike.
    let files = ["csv", "json", "toml", "txt", "pem", "age", "pdf", "png", "pub", "html", "rs", "sqlite", "lock", "md"];
    first && !rest.is_empty() && rest.iter().all(|part| good(part)) && !files.contains(rest.last().expect("not empty"))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| {
        a.path().is_ident("test")
            || (a.path().is_ident("cfg") && a.parse_args::<syn::Path>().is_ok_and(|p| p.is_ident("test")))
    })
}

/// The message of `#[error("…")]`; `None` where it is transparent or there is none.
fn message(attributes: &[Attribute]) -> Option<String> {
    let error = attributes.iter().find(|a| a.path().is_ident("error"))?;
    let syn::Meta::List(list) = &error.meta else { return None };
    match list.tokens.clone().into_iter().next()? {
        TokenTree::Literal(literal) => match Lit::new(literal) {
            Lit::Str(text) => Some(normal(&text.value())),
            _ => None,
        },
        _ => None,
    }
}

/// The enums and structs of errors of one file, and what `impl Coded` says of them.
#[derive(Default)]
struct Errors {
    /// Type, variant (empty for a struct) → message.
    messages: BTreeMap<String, BTreeMap<String, String>>,
    /// Type → (variants, text) in the order of the arms; no variants means whatever is left.
    codes: BTreeMap<String, Vec<(Vec<String>, String)>>,
    nexts: BTreeMap<String, Vec<(Vec<String>, String)>>,
}

fn read_file(file: &syn::File, room: &str, place: &str, told: &mut Told) {
    let mut errors = Errors::default();
    for item in &file.items {
        read_item(item, &mut errors);
    }
    for variants in errors.messages.values() {
        for text in variants.values().filter(|text| has_words(text)) {
            told.errors.entry(text.clone()).or_insert_with(|| place.to_owned());
        }
    }
    for (name, codes) in &errors.codes {
        let none = BTreeMap::new();
        let messages = errors.messages.get(name).unwrap_or(&none);
        let nexts = errors.nexts.get(name).map(Vec::as_slice).unwrap_or_default();
        for (variants, code) in codes {
            let reason = told.reasons.entry(code.clone()).or_default();
            reason.ends = true;
            for variant in variants {
                reason.what.extend(messages.get(variant).filter(|text| has_words(text)).cloned());
                let arm = nexts.iter().find(|(own, _)| own.is_empty() || own.contains(variant));
                reason.next.extend(arm.map(|(_, text)| text.clone()));
            }
            if variants.is_empty() {
                reason.what.extend(messages.get("").filter(|text| has_words(text)).cloned());
                reason.next.extend(nexts.iter().map(|(_, text)| text.clone()));
            }
        }
        // Every "what next", even of an arm that no code is paired with.
        for (_, text) in nexts {
            told.sentences.entry(text.clone()).or_insert_with(|| place.to_owned());
        }
    }
    let speaks = room == "sanad" || (room == "verify" && !place.ends_with("render.rs") && !place.ends_with("table.rs"));
    // A definition's problems have a table of their own: `election::Rule`.
    if room == "election" {
        return;
    }
    let mut speech = Speech { told, place, speaks, bound: Vec::new() };
    speech.visit_file(file);
}

fn read_item(item: &syn::Item, errors: &mut Errors) {
    match item {
        syn::Item::Enum(e) => {
            let variants = e.variants.iter().filter_map(|v| Some((v.ident.to_string(), message(&v.attrs)?)));
            errors.messages.insert(e.ident.to_string(), variants.collect());
        }
        syn::Item::Struct(s) => {
            let own = message(&s.attrs).map(|text| (String::new(), text));
            errors.messages.insert(s.ident.to_string(), own.into_iter().collect());
        }
        syn::Item::Impl(i) => {
            let is_coded = i
                .trait_
                .as_ref()
                .is_some_and(|(_, path, _)| path.segments.last().is_some_and(|segment| segment.ident == "Coded"));
            let syn::Type::Path(own) = &*i.self_ty else { return };
            if !is_coded {
                return;
            }
            let name = own.path.segments.last().expect("a path has a segment").ident.to_string();
            for item in &i.items {
                let syn::ImplItem::Fn(function) = item else { continue };
                let mut arms = Vec::new();
                function.block.stmts.iter().for_each(|statement| {
                    if let syn::Stmt::Expr(expression, _) = statement {
                        texts(expression, &[], &mut arms);
                    }
                });
                if function.sig.ident == "code" {
                    errors.codes.insert(name.clone(), arms);
                } else if function.sig.ident == "next" {
                    errors.nexts.insert(name.clone(), arms);
                }
            }
        }
        _ => {}
    }
}

/// The literals that an expression comes to, each with the variants of its arm.
fn texts(expression: &Expr, variants: &[String], found: &mut Vec<(Vec<String>, String)>) {
    match expression {
        Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => found.push((variants.to_vec(), text.value())),
        Expr::Match(inner) => {
            for arm in &inner.arms {
                let mut own = Vec::new();
                names(&arm.pat, &mut own);
                let own = if own.is_empty() { variants.to_vec() } else { own };
                texts(&arm.body, &own, found);
            }
        }
        Expr::Block(block) => texts_in(&block.block, variants, found),
        Expr::If(inner) => {
            texts_in(&inner.then_branch, variants, found);
            if let Some((_, other)) = &inner.else_branch {
                texts(other, variants, found);
            }
        }
        _ => {}
    }
}

fn texts_in(block: &syn::Block, variants: &[String], found: &mut Vec<(Vec<String>, String)>) {
    for statement in &block.stmts {
        if let syn::Stmt::Expr(inner, _) = statement {
            texts(inner, variants, found);
        }
    }
}

/// The variants that a pattern names.
fn names(pattern: &Pat, found: &mut Vec<String>) {
    let mut last = |path: &syn::Path| {
        if path.segments.len() > 1 {
            found.push(path.segments.last().expect("more than one").ident.to_string());
        }
    };
    match pattern {
        Pat::Or(or) => or.cases.iter().for_each(|case| names(case, found)),
        Pat::Path(path) => last(&path.path),
        Pat::TupleStruct(tuple) => last(&tuple.path),
        Pat::Struct(inner) => last(&inner.path),
        Pat::Reference(inner) => names(&inner.pat, found),
        _ => {}
    }
}

/// Reads what a file says: pairs of a reason code with what follows it, and sentences.
struct Speech<'a> {
    told: &'a mut Told,
    place: &'a str,
    speaks: bool,
    /// The texts that names were bound to in the functions being read.
    bound: Vec<BTreeMap<String, Vec<String>>>,
}

impl Speech<'_> {
    fn sentence(&mut self, text: &str) {
        if self.speaks {
            self.told.sentences.entry(text.to_owned()).or_insert_with(|| self.place.to_owned());
        }
    }

    /// The texts that an argument comes to.
    fn texts_of(&self, expression: &Expr) -> Vec<String> {
        if let Expr::Path(path) = expression
            && let Some(name) = path.path.get_ident()
        {
            let name = name.to_string();
            return self.bound.iter().rev().find_map(|names| names.get(&name)).cloned().unwrap_or_default();
        }
        let mut literals = Literals::default();
        literals.visit_expr(expression);
        literals.found.into_iter().filter(|text| has_words(text) && !is_code(text)).collect()
    }

    fn arguments<'e>(&mut self, arguments: impl Iterator<Item = &'e Expr>) {
        let arguments: Vec<&Expr> = arguments.collect();
        let code_of = |expression: &Expr| match expression {
            Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) if is_code(&text.value()) => Some(text.value()),
            _ => None,
        };
        let Some(at) = arguments.iter().position(|argument| code_of(argument).is_some()) else { return };
        let code = code_of(arguments[at]).expect("it was found");
        let mut rest = arguments[at + 1..].iter().map(|argument| self.texts_of(argument));
        let (what, next) = (rest.next().unwrap_or_default(), rest.next().unwrap_or_default());
        let ends = !self.place.starts_with("verify/");
        let reason = self.told.reasons.entry(code).or_default();
        reason.ends |= ends;
        reason.what.extend(what.into_iter().filter(|text| text.contains(' ')));
        // `unknown` takes an id behind the sentence; only sentences say what to do.
        reason.next.extend(next.into_iter().filter(|text| is_sentence(text)));
    }
}

impl<'ast> Visit<'ast> for Speech<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.bound.push(BTreeMap::new());
        visit::visit_block(self, block);
        self.bound.pop();
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        let mut pattern = &local.pat;
        if let Pat::Type(typed) = pattern {
            pattern = &typed.pat;
        }
        if let (Pat::Ident(name), Some(init)) = (pattern, &local.init) {
            let texts = self.texts_of(&init.expr);
            if let Some(names) = self.bound.last_mut() {
                names.insert(name.ident.to_string(), texts);
            }
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        self.arguments(call.args.iter());
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.arguments(call.args.iter());
        if call.method == "expect" && call.args.len() == 1 {
            // What cannot happen is told to programmers.
            return self.visit_expr(&call.receiver);
        }
        // These take a sentence, however short.
        if ["tell", "find", "alarm", "worded", "progress"].contains(&call.method.to_string().as_str())
            && let Some(Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. })) = call.args.first()
        {
            self.sentence(&text.value());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        if is_sentence(&text.value()) {
            self.sentence(&normal(&text.value()));
        }
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let name = called.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if ["unreachable", "panic", "assert", "assert_eq", "env", "matches"].contains(&name.as_str()) {
            return;
        }
        let mut literals = Literals::default();
        literals.tokens(called.tokens.clone());
        for text in literals.found.iter().filter(|text| is_sentence(text)) {
            self.sentence(text);
        }
    }
}

/// All texts in an expression, macros included.
#[derive(Default)]
struct Literals {
    found: Vec<String>,
}

impl Literals {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Lit::Str(text) = Lit::new(literal) {
                        self.found.push(normal(&text.value()));
                    }
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Literals {
    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.found.push(normal(&text.value()));
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.tokens(called.tokens.clone());
    }
}

/// All sources of a folder as one text.
pub fn text_of(dir: &Path) -> String {
    files(dir).iter().map(|path| std::fs::read_to_string(path).expect("a source is text")).collect()
}
