//! Lines of the command whose objects the schemas are held against, in the order in which they are run.

/// Commands that the page does not have, by their schemas. `~` is the election made by hand, `@` the demo.
pub const RUNS: &[(&str, &str)] = &[
    (
        "ballot-read",
        "ballot read --election ~/election --fingerprint ~/fingerprint.txt ~/ballots/spring.png broken.png",
    ),
    ("station-reopen", "station reopen --dir again --officer officer_1 --officer officer_2"),
    ("station-scan", "station scan --dir again broken.png"),
    ("station-scan", "station scan --dir again broken.png nowhere.png"),
    ("station-scan", "station scan --dir again alike.png"),
    ("station-enter", "station enter --dir again --officer officer_1 --received 100 --spoiled 0 --unused 94"),
    ("station-alike", "station alike --dir again --officer officer_1 --officer officer_2"),
    ("station-adjudicate", "station adjudicate --dir doubt/stations/it"),
    ("station-refused", "station refused --dir again"),
    ("station-status", "station status --dir again"),
    ("ballot-rescore", "ballot rescore SCORES --election ~/election --marked-from 999"),
    ("package-inspect", "package inspect ~/media/stick/0101/0101-d0101-1.label.json"),
    ("package-inspect", "package inspect lost/0101-d0101-1.label.json"),
    ("package-verify", "package verify lost/0101-d0101-1.label.json --election ~/election"),
    (
        "package-open",
        "package open ~/media/stick/0101/0101-d0101-1.label.json --election ~/election --fingerprint ~/fingerprint.txt --identity centre.identity.txt -o opened",
    ),
    ("key-join", "key join --commitments ~/election/keys/shares.csv ~/shares/share-1.txt ~/shares/share-2.txt"),
    ("witness-status", "witness status --dir ~/witnesses/court"),
    ("election-check", "election check unruly"),
    ("election-check", "election check nowhere"),
    ("election-check", "election check ~/election"),
    (
        "centre-decide",
        "centre decide --dir late --station 0101 --act cancel --reason 'the box was open' --basis 'article 38' SIGNERS",
    ),
    (
        "centre-opening",
        "centre opening --dir letters --station 014002 --follows international_7 --reason 'the younger letter' --basis 'article 7' --signer @/keys/people/officer_1.key.pem --signer @/keys/people/officer_2.key.pem",
    ),
    ("centre-check", "centre check --dir late"),
    ("centre-check", "centre check --dir damaged"),
    ("centre-privacy", "centre privacy --dir late"),
    ("centre-redact", "centre redact --dir letters"),
    ("centre-tally", "centre tally --dir late"),
    ("centre-lot", "centre lot --dir late --lot LOT --drawn rose --drawing 'an urn' SIGNERS"),
    (
        "centre-lot",
        "centre lot --dir late --lot LOT --drawn rose --drawing 'the minutes say so too' --corrects SIGNERS",
    ),
    ("centre-withdraw", "centre withdraw --dir late --option omar --reason 'a letter' --basis 'article 20' SIGNERS"),
    (
        "centre-amend",
        "centre amend --dir late --key seats.threshold --value 1/100 --reason 'a law' --basis 'article 3' --signer ~/keys/chair.key.pem --signer ~/keys/deputy.key.pem",
    ),
    ("centre-tally", "centre tally --dir late"),
    ("centre-status", "centre status --dir late"),
    ("centre-status", "centre status --dir @/centre"),
    ("centre-tally", "centre tally --dir @/centre"),
    (
        "act-file",
        "act file --dir docket --act 1 --kind law --issuer 'the assembly' --number 45/2026 --dated 2026-01-10 --read-back 45/2026 --read-back-dated 2026-01-10 --paper ruling.pdf --effect 'votes are counted by devices' SIGNERS",
    ),
    (
        "act-file",
        "act file --dir docket --act 2 --kind contract --issuer 'the contracts office' --number 9/2026 --dated 2026-02-01 --read-back 9/2026 --read-back-dated 2026-02-01 --paper ruling.pdf --effect 'devices are bought' --annex tender=form.pdf --annex delivery=appeal.pdf --under 1 SIGNERS",
    ),
    (
        "equipment-enter",
        "equipment enter --dir docket --item dev_1 --kind device --serial SN-4711 --device d0101 --contract 2 --article 'article 38' SIGNERS",
    ),
    (
        "equipment-enter",
        "equipment enter --dir docket --item dev_1 --kind device --serial SN-4712 --device d0101 --build sha256:1111111111111111111111111111111111111111111111111111111111111111 --contract 2 --article 'article 38' --corrects SIGNERS",
    ),
    (
        "equipment-hand-over",
        "equipment hand-over --dir docket --item dev_1 --from 'central store' --to 'office of the spring' --seal A-17 --at 2026-05-10T08:00 --place 'central store' SIGNERS",
    ),
    (
        "equipment-hand-over",
        "equipment hand-over --dir docket --item dev_1 --from driver --to 'station 0101' --seal A-18 --at 2026-05-11T06:00 --place 'school' SIGNERS",
    ),
    (
        "act-file",
        "act file --dir docket --act 3 --kind remark --issuer 'the audit board' --number 7/2026 --dated 2026-04-20 --read-back 7/2026 --read-back-dated 2026-04-20 --paper form.pdf --effect 'a delivery note is missing' --owner 'the contracts office' --served 2026-04-22T09:00 --answer-days 10 --item dev_1 SIGNERS",
    ),
    (
        "act-file",
        "act file --dir docket --act 4 --kind reply --issuer 'the contracts office' --number 12/2026 --dated 2026-04-28 --read-back 12/2026 --read-back-dated 2026-04-28 --paper appeal.pdf --effect 'the note was found' --answers 3 --annex evidence=form.pdf SIGNERS",
    ),
    (
        "act-file",
        "act file --dir docket --act 5 --kind committee --issuer 'the board' --number 3/2026 --dated 2026-05-13 --read-back 3/2026 --read-back-dated 2026-05-13 --paper form.pdf --effect 'stations are examined' --member 'the audit board' --member 'the bar' --until 2026-06-01 SIGNERS",
    ),
    (
        "act-file",
        "act file --dir docket --act 6 --kind minutes --issuer 'the committee' --number 1 --dated 2026-05-14 --read-back 1 --read-back-dated 2026-05-14 --paper form.pdf --effect 'one station was examined' --under 5 --examined 0102 --cleared 0101 SIGNERS",
    ),
    (
        "act-file",
        "act file --dir docket --act 7 --kind test-report --issuer 'a laboratory' --number 2 --dated 2026-04-01 --read-back 2 --read-back-dated 2026-04-01 --paper form.pdf --effect 'no finding' --tested 'the link' --tested-version 0.9 SIGNERS",
    ),
    (
        "act-file",
        "act file --dir docket --act 8 --kind annulment --issuer 'the court' --number 5 --dated 2026-05-20 --read-back 5 --read-back-dated 2026-05-20 --paper ruling.pdf --effect 'the reply is taken away' --annuls 4 SIGNERS",
    ),
    (
        "act-file",
        "act file --dir docket --act 7 --kind test-report --issuer 'a laboratory' --number 2 --dated 2026-04-02 --read-back 2 --read-back-dated 2026-04-02 --paper form.pdf --effect 'no finding' --tested 'the link' --tested-version 0.9 --corrects SIGNERS",
    ),
    ("act-list", "act list --dir docket"),
    ("act-list", "act list --dir docket --open"),
    ("equipment-list", "equipment list --dir docket"),
    ("equipment-export", "equipment export --dir docket -o equipment SIGNERS"),
    (
        "case-complain",
        "case complain --dir docket --case 17 --station 0101 --capacity party-agent --ground 'the seal was broken' --paper form.pdf --sealed names.txt --redacted 'name of the complainant' --concerns chair --filed 2026-05-13T10:30 --receipt 17.proof",
    ),
    (
        "case-complain",
        "case complain --dir docket --case 18 --candidate rose --capacity candidate --ground 'the seal was broken' --paper form.pdf --filed 2026-05-13T11:30",
    ),
    (
        "case-complain",
        "case complain --dir docket --case 19 --step 'the opening' --capacity observer --ground 'it began late' --paper names.txt --filed 2026-05-13T12:30",
    ),
    ("case-list", "case list --dir docket --open"),
    (
        "case-classify",
        "case classify --dir docket --case 17 --class yellow --reason 'the minutes' --basis 'article 38' --signer ~/keys/deputy.key.pem SIGNERS",
    ),
    (
        "case-classify",
        "case classify --dir docket --case 17 --class red --reason 'a second look' --basis 'article 38' --signer ~/keys/deputy.key.pem SIGNERS",
    ),
    (
        "case-classify",
        "case classify --dir docket --case 19 --class inadmissible --reason 'no rule' --basis 'article 38' --signer ~/keys/chair.key.pem SIGNERS",
    ),
    (
        "case-decide",
        "case decide --dir docket --case 17 --verdict upheld --reason 'the seal' --basis 'article 38' --served 2026-05-20T09:00 SIGNERS",
    ),
    (
        "case-decide",
        "case decide --dir docket --case 17 --verdict dismissed --reason 'the seal was whole' --basis 'article 38' --served 2026-05-21T09:00 SIGNERS",
    ),
    (
        "case-appeal",
        "case appeal --dir docket --case 20 --against 17 --capacity candidate --ground 'a witness was not heard' --paper appeal.pdf --filed 2026-05-22T11:00 --receipt 20.proof",
    ),
    (
        "case-appeal",
        "case appeal --dir docket --case 21 --against-version 1 --served 2026-05-19T08:00 --capacity candidate --ground 'the sums' --paper appeal.pdf --sealed names.txt --filed 2026-05-22T11:30",
    ),
    (
        "case-enjoin",
        "case enjoin --dir docket --court 'Judicial Panel' --rank 1 --number 43/2026 --dated 2026-05-29 --served 2026-05-29T12:00 --paper ruling.pdf --stays certification SIGNERS",
    ),
    ("case-list", "case list --dir docket"),
    (
        "case-rule",
        "case rule --dir docket --court 'Judicial Panel' --rank 1 --number 44/2026 --dated 2026-05-30 --served 2026-05-30T12:00 --paper ruling.pdf --permits complaint:18 --permits appeal:20 --permits injunction:INJUNCTION SIGNERS",
    ),
    (
        "case-rule",
        "case rule --dir docket --court 'Judicial Panel' --rank 1 --number 45/2026 --dated 2026-05-31 --served 2026-05-31T12:00 --paper ruling.pdf --lifts INJUNCTION SIGNERS",
    ),
    (
        "case-rule",
        "case rule --dir docket --court 'Judicial Panel' --rank 1 --number 46/2026 --dated 2026-06-01 --served 2026-06-01T12:00 --paper ruling.pdf --about 20 --about 21 --dismissed SIGNERS",
    ),
    (
        "case-cancel",
        "case cancel --dir docket --station 0101 --reason 'the box was open' --basis 'article 38' --complaint 17",
    ),
    (
        "case-cancel",
        "case cancel --dir docket --station 0101 --reason 'the box was open' --basis 'article 38' --complaint 17 --under DISMISSAL SIGNERS",
    ),
    (
        "case-restore",
        "case restore --dir docket --station 0101 --reason 'it was shut' --basis 'article 38' --under DISMISSAL SIGNERS",
    ),
    (
        "case-count",
        "case count --dir docket --station 0101 --copy stick --reason 'the slip' --basis 'article 38' SIGNERS",
    ),
    ("case-hand-form", "case hand-form --dir docket --station 0101 -o hand.csv"),
    (
        "case-recount",
        "case recount --dir docket --station 0101 --reason 'the slip differs' --basis 'article 38' SIGNERS",
    ),
    ("case-list", "case list --dir docket --open"),
    (
        "case-hand-count",
        "case hand-count --dir docket --station 0101 --first typed.csv --second mistyped.csv --paper form.pdf",
    ),
    (
        "case-hand-count",
        "case hand-count --dir docket --station 0101 --first typed.csv --second typed.csv --paper form.pdf",
    ),
    (
        "case-hand-count",
        "case hand-count --dir docket --station 0101 --first typed.csv --second typed.csv --paper form.pdf SIGNERS",
    ),
    (
        "case-count",
        "case count --dir docket --station 0101 --hand-count HANDCOUNT --reason 'the paper' --basis 'article 38' SIGNERS",
    ),
    (
        "case-recount",
        "case recount --dir docket --station 0102 --reason 'a slip of the pen' --basis 'article 38' SIGNERS",
    ),
    (
        "case-recount",
        "case recount --dir docket --station 0102 --reason 'it was another station' --basis 'article 38' --withdraws RECOUNT SIGNERS",
    ),
    (
        "case-revoke",
        "case revoke --dir docket --person officer_2 --reason 'the key was stolen' --basis 'article 12' --signer ~/keys/chair.key.pem --signer ~/keys/deputy.key.pem",
    ),
    ("case-list", "case list --dir docket"),
    ("verify", "verify @/publication --root @/fingerprint.txt"),
    ("verify", "verify changed --root ~/fingerprint.txt --slips ~/slips"),
    ("verify", "verify ~/publication --root ~/fingerprint.txt --slips mixed"),
    ("slip-check", "slip check broken.png ~/slips/0101.png @/slips/SLIP --publication ~/publication"),
    ("slip-read", "slip read ~/slips/0101.png"),
    ("slip-tally", "slip tally mixed --election ~/election"),
    ("slip-tally", "slip tally @/slips --election @/election"),
    (
        "proof-equivocation",
        "proof equivocation TWICE/label.json TWICE.stick/label.json --election @/election -o twice.proof.json",
    ),
    ("proof-check", "proof check twice.proof.json --election @/election --fingerprint @/fingerprint.txt"),
    ("proof-fork", "proof fork one.txt other.txt --election ~/election -o fork.txt"),
    ("proof-check", "proof check fork.txt --election ~/election"),
    ("proof-receipt", "proof receipt false.json --publication ~/publication -o broken.proof.json"),
    ("proof-check", "proof check broken.proof.json --election ~/election"),
    ("record-show", "record show --publication @/publication"),
    ("statement", "statement --publication @/publication"),
    ("statement", "statement --publication @/publication --format html -o statement.html"),
    (
        "disk-write",
        "disk write disk --publication @/publication --office abroad --party palm --delegate agent_palm --signer @/keys/people/officer_1.key.pem",
    ),
    ("disk-check", "disk check @/disks/palm --root @/fingerprint.txt"),
    ("disk-check", "disk check disk"),
    ("match", "match --left left.csv --right right.csv --map map.toml"),
    ("seats", "seats --votes votes.csv --seats 3 --method sainte-lague:1"),
    ("seats", "seats --votes votes.csv --seats 2 --method d-hondt"),
    ("seats", "seats --votes votes.csv --seats 9 --method hare --threshold 30/100"),
    ("completions", "completions bash"),
    ("man", "man man"),
];

