//! A token that is read from a file.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::{AccessToken, TokenFuture, TokenProvider};

/// The maximum size of the file, in bytes. It is larger than a header that a server accepts (our decision).
const MAX_SIZE: u64 = 64 << 10;

/// A file with a token, and its metadata when it was last read.
#[derive(Debug)]
pub(super) struct TokenFile {
    path: PathBuf,
    read: Mutex<Option<Stamp>>,
}

/// The metadata that changes when a file is written or replaced.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl TokenFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, read: Mutex::default() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns `true` if the metadata of the file has changed since it was read, or if the file does not exist. The
    /// file is not opened.
    pub(super) fn has_changed(&self) -> bool {
        let read = *self.read.lock().unwrap_or_else(PoisonError::into_inner);
        self.stamp().ok() != read
    }

    fn stamp(&self) -> io::Result<Stamp> {
        let metadata = fs::metadata(&self.path)?;
        // Opening a pipe or a device could block for ever.
        if !metadata.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        Ok(Stamp { size: metadata.len(), modified: metadata.modified().ok() })
    }

    /// Reads the token. A file of a few kilobytes is read in less time than it takes to hand the read to another thread, which
    /// would need tokio's `fs` and `rt`; so it blocks.
    fn read(&self) -> io::Result<String> {
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
        // The metadata from before the read: if the file changes during the read, it is read again.
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some(stamp);
        Ok(token.to_owned())
    }
}

impl TokenProvider for TokenFile {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { Ok(AccessToken::from(self.read()?)) })
    }
}
