//! The response of a call, and the errors about what it says.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::headers::Headers;
use super::token::Token;
use crate::error::{Error, ErrorKind, Subject};
use crate::model::rule::{Object, Rule};
use crate::model::visit::texts;
use crate::text::{redact, redacted_body, redacted_headers, shown_body};

/// What is known of the secrets in the requests and responses of a call.
#[derive(Clone, Default)]
pub(crate) enum Secrets {
    /// The resource has none. Bodies of responses may be shown.
    #[default]
    None,
    /// The resource has some, so a response may contain one that is not known, and its body is not shown. Contains those that
    /// were sent.
    Possible(Vec<String>),
}

impl Secrets {
    /// Returns the secrets of a request with this body to a resource with these rules. If the rules are not known, any text in
    /// the body may be a secret.
    pub(crate) fn of(rules: Option<&'static Object>, body: Option<&Value>) -> Self {
        let sent = match (rules, body) {
            (Some(rules), _) if !rules.has_secret => return Self::None,
            (Some(rules), Some(body)) => Rule::Object(rules).secrets(body),
            (None, Some(body)) => texts(body),
            (_, None) => Vec::new(),
        };
        Self::Possible(sent)
    }
}

/// Removes the token and other secrets of a call from texts of the server.
#[derive(Default)]
pub(super) struct Redactor {
    pub(super) token: Option<Token>,
    secrets: Secrets,
    /// The values of headers that must not be printed.
    header_secrets: [Arc<[String]>; 2],
}

impl Redactor {
    pub(super) fn new(secrets: Secrets, headers: [Option<&Headers>; 2]) -> Self {
        let header_secrets = headers.map(|headers| headers.map_or_else(Arc::default, Headers::secrets));
        Self { token: None, secrets, header_secrets }
    }

    /// Returns a text without the secrets that were sent.
    pub(super) fn redact(&self, text: &str) -> String {
        let sent = if let Secrets::Possible(sent) = &self.secrets { sent.as_slice() } else { &[] };
        let secrets = sent.iter().chain(self.header_secrets.iter().flat_map(|secrets| secrets.iter()));
        let text = self.token.as_ref().map_or_else(|| text.to_owned(), |token| token.redact(text));
        secrets.fold(text, |text, secret| redact(&text, secret))
    }

    /// Returns `true` if the body of a response may be shown.
    pub(super) fn shows_bodies(&self) -> bool {
        matches!(self.secrets, Secrets::None)
    }

    /// Adds to an error what the server sent.
    pub(super) fn with_response(&self, error: Error, headers: &HeaderMap, body: &[u8]) -> Error {
        let redact = |text: &str| self.redact(text);
        let body = Some(body).filter(|body| !body.is_empty() && self.shows_bodies());
        error.with_response(redacted_headers(headers, &redact), body.map(|body| redacted_body(body, &redact)))
    }

    /// Returns a body for a message.
    fn shown(&self, body: &[u8]) -> String {
        match body {
            [] => "no body".to_owned(),
            body if self.shows_bodies() => shown_body(body, &|text| self.redact(text)),
            _ => "the body is not shown, because it may hold a secret".to_owned(),
        }
    }

    /// Adds a cause to an error, unless it may contain a secret.
    fn with_cause(&self, error: Error, cause: Option<serde_json::Error>) -> Error {
        let is_harmless =
            |cause: &serde_json::Error| self.shows_bodies() && self.redact(&cause.to_string()) == cause.to_string();
        match cause.filter(is_harmless) {
            Some(cause) => error.with_source(cause),
            None => error,
        }
    }
}

/// What a call did.
#[derive(Default)]
pub(crate) struct Report {
    pub(super) subject: Subject,
    pub(super) is_write: bool,
    /// How many requests were sent.
    pub(crate) attempts: u32,
    pub(super) elapsed: Duration,
    /// The server may have acted on an attempt before the successful one.
    pub(crate) is_applied_before: bool,
    pub(super) redactor: Redactor,
}

impl Report {
    /// Makes an error one about this call.
    pub(super) fn concerning(&self, error: Error) -> Error {
        error.maybe_applied(self.is_write).after(self.attempts, self.elapsed).about(&self.subject)
    }
}

/// A successful response.
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) report: Report,
}

impl Response {
    /// Reads the body. `what` names what it should be.
    pub(crate) fn json<T: DeserializeOwned>(&self, what: &str) -> Result<T, Error> {
        let read = serde_json::from_slice(&self.body);
        read.map_err(|cause| self.unusable(&format!("the response body is not {what}"), Some(cause)))
    }

    /// Returns the error for a success whose body cannot be used.
    pub(crate) fn unusable(&self, problem: &str, cause: Option<serde_json::Error>) -> Error {
        self.unusable_part(problem, &self.body, cause, &self.report.subject)
    }

    /// Returns the error for a part of a response that cannot be used.
    pub(crate) fn unusable_part(
        &self,
        problem: &str,
        part: &[u8],
        cause: Option<serde_json::Error>,
        subject: &Subject,
    ) -> Error {
        let redactor = &self.report.redactor;
        let message = format!("the server answered {}, but {problem}: {}", self.status.as_u16(), redactor.shown(part));
        let error = Error::new(ErrorKind::UnusableResponse, message).with_status(self.status).about(subject);
        let error = self.report.concerning(error);
        redactor.with_cause(redactor.with_response(error, &self.headers, &self.body), cause)
    }
}
