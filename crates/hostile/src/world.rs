//! A small frozen election with keys that are made when the process starts: nothing secret lies in a corpus.

use std::sync::LazyLock;

use election::StationId;
use package::slip::SlipFigures;
use package::{Expected, Salt, StationResults};
use testing::World;

/// The election of `examples/minimal`, and everyone's keys.
pub static WORLD: LazyLock<World> = LazyLock::new(|| World::of(election::scaffold()));

/// Its stations; `d` and the id is the device of each.
pub const STATIONS: [&str; 2] = ["0101", "0102"];

/// Empty results of a station, told from others by their salt.
pub fn results(station: &str, number: u8) -> StationResults {
    let id: StationId = station.parse().expect("an id");
    let expected = Expected::of(&WORLD.frozen.definition, &id).expect("a station of the example");
    let device = format!("d{station}").parse().expect("an id");
    StationResults::zero(&expected, &WORLD.frozen.definition.scope, &device, 1, Salt([number; 32]))
}

/// The texts of a slip of these results, signed by its device.
pub fn slip(station: &str, number: u8) -> Vec<String> {
    let results = results(station, number);
    let figures = SlipFigures::of(&results, &results, WORLD.fingerprint, "test");
    figures.sign(&WORLD.keys[&format!("d{station}")]).expect("the key signs")
}
