//! The file that the build writes from `spec/`: the [`types`] of the API, and a [`Client`] with one method for each
//! operation of the document, to be used through [`crate::Client::call`].
#![allow(
    missing_docs,
    unreachable_pub,
    unused_imports,
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    rustdoc::all
)]

include!(concat!(env!("OUT_DIR"), "/vpn.rs"));
