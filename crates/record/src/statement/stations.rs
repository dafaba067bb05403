//! The points that count stations: what both media brought, what slips say, which stations are special or cancelled.

use election::{Definition, Lang, Station, StationId, StationKind};

use super::{Figure, Share, say, share};
use crate::entry::Effect;
use crate::fold::State;
use crate::outcome::Outcome;
use crate::standing::{Counted, Standing};

pub(super) fn compared(def: &Definition, outcome: &Outcome, lang: Lang) -> Vec<Figure> {
    let reporting: Vec<_> = def.stations.iter().filter(|s| s.count_with.is_none()).collect();
    let expected = reporting.len();
    let lacking = |network: bool| -> Vec<String> {
        let known = |s: &&&Station| {
            let standing = &outcome.stations[&s.id];
            if network { standing.network.is_empty() } else { standing.stick.is_empty() }
        };
        reporting.iter().filter(known).map(|s| s.id.to_string()).collect()
    };
    let (no_network, no_stick) = (lacking(true), lacking(false));
    let differing: Vec<String> = reporting
        .iter()
        .filter(|s| outcome.stations[&s.id].has_both() && !outcome.stations[&s.id].is_identical())
        .map(|s| s.id.to_string())
        .collect();
    let not_compared: Vec<String> =
        reporting.iter().filter(|s| !outcome.stations[&s.id].has_both()).map(|s| s.id.to_string()).collect();
    let mut not_identical = differing.clone();
    not_identical.extend(not_compared.iter().cloned());
    let by_office = by_office(def, outcome, lang);
    let figure = |name: [&str; 3], exceptions: Vec<String>| Figure {
        name: say(lang, name),
        share: share(expected - exceptions.len(), expected),
        exceptions,
    };
    let all = [
        figure(
            ["محطات وصلت نسختها بالشبكة", "وێستگە کە وێنەی تۆڕیان گەیشت", "stations whose network copy arrived"],
            no_network,
        ),
        figure(["محطات وصلت ذاكرتها", "وێستگە کە فلاشیان گەیشت", "stations whose stick arrived"], no_stick),
        figure(["محطات قورنت نسختاها", "وێستگە کە هەردوو وێنەیان بەراورد کران", "stations compared"], not_compared),
        figure(
            ["محطات متطابقة النسختين", "وێستگە کە هەردوو وێنەیان وەک یەکن", "stations found identical"],
            not_identical,
        ),
    ];
    all.into_iter().chain(by_office).collect()
}

/// Offices whose stations are all identical, of those that have any; of each other one, its stations that are identical. Nothing where one
/// office has all stations.
fn by_office(def: &Definition, outcome: &Outcome, lang: Lang) -> Vec<Figure> {
    let offices: Vec<_> = outcome.by_office.iter().filter(|(_, status)| status.expected > 0).collect();
    if offices.len() < 2 {
        return Vec::new();
    }
    let reporting = || def.stations.iter().filter(|s| s.count_with.is_none());
    let differing = offices.iter().filter(|(_, status)| status.identical < status.expected);
    let (mut names, mut rows) = (Vec::new(), Vec::new());
    for (id, status) in differing {
        let office = def.office(id).map_or(id.as_str(), |own| own.name.get(lang));
        let own = reporting().filter(|s| s.office == *id && !outcome.stations[&s.id].is_identical());
        let name = [
            "محطات متطابقة النسختين في مكتب",
            "وێستگە کە هەردوو وێنەیان وەک یەکن، نووسینگەی",
            "stations found identical, office",
        ];
        rows.push(Figure {
            name: format!("{} {office}", say(lang, name)),
            share: Share::new(status.identical.into(), status.expected.into()),
            exceptions: own.map(|s| s.id.to_string()).collect(),
        });
        names.push(office.to_owned());
    }
    let name = [
        "مكاتب كل محطاتها متطابقة النسختين",
        "نووسینگە کە هەردوو وێنەی هەموو وێستگەکانیان وەک یەکن",
        "offices whose stations were all found identical",
    ];
    let all = share(offices.len() - names.len(), offices.len());
    rows.insert(0, Figure { name: say(lang, name), share: all, exceptions: names });
    rows
}

