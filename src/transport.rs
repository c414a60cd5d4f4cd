//! How a request gets to the server and an answer back: the hook that every generated operation runs through.

use std::error::Error as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use std::{fmt, io, mem};

use http::header::{AUTHORIZATION, LOCATION, RETRY_AFTER};
use http::{HeaderMap, Method, StatusCode};
use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::{Request, Response, ResponseBuilderExt, Url};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::{Instrument, field};
use uuid::Uuid;

use crate::client::Core;
use crate::error::{CallInfo, snippet};
use crate::retry::{self, Attempt, Decision, Event};
use crate::secret::Token;
use crate::{Error, ErrorKind, generated};

/// How much of an answer is kept for an error about it, in bytes.
const HEAD: usize = 2048;

/// What the hook knows of one call. No error of ours passes through the generated code, so the hook leaves it here.
#[derive(Clone)]
pub struct Call {
    pub(crate) core: Arc<Core>,
    report: Arc<Mutex<Report>>,
}

/// What came of a call.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) failure: Option<Error>,
    info: CallInfo,
    status: Option<StatusCode>,
    head: Vec<u8>,
    token: Option<Token>,
    is_write: bool,
}

impl Report {
    /// Success was reported, without a resource that can be used. Neither the body nor the cause may repeat the token.
    pub(crate) fn unusable(&self, why: &str, cause: Option<serde_json::Error>) -> Error {
        let status = self.status.unwrap_or_default();
        let redact = |text: &[u8]| self.token.as_ref().map_or_else(|| text.to_vec(), |token| token.redact(text));
        let body = if self.head.is_empty() { "nothing".to_owned() } else { snippet(&redact(&self.head), 300) };
        let message = format!("the server answered {} but {why}: {body}", status.as_u16());
        let error = Error::new(ErrorKind::UnusableAnswer, message).with_status(status);
        let error = error.with_call(self.info).maybe_applied(self.is_write);
        match cause.filter(|cause| redact(cause.to_string().as_bytes()) == cause.to_string().into_bytes()) {
            Some(cause) => error.with_source(cause),
            None => error,
        }
    }
}

