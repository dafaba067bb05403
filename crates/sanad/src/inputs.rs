//! Inputs that several commands share: folders of definitions, keys, the clock.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use election::{Definition, Digest, Folder, KeyLists, Problem, Role};
use record::docket::{DocketProblem, SuccessionProblem};
use record::{Frozen, Signatories, frozen::FrozenError};
use sign::{FileKey, Signer};

use crate::shell::{At, Failure, Result, read};

/// Reads the folder of a definition, telling every problem.
pub fn folder(dir: &Path) -> Result<Folder> {
    Folder::load(dir).map_err(|problems| definition_failure(dir, &problems))
}

/// Reads a definition, telling every problem.
pub fn definition(dir: &Path) -> Result<(Folder, Definition)> {
    let folder = folder(dir)?;
    let definition = election::read(&folder).map_err(|problems| definition_failure(dir, &problems))?;
    Ok((folder, definition))
}

/// The key lists of a frozen definition, telling every problem.
pub fn key_lists(dir: &Path, folder: &Folder, definition: &Definition) -> Result<KeyLists> {
    KeyLists::read(folder, definition).map_err(|problems| definition_failure(dir, &problems))
}

/// A frozen definition with its key lists, telling every problem.
pub fn frozen(dir: &Path) -> Result<(Folder, Frozen)> {
    let folder = folder(dir)?;
    let frozen = Frozen::of(&folder).map_err(|error| match error {
        FrozenError::Definition(problems) => definition_failure(dir, &problems),
        other => Failure::from(other).at(dir.display()),
    })?;
    Ok((folder, frozen))
}

/// Every problem, and one failure that sums them up.
pub fn definition_failure(dir: &Path, problems: &[Problem]) -> Failure {
    let code = problems.first().map_or("E.100", |p| p.code);
    let what = format!("problems in the definition, listed above: {}", problems.len());
    Failure::new(code, what, "correct each line named, then run `sanad election check` again")
        .at(dir.display())
        .with(dir, problems)
}

/// An id that nothing has; the nearest one is shown, and never taken in its place.
pub fn unknown<'a>(code: &'static str, what: String, id: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let next = match election::nearest(id, known) {
        Some(near) => format!("the nearest is '{near}'; write the id as the definition has it"),
        None => "write the id as the definition has it".to_owned(),
    };
    Failure::new(code, what, next)
}

/// What statements and slips name of this program: its version, and the SHA-256 of the file that runs. Where the system does not give
/// that file, the version alone, which is compared with nothing.
pub fn build() -> String {
    static BUILD: LazyLock<String> = LazyLock::new(|| {
        let words = format!("sanad {}", env!("CARGO_PKG_VERSION"));
        program().map_or(words.clone(), |program| package::named_build(&words, &program))
    });
    BUILD.clone()
}

/// SHA-256 of the program that runs. Linux opens it also where another file has taken its place meanwhile.
pub fn program() -> Option<Digest> {
    let bytes = std::fs::read("/proc/self/exe").or_else(|_| std::env::current_exe().and_then(std::fs::read));
    bytes.ok().map(|bytes| sign::sha256(&bytes))
}

/// Reads a private key.
pub fn key(path: &Path) -> Result<FileKey> {
    let not_pem = || {
        Failure::new("key.form", "this is not a PEM file", "give the private key that `sanad key new` wrote")
            .at(path.display())
    };
    let pem = String::from_utf8(read(path)?).map_err(|_| not_pem())?;
    if pem.trim().starts_with("AGE-SECRET-KEY") || pem.contains("\nAGE-SECRET-KEY") {
        let next = "give the PEM file of a device, person or service; an identity opens packages and signs nothing";
        return Err(Failure::new("key.identity", "this is an identity, not a key that signs", next).at(path.display()));
    }
    FileKey::from_pem(&pem).at(path.display())
}

/// Reads several private keys; the same file twice is one signature.
pub fn keys(paths: &[PathBuf]) -> Result<Vec<FileKey>> {
    for (place, path) in paths.iter().enumerate() {
        if paths[..place].contains(path) {
            let next = "give the key files of different people";
            return Err(Failure::new("key.twice", "this key is given twice", next).at(path.display()));
        }
    }
    paths.iter().map(|path| key(path)).collect()
}

