//! The error type of this crate.

mod advice;
#[cfg(feature = "sandbox")]
mod for_test;
mod kind;
mod repeat;
mod stop;
mod subject;

use std::fmt::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

pub use advice::Advice;
pub use kind::ErrorKind;
pub(crate) use repeat::{Event, Repeat, repeat};
pub use stop::StopReason;
pub(crate) use subject::Subject;

use crate::model::generated::types::{self, Status};
use crate::model::path::ResourceRef;
use crate::model::validate::Validate;
use crate::model::violation::{Violation, Violations};
use crate::text::{plural, redacted, shown_body, snippet};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An error of this crate.
///
/// It contains the action and the resource that failed, the number of attempts and the elapsed time. `Display` prints
/// these, but not the cause, which is in [`source`](std::error::Error::source). An error never contains a token or a
/// secret.
///
/// [`Error::advice`] says what to do. The table at [`ErrorKind`] explains each kind. Predicates and accessors give
/// details:
///
/// ```
/// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
/// # setup::run(async |setup::Setup { sandbox, gateways, id, gateway, .. }| {
/// # use ionos_vpn::sandbox::Fault;
/// use ionos_vpn::{Advice, ErrorKind};
///
/// # sandbox.fail_next([Fault::Status(403)]);
/// let error = gateways.ensure(id, &gateway).await.unwrap_err();
/// assert_eq!((error.kind(), error.advice()), (ErrorKind::Api, Advice::Alert));
/// assert!(error.is_forbidden() && !error.is_transient() && !error.may_have_been_applied());
/// assert_eq!((error.status().unwrap().as_u16(), error.suggested_status().as_u16()), (403, 502));
/// assert_eq!((error.operation(), error.attempts()), (Some("ipsecgatewaysPut"), Some(1)));
/// assert_eq!((error.retry_after(), error.last_status()), (None, None));
///
/// // The server's response, for a report: the messages of the vendor, and the body as text.
/// let codes: Vec<_> = error.api().iter().flat_map(|api| &api.messages).map(|message| &message.error_code).collect();
/// println!("{codes:?}, {}", error.body().unwrap_or("no body"));
/// println!("{error}"); // ensure IPSec gateway …: the server answered 403 Forbidden: … (1 attempt in 1.2ms)
/// # Ok(()) });
/// ```
#[derive(Clone)]
pub struct Error(Arc<Details>);

