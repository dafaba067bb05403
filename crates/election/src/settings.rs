//! `election.toml`: the words and rules, read key by key so that every error is told at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::cells::text_trouble;
use crate::report::{Report, show, show_long};
use crate::{
    ContestId, ContestSeats, DocketRules, ELECTION_TOML, ElectionId, EquipmentRules, FindingRules, Fraction,
    IsolationRules, KindSource, Lang, LawRules, MarkRules, Mode, PrivacyRules, Rule, Rules, Scope, SeatMethod,
    SeatRules, SourceId, StationKind, StationRules, Text, Thresholds, Tier, VoteRules,
};

/// What `election.toml` says.
pub(crate) struct Settings {
    pub scope: Scope,
    pub name: Text,
    pub date: jiff::civil::Date,
    pub time_zone: String,
    pub languages: Vec<Lang>,
    pub rules: Rules,
    /// The line of each key, by its dotted name.
    pub lines: BTreeMap<String, u64>,
}

/// The file while it is read.
struct File<'a> {
    /// Where each line ends.
    ends: Vec<usize>,
    report: &'a mut Report,
    lines: BTreeMap<String, u64>,
}

impl File<'_> {
    fn line(&self, span: Range<usize>) -> u64 {
        1 + self.ends.partition_point(|end| *end < span.start) as u64
    }

    fn add(&mut self, rule: Rule, line: Option<u64>, what: String, next: &str) {
        self.report.add(rule, ELECTION_TOML, line, what, next);
    }
}

/// One table of the file; what is not taken from it is unknown.
struct Keys<'t, 'i> {
    prefix: String,
    table: Option<&'t DeTable<'i>>,
    taken: BTreeSet<&'static str>,
}

impl<'i> Keys<'_, 'i> {
    fn full(&self, key: &str) -> String {
        if self.prefix.is_empty() { key.to_owned() } else { format!("{}.{key}", self.prefix) }
    }

    /// The value of `key` as it stands, with its line noted.
    fn raw(&mut self, key: &'static str, file: &mut File) -> Option<Spanned<DeValue<'i>>> {
        self.taken.insert(key);
        let value = self.table?.get(key)?;
        let line = file.line(value.span());
        file.lines.insert(self.full(key), line);
        Some(value.clone())
    }

    /// The value of `key` where it is there.
    fn maybe<T: Deserialize<'i>>(&mut self, key: &'static str, file: &mut File) -> Option<T> {
        let value = self.raw(key, file)?;
        let line = file.line(value.span());
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(value) => Some(value),
            Err(error) => {
                let why = show_long(error.message());
                let what = format!("the value of '{}' is not of its kind: {why}", self.full(key));
                file.add(Rule::KeyValue, Some(line), what, "write it as docs/definition.md shows");
                None
            }
        }
    }

    /// The value of `key`, which must be there.
    fn need<T: Deserialize<'i>>(&mut self, key: &'static str, file: &mut File) -> Option<T> {
        if !self.table.is_some_and(|t| t.contains_key(key)) {
            self.missing(key, file);
        }
        self.maybe(key, file)
    }

    fn missing(&self, key: &str, file: &mut File) {
        let what = format!("the key '{}' is missing", self.full(key));
        file.add(Rule::KeyMissing, None, what, "add it as docs/definition.md shows");
    }

    /// Everything that was not asked for is told.
    fn finish(self, file: &mut File) {
        for key in self.table.into_iter().flat_map(DeTable::keys) {
            if !self.taken.contains(key.get_ref().as_ref()) {
                let line = file.line(key.span());
                let near = file.report.nearest(key.get_ref(), self.taken.iter().copied());
                let near = near.map(|n| format!("; the nearest is '{n}'")).unwrap_or_default();
                let what = format!("'{}' is not a key here{near}", show(&self.full(key.get_ref())));
                file.add(Rule::KeyUnknown, Some(line), what, "remove or rename it");
            }
        }
    }
}

