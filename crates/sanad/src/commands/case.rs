//! `sanad case`: what is brought against a result, what becomes of it, and the certification.

use centre::Centre as Room;
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use election::{CaseId, Digest};
use record::Body;
use record::docket::{Class, ComplaintCase, DocketProblem, Stage, Verdict as Decided};
use serde_json::{Value, json};
use sign::FileKey;

use super::case_board::{self, Certify, Revoke};
use super::case_court::{self, Enjoin, Rule};
use super::case_filing::{self, Appeal, Complain};
use super::case_hand;
use super::case_list::{self, List};
use super::case_order::{self, Count, Left};
use super::case_panel::{self, Classify, Decide};
use super::case_ratify::{self, Ratify};
use super::case_succession::{self, Succeed};
use crate::inputs;
use crate::shell::{Failure, Result, Shell, count, text};

/// Complaints, appeals, rulings, certification.
#[derive(Subcommand)]
pub enum Case {
    /// File a complaint as it was handed in, whatever it is worth
    ///
    /// The centre keeps the paper, and its hash is public. What names persons is sealed to the centre's key before it is kept. What the
    /// law does not allow, as far as the form tells, is entered too, with the reason (0): a panel may say otherwise.
    #[command(
        after_help = "Example: sanad case complain --dir centre --case 17 --station 0101 --capacity party-agent \
                            --ground 'the seal was broken' --paper form.pdf --sealed names.txt \
                            --redacted 'name of the complainant' --filed 2018-05-13T10:30 --receipt 17.proof"
    )]
    Complain(Complain),
    /// Say how grave a complaint is; a panel: a member of the board and two officers
    ///
    /// Red may change a result, yellow breaks the procedure, green is of no weight, inadmissible is what the law does not allow. It takes the
    /// place of the classification that stands. Nobody signs whom the complaint concerns.
    #[command(
        after_help = "Example: sanad case classify --dir centre --case 17 --class red --reason 'the box was open' \
                            --basis 'article 38' --signer chair.key.pem --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Classify(Classify),
    /// Decide a complaint; signed by two officers
    ///
    /// Orders about stations that come of it are entered before (`sanad case cancel`, `count`) and named here. The clock of an appeal
    /// starts at the hour of service.
    #[command(
        after_help = "Example: sanad case decide --dir centre --case 17 --verdict dismissed --reason 'the seal was whole' \
                            --basis 'article 38' --served 2018-05-20T09:00 --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Decide(Decide),
    /// Leave a station out: first what it changes, then, with signers, the order
    ///
    /// Without --signer it only shows which stations, votes, seats and people elected would change. With two officers' keys
    /// it shows the same and enters the order.
    #[command(after_help = "Example: sanad case cancel --dir centre --station 0101 --reason 'the box was open' \
                            --basis 'article 38' --complaint 17")]
    Cancel(Left),
    /// Take the cancellation of a station back: first what it changes, then, with signers, the order
    ///
    /// Without --signer it only shows which stations, votes, seats and people elected would change.
    #[command(after_help = "Example: sanad case restore --dir centre --station 0101 --reason 'the court has ruled' \
                            --basis 'article 38' --signer officer_1.key.pem --signer officer_2.key.pem")]
    Restore(Left),
    /// Count one copy of a station: first what it changes, then, with signers, the order
    ///
    /// Without --signer it only shows which stations, votes, seats and people elected would change.
    #[command(
        after_help = "Example: sanad case count --dir centre --station 0101 --copy stick --reason 'the slip agrees with it' \
                      --basis 'article 38' --complaint 17"
    )]
    Count(Count),
    /// Order that a box is counted by hand, or take that back; signed by two officers
    ///
    /// Until a count is entered the station is an open matter.
    #[command(
        after_help = "Example: sanad case recount --dir centre --station 0101 --reason 'the slip differs' --basis 'article 38' \
                            --complaint 17 --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Recount(case_hand::Order),
    /// Write the empty form of a station's protocol, to be typed from a count by hand
    ///
    /// Two officers fill it, each for themselves: the papers of the box, and of each contest the ballots and the votes of every list and
    /// candidate, also where they are 0.
    #[command(after_help = "Example: sanad case hand-form --dir centre --station 0101 -o 0101-first.csv")]
    HandForm(case_hand::Form),
    /// Enter a count by hand that two officers have typed apart
    ///
    /// 1 where they typed something else; each figure is named, and nothing is entered. A count that is the same as what came is one more
    /// evidence for it. Another one puts the station into quarantine, and `sanad case count --hand-count` makes it the one that counts.
    #[command(
        after_help = "Example: sanad case hand-count --dir centre --station 0101 --first 0101-first.csv --second 0101-second.csv \
                            --paper protocol.pdf --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    HandCount(case_hand::Count),
    /// File an appeal against a decision or a version of the results, as it was handed in
    ///
    /// Says the last minute for it, whether it is late, and when a ruling is due. It is entered whatever it is worth.
    #[command(after_help = "Example: sanad case appeal --dir centre --case 18 --against 17 --capacity candidate \
                            --ground 'a witness was not heard' --paper appeal.pdf --filed 2018-05-22T11:00")]
    Appeal(Appeal),
    /// Enter a court's ruling; two officers read it back from the paper
    ///
    /// It grants or dismisses appeals, stops an announcement or the certification, lifts such an injunction, or permits the certification
    /// though matters are open: complaint:17, appeal:18, station:0101, injunction:sha256:…. Whoever signs second types number and date
    /// again, from the paper (--read-back, --read-back-dated).
    #[command(after_help = "Example: sanad case rule --dir centre --court 'Judicial Panel' --rank 1 --number 42/2018 \
                            --dated 2018-05-28 --read-back 42/2018 --read-back-dated 2018-05-28 \
                            --served 2018-05-28T12:00 --paper ruling.pdf --about 18 --dismissed \
                            --signer officer_1.key.pem --signer officer_2.key.pem")]
    Rule(Rule),
    /// Enter a court's injunction: no announcement, or no certification
    ///
    /// It stands until a ruling of that court, or of one above it, lifts it (`sanad case rule --lifts`). Whoever signs second types number
    /// and date again, from the paper (--read-back, --read-back-dated).
    #[command(
        after_help = "Example: sanad case enjoin --dir centre --court 'Judicial Panel' --rank 1 --number 43/2018 \
                            --dated 2018-05-29 --read-back 43/2018 --read-back-dated 2018-05-29 \
                            --served 2018-05-29T12:00 --paper order.pdf --stays certification \
                            --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Enjoin(Enjoin),
    /// Certify the version that was announced last; signed by the board
    ///
    /// 3 while a matter is open that no ruling permits (--despite): a complaint or an appeal, an injunction, a station that is neither
    /// counted nor left out.
    #[command(after_help = "Example: sanad case certify --dir centre --signer chair.key.pem --signer deputy.key.pem")]
    Certify(Certify),
    /// Enter what the court says of names of those elected: sent, ratified, withheld; two officers read it back
    ///
    /// Names are those that the last certification elects. A later paper about a name takes the place of an earlier one; both stay in the
    /// record. Whoever signs second types number and date again, from the paper.
    #[command(after_help = "Example: sanad case ratify --dir centre --state withheld --candidate rose \
                            --court 'Federal Supreme Court' --number 149/2018 --dated 2018-08-19 --read-back 149/2018 \
                            --read-back-dated 2018-08-19 --paper ruling.pdf --reason 'a conviction' \
                            --signer officer_1.key.pem --signer officer_2.key.pem")]
    Ratify(Box<Ratify>),
    /// Keys of the board, of officers or holders of shares end, and others begin; what was handed over is named
    ///
    /// By the authority of a law or order in the register of acts. Everybody whose key begins signs it, and the outgoing board's threshold;
    /// where judges replace the board against its will, two registrars in its place, and every report and page says so for ever. What was
    /// signed before stands.
    #[command(
        after_help = "Example: sanad case succession --dir centre --act 12 --signed-by registrars --ends chair --ends deputy \
                            --begins board:judge_1=judge_1.key.pem --begins board:judge_2=judge_2.key.pem --board 2 \
                            --handed seal:A-17 --not-handed 'other:the archive' \
                            --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Succession(Box<Succeed>),
    /// From here on a person's key signs nothing more; signed by the board
    ///
    /// For a key that was lost or copied. What it has signed before stands.
    #[command(after_help = "Example: sanad case revoke --dir centre --person officer_1 --reason 'the key was stolen' \
                      --basis 'article 12' --signer chair.key.pem --signer deputy.key.pem")]
    Revoke(Revoke),
    /// The register: complaints, appeals, rulings, injunctions, what is open, what is certified
    ///
    /// Each case with its stage, its deadlines and what became of it; of each open matter the station, and how many ballots are at
    /// stake.
    #[command(after_help = "Example: sanad case list --dir centre --open --lang ckb")]
    List(List),
}

