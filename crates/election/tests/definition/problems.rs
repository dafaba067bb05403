//! Each rule of a definition, broken once: the problem has its code and its place, and is the only one.

use std::collections::BTreeSet;

use crate::common::{frozen, keys, small};
use sanad_election::{Folder, KeyLists, Rule, check as problems, read};

fn text(folder: &Folder, file: &str) -> String {
    String::from_utf8(folder.files[file].clone()).unwrap()
}

/// The frozen small election with the first `from` in `file` replaced by `to`; an empty `from` appends.
fn edited(file: &str, from: &str, to: &str) -> Folder {
    let mut folder = frozen();
    let before = text(&folder, file);
    let after = if from.is_empty() { format!("{before}{to}") } else { before.replacen(from, to, 1) };
    assert_ne!(before, after, "'{from}' is not in {file}");
    folder.files.insert(file.to_owned(), after.into_bytes());
    folder
}

/// Code, place, file, what is replaced, by what.
const EDITS: &[(&str, &str, &str, &str, &str)] = &[
    ("E.116", "lists.csv:3", "lists.csv", "2,dove", "2,dovе"),
    ("E.105", "election.toml:2", "election.toml", "round = 1", "round = ١"),
    ("E.106", "election.toml", "election.toml", "mode = \"official\"\n", ""),
    ("E.106", "election.toml", "election.toml", "method = \"sainte-lague:1.7\"\n", ""),
    ("E.107", "election.toml:12", "election.toml", "women =", "womem ="),
    ("E.108", "election.toml:10", "election.toml", "sainte-lague:1.7", "sainte-lague:0"),
    ("E.108", "election.toml:3", "election.toml", "official", "real"),
    ("E.108", "election.toml:7", "election.toml", "en = \"Election\"", "fr = \"Élection\", en = \"E\""),
    ("E.110", "parties.csv:1", "parties.csv", "name_ar,name_en", "name_ar;name_en"),
    ("E.111", "offices.csv:1", "offices.csv", "name_ar,name_en", "name_ckb,name_en"),
    (
        "E.112",
        "offices.csv:1",
        "offices.csv",
        "name_ar,name_en\nhome,الداخل,Home\nabroad,الخارج,Abroad",
        "name_ar,name_en,colour\nhome,ا,Home,red\nabroad,ا,Abroad,red",
    ),
    (
        "E.113",
        "witnesses.csv:1",
        "witnesses.csv",
        "name_ar,name_en\ncourt,court,محكمة,Court",
        "name_ar,name_en,name_en\ncourt,court,م,Court,Court",
    ),
    ("E.114", "stations.csv:5", "stations.csv", "Embassy", "Embassy, room 1"),
    ("E.115", "candidates.csv:2", "candidates.csv", "p1,north,n_palm,1,man,no", "p1,north,n_palm,1,man,"),
    (
        "E.116",
        "sources.csv:4",
        "sources.csv",
        "",
        "Roll-2,B,1,2026-01-01,sha256:0000000000000000000000000000000000000000000000000000000000000003\n",
    ),
    ("E.117", "stations.csv:2", "stations.csv", "300", "3.5e2"),
    ("E.117", "stations.csv:2", "stations.csv", "300", "99999999999999999999999"),
    ("E.117", "candidates.csv:2", "candidates.csv", "n_palm,1,", "n_palm,-1,"),
    ("E.118", "candidates.csv:3", "candidates.csv", "2,woman", "2,female"),
    (
        "E.119",
        "sources.csv:4",
        "sources.csv",
        "",
        "more,B,1,2026-02-30,sha256:0000000000000000000000000000000000000000000000000000000000000003\n",
    ),
    ("E.120", "sources.csv:4", "sources.csv", "", "more,B,1,2026-02-28,sha256:03\n"),
    ("E.121", "parties.csv:2", "parties.csv", "Palm", "Pa\u{202e}lm"),
    ("E.121", "parties.csv:2", "parties.csv", "Palm", "\"Pa\nlm\""),
    ("E.121", "election.toml:7", "election.toml", "\"Election\"", "\"Elec\\u001btion\""),
    ("E.123", "parties.csv:2", "parties.csv", "Palm", "=HYPERLINK(1)"),
    ("E.124", "parties.csv:2", "parties.csv", ",Palm", ","),
    ("E.124", "election.toml:7", "election.toml", ", en = \"Election\"", ""),
    ("E.130", "candidates.csv:12", "candidates.csv", "", "p1,mayor,,3,man,no,ك,K\n"),
    (
        "E.130",
        "keys/devices.csv:5",
        "keys/devices.csv",
        "",
        "d0101,0101,MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1111111111111111111111111111111111111111111111111111111111111111111111111111111111111A==\n",
    ),
    ("E.131", "candidates.csv:3", "candidates.csv", "n_palm,2,", "n_palm,1,"),
    ("E.131", "candidates.csv:11", "candidates.csv", "m2,mayor,,2,", "m2,mayor,,1,"),
    ("E.131", "lists.csv:3", "lists.csv", "north,2,", "north,1,"),
    ("E.132", "stations.csv:2", "stations.csv", "fixed,300,roll", "fixed,300,rol"),
    ("E.132", "stations.csv:3", "stations.csv", "roll,0101", "roll,101"),
    ("E.132", "stations.csv:5", "stations.csv", "north south,abroad", "north south east,abroad"),
    ("E.132", "people.csv:8", "people.csv", "agent,palm", "agent,calm"),
    (
        "E.132",
        "keys/devices.csv:5",
        "keys/devices.csv",
        "",
        "dx,101,MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1111111111111111111111111111111111111111111111111111111111111111111111111111111111111A==\n",
    ),
    ("E.133", "candidates.csv:2", "candidates.csv", "p1,north", "n12,north"),
    ("E.133", "candidates.csv:2", "candidates.csv", "p1,north", "s_palm,north"),
    ("E.134", "offices.csv:4", "offices.csv", "", "centre,المركز,Centre\n"),
    ("E.140", "election.toml:5", "election.toml", "Asia/Baghdad", "Asia/Bagdad"),
    ("E.140", "election.toml:5", "election.toml", "Asia/Baghdad", "asia/baghdad"),
    ("E.141", "election.toml:6", "election.toml", "\"ar\", \"en\"", "\"ar\", \"en\", \"ar\""),
    ("E.141", "election.toml:6", "election.toml", "\"ar\", \"en\"", ""),
    ("E.142", "election.toml:2", "election.toml", "round = 1", "round = 0"),
    ("E.143", "election.toml:20", "election.toml", "officers = 2", "officers = 1"),
    ("E.143", "election.toml:20", "election.toml", "officers = 2", "officers = 3"),
    ("E.144", "election.toml:17", "election.toml", "board = 2", "board = 3"),
    ("E.144", "election.toml:17", "election.toml", "board = 2", "board = 1"),
    ("E.145", "election.toml:18", "election.toml", "shares = 2", "shares = 3"),
    ("E.145", "election.toml:18", "election.toml", "shares = 2", "shares = 1"),
    ("E.146", "election.toml:19", "election.toml", "witnesses = 1", "witnesses = 2"),
    ("E.146", "election.toml:19", "election.toml", "witnesses = 1", "witnesses = 0"),
    ("E.147", "election.toml:15", "election.toml", "marked_from = 140", "marked_from = 40"),
    ("E.147", "election.toml:15", "election.toml", "marked_from = 140", "marked_from = 1001"),
    ("E.147", "election.toml:15", "election.toml", "marked_from = 140", "outside_from = 0"),
    ("E.147", "election.toml:15", "election.toml", "marked_from = 140", "pale_to = 1001"),
    ("E.108", "election.toml:10", "election.toml", "sainte-lague:1.7", "sainte-lague:3"),
    ("E.148", "election.toml:11", "election.toml", "3/100", "100/100"),
    ("E.108", "election.toml:28", "election.toml", "woman_in_each = 4", "woman_in_each = 4\npolls_close = \"6 pm\""),
    ("E.108", "election.toml:28", "election.toml", "woman_in_each = 4", "woman_in_each = 4\npolls_open = \"7:00\""),
    (
        "E.177",
        "election.toml:28",
        "election.toml",
        "woman_in_each = 4",
        "woman_in_each = 4\npolls_open = \"18:00\"\npolls_close = \"18:00\"",
    ),
    ("E.149", "election.toml:26", "election.toml", "candidates_per_seat = 2\nwoman_in_each = 4", "woman_in_each = 0"),
    ("E.150", "stations.csv:4", "stations.csv", "home,south,displaced", "home,,displaced"),
    ("E.151", "stations.csv:5", "stations.csv", "north south,abroad", "north south north,abroad"),
    ("E.152", "stations.csv:2", "stations.csv", "north,general", "north south,general"),
    ("E.153", "stations.csv:2", "stations.csv", "300", "0"),
    ("E.154", "stations.csv:4", "stations.csv", "displaced,conditional", "displaced,fixed"),
    ("E.154", "stations.csv:2", "stations.csv", "general,fixed", "general,conditional"),
    ("E.155", "stations.csv:3", "stations.csv", "roll,0101", "roll,0102"),
    ("E.155", "stations.csv:6", "stations.csv", "", "0103,01,home,north,general,fixed,9,roll,0102,م,School 3\n"),
    ("E.156", "stations.csv:3", "stations.csv", "roll,0101", "roll,0201"),
    ("E.156", "stations.csv:3", "stations.csv", "roll,0101", "roll,9001"),
    ("E.157", "stations.csv:5", "stations.csv", "9001,90", "9001,02"),
    ("E.158", "sources.csv:3", "sources.csv", "2026-03-01", "2026-05-13"),
    ("E.159", "registrations.csv:4", "registrations.csv", "", "0101,roll,301\n"),
    ("E.130", "registrations.csv:4", "registrations.csv", "", "0102,letter,13\n"),
    ("E.132", "registrations.csv:4", "registrations.csv", "", "0201,rol,12\n"),
    ("E.132", "registrations.csv:4", "registrations.csv", "", "102,letter,12\n"),
    ("E.117", "registrations.csv:4", "registrations.csv", "", "9001,roll,0\n"),
    ("E.132", "election.toml:13", "election.toml", "[marks]", "[seats_in.nort]\n[marks]"),
    ("E.108", "election.toml:13", "election.toml", "[marks]", "[seats_in.North]\nwomen = \"none\"\n[marks]"),
    ("E.107", "election.toml:14", "election.toml", "[marks]", "[seats_in.north]\nwomem = \"none\"\n[marks]"),
    ("E.107", "election.toml:14", "election.toml", "[marks]", "[announce_by_kind]\nship = \"matched\"\n[marks]"),
    ("E.148", "election.toml:14", "election.toml", "[marks]", "[seats_in.north]\nthreshold = \"1\"\n[marks]"),
    ("E.107", "election.toml:14", "election.toml", "[marks]", "[equipment]\nrequire = true\n[marks]"),
    ("E.108", "election.toml:14", "election.toml", "[marks]", "[equipment]\nrequired = \"yes\"\n[marks]"),
    ("E.107", "election.toml:14", "election.toml", "[marks]", "[station]\ncard = \"required\"\n[marks]"),
    ("E.108", "election.toml:14", "election.toml", "[marks]", "[station]\ncards = true\n[marks]"),
    ("E.175", "election.toml:8", "election.toml", "announce = \"matched\"", "announce = \"order\""),
    ("E.176", "election.toml:14", "election.toml", "[marks]", "[isolation]\ninterfaces = [\"lo\", \"lo\"]\n[marks]"),
    (
        "E.176",
        "election.toml:15",
        "election.toml",
        "[marks]",
        "[isolation]\ninterfaces = []\nlistening = [\"[::1]:80\", \"[::1]:80\"]\n[marks]",
    ),
    ("E.106", "election.toml", "election.toml", "[marks]", "[isolation]\nlistening = []\n[marks]"),
    ("E.107", "election.toml:15", "election.toml", "[marks]", "[isolation]\ninterfaces = []\nradios = []\n[marks]"),
    ("E.108", "election.toml:14", "election.toml", "[marks]", "[isolation]\ninterfaces = [\"eth0/1\"]\n[marks]"),
    (
        "E.108",
        "election.toml:15",
        "election.toml",
        "[marks]",
        "[isolation]\ninterfaces = [\"lo\"]\nlistening = [\"localhost:80\"]\n[marks]",
    ),
    (
        "E.108",
        "election.toml:9",
        "election.toml",
        "announce = \"matched\"",
        "announce = \"matched\"\nisolation = \"lo\"",
    ),
    ("E.161", "contests.csv:2", "contests.csv", "candidates,1,1,2", "candidates,1,1,3"),
    ("E.162", "contests.csv:3", "contests.csv", "candidates,1,1", "candidates,,1"),
    ("E.162", "contests.csv:3", "contests.csv", "candidates,1,1", "candidates,3,1"),
    ("E.162", "contests.csv:2", "contests.csv", "open_list,,4", "open_list,1,4"),
    ("E.164", "lists.csv:6", "lists.csv", "", "m_palm,mayor,1,palm,,النخلة,Palm\n"),
    ("E.165", "candidates.csv:10", "candidates.csv", "m1,mayor,,", "m1,mayor,s_palm,2"),
    ("E.165", "candidates.csv:4", "candidates.csv", "p3,north,n_palm", "p3,north,"),
    ("E.165", "candidates.csv:4", "candidates.csv", "p3,north,n_palm", "p3,south,n_palm"),
    ("E.166", "lists.csv:6", "lists.csv", "", "n_new,north,4,palm,,النخلة,Palm\n"),
    ("E.167", "lists.csv:2", "election.toml", "candidates_per_seat = 2", "candidates_per_seat = 1"),
    ("E.168", "lists.csv:2", "candidates.csv", "2,woman", "2,man"),
    ("E.168", "lists.csv:2", "candidates.csv", "5,woman", "5,man"),
    ("E.169", "constituencies.csv:4", "constituencies.csv", "", "east,شرق,East\n"),
    ("E.170", "reserved.csv:3", "reserved.csv", "", "north,hill,0,أ,Hill\n"),
    ("E.172", "lists.csv:4", "lists.csv", "willow,river", "willow,rivers"),
    ("E.173", "election.toml:25", "election.toml", "seats = 8", "seats = 9"),
    ("E.180", "people.csv:8", "people.csv", "agent,palm", "agent,"),
    ("E.180", "people.csv:2", "people.csv", "board,", "board,palm"),
    ("E.190", "keys/people.csv:2", "keys/people.csv", "A==", "B=="),
    ("E.190", "keys/witnesses.csv:2", "keys/witnesses.csv", "MCow", "MFow"),
    ("E.192", "keys/recipients.csv:2", "keys/recipients.csv", "age1", "age1b"),
    ("E.193", "keys/devices.csv", "keys/devices.csv", "d9001,9001", "d9001,0201"),
    (
        "E.194",
        "keys/shares.csv:4",
        "keys/shares.csv",
        "",
        "o1,sha256:0000000000000000000000000000000000000000000000000000000000000003\n",
    ),
    ("E.195", "keys/witnesses.csv:2", "keys/witnesses.csv", "court.example", "court example"),
];

