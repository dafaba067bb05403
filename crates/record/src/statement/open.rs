//! What was open when a version was certified, which stations are sub judice, and what that which is open now could change.

use election::{Definition, Digest, Lang};

use super::{Figure, say, share};
use crate::docket::{Certification, materiality};
use crate::fold::State;
use crate::outcome::{Figures, Outcome};
use crate::standing::Standing;

/// Certifications with nothing open, of all, the others with each open matter and the ruling that permits it; where there are any,
/// stations sub judice by name; and contests of which nothing open changes a seat.
pub(super) fn open(
    def: &Definition,
    state: &State,
    (outcome, figures): (&Outcome, &Figures),
    lang: Lang,
) -> Vec<Figure> {
    let figure = |name, whole: usize, exceptions: Vec<String>| Figure {
        name: say(lang, name),
        share: share(whole - exceptions.len(), whole),
        exceptions,
    };
    let certifications = &state.docket.certifications;
    let despite = certifications.iter().filter_map(|own| despite(state, own, lang)).collect();
    let sub_judice = outcome.stations.iter().filter(|(_, own)| own.standing == Standing::SubJudice);
    let sub_judice: Vec<String> = sub_judice.map(|(id, _)| id.to_string()).collect();
    // Where a sum is beyond 64 bits nothing is sure.
    let settled = materiality::settled(def, state, outcome, figures).unwrap_or_default();
    let unsure = def.contests.iter().filter(|contest| !settled.contains(&contest.id));
    let mut all = vec![figure(
        [
            "مصادقات لم يكن عندها شيء مفتوحا",
            "پەسەندکردن کە لە کاتیاندا هیچ شتێک کراوە نەبوو",
            "certifications with nothing open, of all",
        ],
        certifications.len(),
        despite,
    )];
    if !sub_judice.is_empty() {
        let name = [
            "محطات ليست قيد القضاء",
            "وێستگە کە لەبەردەم دادگا نین",
            "stations that are not sub judice (of the others, orders that stand contradict each other)",
        ];
        all.push(figure(name, outcome.stations.len(), sub_judice));
    }
    all.push(figure(
        [
            "منافسات لا يغير توزيع مقاعدها شيء مما هو مفتوح",
            "کێبڕکێ کە هیچ شتێکی کراوە دابەشکردنی کورسییەکانیان ناگۆڕێت",
            "contests of which nothing open can change the division of seats, of all",
        ],
        def.contests.len(),
        unsure.map(|contest| contest.id.to_string()).collect(),
    ));
    all
}

/// What was open at a certification, and by which ruling that was permitted; nothing where nothing was.
fn despite(state: &State, own: &Certification, lang: Lang) -> Option<String> {
    let open = state.docket.certified_despite.get(&own.number)?;
    let ruling = |leaf: &Digest| {
        let ruling = state.docket.rulings.get(leaf)?;
        let by = say(lang, ["بإذن", "بە مۆڵەتی", "permitted by"]);
        Some(format!(" ({by} {}, {}, {})", ruling.court, ruling.number, ruling.dated))
    };
    let matters: Vec<String> = open.iter().map(ToString::to_string).collect();
    let permitted = own.despite.as_ref().and_then(ruling).unwrap_or_default();
    Some(format!("{}: {}{permitted}", own.number, matters.join(", ")))
}
