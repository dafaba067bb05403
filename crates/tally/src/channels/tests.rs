use super::*;
use election::Coded;
use proptest::prelude::*;

const MAP: &str = "station = 'Mesa'\n[fields]\na = 'A'\nb = 'B'\nblank = 'Blank'\n";

fn matched(map: &str, left: &str, right: &str) -> Result<Report, Refused> {
    let map = Map::parse("map.toml", map)?;
    let channel = |name, text: &'static [u8]| Channel { name, reader: text };
    let leak = |text: &str| -> &'static [u8] { Box::leak(text.to_owned().into_bytes().into_boxed_slice()) };
    match_channels(&map, channel("left.csv", leak(left)), channel("right.csv", leak(right)))
}

fn code(map: &str, left: &str) -> (&'static str, String) {
    let refused = matched(map, left, "Mesa,A,B,Blank\n").unwrap_err();
    assert!(!refused.next().is_empty());
    (refused.code(), refused.to_string())
}

const LEFT: &str =
    "Mesa,Place,A,B,Blank\n001,x,1,2,3\n002,x,1,2,3\n003,x,1,2,3\n004,x,1,2,3\n005,x,1,2,3\n006,x,1,2,3\n007,x,9,9,9\n";
const RIGHT: &str =
    "\u{feff}Blank,B,A,Mesa\n3,2,1,001\n4,2,1,002\n2,3,1,003\n2,2,2,004\n4,3,1,005\n0,0,0,006\n1,1,1,7\n1,1,1,8\n";

#[test]
fn every_class_of_difference() {
    let got = matched(MAP, LEFT, RIGHT).unwrap();
    assert_eq!((got.left, got.right, got.both, got.identical, got.different), (7, 8, 6, 1, 5));
    assert_eq!((got.expected, got.only_left, got.only_right, got.neither), (9, 1, 2, 0));
    let one = Classes { one_field: 1, several_fields: 1, redistributed: 1, permuted: 1, all_zero: 1 };
    assert_eq!(got.classes, one);
    let classes: Vec<Class> = got.differences.iter().map(|d| d.class).collect();
    assert_eq!(classes, [Class::OneField, Class::Permuted, Class::Redistributed, Class::SeveralFields, Class::AllZero]);
    assert_eq!(got.differences[0].fields, [Field { name: "blank".to_owned(), left: Some(3), right: Some(4) }]);
    assert_eq!(got.stations_only_right, ["7", "8"]);
    assert_eq!(got.near, [Near { left: "007".into(), right: "7".into() }], "leading zeros live, and are pointed out");
    assert_eq!(got.exit_code(), 1);
}

#[test]
fn mt6_ids_that_look_alike_are_shown_and_never_taken_for_each_other() {
    // Leading zeros lost, digits of another script, a Cyrillic letter, O for zero, and a capital.
    let left = "Mesa,A,B,Blank\n0101,1,2,3\n0102,1,2,3\nbasra,1,2,3\n0201,1,2,3\nkut,1,2,3\n0909,1,2,3\n";
    let right = "Mesa,A,B,Blank\n101,1,2,3\n٠١٠٢,1,2,3\nb\u{430}sra,1,2,3\nO201,1,2,3\nKut,1,2,3\n0808,1,2,3\n";
    let got = matched(MAP, left, right).unwrap();
    // The digits of another script are the same digits, as in a definition; nothing else of an id is changed.
    assert_eq!((got.both, got.only_left, got.only_right), (1, 5, 5), "ids are texts");
    let near: Vec<(&str, &str)> = got.near.iter().map(|n| (n.left.as_str(), n.right.as_str())).collect();
    assert_eq!(near, [("0101", "101"), ("0201", "O201"), ("basra", "b\u{430}sra"), ("kut", "Kut")]);
    assert_eq!(got.exit_code(), 3, "shown, and missing all the same");
}

#[test]
fn the_json_that_others_rely_on() {
    let json = serde_json::to_value(matched(MAP, LEFT, RIGHT).unwrap()).unwrap();
    for key in ["expected", "left", "right", "both", "identical", "different", "only_left", "only_right"] {
        assert!(json[key].is_u64(), "{key}");
    }
    for class in Class::ALL {
        assert_eq!(json["classes"][class.as_str()], 1);
    }
    let first = serde_json::json!({
        "station": "002", "class": "one_field", "fields": [{"name": "blank", "left": 3, "right": 4}]
    });
    assert_eq!(json["differences"][0], first);
}

