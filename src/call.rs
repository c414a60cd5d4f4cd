//! The path of one call: a generated [`operation`] makes [`attempts`], each of which sends one request by [`transport`].
//! [`pace`] decides when it is sent, [`retry`] what follows.

mod attempts;
pub(crate) mod budget;
pub(crate) mod headers;
pub(crate) mod operation;
pub(crate) mod options;
pub(crate) mod pace;
pub(crate) mod retry;
pub(crate) mod token;
mod transport;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fmt, mem};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::Url;
use tokio::time::Instant;

use crate::error::{CallInfo, Error, ErrorKind, ResourceRef};
use crate::model::generated;
use crate::text::{redact, redacted_body, redacted_headers, shown_body};
use budget::Budget;
use headers::Headers;
use options::CallOptions;
use pace::Pace;
use retry::RetryPolicy;
use token::{Token, TokenSource};

/// The settings and the state that the clones of a client share.
pub(crate) struct Core {
    pub(crate) http: reqwest::Client,
    /// `http` is a client of the caller. It may follow redirects, so a failure never proves that nothing was sent.
    pub(crate) is_foreign: bool,
    pub(crate) base_url: Url,
    pub(crate) validates: bool,
    pub(crate) tokens: TokenSource,
    pub(crate) headers: Headers,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) pace: Pace,
    pub(crate) attempt_timeout: Duration,
    pub(crate) total_timeout: Duration,
    pub(crate) max_body_size: usize,
}

/// One call of a generated operation, with the data that the generated code cannot pass on.
#[derive(Clone)]
pub struct Call {
    core: Arc<Core>,
    options: Arc<CallOptions>,
    secrets: Secrets,
    /// The call was made with `Client::call`. Then the caller gets the response headers, and the resource is known only from
    /// the path.
    is_direct: bool,
    exchange: Arc<Mutex<Exchange>>,
}

/// The known secrets of a call. `None`: there are none. `Some`: the secrets in the body of the request, which the server may
/// repeat. If the list is empty, a response may contain a secret that is not known, so its body is not shown.
type Secrets = Option<Arc<[String]>>;

/// The progress of a call.
#[derive(Default)]
struct Exchange {
    is_begun: bool,
    failure: Option<Error>,
    report: Report,
}

/// What a call did.
#[derive(Default)]
pub(crate) struct Report {
    info: CallInfo,
    is_write: bool,
    is_idempotent: bool,
    /// The path of the request, where only that names the resource.
    path: Option<String>,
    /// The server may have acted on an attempt before the successful one.
    is_applied_before: bool,
    /// The successful response, for an error about what it says.
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    token: Option<Token>,
    secrets: Secrets,
    /// The values of headers that must not be printed.
    header_secrets: [Arc<[String]>; 2],
}

/// A generated operation that succeeded.
pub(crate) struct Completed<T> {
    pub(crate) value: T,
    pub(crate) report: Report,
}

