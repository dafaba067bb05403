//! What the registers of equipment and acts say to the first point of the statement: devices, contracts and audits.

use election::Lang;

use super::acts::{ActKind, ActState};
use crate::fold::State;
use crate::statement::{Figure, say, share};

/// Devices of the key list that are in the register, those with a contract that stands, and audit remarks that were answered;
/// nothing where neither an item nor a remark was entered.
pub(crate) fn equipment(state: &State, lang: Lang) -> Vec<Figure> {
    let registers = &state.registers;
    let acts = registers.acts_standing();
    let unregistered = registers.listed.iter().filter(|device| !registers.devices.contains_key(*device));
    let has_contract = |item| {
        let contract = registers.items[item].1.contract.as_ref();
        contract.and_then(|contract| acts.get(contract)).is_some_and(|own| own.is(ActKind::Contract))
    };
    let without_contract = registers.devices.values().filter(|item| !has_contract(item));
    // A remark that was taken away is none that was answered.
    let remarks = || acts.values().filter(|own| own.act.kind == ActKind::Remark);
    if registers.items.is_empty() && remarks().next().is_none() {
        return Vec::new();
    }
    let unanswered = remarks().filter(|own| own.state != ActState::Answered);
    let figure = |name, whole: usize, exceptions: Vec<String>| Figure {
        name: say(lang, name),
        share: share(whole - exceptions.len(), whole),
        exceptions,
    };
    let ran = state.ran();
    let compared = ran.iter().filter(|own| own.registered.is_some()).count();
    let other = ran.iter().filter(|own| own.is_registered() == Some(false)).map(|own| {
        let registered = own.registered.map(|build| build.to_string()).unwrap_or_default();
        format!("{} {}-{}: {} ≠ {registered}", own.station, own.device, own.generation, own.build)
    });
    let programs = figure(
        [
            "أعداد أجراها البرنامج المسجل لجهازها، من كل ما سُجل برنامج جهازه",
            "ژماردن کە بەرنامەی تۆمارکراوی ئامێرەکەی کردوویەتی، لە هەموو ئەوانەی بەرنامەی ئامێرەکەیان تۆمارکراوە",
            "counts made by the program that the register has for their device, of those whose device has one",
        ],
        compared,
        other.collect(),
    );
    let figures = [
        figure(
            [
                "أجهزة قائمة المفاتيح المسجلة في سجل الأجهزة",
                "ئامێرەکانی لیستی کلیل کە لە تۆماری ئامێرەکاندان",
                "devices of the key list that are in the register of equipment",
            ],
            registers.listed.len(),
            unregistered.map(ToString::to_string).collect(),
        ),
        figure(
            ["أجهزة لها عقد قائم", "ئامێر کە گرێبەستێکی کارپێکراویان هەیە", "devices with a contract that stands"],
            registers.devices.len(),
            without_contract.map(ToString::to_string).collect(),
        ),
        figure(
            ["ملاحظات التدقيق التي أُجيب عنها", "تێبینییەکانی وردبینی کە وەڵامیان دراوەتەوە", "audit remarks answered"],
            remarks().count(),
            unanswered
                .map(|own| format!("{}: {}, {} ({})", own.act.act, own.act.issuer, own.act.number, own.state.as_str()))
                .collect(),
        ),
    ];
    // Where nothing names a program the statement goes on to say what it said.
    figures.into_iter().chain((compared > 0).then_some(programs)).collect()
}
