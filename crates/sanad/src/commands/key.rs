//! `sanad key`: keys, the centre's identity, and the shares of it.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum, ValueHint};
use election::Digest;
use intake::certificates::{Authority, Purpose};
use serde_json::json;
use sign::identity::Identity;
use sign::{FileKey, KeyKind, Signer, SystemEntropy, shares};

use super::key_enter::{self, Owner};
use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, file_failure, read, text, write};

/// What a new key is for.
#[derive(Clone, Copy, ValueEnum)]
pub enum Kind {
    /// P-256: devices, people, services
    P256,
    /// Ed25519: logs and witnesses
    Ed25519,
    /// age X25519: the centre and offices
    Identity,
}

/// Keys.
#[derive(Subcommand)]
pub enum Key {
    /// Make a key pair; the public key is printed for the key list
    ///
    /// The private key goes to the file, which only its owner may read; the public one also to a file beside it that ends in
    /// .pub. A key is never overwritten.
    #[command(after_help = "Example: sanad key new -o keys/chair.key.pem")]
    New {
        /// What it is for
        #[arg(long, value_enum, default_value = "p256")]
        kind: Kind,
        /// Where the private key is written
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
        /// A line of comment in the file, such as DEMO
        #[arg(long, default_value = "")]
        comment: String,
    },
    /// Enter a public key into the key lists of a definition, before it is frozen
    ///
    /// Checks that the owner is in the definition, that the key is of the right kind, and that no other stands there for the
    /// same owner; then adds the row to keys/*.csv.
    #[command(after_help = "Example: sanad key enter election --device d0101 --station 0101 keys/d0101.pub")]
    Enter {
        /// The folder of the definition
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        #[command(flatten)]
        owner: Owner,
        /// The public key as `sanad key new` prints it (a share: its commitment), or a file that holds it
        #[arg(value_hint = ValueHint::FilePath)]
        key: String,
    },
    /// Split an identity among commissioners
    ///
    /// Each share is a file, with its commitment beside it in a .pub file for `sanad key enter --share`. Destroy the identity
    /// when the shares are handed out.
    #[command(
        after_help = "Example: sanad key split --identity centre.identity.txt --threshold 3 --shares 5 -o shares"
    )]
    Split {
        /// The identity
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        identity: PathBuf,
        /// As many shares as open it
        #[arg(long)]
        threshold: u8,
        /// As many shares in all
        #[arg(long)]
        shares: u8,
        /// The folder for the shares
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        output: PathBuf,
    },
    /// Join shares; the identity goes to standard output, for a pipe into age -i, and nowhere else
    ///
    /// With --commitments (keys/shares.csv of the frozen definition) a false card is named.
    #[command(
        after_help = "Example: sanad key join --commitments election/keys/shares.csv shares/share-1.txt shares/share-2.txt"
    )]
    Join {
        /// Files with a share each
        #[arg(required = true, value_name = "SHARE", value_hint = ValueHint::FilePath)]
        shares: Vec<PathBuf>,
        /// The commitments, sha256:… a line: a false card is named
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        commitments: Option<PathBuf>,
    },
    /// Make certificates for the transport: an authority, the receiving service's, and a relay's
    ///
    /// A leaked one forges nothing: packages and receipts carry signatures of their own.
    #[command(after_help = "Example: sanad key tls --host intake.example --host 192.0.2.7 -o tls")]
    Tls {
        /// Names or addresses that the receiving service answers to
        #[arg(long = "host", required = true)]
        hosts: Vec<String>,
        /// Valid for so many days
        #[arg(long, default_value_t = 90)]
        days: u16,
        /// The folder to write to
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        output: PathBuf,
    },
    /// The public keys in a frozen definition, by owner
    ///
    /// Devices, people, services, witnesses, the recipients that packages are sealed to, and the commitments to shares.
    #[command(after_help = "Example: sanad key list demo/election")]
    List {
        /// The folder of the definition
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Key) -> Result {
    match command {
        Key::New { kind, output, comment } => new(shell, kind, &output, &comment),
        Key::Enter { dir, owner, key } => key_enter::enter(shell, &dir, &owner, &key),
        Key::Split { identity, threshold, shares, output } => split(shell, &identity, threshold, shares, &output),
        Key::Join { shares, commitments } => join(shell, &shares, commitments.as_deref()),
        Key::Tls { hosts, days, output } => {
            let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
            write_certificates(&output, "Sanad transport authority", &hosts, days)?;
            shell.tell("authority, intake and relay certificates in {}", &[text(output.display())]);
            let names = ["authority", "intake", "relay"];
            let files =
                names.map(|name| json!({ "certificate": format!("{name}.pem"), "key": format!("{name}.key.pem") }));
            shell.json(&json!({ "folder": output, "files": files }));
            Ok(Verdict::Holds)
        }
        Key::List { dir } => list(shell, &dir),
    }
}

