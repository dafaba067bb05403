//! `sanad key`: keys, the centre's identity, and the shares of it.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use election::Digest;
use intake::certificates::{Authority, Purpose};
use serde_json::json;
use sign::identity::Identity;
use sign::{FileKey, KeyKind, Signer, SystemEntropy, shares};

use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, file_failure, read, write};

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
    New {
        /// What it is for
        #[arg(long, value_enum, default_value = "p256")]
        kind: Kind,
        /// Where the private key is written
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// A line of comment in the file, such as DEMO
        #[arg(long, default_value = "")]
        comment: String,
    },
    /// Split an identity among commissioners
    Split {
        /// The identity
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
        /// As many shares as open it
        #[arg(long)]
        threshold: u8,
        /// As many shares in all
        #[arg(long)]
        shares: u8,
        /// The folder for the shares
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Join shares; the identity goes to standard output, for a pipe into age -i, and nowhere else
    Join {
        /// Files with a share each
        #[arg(required = true, value_name = "SHARE")]
        shares: Vec<PathBuf>,
        /// The commitments, sha256:… a line: a false card is named
        #[arg(long, value_name = "FILE")]
        commitments: Option<PathBuf>,
    },
    /// Make certificates for the transport: an authority, the receiving service's, and a relay's
    Tls {
        /// Names or addresses that the receiving service answers to
        #[arg(long = "host", required = true)]
        hosts: Vec<String>,
        /// Valid for so many days
        #[arg(long, default_value_t = 90)]
        days: u16,
        /// The folder to write to
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
    /// The public keys in a frozen definition, by owner
    List {
        /// The folder of the definition
        dir: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Key) -> Result {
    match command {
        Key::New { kind, output, comment } => {
            if output.exists() {
                let what = format!("{}: the file exists", output.display());
                return Err(Failure::new("key.exists", what, "choose another name; a key is never overwritten"));
            }
            sign::entropy::start_up(&SystemEntropy)?;
            let (private, public) = match kind {
                Kind::Identity => {
                    let identity = Identity::generate();
                    (format!("{}\n", *identity.to_text()), identity.recipient().to_string())
                }
                Kind::P256 => file_key(KeyKind::P256, &comment)?,
                Kind::Ed25519 => file_key(KeyKind::Ed25519, &comment)?,
            };
            write_private(&output, private.as_bytes())?;
            shell.say(&public);
            if shell.json {
                shell.json(&json!({ "public": public, "file": output }));
            }
        }
        Key::Split { identity, threshold, shares: count, output } => {
            let text = String::from_utf8_lossy(&read(&identity)?).trim().to_owned();
            let identity = Identity::parse(&text).at(identity.display())?;
            let made = shares::split(&identity, threshold, count, &SystemEntropy)?;
            for share in &made {
                let path = output.join(format!("share-{}.txt", share.index()));
                write_private(&path, format!("{}\n", *share.to_text()).as_bytes())?;
                shell.say(format_args!("{} {}", path.display(), share.commitment()));
            }
            if shell.json {
                let commitments: Vec<Digest> = made.iter().map(shares::Share::commitment).collect();
                shell.json(&json!({ "threshold": threshold, "commitments": commitments }));
            }
        }
        Key::Join { shares: files, commitments } => {
            let mut parsed = Vec::new();
            for file in &files {
                let text = String::from_utf8_lossy(&read(file)?).into_owned();
                let line = text.lines().map(str::trim).find(|l| l.starts_with("SANAD-SHARE")).unwrap_or(text.trim());
                parsed.push(line.parse::<shares::Share>().at(file.display())?);
            }
            let known = commitments.map(|path| commitments_of(&path)).transpose()?.unwrap_or_default();
            let identity = shares::join(&parsed, &known)?;
            println!("{}", *identity.to_text());
        }
        Key::Tls { hosts, days, output } => {
            let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
            write_certificates(&output, "Sanad transport authority", &hosts, days)?;
            shell.say(format_args!("authority, intake and relay certificates in {}", output.display()));
        }
        Key::List { dir } => {
            let (folder, def) = inputs::definition(shell, &dir)?;
            let lists = election::KeyLists::read(&folder, &def)
                .map_err(|problems| inputs::definition_failure(shell, &dir, &problems))?;
            let devices = lists.devices.iter().map(|d| ("device", d.device.to_string(), d.key.clone()));
            let people = lists.people.iter().map(|p| ("person", p.person.to_string(), p.key.clone()));
            let services = lists.services.iter().map(|s| ("service", s.service.as_str().to_owned(), s.key.clone()));
            let witnesses = lists.witnesses.iter().map(|w| ("witness", w.witness.to_string(), w.key.clone()));
            let all: Vec<_> = devices.chain(people).chain(services).chain(witnesses).collect();
            for (kind, owner, key) in &all {
                shell.say(format_args!("{kind:8} {owner:24} {key}"));
            }
            if shell.json {
                let rows = all.iter().map(|(kind, owner, key)| json!({ "kind": kind, "owner": owner, "key": key }));
                shell.json(&json!({ "keys": rows.collect::<Vec<_>>() }));
            }
        }
    }
    Ok(Verdict::Holds)
}

/// An authority and what it issues, each as NAME.pem and NAME.key.pem. A leaked one forges nothing: packages and
/// receipts carry signatures of their own.
pub fn write_certificates(dir: &std::path::Path, name: &str, hosts: &[&str], days: u16) -> Result<()> {
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

fn commitments_of(path: &std::path::Path) -> Result<Vec<Digest>> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    // A list of digests, or keys/shares.csv itself: the commitment is the last cell.
    let lines = text.lines().filter(|line| line.contains("sha256:"));
    lines
        .map(|line| line.rsplit(',').next().unwrap_or(line).trim().parse())
        .collect::<std::result::Result<_, election::DigestError>>()
        .map_err(|e| {
            Failure::new("key.commitment", e.to_string(), "give keys/shares.csv of the frozen definition")
                .at(path.display())
        })
}

/// Writes a private file that only its owner may read.
fn write_private(path: &std::path::Path, bytes: &[u8]) -> Result<()> {
    write(path, bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(|e| file_failure(path, &e))?;
    }
    Ok(())
}
