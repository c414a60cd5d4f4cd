//! The types of the API, generated from `spec/`, and everything that follows from the document alone: validation, drift,
//! paths. Nothing here does I/O or reads a clock. Start at [`kind`] for what the build knows of a kind of resource.

mod accessors;
pub(crate) mod drift;
pub(crate) mod format;
pub mod generated;
pub(crate) mod kind;
pub(crate) mod path;
pub(crate) mod rule;
pub(crate) mod secret;
mod strict;
pub(crate) mod timestamp;
pub(crate) mod validate;
pub(crate) mod violation;
mod walk;
#[cfg(feature = "wireguard-keys")]
pub(crate) mod wireguard;

pub(crate) use validate::Sealed;
