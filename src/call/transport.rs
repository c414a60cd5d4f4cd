//! One request and its response.

use std::error::Error as _;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use std::{io, iter, mem};

use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use reqwest::{Body, Request, Response, Url};
use tokio::time::{Instant, sleep_until};

use super::retry::Event;
use super::{Core, deadline};
use crate::error::{Error, ErrorKind};

/// A complete response.
pub(super) type Reply = http::Response<Bytes>;

/// An attempt without a complete response.
pub(super) struct Failure {
    pub(super) event: Event,
    pub(super) error: Error,
    /// The server may have acted on the request.
    pub(super) is_applied: bool,
    /// The part of the response that was received: its headers, and the part of its body that was read.
    pub(super) response: Option<Box<(HeaderMap, Bytes)>>,
}

impl Failure {
    fn new(event: Event, is_applied: bool, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { event, error: Error::new(kind, message), is_applied, response: None }
    }

    fn with_status(self, status: StatusCode) -> Self {
        Self { error: self.error.with(|details| details.status = Some(status)), ..self }
    }

    fn with_response(self, headers: HeaderMap, body: Bytes) -> Self {
        Self { response: Some(Box::new((headers, body))), ..self }
    }
}

/// The parts of a response that were received.
#[derive(Default)]
struct Received {
    head: Option<(StatusCode, HeaderMap)>,
    body: Chunks,
}

/// Sends one request and reads the whole response, within a time limit.
pub(super) async fn send(core: &Core, mut request: Request, limit: Duration) -> Result<Reply, Failure> {
    let is_sent = watch_body(&mut request);
    let mut received = Received::default();
    let end = deadline(Instant::now(), limit);
    // The timer is polled first. If it were set after the request was handed to the connection, it could wake the runtime twice.
    let result = match select(pin!(sleep_until(end)), pin!(receive(core, request, &mut received))).await {
        Either::Left(_) => None,
        Either::Right((result, _)) => Some(result),
    };
    let Received { head, body } = received;
    let failure = match result {
        Some(result) => result.err(),
        None if head.is_some() || is_sent.load(Ordering::Relaxed) => Some(late(limit)),
        None => Some(not_connected(limit, core.is_foreign)),
    };
    let Some((status, headers)) = head else { return Err(failure.unwrap_or_else(|| late(limit))) };
    let body = body.join();
    match failure {
        // Any other response keeps its status, whatever its body.
        Some(failure) if status.is_success() => {
            let failure = match failure.event {
                Event::Permanent => failure.with_status(status),
                _ => failure,
            };
            Err(failure.with_response(headers, body))
        }
        _ => {
            let mut reply = Reply::new(body);
            (*reply.status_mut(), *reply.headers_mut()) = (status, headers);
            Ok(reply)
        }
    }
}

/// Sends a request and receives the response into `received`.
async fn receive(core: &Core, request: Request, received: &mut Received) -> Result<(), Failure> {
    // Only a client of the caller follows redirects.
    let requested = core.is_foreign.then(|| request.url().clone());
    let response = core.http.execute(request).await;
    let mut response = response.map_err(|error| failure(error, core.is_foreign))?;
    let (status, headers) = (response.status(), mem::take(response.headers_mut()));
    let url = response.url();
    let requested = requested.as_ref().unwrap_or(url);
    if status.is_redirection() || url != requested {
        return Err(redirected(&headers, url, requested, status).with_response(headers, Bytes::new()));
    }
    received.head = Some((status, headers));
    read_body(&mut response, core.max_body_size, &mut received.body).await
}

/// A request body that sets a flag when it is sent.
struct WatchedBody {
    body: Body,
    is_sent: Arc<AtomicBool>,
}

impl http_body::Body for WatchedBody {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<reqwest::Result<http_body::Frame<Bytes>>>> {
        // A connection takes the body when it is ready for the request.
        self.is_sent.store(true, Ordering::Relaxed);
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}

/// Returns a flag that is set when the body of the request is sent. If the request has no body, this crate cannot see when
/// it is sent, so the flag is set from the start.
fn watch_body(request: &mut Request) -> Arc<AtomicBool> {
    let body = request.body_mut().take();
    let is_sent = Arc::new(AtomicBool::new(body.is_none()));
    *request.body_mut() = body.map(|body| Body::wrap(WatchedBody { body, is_sent: Arc::clone(&is_sent) }));
    is_sent
}

/// Returns the failure of an attempt that timed out before its request was sent. A client of the caller (`is_foreign`) may
/// already have sent the request before it followed a redirect.
fn not_connected(limit: Duration, is_foreign: bool) -> Failure {
    let event = if is_foreign { Event::Interrupted } else { Event::NotConnected };
    Failure::new(event, is_foreign, ErrorKind::Timeout, format!("no connection within {limit:.1?}"))
}

fn late(limit: Duration) -> Failure {
    Failure::new(Event::Interrupted, true, ErrorKind::Timeout, format!("no complete response within {limit:.1?}"))
}

/// The part of a body that was read.
#[derive(Default)]
struct Chunks {
    chunks: Vec<Bytes>,
    length: usize,
}

impl Chunks {
    fn push(&mut self, chunk: Bytes) {
        self.length += chunk.len();
        self.chunks.push(chunk);
    }

