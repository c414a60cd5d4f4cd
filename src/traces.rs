//! The spans and events of [`tracing`](https://docs.rs/tracing) that this crate emits.
//!
//! Each call of an operation is a span. So is each wait, with the spans of its polls inside. Names and values follow the semantic
//! conventions of OpenTelemetry for HTTP clients, so that `tracing-opentelemetry` needs no mapping. Fields that the conventions
//! do not have start with `ionos.`. No field contains a token, a secret or a body. A field or a target is renamed only in a minor
//! release, with a line in the changelog. A [`TokenProvider`](crate::TokenProvider) runs in a task of its own, so what it traces
//! is in no span of a call.
//!
//! | target | span | event | level | field | value |
//! |---|---|---|---|---|---|
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `otel.name` | method and template: `PUT /ipsecgateways/{id}` |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `otel.kind` | `client` |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `otel.status_code` | `ERROR` if the call failed |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `http.request.method` | such as `PUT` |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `http.request.resend_count` | how many requests followed the first one |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `http.response.status_code` | the status of the last response, if there was one |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `url.template` | the path without ids and without the path of the base URL |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `server.address` | the host |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `server.port` | the port |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `error.type` | the error status, else the kind: `503`, `timeout` |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `ionos.operation` | the operationId of the API's document |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `ionos.resource.kind` | such as `IPSec tunnel` |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `ionos.resource.id` | the id of the resource; none for a list and a create |
//! | `ionos_vpn::call` | `ionos_vpn.call` | | INFO | `ionos.resource.parent.id` | the id of the gateway that it belongs to |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `retry` | INFO | `ionos.attempt` | the number of the attempt that failed, from 1 |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `retry` | INFO | `ionos.delay_ms` | how long until the next attempt, at least |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `retry` | INFO | `error.type` | as in the span |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `retry` | INFO | `error.message` | what failed |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `pause` | DEBUG | `ionos.delay_ms` | about how long the pace of the client delays the request |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `token refused` | INFO | | the request is sent again at once with the next token |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `token failed` | WARN | `ionos.attempt` | how often the token provider or the token file failed in this call |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `token failed` | WARN | `ionos.delay_ms` | how long until the call asks again; none if the present token is still valid and is used |
//! | `ionos_vpn::call` | `ionos_vpn.call` | `token failed` | WARN | `error.message` | what failed |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | | INFO | `otel.name` | such as `wait for IPSec gateway` |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | | INFO | `otel.kind` | `internal` |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | | INFO | `otel.status_code` | `ERROR` if the wait failed |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | | INFO | `error.type` | as for a call |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | | INFO | `ionos.resource.kind` | as for a call |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | | INFO | `ionos.resource.id` | as for a call |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | | INFO | `ionos.resource.parent.id` | as for a call |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | `poll` | INFO | `ionos.attempt` | the number of the poll, from 1 |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | `poll` | INFO | `ionos.delay_ms` | how long until the next poll; none after the last one |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | `poll` | INFO | `ionos.resource.status` | the status that was seen; none in a wait for many |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | `poll` | INFO | `error.type` | as in the span, if the poll failed |
//! | `ionos_vpn::wait` | `ionos_vpn.wait` | `poll` | INFO | `error.message` | why the poll failed |
//! | `ionos_vpn::wait` | | `stale` | INFO | `ionos.resource.id` | `modify`, `plan` or `reconcile` read a state older than the last write |
//! | `ionos_vpn::wait` | | `stale` | INFO | `ionos.delay_ms` | how long until it is read again |
//!
//! By default, `fmt` of `tracing-subscriber` prints events only. To see the spans too, with their duration and the
//! fields that are recorded at their end, configure it to print a line when a span closes:
//!
//! ```
//! use tracing_subscriber::fmt::format::FmtSpan;
//! tracing_subscriber::fmt().with_span_events(FmtSpan::CLOSE).init();
//! ```
//!
//! `cargo run --example traces` prints them as JSON.

use std::time::Duration;

use http::StatusCode;
use reqwest::Request;
use tracing::field::Empty;
use tracing::{Level, Span, debug, info, info_span, span_enabled, warn};
use uuid::Uuid;

use crate::error::{Error, Subject};
use crate::model::generated::types::Status;
use crate::model::path::ResourceRef;
use crate::text::snippet;

const CALL: &str = "ionos_vpn::call";
const WAIT: &str = "ionos_vpn::wait";

