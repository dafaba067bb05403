//! Mistakes of whoever enters papers: complaints and rulings, acts and equipment, bundles of evidence.

use std::fs;

use crate::common::by_hand::by_hand;
use crate::desk::Desk;

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
    let rule = "case rule --dir c --court 'Judicial Panel' --rank 2 --number 42/2026 --dated 2026-05-28 --read-back 42/2026 --read-back-dated 2026-05-28 --served 2026-05-28T12:00 --paper ruling.pdf";
    let misread = rule.replace("--read-back 42/2026", "--read-back 24/2026");
    desk.line(&format!("{rule} {officers}"))
        .line(&format!("{misread} --granted --about 21 {officers}"))
        .line(&format!("{} --stays certification {officers}", misread.replace("case rule", "case enjoin")))
        .line(&format!("{} --granted --about 21 {officers}", rule.replace("2026-05-28 --", "9998-05-28 --")))
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
    let ratify = "case ratify --dir c --court 'Federal Court' --number 9/2026 --dated 2026-06-02 --read-back 9/2026 --paper ruling.pdf";
    let back = "--read-back-dated 2026-06-02";
    let ahead = format!("{ratify} {back} --state sent --by 'the commission' --candidate rose {officers}");
    let ahead = ahead.replace("2026-06-02", "9998-06-02");
    desk.now("names at the court that ratifies them")
        .line(&format!("{ratify} {back} --state sent --candidate rose {officers}"))
        .line(&format!("{ratify} {back} --state sent --by 'the commission' {officers}"))
        .line(&format!("{ratify} {back} --state refused --candidate rose {officers}"))
        .line(&ahead)
        .line(&format!("{ratify} --read-back-dated 2026-06-12 --state ratified --candidate rose {officers}"))
        .line(&format!("{ratify} {back} --state sent --by 'the commission' --candidate ros {officers}"))
        .line(&format!("{ratify} {back} --state sent --by 'the commission' --candidate sara {officers}"))
        .line(&format!("{ratify} {back} --state sent --by ' ' --candidate rose {officers}"))
        .line(&format!("{ratify} {back} --state ratified --candidate rose {officers}"))
        .line(&format!(
            "{ratify} {back} --state sent --by 'the commission' --candidate rose --signer ~/keys/officer_1.key.pem"
        ))
        .line(&format!("{ratify} {back} --state sent --by 'the commission' --candidate rose {officers}"))
        .line(&format!("{ratify} {back} --state withheld --candidate rose {officers}"))
        .line(&format!("{ratify} {back} --state withheld --reason 'a conviction' --candidate rose {officers}"));
    let law = "act file --dir c --act 12 --kind law --issuer Assembly --number 45/2026 --dated 2026-06-06 --read-back 45/2026";
    let judges = "--begins board:judge_1=judge_1.key.pem --begins board:judge_2=judge_2.key.pem";
    let goes = "case succession --dir c --act 12 --signed-by board --ends chair --ends deputy";
    desk.now("judges take the place of the board")
        .line("key new -o judge_1.key.pem")
        .line("key new -o judge_2.key.pem")
        .line(&format!("{goes} {judges} --board 2 {board}"))
        .line(&format!("case revoke --dir c --person chair {why} --signer judge_1.key.pem"))
        .line(&format!(
            "{law} --read-back-dated 2026-06-06 --paper ruling.pdf --effect 'judges sit' --signer ~/keys/officer_1.key.pem --signer ~/keys/officer_2.key.pem"
        ))
        .line(&format!("{goes} {judges} --board 2"))
        .line(&format!("{goes} --begins judge_1 --board 2 {board}"))
        .line(&format!("{goes} --begins judge:judge_1=judge_1.key.pem --board 2 {board}"))
        .line(&format!("{goes} {judges} --board 2 --handed A-17 {board}"))
        .line(&format!("{goes} {judges} --board 2 {officers}"));
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
