//! What went wrong.

use std::fmt::{self, Write};
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use crate::types::{self, Status};
use crate::validate::{Violation, Violations};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The kind of an [`Error`]: what to look at first.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client or the request cannot work as configured. Nothing was sent.
    Configuration,
    /// The token provider gave no usable token.
    Token,
    /// The input breaks rules of the API; see [`Error::violations`]. Nothing was sent.
    Validation,
    /// No connection to the server, so nothing was sent.
    Connect,
    /// The server's certificate or the TLS handshake was refused, so nothing was sent.
    Tls,
    /// The connection broke after the request was, or may have been, sent.
    Interrupted,
    /// No complete answer in time; see [`crate::ClientBuilder::attempt_timeout`] and
    /// [`crate::ClientBuilder::total_timeout`].
    Timeout,
    /// The server answered with an error; see [`Error::status`] and [`Error::api`].
    Api,
    /// The server redirected the request, which is never followed.
    Redirect,
    /// The server reported success without a usable resource. A write has probably been applied: read before writing again.
    UnusableAnswer,
    /// The answer is larger than [`crate::ClientBuilder::max_body_size`].
    BodyTooLarge,
    /// The deadline of a wait passed; see [`Error::last_status`].
    WaitTimeout,
    /// The gateway is in `FAILED`.
    Failed,
    /// The gateway is being deleted, or is gone, where it was to become available or to be changed.
    Gone,
}

/// An error of this crate.
///
/// It tells the operation, how often it was tried, and for how long. `Display` is one sentence without its cause, which is in
/// [`source`](std::error::Error::source). Tokens are never part of it.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    source: Option<BoxError>,
    call: Option<CallInfo>,
    status: Option<StatusCode>,
    api: Option<types::Error>,
    retry_after: Option<Duration>,
    violations: Vec<Violation>,
    may_have_been_applied: bool,
    last_status: Option<Status>,
}

