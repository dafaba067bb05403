//! Every mistake that a person makes at the keyboard, and what the command says to it, word by word. What it says lies in
//! `snapshots/`; `INSTA_UPDATE=always cargo test -p sanad --test mistakes` writes it anew, to be read before it is kept.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::by_hand::by_hand;
use common::{copy, demo, words_of};

/// A place for one group of mistakes, beside what the others have made.
struct Desk {
    dir: PathBuf,
    lang: &'static str,
    said: String,
}

impl Desk {
    fn new(name: &str, lang: &'static str) -> Desk {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes").join(format!("{name}-{lang}"));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).expect("a folder");
        Desk { dir, lang, said: String::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    fn copy(&self, from: &Path, name: &str) {
        copy(from, &self.path(name));
    }

    /// Runs a line; `~` stands for the election made by hand, `@` for the demo. Says what came of it.
    fn line(&mut self, line: &str) -> &mut Self {
        let words = words_of(line);
        let mut command = Command::new(common::SANAD);
        for word in &words {
            let word = word.replace('~', &by_hand().display().to_string());
            command.arg(word.replace('@', &demo().display().to_string()));
        }
        command.args(["--lang", self.lang]).current_dir(&self.dir).stdin(Stdio::null());
        command.env_remove("SANAD_LANG").env_remove("RUST_BACKTRACE").env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
        let output = command.output().expect("the command runs");
        let code = output.status.code().unwrap_or_else(|| panic!("{line}: ended by {}", output.status));
        assert_ne!(code, 101, "{line}: panicked: {}", String::from_utf8_lossy(&output.stderr));
        let shown = |bytes: &[u8]| plain(&self.dir, &String::from_utf8_lossy(bytes));
        let (said, wrong) = (shown(&output.stdout), shown(&output.stderr));
        self.said += &format!("$ sanad {line}\n{said}{wrong}[{code}]\n\n");
        self
    }

    /// A remark between the lines.
    fn now(&mut self, what: &str) -> &mut Self {
        self.said += &format!("# {what}\n\n");
        self
    }

    /// Compares all that was said with what was kept.
    fn keep(&self, name: &str) {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "snapshots" }, {
            insta::assert_snapshot!(format!("{name}-{}", self.lang), self.said);
        });
    }
}

/// Without what differs from run to run: folders, keys, hashes, times, lengths of sealed files.
fn plain(dir: &Path, text: &str) -> String {
    let mut text = text.to_owned();
    for (path, name) in [(dir, "."), (by_hand(), "~"), (demo(), "@")] {
        text = text.replace(&path.display().to_string(), name);
    }
    let mut shown = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_alphanumeric() || c == '+' || c == '/' || c == '=' {
            word.push(c);
            continue;
        }
        let is_hex = word.len() >= 40 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let is_key = word.len() >= 58 && !word.contains("//");
        // The first digits of a hash, as a refused sheet is named.
        let is_sheet = word.len() == 12 && word.bytes().all(|b| b.is_ascii_hexdigit());
        shown += if is_hex || is_key {
            "HASH"
        } else if is_sheet {
            "SHEET"
        } else {
            &word
        };
        word.clear();
        if c != '\0' {
            shown.push(c);
        }
    }
    let sizes = [" bytes", " بايت", " بایت"].iter().fold(shown, |text, unit| without_sizes(&text, unit));
    in_order(&without_hours(&sizes))
}

/// Refused sheets are told in the order of their hashes, which are others in every election: here by what was wrong.
fn in_order(text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_refused = |line: &str| line.contains("SHEET") && line.contains("[");
    for some in lines.chunk_by_mut(|a, b| is_refused(a) && is_refused(b)) {
        some.sort_unstable();
    }
    lines.concat()
}

/// What is sealed or packed has another size in every election.
fn without_sizes(text: &str, unit: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || ('٠'..='٩').contains(&c);
    let mut parts: Vec<String> = text.split(unit).map(str::to_owned).collect();
    let last = parts.len() - 1;
    for part in &mut parts[..last] {
        let kept = part.trim_end_matches(|c: char| is_digit(c) || c == ',' || c == '٬').len();
        if part[kept..].chars().filter(|c| is_digit(*c)).count() >= 5 {
            part.replace_range(kept.., "N");
        }
    }
    parts.join(unit)
}

/// When witnesses saw a record, and how long ago, is another hour in every election: such a line ends there.
fn without_hours(text: &str) -> String {
    let is_time = |word: &str| word.len() == 20 && word.ends_with('Z') && word.as_bytes()[10] == b'T';
    let lines = text.split_inclusive('\n').map(|line| {
        let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':'));
        match words.into_iter().find(|word| is_time(word)).and_then(|word| line.find(word)) {
            Some(at) => format!("{}HOUR\n", &line[..at]),
            None => line.to_owned(),
        }
    });
    lines.collect()
}

