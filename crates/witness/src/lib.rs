//! A witness: a party's, an observer's or a court's machine that signs what it has seen of the election's logs.
//!
//! [`Desk`] is its folder: the key, the logs it watches, and the checkpoint of each that it cosigned last. A request
//! may be carried in as a file or come over HTTP; both are judged here, by the same rules over the same memory, one at a
//! time. What was seen is durable before a cosignature is given out: a witness that forgets could sign two histories.
//!
//! # The service
//!
//! [C2SP tlog-witness](https://c2sp.org/tlog-witness): `POST /add-checkpoint` takes `old SIZE`, proof lines, an empty line and the
//! checkpoint. It reads nothing secret and gives out nothing that its key has not signed, so it speaks plain HTTP; whoever
//! wants TLS puts a web server before it.
//!
//! | answer | when |
//! | --- | --- |
//! | 200 | cosigned: the body is the signature line |
//! | 400 | no request, or an old size above that of the checkpoint |
//! | 403 | the checkpoint is not signed by the key of that log |
//! | 404 | a log that is not watched, or another address |
//! | 409 | another old size than was seen last, or a second history of the same size: the body is the size seen |
//! | 413, 408 | a body over 64 KiB, or one that comes too slowly |
//! | 422 | the consistency proof does not hold |
//! | 500 | the witness's own files: nothing was signed |

mod desk;
mod error;
mod server;

pub use desk::Desk;
pub use error::Error;
pub use server::{Lines, Server, Stop, stop};
