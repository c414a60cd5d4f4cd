//! A token that is read from a file.

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::time::Instant;

use super::{Kept, Token};
use crate::error::{Error, ErrorKind};
use crate::traces;

/// The maximum size of the file, in bytes. It is larger than a header that a server accepts (our decision).
const MAX_SIZE: u64 = 64 << 10;

/// A file with a token.
pub(crate) struct TokenFile {
    path: PathBuf,
    /// The token that was read last, and the metadata of the file from before that.
    last: Mutex<Option<(Stamp, Kept)>>,
}

/// The metadata that changes when a file is written or replaced.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl TokenFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, last: Mutex::default() }
    }

    fn last(&self) -> MutexGuard<'_, Option<(Stamp, Kept)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the token. Reads the file if its metadata has changed or the token is about to expire.
    pub(super) fn get(&self) -> Result<Token, Error> {
        let now = Instant::now();
        let stamp = self.stamp().ok();
        let last = self.last().clone();
        if let Some((_, kept)) = last.as_ref().filter(|(read, kept)| stamp == Some(*read) && kept.is_fresh(now)) {
            return Ok(kept.token.clone());
        }
        self.renew().or_else(|error| match last.filter(|(_, kept)| kept.is_valid(now)) {
            Some((_, kept)) => {
                traces::token_failed(1, None, &error);
                Ok(kept.token)
            }
            None => Err(error),
        })
    }

    fn renew(&self) -> Result<Token, Error> {
        let path = self.path.display();
        let (stamp, text) = self.read().map_err(|cause| {
            let error = Error::new(ErrorKind::Token, format!("the token file {path} cannot be read"));
            error.with_source(cause).transient(true)
        })?;
        let mut last = self.last();
        let kept = Kept::new(text.into(), 0).map_err(|problem| {
            // It is read again only after another change.
            last.iter_mut().for_each(|(read, _)| *read = stamp);
            Error::new(ErrorKind::Token, format!("the token file {path} holds no usable token: {problem}"))
        })?;
        Ok(last.insert((stamp, kept)).1.token.clone())
    }

    /// Forgets a token that the server refused, unless the file has been read again already.
    pub(super) fn refuse(&self, token: &Token) {
        self.last().take_if(|(_, kept)| kept.token == *token);
    }

    fn stamp(&self) -> io::Result<Stamp> {
        let metadata = fs::metadata(&self.path)?;
        // Opening a pipe or a device could block for ever.
        if !metadata.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        Ok(Stamp { size: metadata.len(), modified: metadata.modified().ok() })
    }

    /// Reads the token, and the metadata from before the read: if the file changes during the read, it is read again. A file of
    /// a few kilobytes is read in less time than it takes to hand the read to another thread, so it blocks.
    fn read(&self) -> io::Result<(Stamp, String)> {
        let stamp = self.stamp()?;
        let mut bytes = Vec::new();
        fs::File::open(&self.path)?.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_SIZE {
            return Err(io::Error::other(format!("it is larger than {MAX_SIZE} bytes")));
        }
        // What is not text is refused later, as a token that cannot be sent.
        let text = String::from_utf8_lossy(&bytes);
        let token = text.trim_end_matches(['\r', '\n']);
        if token.is_empty() {
            // The file is empty for a moment while it is written.
            return Err(io::Error::other("it is empty"));
        }
        Ok((stamp, token.to_owned()))
    }
}