/// The presiding officer: a whole day with everything done too early, too late, twice, or by somebody else.
fn polling_day(lang: &'static str) {
    let mut desk = Desk::new("station", lang);
    desk.write("empty/.keep", "");
    desk.write("scans/note.txt", "the scanner's log");
    desk.copy(&by_hand().join("scans/0101/sheet-0.png"), "scans/sheet-0.png");
    desk.copy(&by_hand().join("scans/0101/sheet-3.png"), "scans/sheet-3.png");
    desk.copy(&demo().join("slips").join(first(&demo().join("slips"), "png")), "foreign/photo.png");
    desk.write("broken/torn.png", &fs::read(by_hand().join("scans/0101/sheet-0.png")).expect("a scan")[..5000]);
    let prepare = "--election ~/election --fingerprint ~/fingerprint.txt";
    desk.now("before the day")
        .line("station status --dir nowhere")
        .line("station open --dir scans/note.txt --officer officer_1")
        .line(&format!("station prepare --dir s --station 101 --device d0101 {prepare} --key ~/keys/d0101.key.pem"))
        .line(&format!("station prepare --dir s --station 0101 --device d101 {prepare} --key ~/keys/d0101.key.pem"))
        .line(&format!("station prepare --dir s --station 0102 --device d0101 {prepare} --key ~/keys/d0101.key.pem"))
        .line(&format!("station prepare --dir s --station 0101 --device d0101 {prepare} --key ~/keys/d0102.key.pem"))
        .line(&format!("station prepare --dir s --station 0101 --device d0101 {prepare} --key ~/keys/spring.identity.txt"))
        .line(&format!("station prepare --dir s --station 0101 --device d0101 {prepare} --key ~/keys"))
        .line("station prepare --dir s --station 0101 --device d0101 --election ~ --fingerprint ~/fingerprint.txt --key ~/keys/d0101.key.pem")
        .line("station prepare --dir s --station 0101 --device d0101 --election ~/election --fingerprint 12 --key ~/keys/d0101.key.pem")
        .line("station prepare --dir s --station 0101 --device d0101 --election ~/election --fingerprint @/fingerprint.txt --leaf ~/leaf-0.dsse.json --key ~/keys/d0101.key.pem")
        .line(&format!("station prepare --dir s --station ٠١٠١ --device d0101 {prepare} --leaf ~/leaf-0.dsse.json --key ~/keys/d0101.key.pem"))
        .line(&format!("station prepare --dir s --station 0101 --device d0101 {prepare} --leaf ~/leaf-0.dsse.json --key ~/keys/d0101.key.pem"));
    desk.now("too early")
        .line("station scan --dir s scans")
        .line("station enter --dir s --officer officer_1 --received 100 --spoiled 0 --unused 98")
        .line("station close --dir s --officer officer_1 --officer officer_2")
        .line("station report --dir s")
        .line("station hand-over --dir s stick");
    desk.now("the morning")
        .line("station open --dir s --officer oficer_1")
        .line("station open --dir s --officer chair")
        .line("station open --dir s --officer officer_1 --zero zero.jpg")
        .line("station open --dir s --officer officer_1 --zero zero.pdf")
        .line("station open --dir s --officer officer_1")
        .line("station report --dir s");
    desk.now("through the day")
        .line("station scan --dir s nowhere")
        .line("station scan --dir s empty")
        .line("station scan --dir s scans/note.txt")
        .line("station scan --dir s broken")
        .line("station scan --dir s foreign")
        .line("station scan --dir s scans")
        .line("station scan --dir s scans")
        .line("station adjudicate --dir s --person officer_1 --slot 1 --contest member --marked rose")
        .line("station status --dir s");
    desk.now("the evening")
        .line("station close --dir s --officer officer_1 --officer officer_2")
        .line("station enter --dir s --officer officer_1 --received 100 --spoiled 0 --unused x")
        .line("station enter --dir s --officer officer_1 --received 100 --spoiled 0 --unused 90")
        .line("station close --dir s --officer officer_1")
        .line("station close --dir s --officer officer_1 --officer officer_1")
        .line("station close --dir s --officer officer_1 --officer officer_3")
        .line("station close --dir s --officer officer_1 --officer officer_2")
        .line("station enter --dir s --officer officer_1 --received ١٠٠ --spoiled 0 --unused ٩٦")
        .line("station close --dir s --officer officer_1 --officer officer_2")
        .line("station close --dir s --officer officer_1 --officer officer_2")
        .line("station scan --dir s scans")
        .line("station hand-over --dir s stick")
        .line("station report --dir s --slip slip.pdf --agent nobody")
        .line("station report --dir s --slip slip.pdf")
        .line("station hand-over --dir s scans/note.txt")
        .line("station hand-over --dir s stick --name stick")
        .line("station status --dir s");
    desk.keep("station");
}

#[test]
fn a_presiding_officers_mistakes() {
    ["en", "ar", "ckb"].into_iter().for_each(polling_day);
}

/// The first file of a folder with this ending.
fn first(dir: &Path, ending: &str) -> String {
    let entries = fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut names: Vec<String> = entries
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.into_iter().next().expect("there is one")
}

/// The party agent with a photo: not a photo, half a photo, another election's slip, a station that was cancelled.
fn agent(lang: &'static str) {
    let mut desk = Desk::new("slip", lang);
    let slips = demo().join("stations");
    let cancelled = fs::read_dir(&slips).expect("stations").map(|e| e.expect("an entry").path());
    let cancelled = cancelled.min_by_key(|path| !cancelled_one(path)).expect("one is cancelled");
    desk.copy(&cancelled.join("slip.txt"), "cancelled.txt");
    let codes = fs::read_to_string(cancelled.join("slip.txt")).expect("codes");
    let line = codes.lines().next().expect("a code");
    let altered: String =
        line.chars().enumerate().map(|(at, c)| if at == 100 { if c == 'A' { 'B' } else { 'A' } } else { c }).collect();
    desk.write("altered.txt", altered);
    desk.write("not-a-slip.txt", "We won.\n");
    desk.write("empty.png", "");
    desk.copy(&by_hand().join("ballots/spring.png"), "ballot.png");
    desk.copy(&by_hand().join("ballots/spring.pdf"), "paper.pdf");
    desk.line("slip read nowhere.jpg")
        .line("slip read ~/slips")
        .line("slip read empty.png")
        .line("slip read paper.pdf")
        .line("slip read ballot.png")
        .line("slip read not-a-slip.txt")
        .line("slip read altered.txt")
        .line("slip read ~/slips/0101.png")
        .line("slip read ~/slips/0101.png --election ~/election")
        .line("slip read ~/slips/0101.png --election @/election")
        .line("slip read ~/slips/0101.png ~/slips/0102.png")
        .line("slip check ~/slips/0101.png --publication ~")
        .line("slip check ~/slips/0101.png --publication ~/keys")
        .line("slip check nowhere.jpg --publication ~/publication")
        .line("slip check ballot.png not-a-slip.txt altered.txt --publication ~/publication")
        .line("slip check ~/slips/0101.png --publication @/publication")
        .line("slip check cancelled.txt --publication @/publication")
        .line("slip check ~/slips/0101.png ~/slips/0102.png --publication ~/publication")
        .line("slip check ~/slips/0101.png --publication ~/publication --quiet")
        .line("slip check ballot.png ~/slips/0101.png --publication ~/publication --quiet");
    desk.keep("slip");
}

