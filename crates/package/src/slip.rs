//! The figures of the printed slip as numbered QR codes: `SANAD1:2/3:ID:…`.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, ContestId, DeviceId, Digest, OptionId, Scope, StationId};
use sign::cose::{self, CoseError, Message};
use sign::{KeyId, PublicKey, Signer};

use crate::{BallotAccount, ContestResults, StationResults};

/// The kind of a slip, in its content type.
pub const SLIP_KIND: &str = "slip";

/// The most characters of one code.
pub const CODE_LENGTH: usize = 1100;

/// The figures of one contest on a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipContest {
    /// Ballots with this contest.
    pub ballots: u32,
    /// Valid ones.
    pub valid: u32,
    /// Blank ones.
    pub blank: u32,
    /// Invalid ones.
    pub invalid: u32,
    /// Every count that is not zero.
    pub votes: BTreeMap<OptionId, u32>,
}

/// What a slip says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipFigures {
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// Election, round and mode.
    pub scope: Scope,
    /// The station.
    pub station: StationId,
    /// The device.
    pub device: DeviceId,
    /// The generation.
    pub generation: u16,
    /// SHA-256 of `results.json`.
    pub results: Digest,
    /// SHA-256 of `zero.json`.
    pub zero: Digest,
    /// The ballot account.
    pub account: BallotAccount,
    /// The contests.
    pub contests: BTreeMap<ContestId, SlipContest>,
    /// The software build.
    pub build: String,
}

/// Codes that are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlipError {
    /// Not a code of a slip.
    #[error("not a code of a slip: it begins with SANAD1: and its number")]
    Code,
    /// Codes of several slips.
    #[error("these codes are of several slips")]
    Mixed,
    /// Codes are missing.
    #[error("codes {missing:?} of {of} are missing")]
    Incomplete {
        /// Their numbers.
        missing: Vec<u8>,
        /// How many there are.
        of: u8,
    },
    /// One code in two versions, or a text that is not the one signed.
    #[error("a code was altered or misread")]
    Altered,
    /// The signature or its message.
    #[error("the slip: {0}")]
    Cose(#[from] CoseError),
    /// The figures are not in their one form.
    #[error("the figures of the slip are not in their one form")]
    Figures,
    /// More than 99 codes.
    #[error("the figures do not fit 99 codes")]
    TooLarge,
}

impl Coded for SlipError {
    fn code(&self) -> &'static str {
        match self {
            SlipError::Code => "slip.code",
            SlipError::Mixed => "slip.mixed",
            SlipError::Incomplete { .. } => "slip.incomplete",
            SlipError::Altered => "slip.altered",
            SlipError::Cose(error) => error.code(),
            SlipError::Figures => "slip.figures",
            SlipError::TooLarge => "slip.large",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            SlipError::Incomplete { .. } => "Scan the codes that are missing.",
            SlipError::Mixed => "Scan the codes of one slip at a time.",
            SlipError::TooLarge => "Print the figures without codes and hand over the package.",
            SlipError::Cose(error) => error.next(),
            _ => {
                "Scan the code again; if it is refused again, keep the paper as evidence and compare its printed figures."
            }
        }
    }
}

/// The prefix of every code.
const PREFIX: &str = "SANAD1:";

/// The most codes of a slip.
const MOST_CODES: usize = 99;

/// Characters of a code after `SANAD1:99/99:01234567:`, a multiple of the three that hold two bytes.
const DATA_LENGTH: usize = (CODE_LENGTH - 22) / 3 * 3;

impl SlipContest {
    fn of(results: &ContestResults) -> Self {
        let votes = results.votes.iter().filter(|(_, votes)| **votes > 0);
        SlipContest {
            ballots: results.ballots,
            valid: results.valid,
            blank: results.blank,
            invalid: results.invalid,
            votes: votes.map(|(option, votes)| (option.clone(), *votes)).collect(),
        }
    }
}

impl SlipFigures {
    /// What the slip of these results says.
    pub fn of(results: &StationResults, zero: &StationResults, fingerprint: Digest, build: &str) -> Self {
        SlipFigures {
            fingerprint,
            scope: results.scope.clone(),
            station: results.station.clone(),
            device: results.device.clone(),
            generation: results.generation,
            results: Digest::of(&results.to_bytes()),
            zero: Digest::of(&zero.to_bytes()),
            account: results.account,
            contests: results.contests.iter().map(|c| (c.contest.clone(), SlipContest::of(c))).collect(),
            build: build.to_owned(),
        }
    }

