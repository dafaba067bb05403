//! Every parser of what came from outside has a target, or a reason why it has none.

#[path = "readers/sources.rs"]
mod sources;

use std::collections::BTreeMap;

use hostile::TARGETS;

/// A file below `crates/`, what in it parses bytes or text of others, and the target that does so with hostile ones. Where
/// the target calls something else that calls it, that stands behind `through`. A reason instead of a target has words.
const READERS: &[(&str, &str, &str)] = &[
    ("ballot/src/archive.rs", "Bits::from_png", "image_png"),
    ("ballot/src/code.rs", "SheetCode::from_str SheetCode::parse", "words"),
    ("ballot/src/document/mod.rs", "Pages::of", "document"),
    ("ballot/src/document/objects.rs", "Objects::read", "document through Pages"),
    ("ballot/src/document/pdf.rs", "Pdf::new", "document through Pages"),
    ("ballot/src/document/tiff.rs", "Tiff::new", "document through Pages"),
    ("ballot/src/image.rs", "Gray::new decode decode_crop", "image_png"),
    ("ballot/src/image.rs", "decode_into with_images", "image_other through decode"),
    ("ballot/src/vxf.rs", "import", "vxf"),
    ("centre/src/carrier.rs", "Carrier::read", "bytes of a file under a bound; `package` parses them"),
    ("centre/src/centre.rs", "Centre::open", "the centre's own folder; its parts are those of `fold` and `log`"),
    ("centre/src/import.rs", "Centre::import", "files of a stick, each by a reader of `package`"),
    ("centre/src/intake_log.rs", "Centre::import_intake_log", "a log, and its leaves: `log` and `dsse`"),
    ("centre/src/privacy.rs", "stray", "what the centre took in before: `results_bag` has it from a station"),
    (
        "centre/src/transmission.rs",
        "Centre::import_transmission",
        "a file of a stick under a bound; `publication` has its report",
    ),
    ("durable/src/lib.rs", "read_back", "bytes of a file that the program has just written"),
    ("election/src/calendar.rs", "Moment::from_str PlainDate::from_str", "words"),
    ("election/src/cells.rs", "Cells::parsed", "definition through read"),
    ("election/src/digest.rs", "Digest::from_hex Digest::from_str", "words"),
    ("election/src/findings.rs", "FindingRule::from_str", "words"),
    ("election/src/folder.rs", "Folder::load", "bytes of files under bounds; `definition` parses them"),
    ("election/src/isolation.rs", "InterfaceName::from_str Listener::from_str", "words"),
    ("election/src/keys/mod.rs", "RecipientName::from_str", "words"),
    ("election/src/ordinary.rs", "open open_ordinary read_ordinary", "bytes of a file under a bound"),
    ("election/src/rules.rs", "Fraction::from_str Hour::from_str SeatMethod::from_str", "words"),
    ("election/src/table.rs", "table", "definition through read"),
    ("election/src/text.rs", "Lang::from_str", "words"),
    ("intake/src/blobs.rs", "Blobs::lists", "the service's own files, one serde type, checked when they came"),
    (
        "intake/src/client.rs",
        "Client::ask refusal",
        "serde types of a few fields under the client's bound of an answer",
    ),
    ("intake/src/config.rs", "Config::read", "the operator's own file, one serde type"),
    ("intake/src/http.rs", "put_list", "one serde type under a bound of 1 MiB"),
    ("intake/src/roll.rs", "Roll::read", "the service's own folder, read by `definition` and `dsse`"),
    ("intake/src/s3.rs", "credentials", "the operator's own file, one serde type"),
    ("log/src/checkpoint.rs", "Checkpoint::parse", "note"),
    ("log/src/log.rs", "Log::open Log::open_or_create", "log"),
    ("log/src/note.rs", "Note::parse NoteKey::from_str", "note"),
    ("log/src/note.rs", "NoteSignature::from_str", "note through Note"),
    ("log/src/policy.rs", "Policy::parse", "note"),
    ("log/src/proof.rs", "InclusionProof::parse InclusionProof::verify", "note"),
    ("log/src/tiles.rs", "parse_bundle", "log through read_static"),
    ("log/src/witness.rs", "Fork::parse Request::parse", "note"),
    ("package/src/archive.rs", "read", "archive"),
    ("package/src/archive.rs", "read_from visit", "archive through read"),
    ("package/src/bag.rs", "parse_manifest", "archive"),
    ("package/src/cuts.rs", "parse_name", "words"),
    ("package/src/cvr.rs", "Records::parse", "figures"),
    ("package/src/events.rs", "parse", "figures"),
    ("package/src/figures.rs", "StationResults::parse", "figures"),
    ("package/src/label.rs", "Label::parse", "dsse"),
    ("package/src/label.rs", "Label::verify Sealed::check", "sealed through open_images"),
    ("package/src/name.rs", "FileName::from_str FileName::parse_file", "words"),
    ("package/src/open.rs", "check_results", "results_bag"),
    ("package/src/open.rs", "open_images", "sealed"),
    ("package/src/open.rs", "open_labelled open_results trusted_label", "a label, an age file and a bag: those above"),
    ("package/src/slip.rs", "Slip::join", "slip"),
    ("package/src/slip.rs", "decode", "slip through join"),
    ("record/src/check.rs", "Checked::of", "fold through apply"),
    ("record/src/disk/handover.rs", "HandOver::parse HandOver::verify", "paper"),
    ("record/src/disk/tables.rs", "withheld", "publication through disk"),
    ("record/src/docket/leaves.rs", "Matter::from_str", "words"),
    ("record/src/docket/succession.rs", "Thing::from_str", "words"),
    ("record/src/entry.rs", "Entry::parse", "dsse"),
    ("record/src/fold.rs", "State::apply State::begin", "fold"),
    ("record/src/proof/equivocation.rs", "Signed::of", "paper"),
    ("record/src/proof/mod.rs", "Proof::fork Proof::parse", "paper"),
    ("record/src/proof/receipt.rs", "Inclusion::of", "paper through Proof"),
    ("record/src/published.rs", "Described::of", "publication through verify"),
    ("record/src/recount/typed.rs", "read", "paper"),
    ("record/src/register/exports.rs", "Subject::from_str", "words"),
    ("record/src/register/transmission/report.rs", "Logged::of Report::parse", "publication through verify"),
    ("record/src/rotation.rs", "Request::parse", "paper"),
    ("sanad/src/commands/ballot_read.rs", "rescore", "scores that `figures` reads"),
    ("sanad/src/commands/centre.rs", "open", "the centre's own folder"),
    ("sanad/src/commands/proof.rs", "prove_receipt", "one serde type in an envelope that `dsse` reads"),
    ("sanad/src/commands/station.rs", "load", "the station's own state, one serde type"),
    ("sanad/src/published.rs", "open", "a publication that is verified first"),
    ("sanad/src/shell.rs", "open read read_ordinary", "bytes of a file under a bound"),
    ("sign/src/canonical.rs", "from_bytes read", "figures"),
    ("sign/src/cose.rs", "Message::parse", "slip"),
    ("sign/src/cose.rs", "verify1", "slip through Message"),
    ("sign/src/dsse.rs", "Envelope::parse Envelope::read", "dsse"),
    ("sign/src/file_key.rs", "FileKey::from_pem", "words"),
    ("sign/src/identity.rs", "Identity::parse", "words"),
    ("sign/src/key.rs", "KeyId::from_str PublicKey::from_pem PublicKey::from_str", "words"),
    ("sign/src/key.rs", "PublicKey::from_raw PublicKey::from_spki_der", "words through from_pem"),
    ("sign/src/pin.rs", "open_key", "an age file under bounds of bytes and work, as in `sealed`"),
    ("sign/src/recipient.rs", "Recipient::from_str", "words"),
    ("sign/src/shares.rs", "Share::from_str", "words"),
    ("station/src/card.rs", "Card::parse Revoked::read", "one serde type of two texts, and envelopes as in `dsse`"),
    ("station/src/disk.rs", "RealDisk::open", "the station's own folder"),
    ("station/src/record.rs", "Record::from_bytes", "the station's own slots; property tests in `crates/station`"),
    ("station/src/station.rs", "Station::load", "the station's own state, one serde type"),
    ("tally/src/channels/map.rs", "Map::parse", "channels"),
    ("tally/src/channels/table.rs", "Table::read", "channels through match_channels"),
    ("verify/src/bag.rs", "parse_manifest", "publication"),
    ("verify/src/content.rs", "Context::withheld Context::zero_and_slip", "publication through verify"),
    ("verify/src/csvs.rs", "compare", "publication through verify"),
    ("verify/src/folder.rs", "Folder::open", "publication through verify"),
    ("verify/src/intake_log.rs", "device_label", "publication through verify"),
    ("verify/src/logs.rs", "read", "publication through verify"),
    ("verify/src/nist.rs", "check", "publication through verify"),
    ("verify/src/record_log.rs", "fold", "publication through verify"),
    ("witness/src/desk.rs", "Desk::open", "the witness's own folder; its parts are those of `note`"),
];