fn cancelled_one(station: &Path) -> bool {
    let name = station.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let table = fs::read_to_string(demo().join("publication/results/accounts.csv")).expect("the accounts");
    table.lines().any(|line| line.starts_with(&format!("{name},")) && line.contains(",cancelled,"))
}

#[test]
fn a_party_agents_mistakes() {
    ["en", "ar", "ckb"].into_iter().for_each(agent);
}

#[test]
fn a_relay_operators_mistakes() {
    let mut desk = Desk::new("relay", "en");
    let station = "media/stick/0101";
    desk.copy(&by_hand().join(station), "stick");
    desk.copy(&by_hand().join(station), "lost");
    fs::remove_file(desk.path("lost/0101-d0101-1.images.age")).expect("it was there");
    desk.copy(&by_hand().join(station), "swapped");
    desk.copy(&by_hand().join("media/stick/0102/0102-d0102-1.results.age"), "swapped/0101-d0101-1.results.age");
    desk.copy(&by_hand().join(station), "forged");
    let label = desk.path("forged/0101-d0101-1.label.json");
    let text = fs::read_to_string(&label).expect("a label").replace("\"sig\":\"ME", "\"sig\":\"MF");
    fs::write(&label, text).expect("it is ours");
    let tls =
        "--authority ~/intake/tls/authority.pem --certificate ~/intake/tls/relay.pem --key ~/intake/tls/relay.key.pem";
    // Nothing listens on port 9 of loopback.
    let to = "--to https://127.0.0.1:9 --attempts 1";
    desk.now("what is in my hand?")
        .line("package inspect stick")
        .line("package inspect nowhere.label.json")
        .line("package inspect stick/0101-d0101-1.results.age")
        .line("package inspect lost/0101-d0101-1.label.json")
        .line("package inspect swapped/0101-d0101-1.label.json")
        .line("package verify stick/0101-d0101-1.label.json --election ~/election")
        .line("package verify lost/0101-d0101-1.label.json --election ~/election")
        .line("package verify swapped/0101-d0101-1.label.json --election ~/election")
        .line("package verify forged/0101-d0101-1.label.json --election ~/election")
        .line("package verify stick/0101-d0101-1.label.json --election @/election")
        .line("package verify stick/0101-d0101-1.label.json --election ~");
    let open = "--election ~/election --fingerprint ~/fingerprint.txt -o opened";
    desk.now("opening")
        .line(&format!("package open stick/0101-d0101-1.label.json {open} --identity ~/keys/chair.key.pem"))
        .line(&format!("package open stick/0101-d0101-1.label.json {open} --identity @/keys/centre.identity.txt"))
        .line(&format!("package open stick/0101-d0101-1.label.json {open} --identity ~/keys/spring.identity.txt"))
        .line("package open stick/0101-d0101-1.label.json --election ~/election --fingerprint @/fingerprint.txt --identity ~/keys/spring.identity.txt -o opened");
    desk.now("sending")
        .line(&format!("relay send --to http://127.0.0.1:9 {tls} --election ~/election stick/0101-d0101-1.label.json"))
        .line(&format!("relay send {to} {tls} --election ~/election stick/0101-d0101-1.results.age"))
        .line(&format!("relay send {to} {tls} --election ~/election ~/keys"))
        .line(&format!("relay send {to} {tls} --election ~/election nowhere.label.json"))
        .line(&format!("relay send {to} {tls} --election ~/election stick"))
        .line(&format!("relay send {to} {tls} --election ~/election lost"))
        .line(&format!("relay send {to} --authority ~/fingerprint.txt --certificate ~/intake/tls/relay.pem --key ~/intake/tls/relay.key.pem --election ~/election stick"))
        .line(&format!("relay send {to} {tls} --election ~/election stick --json"));
    desk.keep("relay");
}

