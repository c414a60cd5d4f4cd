//! One request and its response.

use std::error::Error as _;
use std::pin::pin;
use std::time::Duration;
use std::{io, iter, mem};

use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use reqwest::{Request, Url};
use tokio::time::{Instant, sleep_until};

use super::deadline;
use crate::error::{Error, ErrorKind, Event};

/// A complete response.
pub(super) type Reply = http::Response<Bytes>;

/// An attempt that did not succeed.
pub(super) struct Failure {
    pub(super) event: Event,
    pub(super) error: Error,
    /// The server may have acted on the request.
    pub(super) is_applied: bool,
    /// The part of the response that was received: its headers, and the part of its body that was read.
    pub(super) response: Box<(HeaderMap, Bytes)>,
}

impl Failure {
    pub(super) fn new(event: Event, is_applied: bool, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { event, error: Error::new(kind, message), is_applied, response: Box::default() }
    }

    pub(super) fn with_source(self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { error: self.error.with_source(cause), ..self }
    }

    fn with_status(self, status: StatusCode) -> Self {
        Self { error: self.error.with_status(status), ..self }
    }

    fn with_response(self, headers: HeaderMap, body: Bytes) -> Self {
        Self { response: Box::new((headers, body)), ..self }
    }
}

/// The parts of a response that were received.
#[derive(Default)]
pub(super) struct Received {
    pub(super) head: Option<(StatusCode, HeaderMap)>,
    pub(super) body: BytesMut,
}

/// Sends requests.
pub(crate) struct Transport {
    http: reqwest::Client,
    /// `http` is a client of the caller. It may follow redirects, so a failure never proves that nothing was sent.
    is_callers: bool,
    /// The responses of a test, instead of those of `http`.
    #[cfg(test)]
    pub(super) script: Option<std::sync::Arc<dyn super::simulation_tests::Script>>,
}

impl Transport {
    pub(crate) fn new(http: reqwest::Client, is_callers: bool) -> Self {
        Self {
            http,
            is_callers,
            #[cfg(test)]
            script: None,
        }
    }

    /// Returns the HTTP client.
    pub(super) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Sends one request and reads the whole response, within a time limit. A time that ran out never means that nothing was
    /// sent.
    pub(super) async fn send(&self, request: Request, limit: Duration, max_body: usize) -> Result<Reply, Failure> {
        let mut received = Received::default();
        let result = within(limit, self.receive(request, max_body, &mut received)).await;
        let late = || {
            let message = format!("no complete response within {limit:.1?}");
            Failure::new(Event::Interrupted, true, ErrorKind::Timeout, message)
        };
        let failure = result.map_or_else(|| Some(late()), Result::err);
        let Received { head, body } = received;
        let (body, Some((status, headers))) = (body.freeze(), head) else {
            return Err(failure.unwrap_or_else(late));
        };
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
    async fn receive(&self, request: Request, max_body: usize, received: &mut Received) -> Result<(), Failure> {
        #[cfg(test)]
        if let Some(script) = &self.script {
            return script.answer(request, received).await;
        }
        // Only a client of the caller follows redirects.
        let requested = self.is_callers.then(|| request.url().clone());
        let response = self.http.execute(request).await;
        let mut response = response.map_err(|error| failure(error, self.is_callers))?;
        let (status, headers) = (response.status(), mem::take(response.headers_mut()));
        let url = response.url();
        let requested = requested.as_ref().unwrap_or(url);
        if status.is_redirection() || url != requested {
            return Err(redirected(&headers, url, requested, status).with_response(headers, Bytes::new()));
        }
        received.head = Some((status, headers));
        // What was read before a failure is kept.
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(error, false))? {
            if received.body.len() + chunk.len() > max_body {
                let message = format!("the response body is larger than {max_body} bytes");
                return Err(Failure::new(Event::Permanent, true, ErrorKind::BodyTooLarge, message));
            }
            received.body.extend_from_slice(&chunk);
        }
        Ok(())
    }
}

/// If a timer is noticed this much later than it was due, nobody polled the future in the meantime.
pub(crate) const OVERSLEPT: Duration = Duration::from_millis(100);

/// Runs a future for at most `limit`. What has arrived is taken before the timer is believed, and time in which nobody polled the
/// future does not count.
pub(crate) async fn within<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut end = deadline(Instant::now(), limit);
    loop {
        match select(future.as_mut(), pin!(sleep_until(end))).await {
            Either::Left((output, _)) => return Some(output),
            Either::Right(_) if end.elapsed() < OVERSLEPT => return None,
            Either::Right(_) => end = Instant::now() + end.elapsed().min(limit),
        }
    }
}

/// Classifies an error of reqwest. A client of the caller (`is_callers`) may have sent the request and failed after
/// following a redirect.
fn failure(error: reqwest::Error, is_callers: bool) -> Failure {
    let not_connected = if is_callers { Event::Interrupted } else { Event::NotConnected };
    let proxy = proxy_failure(&error);
    let (event, is_applied, kind, message) = if error.is_builder() {
        (Event::Permanent, false, ErrorKind::Configuration, "the request cannot be built")
    } else if !is_callers && is_unprocessed(&error) {
        (
            Event::NotConnected,
            false,
            ErrorKind::Interrupted,
            "the server closed the connection without processing the request",
        )
    } else if !error.is_connect() {
        let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Interrupted };
        (Event::Interrupted, true, kind, "the connection broke before the response was complete")
    } else if error.is_timeout() {
        (not_connected, is_callers, ErrorKind::Timeout, "no connection within the connect timeout")
    } else if is_tls(&error) {
        (Event::Permanent, is_callers, ErrorKind::Tls, "no trusted TLS connection to the server")
    } else if let Some(ProxyFailure { is_transient, message }) = proxy {
        let event = if is_transient { not_connected } else { Event::Permanent };
        (event, is_callers, ErrorKind::Connect, message)
    } else {
        (not_connected, is_callers, ErrorKind::Connect, "no connection to the server")
    };
    Failure::new(event, is_applied, kind, message).with_source(error.without_url())
}

/// Returns `true` if HTTP/2 said that the server has not processed the request (RFC 9113, 8.7): the stream was refused, or it is
/// above the last stream of a GOAWAY.
#[cfg(feature = "http2")]
fn is_unprocessed(error: &reqwest::Error) -> bool {
    let mut causes = iter::successors(error.source(), |&cause| cause.source());
    causes.find_map(|cause| cause.downcast_ref::<h2::Error>()).is_some_and(|error| {
        let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        error.is_remote() && (is_refused || error.is_go_away())
    })
}

#[cfg(not(feature = "http2"))]
fn is_unprocessed(_: &reqwest::Error) -> bool {
    false
}

/// What went wrong between the client and a proxy.
#[derive(Clone, Copy)]
struct ProxyFailure {
    is_transient: bool,
    message: &'static str,
}

/// Finds out whether a proxy did not connect to the server. hyper does not export the type of that error, and does not keep the
/// status of the proxy's answer except for a 407: only the text says what happened.
fn proxy_failure(error: &reqwest::Error) -> Option<ProxyFailure> {
    let causes = iter::successors(error.source(), |&cause| cause.source());
    let text =
        causes.map(ToString::to_string).find_map(|text| text.strip_prefix("tunnel error: ").map(str::to_owned))?;
    let (is_transient, message) = match text.as_str() {
        "proxy authorization required" => (false, "the proxy demands a valid user name and password (407)"),
        "unsuccessful" => (true, "the proxy refused to connect to the server (its status was neither 200 nor 407)"),
        _ => (true, "no connection through the proxy"),
    };
    Some(ProxyFailure { is_transient, message })
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
