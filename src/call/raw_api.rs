//! The client that the build generates from `spec/`: one method for each operation of the document, to be used through
//! [`Client::call`](crate::Client::call). Its requests take the same road as those of the handles; see [`super::hook`].
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unused_imports,
    unused_variables,
    clippy::all,
    clippy::pedantic,
    rustdoc::all
)]

use crate::model::generated::types;

include!(concat!(env!("OUT_DIR"), "/client.rs"));