fn new(shell: &Shell, kind: Kind, output: &Path, comment: &str) -> Result {
    absent(output, "choose another name; a key is never overwritten")?;
    sign::entropy::start_up(&SystemEntropy)?;
    let (private, public) = match kind {
        Kind::Identity => {
            let identity = Identity::generate();
            (format!("{}\n", *identity.to_text()), identity.recipient().to_string())
        }
        Kind::P256 => file_key(KeyKind::P256, comment)?,
        Kind::Ed25519 => file_key(KeyKind::Ed25519, comment)?,
    };
    write_private(output, private.as_bytes())?;
    let beside = public_beside(output);
    write(&beside, format!("{public}\n").as_bytes())?;
    shell.say(&public);
    shell.json(&json!({ "public": public, "file": output, "public_file": beside }));
    Ok(Verdict::Holds)
}

/// `chair.key.pem` has `chair.pub` beside it, `centre.identity.txt` has `centre.identity.pub`.
fn public_beside(private: &Path) -> PathBuf {
    let name = private.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let endings = [".key.pem", ".pem", ".txt"];
    let stem = endings.iter().find_map(|end| name.strip_suffix(end)).filter(|stem| !stem.is_empty()).unwrap_or(&name);
    private.with_file_name(format!("{stem}.pub"))
}

/// Neither a private key nor the public one beside it is ever overwritten.
fn absent(path: &Path, next: &'static str) -> Result<()> {
    for path in [path.to_owned(), public_beside(path)] {
        if path.exists() {
            return Err(Failure::new("key.exists", "the file exists", next).at(path.display()));
        }
    }
    Ok(())
}

fn split(shell: &Shell, path: &Path, threshold: u8, count: u8, output: &Path) -> Result {
    let identity = inputs::identity(path)?;
    let made = shares::split(&identity, threshold, count, &SystemEntropy)?;
    let mut rows = Vec::new();
    for share in &made {
        let file = output.join(format!("share-{}.txt", share.index()));
        absent(&file, "name an empty folder; a share is never overwritten")?;
        write_private(&file, format!("{}\n", *share.to_text()).as_bytes())?;
        write(&public_beside(&file), format!("{}\n", share.commitment()).as_bytes())?;
        shell.say(format_args!("{} {}", file.display(), share.commitment()));
        rows.push(json!({ "file": file, "commitment": share.commitment() }));
    }
    shell.tell(
        "{} of these open it. Hand each to its commissioner, and destroy {}.",
        &[text(threshold), text(path.display())],
    );
    let commitments: Vec<Digest> = made.iter().map(shares::Share::commitment).collect();
    shell.json(&json!({ "threshold": threshold, "commitments": commitments, "shares": rows }));
    Ok(Verdict::Holds)
}

