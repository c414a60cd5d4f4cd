//! The path of one call: [`Core::send`] makes [`attempts`], each of which sends one request by [`transport`]. [`pace`] decides
//! when it is sent, [`retry`] what follows. [`hook`] lets the generated methods send their requests in the same way.

mod attempts;
pub(crate) mod budget;
pub(crate) mod headers;
pub(crate) mod hook;
pub(crate) mod options;
pub(crate) mod pace;
pub mod raw_api;
pub(crate) mod response;
pub(crate) mod retry;
#[cfg(test)]
mod simulation_tests;
pub(crate) mod token;
pub(crate) mod transport;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Method};
use reqwest::{Request, Url};
use serde_json::Value;
use tokio::time::Instant;
use tracing::Instrument;

use crate::error::{Error, Subject};
use crate::traces;
use attempts::Attempts;
use budget::Budget;
use headers::Headers;
use options::CallOptions;
use pace::Pace;
use response::{Redactor, Report, Response, Secrets};
use retry::RetryPolicy;
use token::TokenSource;
use transport::Transport;

/// The media type of the bodies of requests and responses.
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The settings and the state that the clones of a client share.
pub(crate) struct Core {
    pub(crate) transport: Transport,
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

impl Core {
    /// Returns the base URL without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        self.base_url.as_str().trim_end_matches('/')
    }

    /// Returns a request for JSON. The path starts with a slash and is appended to the base URL.
    pub(crate) fn request(
        &self,
        method: Method,
        path: &str,
        query: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Request, Error> {
        let mut url = self.base_url.clone();
        url.set_path(&[self.base_url.path().trim_end_matches('/'), path].concat());
        url.set_query(query);
        let mut request = Request::new(method, url);
        request.headers_mut().insert(ACCEPT, JSON);
        if let Some(body) = body {
            let body = serde_json::to_vec(body)
                .map_err(|error| Error::configuration("the body cannot be written as JSON").with_source(error))?;
            request.headers_mut().insert(CONTENT_TYPE, JSON);
            *request.body_mut() = Some(body.into());
        }
        Ok(request)
    }

    /// Sends a request until it succeeds or must not be sent again, and returns the successful response.
    pub(crate) async fn send(
        self: &Arc<Self>,
        options: &CallOptions,
        subject: &Subject,
        request: Request,
        secrets: Secrets,
    ) -> Result<Response, Error> {
        options.check_headers().map_err(|error| error.about(subject))?;
        let settings = options.settings(self);
        let span = traces::call_span(subject, &request);
        let is_write = !matches!(*request.method(), Method::GET | Method::HEAD);
        let redactor = Redactor::new(secrets, settings.headers);
        let mut report = Report { subject: subject.clone(), is_write, redactor, ..Report::default() };
        // On the heap, so that the futures of callers stay small.
        let result = Box::pin(Attempts::run(self, settings, request, &mut report)).instrument(span.clone()).await;
        let status = result.as_ref().map_or_else(Error::status, |reply| Some(reply.status()));
        traces::end_call(&span, report.attempts, status, result.as_ref().err());
        match result {
            Ok(reply) => {
                let (parts, body) = reply.into_parts();
                Ok(Response { status: parts.status, headers: parts.headers, body, report })
            }
            Err(error) => Err(error.about(subject)),
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

/// Returns the end of a time span. A span that the clock cannot hold ends in 30 years.
pub(crate) fn deadline(started: Instant, span: Duration) -> Instant {
    started.checked_add(span).unwrap_or_else(|| started + Duration::from_secs(30 * 365 * 86_400))
}

#[cfg(test)]
mod tests;
