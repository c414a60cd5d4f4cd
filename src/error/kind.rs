//! The kinds of errors, and what each means for a caller.

use std::fmt;

#[cfg(doc)]
use super::Error;

/// The kind of an [`Error`]: what failed. [`Error::advice`] says what to do about one; `Display` gives its name.
///
/// This table shows the result of an `ensure` with a single attempt:
///
/// | kind | was anything sent | [`is_transient`](Error::is_transient) | [`may_have_been_applied`](Error::may_have_been_applied) | [`advice`](Error::advice) | [`suggested_status`](Error::suggested_status) |
/// |---|---|---|---|---|---|
/// | `Configuration` | no | no | no | `Alert` | 500 |
/// | `Token`: the provider failed | no | yes | no | `RetryLater` | 503 |
/// | `Token`: it cannot be sent | no | no | no | `Alert` | 500 |
/// | `Validation` | no | no | no | `MendInput` | 422 |
/// | `Connect` | no | yes | no | `RetryLater` | 503 |
/// | `Tls` | no | no | no | `Alert` | 502 |
/// | `Interrupted` | yes | yes | yes | `RetryLater` | 502 |
/// | `Timeout` | yes | yes | yes | `RetryLater` | 504 |
/// | `Api`: 400, 404, 410, 412, 413, 414, 422 | yes | no | no | `MendInput` | the same |
/// | `Api`: 409, 423, 425 | yes | no | no | `RetryLater` | 409 |
/// | `Api`: 408, 429 | yes | yes | no | `RetryLater` | 503 |
/// | `Api`: 401, 403 and other 4xx | yes | no | no | `Alert` | 502 |
/// | `Api`: 500, 502 | yes | yes | yes | `RetryLater` | 502 |
/// | `Api`: 501, 505 | yes | no | yes | `Alert` | 502 |
/// | `Api`: 503 | yes | yes | yes | `RetryLater` | 503 |
/// | `Api`: 503 with `Retry-After` | yes | yes | no | `RetryLater` | 503 |
/// | `Api`: 504 | yes | yes | yes | `RetryLater` | 504 |
/// | `PaceTimeout` | no | yes | no | `RetryLater` | 503 |
/// | `Redirect`: 301, 307, 308 | yes | no | no | `Alert` | 502 |
/// | `Redirect`: 302, 303 | yes | no | yes | `Alert` | 502 |
/// | `UnusableResponse` | yes | no | yes | `Alert` | 502 |
/// | `BodyTooLarge` | yes | no | yes | `Alert` | 502 |
/// | `WaitTimeout` | yes | no | no | `RetryLater` | 504 |
/// | `ResourceFailed` | yes | no | no | `Alert` | 502 |
/// | `ResourceDeleting` | yes | no | no | `RetryLater` | 409 |
///
/// A `Timeout` while connecting or while waiting for a token, and an `Interrupted` request that an HTTP/2 server has not
/// processed by its own account, changed nothing: `may_have_been_applied` is `false`. A `create` that may have been applied is
/// not transient, and the advice is `Alert`: list before creating again. For a read, `may_have_been_applied` is always `false`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client, the request or the use of `Client::call` is invalid. Nothing was sent, with one exception: if the closure
    /// of `Client::call` called a second operation, the first operation was sent.
    Configuration,
    /// The token provider failed, or the token file cannot be read (transient); or the token cannot be sent (not transient).
    Token,
    /// The input breaks rules of the API; see [`Error::violations`]. Nothing was sent.
    Validation,
    /// The connection to the server failed. This attempt sent nothing, except possibly with
    /// [`http_client`](crate::ClientBuilder::http_client). The error is transient, unless a proxy refused the user name
    /// and password (407). A connection that took too long has the kind [`ErrorKind::Timeout`].
    Connect,
    /// The server's certificate or the TLS handshake was refused. This attempt sent nothing, except possibly with
    /// [`http_client`](crate::ClientBuilder::http_client).
    Tls,
    /// The connection broke after the request was sent, or may have been sent. Or an HTTP/2 server closed the connection or
    /// the stream without processing the request.
    Interrupted,
    /// There was no complete response in time, no connection, or no token; see [`crate::ClientBuilder::attempt_timeout`],
    /// [`crate::ClientBuilder::connect_timeout`] and [`crate::ClientBuilder::total_timeout`]. If a request may have been sent
    /// when the time ran out, a write may have been applied.
    Timeout,
    /// The server answered with an error status; see [`Error::status`] and [`Error::api`].
    Api,
    /// The request was not sent: because of the server's rate limit, `max_rate` or `max_in_flight`, it would have had to
    /// wait longer than the total time of the call. (If an earlier attempt of the call failed, its error is returned instead.)
    /// If the server answers 429, the kind is [`ErrorKind::Api`]. [`Error::is_rate_limited`] is `true` for a 429 and for this
    /// kind.
    PaceTimeout,
    /// The server redirected the request. The crate does not follow redirects.
    Redirect,
    /// The response cannot be used: the body of a successful response is not the resource, or the resource cannot be
    /// sent back without loss. If [`Error::may_have_been_applied`] is `true`, read the resource before you write again.
    UnusableResponse,
    /// The response body is larger than [`crate::ClientBuilder::max_body_size`].
    BodyTooLarge,
    /// The deadline of a wait passed; see [`Error::last_status`]. Or the whole grace period passed, and the server still
    /// showed only a state from before the last write.
    WaitTimeout,
    /// The resource has the status `FAILED`.
    ResourceFailed,
    /// The resource is being deleted, and so cannot become available or be changed: its status is `DESTROYING`. If the
    /// resource does not exist, the kind is [`ErrorKind::Api`] with a 404.
    ResourceDeleting,
}

impl ErrorKind {
    /// Returns the name of the kind, such as `unusable_response`: for metrics and logs. It does not change between versions.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Token => "token",
            Self::Validation => "validation",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Interrupted => "interrupted",
            Self::Timeout => "timeout",
            Self::Api => "api",
            Self::PaceTimeout => "pace_timeout",
            Self::Redirect => "redirect",
            Self::UnusableResponse => "unusable_response",
            Self::BodyTooLarge => "body_too_large",
            Self::WaitTimeout => "wait_timeout",
            Self::ResourceFailed => "resource_failed",
            Self::ResourceDeleting => "resource_deleting",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
