//! Whether a failed request may be repeated: one function for the retries of a call and for
//! [`Error::is_transient`](super::Error::is_transient).

use http::Method;

/// The result of one attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Event {
    /// No connection: nothing was sent.
    NotConnected,
    /// The request was sent, or may have been, and no complete response came.
    Interrupted,
    /// A complete response with this status.
    Answered(u16),
    /// A failure that would happen again: TLS, a redirect, a request that cannot be built, a body too large.
    Permanent,
}

impl Event {
    /// Returns `true` if there was no complete response.
    pub(crate) fn is_lost(self) -> bool {
        matches!(self, Self::NotConnected | Self::Interrupted)
    }
}

/// Whether the same request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Repeat {
    /// In the same call. The error is transient.
    Now,
    /// Not in the same call, but later. The error is transient.
    Later,
    Never,
}

/// Decides by the method, the event, and whether the response had a usable `Retry-After`.
pub(crate) fn repeat(method: &Method, event: Event, has_retry_after: bool) -> Repeat {
    let is_idempotent = matches!(*method, Method::GET | Method::PUT | Method::DELETE);
    match event {
        Event::NotConnected | Event::Answered(429) => Repeat::Now,
        // The server has not acted on the request.
        Event::Answered(503) if has_retry_after => Repeat::Now,
        Event::Interrupted | Event::Answered(408 | 502..=504) if is_idempotent => Repeat::Now,
        // The vendor's API sometimes answers a read with 500.
        Event::Answered(500) if *method == Method::GET => Repeat::Now,
        Event::Answered(408) => Repeat::Later,
        Event::Answered(500 | 506..) if is_idempotent => Repeat::Later,
        Event::Interrupted | Event::Answered(_) | Event::Permanent => Repeat::Never,
    }
}