#[test]
fn a_centre_officers_mistakes() {
    let mut desk = Desk::new("centre", "en");
    desk.copy(&by_hand().join("centre"), "late");
    desk.write("empty-stick/readme.txt", "nothing here");
    let init = "centre init --dir c --election ~/election --leaf ~/leaf-0.dsse.json";
    let shares = "--commitments ~/election/keys/shares.csv";
    let signers = "--signer ~/keys/officer_1.key.pem --signer ~/keys/officer_2.key.pem";
    desk.now("keys")
        .line("key new -o ~/keys/chair.key.pem")
        .line("key enter ~/election --person chair ~/keys/chair.pub")
        .line("key enter ~/election --person chiar ~/keys/chair.pub")
        .line("key enter ~/election --person deputy ~/keys/deputy.key.pem")
        .line("key enter ~/election --service record_log ~/keys/chair.pub")
        .line("key enter ~/election --device d0103 ~/keys/chair.pub")
        .line(&format!("key join {shares} ~/shares/share-1.txt"))
        .line(&format!("key join {shares} ~/shares/share-1.txt ~/shares/share-1.txt"))
        .line(&format!("key join {shares} ~/shares/share-1.txt ~/fingerprint.txt"))
        .line("key split --identity ~/keys/chair.key.pem --threshold 2 --shares 3 -o s")
        .line("key split --identity ~/keys/spring.identity.txt --threshold 1 --shares 3 -o s");
    desk.now("the freeze")
        .line("election freeze ~/election --signer ~/keys/chair.key.pem -o leaf.json")
        .line("election freeze ~/election --signer ~/keys/chair.key.pem --signer ~/keys/officer_1.key.pem -o leaf.json")
        .line("election freeze ~/election --signer ~/keys/chair.key.pem --signer ~/keys/chair.key.pem -o leaf.json")
        .line("election freeze @/election --signer ~/keys/chair.key.pem -o leaf.json");
    desk.now("the room")
        .line("centre status --dir nowhere")
        .line("centre status --dir ~")
        .line(&format!("{init} --key ~/keys/chair.key.pem --log-key ~/keys/record_log.key.pem"))
        .line("centre init --dir c --election @/election --leaf ~/leaf-0.dsse.json --key @/keys/services/centre.key.pem --log-key @/keys/services/record_log.key.pem")
        .line(&format!("{init} --key ~/keys/centre.key.pem --log-key ~/keys/record_log.key.pem"))
        .line(&format!("{init} --key ~/keys/centre.key.pem --log-key ~/keys/record_log.key.pem"));
    desk.now("imports")
        .line("centre import --dir c --stick empty-stick --identity ~/keys/spring.identity.txt")
        .line("centre import --dir c --stick nowhere --identity ~/keys/spring.identity.txt")
        .line("centre import --dir c --network ~/media/stick --identity ~/keys/spring.identity.txt")
        .line("centre import --dir c --network ~/export --stick ~/media/stick --identity ~/keys/spring.identity.txt")
        .line("centre import --dir c --identity ~/keys/spring.identity.txt");
    desk.now("too early")
        .line("centre match --dir c")
        .line(&format!("centre announce --dir c {signers}"))
        .line("centre announce --dir c --cosigned ~/intake/court.txt")
        .line("centre publish --dir c --to p")
        .line("centre slip --dir c ~/fingerprint.txt")
        .line("centre slip --dir c --party palm ~/slips/0101.png")
        .line("witness cosign --dir ~/witnesses/court ~/fingerprint.txt -o w.txt")
        .line("witness cosign --dir ~/keys ~/request-1.txt -o w.txt")
        .line("witness cosign --dir ~/witnesses/court ~/request-1.txt -o w.txt");
    let order = "--reason 'the box was open' --basis 'article 38'";
    desk.now("decisions")
        .line(&format!("centre decide --dir late --station 101 --act cancel {order} {signers}"))
        .line(&format!("centre decide --dir late --station 0101 --act cancle {order} {signers}"))
        .line(&format!("centre decide --dir late --station 0101 --act cancel {order} --signer ~/keys/officer_1.key.pem"))
        .line(&format!("centre decide --dir late --station 0101 --act cancel {order} --signer ~/keys/officer_1.key.pem --signer ~/keys/officer_1.key.pem"))
        .line(&format!("centre decide --dir late --station 0101 --act cancel {order} --signer ~/keys/officer_1.key.pem --signer ~/keys/chair.key.pem"))
        .line(&format!("centre decide --dir late --station 0101 --act cancel {order} --signer ~/keys/officer_1.key.pem --signer ~/keys/d0101.key.pem"))
        .line(&format!("centre decide --dir late --station 0101 --act cancel --reason '' --basis '' {signers}"))
        .line(&format!("centre decide --dir late --station 0101 --act restore {order} {signers}"))
        .line(&format!("centre decide --dir late --station 0101 --act cancel {order} {signers}"))
        .line(&format!("centre lot --dir late --lot lot_0000000000000000 --drawn rose --drawing urn {signers}"))
        .line(&format!("centre opening --dir late --station 0101 --follows rol {order} {signers}"))
        .line(&format!("centre withdraw --dir late --option rosa {order} {signers}"))
        .line(&format!("centre amend --dir late --key seats.treshold {order} --signer ~/keys/chair.key.pem --signer ~/keys/deputy.key.pem"))
        .line("centre publish --dir late --to p");
    desk.keep("centre");
}

