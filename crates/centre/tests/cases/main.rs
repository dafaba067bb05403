//! The isolated room against what may be carried into it, written to its disk or asked of it, with real packages by
//! real keys. Tests are named after the hostile case that they answer.

mod append;
mod common;
mod disk;
mod matching;
mod order;
mod sticks;
