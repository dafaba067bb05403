//! The files of the tiny election.

use election::Folder;

/// `election.toml`.
pub const TOML: &str = r#"election = "tiny"
round = 1
mode = "demo"
date = 2026-05-12
time_zone = "Asia/Baghdad"
languages = ["en"]
name = { en = "A tiny election" }
announce = "matched"

[seats]
method = "sainte-lague:1.7"

[marks]
unmarked_to = 40
marked_from = 140

[thresholds]
board = 2
shares = 2
witnesses = 2
officers = 2
fresh_hours = 6

[privacy]
cast_vote_records_from = 5
images_from = 0
"#;

/// Where the numbers of voters come from.
pub const SOURCES: &str = "source,body,number,date,sha256\nroll,Registry,17,2026-03-01,\
     sha256:00b200e464ba003f3b16041a5d112e51f8e4e24b59a2d87d95a6b9a5f68f13ed\n";

const STATIONS_HEAD: &str = "station,centre,office,constituencies,kind,register,registered,source,count_with,name_en\n";

/// The tables but `stations.csv`.
pub fn tables() -> Vec<(&'static str, &'static str)> {
    vec![
        ("constituencies.csv", "constituency,name_en\nspring,Spring\n"),
        ("offices.csv", "office,name_en\nnorth,North\nsouth,South\n"),
        ("sources.csv", SOURCES),
        (
            "contests.csv",
            "contest,constituency,kind,vote_for,seats,sheet,name_en\nassembly,spring,open_list,,2,1,Assembly\n",
        ),
        ("parties.csv", "party,name_en\npa,Party A\npb,Party B\n"),
        (
            "lists.csv",
            "list,contest,number,party,reserved,name_en\nla,assembly,1,pa,,List A\nlb,assembly,2,pb,,List B\n",
        ),
        (
            "candidates.csv",
            "candidate,contest,list,number,gender,withdrawn,name_en\na1,assembly,la,1,woman,no,Ann\na2,assembly,la,2,man,no,Abe\n\
             b1,assembly,lb,1,man,no,Bob\nb2,assembly,lb,2,woman,no,Bea\n",
        ),
        (
            "people.csv",
            "person,role,party,office,name_en\nboard_1,board,,,Chair\nboard_2,board,,,Deputy\nofficer_1,officer,,,First\n\
             officer_2,officer,,,Second\nsharer_1,commissioner,,,One\nsharer_2,commissioner,,,Two\n",
        ),
        ("witnesses.csv", "witness,group,name_en\ncourt,court,Court\nobservers,observer,Observers\n"),
    ]
}

/// The definition with stations `s1` to `sN` of 100 voters each, in the offices north and south by turns.
pub fn folder(stations: usize) -> Folder {
    let rows: String = (1..=stations)
        .map(|n| {
            let office = if n % 2 == 1 { "north" } else { "south" };
            format!("s{n},c{n},{office},spring,general,fixed,100,roll,,School {n}\n")
        })
        .collect();
    let stations = ("stations.csv".to_owned(), format!("{STATIONS_HEAD}{rows}"));
    let others = tables().into_iter().map(|(name, text)| (name.to_owned(), text.to_owned()));
    let toml = ("election.toml".to_owned(), TOML.to_owned());
    Folder { files: others.chain([stations, toml]).map(|(name, text)| (name, text.into_bytes())).collect() }
}

/// An id that is known to be one.
pub fn id<T: std::str::FromStr<Err = election::IdError>>(text: &str) -> T {
    text.parse().expect("an id")
}
