//! A small election of every kind of contest, and its key lists.

use std::sync::LazyLock;

use sanad_election::{
    Definition, DeviceKey, Digest, Folder, KeyLists, PersonKey, Recipient, RecipientName, Role, Service, ServiceKey,
    ShareCommitment, WitnessKey, read,
};

const FILES: [(&str, &str); 13] = [
    (
        "election.toml",
        r#"election = "small"
round = 1
mode = "official"
date = 2026-05-12
time_zone = "Asia/Baghdad"
languages = ["ar", "en"]
name = { ar = "انتخابات", en = "Election" }
announce = "matched"
[seats]
method = "sainte-lague:1.7"
threshold = "3/100"
women = "quarter_rounded_half_up"
[marks]
unmarked_to = 40
marked_from = 140
[thresholds]
board = 2
shares = 2
witnesses = 1
officers = 2
[privacy]
cast_vote_records_from = 10
images_from = 0
[law]
seats = 8
candidates_per_seat = 2
woman_in_each = 4
"#,
    ),
    ("constituencies.csv", "constituency,name_ar,name_en\nnorth,شمال,North\nsouth,جنوب,South\n"),
    ("offices.csv", "office,name_ar,name_en\nhome,الداخل,Home\nabroad,الخارج,Abroad\n"),
    (
        "stations.csv",
        "station,centre,office,constituencies,kind,register,registered,source,count_with,name_ar,name_en\n\
         0101,01,home,north,general,fixed,300,roll,,مدرسة,School 1\n\
         0102,01,home,north,general,fixed,12,roll,0101,مدرسة,School 2\n\
         0201,02,home,south,displaced,conditional,200,letter,,مخيم,Camp\n\
         9001,90,abroad,north south,abroad,conditional,150,letter,,سفارة,Embassy\n",
    ),
    (
        "sources.csv",
        "source,body,number,date,sha256\n\
         roll,Registry,1/2026,2026-02-01,sha256:0000000000000000000000000000000000000000000000000000000000000001\n\
         letter,Ministry,٢/م,2026-03-01,sha256:0000000000000000000000000000000000000000000000000000000000000002\n",
    ),
    ("registrations.csv", "station,source,registered\n0101,letter,290\n0102,letter,12\n"),
    (
        "contests.csv",
        "contest,constituency,kind,vote_for,seats,sheet,name_ar,name_en\n\
         north,north,open_list,,4,1,نواب,Members\n\
         mayor,north,candidates,1,1,2,عمدة,Mayor\n\
         south,south,closed_list,,2,1,نواب,Members\n",
    ),
    ("reserved.csv", "contest,community,seats,name_ar,name_en\nnorth,river,1,أهل النهر,River people\n"),
    ("parties.csv", "party,name_ar,name_en\npalm,النخلة,Palm\ndove,الحمامة,Dove\nwillow,الصفصاف,Willow\n"),
    (
        "lists.csv",
        "list,contest,number,party,reserved,name_ar,name_en\n\
         n_palm,north,1,palm,,النخلة,Palm\n\
         n_dove,north,2,dove,,الحمامة,Dove\n\
         n_willow,north,3,willow,river,الصفصاف,Willow\n\
         s_palm,south,1,palm,,النخلة,Palm\n",
    ),
    (
        "candidates.csv",
        "candidate,contest,list,number,gender,withdrawn,name_ar,name_en\n\
         p1,north,n_palm,1,man,no,أ,A\n\
         p2,north,n_palm,2,woman,no,ب,B\n\
         p3,north,n_palm,3,man,no,ج,C\n\
         p4,north,n_palm,4,man,no,د,D\n\
         p5,north,n_palm,5,woman,yes,ه,E\n\
         d1,north,n_dove,1,woman,no,و,F\n\
         w1,north,n_willow,1,man,no,ز,G\n\
         sp1,south,s_palm,1,woman,no,ح,H\n\
         m1,mayor,,1,woman,no,ط,I\n\
         m2,mayor,,2,man,no,ي,J\n",
    ),
    (
        "people.csv",
        "person,role,party,office,name_ar,name_en\n\
         b1,board,,,أ,Chair\nb2,board,,,ب,Deputy\n\
         o1,officer,,home,ج,Officer 1\no2,officer,,,د,Officer 2\n\
         c1,commissioner,,,ه,Commissioner 1\nc2,commissioner,,,و,Commissioner 2\n\
         a1,agent,palm,,ز,Agent\n",
    ),
    ("witnesses.csv", "witness,group,name_ar,name_en\ncourt,court,محكمة,Court\n"),
];

/// The files of the small election, without key lists.
pub fn small() -> Folder {
    Folder { files: FILES.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into() }
}

/// The base64 of something that looks like the `n`-th P-256 key.
fn p256(n: usize) -> String {
    format!("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE{n:085}A==")
}

/// The base64 of something that looks like the `n`-th Ed25519 key.
fn ed25519(n: usize) -> String {
    format!("MCowBQYDK2VwAyEA{n:042}A=")
}

fn id<T: std::str::FromStr<Err = sanad_election::IdError>>(text: &str) -> T {
    text.parse().unwrap()
}

/// Key lists in which all who must have a key have one.
pub fn keys(definition: &Definition) -> KeyLists {
    let mut n = 0;
    let mut next = || {
        n += 1;
        n
    };
    let signers = definition.people.iter().filter(|p| matches!(p.role, Role::Board | Role::Officer));
    let commissioners = definition.people.iter().filter(|p| p.role == Role::Commissioner);
    let offices = definition.offices.iter().map(|o| RecipientName::Office(o.id.clone()));
    let all = std::iter::once(RecipientName::Centre).chain(offices);
    KeyLists {
        devices: definition
            .stations
            .iter()
            .filter(|s| s.count_with.is_none())
            .map(|s| DeviceKey { device: id(&format!("d{}", s.id)), station: s.id.clone(), key: p256(next()) })
            .collect(),
        people: signers.map(|p| PersonKey { person: p.id.clone(), key: p256(next()) }).collect(),
        services: Service::ALL
            .map(|service| {
                let log = matches!(service, Service::RecordLog | Service::IntakeLog);
                ServiceKey { service, key: if log { ed25519(next()) } else { p256(next()) } }
            })
            .into(),
        recipients: all
            .map(|recipient| Recipient {
                recipient,
                age: format!("age1{:058}", 10_u64.pow(next() as u32 % 10))
                    .replace('1', "q")
                    .replacen("ageq", "age1", 1),
            })
            .collect(),
        witnesses: definition
            .witnesses
            .iter()
            .map(|w| WitnessKey { witness: w.id.clone(), name: format!("{}.example/1", w.id), key: ed25519(next()) })
            .collect(),
        shares: commissioners
            .map(|p| ShareCommitment { person: p.id.clone(), commitment: Digest::of(p.id.as_str().as_bytes()) })
            .collect(),
        witness_policy: "log 00\nquorum none\n".into(),
    }
}

/// The small election as frozen.
pub fn frozen() -> Folder {
    static FROZEN: LazyLock<Folder> = LazyLock::new(|| {
        let mut folder = small();
        keys(&read(&folder).unwrap()).write(&mut folder);
        folder
    });
    FROZEN.clone()
}