/// A new `parse`, `read` or `from_…` has to be fuzzed, or to say why not.
#[test]
fn every_parser_of_outside_input_has_a_target_or_a_reason() {
    let mut listed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (file, names, _) in READERS {
        listed.entry((*file).to_owned()).or_default().extend(names.split(' '));
    }
    listed.values_mut().for_each(|names| names.sort_unstable());
    for (file, found) in sources::readers() {
        let known = listed.remove(&file).unwrap_or_default();
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(found, known, "crates/{file} parses what READERS does not list, or no longer does");
    }
    assert!(listed.is_empty(), "READERS lists what is no more: {listed:?}");
}

/// What a row says of a target can be seen in the sources of the targets.
#[test]
fn what_has_a_target_is_called_by_the_targets() {
    let words = sources::words_of_targets();
    for (file, names, place) in READERS {
        let (target, through) = place.split_once(" through ").map_or((*place, None), |(of, by)| (of, Some(by)));
        if through.is_none() && target.contains(' ') {
            continue;
        }
        assert!(TARGETS.iter().any(|(name, _)| *name == target), "{file}: '{target}' is no target");
        for name in through.map_or_else(|| names.split(' ').collect(), |by| vec![by]) {
            let called = name.split("::").next().expect("a name");
            assert!(words.contains(called), "{file}: the targets name no '{called}'");
        }
    }
}
