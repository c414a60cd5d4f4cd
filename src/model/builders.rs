//! Builders of the [`types`](crate::types), generated from `spec/`: the builder of [`Connection`](crate::Connection) is
//! [`ConnectionBuilder`]. A builder is created by `builder` of the type.
//!
//! - A required field has one setter. A program in which it is not set before `build` does not compile.
//! - Any other field has a second setter, `maybe_…`, that takes an `Option`.
//! - A field that is set again has the last value.
//!
//! ```
//! use ionos_vpn::IpSecPsk;
//! use ionos_vpn::types::MaintenanceWindow;
//!
//! let psk = IpSecPsk::builder().key("X2wosbaw74M8hQGbK3jCCaEusR6CCFRa").build();
//! let window = MaintenanceWindow::builder().time("05:30:00").day_of_the_week("Monday".into()).build();
//! assert_eq!(window.time, "05:30:00");
//! ```
//!
//! ```compile_fail,E0277
//! // The required field `day_of_the_week` is not set.
//! let window = ionos_vpn::types::MaintenanceWindow::builder().time("05:30:00").build();
//! ```
#![allow(missing_docs, non_camel_case_types, clippy::all, clippy::pedantic)]

use super::Sealed;
use super::generated::types::{self, *};

/// The state of a required field in a builder after the field was set. It holds the value.
pub struct Set<T>(T);

/// `build` requires this trait for each required field. It is sealed: only [`Set`] implements it.
#[diagnostic::on_unimplemented(
    message = "the required field `{Self}` is not set",
    label = "call the setter of `{Self}` first"
)]
pub trait IsSet<T>: Sealed {
    #[doc(hidden)]
    fn value(self) -> T;
}

impl<T> Sealed for Set<T> {}
impl<T> IsSet<T> for Set<T> {
    fn value(self) -> T {
        self.0
    }
}

include!(concat!(env!("OUT_DIR"), "/builders.rs"));