impl Call {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core, report: Arc::default() }
    }

    pub(crate) fn take_report(&self) -> Report {
        mem::take(&mut *self.report.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

impl ClientHooks<Call> for generated::Client {
    async fn pre<E>(&self, request: &mut Request, _: &OperationInfo) -> Result<(), generated::Error<E>> {
        // progenitor adds it to every request; the API knows nothing of it.
        request.headers_mut().remove("api-version");
        Ok(())
    }

    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let url = request.url();
        let gateway = url.path().split('/').find(|part| Uuid::try_parse(part).is_ok()).map(field::display);
        let host = url.host_str();
        let span = tracing::info_span!(
            "ionos_vpn.call",
            operation = info.operation_id,
            method = %request.method(),
            gateway,
            host,
            attempt = field::Empty,
            status = field::Empty,
            elapsed_ms = field::Empty,
        );
        let mut report = Report {
            is_write: !matches!(*request.method(), Method::GET | Method::HEAD),
            info: CallInfo { operation: info.operation_id, ..CallInfo::default() },
            ..Report::default()
        };
        let result = run(&self.inner.core, &self.client, request, &mut report).instrument(span.clone()).await;
        span.record("attempt", report.info.attempts);
        span.record("status", report.status.map(|status| status.as_u16()));
        span.record("elapsed_ms", u64::try_from(report.info.elapsed.as_millis()).unwrap_or(u64::MAX));
        let response = result.unwrap_or_else(|error| {
            report.failure = Some(error.with_call(report.info));
            // Stands for the failure until the facade takes it from the report.
            let mut stand_in = http::Response::new("");
            *stand_in.status_mut() = StatusCode::BAD_GATEWAY;
            stand_in.into()
        });
        *self.inner.report.lock().unwrap_or_else(PoisonError::into_inner) = report;
        Ok(response)
    }
}

/// A complete answer.
type Answer = http::Response<Vec<u8>>;

/// An attempt that brought no complete answer: what it means for the next one, and the error if there is none.
struct Failure(Event, Error);

async fn run(core: &Core, http: &reqwest::Client, request: Request, report: &mut Report) -> Result<Response, Error> {
    let started = Instant::now();
    let deadline = deadline(started, core.total_timeout);
    let method = request.method().clone();
    let out_of_time = || Error::new(ErrorKind::Timeout, format!("no token within {:?}", core.total_timeout));
    let ask = async || timeout_at(deadline, core.tokens.token()).await.map_err(|_| out_of_time())?;
    let mut token = ask().await?;
    let mut renewed = false;
    let mut applied = false;
    let mut spent = None;
    loop {
        report.info.attempts += 1;
        let copy = request.try_clone();
        let mut copy =
            copy.ok_or_else(|| Error::new(ErrorKind::Configuration, "a request with a streamed body cannot be sent"))?;
        copy.headers_mut().insert(AUTHORIZATION, token.header());
        let outcome = send(core, http, copy, deadline).await;
        report.info.elapsed = started.elapsed();

        let (event, wait, error) = match outcome {
            Ok(answer) if answer.status().is_success() => {
                core.budget.refund(spent);
                report.status = Some(answer.status());
                report.head = answer.body().get(..HEAD).unwrap_or(answer.body()).to_vec();
                report.token = Some(token);
                return Ok(answer.into());
            }
            Ok(mut answer) => {
                let status = answer.status();
                report.status = Some(status);
                if status == StatusCode::NOT_FOUND && method == Method::DELETE && spent.is_some() {
                    // This is a retry, so an earlier attempt deleted it.
                    *answer.status_mut() = StatusCode::ACCEPTED;
                    return Ok(answer.into());
                }
                if status == StatusCode::UNAUTHORIZED && core.tokens.can_renew() && !mem::replace(&mut renewed, true) {
                    let fresh = ask().await.map_err(|error| error.maybe_applied(applied && report.is_write))?;
                    if fresh != token {
                        tracing::info!("the token was refused; trying the next one");
                        token = fresh;
                        continue;
                    }
                }
                let header = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
                let wait = header.and_then(|value| retry::retry_after(value, SystemTime::now()));
                // A 503 that says when to come back has turned the request away.
                let turned_away = status == StatusCode::SERVICE_UNAVAILABLE && wait.is_some();
                applied |= status.is_server_error() && !turned_away;
                (Event::Answered(status.as_u16()), wait, Error::answered(status, &token.redact(answer.body()), wait))
            }
            Err(Failure(event, error)) => {
                // A success that was too large has been applied; an answer from where a redirect was followed to may have been.
                let reached = event == Event::Hopeless && error.status().is_some_and(|status| !status.is_redirection());
                applied |= event == Event::Interrupted || reached;
                (event, None, error)
            }
        };

        let remaining = deadline.saturating_duration_since(Instant::now());
        let attempt = Attempt { method: &method, event, retry_after: wait, number: report.info.attempts, remaining };
        report.info.note = match retry::decide(&core.retry, &attempt, fastrand::f64()) {
            Decision::Stop(note) => note,
            Decision::Retry(delay) => {
                spent = core.budget.take(event);
                if spent.is_some() {
                    let delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
                    tracing::info!(attempt = report.info.attempts, delay_ms, reason = %error, "trying again");
                    sleep(delay).await;
                    continue;
                }
                Some("not tried again because the client's retry budget is empty")
            }
        };
        return Err(error.maybe_applied(applied && report.is_write));
    }
}

/// The end of a time span, which may be longer than the clock can tell: then it is as good as none.
pub(crate) fn deadline(started: Instant, span: Duration) -> Instant {
    started.checked_add(span).unwrap_or_else(|| started + Duration::from_secs(30 * 365 * 86_400))
}

/// Sends one request and reads the answer whole.
async fn send(core: &Core, http: &reqwest::Client, request: Request, deadline: Instant) -> Result<Answer, Failure> {
    let limit = core.attempt_timeout.min(deadline.saturating_duration_since(Instant::now()));
    let end = self::deadline(Instant::now(), limit);
    let late = || {
        let message = format!("no complete answer within {limit:.1?}");
        Failure(Event::Interrupted, Error::new(ErrorKind::Timeout, message))
    };
    let asked = request.url().clone();
    let mut response = timeout_at(end, http.execute(request)).await.map_err(|_| late())?.map_err(failure)?;
    let (status, headers, url) = (response.status(), mem::take(response.headers_mut()), response.url().clone());
    if status.is_redirection() || url != asked {
        return Err(redirect(&headers, &url, &asked, status));
    }
    let read = timeout_at(end, read(&mut response, core.max_body_size)).await;
    let body = match read.unwrap_or_else(|_| Err((Vec::new(), late()))) {
        Ok(body) => body,
        // An error keeps its status, whatever became of its body.
        Err((body, _)) if !status.is_success() => body,
        Err((_, Failure(Event::Hopeless, error))) => return Err(Failure(Event::Hopeless, error.with_status(status))),
        Err((_, failure)) => return Err(failure),
    };
    let mut answer = http::Response::builder().url(url).body(body).map_err(|error| {
        let unusable = Error::new(ErrorKind::UnusableAnswer, "the answer cannot be held");
        Failure(Event::Hopeless, unusable.with_source(error))
    })?;
    (*answer.status_mut(), *answer.headers_mut()) = (status, headers);
    Ok(answer)
}

/// Reads the body up to the limit; on failure also returns what there was of it.
async fn read(response: &mut Response, limit: usize) -> Result<Vec<u8>, (Vec<u8>, Failure)> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                let message = format!("the answer is larger than {limit} bytes");
                return Err((body, Failure(Event::Hopeless, Error::new(ErrorKind::BodyTooLarge, message))));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) => return Err((body, failure(error))),
        }
    }
}