    /// Signs the figures once: the texts of the codes, in order.
    ///
    /// # Errors
    /// [`SlipError::Cose`], [`SlipError::TooLarge`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<String>, SlipError> {
        // Of a kind that is well formed only the size can be wrong: what one message holds fits 92 codes.
        let message = cose::sign1(SLIP_KIND, &cbor::encode(self), signer).map_err(|error| match error {
            CoseError::Form => SlipError::TooLarge,
            error => error.into(),
        })?;
        let text = base45::encode(&message);
        let parts: Vec<&str> =
            (0..text.len()).step_by(DATA_LENGTH).map(|at| &text[at..text.len().min(at + DATA_LENGTH)]).collect();
        let (of, id) = (parts.len(), message_id(&message));
        Ok(parts.iter().zip(1..).map(|(part, number)| format!("{PREFIX}{number}/{of}:{id}:{part}")).collect())
    }

    /// The differences to `results`, as sentences; empty if they say the same.
    pub fn differences(&self, results: &StationResults) -> Vec<String> {
        let mut found = Vec::new();
        let mut differs = |same: bool, what: String| {
            if !same {
                found.push(what);
            }
        };
        differs(self.scope == results.scope, "the election, round or mode differs".into());
        differs(self.station == results.station, format!("the slip is of station {}", self.station));
        differs(self.device == results.device, format!("the slip is of device {}", self.device));
        differs(self.generation == results.generation, format!("the slip is of generation {}", self.generation));
        differs(self.account == results.account, "the ballot account differs".into());
        let stated: BTreeMap<&ContestId, SlipContest> =
            results.contests.iter().map(|c| (&c.contest, SlipContest::of(c))).collect();
        let contests: BTreeSet<&ContestId> = self.contests.keys().chain(stated.keys().copied()).collect();
        for contest in contests {
            let (slip, other) = (self.contests.get(contest), stated.get(contest));
            differs(slip == other, format!("contest {contest} differs"));
        }
        // Last, since equal figures under another salt are a lesser thing.
        let same = self.results == Digest::of(&results.to_bytes());
        differs(same, "the slip names another results.json".into());
        found
    }
}

/// The eight digits that tell the codes of one slip from those of another.
fn message_id(message: &[u8]) -> String {
    Digest::of(message).hex()[..8].to_ascii_uppercase()
}

/// One code, taken apart.
struct Code<'a> {
    number: u8,
    of: u8,
    id: &'a str,
    data: &'a str,
}

impl<'a> Code<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        // A scanner may add a line end; a space may belong to the code.
        let text = text.trim_end_matches(['\r', '\n']);
        let mut fields = text.strip_prefix(PREFIX).filter(|_| text.len() <= CODE_LENGTH)?.splitn(3, ':');
        let (place, id, data) = (fields.next()?, fields.next()?, fields.next()?);
        let (number, of) = place.split_once('/')?;
        let digits = |text: &str| text.parse::<u8>().ok().filter(|n| n.to_string() == text && *n > 0);
        let (number, of) = (digits(number)?, digits(of)?);
        let hex = id.len() == 8 && id.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
        (number <= of && usize::from(of) <= MOST_CODES && hex).then_some(Code { number, of, id, data })
    }
}

/// Slip codes joined; nothing is verified yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    message: Message,
    figures: SlipFigures,
}

impl Slip {
    /// Joins the texts of the codes of one slip, in any order; the same code may be there twice.
    ///
    /// # Errors
    /// [`SlipError`].
    pub fn join<T: AsRef<str>>(codes: &[T]) -> Result<Self, SlipError> {
        let mut parts: BTreeMap<u8, &str> = BTreeMap::new();
        let mut first: Option<Code<'_>> = None;
        for text in codes {
            let code = Code::parse(text.as_ref()).ok_or(SlipError::Code)?;
            if first.as_ref().is_some_and(|first| (first.of, first.id) != (code.of, code.id)) {
                return Err(SlipError::Mixed);
            }
            if parts.insert(code.number, code.data).is_some_and(|known| known != code.data) {
                return Err(SlipError::Altered);
            }
            first = Some(code);
        }
        let first = first.ok_or(SlipError::Incomplete { missing: vec![1], of: 1 })?;
        let missing: Vec<u8> = (1..=first.of).filter(|number| !parts.contains_key(number)).collect();
        if !missing.is_empty() {
            return Err(SlipError::Incomplete { missing, of: first.of });
        }
        let text: String = parts.into_values().collect();
        let bytes = base45::decode(&text).map_err(|_| SlipError::Altered)?;
        if base45::encode(&bytes) != text || message_id(&bytes) != first.id {
            return Err(SlipError::Altered);
        }
        let message = Message::parse(&bytes)?;
        let figures = cbor::decode(message.payload()).ok_or(SlipError::Figures)?;
        // One form: of the numbers, of the order of keys, and without zeros.
        let zeros = figures.contests.values().any(|contest| contest.votes.values().any(|votes| *votes == 0));
        if cbor::encode(&figures) != message.payload() || zeros {
            return Err(SlipError::Figures);
        }
        Ok(Slip { message, figures })
    }

