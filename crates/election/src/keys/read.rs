//! Reading and checking the key lists: E.190 to E.195.

use std::collections::{BTreeMap, BTreeSet};

use crate::cells::Cells;
use crate::report::{Report, show};
use crate::sheets::{self, Sheet};
use crate::{
    Definition, DeviceKey, Folder, KeyLists, PersonKey, Recipient, RecipientName, Role, Rule, Service, ServiceKey,
    ShareCommitment, StationId, WITNESS_POLICY, WitnessKey, read, table,
};

/// What signs.
#[derive(Clone, Copy, PartialEq)]
enum KeyKind {
    P256,
    Ed25519,
}

/// Is `text` the padded base64 of a SubjectPublicKeyInfo of this kind, in its one form? Both kinds have a DER of fixed
/// length and beginning (RFC 5480 with an uncompressed point, 91 bytes; RFC 8410, 44 bytes), so its base64 has too.
fn is_key(text: &str, kind: KeyKind) -> bool {
    let (begins, length, padding, last) = match kind {
        KeyKind::P256 => ("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE", 124, "==", "AQgw"),
        KeyKind::Ed25519 => ("MCowBQYDK2VwAyEA", 60, "=", "AEIMQUYcgkosw048"),
    };
    let Some(digits) = text.strip_suffix(padding) else { return false };
    text.len() == length
        && text.starts_with(begins)
        && digits.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
        && digits.ends_with(|c| last.contains(c))
}

/// Is `text` an age X25519 recipient? (`age1` and 58 characters of Bech32; the checksum is left to age.)
fn is_recipient(text: &str) -> bool {
    let data = text.strip_prefix("age1").unwrap_or("");
    data.len() == 58 && data.bytes().all(|b| b"qpzry9x8gf2tvdw0s3jn54khce6mua7l".contains(&b))
}

/// Is `text` a key name of the signed-note format, in printable ASCII?
fn is_note_name(text: &str) -> bool {
    text.len() <= 100 && text.bytes().all(|b| b.is_ascii_graphic() && b != b'+')
}

/// The lists while they are read.
struct Reader<'a> {
    folder: &'a Folder,
    report: &'a mut Report,
    /// Every key and recipient so far, and where it stands.
    seen: BTreeMap<String, (&'static str, u64)>,
}

pub(super) fn key_lists(folder: &Folder, definition: &Definition, report: &mut Report) -> KeyLists {
    let known = Known::of(definition);
    let mut reader = Reader { folder, report, seen: BTreeMap::new() };
    let lists = KeyLists {
        devices: reader.list(&sheets::KEYS_DEVICES, |c, seen| {
            let (device, station) = (c.id("device"), c.id::<StationId>("station"));
            known.check(c, "station", "station", &known.stations);
            Some(DeviceKey { device: device?, station: station?, key: key(c, KeyKind::P256, seen) })
        }),
        people: reader.list(&sheets::KEYS_PEOPLE, |c, seen| {
            let person = c.id("person");
            known.check(c, "person", "person", &known.people);
            Some(PersonKey { person: person?, key: key(c, KeyKind::P256, seen) })
        }),
        services: reader.list(&sheets::KEYS_SERVICES, |c, seen| {
            let service = c.word("service", &Service::ALL.map(|s| (s.as_str(), s)))?;
            let kind = match service {
                Service::Intake | Service::Centre => KeyKind::P256,
                Service::RecordLog | Service::IntakeLog => KeyKind::Ed25519,
            };
            Some(ServiceKey { service, key: key(c, kind, seen) })
        }),
        recipients: reader.list(&sheets::KEYS_RECIPIENTS, |c, seen| {
            let recipient = c.id("recipient");
            if recipient != Some(RecipientName::Centre) {
                known.check(c, "recipient", "office", &known.offices);
            }
            let age = c.get("age");
            if !is_recipient(age) {
                let what = format!("'{}' is not an age recipient", show(age));
                c.add(Rule::Recipient, what, "write what sanad key new or age-keygen prints: age1…");
            } else if let Some(before) = twice(c, age, seen) {
                c.add(Rule::Recipient, format!("the recipient stands in {before} already"), "make one for each");
            }
            Some(Recipient { recipient: recipient?, age: age.to_owned() })
        }),
        witnesses: reader.list(&sheets::KEYS_WITNESSES, |c, seen| {
            let witness = c.id("witness");
            known.check(c, "witness", "witness", &known.witnesses);
            let name = c.get("name");
            if name.is_empty() || !is_note_name(name) {
                let what = format!("'{}' is not the name of a key", show(name));
                c.add(Rule::WitnessName, what, "write printable ASCII without space or +, such as court.example/w1");
            } else if let Some(before) = twice(c, name, seen) {
                c.add(Rule::WitnessName, format!("the name stands in {before} already"), "give each its own");
            }
            Some(WitnessKey { witness: witness?, name: name.to_owned(), key: key(c, KeyKind::Ed25519, seen) })
        }),
        shares: reader.list(&sheets::KEYS_SHARES, |c, _| {
            let person = c.id("person");
            known.check(c, "person", "person", &known.people);
            if known.people.contains(c.get("person")) && !known.commissioners.contains(c.get("person")) {
                let what = format!("'{}' is not a commissioner", show(c.get("person")));
                c.add(Rule::ShareHolder, what, "name the commissioner who holds the card");
            }
            let how = "write sha256: and 64 lower-case hex digits";
            Some(ShareCommitment {
                person: person?,
                commitment: c.parsed("commitment", Rule::Digest, "a SHA-256", how)?,
            })
        }),
        witness_policy: reader.policy(),
    };
    complete(&lists, definition, reader.report);
    lists
}

