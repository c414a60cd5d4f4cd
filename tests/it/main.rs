//! The tests over HTTP, in one binary; each starts its own server on loopback.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::pedantic,
    clippy::type_complexity,
    clippy::unwrap_used,
    missing_docs
)]

mod advice;
mod contract;
mod core_faults;
#[cfg(feature = "http2")]
mod core_http2;
mod documents;
mod ensured;
mod example;
mod faults;
mod fleet;
mod generation;
mod hostile;
mod kinds;
mod lists;
mod nested_kinds;
mod options;
mod overlay;
mod plans;
mod program;
mod proxy;
mod readme;
mod replace;
mod request;
mod retries;
mod sandbox;
mod secrets;
mod secrets_of_kinds;
mod server;
mod site;
mod soak;
mod support;
mod tls;
mod tokens;
mod traces;
mod update;
mod validation;
mod values;
mod values_of_kinds;
mod waits;