/// Reads `election.toml`; `None` where it is not TOML at all. Stand-ins fill what is broken.
pub(crate) fn read(text: &str, report: &mut Report) -> Option<Settings> {
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let mut file = File { ends, report, lines: BTreeMap::new() };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = error.span().map(|span| file.line(span));
        let what = format!("this is not TOML: {}", show_long(error.message()));
        file.add(Rule::Toml, line, what, "mend the line; words stand in \" quotes, digits are 0-9");
    }
    if !errors.is_empty() {
        return None;
    }
    let mut top = Keys { prefix: String::new(), table: Some(root.get_ref()), taken: BTreeSet::new() };
    let election: Option<ElectionId> = top.need("election", &mut file);
    let round = top.need("round", &mut file).unwrap_or(1);
    let mode: Option<Mode> = top.need("mode", &mut file);
    let languages = languages(&mut top, &mut file);
    let name: Option<Text> = top.need("name", &mut file);
    if let Some(name) = &name {
        check_name(name, &languages, &mut file);
    }
    let date = date(&mut top, &mut file);
    let time_zone: String = top.need("time_zone", &mut file).unwrap_or_default();
    let announce: Option<Tier> = top.need("announce", &mut file);
    let rules = Rules {
        votes: votes(&mut top, &mut file),
        seats: seats(&mut top, &mut file),
        seats_in: BTreeMap::new(),
        marks: marks(&mut top, &mut file),
        thresholds: thresholds(&mut top, &mut file),
        announce: announce.unwrap_or(Tier::Matched),
        announce_by_kind: announce_by_kind(&mut top, &mut file),
        privacy: privacy(&mut top, &mut file),
        law: law(&mut top, &mut file),
        docket: docket(&mut top, &mut file),
        equipment: equipment(&mut top, &mut file),
        findings: findings(&mut top, &mut file),
        isolation: isolation(&mut top, &mut file),
        station: station(&mut top, &mut file),
    };
    let rules = Rules { seats_in: seats_in(&mut top, &rules.seats, &mut file), ..rules };
    top.finish(&mut file);
    let lines = file.lines;
    let scope = Scope { election: election.unwrap_or_else(nameless), round, mode: mode.unwrap_or(Mode::Demo) };
    Some(Settings { scope, name: name.unwrap_or_default(), date, time_zone, languages, rules, lines })
}

fn nameless() -> ElectionId {
    "x".parse().expect("the grammar of ids has x")
}

/// What stands in for a file that cannot be read, so that the tables are checked all the same.
pub(crate) fn stand_in() -> Settings {
    Settings {
        scope: Scope { election: nameless(), round: 1, mode: Mode::Demo },
        name: Text::default(),
        date: jiff::civil::Date::MAX,
        time_zone: String::new(),
        languages: Vec::new(),
        rules: Rules {
            votes: VoteRules::default(),
            seats: SeatRules::of(SeatMethod::DHondt),
            seats_in: BTreeMap::new(),
            marks: MarkRules::default(),
            thresholds: Thresholds {
                board: 2,
                shares: 2,
                witnesses: 1,
                officers: 2,
                fresh_hours: None,
                lost_witnesses: None,
            },
            announce: Tier::Matched,
            announce_by_kind: BTreeMap::new(),
            privacy: PrivacyRules { cast_vote_records_from: 0, images_from: 0 },
            law: LawRules::default(),
            docket: DocketRules::default(),
            equipment: EquipmentRules::default(),
            findings: FindingRules::default(),
            isolation: None,
            station: StationRules::default(),
        },
        lines: BTreeMap::new(),
    }
}

fn languages(top: &mut Keys, file: &mut File) -> Vec<Lang> {
    let Some(languages) = top.need::<Vec<Lang>>("languages", file) else { return Vec::new() };
    if languages.is_empty() || languages.iter().collect::<BTreeSet<_>>().len() < languages.len() {
        let line = file.lines.get("languages").copied();
        let what = "there is no language, or one twice".to_owned();
        file.add(Rule::Languages, line, what, "write each once, the first one first, such as [\"ar\", \"ckb\"]");
    }
    languages
}