impl Reader<'_> {
    fn list<T>(
        &mut self,
        sheet: &'static Sheet,
        row: impl Fn(&mut Cells, &mut BTreeMap<String, (&'static str, u64)>) -> Option<T>,
    ) -> Vec<T> {
        let Some(table) = table::table(self.folder, sheet, self.report) else {
            return Vec::new();
        };
        read::ids(&table, self.report);
        let mut listed = Vec::new();
        for cells in &table.rows {
            let mut cells = Cells { sheet, row: cells, report: self.report };
            listed.extend(row(&mut cells, &mut self.seen));
        }
        listed
    }

    fn policy(&mut self) -> String {
        let Some(bytes) = self.folder.get(WITNESS_POLICY) else { return String::new() };
        let text = table::utf8(WITNESS_POLICY, bytes, self.report).unwrap_or("");
        if let Some(at) = text.find(|c: char| c.is_control() && c != '\n') {
            let line = 1 + text[..at].matches('\n').count() as u64;
            let what = "a control character stands here";
            self.report.add(Rule::Character, WITNESS_POLICY, Some(line), what, "remove it");
        }
        text.to_owned()
    }
}

/// Where `text` stood before, if it did.
fn twice(c: &Cells, text: &str, seen: &mut BTreeMap<String, (&'static str, u64)>) -> Option<String> {
    if let Some((file, line)) = seen.get(text) {
        return Some(format!("{file}:{line}"));
    }
    seen.insert(text.to_owned(), (c.sheet.file, c.row.line));
    None
}

fn key(c: &mut Cells, kind: KeyKind, seen: &mut BTreeMap<String, (&'static str, u64)>) -> String {
    let text = c.get("key");
    if !is_key(text, kind) {
        let name = if kind == KeyKind::P256 { "P-256" } else { "Ed25519" };
        let what = format!("'{}' is not a key of the kind {name}", show(text));
        c.add(Rule::Key, what, "write the base64 of the SubjectPublicKeyInfo (DER) that sanad key new prints");
    } else if let Some(before) = twice(c, text, seen) {
        let what = format!("the key stands in {before} already");
        c.add(Rule::KeyTwice, what, "make a key for each; one key on two would make their signatures exchangeable");
    }
    text.to_owned()
}

/// The ids of the definition that key lists refer to.
struct Known<'a> {
    stations: BTreeSet<&'a str>,
    people: BTreeSet<&'a str>,
    commissioners: BTreeSet<&'a str>,
    offices: BTreeSet<&'a str>,
    witnesses: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(definition: &'a Definition) -> Self {
        let commissioners = definition.people.iter().filter(|p| p.role == Role::Commissioner);
        Known {
            stations: definition.stations.iter().map(|s| s.id.as_str()).collect(),
            people: definition.people.iter().map(|p| p.id.as_str()).collect(),
            commissioners: commissioners.map(|p| p.id.as_str()).collect(),
            offices: definition.offices.iter().map(|o| o.id.as_str()).collect(),
            witnesses: definition.witnesses.iter().map(|w| w.id.as_str()).collect(),
        }
    }

    fn check(&self, c: &mut Cells, column: &str, kind: &str, known: &BTreeSet<&str>) {
        let id = c.get(column);
        if !id.is_empty() && !known.contains(id) {
            c.report.unknown(c.sheet.file, c.row.line, kind, id, known.iter().copied());
        }
    }
}

/// E.193: who must have a key has one. A station that is counted with another needs no device.
fn complete(lists: &KeyLists, definition: &Definition, report: &mut Report) {
    let mut missing = |sheet: &Sheet, kind: &str, ids: Vec<&str>| {
        if let Some(first) = ids.first() {
            let what = format!("rows missing here: {}, the first of them for the {kind} '{first}'", ids.len());
            report.add(Rule::KeysIncomplete, sheet.file, None, what, "add a row for each");
        }
    };
    let have: BTreeSet<_> = lists.devices.iter().map(|d| &d.station).collect();
    let counted = definition.stations.iter().filter(|s| s.count_with.is_none() && !have.contains(&s.id));
    missing(&sheets::KEYS_DEVICES, "station", counted.map(|s| s.id.as_str()).collect());

    let signs = |role| matches!(role, Role::Board | Role::Officer);
    let have: BTreeSet<_> = lists.people.iter().map(|p| &p.person).collect();
    let people = definition.people.iter().filter(|p| signs(p.role) && !have.contains(&p.id));
    missing(&sheets::KEYS_PEOPLE, "person", people.map(|p| p.id.as_str()).collect());

    let services = Service::ALL.into_iter().filter(|s| lists.service(*s).is_none());
    missing(&sheets::KEYS_SERVICES, "service", services.map(Service::as_str).collect());

    let offices = definition.offices.iter().map(|o| (o.id.as_str(), RecipientName::Office(o.id.clone())));
    let all = std::iter::once(("centre", RecipientName::Centre)).chain(offices);
    let have: BTreeSet<_> = lists.recipients.iter().map(|r| &r.recipient).collect();
    let recipients = all.filter(|(_, name)| !have.contains(name));
    missing(&sheets::KEYS_RECIPIENTS, "recipient", recipients.map(|(id, _)| id).collect());

    let have: BTreeSet<_> = lists.witnesses.iter().map(|w| &w.witness).collect();
    let witnesses = definition.witnesses.iter().filter(|w| !have.contains(&w.id));
    missing(&sheets::KEYS_WITNESSES, "witness", witnesses.map(|w| w.id.as_str()).collect());

    let have: BTreeSet<_> = lists.shares.iter().map(|s| &s.person).collect();
    let commissioners = definition.people.iter().filter(|p| p.role == Role::Commissioner && !have.contains(&p.id));
    missing(&sheets::KEYS_SHARES, "commissioner", commissioners.map(|p| p.id.as_str()).collect());
}
