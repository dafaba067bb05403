//! Folders on disk.

use std::fs;

use crate::common::{frozen, small};
use sanad_election::Folder;

#[test]
fn what_is_saved_is_loaded() {
    let dir = tempfile::tempdir().unwrap();
    frozen().save(dir.path()).unwrap();
    fs::write(dir.path().join("notes.md"), "not of the definition").unwrap();
    fs::write(dir.path().join(".~lock.stations.csv"), "a spreadsheet's").unwrap();
    assert_eq!(Folder::load(dir.path()).unwrap(), frozen());
}

#[test]
fn only_ordinary_files_of_the_right_name_and_size_are_loaded() {
    let codes = |folder: Result<Folder, Vec<sanad_election::Problem>>| -> Vec<String> {
        folder.unwrap_err().iter().map(|p| format!("{} {}", p.place, p.code)).collect()
    };
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(codes(Folder::load(dir.path())), ["election.toml E.101"]);
    small().save(dir.path()).unwrap();
    fs::remove_file(dir.path().join("offices.csv")).unwrap();
    fs::create_dir(dir.path().join("offices.csv")).unwrap();
    fs::rename(dir.path().join("lists.csv"), dir.path().join("Lists.CSV")).unwrap();
    fs::write(dir.path().join("election.toml"), vec![b'#'; 300 * 1024]).unwrap();
    #[cfg(unix)]
    {
        fs::remove_file(dir.path().join("people.csv")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", dir.path().join("people.csv")).unwrap();
        assert_eq!(
            codes(Folder::load(dir.path())),
            ["Lists.CSV E.103", "election.toml E.102", "offices.csv E.101", "people.csv E.101"]
        );
    }
}

#[cfg(unix)]
#[test]
fn the_manifest_is_what_the_docs_say() {
    let docs = include_str!("../../../../docs/definition.md");
    let line = docs.lines().find(|line| line.starts_with("find . ")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    frozen().save(dir.path()).unwrap();
    let run = std::process::Command::new("sh").arg("-c").arg(line).current_dir(dir.path()).output().unwrap();
    assert_eq!(String::from_utf8(run.stdout).unwrap(), format!("{}  -\n", frozen().digest().hex()));
}