/// The registrar of complaints: numbers, hours and papers that are not what they should be, people who may not sign, and a
/// certification while something is open.
fn registrar(lang: &'static str) {
    let mut desk = Desk::new("case", lang);
    desk.copy(&by_hand().join("centre"), "c");
    desk.write("form.pdf", "a form that an agent has signed");
    desk.write("other.pdf", "another form");
    desk.write("ruling.pdf", "a court's paper");
    let none = format!("sha256:{}", "0".repeat(64));
    let filed = "--paper form.pdf --filed 2026-05-13T10:30";
    let complain = "case complain --dir c --station 0101 --capacity party-agent --ground 'the seal was broken'";
    let officers = "--signer ~/keys/officer_1.key.pem --signer ~/keys/officer_2.key.pem";
    let board = "--signer ~/keys/chair.key.pem --signer ~/keys/deputy.key.pem";
    let why = "--reason 'the box was open' --basis 'article 38'";
    desk.now("complaints")
        .line(&format!("{complain} --case 17 --paper form.pdf --filed 2026-05-13"))
        .line(&format!("{complain} --case 17 --paper form.pdf --filed '2026-05-13 10:30'"))
        .line(&format!("{complain} --case A-17 {filed}"))
        .line(&format!("{complain} --case 17 --step 'the opening' {filed}"))
        .line(&format!("case complain --dir c --case 17 --capacity party-agent --ground g {filed}"))
        .line(&format!("case complain --dir c --case 17 --station 0101 --capacity agent --ground g {filed}"))
        .line(&format!("{complain} --case 17 --paper nowhere.pdf --filed 2026-05-13T10:30"))
        .line(&format!("{complain} --case 17 --party palm {filed}"))
        .line(&format!("{complain} --case 17 --concerns officer_3 {filed}"))
        .line("case complain --dir c --case 16 --station 101 --capacity observer --ground g --paper other.pdf --filed 2026-05-13T10:00")
        .line(&format!("{complain} --case 17 --concerns officer_1 {filed} --receipt 17.proof"))
        .line(&format!("{complain} --case 17 {filed}"))
        .line(&format!("{complain} --case 18 --paper form.pdf --filed 2026-05-13T10:31"))
        .line("case complain --dir c --case 19 --station 0101 --capacity observer --ground ' ' --paper ruling.pdf --filed 2026-05-13T10:32")
        .line("case complain --dir c --case 20 --station 0101 --capacity other --ground g --paper ruling.pdf --filed 2026-05-13T10:33");
    desk.now("the panel and the decision")
        .line(&format!("case classify --dir c --case 170 --class red {why} --signer ~/keys/chair.key.pem {officers}"))
        .line(&format!("case classify --dir c --case 17 --class orange {why} --signer ~/keys/chair.key.pem {officers}"))
        .line(&format!("case classify --dir c --case 17 --class red {why} --signer ~/keys/chair.key.pem"))
        .line(&format!("case classify --dir c --case 17 --class red {why} {officers}"))
        .line(&format!("case classify --dir c --case 17 --class red {why} --signer ~/keys/d0101.key.pem {officers}"))
        .line(&format!("case classify --dir c --case 17 --class red {why} --signer ~/keys/chair.key.pem {officers}"))
        .line(&format!("case classify --dir c --case 19 --class red --reason '' --basis '' --signer ~/keys/chair.key.pem {officers}"))
        .line(&format!("case decide --dir c --case 19 --verdict upheld {why} --served 2026-05-20T09:00 {officers}"))
        .line(&format!("case decide --dir c --case 19 --verdict upheld {why} --order {none} --served 2026-05-20T09:00 {officers}"))
        .line(&format!("case decide --dir c --case 19 --verdict upheld {why} --served 2026-05-20T09:00 --signer ~/keys/officer_1.key.pem"));
    desk.now("appeals and courts")
        .line(&format!("case appeal --dir c --case 21 --against 17 --capacity candidate --ground g {filed}"))
        .line(&format!("case appeal --dir c --case 21 --against-version 2 --served 2026-05-19T08:00 --capacity candidate --ground g {filed}"))
        .line(&format!("case appeal --dir c --case 21 --against-version 1 --capacity candidate --ground g {filed}"))
        .line(&format!("case appeal --dir c --case 17 --against-version 1 --served 2026-05-19T08:00 --capacity candidate --ground g {filed}"));
    let rule = "case rule --dir c --court 'Judicial Panel' --rank 2 --number 42/2026 --dated 2026-05-28 --served 2026-05-28T12:00 --paper ruling.pdf";
    desk.line(&format!("{rule} {officers}"))
        .line(&format!("{rule} --granted {officers}"))
        .line(&format!("{rule} --granted --about 17 {officers}"))
        .line(&format!("{rule} --granted --stays certification {officers}"))
        .line(&format!("{rule} --lifts {none} {officers}"))
        .line(&format!("{rule} --permits 17 {officers}"))
        .line(&format!("{rule} --permits complaint:17 --signer ~/keys/officer_1.key.pem"))
        .line(&format!(
            "{} --stays certification {officers}",
            rule.replace("28T12:00", "28").replace("case rule", "case enjoin")
        ))
        .line(&format!("{} --stays certification {officers}", rule.replace("case rule", "case enjoin")));
    desk.now("orders")
        .line(&format!("case cancel --dir c --station 0101 {why} --complaint 170"))
        .line(&format!("case cancel --dir c --station 101 {why} --complaint 17"))
        .line(&format!("case cancel --dir c --station 0101 {why} --under {none}"))
        .line(&format!("case cancel --dir c --station 0101 {why} --complaint 17"))
        .line(&format!("case cancel --dir c --station 0101 {why} --complaint 17 {officers}"))
        .line(&format!("case restore --dir c --station 0101 {why}"))
        .line(&format!("case count --dir c --station 0101 --copy paper {why}"));
    desk.now("counts by hand")
        .line(&format!("case recount --dir c --station 0101 {why} --withdraws {none} {officers}"))
        .line("case hand-form --dir c --station 101 -o hand.csv")
        .line("case hand-form --dir c --station 0101 -o hand.csv")
        .line("case hand-count --dir c --station 0101 --first form.pdf --second hand.csv --paper form.pdf")
        .line("case hand-count --dir c --station 0101 --first hand.csv --second hand.csv --paper form.pdf")
        .line(&format!("case count --dir c --station 0101 --hand-count {none} {why}"));
    desk.now("the certification")
        .line(&format!("case certify --dir c {officers}"))
        .line("case certify --dir c --signer ~/keys/chair.key.pem")
        .line(&format!("case certify --dir c {board}"))
        .line(&format!("case certify --dir c --despite {none} {board}"))
        .line("case list --dir c --open")
        .line("case list --dir c");
    desk.now("a key that was stolen")
        .line(&format!("case revoke --dir c --person officer_9 {why} {board}"))
        .line(&format!("case revoke --dir c --person officer_2 {why} {officers}"))
        .line(&format!("case revoke --dir c --person officer_2 {why} {board}"))
        .line(&format!("case cancel --dir c --station 0101 {why} {officers}"));
    desk.keep("case");
}