fn join(shell: &Shell, files: &[PathBuf], commitments: Option<&Path>) -> Result {
    let mut parsed = Vec::new();
    for file in files {
        let text = String::from_utf8_lossy(&read(file)?).into_owned();
        let line = text.lines().map(str::trim).find(|l| l.starts_with("SANAD-SHARE")).unwrap_or(text.trim());
        parsed.push(line.parse::<shares::Share>().at(file.display())?);
    }
    let known = commitments.map(commitments_of).transpose()?.unwrap_or_default();
    let identity = shares::join(&parsed, &known)?;
    let text = identity.to_text();
    // What was asked for is printed under --quiet too; a reader that has gone away is no error of ours.
    shell.found(text.as_str());
    shell.json(&json!({ "identity": text.as_str() }));
    Ok(Verdict::Holds)
}

fn list(shell: &Shell, dir: &Path) -> Result {
    let (folder, def) = inputs::definition(dir)?;
    let lists = inputs::key_lists(dir, &folder, &def)?;
    let devices = lists.devices.iter().map(|d| ("device", d.device.to_string(), d.key.clone()));
    let people = lists.people.iter().map(|p| ("person", p.person.to_string(), p.key.clone()));
    let services = lists.services.iter().map(|s| ("service", s.service.as_str().to_owned(), s.key.clone()));
    let witnesses = lists.witnesses.iter().map(|w| ("witness", w.witness.to_string(), w.key.clone()));
    let recipients = lists.recipients.iter().map(|r| ("recipient", r.recipient.to_string(), r.age.clone()));
    let shares = lists.shares.iter().map(|s| ("share", s.person.to_string(), s.commitment.to_string()));
    let all: Vec<_> = devices.chain(people).chain(services).chain(witnesses).chain(recipients).chain(shares).collect();
    for (kind, owner, key) in &all {
        shell.say(format_args!("{kind:9} {owner:24} {key}"));
    }
    let rows = all.iter().map(|(kind, owner, key)| json!({ "kind": kind, "owner": owner, "key": key }));
    shell.json(&json!({ "keys": rows.collect::<Vec<_>>() }));
    Ok(Verdict::Holds)
}

/// An authority and what it issues, each as NAME.pem and NAME.key.pem. A leaked one forges nothing: packages and
/// receipts carry signatures of their own.
pub fn write_certificates(dir: &Path, name: &str, hosts: &[&str], days: u16) -> Result<()> {
    let today = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let day = |days: i64| today.saturating_add(jiff::Span::new().days(days));
    let authority = Authority::new(name, day(-1), day(days.into()))?;
    let issued = [
        ("authority", authority.own()),
        ("intake", authority.issue("intake", Purpose::Server, hosts)?),
        ("relay", authority.issue("relay", Purpose::Client, &[])?),
    ];
    for (name, certificate) in issued {
        write(&dir.join(format!("{name}.pem")), certificate.certificate.as_bytes())?;
        write_private(&dir.join(format!("{name}.key.pem")), certificate.key.as_bytes())?;
    }
    Ok(())
}

fn file_key(kind: KeyKind, comment: &str) -> Result<(String, String)> {
    let key = FileKey::generate(kind)?;
    Ok((key.to_pem(comment)?.to_string(), key.public_key().to_string()))
}

fn commitments_of(path: &Path) -> Result<Vec<Digest>> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    // A list of digests, or keys/shares.csv itself: the commitment is the last cell.
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("sha256:")).collect();
    let next = "give keys/shares.csv of the frozen definition";
    if lines.is_empty() {
        return Err(Failure::new("key.commitment", "no commitment is in this file", next).at(path.display()));
    }
    lines
        .into_iter()
        .map(|line| line.rsplit(',').next().unwrap_or(line).trim().parse())
        .collect::<std::result::Result<_, election::DigestError>>()
        .map_err(|e| Failure::new("key.commitment", e.to_string(), next).at(path.display()))
}

/// Writes a private file that only its owner may read: never readable by others, not even for a moment.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    durable::write_private(path, bytes).map_err(|failed| file_failure(path, failed.source()))
}