/// What cannot be said as one replacement.
fn made() -> Vec<(&'static str, &'static str, Folder)> {
    let with = |file: &str, bytes: Vec<u8>| {
        let mut folder = frozen();
        folder.files.insert(file.to_owned(), bytes);
        folder
    };
    let without = |file: &str| {
        let mut folder = frozen();
        folder.files.remove(file);
        folder
    };
    let mut folder = frozen();
    let devices = text(&folder, "keys/devices.csv");
    let again = devices.lines().nth(1).unwrap().replace("d0101,0101", "d0201b,0201");
    folder.files.insert("keys/devices.csv".into(), format!("{devices}{again}\n").into_bytes());
    let same_key = folder;
    let mut long = "ا".repeat(201);
    long = text(&frozen(), "witnesses.csv").replace("محكمة", &long);
    let no_seat = {
        let mut folder = edited("contests.csv", "candidates,1,1", "candidates,1,0");
        let settings = text(&folder, "election.toml").replace("seats = 8", "seats = 7");
        folder.files.insert("election.toml".into(), settings.into_bytes());
        folder
    };
    let nothing = {
        let mut folder = small();
        let lists = text(&folder, "lists.csv").replace("s_palm,south,1,palm,,النخلة,Palm\n", "");
        let candidates = text(&folder, "candidates.csv").replace("sp1,south,s_palm,1,woman,no,ح,H\n", "");
        folder.files.insert("lists.csv".into(), lists.into_bytes());
        folder.files.insert("candidates.csv".into(), candidates.into_bytes());
        folder
    };
    let reserved = {
        let mut folder = edited("reserved.csv", "river,1", "river,2");
        let settings = text(&folder, "election.toml").replace("seats = 8", "seats = 9");
        folder.files.insert("election.toml".into(), settings.into_bytes());
        folder
    };
    let twice = {
        let mut folder = edited("reserved.csv", "", "north,river,1,أ,R\n");
        let settings = text(&folder, "election.toml").replace("seats = 8", "seats = 9");
        folder.files.insert("election.toml".into(), settings.into_bytes());
        folder
    };
    let withdrawn = {
        let mut folder = edited("contests.csv", "candidates,1,1", "candidates,2,1");
        let settings = text(&folder, "election.toml").replace("[seats]", "[votes]\nwithdrawn = \"invalid\"\n[seats]");
        folder.files.insert("election.toml".into(), settings.into_bytes());
        folder
    };
    let many = format!("{}{}", text(&frozen(), "parties.csv"), "x,,\n".repeat(10_002));
    vec![
        ("E.101", "election.toml", without("election.toml")),
        ("E.101", "sources.csv", {
            let mut folder = without("sources.csv");
            folder.files.insert("stations.csv".into(), text(&folder, "stations.csv").lines().next().unwrap().into());
            folder.files.retain(|path, _| !path.starts_with("keys/") && path != "registrations.csv");
            folder
        }),
        ("E.102", "keys/witness-policy.txt", with("keys/witness-policy.txt", vec![b'#'; 256 * 1024 + 1])),
        ("E.103", "canidates.csv", with("canidates.csv", Vec::new())),
        (
            "E.104",
            "witnesses.csv:2",
            with("witnesses.csv", b"witness,group,name_ar,name_en\nc\xf3urt,a,b,c\n".to_vec()),
        ),
        ("E.122", "witnesses.csv:2", with("witnesses.csv", long.into_bytes())),
        ("E.125", "election.toml", with("parties.csv", many.into_bytes())),
        ("E.160", "contests.csv:3", no_seat),
        ("E.163", "contests.csv:4", nothing),
        ("E.171", "reserved.csv:2", reserved),
        ("E.174", "contests.csv:3", withdrawn),
        ("E.130", "reserved.csv:3", twice),
        ("E.191", "keys/devices.csv:5", same_key),
    ]
}

