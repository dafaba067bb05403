//! Names of those elected, at the court that ratifies them: what may be entered and when, and what table and statement say.

mod common;
#[path = "common/tables.rs"]
mod tables;

use common::{World, figures, refused};
use election::{Coded, Digest, Lang, PlainDate};
use package::StationResults;
use sanad_record::docket::{Certification, Ratification, Said, tables as docket_tables};
use sanad_record::entry::{Announcement, Effect};
use sanad_record::statement::{Figure, Witnessed, statement};
use sanad_record::{Body, Outcome, State};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];
const BOARD: [&str; 2] = ["chair", "deputy"];

/// A record in which two stations are counted: rose leads, and omar does without station 0101.
struct Record {
    world: World,
    packages: [StationResults; 2],
    leaves: Vec<Vec<u8>>,
    state: State,
}

impl Record {
    fn counted() -> Self {
        let world = World::new();
        let packages = [world.voted("0101", [60, 20, 5]), world.voted("0102", [10, 40, 5])];
        let (state, leaves) = (world.begin(), vec![world.leaf_0.clone()]);
        let mut record = Record { world, packages, leaves, state };
        let imports: Vec<Body> = record.packages.iter().flat_map(|results| record.world.both(results)).collect();
        for body in &imports {
            record.add(body);
        }
        record
    }

    /// Takes a leaf that stands.
    fn add(&mut self, body: &Body) -> Digest {
        let leaf = self.world.sign_as_needed(body);
        self.state.apply(&self.world.frozen, &leaf).unwrap_or_else(|e| panic!("{}: {e}", e.code()));
        self.leaves.push(leaf.clone());
        Digest::of(&leaf)
    }

    fn refuses(&mut self, body: &Body, by: &[&str]) -> &'static str {
        refused(&self.world, &mut self.state, body, by)
    }

    /// Announces the version, and the board certifies it.
    fn certify(&mut self, number: u16, version: u16) {
        let results = Digest::of(format!("results {version}").as_bytes());
        self.add(&Body::Announcement(Announcement { version, results, witnessed: String::new() }));
        self.add(&Body::Certification(Certification { number, version, results, despite: None }));
    }

    fn outcome(&self) -> Outcome {
        self.world.outcome(&self.state, &self.packages)
    }

    fn versions(&self) -> Vec<Outcome> {
        let figures = figures(&self.packages);
        docket_tables::versions(&self.world.frozen, &self.leaves, &self.state, &self.outcome(), &figures).unwrap()
    }

    /// The rows of the table, the hashes of papers and leaves left out.
    fn rows(&self) -> Vec<String> {
        let (def, figures) = (&self.world.frozen.definition, figures(&self.packages));
        let files = docket_tables::files(def, &self.state, &self.outcome(), &figures, &self.versions()).unwrap();
        let all = tables::rows(&files, "docket/ratifications.csv").into_iter();
        all.map(|row| row.into_iter().filter(|cell| !cell.starts_with("sha256:")).collect::<Vec<_>>().join("|"))
            .collect()
    }

    /// What the ninth point of the statement says: as many, of as many, except these.
    fn ninth(&self) -> Vec<(u64, u64, Vec<String>)> {
        let figures = self.figures().into_iter();
        figures.map(|own| (own.share.part, own.share.whole, own.exceptions)).collect()
    }

    fn ninth_name(&self) -> String {
        self.figures().swap_remove(0).name
    }

    fn figures(&self) -> Vec<Figure> {
        let (def, outcome) = (&self.world.frozen.definition, self.outcome());
        statement(def, &self.state, (&outcome, &figures(&self.packages)), &Witnessed::default(), Lang::En)
            .swap_remove(8)
            .figures
    }
}

/// What a paper of the fifth of June says of a name under the first certification.
fn said(candidate: &str, said: Said, change: impl FnOnce(&mut Ratification)) -> Body {
    let mut own = Ratification {
        certification: 1,
        contest: "member".parse().unwrap(),
        candidate: candidate.parse().unwrap(),
        court: "Federal Court".into(),
        number: "9/2026".into(),
        dated: "2026-06-05".parse().unwrap(),
        paper: Digest::of(b"a letter"),
        said,
    };
    change(&mut own);
    Body::Ratification(own)
}