fn check_name(name: &Text, languages: &[Lang], file: &mut File) {
    let line = file.lines.get("name").copied();
    for lang in Lang::ALL {
        let text = name.exact(lang);
        if let Some((rule, what, next)) = text_trouble(text) {
            file.add(rule, line, format!("'name.{lang}' {what}"), next);
        }
        if text.is_empty() && languages.contains(&lang) {
            let what = format!("'name.{lang}' is missing, and {lang} is a language of the election");
            file.add(Rule::NameMissing, line, what, "write the name of the election in it");
        }
    }
}

fn date(top: &mut Keys, file: &mut File) -> jiff::civil::Date {
    let stand_in = jiff::civil::Date::MAX;
    let Some(value) = top.raw("date", file) else {
        top.missing("date", file);
        return stand_in;
    };
    let text = match value.get_ref() {
        DeValue::Datetime(datetime) => datetime.to_string(),
        DeValue::String(text) => text.to_string(),
        _ => String::new(),
    };
    plain_date(&text).unwrap_or_else(|| {
        let line = Some(file.line(value.span()));
        file.add(Rule::Date, line, "'date' is not a date".into(), "write it as 2018-05-12, without an hour");
        stand_in
    })
}

/// A date written `2018-05-12` and in no other of the ways of ISO 8601.
pub(crate) fn plain_date(text: &str) -> Option<jiff::civil::Date> {
    let date: jiff::civil::Date = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

/// The keys of the table `name`; an absent table has none.
fn section<'t, 'i>(top: &mut Keys<'t, 'i>, name: &'static str, file: &mut File) -> Keys<'t, 'i> {
    let full = top.full(name);
    top.taken.insert(name);
    let value = top.table.and_then(|t| t.get(name));
    let table = value.and_then(|v| v.get_ref().as_table());
    if let (Some(value), None) = (value, table) {
        let line = Some(file.line(value.span()));
        file.add(Rule::KeyValue, line, format!("'{full}' is not a table"), "begin it with its name in brackets");
    }
    Keys { prefix: full, table, taken: BTreeSet::new() }
}

fn votes(top: &mut Keys, file: &mut File) -> VoteRules {
    let mut keys = section(top, "votes", file);
    let rules = VoteRules {
        two_candidates: keys.maybe("two_candidates", file).unwrap_or_default(),
        withdrawn: keys.maybe("withdrawn", file).unwrap_or_default(),
    };
    keys.finish(file);
    rules
}

fn seats(top: &mut Keys, file: &mut File) -> SeatRules {
    let mut keys = section(top, "seats", file);
    let method = keys.need("method", file).unwrap_or(SeatMethod::DHondt);
    seat_keys(keys, SeatRules::of(method), file)
}

/// The keys of `[seats]`, or of a contest's own; what is not there is as `usual` has it.
fn seat_keys(mut keys: Keys, usual: SeatRules, file: &mut File) -> SeatRules {
    let rules = SeatRules {
        method: keys.maybe("method", file).unwrap_or(usual.method),
        threshold: keys.maybe::<Fraction>("threshold", file).or(usual.threshold),
        threshold_of: keys.maybe("threshold_of", file).unwrap_or(usual.threshold_of),
        threshold_over: keys.maybe("threshold_over", file).unwrap_or(usual.threshold_over),
        threshold_unmet: keys.maybe("threshold_unmet", file).unwrap_or(usual.threshold_unmet),
        ties_of_lists: keys.maybe("ties_of_lists", file).unwrap_or(usual.ties_of_lists),
        ties_of_candidates: keys.maybe("ties_of_candidates", file).unwrap_or(usual.ties_of_candidates),
        women: keys.maybe("women", file).unwrap_or(usual.women),
        quota_overshoot_step_2: keys.maybe("quota_overshoot_step_2", file).unwrap_or(usual.quota_overshoot_step_2),
        quota_overshoot: keys.maybe("quota_overshoot", file).unwrap_or(usual.quota_overshoot),
        quota_order: keys.maybe("quota_order", file).unwrap_or(usual.quota_order),
        quota_few_women: keys.maybe("quota_few_women", file).unwrap_or(usual.quota_few_women),
        short_list: keys.maybe("short_list", file).unwrap_or(usual.short_list),
    };
    keys.finish(file);
    rules
}

/// `[seats_in.CONTEST]`: rules of its own for a contest; what is left out is as in `[seats]`.
fn seats_in(top: &mut Keys, usual: &SeatRules, file: &mut File) -> BTreeMap<ContestId, ContestSeats> {
    let contests = section(top, "seats_in", file);
    let mut rules = BTreeMap::new();
    for (key, value) in contests.table.into_iter().flatten() {
        let name = key.get_ref();
        let line = file.line(key.span());
        let prefix = format!("seats_in.{}", show(name));
        file.lines.insert(prefix.clone(), line);
        let (Ok(contest), Some(table)) = (name.parse::<ContestId>(), value.get_ref().as_table()) else {
            let what = format!("'{prefix}' is not the id of a contest with a table of its own");
            file.add(Rule::KeyValue, Some(line), what, "write [seats_in.CONTEST], and below it keys of [seats]");
            continue;
        };
        let keys = Keys { prefix, table: Some(table), taken: BTreeSet::new() };
        let own = table.keys().map(|key| key.get_ref().to_string()).collect();
        rules.insert(contest, ContestSeats { rules: seat_keys(keys, usual.clone(), file), own });
    }
    rules
}

/// `[announce_by_kind]`: kinds of stations that need other evidence than `announce` says.
fn announce_by_kind(top: &mut Keys, file: &mut File) -> BTreeMap<StationKind, Tier> {
    let mut keys = section(top, "announce_by_kind", file);
    let mut tiers = BTreeMap::new();
    for kind in StationKind::ALL {
        if let Some(tier) = keys.maybe(kind.as_str(), file) {
            tiers.insert(kind, tier);
        }
    }
    keys.finish(file);
    tiers
}

fn marks(top: &mut Keys, file: &mut File) -> MarkRules {
    let mut keys = section(top, "marks", file);
    let usual = MarkRules::default();
    let rules = MarkRules {
        unmarked_to: keys.maybe("unmarked_to", file).unwrap_or(usual.unmarked_to),
        marked_from: keys.maybe("marked_from", file).unwrap_or(usual.marked_from),
        outside_from: keys.maybe("outside_from", file).unwrap_or(usual.outside_from),
        pale_to: keys.maybe("pale_to", file).unwrap_or(usual.pale_to),
    };
    keys.finish(file);
    rules
}

fn thresholds(top: &mut Keys, file: &mut File) -> Thresholds {
    let mut keys = section(top, "thresholds", file);
    let mut need = |key| keys.need(key, file).unwrap_or(2);
    let rules = Thresholds {
        board: need("board"),
        shares: need("shares"),
        witnesses: need("witnesses"),
        officers: need("officers"),
        fresh_hours: keys.maybe("fresh_hours", file),
        lost_witnesses: keys.maybe("lost_witnesses", file),
    };
    keys.finish(file);
    rules
}

fn privacy(top: &mut Keys, file: &mut File) -> PrivacyRules {
    let mut keys = section(top, "privacy", file);
    let rules = PrivacyRules {
        cast_vote_records_from: keys.need("cast_vote_records_from", file).unwrap_or(0),
        images_from: keys.need("images_from", file).unwrap_or(0),
    };
    keys.finish(file);
    rules
}

fn law(top: &mut Keys, file: &mut File) -> LawRules {
    let mut keys = section(top, "law", file);
    let rules = LawRules {
        seats: keys.maybe("seats", file),
        candidates_per_seat: keys.maybe("candidates_per_seat", file),
        woman_in_each: keys.maybe("woman_in_each", file),
        polls_open: keys.maybe("polls_open", file),
        polls_close: keys.maybe("polls_close", file),
    };
    keys.finish(file);
    rules
}

fn docket(top: &mut Keys, file: &mut File) -> DocketRules {
    let mut keys = section(top, "docket", file);
    let rules = DocketRules {
        complaint_days: keys.maybe("complaint_days", file),
        appeal_days: keys.maybe("appeal_days", file),
        ruling_days: keys.maybe("ruling_days", file),
        days: keys.maybe("days", file).unwrap_or_default(),
        weekend: keys.maybe("weekend", file).unwrap_or_default(),
        holidays: keys.maybe("holidays", file).unwrap_or_default(),
        day_ends: keys.maybe("day_ends", file),
        contradicting_orders: keys.maybe("contradicting_orders", file).unwrap_or_default(),
    };
    keys.finish(file);
    if rules.weekend.iter().collect::<BTreeSet<_>>().len() == 7 {
        let line = file.lines.get("docket.weekend").copied();
        let what = "docket.weekend leaves no day on which there is work".to_owned();
        file.add(Rule::KeyValue, line, what, "leave out the days on which offices are open");
    }
    rules
}

fn equipment(top: &mut Keys, file: &mut File) -> EquipmentRules {
    let mut keys = section(top, "equipment", file);
    let rules = EquipmentRules { required: keys.maybe("required", file).unwrap_or_default() };
    keys.finish(file);
    rules
}

fn station(top: &mut Keys, file: &mut File) -> StationRules {
    let mut keys = section(top, "station", file);
    let rules = StationRules { cards: keys.maybe("cards", file).unwrap_or_default() };
    keys.finish(file);
    rules
}

fn findings(top: &mut Keys, file: &mut File) -> FindingRules {
    let mut keys = section(top, "findings", file);
    let usual = FindingRules::default();
    let rules = FindingRules {
        off: keys.maybe("off", file).unwrap_or_default(),
        ballots_over: keys.maybe("ballots_over", file).unwrap_or(usual.ballots_over),
        voters_over: keys.maybe("voters_over", file).unwrap_or(usual.voters_over),
        turnout: keys.maybe("turnout", file).unwrap_or(usual.turnout),
        unbalanced: keys.maybe("unbalanced", file).unwrap_or(usual.unbalanced),
        alike_from: keys.maybe("alike_from", file).unwrap_or(usual.alike_from),
        sources: kind_sources(&mut keys, file),
    };
    keys.finish(file);
    rules
}

/// `[findings.sources.KIND]`.
fn kind_sources(findings: &mut Keys, file: &mut File) -> BTreeMap<StationKind, KindSource> {
    let mut kinds = section(findings, "sources", file);
    let mut sources = BTreeMap::new();
    for kind in StationKind::ALL {
        let mut keys = section(&mut kinds, kind.as_str(), file);
        if keys.table.is_none() {
            continue;
        }
        let source: Option<SourceId> = keys.need("source", file);
        let (voters, stations) = (keys.need("voters", file), keys.need("stations", file));
        if let (Some(source), Some(voters), Some(stations)) = (source, voters, stations) {
            sources.insert(kind, KindSource { source, voters, stations });
        }
        keys.finish(file);
    }
    kinds.finish(file);
    sources
}

fn isolation(top: &mut Keys, file: &mut File) -> Option<IsolationRules> {
    let mut keys = section(top, "isolation", file);
    keys.table?;
    let interfaces = keys.need("interfaces", file).unwrap_or_default();
    let listening = keys.maybe("listening", file).unwrap_or_default();
    keys.finish(file);
    Some(IsolationRules { interfaces, listening })
}