/// Runs it.
pub fn run(shell: &Shell, command: Case) -> Result {
    match command {
        Case::Complain(args) => case_filing::complain(shell, args),
        Case::Classify(args) => case_panel::classify(shell, args),
        Case::Decide(args) => case_panel::decide(shell, args),
        Case::Cancel(args) => case_order::cancel(shell, args),
        Case::Restore(args) => case_order::restore(shell, args),
        Case::Count(args) => case_order::count(shell, args),
        Case::Recount(args) => case_hand::recount(shell, args),
        Case::HandForm(args) => case_hand::form(shell, &args),
        Case::HandCount(args) => case_hand::count_by_hand(shell, args),
        Case::Appeal(args) => case_filing::appeal(shell, args),
        Case::Rule(args) => case_court::rule(shell, args),
        Case::Enjoin(args) => case_court::enjoin(shell, args),
        Case::Certify(args) => case_board::certify(shell, &args),
        Case::Ratify(args) => case_ratify::ratify(shell, *args),
        Case::Succession(args) => case_succession::succession(shell, *args),
        Case::Revoke(args) => case_board::revoke(shell, args),
        Case::List(args) => case_list::list(shell, &args),
    }
}

/// A closed set of words that a shell can complete, each with what it means.
pub fn one_of<T: Copy + Send + Sync>(words: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.iter().map(|(word, _)| *word)).map(move |said| {
        let found = words.iter().find(|(word, _)| *word == said);
        found.expect("the parser has let through nothing else").1
    })
}

