//! Builders of the [`types`](crate::types), generated from `spec/`. The method `builder` of a type returns its builder: that of
//! [`Connection`](crate::Connection) is [`ConnectionBuilder`].
//!
//! - A required field has one setter. A program in which it is not set before `build` does not compile, and the compiler
//!   names the field.
//! - Any other field has a second setter, `maybe_…`, that takes an `Option`. For a text without a value, write
//!   `None::<String>`.
//! - If a setter is called again, the last value counts.
//! - A text converts to an enum without a check (`"Mondey".into()`). A text that this version does not know is sent as it
//!   is, so prefer the variants.
//!
//! The builders of types that only responses contain (`…Read`, `…ReadList`, `…Metadata`) are for tests.
//!
//! ```
//! use ionos_vpn::types::MaintenanceWindow;
//! use ionos_vpn::{DayOfTheWeek, IpSecPsk, IpSecTunnelAuth, TunnelAuthMethod};
//!
//! let window = MaintenanceWindow::builder().time("05:30:00").day_of_the_week(DayOfTheWeek::Monday).build();
//! assert_eq!(window.time, "05:30:00");
//!
//! let psk = IpSecPsk::builder().key("X2wosbaw74M8hQGbK3jCCaEusR6CCFRa").build();
//! let auth = IpSecTunnelAuth::builder().method(TunnelAuthMethod::Psk).psk(psk).build();
//! assert_eq!(auth.method, TunnelAuthMethod::Psk);
//! ```
//!
//! ```compile_fail,E0277
//! // The required field `day_of_the_week` is not set.
//! let window = ionos_vpn::types::MaintenanceWindow::builder().time("05:30:00").build();
//! ```
//!
//! # Passing a builder on
//!
//! A builder has one type parameter for each required field, in alphabetical order: [`state::Set`] if it is set, otherwise the
//! type in [`missing`] with its name. To fill in a value in several steps, it is usually simpler to build it first and then to
//! set its public fields: a new required field of the API changes the parameters.
//!
//! ```
//! use ionos_vpn::builders::{MaintenanceWindowBuilder, missing, state::IsSet, state::Set};
//! use ionos_vpn::types::MaintenanceWindow;
//! use ionos_vpn::DayOfTheWeek;
//!
//! fn at_night() -> MaintenanceWindowBuilder<missing::day_of_the_week, Set<String>> {
//!     MaintenanceWindow::builder().time("02:00:00")
//! }
//!
//! fn finish<Day: IsSet<DayOfTheWeek>, Time: IsSet<String>>(builder: MaintenanceWindowBuilder<Day, Time>) -> MaintenanceWindow {
//!     builder.build()
//! }
//!
//! assert_eq!(finish(at_night().day_of_the_week(DayOfTheWeek::Sunday)).time, "02:00:00");
//! ```
#![allow(non_camel_case_types, clippy::all, clippy::pedantic)]

use super::generated::types::{self, *};

/// The state of required fields.
pub mod state {
    use crate::model::Sealed;

    /// The state of a required field that is set. It holds the value.
    pub struct Set<T>(pub(super) T);

    /// The bound of `build` for each required field, and of a function that calls `build` on a builder in any state. It is
    /// sealed: only [`Set`] implements it.
    #[diagnostic::on_unimplemented(
        message = "a required field is not set: `{Self}`",
        label = "call the setter of the field first"
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
}

include!(concat!(env!("OUT_DIR"), "/builders.rs"));