impl Core {
    /// Returns the base URL without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        self.base_url.as_str().trim_end_matches('/')
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

impl Call {
    fn exchange(&self) -> MutexGuard<'_, Exchange> {
        self.exchange.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Report {
    /// Returns a text from the server without the token and the secrets that were sent.
    fn redact(&self, token: &Token, text: &str) -> String {
        let secrets =
            self.secrets.iter().flat_map(|it| it.iter()).chain(self.header_secrets.iter().flat_map(|it| it.iter()));
        secrets.fold(token.redact(text), |text, secret| redact(&text, secret))
    }

    /// Returns how many requests were sent.
    pub(crate) fn attempts(&self) -> u32 {
        self.info.attempts
    }

    /// Returns `true` if an attempt before the successful one may have been acted on.
    pub(crate) fn may_have_been_applied_before(&self) -> bool {
        self.is_applied_before
    }

    /// Adds to an error the resource that the path of the request names. It is used if the error has no subject.
    fn with_resource(&self, error: Error) -> Error {
        error.with(|details| details.requested = self.path.as_deref().and_then(ResourceRef::from_path))
    }

    /// Returns `true` if a response may contain an unknown secret.
    fn may_hold_secret(&self) -> bool {
        self.secrets.as_ref().is_some_and(|secrets| secrets.is_empty())
    }

    /// Adds to an error what the server sent, without the token and the secrets that were sent.
    fn with_response(&self, error: Error, token: &Token, headers: &HeaderMap, body: &[u8]) -> Error {
        let redact = |text: &str| self.redact(token, text);
        let body = Some(body).filter(|body| !body.is_empty() && !self.may_hold_secret());
        error.with(|details| {
            details.headers = Some(redacted_headers(headers, &redact));
            details.body = body.map(|body| redacted_body(body, &redact));
        })
    }

    /// Returns the body of the successful response.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the error for a success whose body is not the resource. The token is part of neither the message nor the cause.
    pub(crate) fn unusable(&self, problem: &str, cause: Option<serde_json::Error>) -> Error {
        self.unusable_part(problem, &self.body, cause)
    }

    /// Returns the error for a part of a response that cannot be used.
    pub(crate) fn unusable_part(&self, problem: &str, part: &[u8], cause: Option<serde_json::Error>) -> Error {
        let redact = |text: &str| self.token.as_ref().map_or_else(String::new, |token| self.redact(token, text));
        let body = match part {
            [] => "no body".to_owned(),
            _ if self.may_hold_secret() => "the body is not shown, because it may hold a secret".to_owned(),
            body => shown_body(body, &redact),
        };
        let message = format!("the server answered {}, but {problem}: {body}", self.status.as_u16());
        let error = Error::new(ErrorKind::UnusableResponse, message).maybe_applied(self.is_write, self.is_idempotent);
        let error = error.with(|details| (details.status, details.call) = (Some(self.status), Some(self.info)));
        let error = match &self.token {
            Some(token) => self.with_response(error, token, &self.headers, &self.body),
            None => error,
        };
        let error = self.with_resource(error);
        let cause = cause.filter(|_| !self.may_hold_secret());
        match cause.filter(|cause| redact(&cause.to_string()) == cause.to_string()) {
            Some(cause) => error.with_source(cause),
            None => error,
        }
    }
}

/// Runs a generated operation. See [`Secrets`].
pub(crate) async fn dispatch<T, E, F, Fut>(
    core: &Arc<Core>,
    options: &Arc<CallOptions>,
    secrets: Option<Vec<String>>,
    is_direct: bool,
    operation: F,
) -> Result<Completed<T>, Error>
where
    F: FnOnce(generated::RawApi) -> Fut,
    Fut: Future<Output = Result<T, generated::RawError<E>>>,
{
    options.check()?;
    let secrets = secrets.map(Into::into);
    let (core, options) = (Arc::clone(core), Arc::clone(options));
    let call = Call { core, options, secrets, is_direct, exchange: Arc::default() };
    let api = generated::RawApi::new_with_client(call.core.base_url(), call.core.http.clone(), call.clone());
    let result = operation(api).await;
    let Exchange { failure, report, .. } = mem::take(&mut *call.exchange());
    match (result, failure) {
        (Ok(value), _) => Ok(Completed { value, report }),
        (Err(_), Some(failure)) => Err(failure),
        (Err(generated::RawError::InvalidResponsePayload(_, cause)), None) => {
            Err(report.unusable("the response body is not the resource", Some(cause)))
        }
        (Err(generated::RawError::CommunicationError(cause)), None) => Err(Error::unbuilt(cause)),
        (Err(generated::RawError::InvalidRequest(problem) | generated::RawError::Custom(problem)), None) => {
            Err(Error::new(ErrorKind::Configuration, format!("the request cannot be built: {problem}")))
        }
        (Err(_), None) => Err(report.unusable("with a response that the document does not describe", None)),
    }
}

/// Returns the end of a time span. A span that the clock cannot hold ends in 30 years.
pub(crate) fn deadline(started: Instant, span: Duration) -> Instant {
    started.checked_add(span).unwrap_or_else(|| started + Duration::from_secs(30 * 365 * 86_400))
}