/// The registrar of acts and equipment: a paper read back wrongly, what names nothing, and devices that are not what they seem.
fn acts(lang: &'static str) {
    let mut desk = Desk::new("acts", lang);
    desk.copy(&by_hand().join("centre"), "c");
    desk.write("remark.pdf", "a remark");
    let officers = "--signer ~/keys/officer_1.key.pem --signer ~/keys/officer_2.key.pem";
    let file =
        "act file --dir c --issuer 'Audit Board' --dated 2026-04-20 --paper remark.pdf --effect 'a note is missing'";
    let back = "--number 7/2026 --read-back 7/2026 --read-back-dated 2026-04-20";
    desk.now("acts")
        .line("act list --dir c")
        .line(&format!("{file} --act 1 --kind remark --number 7/2026 {officers}"))
        .line(&format!(
            "{file} --act 1 --kind remark --number 7/2026 --read-back 1/2026 --read-back-dated 2026-04-20 {officers}"
        ))
        .line(&format!(
            "{file} --act 1 --kind remark --number 7/2026 --read-back 7/2026 --read-back-dated 2026-04-02 {officers}"
        ))
        .line(&format!("{file} --act 1 --kind rumour {back} {officers}"))
        .line(&format!("{file} --act 1 --kind remark {back} --signer ~/keys/officer_1.key.pem"))
        .line(&format!(
            "{file} --act 1 --kind remark {back} --signer ~/keys/chair.key.pem --signer ~/keys/officer_1.key.pem"
        ))
        .line(&format!("{file} --act 1 --kind remark {back} --annex evidence {officers}"))
        .line(&format!("{file} --act 1 --kind remark {back} --annex =remark.pdf {officers}"))
        .line(&format!("{file} --act 1 --kind remark {back} --answer-days 10 {officers}"))
        .line(&format!("{file} --act 1 --kind remark {back} --item dev_1 {officers}"))
        .line(&format!("{file} --act 1 --kind committee {back} {officers}"))
        .line(&format!("{file} --act 1 --kind test-report {back} --tested 'the link' {officers}"))
        .line(&format!("{file} --act 1 --kind test-report {back} {officers}"))
        .line(&format!("{file} --act 1 --kind remark {back} --served 2026-04-22T09:00 --answer-days 10 {officers}"))
        .line(&format!("{file} --act 1 --kind remark {back} {officers}"))
        .line(&format!("{file} --act 2 --kind reply {back} --answers 11 {officers}"))
        .line(&format!("{file} --act 2 --kind reply {back} --answers 1 {officers}"))
        .line(&format!("{file} --act 1 --kind remark {back} --answers 2 --corrects {officers}"))
        .line(&format!("{file} --act 3 --kind minutes {back} --examined 101 {officers}"))
        .line(&format!("{file} --act 3 --kind annulment {back} --annuls 2 {officers}"))
        .line("act list --dir c --open")
        .line("act list --dir c");
    let enter = "equipment enter --dir c --serial SN-1 --article 'article 38'";
    let hand_over = "equipment hand-over --dir c --item dev_1 --place store --seal A-1";
    desk.now("equipment")
        .line(&format!("{enter} --item dev_1 --kind device --device d101 {officers}"))
        .line(&format!("{enter} --item dev_1 --kind device {officers}"))
        .line(&format!("{enter} --item dev_1 --kind stick --device d0101 {officers}"))
        .line(&format!("{enter} --item dev_1 --kind device --device d0101 --key AAAA {officers}"))
        .line(&format!("{enter} --item dev_1 --kind device --device d0101 --station 0102 {officers}"))
        .line(&format!("{enter} --item dev_1 --kind device --device d0101 --contract 1 {officers}"))
        .line(&format!("{hand_over} --from store --to office --at 2026-05-10T08:00 {officers}"))
        .line(&format!("{enter} --item dev_1 --kind device --device d0101 {officers}"))
        .line(&format!("{enter} --item dev_1 --kind device --device d0101 {officers}"))
        .line(&format!("{enter} --item dev_2 --kind device --device d0101 {officers}"))
        .line(&format!("{hand_over} --from store --to '' --at 2026-05-10T08:00 {officers}"))
        .line(&format!("{hand_over} --from store --to office --at 2026-05-10T08:00 {officers}"))
        .line(&format!("{hand_over} --from driver --to school --at 2026-05-11T06:00 {officers}"))
        .line(&format!(
            "{hand_over} --from office --to school --at 2026-05-11T06:00 --corrects sha256:{} {officers}",
            "0".repeat(64)
        ))
        .line("equipment list --dir c")
        .line("equipment export --dir c -o out --signer ~/keys/officer_1.key.pem")
        .line(&format!("equipment export --dir c -o out {officers}"));
    desk.keep("acts");
}

#[test]
fn a_registrars_mistakes() {
    ["en", "ar", "ckb"].into_iter().for_each(registrar);
}