    /// Returns the whole. A single chunk is not copied.
    fn join(mut self) -> Bytes {
        if self.chunks.len() < 2 {
            return self.chunks.pop().unwrap_or_default();
        }
        let mut body = BytesMut::with_capacity(self.length);
        self.chunks.iter().for_each(|chunk| body.extend_from_slice(chunk));
        body.freeze()
    }
}

/// Reads the body up to the limit. What was read before a failure is kept.
async fn read_body(response: &mut Response, limit: usize, body: &mut Chunks) -> Result<(), Failure> {
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.length + chunk.len() > limit => {
                let message = format!("the response body is larger than {limit} bytes");
                return Err(Failure::new(Event::Permanent, true, ErrorKind::BodyTooLarge, message));
            }
            Ok(Some(chunk)) => body.push(chunk),
            Ok(None) => return Ok(()),
            Err(error) => return Err(failure(error, false)),
        }
    }
}

/// Classifies an error of reqwest. A client of the caller (`is_foreign`) may have sent the request and failed after
/// following a redirect.
fn failure(error: reqwest::Error, is_foreign: bool) -> Failure {
    let not_connected = if is_foreign { Event::Interrupted } else { Event::NotConnected };
    let proxy = proxy_failure(&error);
    let (event, is_applied, kind, message) = if error.is_builder() {
        (Event::Permanent, false, ErrorKind::Configuration, "the request cannot be built")
    } else if !error.is_connect() {
        let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Interrupted };
        (Event::Interrupted, true, kind, "the connection broke before the response was complete")
    } else if is_tls(&error) {
        (Event::Permanent, is_foreign, ErrorKind::Tls, "no trusted TLS connection to the server")
    } else if let Some(ProxyFailure { is_passing, message }) = proxy {
        let event = if is_passing { not_connected } else { Event::Permanent };
        (event, is_foreign, ErrorKind::Connect, message)
    } else {
        (not_connected, is_foreign, ErrorKind::Connect, "no connection to the server")
    };
    let failure = Failure::new(event, is_applied, kind, message);
    let error = failure.error.with_source(error.without_url());
    match proxy {
        Some(ProxyFailure { is_passing, .. }) => Failure { error: error.passing(is_passing), ..failure },
        None => Failure { error, ..failure },
    }
}

/// What went wrong between the client and a proxy.
#[derive(Clone, Copy)]
struct ProxyFailure {
    is_passing: bool,
    message: &'static str,
}

/// Finds out whether a proxy did not connect to the server. hyper does not export the type of that error, and does not keep the
/// status of the proxy's answer except for a 407: only the text says what happened.
fn proxy_failure(error: &reqwest::Error) -> Option<ProxyFailure> {
    let causes = iter::successors(error.source(), |&cause| cause.source());
    let text =
        causes.map(ToString::to_string).find_map(|text| text.strip_prefix("tunnel error: ").map(str::to_owned))?;
    let (is_passing, message) = match text.as_str() {
        "proxy authorization required" => (false, "the proxy demands a valid user name and password (407)"),
        "unsuccessful" => (true, "the proxy refused to connect to the server (its status was neither 200 nor 407)"),
        _ => (true, "no connection through the proxy"),
    };
    Some(ProxyFailure { is_passing, message })
}

/// Returns `true` if a handshake was refused, as opposed to cut off.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        // `source` of an I/O error skips the error that it wraps.
        let mut wrapped = error.downcast_ref::<io::Error>();
        while let Some(error) = wrapped {
            if error.kind() == io::ErrorKind::InvalidData {
                return true;
            }
            wrapped = error.get_ref().and_then(|inner| inner.downcast_ref());
        }
        #[cfg(feature = "native-tls")]
        if error.is::<native_tls::Error>() {
            // OpenSSL reports a connection that was cut off as well, by the error of the operating system or by this text.
            let is_cut_off = error.source().is_some_and(<dyn std::error::Error>::is::<io::Error>);
            return !is_cut_off && !error.to_string().contains("unexpected EOF");
        }
        cause = error.source();
    }
    false
}

fn redirected(headers: &HeaderMap, url: &Url, requested: &Url, status: StatusCode) -> Failure {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.and_then(|value| requested.join(value).ok());
    let target = location.as_ref().unwrap_or(url);
    let port = target.port().map(|port| format!(":{port}")).unwrap_or_default();
    let host = target.host_str().unwrap_or("an address without a host");
    let message = format!("the server redirected the request to {host}{port}, which is not followed");
    // 302 and 303 are also sent after the server has acted. A client that followed a redirect has sent the request on.
    let is_applied = url != requested || !matches!(status.as_u16(), 301 | 307 | 308);
    Failure::new(Event::Permanent, is_applied, ErrorKind::Redirect, message).with_status(status)
}