fn june(day: u8) -> PlainDate {
    format!("2026-06-{day:02}").parse().unwrap()
}

/// The paper is of this day in June.
fn on(day: u8) -> impl FnOnce(&mut Ratification) {
    move |own| own.dated = june(day)
}

fn sent() -> Said {
    Said::Sent("the commission".into())
}

fn withheld() -> Said {
    Said::Withheld("a conviction".into())
}

#[test]
fn a_name_is_sent_before_it_is_answered_and_certified_before_it_is_sent() {
    let mut record = Record::counted();
    let name = said("rose", sent(), |_| ());
    assert_eq!(record.refuses(&name, &OFFICERS), "ratification.certification", "nothing is certified");
    record.certify(1, 1);
    for (change, code) in [
        (said("rose", sent(), |own| own.court = " ".into()), "ratification.blank"),
        (said("rose", sent(), |own| own.number = String::new()), "ratification.blank"),
        (said("rose", Said::Sent(" ".into()), |_| ()), "ratification.blank"),
        (said("rose", Said::Withheld(String::new()), |_| ()), "ratification.blank"),
        (said("rose", sent(), |own| own.certification = 2), "ratification.certification"),
        (said("rose", sent(), |own| own.certification = 0), "ratification.certification"),
        (said("ros", sent(), |_| ()), "ratification.candidate"),
        (said("rose", sent(), |own| own.contest = "council".parse().unwrap()), "ratification.candidate"),
        (said("rose", Said::Ratified, |_| ()), "ratification.not_sent"),
        (said("rose", withheld(), |_| ()), "ratification.not_sent"),
    ] {
        assert_eq!(record.refuses(&change, &OFFICERS), code, "{change:?}");
    }
    assert_eq!(record.refuses(&name, &BOARD), "record.signature", "officers read papers back");
    assert_eq!(record.refuses(&name, &OFFICERS[..1]), "record.threshold", "two of them");
    record.add(&name);
    let before = said("rose", Said::Ratified, |own| own.dated = "2026-06-04".parse().unwrap());
    assert_eq!(record.refuses(&before, &OFFICERS), "ratification.not_sent", "a paper from before it was sent");
    let other = said("omar", Said::Ratified, |_| ());
    assert_eq!(record.refuses(&other, &OFFICERS), "ratification.not_sent", "what was sent is another name");
    record.add(&said("rose", Said::Ratified, |_| ()));
}

#[test]
fn an_earlier_paper_displaces_none_and_what_is_answered_is_sent_again_under_another_certification_alone() {
    let mut record = Record::counted();
    record.certify(1, 1);
    record.add(&said("rose", sent(), |_| ()));
    record.add(&said("rose", withheld(), on(7)));
    assert_eq!(record.refuses(&said("rose", Said::Ratified, on(6)), &OFFICERS), "ratification.earlier");
    assert_eq!(record.refuses(&said("rose", sent(), on(8)), &OFFICERS), "ratification.earlier", "it is answered");
    record.add(&said("rose", Said::Ratified, on(7)));
    let other = record.world.order("0102", Effect::Cancel, &[]);
    record.add(&other);
    record.certify(2, 2);
    let second = |own: &mut Ratification, day| (own.certification, own.dated) = (2, june(day));
    assert_eq!(
        record.refuses(&said("rose", sent(), |own| second(own, 6)), &OFFICERS),
        "ratification.earlier",
        "also under another certification"
    );
    record.add(&said("rose", sent(), |own| second(own, 8)));
}