/// The keys of people who must all have one role, each of another person.
pub fn keys_of(people: &Signatories, role: Role, paths: &[PathBuf]) -> Result<Vec<FileKey>> {
    let (keys, _) = keys_among(people, &[role], role_word(role), paths)?;
    Ok(keys)
}

/// The keys of a panel: a member of the board and as many officers as sign a decision, each of another person.
pub fn keys_of_panel(people: &Signatories, paths: &[PathBuf]) -> Result<Vec<FileKey>> {
    let (keys, roles) = keys_among(people, &[Role::Board, Role::Officer], "board or officer", paths)?;
    let of = |role: Role| roles.iter().filter(|own| **own == role).count();
    let needed = people.officers;
    let have = [of(Role::Board), of(Role::Officer)];
    if have[0] < 1 || have[1] < needed {
        let what = format!(
            "a panel is a member of the board and {needed} officers; {} of the board and {} officers have signed",
            have[0], have[1]
        );
        return Err(Failure::new("record.threshold", what, "have the others sign it as well"));
    }
    Ok(keys)
}

/// The keys of people who have one of `roles`, each of another person, and the role of each. `word` names the roles.
fn keys_among(
    signatories: &Signatories,
    roles: &[Role],
    word: &'static str,
    paths: &[PathBuf],
) -> Result<(Vec<FileKey>, Vec<Role>)> {
    let keys = keys(paths)?;
    let (mut people, mut found) = (Vec::new(), Vec::new());
    for (key, path) in keys.iter().zip(paths) {
        let id = key.public_key().id();
        if let Some(gone) = signatories.ended.get(&id) {
            return Err(Failure::from(DocketProblem::from(SuccessionProblem::Ended(gone.clone()))).at(path.display()));
        }
        let Some((person, role)) = signatories.person(&id) else {
            let next = "give the key of a person who is listed in keys/people.csv of the frozen definition";
            return Err(
                Failure::new("key.unlisted", "no person of this election has this key", next).at(path.display())
            );
        };
        if !roles.contains(&role) {
            let what = format!("{person} may not sign this: it takes the role {word}");
            let next = "give the key of a person who has that role in people.csv";
            return Err(Failure::new("key.role", what, next).at(path.display()));
        }
        if people.contains(&person) {
            let what = format!("{person} signs once, however many files hold the key");
            return Err(Failure::new("key.twice", what, "give the key files of different people").at(path.display()));
        }
        people.push(person);
        found.push(role);
    }
    Ok((keys, found))
}

/// The word of people.csv.
fn role_word(role: Role) -> &'static str {
    match role {
        Role::Board => "board",
        Role::Officer => "officer",
        Role::Commissioner => "commissioner",
        Role::Agent => "agent",
    }
}

/// Keys as signers.
pub fn signers(keys: &[FileKey]) -> Vec<&dyn Signer> {
    keys.iter().map(|key| key as &dyn Signer).collect()
}

/// An identity: the first line of the file that is neither empty nor a comment; `-` reads standard input.
pub fn identity(path: &Path) -> Result<sign::identity::Identity> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .map_err(|e| crate::shell::file_failure(path, &e))?;
        bytes
    } else {
        read(path)?
    };
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    sign::identity::Identity::parse(line).at(path.display())
}

/// The clock of this machine, RFC 3339 to the second. Shown in leaves, never relied upon.
pub fn clock() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An election fingerprint: `sha256:…`, or a file that holds it.
pub fn fingerprint(text: &str) -> Result<Digest> {
    let hint = "give the fingerprint as the gazette prints it, sha256: and 64 digits, or a file that holds it";
    let refused = |e: election::DigestError| Failure::new("fingerprint", e.to_string(), hint);
    if text.starts_with("sha256:") {
        return text.parse().map_err(refused);
    }
    let path = Path::new(text);
    let bytes = read(path)?;
    // Of a wrong file only the beginning is shown.
    let line: String = String::from_utf8_lossy(&bytes).trim().chars().take(80).collect();
    line.parse().map_err(refused).at(path.display())
}
