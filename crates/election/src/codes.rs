//! The numbered rules of a definition. `docs/definition.md` shows the same table; a test holds them together.

macro_rules! rules {
    ($($name:ident $code:literal $says:literal;)*) => {
        /// A rule that a definition must keep; what breaks it is a [`crate::Problem`] with its code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $says] $name,)*
        }

        impl Rule {
            /// All rules, by code.
            pub const ALL: &[Rule] = &[$(Rule::$name,)*];

            /// The reason code, such as `E.104`.
            pub const fn code(self) -> &'static str {
                match self { $(Rule::$name => $code,)* }
            }

            /// What the rule asks.
            pub const fn says(self) -> &'static str {
                match self { $(Rule::$name => $says,)* }
            }
        }
    };
}

rules! {
    // Files
    Unreadable "E.101" "Every file that is needed is there, is an ordinary file and can be read";
    TooLarge "E.102" "No file is larger, and no table longer, than its limit";
    Unexpected "E.103" "The folder holds no file that is not part of a definition";
    NotUtf8 "E.104" "Every file is UTF-8";
    Toml "E.105" "election.toml is TOML";
    KeyMissing "E.106" "Every key of election.toml that is needed is there";
    KeyUnknown "E.107" "election.toml has no key of another name";
    KeyValue "E.108" "Every value of election.toml is of the kind its key asks for";
    // Tables
    Header "E.110" "The first line of a table names its columns, separated by commas or by semicolons, not by both";
    ColumnMissing "E.111" "Every column that is needed is there";
    ColumnUnknown "E.112" "A table has no column of another name";
    ColumnTwice "E.113" "A column stands in a table once";
    CellCount "E.114" "Every row has as many cells as the header";
    CellEmpty "E.115" "Every cell that is needed is filled";
    Id "E.116" "An id is 1 to 40 of a-z, 0-9 and _, the first a letter or digit";
    Number "E.117" "A number is written in digits and within its limits";
    Word "E.118" "Where a column has a closed set of words, the cell holds one of them";
    Date "E.119" "A date is written year-month-day and is in the calendar";
    Digest "E.120" "A SHA-256 is written sha256: and 64 lower-case hex digits";
    Character "E.121" "A text has no line break, no control character and no invisible or direction-changing character";
    TooLong "E.122" "A text is no longer than 200 characters, a cell of ids no longer than 2,000 ids";
    Formula "E.123" "A text does not begin like a spreadsheet formula, with = + - or @";
    NameMissing "E.124" "A name is given in every language of the election";
    TooMany "E.125" "A definition with more than 10,000 problems is not read to its end";
    // Ids and references
    IdTwice "E.130" "An id stands for one thing of its kind";
    NumberTwice "E.131" "A number on the ballot stands for one list of a contest, and for one candidate of a list or contest";
    IdUnknown "E.132" "An id that is referred to exists";
    OptionId "E.133" "A list or candidate has no id that means something else on a ballot: not n1, n2, …, and not another's";
    OfficeCentre "E.134" "No office has the id centre, which means the tally centre";
    // The election
    TimeZone "E.140" "The time zone is one of the IANA database, written as there";
    Languages "E.141" "The election has at least one language, each once";
    Round "E.142" "The first round is 1";
    Officers "E.143" "At least two officers sign what changes a result, and no more than there are";
    Board "E.144" "At least two members of the board freeze and certify, and no more than there are";
    Shares "E.145" "At least two commissioners' shares open the centre's identity, and no more than there are commissioners";
    Witnesses "E.146" "At least one witness cosigns before an announcement, and no more than there are";
    Marks "E.147" "The reader's thresholds are in thousandths, and the one for a mark is above the one for none";
    Threshold "E.148" "The threshold for seats is less than the whole";
    Law "E.149" "A figure of the law in [law] is not zero";
    // Places
    NoConstituency "E.150" "A station takes the ballots of at least one constituency";
    ConstituencyTwice "E.151" "A station names a constituency once";
    GeneralSeveral "E.152" "A general station takes the ballots of one constituency";
    NobodyRegistered "E.153" "A station has at least one voter registered or one ballot delivered";
    RegisterKind "E.154" "General stations and displaced by movement have a fixed register, displaced stations a conditional one";
    CountWith "E.155" "A station whose box takes another's ballots counts them itself";
    CountWithOther "E.156" "A station is counted with one of the same office that takes the ballots of all its constituencies";
    CentreOffices "E.157" "The stations of one centre report to one office";
    SourceLate "E.158" "A letter with registration figures is not younger than the election";
    LetterTwice "E.159" "registrations.csv has letters beside the one that stations.csv names, and not that one again";
    // Contests
    NoSeats "E.160" "A contest fills at least one seat, general or reserved";
    Sheets "E.161" "The sheets of a constituency are numbered 1, 2, 3, … without a gap";
    VoteFor "E.162" "vote_for is given in contests of candidates, there only, and is not more than the candidates";
    NothingToMark "E.163" "A contest has something to mark: lists, or candidates";
    ListOfCandidates "E.164" "A list stands in a contest of lists";
    CandidateList "E.165" "A candidate in a contest of lists is on a list of that contest; elsewhere on none";
    EmptyList "E.166" "A list has at least one candidate";
    ListTooLong "E.167" "A list has no more candidates than the law allows for the seats of its contest";
    Women "E.168" "Women stand on a list in the positions that the law asks";
    NoContest "E.169" "Every constituency has a contest";
    ReservedSeats "E.170" "Reserved seats are at least one, in a contest of open lists";
    ReservedLists "E.171" "The lists of a community have at least as many candidates as seats are reserved for it";
    ReservedUnknown "E.172" "A list stands for a community that has reserved seats in its contest";
    SeatSum "E.173" "The seats of all contests, reserved ones among them, add up to the law's figure";
    WithdrawnVotes "E.174" "Votes for the withdrawn are made invalid only where a voter has one mark";
    AnnounceOrder "E.175" "Only kinds of stations may need an order to be counted, not all stations";
    Isolation "E.176" "[isolation] lists an interface or socket once, and at most 64 of either";
    PollHours "E.177" "The polls open before they close";
    // People
    AgentParty "E.180" "An agent watches for a party; nobody else in people.csv belongs to one";
    // Key lists
    Key "E.190" "A key is the base64 of a SubjectPublicKeyInfo: P-256, or Ed25519 for logs and witnesses";
    KeyTwice "E.191" "A key belongs to one device, person, service or witness";
    Recipient "E.192" "An age recipient is age1 and 58 of the characters of Bech32, and belongs to one office or the centre";
    KeysIncomplete "E.193" "All who must have a key have one: stations, officers, board, services, centre, offices, witnesses, commissioners";
    ShareHolder "E.194" "A share is held by a commissioner";
    WitnessName "E.195" "A witness signs under a name of its own: printable ASCII without space or +";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::SHEETS;

    const DOCS: &str = include_str!("../../../docs/definition.md");

    #[test]
    fn the_docs_have_the_same_rules() {
        let rows: String = Rule::ALL.iter().map(|r| format!("| {} | {} |\n", r.code(), r.says())).collect();
        let table = DOCS.split("| code | rule |\n| --- | --- |\n").nth(1).unwrap();
        assert_eq!(table, rows, "copy the rows into docs/definition.md");
        let codes: std::collections::BTreeSet<_> = Rule::ALL.iter().map(|r| r.code()).collect();
        assert_eq!(codes.len(), Rule::ALL.len(), "each code once");
    }

    #[test]
    fn the_docs_have_the_same_columns() {
        for sheet in SHEETS {
            let section =
                DOCS.split(&format!("\n### {}\n", sheet.file)).nth(1).unwrap_or_else(|| panic!("{}", sheet.file));
            let rows = section.split("\n#").next().unwrap().lines().filter_map(|line| line.strip_prefix("| `"));
            let first = rows.map(|row| row.split(" |").next().unwrap().replace('`', "").replace(", ", ","));
            let columns: Vec<&str> = sheet.columns.iter().map(|(name, _)| *name).collect();
            assert_eq!(first.collect::<Vec<_>>().join(","), columns.join(","), "{}", sheet.file);
        }
    }
}
