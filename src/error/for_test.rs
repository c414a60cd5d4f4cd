//! Errors for the tests of programs that use this crate.

use std::time::Duration;

use http::StatusCode;

use super::{Error, ErrorKind};
use crate::model::generated::types::Status;

#[bon::bon]
impl Error {
    /// Makes an error as a call would return it, for the tests of a program that handles errors. Feature `sandbox`.
    ///
    /// It has the kind and the values of the setters only: no attempts, no resource, no body.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use ionos_vpn::{Advice, Error, ErrorKind};
    ///
    /// let error = Error::for_test(ErrorKind::Api).status(429).retry_after(Duration::from_secs(5)).build();
    /// assert!(error.is_rate_limited());
    /// assert_eq!(error.advice(), Advice::RetryLater { after: Some(Duration::from_secs(5)) });
    /// ```
    #[builder(finish_fn = build)]
    pub fn for_test(
        #[builder(start_fn)] kind: ErrorKind,
        /// What [`Error::status`] returns. Default none, as for a number that is not a status.
        status: Option<u16>,
        /// What [`Error::retry_after`] returns. Default none.
        retry_after: Option<Duration>,
        /// What [`Error::may_have_been_applied`] returns. Default `false`.
        #[builder(default)]
        may_have_been_applied: bool,
        /// Whether the call was a create, which is not repeated if it may have been applied. Default `false`.
        #[builder(default)]
        is_create: bool,
        /// What [`Error::last_status`] returns. Default none.
        #[builder(into)]
        last_status: Option<Status>,
        /// The sentence that `Display` shows. Default `an error made for a test`.
        #[builder(into, default = "an error made for a test")]
        message: String,
    ) -> Self {
        let error = Self::new(kind, message).maybe_applied(may_have_been_applied, !is_create);
        error.with(|details| {
            details.status = status.and_then(|status| StatusCode::from_u16(status).ok());
            details.retry_after = retry_after;
            details.last_status = last_status;
        })
    }
}
