//! Where the log lies: in the service's folder, or in an S3 bucket.

use std::io::ErrorKind;
use std::path::PathBuf;

use election::Digest;
use log::{FolderStore, ObjectStore, Store};

use crate::s3::S3;
use crate::sequencer::LOG;
use crate::{Config, Error, StoreConfig};

/// The log's files.
pub(crate) type LogFiles = Box<dyn Store + Send + Sync>;

/// The file in the folder that remembers in which bucket the log has begun.
const REMEMBERED: &str = "log-store.txt";

/// The place of the log. A log that has begun somewhere is not begun anew in another place: that would be a second
/// history under the same key.
pub(crate) struct Place<'a> {
    folder: PathBuf,
    store: Option<&'a StoreConfig>,
    remembered: PathBuf,
    /// It is known that a log has begun here.
    pub(crate) begun: bool,
}

impl<'a> Place<'a> {
    /// # Errors
    /// [`Error::Store`] where the log has begun in another place than the configuration names.
    pub(crate) fn of(config: &'a Config) -> Result<Self, Error> {
        let (folder, remembered) = (config.folder.join(LOG), config.folder.join(REMEMBERED));
        let known = match std::fs::read_to_string(&remembered) {
            Ok(text) => Some(text.trim_end().to_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(Error::storage(format!("reading {}", remembered.display()))(error)),
        };
        let named = config.store.as_ref().map(address);
        match (&named, &known) {
            (Some(_), _) if folder.join("checkpoint").exists() => {
                return Err(Error::Store("the log has begun in the folder, and goes on there".to_owned()));
            }
            (_, Some(known)) if named.as_ref() != Some(known) => {
                return Err(Error::Store(format!("the log has begun in {known}, and goes on there")));
            }
            _ => {}
        }
        let begun = known.is_some();
        Ok(Place { folder, store: config.store.as_ref(), remembered, begun })
    }

    pub(crate) fn files(&self) -> Result<LogFiles, Error> {
        let Some(store) = self.store else { return Ok(Box::new(FolderStore::new(&self.folder))) };
        let mut writer = [0; 32];
        aws_lc_rs::rand::fill(&mut writer).map_err(|_| Error::Sign("no random numbers".to_owned()))?;
        Ok(Box::new(ObjectStore::new(S3::new(store)?, &Digest(writer).hex())))
    }

    /// Once there is a log here.
    pub(crate) fn remember(&self) -> Result<(), Error> {
        match self.store {
            Some(store) if !self.begun => {
                Ok(durable::write(&self.remembered, format!("{}\n", address(store)).as_bytes())?)
            }
            _ => Ok(()),
        }
    }
}

/// One bucket and prefix has one address, and no credentials are in it.
fn address(store: &StoreConfig) -> String {
    let (endpoint, prefix) = (store.endpoint.trim_end_matches('/'), store.prefix.trim_matches('/'));
    format!("{endpoint}/{}/{prefix}", store.bucket)
}