/// The fields of an error. They are shared by its clones.
#[derive(Clone)]
struct Details {
    kind: ErrorKind,
    message: String,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    subject: Option<Subject>,
    /// How many requests a call sent, or how often a wait polled.
    attempts: u32,
    elapsed: Duration,
    status: Option<StatusCode>,
    headers: Option<HeaderMap>,
    body: Option<String>,
    api: Option<types::ErrorEnvelope>,
    retry_after: Option<Duration>,
    violations: Vec<Violation>,
    may_have_been_applied: bool,
    is_transient: bool,
    stopped_by: Option<StopReason>,
    last_status: Option<Status>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        use ErrorKind::{Connect, Interrupted, PaceTimeout, Timeout};
        Self(Arc::new(Details {
            kind,
            message: message.into(),
            source: None,
            subject: None,
            attempts: 0,
            elapsed: Duration::ZERO,
            status: None,
            headers: None,
            body: None,
            api: None,
            retry_after: None,
            violations: Vec::new(),
            may_have_been_applied: false,
            is_transient: matches!(kind, Connect | Interrupted | PaceTimeout | Timeout),
            stopped_by: None,
            last_status: None,
        }))
    }

    /// Returns an error for invalid settings.
    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    /// Returns the error for a request that cannot be built. The URL is not repeated.
    pub(crate) fn unbuilt(cause: reqwest::Error) -> Self {
        Self::configuration("the request cannot be built").with_source(cause.without_url())
    }

    /// The details, to be changed. They are copied only if the error was cloned before.
    fn details(&mut self) -> &mut Details {
        Arc::make_mut(&mut self.0)
    }

    /// Adds the name of the environment variable.
    pub(crate) fn in_variable(mut self, name: &str) -> Self {
        let details = self.details();
        details.message = format!("{name}: {}", details.message);
        self
    }

    /// Adds text to the message.
    pub(crate) fn adding(mut self, text: &str) -> Self {
        self.details().message.extend(["; ", text]);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.details().source = Some(Arc::from(source.into()));
        self
    }

    /// Sets what the error is about, unless that is known already.
    pub(crate) fn about(mut self, subject: &Subject) -> Self {
        if self.0.subject.is_none() {
            self.details().subject = Some(subject.clone());
        }
        self
    }

    /// Replaces what the error is about: the error of a poll becomes the error of its wait.
    pub(crate) fn of_wait(mut self, subject: &Subject, polls: u32, elapsed: Duration) -> Self {
        self.details().subject = Some(subject.clone());
        self.after(polls, elapsed)
    }

    /// Sets the number of attempts or polls, and the time that they took.
    pub(crate) fn after(mut self, attempts: u32, elapsed: Duration) -> Self {
        let details = self.details();
        (details.attempts, details.elapsed) = (attempts, elapsed);
        self
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.details().status = Some(status);
        self
    }

    /// Sets what the server sent. It must be redacted.
    pub(crate) fn with_response(mut self, headers: HeaderMap, body: Option<String>) -> Self {
        let details = self.details();
        (details.headers, details.body) = (Some(headers), body);
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.details().retry_after = retry_after;
        self
    }

    /// Sets the last status of a resource, unless one is known already.
    pub(crate) fn with_last_status(mut self, status: Option<Status>) -> Self {
        let details = self.details();
        details.last_status = details.last_status.take().or(status);
        self
    }

    /// Sets whether a write may have taken effect.
    pub(crate) fn maybe_applied(mut self, may_have_been_applied: bool) -> Self {
        self.details().may_have_been_applied = may_have_been_applied;
        self
    }

    /// Sets whether repeating the call is safe and may succeed later. The default depends on the kind.
    pub(crate) fn transient(mut self, is_transient: bool) -> Self {
        self.details().is_transient = is_transient;
        self
    }

    /// Sets the reason why a retryable failure was not retried.
    pub(crate) fn stopped_by(mut self, reason: StopReason) -> Self {
        self.details().stopped_by = Some(reason);
        self
    }

    /// Returns the error for a response with an error status. `redact` removes secrets from a text; escapes in the text are
    /// decoded first. A body that is not the vendor's error envelope is part of the message only if it may be shown.
    pub(crate) fn from_response(
        status: StatusCode,
        body: &[u8],
        shows_body: bool,
        redact: &dyn Fn(&str) -> String,
    ) -> Self {
        let api = parse_envelope(body, redact);
        let reason = status.canonical_reason().map(|reason| format!(" {reason}")).unwrap_or_default();
        let mut message = format!("the server answered {}{reason}", status.as_u16());
        let parts = api.iter().flat_map(|api| &api.messages).filter_map(|it| {
            let (text, code) = (it.message.as_deref(), it.error_code.as_deref());
            let [text, code] = [text, code].map(|text| text.map(|text| snippet(text, 300)));
            text.clone().zip(code.clone()).map(|(text, code)| format!("{text} ({code})")).or(text).or(code)
        });
        let parts = parts.collect::<Vec<_>>();
        match parts.as_slice() {
            [] if body.is_empty() || !shows_body => {}
            [] => _ = write!(message, ": {}", shown_body(body, redact)),
            parts => _ = write!(message, ": {}", parts.join("; ")),
        }
        let mut error = Self::new(ErrorKind::Api, message);
        let details = error.details();
        (details.status, details.api) = (Some(status), api);
        error
    }

    /// Returns the kind of the error.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status of the response, if there was one.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the headers of the response, if there was one. They may contain a request id for the vendor's support.
    /// The token and the secrets of the request are replaced by `***`. A cookie is marked as sensitive, so that `Debug`
    /// does not print it.
    ///
    /// Headers are available after an error status, an unusable successful response, a redirect, and a response whose
    /// body is too large or was cut off. They belong to the last attempt. After a wait that timed out, see the headers
    /// of the [`source`](std::error::Error::source).
    ///
    /// ```
    /// # use ionos_vpn::{Client, Error};
    /// fn report(error: &Error) {
    ///     let request_id = error.headers().and_then(|headers| headers.get("x-request-id")?.to_str().ok());
    ///     println!("{error}; request {}", request_id.unwrap_or("without an id"));
    /// }
    /// # let error = Client::builder().build().unwrap_err();
    /// # assert!(error.headers().is_none());
    /// # report(&error);
    /// ```
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.headers.as_ref()
    }

    /// Returns the first 2 KiB of the response body as text, if there was a response. Control characters are not escaped. If
    /// the body was not received completely, returns the first 2 KiB of the received part. The token and the secrets of the
    /// request are replaced by `***`. `None` if the body may contain a secret that this crate does not know: in each response
    /// about a kind of resource with secrets, or about a path of no kind.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// Returns the vendor's error envelope, if the response had one. Values of an unexpected type are left out.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn api(&self) -> Option<&types::ErrorEnvelope> {
        self.0.api.as_ref()
    }

    /// Returns every invalid value of the input. Empty unless [`Error::is_validation`]. The paths are relative to the
    /// properties: see [`Violation::path`].
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, mut gateway, .. }| {
    /// gateway.name = String::new();
    /// let error = gateways.ensure(id, &gateway).await.unwrap_err();
    /// assert!(error.is_validation());
    /// for violation in error.violations() {
    ///     println!("{} {}", violation.path(), violation.remedy()); // name must have 1 to 255 characters
    /// }
    /// # assert_eq!(error.violations().len(), 1);
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// Returns how long the server asked to wait before another request (`Retry-After`, in seconds or as a date): at most five
    /// minutes, even if the header asks for more. [`Error::headers`] has the header itself. For a
    /// [`PaceTimeout`](ErrorKind::PaceTimeout), returns how long the client's rate limit would have delayed the request, if that
    /// is known.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, client, id, .. }| {
    /// # use ionos_vpn::sandbox::Fault;
    /// use ionos_vpn::{CallOptions, RetryPolicy};
    ///
    /// let gateways = client.ipsec_gateways().with_options(CallOptions::default().retry(RetryPolicy::none()));
    /// # sandbox.fail_next([Fault::RateLimited(60)]);
    /// let error = gateways.get(id).await.unwrap_err();
    /// assert!(error.is_rate_limited());
    /// assert_eq!(error.retry_after().unwrap().as_secs(), 60);
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns `true` if a write may have taken effect on the server although the call failed. Read the resource, or
    /// repeat an `ensure`, `reconcile` or `delete`. Do not repeat a `create`; list the resources first.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, gateway, .. }| {
    /// # use ionos_vpn::sandbox::Fault;
    /// # sandbox.fail_next([Fault::Reset]);
    /// // The server creates the gateway, but the response is lost. The call is not repeated.
    /// let error = gateways.create(&gateway).await.unwrap_err();
    /// assert!(error.may_have_been_applied() && !error.is_transient());
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn may_have_been_applied(&self) -> bool {
        self.0.may_have_been_applied
    }

    /// Returns the operationId of the failed operation in the API's document, such as `ipsecgatewaysPut`. For a wait it
    /// is the operation that polls.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.0.subject.as_ref().map(|subject| subject.operation).filter(|operation| !operation.is_empty())
    }

    /// Returns the resource of the failed call. For a list or a create, it has the kind and the parents, but no id.
    /// `None` if the error has no resource, such as an error of [`ClientBuilder::build`](crate::ClientBuilder::build).
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, id, .. }| {
    /// # let (gateway_id, id) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    /// let error = sandbox.client().ipsec_tunnels(gateway_id).get(id).await.unwrap_err();
    /// let resource = error.resource().unwrap();
    /// assert_eq!((resource.kind(), resource.id(), resource.parents()), ("IPSec tunnel", Some(id), &[gateway_id][..]));
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn resource(&self) -> Option<&ResourceRef> {
        self.0.subject.as_ref()?.resource.as_ref()
    }

    /// Returns the number of requests that the call sent or tried to send; for a wait, the number of polls. `None` if
    /// there was none.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn attempts(&self) -> Option<u32> {
        Some(self.0.attempts).filter(|attempts| *attempts > 0)
    }

    /// Returns the duration of the call or the wait. `None` if neither was started.
    ///
    /// See [`Error::last_status`] for an example.
    #[must_use]
    pub fn elapsed(&self) -> Option<Duration> {
        Some(self.0.elapsed).filter(|elapsed| !elapsed.is_zero())
    }

    /// Returns the reason why a retryable failure was not retried. `None` if the failure is not retryable (such as a
    /// 404, or a create whose response was lost), or if the policy allows no retries
    /// ([`RetryPolicy::none`](crate::RetryPolicy::none)).
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, .. }| {
    /// # sandbox.fail_next(vec![ionos_vpn::sandbox::Fault::Status(503); 2]);
    /// use ionos_vpn::{CallOptions, RetryPolicy, StopReason};
    ///
    /// let gateways = gateways.with_options(CallOptions::default().retry(RetryPolicy::default().max_attempts(2)));
    /// let error = gateways.get(id).await.unwrap_err();
    /// assert_eq!(error.retry_stopped_by(), Some(StopReason::NoAttemptsLeft));
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn retry_stopped_by(&self) -> Option<StopReason> {
        self.0.stopped_by
    }

    /// Returns the last status of the resource that a wait has read.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, client, id, gateway, .. }| {
    /// use std::time::Duration;
    /// use ionos_vpn::{Status, WaitOptions};
    ///
    /// let options = WaitOptions::default().timeout(Duration::from_millis(100)).first_poll(Duration::ZERO);
    /// let gateways = client.ipsec_gateways().wait_options(options);
    /// let ensured = gateways.ensure(id, &gateway).await?;
    /// # sandbox.set_status(id, Status::Provisioning, "");
    /// let error = gateways.wait_until_available(&ensured).await.unwrap_err();
    /// assert!(error.is_timeout() && error.elapsed().is_some());
    /// assert_eq!(error.last_status(), Some(&Status::Provisioning));
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn last_status(&self) -> Option<&Status> {
        self.0.last_status.as_ref()
    }

    /// Returns `true` if the input breaks rules of the API. Correct the values that [`Error::violations`] lists.
    ///
    /// See [`Error::violations`] for an example.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.kind() == ErrorKind::Validation
    }

    /// Returns `true` if the server answered 404. Check the id and the region: a resource of another region is not
    /// found.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, .. }| {
    /// match gateways.get(id).await {
    ///     Ok(gateway) => println!("{}", gateway.properties.name),
    ///     Err(error) if error.is_not_found() => println!("there is no gateway {id}"),
    ///     Err(error) => return Err(error.into()),
    /// }
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Returns `true` if the server answered 401. The token is invalid or has expired.
    ///
    /// See [`Error::is_not_found`] for an example of such a predicate.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Returns `true` if the server answered 403. The user lacks a permission.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// Returns `true` if the server answered 409. The current state of the resource does not allow the change. Wait and
    /// try again.
    ///
    /// See [`Error::is_not_found`] for an example of such a predicate.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// Returns `true` if the server answered 429, or if a rate limit or [`max_in_flight`](crate::ClientBuilder::max_in_flight)
    /// delayed the request beyond the total time. Wait for [`Error::retry_after`] if it is known.
    ///
    /// See [`Error::retry_after`] for an example.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS) || self.kind() == ErrorKind::PaceTimeout
    }

    /// Returns `true` if the call or the wait timed out, also while connecting or while waiting for a token. Set a longer
    /// timeout, or check the network.
    ///
    /// See [`Error::last_status`] for an example.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), ErrorKind::Timeout | ErrorKind::WaitTimeout)
    }

    /// Returns `true` if it is safe to repeat the same call unchanged, and the repeated call may succeed later: after a lost
    /// connection, a timeout, 408, 429, 5xx other than 501 and 505, or a failure of the token provider. It is `false` for a
    /// create that may have been applied, because repeating it could create a second resource. Within its limits, the call has
    /// repeated the request already, with these exceptions: a PUT or DELETE after 500, a create after 408, any request after 506
    /// and above. [`Error::advice`] also covers errors that may succeed after a longer time.
    ///
    /// See [`Error`] for an example.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.0.is_transient
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        let count = violations.as_slice().len();
        let message = format!("{count} invalid value{}: {violations}", plural(count as u64));
        let mut error = Self::new(ErrorKind::Validation, message);
        error.details().violations = violations.into_iter().collect();
        error
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { message, subject, may_have_been_applied, retry_after, stopped_by, .. } = &*self.0;
        match subject {
            Some(subject) => write!(f, "{subject}: {message}")?,
            None => f.write_str(message)?,
        }
        let attempts = self
            .attempts()
            .map(|attempts| format!("{attempts} attempt{} in {:.1?}", plural(attempts.into()), self.0.elapsed));
        // Rounded up, so that it is never `0 s`.
        let seconds = |delay: Duration| format!("retry after {:.0} s", delay.as_secs_f64().ceil());
        let retry_after = retry_after.filter(|delay| !delay.is_zero()).map(seconds);
        let stopped_by = stopped_by.map(|reason| reason.as_str().to_owned());
        let applied = may_have_been_applied.then(|| "the write may have been applied".to_owned());
        let details: Vec<_> = [attempts, retry_after, stopped_by, applied].into_iter().flatten().collect();
        if details.is_empty() { Ok(()) } else { write!(f, " ({})", details.join(", ")) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { kind, status, source, .. } = &*self.0;
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

/// Parses the error envelope and leaves out values of an unexpected type. `None` if nothing is left.
fn parse_envelope(body: &[u8], redact: &dyn Fn(&str) -> String) -> Option<types::ErrorEnvelope> {
    let mut value: Value = serde_json::from_slice(body).ok()?;
    for message in value.get_mut("messages").and_then(Value::as_array_mut).into_iter().flatten() {
        if message.is_string() {
            *message = json!({ "message": message.take() });
        }
    }
    let value = redacted(types::ErrorEnvelope::RULES.lenient(value)?, redact);
    let mut envelope: types::ErrorEnvelope = serde_json::from_value(value).ok()?;
    envelope.messages.retain(|it| it.message.is_some() || it.error_code.is_some());
    Some(envelope).filter(|envelope| envelope.http_status.is_some() || !envelope.messages.is_empty())
}