    /// The key that claims to have signed.
    pub fn key_id(&self) -> KeyId {
        self.message.key_id()
    }

    /// The figures, not verified: to find the key by station and device.
    pub fn claims(&self) -> &SlipFigures {
        &self.figures
    }

    /// The figures, signed by `key`.
    ///
    /// # Errors
    /// [`SlipError::Cose`].
    pub fn verify(&self, key: &PublicKey) -> Result<&SlipFigures, SlipError> {
        self.message.verify(SLIP_KIND, key)?;
        Ok(&self.figures)
    }
}

/// The figures in deterministic CBOR (RFC 8949 4.2.1), an array of eleven:
/// version 1, fingerprint, \[election, round, mode\], station, device, generation, results, zero, account,
/// {contest: \[ballots, valid, blank, invalid, {option: votes}\]}, build.
mod cbor {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use election::{Digest, Mode, Scope};
    use minicbor::encode::Error;
    use minicbor::{Decoder, Encoder};

    use super::{SlipContest, SlipFigures};
    use crate::BallotAccount;

    pub fn encode(figures: &SlipFigures) -> Vec<u8> {
        let mut encoder = Encoder::new(Vec::new());
        write(&mut encoder, figures).expect("memory takes all");
        encoder.into_writer()
    }

    /// Map keys in the order of their encoding: the shorter first, then by bytes.
    fn sorted<K: ToString, V>(map: &BTreeMap<K, V>) -> Vec<(String, &V)> {
        let mut entries: Vec<(String, &V)> = map.iter().map(|(key, value)| (key.to_string(), value)).collect();
        entries.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
        entries
    }

    fn write(e: &mut Encoder<Vec<u8>>, figures: &SlipFigures) -> Result<(), Error<Infallible>> {
        e.array(11)?.u8(1)?.bytes(&figures.fingerprint.0)?;
        e.array(3)?.str(figures.scope.election.as_str())?.u8(figures.scope.round)?.str(figures.scope.mode.as_str())?;
        e.str(figures.station.as_str())?.str(figures.device.as_str())?.u16(figures.generation)?;
        e.bytes(&figures.results.0)?.bytes(&figures.zero.0)?;
        let a = &figures.account;
        e.array(11)?.u32(a.registered)?;
        match a.checked_in {
            Some(checked_in) => e.u32(checked_in)?,
            None => e.null()?,
        };
        for count in [a.received, a.used, a.spoiled, a.unused, a.cast, a.valid, a.blank, a.invalid, a.unread] {
            e.u32(count)?;
        }
        e.map(figures.contests.len() as u64)?;
        for (id, contest) in sorted(&figures.contests) {
            e.str(&id)?.array(5)?.u32(contest.ballots)?.u32(contest.valid)?.u32(contest.blank)?.u32(contest.invalid)?;
            e.map(contest.votes.len() as u64)?;
            for (option, votes) in sorted(&contest.votes) {
                e.str(&option)?.u32(*votes)?;
            }
        }
        e.str(&figures.build)?;
        Ok(())
    }

