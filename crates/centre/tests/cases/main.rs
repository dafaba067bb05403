//! The isolated room against what may be carried into it, written to its disk or asked of it, with real packages by
//! real keys. Tests are named after the hostile case that they answer.

mod append;
mod before_polls;
mod codes;
mod common;
mod council;
mod disk;
mod docket;
mod equipment;
mod evidence;
mod isolation;
mod matching;
mod order;
mod privacy;
mod rotation;
mod rules;
mod sticks;
mod transmission;
