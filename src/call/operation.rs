//! The call of a generated operation. Each method of the generated client calls [`Call::run`].

use std::mem;
use std::sync::Arc;

use http::{HeaderMap, Method};
use progenitor_client::ResponseValue;
use reqwest::{Request, Url};
use serde::de::DeserializeOwned;
use tracing::Instrument;

use super::attempts::Attempts;
use super::headers::Headers;
use super::transport::Reply;
use super::{Call, Report};
use crate::error::{CallInfo, Error, ErrorKind};
use crate::model::generated::RawError;
use crate::traces;

/// Builds the request of an operation, once for each attempt.
pub(super) type Build<'a> = dyn Fn() -> reqwest::Result<Request> + Sync + 'a;

/// Reads a response body that is JSON.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(body)
}

/// Reads the response body of an operation that returns nothing.
#[allow(clippy::unnecessary_wraps, reason = "it is used in the place of `json`")]
pub(crate) fn empty(_: &[u8]) -> serde_json::Result<()> {
    Ok(())
}

impl Call {
    /// Returns the path of the base URL, without a slash at its end.
    pub(crate) fn base_path(&self) -> &str {
        self.core.base_url.path().trim_end_matches('/')
    }

    /// Returns the URL with this path. The base URL is not parsed again.
    pub(crate) fn url(&self, path: &str) -> Url {
        let mut url = self.core.base_url.clone();
        url.set_path(path);
        url
    }

    /// Sends the request until it succeeds or must not be tried again, and reads the body of the response. Stores the report and the
    /// error in the exchange.
    pub(crate) async fn run<T, E>(
        &self,
        operation: &'static str,
        path: &str,
        read: fn(&[u8]) -> serde_json::Result<T>,
        build: impl Fn() -> reqwest::Result<Request> + Sync,
    ) -> Result<ResponseValue<T>, RawError<E>> {
        let reply = self.exchange_with(operation, path, &build).await?;
        let (parts, body) = reply.into_parts();
        let value = read(&body);
        let mut exchange = self.exchange();
        let report = &mut exchange.report;
        report.status = parts.status;
        match value {
            Ok(value) if self.is_direct => Ok(ResponseValue::new(value, parts.status, parts.headers)),
            Ok(value) => {
                (report.headers, report.body) = (parts.headers, body);
                Ok(ResponseValue::new(value, parts.status, HeaderMap::new()))
            }
            Err(error) => {
                (report.headers, report.body) = (parts.headers, body.clone());
                Err(RawError::InvalidResponsePayload(body, error))
            }
        }
    }

    async fn exchange_with<E>(
        &self,
        operation: &'static str,
        path: &str,
        build: &Build<'_>,
    ) -> Result<Reply, RawError<E>> {
        let request = build()?;
        let settings = self.options.settings(&self.core);
        let mut report = Report {
            info: CallInfo { operation, ..CallInfo::default() },
            is_write: !matches!(*request.method(), Method::GET | Method::HEAD),
            is_idempotent: !matches!(*request.method(), Method::POST | Method::PATCH),
            path: self.is_direct.then(|| path.to_owned()),
            secrets: self.secrets.clone(),
            header_secrets: settings.headers.map(|headers| headers.map_or_else(Arc::default, Headers::secrets)),
            ..Report::default()
        };
        if mem::replace(&mut self.exchange().is_begun, true) {
            return Err(RawError::Custom(self.refuse_second()));
        }
        let span = traces::call_span(operation, request.method(), request.url());
        let call = Attempts::run(&self.core, settings, request, build, &mut report);
        let result = call.instrument(span.clone()).await;
        let status = result.as_ref().map_or_else(Error::status, |reply| Some(reply.status()));
        let status = status.map(|status| status.as_u16());
        traces::end_call(&span, report.info.attempts, status, result.as_ref().err());
        let mut exchange = self.exchange();
        exchange.report = report;
        result.map_err(|error| {
            let text = error.to_string();
            exchange.failure = Some(exchange.report.with_resource(error));
            RawError::Custom(text)
        })
    }

    /// Refuses the second operation of a closure, because there is one report for each call.
    fn refuse_second(&self) -> String {
        let message = "the closure given to `Client::call` called two operations; make a call for each";
        let mut exchange = self.exchange();
        let Report { info, is_write, is_idempotent, .. } = exchange.report;
        let error = Error::new(ErrorKind::Configuration, message).with(|details| details.call = Some(info));
        let error = exchange.report.with_resource(error);
        exchange.failure.get_or_insert(error.maybe_applied(is_write, is_idempotent));
        message.to_owned()
    }
}