/// What a call did, for the errors and traces about it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallInfo {
    pub(crate) operation: &'static str,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) note: Option<&'static str>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            source: None,
            call: None,
            status: None,
            api: None,
            retry_after: None,
            violations: Vec::new(),
            may_have_been_applied: false,
            last_status: None,
        }))
    }

    /// The server answered with an error status.
    pub(crate) fn answered(status: StatusCode, body: &[u8], retry_after: Option<Duration>) -> Self {
        let api = read_envelope(body);
        let reason = status.canonical_reason().map(|reason| format!(" {reason}")).unwrap_or_default();
        let mut message = format!("the server answered {}{reason}", status.as_u16());
        let told: Vec<_> = api.iter().flat_map(|api| &api.messages).filter_map(told).collect();
        match told.as_slice() {
            [] if body.is_empty() => {}
            [] => _ = write!(message, ": {}", snippet(body, 300)),
            told => _ = write!(message, ": {}", told.join("; ")),
        }
        let mut error = Self::new(ErrorKind::Api, message);
        error.0.status = Some(status);
        error.0.api = api;
        error.0.retry_after = retry_after;
        error
    }

    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_call(mut self, call: CallInfo) -> Self {
        self.0.call = Some(call);
        self
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_last_status(mut self, status: Status) -> Self {
        self.0.last_status = Some(status);
        self
    }

    pub(crate) fn maybe_applied(mut self, may_have_been_applied: bool) -> Self {
        self.0.may_have_been_applied = may_have_been_applied;
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status of the server's answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the vendor's error envelope, where the answer had one. It is read leniently: what has an unexpected type is
    /// left out.
    #[must_use]
    pub fn api(&self) -> Option<&types::Error> {
        self.0.api.as_ref()
    }

    /// Returns every value of the input that breaks a rule; empty unless [`Error::is_validation`].
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// Returns how long the server asked to wait before another request (`Retry-After`, as seconds or as a date).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// True when a write may have reached the server and taken effect although this error came back. Read the resource, or
    /// repeat an `ensure` or `delete`; do not repeat a `create`.
    #[must_use]
    pub fn may_have_been_applied(&self) -> bool {
        self.0.may_have_been_applied
    }

    /// Returns the operation of the document that failed, such as `ensure_ip_sec_gateway`.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.0.call.map(|call| call.operation)
    }

    /// Returns how many requests were sent for the call, or tried to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.call.map_or(0, |call| call.attempts)
    }

    /// Returns how long the call, or the wait, took.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.call.map_or(Duration::ZERO, |call| call.elapsed)
    }

    /// Returns the last status that a wait saw.
    #[must_use]
    pub fn last_status(&self) -> Option<&Status> {
        self.0.last_status.as_ref()
    }

    /// True for input that breaks rules of the API: mend what [`Error::violations`] lists.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.kind() == ErrorKind::Validation
    }

    /// True for a 404: check the id and the region; a gateway of another region is not found.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// True for a 401 or 403: renew the token, or have its rights extended.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.status(), Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN))
    }

    /// True for a 409: the state of the gateway does not allow the change; wait for it to settle.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// True for a 429: wait for [`Error::retry_after`].
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// True when time ran out: allow more, or look at the network.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), ErrorKind::Timeout | ErrorKind::WaitTimeout)
    }

    /// True when the same call may succeed later without a change: connection lost, time out, 408, 429 or 5xx.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.kind() {
            ErrorKind::Connect | ErrorKind::Interrupted | ErrorKind::Timeout => true,
            ErrorKind::Api => {
                self.status().is_some_and(|status| status.is_server_error() || matches!(status.as_u16(), 408 | 429))
            }
            _ => false,
        }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        let count = violations.as_slice().len();
        let mut error = Self::new(
            ErrorKind::Validation,
            format!("{count} invalid value{}: {violations}", if count == 1 { "" } else { "s" }),
        );
        error.0.violations = violations.as_slice().to_vec();
        error
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { message, call, may_have_been_applied, retry_after, .. } = &*self.0;
        let Some(call) = call else { return f.write_str(message) };
        let attempts = if call.attempts == 1 { "attempt" } else { "attempts" };
        write!(f, "{}: {message} ({} {attempts} in {:.1?}", call.operation, call.attempts, call.elapsed)?;
        if let Some(delay) = retry_after {
            write!(f, ", retry after {} s", delay.as_secs())?;
        }
        if let Some(note) = call.note {
            write!(f, ", {note}")?;
        }
        f.write_str(if *may_have_been_applied { ", the write may have been applied)" } else { ")" })
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, status, source, .. } = &*self.0;
        let mut debug = f.debug_struct("Error");
        debug
            .field("kind", kind)
            .field("status", status)
            .field("message", &self.to_string())
            .field("source", source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source.as_ref() as _)
    }
}

/// Returns the beginning of a text from outside, with control characters made visible.
pub(crate) fn snippet(bytes: &[u8], limit: usize) -> String {
    let text = String::from_utf8_lossy(bytes.get(..limit * 4).unwrap_or(bytes));
    let mut shown: String = text
        .chars()
        .take(limit)
        .map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() })
        .collect();
    if text.chars().nth(limit).is_some() {
        shown.push('…');
    }
    shown
}

fn told(message: &types::ErrorMessage) -> Option<String> {
    let show = |text: &String| snippet(text.as_bytes(), 300);
    match (&message.message, &message.error_code) {
        (Some(text), Some(code)) => Some(format!("{} ({})", show(text), show(code))),
        (Some(text), None) | (None, Some(text)) => Some(show(text)),
        (None, None) => None,
    }
}

/// Reads the envelope, leaving out what has an unexpected type. `None` where nothing of it is there.
fn read_envelope(body: &[u8]) -> Option<types::Error> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let text = |value: Option<&Value>| match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let message = |it: &Value| match it {
        Value::String(text) => Some(types::ErrorMessage::builder().message(text).build()),
        it => {
            let (code, message) = (text(it.get("errorCode")), text(it.get("message")));
            let any = code.is_some() || message.is_some();
            any.then(|| types::ErrorMessage::builder().maybe_error_code(code).maybe_message(message).build())
        }
    };
    let messages: Vec<_> =
        value.get("messages").and_then(Value::as_array).into_iter().flatten().filter_map(message).collect();
    let status = text(value.get("httpStatus")).and_then(|status| status.parse().ok());
    (status.is_some() || !messages.is_empty())
        .then(|| types::Error::builder().maybe_http_status(status).messages(messages).build())
}