/// Whoever hands out evidence: a mandate that is none, a scope that there is not, records that nobody asked for, a bundle twice.
fn evidence(lang: &'static str) {
    let mut desk = Desk::new("evidence", lang);
    desk.copy(&by_hand().join("centre"), "c");
    desk.write("order.pdf", "an order of a court");
    let officers = "--signer ~/keys/officer_1.key.pem --signer ~/keys/officer_2.key.pem";
    let order =
        "evidence export --dir c --mandate order.pdf --issuer 'Judicial Panel' --number 45/2026 --dated 2026-06-06";
    desk.line("evidence")
        .line(&format!("evidence export --dir c --mandate order.pdf --scope all {officers} -o b.tar"))
        .line(&format!("evidence export --dir c --mandate order.pdf --act a1 --scope all {officers} -o b.tar"))
        .line(&format!("evidence export --dir c --mandate order.pdf --issuer x --number 1 --dated 6/6/2026 --scope all {officers} -o b.tar"))
        .line(&format!("{order} {officers} -o b.tar"))
        .line(&format!("{order} --scope 0101 {officers} -o b.tar"))
        .line(&format!("{order} --scope station:101 {officers} -o b.tar"))
        .line(&format!("{order} --scope office:nowhere {officers} -o b.tar"))
        .line(&format!("{order} --scope case:17 {officers} -o b.tar"))
        .line(&format!("{order} --scope all --include ballots {officers} -o b.tar"))
        .line(&format!("{order} --scope all --signer ~/keys/officer_1.key.pem -o b.tar"))
        .line(&format!("{order} --scope station:0101 --include results,images {officers} -o b.tar"))
        .line(&format!("{order} --scope station:0101 {officers} -o b.tar"))
        .line(&format!("{order} --scope station:0101 {officers} -o c.tar"))
        .line("evidence check nowhere.tar")
        .line("evidence check order.pdf")
        .line("evidence check b.tar")
        .line("evidence check b.tar --root @/fingerprint.txt -q")
        .line("evidence check b.tar --root ~/fingerprint.txt --publication ~/publication -q")
        .line("evidence check b.tar --root ~/fingerprint.txt");
    desk.keep("evidence");
    // Nothing in a mandate turns a line around, and one that nobody entered is not shown.
    desk.line(&format!("{} --scope all {officers} -o c.tar", order.replace("Judicial Panel", "Panel\u{202e}x")));
    assert!(desk.said.contains("Panel\\u{202e}x"), "{}", desk.said);
    let mut altered = fs::read(desk.path("b.tar")).expect("it was handed out");
    let at = altered.windows(19).position(|part| part == b"an order of a court").expect("the mandate");
    altered[at] = b'A';
    desk.write("altered.tar", altered);
    let before = desk.said.len();
    desk.line("evidence check altered.tar --root ~/fingerprint.txt");
    assert!(!desk.said[before..].contains("45/2026"), "{}", desk.said);
}

#[test]
fn an_officers_mistakes_with_evidence() {
    ["en", "ar", "ckb"].into_iter().for_each(evidence);
}

#[test]
fn mistakes_about_acts_and_equipment() {
    ["en", "ar", "ckb"].into_iter().for_each(acts);
}

#[test]
fn a_judges_and_a_voters_mistakes() {
    let mut desk = Desk::new("verify", "en");
    desk.copy(&by_hand().join("publication"), "changed");
    fs::write(desk.path("changed/results/totals.csv"), "nothing").expect("it is ours");
    desk.copy(&by_hand().join("publication"), "lacking");
    fs::remove_file(desk.path("lacking/stations/0101/d0101-1/results.json")).expect("it was there");
    desk.write("no-slips/readme.txt", "later");
    desk.copy(&by_hand().join("slips/0101.png"), "mixed/own.png");
    let foreign = demo().join("slips");
    desk.copy(&foreign.join(first(&foreign, "png")), "mixed/foreign.png");
    desk.line("verify")
        .line("verify nowhere")
        .line("verify ~/fingerprint.txt")
        .line("verify ~/election")
        .line("verify ~")
        .line("verify ~/publication --root ~/publication")
        .line("verify ~/publication --root sha256:12")
        .line("verify ~/publication --root ~/leaf-0.dsse.json")
        .line("verify ~/publication --root ~/fingerprint.txt --slips ~/fingerprint.txt")
        .line("verify ~/publication --root ~/fingerprint.txt --slips no-slips -q")
        .line("verify ~/publication --root ~/fingerprint.txt --slips mixed -q")
        .line("verify ~/publication --root @/fingerprint.txt -q")
        .line("verify changed --root ~/fingerprint.txt -q")
        .line("verify lacking --root ~/fingerprint.txt -q")
        .line("verify ~/publication -q")
        .line("verfy ~/publication")
        .line("verify ~/publication --rot x")
        .line("--lang fr verify ~/publication")
        .line("statement --publication ~")
        .line("statement")
        .line("statement --publication ~/publication --format docx")
        .line("statement --publication ~/publication --format html -o /dev/full")
        .line("record show --publication ~/publication --leaf 99")
        .line("record show --dir ~/publication")
        .line("record prove --publication ~/publication --leaf 0 -o /dev/full")
        .line("completions tcsh");
    desk.keep("verify");
}

