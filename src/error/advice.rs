//! What a caller can do about an error.

use std::time::Duration;

use http::StatusCode;

use super::{Error, ErrorKind};

/// What to do about an error. Returned by [`Error::advice`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Advice {
    /// Repeat the call later, for example by putting the job back into its queue. This is safe, because the call is safe to
    /// repeat or the failed call changed nothing.
    RetryLater {
        /// The delay that the server requested. If `None`, use a delay that grows with each attempt.
        after: Option<Duration>,
    },
    /// The input, the id or the region is wrong. Show the error to the author of the input. Repeating the call does not
    /// help.
    MendInput,
    /// Changing the input does not help, and waiting does not help. Report the error to the operator of the program. If
    /// [`Error::may_have_been_applied`] is `true`, read the resource or list the resources before you write again.
    Alert,
}

impl Error {
    /// Returns what to do about the error. The table at [`ErrorKind`] has the advice for each kind.
    ///
    /// Every [transient](Error::is_transient) error has the advice to retry later. A wait that timed out, a 409 and a
    /// resource that is being deleted have the same advice: an immediate call would fail again, but a later call may
    /// succeed.
    ///
    /// ```
    /// use ionos_vpn::{Advice, Error};
    ///
    /// fn handle(error: &Error) {
    ///     match error.advice() {
    ///         Advice::RetryLater { after } => println!("again in {:?}", after.unwrap_or_default()),
    ///         Advice::MendInput => println!("refused: {error}"),
    ///         _ => eprintln!("{}: {error}", error.kind()),
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn advice(&self) -> Advice {
        let is_later = match (self.kind(), self.status().map(|status| status.as_u16())) {
            (ErrorKind::WaitTimeout | ErrorKind::ResourceDeleting, _) => true,
            (ErrorKind::Api, Some(status)) => matches!(status, 409 | 423 | 425),
            _ => false,
        };
        if is_later || self.is_transient() {
            return Advice::RetryLater { after: self.retry_after() };
        }
        let is_about_input = self.kind() == ErrorKind::Validation || self.status().is_some_and(is_about_input);
        if is_about_input { Advice::MendInput } else { Advice::Alert }
    }

    /// Returns the HTTP status that a service can send to its own caller when a call of this crate fails: 4xx if that
    /// caller can correct the request, 502 to 504 if the API or the network failed, 500 if the configuration of the
    /// service is wrong. The choice is our judgement; the table at [`ErrorKind`] lists it. The
    /// [guide](crate::guide#in-a-service) has an HTTP handler.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn suggested_status(&self) -> StatusCode {
        match (self.kind(), self.status()) {
            (ErrorKind::Configuration, _) => StatusCode::INTERNAL_SERVER_ERROR,
            (ErrorKind::Token, _) if !self.is_transient() => StatusCode::INTERNAL_SERVER_ERROR,
            (ErrorKind::Validation, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (ErrorKind::ResourceDeleting, _) => StatusCode::CONFLICT,
            (ErrorKind::Timeout | ErrorKind::WaitTimeout, _) => StatusCode::GATEWAY_TIMEOUT,
            (ErrorKind::Token | ErrorKind::Connect | ErrorKind::PaceTimeout, _) => StatusCode::SERVICE_UNAVAILABLE,
            (ErrorKind::Api, Some(status)) => match status.as_u16() {
                _ if is_about_input(status) => status,
                409 | 423 | 425 => StatusCode::CONFLICT,
                408 | 429 | 503 => StatusCode::SERVICE_UNAVAILABLE,
                504 => StatusCode::GATEWAY_TIMEOUT,
                _ => StatusCode::BAD_GATEWAY,
            },
            _ => StatusCode::BAD_GATEWAY,
        }
    }
}

/// Returns `true` if the input or the URL of the request was refused.
fn is_about_input(status: StatusCode) -> bool {
    matches!(status.as_u16(), 400 | 404 | 410 | 412 | 413 | 414 | 422)
}
