//! The points that count stations: what both media brought, what slips say, which stations are special or cancelled.

use election::{Definition, Lang, Station, StationKind};

use super::{Figure, say, share};
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
    let figure = |name: [&str; 3], exceptions: Vec<String>| Figure {
        name: say(lang, name),
        share: share(expected - exceptions.len(), expected),
        exceptions,
    };
    vec![
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
    ]
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
    let cancelled: Vec<String> = reporting
        .iter()
        .filter(|s| outcome.stations[&s.id].standing == Standing::Cancelled)
        .map(|s| {
            let order = state.evidence[&s.id].heads.iter().find(|(_, o)| o.effect == Effect::Cancel);
            format!("{}: {}", s.id, order.map(|(_, o)| o.reason.as_str()).unwrap_or_default())
        })
        .collect();
    vec![
        Figure {
            name: say(
                lang,
                [
                    "محطات الخارج والنازحين من كل المحطات",
                    "وێستگەکانی دەرەوە و ئاوارەکان لە هەموو وێستگەکان",
                    "stations abroad and of displaced people, of all stations",
                ],
            ),
            share: share(reporting.iter().filter(|s| special(s.kind)).count(), reporting.len()),
            exceptions: Vec::new(),
        },
        letters(def, outcome, lang),
        Figure {
            name: say(lang, ["محطات غير ملغاة", "وێستگەی هەڵنەوەشاوە", "stations not cancelled"]),
            share: share(reporting.len() - cancelled.len(), reporting.len()),
            exceptions: cancelled,
        },
        by_device(&reporting, outcome, lang),
    ]
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