#[test]
fn exit_codes() {
    let head = "Mesa,A,B,Blank\n";
    let exit = |map: &str, left: &str, right: &str| {
        matched(map, &format!("{head}{left}"), &format!("{head}{right}")).unwrap().exit_code()
    };
    assert_eq!(exit(MAP, "1,1,2,3\n", "1,1,2,3\n"), 0);
    assert_eq!(exit(MAP, "1,1,2,3\n2,0,0,0\n", "1,1,2,3\n"), 3, "one-sided");
    assert_eq!(exit(MAP, "1,1,2,3\n2,0,0,0\n", "1,1,2,4\n"), 1, "a difference beats a gap");
    assert_eq!(
        exit(&format!("expected = 2\n{MAP}"), "1,1,2,3\n", "1,1,2,3\n"),
        3,
        "identical, but not all that are expected"
    );
}

#[test]
fn digits_of_three_scripts_and_overrides() {
    let map = "station = ['C', 'Mesa']\n[fields]\na = 'A'\n[right]\nstation = ['مركز', 'محطة']\ndelimiter = ';'\nfields = { a = 'أ' }\n";
    let got = matched(map, "C,Mesa,A\n01,2, 120 \n01,3,7\n", "مركز;محطة;أ\r\n٠١;٢;١٢٠\r\n۰۱;۳;۷\r\n").unwrap();
    assert_eq!((got.both, got.identical, got.exit_code()), (2, 2, 0));
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let head = "Mesa,A,B,Blank\n1,1,1,1\n";
    for (cell, shown) in [
        ("", ""),
        ("x", "x"),
        ("-1", "-1"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("99999999999999999999", "99999999999999999999"),
    ] {
        let (code, text) = code(MAP, &format!("{head}2,1,{cell},1\n"));
        assert_eq!(code, "match.cell");
        assert_eq!(
            text,
            format!("left.csv:3: column 'B' (3) of station 2 says '{shown}', which is not a whole number")
        );
    }
    assert_eq!(
        code(MAP, &format!("{head}2,1,1,1\n1,1,1,1\n")),
        ("match.station_twice", "left.csv:4: station 1 was already in line 2".into())
    );
    assert_eq!(code(MAP, &format!("{head} ,1,1,1\n")).0, "match.no_station");
    assert_eq!(code(MAP, &format!("{head}2,1,1\n")).0, "match.row_length");
    assert_eq!(
        code(MAP, "Mesa,A,B,Blnk\n"),
        ("match.no_column", "left.csv:1: there is no column 'Blank'; did you mean 'Blnk'?".into())
    );
    assert_eq!(code(MAP, "Mesa,A,A,B,Blank\n").0, "match.column_twice");
    assert_eq!(code(MAP, "").0, "match.no_column");
    let many = "2,x,1,1\n".repeat(50);
    assert!(code(MAP, &format!("{head}{many}")).1.ends_with("and 30 more"));
    let long = format!("{head}2,\"{}", "x\n".repeat(2 << 20));
    assert_eq!(code(MAP, &long).0, "match.read");
}

#[test]
fn other_encodings_are_named() {
    let map = Map::parse("map.toml", MAP).unwrap();
    let read = |bytes: &[u8]| {
        let right = Channel { name: "r", reader: &b"Mesa,A,B,Blank\n"[..] };
        match_channels(&map, Channel { name: "l", reader: bytes }, right).unwrap_err()
    };
    assert_eq!(read(b"\xff\xfeM\0e\0").to_string(), "l:1: the text is not UTF-8 but UTF-16");
    assert_eq!(read(b"M\xe9sa,A,B,Blank\n").code(), "match.encoding");
    assert_eq!(read(b"Mesa,A,B,Blank\n\xe9,1,1,1\n").to_string(), "l:2: the text is not UTF-8");
}

#[test]
fn bad_rows_may_be_counted_instead() {
    let map = format!("on_bad_cell = 'count'\n{MAP}");
    let left = "Mesa,A,B,Blank\n1,1,1,1\n2,,1,1\n3,1,1,1\n";
    let right = "Mesa,A,B,Blank\n1,1,1,1\n2,1,1,1\n3,x,1,1\n4,x,1,1\n";
    let got = matched(&map, left, right).unwrap();
    assert_eq!((got.both, got.only_left, got.only_right), (1, 0, 0), "unreadable is not missing");
    assert_eq!((got.invalid_left, got.invalid_right, got.expected, got.exit_code()), (1, 2, 4, 3));
    assert_eq!(got.invalid.len(), 3);
    let twice = matched(&map, "Mesa,A,B,Blank\n1,1,1,1\n1,,1,1\n", right).unwrap_err();
    assert_eq!(twice.code(), "match.station_twice");
}

#[test]
fn maps_that_are_none() {
    let refused = |map: &str| Map::parse("map.toml", map).unwrap_err();
    for map in [
        "",
        "station = 'x'",
        "station = 'x'\n[fields]",
        "station = []\n[fields]\na = 'A'",
        "station = 'x'\nclock = 1\n[fields]\na = 'A'",
        "station = 'x'\n[fields]\na = 'A'\na = 'B'",
        "station = 'x'\n[fields]\na = 'A'\nb = 'A'",
        "station = 'x'\ndelimiter = '\"'\n[fields]\na = 'A'",
        "station = 'x'\ndelimiter = 'é'\n[fields]\na = 'A'",
        "station = 'x'\n[fields]\na = 'A'\n[left.fields]\nb = 'B'",
    ] {
        assert_eq!(refused(map).code(), "match.map", "{map}");
    }
    let steering = refused("station = 'x'\n\"\\u001b[8m\" = 1\n[fields]\na = 'A'").to_string();
    assert!(!steering.chars().any(char::is_control), "{steering:?}");
    assert!(refused("station = 'x'\nclock = 1\n[fields]\na = 'A'").to_string().starts_with("map.toml: line 2: "));
}

#[test]
fn votes_for_seats() {
    let read = |text: &'static str| read_votes(Channel { name: "votes.csv", reader: text.as_bytes() });
    let votes = read("id,name,votes\nA (a list),x,12\n007,y,٣\n").unwrap();
    assert_eq!(votes, BTreeMap::from([("A (a list)".to_owned(), 12), ("007".to_owned(), 3)]));
    assert_eq!(read("id,votes\na,1\na,2\n").unwrap_err().code(), "match.station_twice");
    assert_eq!(read("id,votes\na,\n").unwrap_err().code(), "match.cell");
}

#[test]
fn the_example_map_reads() {
    let map = Map::parse("bolivia-2019.toml", include_str!("../../../../examples/bolivia-2019.toml")).unwrap();
    assert_eq!(map.left.fields.len(), 11);
    assert_eq!(map.left, map.right);
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(left in prop::collection::vec(any::<u8>(), 0..200), head in any::<bool>()) {
        let map = Map::parse("map.toml", MAP).unwrap();
        let bytes = [if head { &b"Mesa,A,B,Blank\n"[..] } else { b"" }, &left].concat();
        let read = match_channels(&map, Channel { name: "l", reader: &bytes[..] }, Channel { name: "r", reader: &bytes[..] });
        if let Ok(report) = read {
            prop_assert_eq!((report.different, report.only_left, report.only_right), (0, 0, 0), "a file equals itself");
        }
    }

    #[test]
    fn no_text_breaks_the_map(text in "\\PC{0,80}", tail in "[a-z='\"\\[\\]\n{}]{0,40}") {
        let _ = Map::parse("map.toml", &text);
        let _ = Map::parse("map.toml", &format!("{MAP}{tail}"));
    }

    /// Exchanging the sides exchanges the report.
    #[test]
    fn sides_are_symmetric(left in prop::collection::btree_map(0u8..30, (0u64..3, 0u64..3, 0u64..3), 0..20),
                           right in prop::collection::btree_map(0u8..30, (0u64..3, 0u64..3, 0u64..3), 0..20)) {
        let text = |side: &BTreeMap<u8, (u64, u64, u64)>| {
            let rows: String = side.iter().rev().map(|(s, (a, b, c))| format!("{s},{a},{b},{c}\n")).collect();
            format!("Mesa,A,B,Blank\n{rows}")
        };
        let one = matched(MAP, &text(&left), &text(&right)).unwrap();
        let two = matched(MAP, &text(&right), &text(&left)).unwrap();
        prop_assert_eq!(one.both, left.keys().filter(|k| right.contains_key(k)).count() as u64);
        prop_assert_eq!(one.identical + one.different, one.both);
        prop_assert_eq!(one.both + one.only_left + one.only_right, one.expected);
        prop_assert_eq!((one.only_left, one.only_right, &one.classes), (two.only_right, two.only_left, &two.classes));
    }
}