/// Returns the span of a call.
pub(crate) fn call_span(subject: &Subject, request: &Request) -> Span {
    // Computing the fields takes time, so it is skipped if no subscriber wants the span.
    let is_seen = span_enabled!(target: CALL, Level::INFO);
    let resource = subject.resource.as_ref().filter(|_| is_seen);
    let template = resource.map(ResourceRef::template);
    let (method, url) = (request.method(), request.url());
    info_span!(
        target: CALL,
        "ionos_vpn.call",
        otel.name = template.as_ref().map_or_else(|| method.to_string(), |template| format!("{method} {template}")),
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = method.as_str(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        url.template = template,
        server.address = url.host_str(),
        server.port = url.port_or_known_default(),
        error.type = Empty,
        ionos.operation = Some(subject.operation).filter(|operation| !operation.is_empty()),
        ionos.resource.kind = resource.map(ResourceRef::kind),
        ionos.resource.id = resource.and_then(ResourceRef::id).map(display),
        ionos.resource.parent.id = resource.and_then(|resource| resource.parents().last()).map(display),
    )
}

/// Records how a call ended.
pub(crate) fn end_call(span: &Span, attempts: u32, status: Option<StatusCode>, error: Option<&Error>) {
    span.record("http.request.resend_count", attempts.saturating_sub(1));
    span.record("http.response.status_code", status.map(|status| status.as_u16()));
    end(span, error);
}

/// Returns the span of a wait.
pub(crate) fn wait_span(subject: &Subject) -> Span {
    let resource = subject.resource.as_ref();
    let words = [subject.verb, resource.map(ResourceRef::kind)];
    info_span!(
        target: WAIT,
        "ionos_vpn.wait",
        otel.name = words.map(Option::unwrap_or_default).join(" "),
        otel.kind = "internal",
        otel.status_code = Empty,
        error.type = Empty,
        ionos.resource.kind = resource.map(ResourceRef::kind),
        ionos.resource.id = resource.and_then(ResourceRef::id).map(display),
        ionos.resource.parent.id = resource.and_then(|resource| resource.parents().last()).map(display),
    )
}

/// Records how a span ended.
pub(crate) fn end(span: &Span, error: Option<&Error>) {
    if let Some(error) = error.filter(|_| !span.is_disabled()) {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", error_type(error));
    }
}

/// A call is tried again after this attempt.
pub(crate) fn retry(attempt: u32, delay: Duration, error: &Error) {
    info!(
        target: CALL,
        { ionos.attempt = attempt,
        ionos.delay_ms = millis(delay),
        error.type = error_type(error),
        error.message = %error }, "retry"
    );
}

/// The pace holds a request back.
pub(crate) fn pause(delay: Duration) {
    debug!(target: CALL, { ionos.delay_ms = millis(delay) }, "pause");
}

/// The server refused the token, and there is another one.
pub(crate) fn token_refused() {
    info!(target: CALL, "token refused");
}

/// The token provider failed. If there is a delay, the provider is called again after it.
pub(crate) fn token_failed(attempt: u32, delay: Option<Duration>, error: &Error) {
    warn!(
        target: CALL,
        { ionos.attempt = attempt, ionos.delay_ms = delay.map(millis), error.message = %error }, "token failed"
    );
}

/// A wait polled. If there is a delay, it polls again after it.
pub(crate) fn poll(attempt: u32, delay: Option<Duration>, status: Option<&Status>, error: Option<&Error>) {
    info!(
        target: WAIT,
        { ionos.attempt = attempt,
        ionos.delay_ms = delay.map(millis),
        ionos.resource.status = status.map(|status| snippet(status.as_str(), 80)),
        error.type = error.map(error_type),
        error.message = error.map(display) }, "poll"
    );
}

/// The state that was read is older than the last write. It is read again after the delay.
pub(crate) fn stale(id: Uuid, delay: Duration) {
    info!(target: WAIT, { ionos.resource.id = %id, ionos.delay_ms = millis(delay) }, "stale");
}

fn millis(delay: Duration) -> u64 {
    u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)
}

/// Returns the kind of the failure, from a small set of values.
fn error_type(error: &Error) -> String {
    match error.status().filter(|status| !status.is_success()) {
        Some(status) => status.as_str().to_owned(),
        None => error.kind().as_str().to_owned(),
    }
}