    /// The figures of `bytes`; the caller encodes them again to see that this was their one form.
    pub fn decode(bytes: &[u8]) -> Option<SlipFigures> {
        let d = &mut Decoder::new(bytes);
        array(d, 11)?;
        if d.u8().ok()? != 1 {
            return None;
        }
        let fingerprint = digest(d)?;
        array(d, 3)?;
        let (election, round, mode) = (id(d)?, d.u8().ok()?, d.str().ok()?);
        let mode = [Mode::Official, Mode::Rehearsal, Mode::Demo].into_iter().find(|known| known.as_str() == mode)?;
        let scope = Scope { election, round, mode };
        let (station, device, generation) = (id(d)?, id(d)?, d.u16().ok()?);
        let (results, zero) = (digest(d)?, digest(d)?);
        let account = account(d)?;
        let mut contests = BTreeMap::new();
        for _ in 0..d.map().ok()?? {
            let contest = id(d)?;
            array(d, 5)?;
            let [ballots, valid, blank, invalid] = numbers(d)?;
            let mut votes = BTreeMap::new();
            for _ in 0..d.map().ok()?? {
                votes.insert(id(d)?, d.u32().ok()?);
            }
            contests.insert(contest, SlipContest { ballots, valid, blank, invalid, votes });
        }
        let build = d.str().ok()?.to_owned();
        Some(SlipFigures { fingerprint, scope, station, device, generation, results, zero, account, contests, build })
    }

    fn array(d: &mut Decoder<'_>, length: u64) -> Option<()> {
        (d.array().ok()? == Some(length)).then_some(())
    }

    fn id<T: std::str::FromStr>(d: &mut Decoder<'_>) -> Option<T> {
        d.str().ok()?.parse().ok()
    }

    fn digest(d: &mut Decoder<'_>) -> Option<Digest> {
        d.bytes().ok()?.try_into().ok().map(Digest)
    }