/// Lines that fail, each in its own room and its own way.
pub const MISTAKES: [&str; 26] = [
    "verify nowhere",
    "verify --rot x ~/publication",
    "verfy ~/publication",
    "election freeze unruly --signer ~/keys/chair.key.pem -o leaf.json",
    "key new -o ~/keys/chair.key.pem",
    "key join ~/fingerprint.txt",
    "ballot draw --election unruly -o x.pdf",
    "ballot read --election ~/election --fingerprint ~/fingerprint.txt nowhere.png",
    "station status --dir nowhere",
    "station open --dir ~/stations/0101 --officer officer_1",
    "station prepare --dir s --station 101 --device d0101 --election ~/election --fingerprint ~/fingerprint.txt --key ~/keys/d0101.key.pem",
    "package inspect ~/fingerprint.txt",
    "package open ~/media/stick/0101/0101-d0101-1.label.json --election ~/election --fingerprint ~/fingerprint.txt --identity ~/keys/chair.key.pem -o refused",
    "relay send --to nowhere --authority x --certificate x --key x --election ~/election ~/media/relay/0101",
    "intake close --config nowhere.toml",
    "centre status --dir nowhere",
    "case classify --dir docket --case 170 --class red --reason r --basis b SIGNERS",
    "case certify --dir nowhere --signer ~/keys/chair.key.pem --signer ~/keys/deputy.key.pem",
    "centre lot --dir late --lot lot_0000000000000000 --drawn rose --drawing urn SIGNERS",
    "slip read ~/fingerprint.txt",
    "slip check ~/slips/0101.png --publication ~/keys",
    "disk check ~/publication",
    "record show --publication ~/publication --leaf 99",
    "witness cosign --dir ~/keys ~/request-1.txt -o w.txt",
    "seats --votes nowhere.csv --seats 3 --method hare",
    "match --left left.csv --right right.csv --map nowhere.toml",
];
