//! Errors for the tests of programs that use this crate.

use std::time::Duration;

use http::{Method, StatusCode};

use super::{Error, ErrorKind, Event, Repeat, repeat};
use crate::model::generated::types::Status;

#[bon::bon]
impl Error {
    /// Creates an error for tests of programs that handle errors. Requires the feature `sandbox`.
    ///
    /// The error has only the kind and the values of the setters. It has no attempts, no resource and no body.
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
        /// The value of [`Error::status`]. Default none. If the number is not a valid HTTP status, the error has no status.
        status: Option<u16>,
        /// The value of [`Error::retry_after`]. Default none.
        retry_after: Option<Duration>,
        /// The value of [`Error::may_have_been_applied`]. Default `false`.
        #[builder(default)]
        may_have_been_applied: bool,
        /// Whether the call was a create, which is not repeated if it may have been applied. Default `false`.
        #[builder(default)]
        is_create: bool,
        /// The value of [`Error::last_status`]. Default none.
        #[builder(into)]
        last_status: Option<Status>,
        /// The sentence that `Display` shows. Default `an error made for a test`.
        #[builder(into, default = "an error made for a test")]
        message: String,
    ) -> Self {
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        let error = Self::new(kind, message).maybe_applied(may_have_been_applied).with_retry_after(retry_after);
        let is_transient = match status.filter(|_| kind == ErrorKind::Api) {
            Some(status) => {
                repeat(&Method::PUT, Event::Answered(status.as_u16()), retry_after.is_some()) != Repeat::Never
            }
            None => error.is_transient(),
        };
        let error = error.transient(is_transient && !(is_create && may_have_been_applied));
        let error = error.with_last_status(last_status);
        match status {
            Some(status) => error.with_status(status),
            None => error,
        }
    }
}
