//! A paper whose number and date two registrars read, each by himself, before it takes effect.

use clap::Args;
use election::PlainDate;

use crate::inputs;
use crate::shell::{Failure, Result};

/// What both have read.
#[derive(Args)]
pub struct ReadBack {
    /// The number on the paper
    #[arg(long, value_name = "TEXT")]
    number: String,
    /// The date on the paper: 2018-04-20
    #[arg(long, value_name = "DATE")]
    dated: PlainDate,
    /// The number once more, as the second registrar reads it from the paper
    #[arg(long, value_name = "TEXT")]
    read_back: String,
    /// The date once more, as the second registrar reads it from the paper
    #[arg(long, value_name = "DATE")]
    read_back_dated: PlainDate,
}

impl ReadBack {
    /// The number and the date, where both have read the same, and of a day that has come.
    ///
    /// # Errors
    /// `register.read_back`, `register.ahead`.
    pub fn agreed(self) -> Result<(String, PlainDate)> {
        let ReadBack { number, dated, read_back, read_back_dated } = self;
        if (&number, dated) != (&read_back, read_back_dated) {
            let what =
                format!("the second registrar reads {read_back} of {read_back_dated}, the first {number} of {dated}");
            return Err(Failure::new("register.read_back", what, "look at the paper together, then enter it again"));
        }
        // Papers stand in the order of their dates: a slip of the pen would go before every other until then.
        if dated.is_ahead_of(&inputs::clock()) {
            let what = format!("the paper {number} is dated {dated}, after the day on which it is entered");
            return Err(Failure::new(
                "register.ahead",
                what,
                "compare the date with the paper, and the clock of this machine",
            ));
        }
        Ok((number, dated))
    }
}