pub(super) fn slips(def: &Definition, outcome: &Outcome, lang: Lang) -> Vec<Figure> {
    let reporting = def.stations.iter().filter(|s| s.count_with.is_none());
    let standings: Vec<_> = reporting.map(|s| (s, &outcome.stations[&s.id])).collect();
    let shown: Vec<_> = standings.iter().filter(|(_, s)| s.slips_agreeing + s.slips_differing > 0).collect();
    let differing: Vec<String> =
        shown.iter().filter(|(_, s)| s.slips_differing > 0).map(|(s, _)| s.id.to_string()).collect();
    vec![
        Figure {
            name: say(
                lang,
                [
                    "محطات عُرض شريط نتائجها الموقع",
                    "وێستگە کە پسووڵەی واژۆکراوی ئەنجامیان پیشان درا",
                    "stations of which a signed slip was shown",
                ],
            ),
            share: share(shown.len(), standings.len()),
            exceptions: Vec::new(),
        },
        Figure {
            name: say(lang, ["منها شريطها مطابق", "لەوانە پسووڵەیان هاوتایە", "of these, the slip agrees"]),
            share: share(shown.len() - differing.len(), shown.len()),
            exceptions: differing,
        },
    ]
}

/// Counted stations whose figures are a device's; those whose box was counted by hand by name.
fn by_device(reporting: &[&election::Station], outcome: &Outcome, lang: Lang) -> Figure {
    let counted: Vec<_> = reporting.iter().filter_map(|s| Some((&s.id, outcome.stations[&s.id].counted?))).collect();
    let by_hand = counted.iter().filter(|(_, counted)| matches!(counted, Counted::Hand(_)));
    let by_hand: Vec<String> = by_hand.map(|(id, _)| id.to_string()).collect();
    let name = [
        "محطات محتسبة أرقامها من جهاز، لا من عد يدوي",
        "وێستگەی ژمێردراو کە ژمارەکانیان هی ئامێرن، نەک ژماردنی دەستی",
        "counted stations whose figures are a device's, and not of a count by hand",
    ];
    Figure { name: say(lang, name), share: share(counted.len() - by_hand.len(), counted.len()), exceptions: by_hand }
}

pub(super) fn kinds_and_cancelled(def: &Definition, state: &State, outcome: &Outcome, lang: Lang) -> Vec<Figure> {
    let reporting: Vec<_> = def.stations.iter().filter(|s| s.count_with.is_none()).collect();
    let special = |kind: StationKind| {
        matches!(kind, StationKind::Abroad | StationKind::Displaced | StationKind::DisplacedMovement)
    };
    let of_kind = |is_of: &dyn Fn(StationKind) -> bool, name| Figure {
        name: say(lang, name),
        share: share(reporting.iter().filter(|s| is_of(s.kind)).count(), reporting.len()).in_tenths(),
        exceptions: Vec::new(),
    };
    let ordered = |id: &StationId, is_of: &dyn Fn(&Effect) -> bool| {
        let order = state.evidence[id].heads.iter().find(|(_, o)| is_of(&o.effect));
        format!("{id}: {}", order.map(|(_, o)| o.reason.as_str()).unwrap_or_default())
    };
    let left_out = |standing, effect: Effect| -> Vec<String> {
        let left_out = reporting.iter().filter(|s| outcome.stations[&s.id].standing == standing);
        left_out.map(|s| ordered(&s.id, &|own| *own == effect)).collect()
    };
    let is_counting = |effect: &Effect| matches!(effect, Effect::Count(_) | Effect::CountHand(_));
    let by_order = reporting.iter().filter(|s| {
        let own = &outcome.stations[&s.id];
        own.counted.is_some() && own.by_order
    });
    let by_order: Vec<String> = by_order.map(|s| ordered(&s.id, &is_counting)).collect();
    let counted = reporting.iter().filter(|s| outcome.stations[&s.id].counted.is_some()).count();
    let figure = |name, whole: usize, exceptions: Vec<String>| Figure {
        name: say(lang, name),
        share: share(whole - exceptions.len(), whole),
        exceptions,
    };
    let all = reporting.len();
    let mut figures = vec![
        of_kind(
            &special,
            [
                "محطات الخارج والنازحين من كل المحطات",
                "وێستگەکانی دەرەوە و ئاوارەکان لە هەموو وێستگەکان",
                "stations abroad and of displaced people, of all stations",
            ],
        ),
        of_kind(
            &|kind| kind == StationKind::Security,
            [
                "محطات القوات الأمنية من كل المحطات",
                "وێستگەکانی هێزە ئەمنییەکان لە هەموو وێستگەکان",
                "stations of the security forces, of all stations",
            ],
        ),
        letters(def, outcome, lang),
        figure(
            ["محطات غير ملغاة", "وێستگەی هەڵنەوەشاوە", "stations not cancelled"],
            all,
            left_out(Standing::Cancelled, Effect::Cancel),
        ),
        undecided(outcome, lang),
        by_device(&reporting, outcome, lang),
    ];
    let not_opened = left_out(Standing::NotOpened, Effect::NotOpened);
    if !not_opened.is_empty() {
        let name = [
            "محطات لا يقول أي قرار إنها لم تفتح",
            "وێستگە کە هیچ بڕیارێک ناڵێت نەکراونەتەوە",
            "stations of which no order says that they did not open",
        ];
        figures.push(figure(name, all, not_opened));
    }
    if !by_order.is_empty() {
        let name = [
            "محطات محتسبة لكفاية أدلتها، لا بقرار",
            "وێستگەی ژمێردراو چونکە بەڵگەکانیان بەسن، نەک بە بڕیار",
            "stations counted because their evidence is enough, and not by an order",
        ];
        figures.push(figure(name, counted, by_order));
    }
    figures
}