    fn numbers<const N: usize>(d: &mut Decoder<'_>) -> Option<[u32; N]> {
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = d.u32().ok()?;
        }
        Some(numbers)
    }

    fn account(d: &mut Decoder<'_>) -> Option<BallotAccount> {
        array(d, 11)?;
        let registered = d.u32().ok()?;
        let checked_in = match d.datatype().ok()? {
            minicbor::data::Type::Null => d.null().ok().map(|()| None)?,
            _ => Some(d.u32().ok()?),
        };
        let [received, used, spoiled, unused, cast, valid, blank, invalid, unread] = numbers(d)?;
        Some(BallotAccount {
            registered,
            checked_in,
            received,
            used,
            spoiled,
            unused,
            cast,
            valid,
            blank,
            invalid,
            unread,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;
    use proptest::prelude::*;
    use sign::{FileKey, KeyKind};

    fn key() -> FileKey {
        FileKey::generate(KeyKind::P256).unwrap()
    }

    /// A station with many candidates, so that the slip takes several codes.
    fn large() -> StationResults {
        let mut results = example::results();
        let votes = (0..300u32).map(|n| (format!("baghdad_list_12_candidate_{n:03}").parse().unwrap(), n));
        results.contests[0].votes = votes.collect();
        results
    }

    fn figures(results: &StationResults) -> SlipFigures {
        SlipFigures::of(results, &example::zero(), example::fingerprint(), "build 1")
    }

    #[test]
    fn codes_join_in_any_order() {
        let key = key();
        for (results, least) in [(example::results(), 1), (large(), 5)] {
            let figures = figures(&results);
            let mut codes = figures.sign(&key).unwrap();
            assert!(codes.len() >= least && codes.iter().all(|code| code.len() <= CODE_LENGTH));
            assert!(codes[0].starts_with(&format!("SANAD1:1/{}:", codes.len())));
            codes.reverse();
            codes.push(format!("{}\r\n", codes[0]));
            let slip = Slip::join(&codes).unwrap();
            assert_eq!(slip.verify(key.public_key()).unwrap(), &figures);
            assert_eq!(slip.key_id(), key.public_key().id());
            assert_eq!(figures.differences(&results), Vec::<String>::new());
            assert!(figures.contests.values().all(|c| c.votes.values().all(|votes| *votes > 0)));
        }
    }

    #[test]
    fn pk11_mixed_incomplete_altered_and_glued_codes_are_refused() {
        let key = key();
        let codes = figures(&large()).sign(&key).unwrap();
        let others = figures(&StationResults { station: "s2".parse().unwrap(), ..large() }).sign(&key).unwrap();
        let code = |codes: &[String]| Slip::join(codes).unwrap_err().code();
        assert_eq!(code(&[]), "slip.incomplete");
        let half: Vec<String> = codes[1..].to_vec();
        assert_eq!(Slip::join(&half).unwrap_err(), SlipError::Incomplete { missing: vec![1], of: codes.len() as u8 });
        assert_eq!(code(&[&others[..1], &codes[1..]].concat()), "slip.mixed");
        assert_eq!(code(&[&codes[..], &others[..]].concat()), "slip.mixed");
        for at in [0, 8, 20, 300, codes[1].len() - 1] {
            let mut bad = codes.clone();
            let letter = if &bad[1][at..=at] == "7" { "8" } else { "7" };
            bad[1].replace_range(at..=at, letter);
            assert!(["slip.altered", "slip.mixed", "slip.code", "slip.incomplete"].contains(&code(&bad)), "{at}");
            if at > 22 {
                assert_eq!(code(&[codes.clone(), bad].concat()), "slip.altered");
            }
        }
        for bad in [
            "",
            "SANADB1:x",
            "SANAD1:0/1:00000000:",
            "SANAD1:2/1:00000000:",
            "SANAD1:01/1:00000000:",
            "SANAD1:1/100:00000000:",
            "SANAD1:1/1:0000000g:",
            "SANAD1:1/1:x",
        ] {
            assert_eq!(code(&[bad.to_owned()]), "slip.code", "{bad}");
        }
    }

    #[test]
    fn figures_beyond_what_codes_hold_are_refused_and_those_just_below_join() {
        let of = |count: u32| {
            let mut results = example::results();
            let votes = (0..count).map(|n| (format!("list_{n:05}").parse().unwrap(), 1_000_000 + n));
            results.contests[0].votes = votes.collect();
            figures(&results).sign(&key())
        };
        // An option takes 1 + 10 bytes of name and 5 of votes: 65,535 bytes hold some 4,070 of them.
        let codes = of(4_000).unwrap();
        assert!(codes.len() > 80 && codes.len() <= MOST_CODES, "{}", codes.len());
        assert!(Slip::join(&codes).is_ok());
        assert_eq!(of(4_200).unwrap_err().code(), "slip.large");
    }

    #[test]
    fn pk3_a_slip_of_another_key_or_kind_is_refused() {
        let (key, other) = (key(), self::key());
        let slip = Slip::join(&figures(&example::results()).sign(&key).unwrap()).unwrap();
        assert_eq!(slip.verify(other.public_key()).unwrap_err().code(), "cose.key");
        let zero = cose::sign1("zero", &cbor::encode(&figures(&example::results())), &key).unwrap();
        let text = format!("SANAD1:1/1:{}:{}", message_id(&zero), base45::encode(&zero));
        assert_eq!(Slip::join(&[text]).unwrap().verify(key.public_key()).unwrap_err().code(), "cose.kind");
    }

    #[test]
    fn pk2_figures_have_one_form() {
        let key = key();
        let good = cbor::encode(&figures(&example::results()));
        let wrap = |payload: &[u8]| {
            let message = cose::sign1(SLIP_KIND, payload, &key).unwrap();
            Slip::join(&[format!("SANAD1:1/1:{}:{}", message_id(&message), base45::encode(&message))])
        };
        assert!(wrap(&good).is_ok());
        let station = good.windows(3).position(|w| w == b"\x62s1").unwrap();
        let longer = [&good[..station], b"\x78\x02s1", &good[station + 3..]].concat();
        let with_zero = {
            let mut figures = figures(&example::results());
            figures.contests.values_mut().for_each(|c| _ = c.votes.insert("c2".parse().unwrap(), 0));
            cbor::encode(&figures)
        };
        for bad in [
            longer,
            with_zero,
            [good.as_slice(), &[0]].concat(),
            good[..good.len() - 1].to_vec(),
            vec![0xbb; 9],
            vec![],
        ] {
            assert_eq!(wrap(&bad).unwrap_err().code(), "slip.figures");
        }
    }

    #[test]
    fn a_differing_figure_is_named() {
        let slip = figures(&example::results());
        let mut other = example::results();
        other.contests[0].votes.insert("c1".parse().unwrap(), 0);
        assert_eq!(slip.differences(&other), ["contest cor differs", "the slip names another results.json"]);
        other = StationResults { station: "s2".parse().unwrap(), ..example::results() };
        assert_eq!(slip.differences(&other)[0], "the slip is of station s1");
        other = StationResults { salt: crate::Salt([8; 32]), ..example::results() };
        assert_eq!(slip.differences(&other), ["the slip names another results.json"]);
    }

    proptest! {
        #[test]
        fn any_text_does_no_harm(text in "(SANAD1:1/1:[0-9A-F]{8}:)?[0-9A-Z $%*+./:-]{0,80}", bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            prop_assert!(Slip::join(&[text]).is_err());
            if let Some(figures) = cbor::decode(&bytes) {
                prop_assert!(cbor::encode(&figures).len() <= bytes.len());
            }
        }
    }
}
