//! The presiding officer and the office with cards.

use std::fs;

use crate::desk::Desk;

/// Sets the count of wrong PINs, so that nobody waits two minutes for the card to be locked.
fn set_wrong(desk: &Desk, from: &str, to: &str) {
    let path = desk.path("s/device/state.json");
    let text = fs::read_to_string(&path).expect("a state");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).expect("ours");
}

/// The office issues, and a presiding officer goes through a day with the wrong card, the wrong PIN, and alone.
fn with_cards(lang: &'static str) {
    let mut desk = Desk::new("cards", lang);
    desk.write("one.pin", "٤٨١٥١٦٢٣٤٢\n");
    desk.write("two.pin", "1623424815\n");
    desk.write("wrong.pin", "4815162343\n");
    desk.write("weak.pin", "123456\n");
    let office = "--election ~/election --fingerprint ~/fingerprint.txt --signer ~/keys/chair.key.pem";
    let issue = format!("card issue {office} --from 2020-01-01 --until 2099-12-31");
    let one = "--person officer_1 --duty presiding --station 0101 --pin-file one.pin";
    let two = "--person officer_2 --duty second --station 0101 --pin-file two.pin";
    desk.now("the office")
        .line(&format!("{issue} --person officer_1 --duty presiding --station 0101 -o one.card"))
        .line(&format!("{issue} --person officer_1 --duty presiding --station 0101 --pin-file weak.pin -o one.card"))
        .line(&format!("{issue} --person officer_1 --duty chief --station 0101 --pin-file one.pin -o one.card"))
        .line(&format!("{issue} --person chair --duty second --station 0101 --pin-file one.pin -o one.card"))
        .line(&format!("{issue} --person officer_1 --duty second --station 101 --pin-file one.pin -o one.card"))
        .line(&format!("{} {one} -o one.card", issue.replace("chair", "officer_1")))
        .line(&format!("{} {one} -o one.card", issue.replace("chair", "d0101")))
        .line(&format!("{} {one} -o one.card", issue.replace("2099", "2019")))
        .line(&format!("{issue} {one} -o one.card"))
        .line(&format!("{issue} {one} -o one.card"))
        .line(&format!("{issue} {two} -o two.card"))
        .line(&format!("{issue} {two} -o lost.card"))
        .line(&format!("{issue} {} -o elsewhere.card", one.replace("0101", "0102")))
        .line(&format!("card revoke {office} -o revoked.json nowhere.card"))
        .line(&format!("card revoke {office} -o revoked.json lost.card"));
    let prepare = "station prepare --dir s --station 0101 --device d0101 --election ~/election --fingerprint \
                   ~/fingerprint.txt --leaf ~/leaf-0.dsse.json --key ~/keys/d0101.key.pem --cards";
    desk.now("before the day")
        .line(&format!("{prepare} --revoked one.card"))
        .line(&format!("{prepare} --revoked revoked.json"));
    let one = "--card one.card --pin-file one.pin";
    let both = format!("{one} --card two.card --pin-file two.pin");
    desk.now("the morning")
        .line("station open --dir s")
        .line("station open --dir s --officer officer_1")
        .line("station open --dir s --card one.card")
        .line("station open --dir s --card one.card --pin-file nowhere.pin")
        .line("station open --dir s --card one.pin --pin-file one.pin")
        .line("station open --dir s --card elsewhere.card --pin-file one.pin")
        .line("station open --dir s --card lost.card --pin-file two.pin")
        .line(&format!("station open --dir s {both}"))
        .line("station open --dir s --card one.card --pin-file weak.pin")
        .line("station open --dir s --card one.card --pin-file wrong.pin")
        .line("station open --dir s --card one.card --pin-file wrong.pin")
        .line(&format!("station open --dir s {one}"));
    desk.now("the evening")
        .line(&format!("station enter --dir s {one} --received 100 --spoiled 0 --unused 100"))
        .line("station adjudicate --dir s --card two.card --pin-file wrong.pin")
        .line("station close --dir s --officer officer_1 --officer officer_2")
        .line(&format!("station close --dir s {one}"))
        .line(&format!("station close --dir s {one} {one}"))
        .line(&format!("station close --dir s {both}"));
    // Somebody tries to open the polls again, and guesses.
    desk.line(&format!("station reopen --dir s {one} --card two.card --pin-file wrong.pin"));
    set_wrong(&desk, "\"wrong\": 1,", "\"wrong\": 10,");
    desk.now("after ten wrong PINs in a row")
        .line(&format!("station reopen --dir s {both}"))
        .line("station status --dir s");
    desk.keep("cards");
}

#[test]
fn a_presiding_officers_mistakes_with_cards() {
    ["en", "ar", "ckb"].into_iter().for_each(with_cards);
}
