//! The types of the API, generated from `spec/`, and the code that depends only on the document: validation, drift,
//! paths. This module does no I/O and reads no clock. Start at [`kind`], the description of a kind of resource.

mod accessors;
pub mod builders;
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
pub(crate) mod visit;
#[cfg(feature = "wireguard-keys")]
pub(crate) mod wireguard;

pub(crate) use validate::Sealed;