/// A leaf that was entered; others name it by its hash.
pub struct Entered {
    kind: &'static str,
    /// Its number in the record.
    pub index: u64,
    digest: Digest,
}

impl Entered {
    /// Enters what the centre reports.
    pub fn reported(room: &mut Room, body: &Body) -> Result<Self> {
        room.report(std::slice::from_ref(body), &inputs::clock())?;
        Ok(Entered::last(room, body))
    }

    /// Enters what people have signed.
    pub fn signed(room: &mut Room, body: &Body, keys: &[FileKey]) -> Result<Self> {
        room.enter(body, &inputs::signers(keys), &inputs::clock())?;
        Ok(Entered::last(room, body))
    }

    fn last(room: &Room, body: &Body) -> Self {
        let leaf = room.log().leaves().last().expect("a record has leaf 0");
        Entered { kind: body.kind(), index: room.log().size() - 1, digest: sign::sha256(leaf) }
    }

    /// Says where it stands.
    pub fn tell(&self, shell: &Shell) {
        shell.tell("Entered as leaf {}: {}", &[count(self.index), text(self.digest)]);
    }

    /// The object of a command that only shows, with fields of its own.
    pub fn nothing(shell: &Shell, more: Value) {
        let mut object = more;
        for field in ["entered", "leaf", "digest"] {
            object[field] = Value::Null;
        }
        shell.json(&object);
    }

    /// The object of the command, with fields of its own.
    pub fn json(&self, shell: &Shell, more: Value) {
        let mut object = json!({ "entered": self.kind, "leaf": self.index, "digest": self.digest });
        if let (Value::Object(own), Value::Object(more)) = (&mut object, more) {
            own.extend(more);
        }
        shell.json(&object);
    }
}

/// The complaint of this number; the nearest one is shown, and never taken for it.
pub fn complaint_of<'a>(room: &'a Room, case: &CaseId) -> Result<&'a ComplaintCase> {
    let known = &room.state().docket.complaints;
    known.get(case).ok_or_else(|| no_case("complaint", case, known.keys()))
}

/// There is no case of this kind and number.
pub fn no_case<'a>(kind: &'static str, case: &CaseId, known: impl Iterator<Item = &'a CaseId>) -> Failure {
    let near = election::nearest(case.as_str(), known.map(CaseId::as_str));
    let near = near.map(|near| format!("; the nearest is '{near}'")).unwrap_or_default();
    DocketProblem::Case { kind, case: case.clone(), near }.into()
}

/// A stage in words.
pub fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Filed => "filed: no panel has looked at it",
        Stage::Classified => "classified: it is to be decided",
        Stage::Decided => "decided: a resolution stands",
        Stage::Inadmissible => "inadmissible: the law does not allow it",
    }
}

/// A class in words.
pub fn class_words(class: Class) -> &'static str {
    match class {
        Class::Red => "red: it may change a result",
        Class::Yellow => "yellow: it breaks the procedure and changes no result",
        Class::Green => "green: it is of no weight",
        Class::Inadmissible => "inadmissible: the law does not allow it",
    }
}

/// A verdict in words.
pub fn verdict_words(verdict: Decided) -> &'static str {
    match verdict {
        Decided::Upheld => "upheld: it is right",
        Decided::Partly => "partly upheld: it is right in a part",
        Decided::Dismissed => "dismissed: it is not right",
    }
}
