//! Every mistake that a person makes at the keyboard, and what the command says to it, word by word. What it says lies in
//! `snapshots/`; `INSTA_UPDATE=always cargo test -p sanad --test mistakes` writes it anew, to be read before it is kept.

#[path = "mistakes/cards.rs"]
mod cards;
mod common;
#[path = "mistakes/desk.rs"]
mod desk;
#[path = "mistakes/papers.rs"]
mod papers;
#[path = "mistakes/quarantine.rs"]
mod quarantine;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::by_hand::by_hand;
use common::demo;
use desk::Desk;

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
        .line("witness cosign --dir ~/witnesses/court ~/request-1.txt -o w.txt")
        .line("witness rotate --dir ~/witnesses/court --old ~/witnesses/court --cause planned --fingerprint ~/fingerprint.txt -o w.txt --resume");
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
        .line(&format!("centre decide --dir late --station 0101 --act cancel {order} --finding R.505 {signers}"))
        .line("centre findings --dir late --rule R.500")
        .line(&format!("centre decide --dir late --station 0101 --act cancel {order} {signers}"))
        .line(&format!("centre lot --dir late --lot lot_0000000000000000 --drawn rose --drawing urn {signers}"))
        .line(&format!("centre opening --dir late --station 0101 --follows rol {order} {signers}"))
        .line(&format!("centre withdraw --dir late --option rosa {order} {signers}"))
        .line(&format!("centre amend --dir late --key seats.treshold {order} --signer ~/keys/chair.key.pem --signer ~/keys/deputy.key.pem"))
        .line("centre publish --dir late --to p");
    desk.keep("centre");
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