#[test]
fn an_officials_spreadsheet() {
    let mut desk = Desk::new("tables", "en");
    let minimal = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/minimal");
    let table = fs::read_to_string(minimal.join("stations.csv")).expect("a table");
    let spoilt = |name: &str, bytes: &[u8], desk: &Desk| {
        desk.copy(&minimal, name);
        desk.write(&format!("{name}/stations.csv"), bytes);
    };
    let excel = format!("\u{feff}{}", table.replace(',', ";").replace('\n', "\r\n"));
    spoilt("excel", excel.replace("\"School by the Well; room", "\"School by the Well, room").as_bytes(), &desk);
    spoilt("digits", table.replace("120", "١٢٠").replace("95", "۹۵").as_bytes(), &desk);
    let utf16: Vec<u8> = format!("\u{feff}{table}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    spoilt("utf16", &utf16, &desk);
    // The name of a school in Windows-1256, as an old spreadsheet saves it.
    let windows: Vec<u8> =
        [table.as_bytes(), b"0103,01,spring,spring,general,fixed,10,roll,,\xe3\xcf\xd1\xd3\xc9\n"].concat();
    spoilt("windows-1256", &windows, &desk);
    spoilt(
        "zero-lost",
        table.replace("\n0101,", "\n101,").replace("spring,spring,general", "spring,sprung,general").as_bytes(),
        &desk,
    );
    spoilt("empty", b"", &desk);
    spoilt("column", table.replace("registered", "voters").as_bytes(), &desk);
    desk.copy(&minimal, "misnamed");
    fs::rename(desk.path("misnamed/stations.csv"), desk.path("misnamed/station.csv")).expect("it is ours");
    desk.copy(&minimal, "folder");
    fs::remove_file(desk.path("folder/stations.csv")).expect("it is ours");
    fs::create_dir(desk.path("folder/stations.csv")).expect("a folder");
    for name in
        ["excel", "digits", "utf16", "windows-1256", "zero-lost", "empty", "column", "misnamed", "folder", "nowhere"]
    {
        desk.line(&format!("election check {name}"));
    }
    desk.line("election fmt excel")
        .line("election check excel")
        .line("election new excel")
        .line("election new excel/stations.csv");
    desk.line("election check zero-lost --lang ar".trim_end_matches(" --lang ar"));
    desk.write("votes.csv", "id,votes\na,1x\n");
    desk.write("semicolon.csv", "\u{feff}id;votes\r\na;٧٠\r\nb;۳۰\r\n");
    desk.write("tie.csv", "id,votes\nx,10\ny,10\n");
    desk.write("utf16.csv", &utf16);
    desk.line("seats --votes nowhere.csv --seats 3 --method hare")
        .line("seats --votes excel --seats 3 --method hare")
        .line("seats --votes votes.csv --seats 3 --method hare")
        .line("seats --votes utf16.csv --seats 3 --method hare")
        .line("seats --votes semicolon.csv --seats ٣ --method d-hondt")
        .line("seats --votes tie.csv --seats 1 --method d-hondt -q")
        .line("seats --votes tie.csv --seats 1 --method guess")
        .line("seats --votes tie.csv --seats many --method hare")
        .line("seats --votes tie.csv --seats 99999 --method hare")
        .line("seats --votes tie.csv --seats 1 --method hare --threshold 5/4");
    desk.write("left.csv", "station,palm\n0101,120\n0102,20\n");
    desk.write("right.csv", "station,palm\n0101,120\n102,25\n");
    desk.write("map.toml", "station = \"station\"\n[fields]\npalm = \"palm\"\n");
    desk.write("bad-map.toml", "station = \"stations\"\n[fields]\npalm = \"plam\"\n");
    desk.line("match --left left.csv --right right.csv --map nowhere.toml")
        .line("match --left left.csv --right right.csv --map bad-map.toml")
        .line("match --left left.csv --right left.csv --map map.toml")
        .line("match --left left.csv --right right.csv --map map.toml")
        .line("match --left left.csv --right right.csv --map map.toml --quiet")
        .line("match --left left.csv --right excel --map map.toml");
    desk.keep("tables");
}

#[test]
fn a_problem_of_a_definition_is_told_by_its_rule_in_the_language_asked_for() {
    for lang in ["ar", "ckb"] {
        let mut desk = Desk::new("definition", lang);
        desk.copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/minimal"), "e");
        let path = desk.path("e/stations.csv");
        let table = fs::read_to_string(&path).expect("a table").replace(",general,", ",generl,");
        fs::write(&path, table).expect("it is ours");
        desk.line("election check e")
            .line("election freeze e --signer x.pem")
            .line("ballot draw e --style spring -o s.pdf");
        desk.keep("definition");
    }
}

#[test]
fn a_receiving_services_mistakes() {
    let mut desk = Desk::new("intake", "en");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    desk.copy(&by_hand().join("intake"), "intake");
    desk.copy(&by_hand().join("election"), "election");
    let config = fs::read_to_string(desk.path("intake/intake.toml")).expect("a configuration");
    desk.write("intake/taken.toml", config.replace("127.0.0.1:0", &format!("127.0.0.1:{port}")));
    desk.write("intake/typo.toml", config.replace("listen =", "lisen ="));
    desk.write("intake/no-key.toml", config.replace("intake.key.pem", "nowhere.pem"));
    desk.line("intake serve --config nowhere.toml")
        .line("intake serve --config intake")
        .line("intake serve --config intake/typo.toml")
        .line("intake serve --config intake/no-key.toml")
        .line("intake serve --config intake/taken.toml")
        .line("intake new --config intake/intake.toml")
        .line("intake close --config intake/intake.toml")
        .line("intake request --config intake/intake.toml --to r.txt --seen 99")
        .line("intake cosigned --config intake/intake.toml ~/fingerprint.txt")
        .line("intake cosigned --config intake/intake.toml ~/court-1.txt");
    let shown = desk.said.replace(&port.to_string(), "PORT");
    desk.said = shown;
    desk.keep("intake");
}

/// `sanad … | head`: a reader that goes away is no error, and nothing panics.
#[test]
fn a_closed_pipe_is_no_error() {
    let publication = by_hand().join("publication").display().to_string();
    let dir = by_hand().join("centre").display().to_string();
    for arguments in [
        vec!["verify", &publication],
        vec!["--help"],
        vec!["completions", "bash"],
        vec!["record", "show", "--publication", &publication],
        vec!["record", "show", "--publication", &publication, "--json"],
        vec!["centre", "tally", "--dir", &dir, "--steps"],
        vec!["key", "list", "nowhere"],
    ] {
        let mut child = Command::new(common::SANAD)
            .args(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        drop(child.stdout.take());
        drop(child.stderr.take());
        let status = child.wait().expect("it ends");
        assert!(status.code().is_some_and(|code| code < 4), "{arguments:?} ended with {status}");
    }
}

/// Where the locale is not UTF-8, frames and signs are ASCII; letters of names stay as they are.
#[test]
fn a_locale_without_utf8_gets_plain_frames() {
    let dir = by_hand().join("centre");
    let output = Command::new(common::SANAD).args(["centre", "status", "--dir"]).arg(&dir).env("LC_ALL", "C").output();
    let said = String::from_utf8(output.expect("the command runs").stdout).expect("text");
    assert!(said.is_ascii(), "{said}");
    assert!(said.contains("District Office"), "{said}");
}