#[test]
fn each_rule_is_told_with_its_code_and_place() {
    assert_eq!(problems(&frozen()), [], "the small election itself is good");
    let edits = EDITS.iter().map(|&(code, place, file, from, to)| (code, place, edited(file, from, to)));
    let mut wrong = String::new();
    let mut told = BTreeSet::new();
    for (code, place, folder) in edits.chain(made()) {
        let found = problems(&folder);
        let here = found.iter().any(|p| p.code == code && p.place.to_string() == place);
        let alone = found.iter().all(|p| p.code == code) || SEVERAL.contains(&code);
        if !here || !alone {
            wrong += &format!("{code} at {place}:\n");
            wrong.extend(found.iter().take(5).map(|p| format!("    {p}\n")));
        }
        told.insert(code);
    }
    assert!(wrong.is_empty(), "{wrong}");
    let untold: Vec<&str> = Rule::ALL.iter().map(|r| r.code()).filter(|code| !told.contains(code)).collect();
    assert!(untold.is_empty(), "no test breaks {untold:?}");
}

/// Rules whose breaking breaks others too.
const SEVERAL: &[&str] = &["E.125", "E.172"];

#[test]
fn every_problem_is_told_at_once() {
    let mut folder = small();
    for (file, from, to) in [
        ("election.toml", "round = 1", "round = 0"),
        ("election.toml", "Asia/Baghdad", "Mars/Base"),
        ("stations.csv", "fixed,300,roll", "fixd,x,rol"),
        ("people.csv", "agent,palm", "agent,plam"),
    ] {
        let after = text(&folder, file).replacen(from, to, 1);
        folder.files.insert(file.into(), after.into_bytes());
    }
    folder.files.remove("witnesses.csv");
    let found: Vec<String> = problems(&folder).iter().map(|p| format!("{} {}", p.place, p.code)).collect();
    assert_eq!(
        found,
        [
            "election.toml:2 E.142",
            "election.toml:5 E.140",
            "people.csv:8 E.132",
            "stations.csv:2 E.117",
            "stations.csv:2 E.118",
            "stations.csv:2 E.132",
            "witnesses.csv E.101",
        ]
    );
}

#[test]
fn a_message_says_what_where_why_and_next() {
    let found = problems(&edited("stations.csv", "roll,0101", "roll,101"));
    assert_eq!(
        found[0].to_string(),
        "stations.csv:3: E.132 there is no station '101'; write the id of a station that exists; the nearest is '0101'"
    );
    let found = problems(&edited("parties.csv", "dove,", "\u{1b}[31m\u{202e},"));
    assert!(found.iter().all(|p| !p.to_string().contains(['\u{1b}', '\u{202e}'])), "{found:?}");
}

#[test]
fn key_lists_read_as_they_are_written() {
    let definition = read(&small()).unwrap();
    let lists = keys(&definition);
    let mut folder = small();
    lists.write(&mut folder);
    assert_eq!(KeyLists::read(&folder, &definition).unwrap(), lists);
    assert_ne!(folder.digest(), small().digest(), "key lists are in the manifest");
}
