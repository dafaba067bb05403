//! The sources of all rooms, read for what parses bytes or text that came from elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{
    Attribute, FnArg, GenericArgument, GenericParam, PathArguments, ReturnType, Signature, Type, TypeParamBound,
};

/// Rooms of tests and benchmarks alone, and those that draw: nothing from outside comes to them.
const OTHERS: [&str; 7] = ["bench", "faults", "hostile", "print", "sim", "site", "testing"];

/// A function that takes text or a path reads it where its name begins so; one that takes bytes does, whatever its name…
const READS: [&str; 8] = ["decode", "from_", "import", "join", "load", "open", "parse", "read"];
/// …but for these, which take bytes to write, sign, seal or compare them.
const WRITES: [&str; 12] =
    ["add", "append", "bytes", "draft", "export", "init", "keep_", "of_bytes", "seal", "sign", "write", "verify_"];

/// What turns bytes into values, wherever it is called.
const SERDE: [&str; 6] = [
    "canonical::from_bytes",
    "canonical::read",
    "serde_json::from_slice",
    "serde_json::from_str",
    "toml::from_str",
    "from_reader",
];

/// The readers of each file, by its path below `crates/`.
pub fn readers() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = BTreeMap::new();
    for room in sorted(&root) {
        let name = room.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if OTHERS.contains(&name.as_str()) {
            continue;
        }
        for path in files(&room.join("src")) {
            let place = path.strip_prefix(&root).expect("below it").to_string_lossy().into_owned();
            if ["/tests/", "/tests.rs", "/testing", "/example", "/demo/"].iter().any(|part| place.contains(part)) {
                continue;
            }
            let mut own = Readers::default();
            own.visit_file(&parsed(&path));
            if !own.found.is_empty() {
                found.insert(place, own.found);
            }
        }
    }
    found
}

/// Every word of the sources of the targets.
pub fn words_of_targets() -> BTreeSet<String> {
    #[derive(Default)]
    struct Words(BTreeSet<String>);
    impl Visit<'_> for Words {
        fn visit_ident(&mut self, ident: &proc_macro2::Ident) {
            self.0.insert(ident.to_string());
        }
    }
    let mut words = Words::default();
    let own = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    own.iter().for_each(|path| words.visit_file(&parsed(path)));
    words.0
}

fn parsed(path: &Path) -> syn::File {
    let source = std::fs::read_to_string(path).expect("a source is text");
    syn::parse_file(&source).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
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

/// The readers of one file: `Type::function`, or `function`.
#[derive(Default)]
struct Readers {
    found: BTreeSet<String>,
    /// The type whose functions are looked at.
    of: Option<String>,
    /// The function whose body is looked at.
    within: Option<String>,
}

impl Readers {
    fn function(&mut self, is_public: bool, signature: &Signature) -> String {
        let name = signature.ident.to_string();
        let full = self.of.as_ref().map_or(name.clone(), |of| format!("{of}::{name}"));
        if is_public && is_reader(&name, signature) {
            self.found.insert(full.clone());
        }
        full
    }

    /// Looks into a body, under the name of its function.
    fn body(&mut self, name: String, then: impl FnOnce(&mut Self)) {
        let before = self.within.replace(name);
        then(self);
        self.within = before;
    }
}

impl<'a> Visit<'a> for Readers {
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        if is_test(&item.attrs) {
            return;
        }
        let own = match &*item.self_ty {
            Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        let is_from_str = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
        if is_from_str.is_some_and(|last| last.ident == "FromStr") {
            self.found.extend(own.as_ref().map(|own| format!("{own}::from_str")));
        }
        let before = std::mem::replace(&mut self.of, own);
        visit::visit_item_impl(self, item);
        self.of = before;
    }

    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        if !is_test(&item.attrs) {
            let name = self.function(is_public(&item.vis), &item.sig);
            self.body(name, |own| visit::visit_item_fn(own, item));
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        let name = self.function(is_public(&item.vis), &item.sig);
        self.body(name, |own| visit::visit_impl_item_fn(own, item));
    }

    fn visit_expr_path(&mut self, item: &'a syn::ExprPath) {
        let segments: Vec<String> = item.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let last = &segments[segments.len().saturating_sub(2)..];
        if SERDE.contains(&last.join("::").as_str()) {
            self.found.extend(self.within.clone());
        }
        visit::visit_expr_path(self, item);
    }

    fn visit_expr_method_call(&mut self, item: &'a syn::ExprMethodCall) {
        if SERDE.contains(&item.method.to_string().as_str()) {
            self.found.extend(self.within.clone());
        }
        visit::visit_expr_method_call(self, item);
    }
}

fn is_public(vis: &syn::Visibility) -> bool {
    matches!(vis, syn::Visibility::Public(_))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| {
        a.path().is_ident("test")
            || (a.path().is_ident("cfg") && a.parse_args::<syn::Path>().is_ok_and(|p| p.is_ident("test")))
    })
}

/// Takes bytes, text or a path, and may refuse it.
fn is_reader(name: &str, signature: &Signature) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    let refuses = match &signature.output {
        ReturnType::Type(_, ty) => mentions(ty, &["Option", "Result"]),
        ReturnType::Default => false,
    };
    let generics = signature.generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some((param.ident.to_string(), &param.bounds)),
        _ => None,
    });
    // `fn join<T: AsRef<str>>(codes: &[T])` takes text as well.
    let texts: Vec<String> = generics
        .filter(|(_, bounds)| bounds.iter().any(|bound| is_bound(bound, "AsRef")))
        .map(|(name, _)| name)
        .chain(["str", "String", "Path"].map(str::to_owned))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let types = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.ty),
        FnArg::Receiver(_) => None,
    });
    let (mut has_bytes, mut has_text) = (false, false);
    for ty in types {
        has_bytes |= is_bytes(ty);
        has_text |= mentions(ty, &texts);
    }
    refuses && ((has_bytes && !begins(&WRITES)) || (has_text && begins(&READS)))
}

fn is_bound(bound: &TypeParamBound, name: &str) -> bool {
    matches!(bound, TypeParamBound::Trait(own) if own.path.segments.last().is_some_and(|last| last.ident == name))
}

/// Bytes by reference or owned, however many of them, or something to read them from.
fn is_bytes(ty: &Type) -> bool {
    match ty {
        Type::Reference(inner) => is_bytes(&inner.elem),
        Type::Slice(inner) => {
            matches!(&*inner.elem, Type::Path(path) if path.path.is_ident("u8")) || is_bytes(&inner.elem)
        }
        Type::ImplTrait(inner) => inner.bounds.iter().any(|bound| is_bound(bound, "Read")),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| match &last.arguments {
            PathArguments::AngleBracketed(of) if last.ident == "Vec" => of.args.iter().any(|arg| match arg {
                GenericArgument::Type(Type::Path(path)) => path.path.is_ident("u8"),
                _ => false,
            }),
            _ => false,
        }),
        _ => false,
    }
}

/// Does one of these names stand in it?
fn mentions(ty: &Type, names: &[&str]) -> bool {
    struct Named<'n>(&'n [&'n str], bool);
    impl Visit<'_> for Named<'_> {
        fn visit_path_segment(&mut self, segment: &syn::PathSegment) {
            self.1 |= self.0.iter().any(|name| segment.ident == *name);
            visit::visit_path_segment(self, segment);
        }
    }
    let mut named = Named(names, false);
    named.visit_type(ty);
    named.1
}