/// Tells what a transport error of reqwest means.
fn failure(error: reqwest::Error) -> Failure {
    let (event, kind, message) = if error.is_builder() {
        (Event::Hopeless, ErrorKind::Configuration, "the request cannot be built")
    } else if !error.is_connect() {
        let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Interrupted };
        (Event::Interrupted, kind, "the connection broke before the answer was complete")
    } else if is_tls(&error) {
        (Event::Hopeless, ErrorKind::Tls, "no trusted TLS connection to the server")
    } else {
        (Event::NotConnected, ErrorKind::Connect, "no connection to the server")
    };
    Failure(event, Error::new(kind, message).with_source(error.without_url()))
}

/// True when a handshake was refused, other than one that was cut off.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        // An I/O error hides the one it wraps from `source`.
        let mut wrapped = error.downcast_ref::<io::Error>();
        while let Some(error) = wrapped {
            if error.kind() == io::ErrorKind::InvalidData {
                return true;
            }
            wrapped = error.get_ref().and_then(|inner| inner.downcast_ref());
        }
        #[cfg(feature = "native-tls")]
        if error.is::<native_tls::Error>() {
            return true;
        }
        cause = error.source();
    }
    false
}

fn redirect(headers: &HeaderMap, url: &Url, asked: &Url, status: StatusCode) -> Failure {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok()).and_then(|value| asked.join(value).ok());
    let target = location.as_ref().unwrap_or(url);
    let port = target.port().map(|port| format!(":{port}")).unwrap_or_default();
    let target = format!("{}{port}", target.host_str().unwrap_or("nowhere"));
    let message = format!("the server redirected the request to {target}, which is not followed");
    Failure(Event::Hopeless, Error::new(ErrorKind::Redirect, message).with_status(status))
}
