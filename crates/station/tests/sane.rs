//! A real `scanimage` with SANE's own virtual scanners: `pnm`, which scans a file, and `test`, which has a feeder.

use std::path::Path;
use std::process::Command;

use ballot::{Gray, decode};
use election::Coded as _;
use station::{Sane, SaneError};

/// SANE is told of its virtual scanners by a folder of its own; only this process and its children see it.
fn scanner(device: &str, options: &[(&str, &str)]) -> Sane {
    let installed = Command::new("scanimage").arg("--version").output().is_ok_and(|output| output.status.success());
    assert!(installed, "install scanimage, on Debian with: sudo apt-get install sane-utils");
    let options = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Sane { device: device.to_owned(), options }
}

fn pages(sane: &Sane, folder: &Path) -> Result<Vec<Vec<u8>>, SaneError> {
    sane.scan(folder)?.collect()
}

/// `SANE_CONFIG_DIR` is read by scanimage; the test runs itself again with it, since setting it here is unsafe.
fn with_virtual_scanners(test: &str) -> bool {
    if std::env::var_os("SANE_CONFIG_DIR").is_some() {
        return true;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dll.conf"), "pnm\ntest\n").unwrap();
    let own = std::env::current_exe().unwrap();
    let status = Command::new(own).args([test, "--exact"]).env("SANE_CONFIG_DIR", folder.path()).status().unwrap();
    assert!(status.success(), "{test} with virtual scanners");
    false
}

#[test]
fn a_feeder_is_emptied_page_after_page() {
    if !with_virtual_scanners("a_feeder_is_emptied_page_after_page") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let incoming = folder.path().join("incoming");
    let options =
        [("mode", "Gray"), ("resolution", "100"), ("x", "200"), ("y", "200"), ("source", "Automatic Document Feeder")];
    let sane = scanner("test", &options);
    let pages = pages(&sane, &incoming).unwrap();
    // SANE's frontend-tester has ten sheets in its feeder.
    assert_eq!(pages.len(), 10);
    let images: Vec<Gray> = pages.iter().map(|page| decode(page).unwrap()).collect();
    assert!(
        images.iter().all(|image| (780..800).contains(&image.width) && image.pixels.iter().all(|pixel| *pixel < 5))
    );
    assert!(!incoming.exists(), "no page is left behind");
}

#[test]
fn a_scan_that_is_dropped_leaves_nothing_behind() {
    if !with_virtual_scanners("a_scan_that_is_dropped_leaves_nothing_behind") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let incoming = folder.path().join("incoming");
    std::fs::create_dir(&incoming).unwrap();
    std::fs::write(incoming.join("000001.pnm"), "of a scan that a loss of power cut short").unwrap();
    let mut pages = scanner("test", &[("source", "Automatic Document Feeder")]).scan(&incoming).unwrap();
    assert!(pages.next().unwrap().unwrap().starts_with(b"P5"), "the old page is not taken for one");
    drop(pages);
    assert!(!incoming.exists());
}

#[test]
fn what_a_scanner_refuses_is_told() {
    if !with_virtual_scanners("what_a_scanner_refuses_is_told") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let reason = |sane: &Sane| pages(sane, &folder.path().join("incoming")).unwrap_err();
    assert_eq!(reason(&scanner("nobody:0", &[])).code(), "sane.stopped");
    assert_eq!(reason(&scanner("test", &[("no-such-option", "1")])).code(), "sane.stopped");
    assert_eq!(reason(&scanner("test", &[("a b", "1")])).code(), "sane.option");
    assert_eq!(reason(&scanner("test", &[("--mode", "Gray")])).code(), "sane.option");
    let jammed = reason(&scanner("test", &[("read-return-value", "SANE_STATUS_JAMMED")]));
    assert!(jammed.code() == "sane.stopped" && jammed.to_string().contains("jam"), "{jammed}");
    assert_eq!(reason(&scanner("test", &[("read-return-value", "SANE_STATUS_NO_DOCS")])).code(), "sane.empty");
}

#[test]
fn a_scanned_sheet_arrives_as_it_was() {
    if !with_virtual_scanners("a_scanned_sheet_arrives_as_it_was") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (width, height) = (800u32, 900u32);
    let pixels: Vec<u8> = (0..width * height).map(|i| (i % 251) as u8).collect();
    let file = folder.path().join("sheet.pgm");
    std::fs::write(&file, [format!("P5\n{width} {height}\n255\n").as_bytes(), &pixels].concat()).unwrap();
    let sane = scanner("pnm:0", &[("filename", file.to_str().unwrap())]);
    let pages = pages(&sane, &folder.path().join("incoming")).unwrap();
    assert_eq!(pages.len(), 1);
    assert_eq!(decode(&pages[0]).unwrap(), Gray { width, height, pixels });
}
