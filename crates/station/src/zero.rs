//! The zero report.
use crate::error::StationError;
use crate::state::UnixTime;
use crate::station::Station;

pub(crate) fn zero_json(_station: &Station, now: UnixTime) -> Result<String, StationError> {
    Ok(format!("{{\"untrusted_time\":{now}}}"))
}