#[test]
fn a_later_paper_takes_the_place_of_an_earlier_one_and_every_elected_name_has_its_row() {
    let mut record = Record::counted();
    assert!(record.rows().is_empty());
    record.certify(1, 1);
    assert_eq!(record.rows(), ["member|rose|yes|not_sent||||||||"], "what was not sent is named too");
    assert!(record.ninth().is_empty(), "the law of this election may know no ratification");
    let rest = |day: u8| format!("1|Federal Court|9/2026|2026-06-{day:02}");
    record.add(&said("rose", sent(), |_| ()));
    assert_eq!(record.rows(), [format!("member|rose|yes|sent|{}|the commission|", rest(5))]);
    assert_eq!(record.ninth(), [(0, 1, vec!["rose Rose Example: sent".to_owned()])]);
    record.add(&said("rose", withheld(), on(6)));
    assert_eq!(record.rows(), [format!("member|rose|yes|withheld|{}||a conviction", rest(6))]);
    assert_eq!(record.ninth(), [(0, 1, vec!["rose Rose Example: withheld (a conviction)".to_owned()])]);
    record.add(&said("rose", Said::Ratified, on(7)));
    assert_eq!(record.rows(), [format!("member|rose|yes|ratified|{}||", rest(7))]);
    assert_eq!(record.ninth(), [(1, 1, Vec::new())]);
    let order = record.world.order("0101", Effect::Cancel, &[]);
    record.add(&order);
    let name = "names that the court has ratified, of those sent of the version certified before";
    assert_eq!(record.ninth(), [(1, 1, Vec::new())]);
    assert_eq!(record.ninth_name(), name, "these results are not certified");
    record.certify(2, 2);
    let rows = ["member|omar|yes|not_sent||||||||".to_owned(), format!("member|rose|no|ratified|{}||", rest(7))];
    assert_eq!(record.rows(), rows, "who is elected no longer stays in the table");
    assert_eq!(record.ninth(), [(0, 1, vec!["omar Omar Example: not sent".to_owned()])]);
    assert_eq!(
        record.refuses(&said("rose", sent(), |_| ()), &OFFICERS),
        "ratification.certification",
        "of the last one"
    );
}

#[test]
fn a_paper_of_a_day_to_come_stands_and_is_told() {
    let mut record = Record::counted();
    record.certify(1, 1);
    // The clock of these leaves says the twelfth of May.
    let of = |day: &str| said("rose", sent(), |own| own.dated = day.parse().unwrap());
    for (day, is_ahead) in [("2026-05-12", false), ("2026-05-13", false), ("2026-05-14", true), ("9999-12-31", true)] {
        let Body::Ratification(own) = of(day) else { unreachable!() };
        assert_eq!(own.dated.is_ahead_of("2026-05-12T20:00:00Z"), is_ahead, "{day}");
        assert!(!own.dated.is_ahead_of("no clock") && !own.dated.is_ahead_of("9999-12-31T20:00:00Z"), "{day}");
    }
    record.add(&of("2026-05-13"));
    assert!(record.state.docket.ahead.is_empty());
    let index = record.state.size;
    record.add(&of("2026-05-14"));
    let told = record.state.docket.ahead.clone();
    assert_eq!(told, [(index, "rose".parse().unwrap())]);
    let problem = sanad_record::docket::ratification::RatificationProblem::Ahead(told[0].1.clone());
    assert_eq!(problem.code(), "ratification.ahead");
}

#[test]
fn whom_the_certification_did_not_elect_is_found_of_the_figures() {
    let mut record = Record::counted();
    record.certify(1, 1);
    record.add(&said("rose", sent(), |_| ()));
    assert!(record.state.docket.ratified_unelected(&record.versions()).is_empty());
    record.add(&said("omar", sent(), |_| ()));
    let order = record.world.order("0101", Effect::Cancel, &[]);
    record.add(&order);
    record.certify(2, 2);
    let found = record.state.docket.ratified_unelected(&record.versions());
    let told: Vec<_> = found.iter().map(|problem| (problem.code(), problem.to_string())).collect();
    let what = "'omar' is not elected in 'member' by certification 1".to_owned();
    assert_eq!(told, [("ratification.not_elected", what)], "that a later certification elects him is no excuse");
    let figures = figures(&record.packages);
    let certified =
        docket_tables::certified(&record.world.frozen, &record.leaves, &record.state, &figures).unwrap().unwrap();
    assert_eq!(record.state.certified_names(&certified), record.state.certified_names(&record.outcome()));
}
