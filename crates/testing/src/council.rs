//! The voters of `examples/council`: six contests of four kinds on two sheets, and whom they elect. Counted by hand, in the
//! comments.

use std::path::Path;

use election::{Folder, OptionId};

/// Ballots of one contest: so many times these marks.
pub type Marks = [(usize, &'static [&'static str])];

/// The voters of the city, 120 of them. Valid ballots of the council: 52 + 31 + 17 + 9 + 6 = 115.
pub const COUNCIL: &Marks = &[
    (20, &["c_harbour", "n1"]),
    (14, &["c_harbour", "n2"]),
    (8, &["c_harbour", "n3"]),
    (5, &["c_harbour", "n4"]),
    (3, &["c_harbour", "n5"]),
    (2, &["c_harbour"]),
    (15, &["c_garden", "n1"]),
    (10, &["c_garden", "n2"]),
    (4, &["c_garden", "n3"]),
    (2, &["c_garden", "n1", "n2"]),
    (10, &["c_lantern", "n1"]),
    (7, &["c_lantern", "n2"]),
    (9, &["c_nets", "n2"]),
    (6, &["c_oars", "n1"]),
    (3, &[]),
    (2, &["c_garden", "c_harbour"]),
];
/// 48 and 48 are a tie for the one seat; 4 blank.
pub const MAYOR: &Marks = &[(48, &["m_1"]), (48, &["m_2"]), (20, &["m_3"]), (4, &[])];
/// Up to three: 60 + 30 + 25 = 115 valid, 3 with four marks, 2 blank; 90 for s_3, 60 for s_1 and s_2, 30 for s_4, 25 for s_5.
pub const SCHOOL: &Marks = &[
    (60, &["s_1", "s_2", "s_3"]),
    (30, &["s_3", "s_4"]),
    (25, &["s_5"]),
    (3, &["s_1", "s_2", "s_3", "s_4"]),
    (2, &[]),
];
/// 55 + 40 + 15 + 5 = 115 valid, a tenth is 11.5: the nets stay below. 110 / 4 = 27.5: 2 and 1 whole, remainders 0, 0.45, 0.54.
pub const ASSEMBLY: &Marks =
    &[(55, &["a_harbour"]), (40, &["a_garden"]), (15, &["a_lantern"]), (5, &["a_nets"]), (5, &["a_harbour", "a_nets"])];
/// The voters of the village, 34 of them.
pub const HEAD: &Marks = &[(20, &["h_2"]), (13, &["h_1"]), (1, &["h_1", "h_2"])];
/// 20 and 13 by d'Hondt: 20, 13, 10. The two seats of the harbour: 8 for n1, and 6 each for n2 and n3.
pub const VILLAGE: &Marks = &[
    (8, &["v_harbour", "n1"]),
    (6, &["v_harbour", "n2"]),
    (6, &["v_harbour", "n3"]),
    (13, &["v_garden", "n2"]),
    (1, &[]),
];

/// The contests of a voter of the city, with the sheet they are on.
pub const OF_CITY: [(&str, u8, &Marks); 4] =
    [("mayor", 1, MAYOR), ("council", 1, COUNCIL), ("school_board", 2, SCHOOL), ("assembly", 2, ASSEMBLY)];
/// The contests of a voter of the village.
pub const OF_VILLAGE: [(&str, u8, &Marks); 2] = [("village_head", 1, HEAD), ("village_council", 1, VILLAGE)];

/// Who is elected where the lot for the mayor falls on `m_2`.
///
/// The council: Sainte-Laguë with 1.4 over 52, 31 and 17: 37.1 H, 22.1 G, 17.3 H, 12.1 L, 10.4 H, 10.3 G, 7.4 H; the fishers'
/// seat has the most personal votes of both lists. Women owed: (7 + 2) / 4 = 2; none directly: harbour owes 4 / 4, then step 4
/// takes the next woman of all lists: 7 votes on the lantern's list of one seat. Of the village's harbour n2 comes before n3.
pub const ELECTED: [(&str, &[&str]); 6] = [
    ("mayor", &["m_2"]),
    (
        "council",
        &[
            "c_harbour_1",
            "c_harbour_2",
            "c_harbour_3",
            "c_harbour_5",
            "c_garden_1",
            "c_garden_2",
            "c_lantern_2",
            "c_nets_2",
        ],
    ),
    ("school_board", &["s_3", "s_1", "s_2"]),
    ("assembly", &["a_harbour_1", "a_harbour_2", "a_garden_1", "a_lantern_1"]),
    ("village_head", &["h_2"]),
    ("village_council", &["v_harbour_1", "v_harbour_2", "v_garden_2"]),
];

/// The definition.
pub fn folder() -> Folder {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/council");
    Folder::load(&path).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The marks of each voter, sorted.
pub fn ballots(marks: &Marks) -> Vec<Vec<OptionId>> {
    let one = |(count, marks): &(usize, &[&str])| vec![marks.iter().map(|mark| crate::id(mark)).collect(); *count];
    marks.iter().flat_map(one).collect()
}