/// Stations that are counted, or left out by an order; the others with their standing and the most ballots that each may hold.
fn undecided(outcome: &Outcome, lang: Lang) -> Figure {
    let is_left_out = |standing| matches!(standing, Standing::Cancelled | Standing::NotOpened);
    let undecided = outcome.stations.iter().filter(|(_, own)| own.counted.is_none() && !is_left_out(own.standing));
    let at_most = say(lang, ["أوراق الاقتراع على الأكثر", "زۆرترین پەڕەی دەنگدان", "ballots at most"]);
    let told = undecided.map(|(id, own)| {
        let most = outcome.registers.bounds.get(id).map_or(0, |bound| bound.figure);
        format!("{id}: {} ({at_most}: {most})", say(lang, standing(own.standing)))
    });
    let exceptions: Vec<String> = told.collect();
    let name = [
        "محطات محتسبة أو مستبعدة بقرار",
        "وێستگەی ژمێردراو یان بە بڕیار دەرکراو",
        "stations counted, or left out by an order",
    ];
    let all = outcome.stations.len();
    Figure { name: say(lang, name), share: share(all - exceptions.len(), all), exceptions }
}

/// A standing in words, as the pages have it.
fn standing(standing: Standing) -> [&'static str; 3] {
    match standing {
        Standing::Missing => ["غير واصلة", "نەگەیشتوو", "missing"],
        Standing::Arrived => ["وصلت نسخة واحدة", "یەک وێنە گەیشتووە", "one copy arrived"],
        Standing::Matched => ["متطابقة القناتين", "هەردوو کەناڵ وەک یەکن", "matched"],
        Standing::Confirmed => ["مؤكدة بدليل مستقل", "بە بەڵگەی سەربەخۆ پشتڕاست", "confirmed"],
        Standing::Quarantined => ["محجورة", "دەستبەسەر", "quarantined"],
        Standing::SubJudice => ["قيد القضاء", "لەبەردەم دادگا", "sub judice"],
        Standing::Cancelled => ["ملغاة", "هەڵوەشاوە", "cancelled"],
        Standing::NotOpened => ["لم تفتح", "نەکراوەتەوە", "not opened"],
    }
}

/// Stations of which it is known which letter gives their figure; the others with what their letters say.
fn letters(def: &Definition, outcome: &Outcome, lang: Lang) -> Figure {
    let known = &outcome.registers.letters;
    let open = def.stations.iter().filter_map(|station| Some((station, known.get(&station.id)?)));
    let open = open.filter(|(_, letters)| !letters.followed.is_decided());
    let exceptions: Vec<String> =
        open.map(|(station, letters)| format!("{}: {}", station.id, letters.told())).collect();
    Figure {
        name: say(
            lang,
            [
                "محطات يُعرف أي كتاب يعطي عدد تسجيلها",
                "وێستگە کە دەزانرێت کام نامە ژمارەی تۆمارەکەی دەدات",
                "stations of which it is known which letter gives their registration figure",
            ],
        ),
        share: share(def.stations.len() - exceptions.len(), def.stations.len()),
        exceptions,
    }
}
