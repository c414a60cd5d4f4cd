//! The HTTP server of the sandbox.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use futures_util::{StreamExt, stream};
use http::header::{ALLOW, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::store::{Store, locate, parent};
use super::{Fault, SeenRequest};
use crate::model::generated::KINDS;
use crate::model::path::{ResourceRef, split};
use crate::model::rule::Object;
use crate::model::validate::violations;
use crate::model::violation::Violations;

/// The API: how long it takes to answer, and what it holds.
pub(crate) struct Api {
    pub(crate) latency: Duration,
    pub(crate) store: Mutex<Store>,
}

/// A request that is being answered.
struct InFlight<'a>(&'a Api);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.store().in_flight -= 1;
    }
}

/// A status, and a body if there is one.
pub(crate) type Answer = (StatusCode, Option<Value>);

fn refuse(status: StatusCode, code: &str, message: impl Into<String>) -> Answer {
    let message = json!({ "errorCode": code, "message": message.into() });
    (status, Some(json!({ "httpStatus": status.as_u16(), "messages": [message] })))
}

fn refuse_violations(violations: &Violations) -> Answer {
    let messages =
        violations.as_slice().iter().map(|it| json!({ "errorCode": "paas-validation-1", "message": it.to_string() }));
    let messages: Vec<_> = messages.collect();
    (StatusCode::UNPROCESSABLE_ENTITY, Some(json!({ "httpStatus": 422, "messages": messages })))
}

fn not_found(name: &str) -> Answer {
    refuse(StatusCode::NOT_FOUND, "paas-feature-1", format!("The {name} was not found"))
}

pub(super) async fn handle(State(api): State<Arc<Api>>, request: Request) -> Response {
    let _in_flight = api.enter();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, 1 << 20).await else {
        let reply = refuse(StatusCode::BAD_REQUEST, "paas-syntax-1", "The request body could not be read");
        return respond(reply, None);
    };
    let SeenRequest { fault, token_accepted, .. } = api.note(&parts, &body);
    if !api.latency.is_zero() {
        sleep(api.latency).await;
    }
    match fault {
        Some(Fault::Status(code)) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            respond(refuse(status, "paas-internal-1", "A fault of the sandbox"), None)
        }
        Some(Fault::RateLimited(seconds)) => {
            let reply = refuse(StatusCode::TOO_MANY_REQUESTS, "paas-limit-1", "Too many requests");
            let mut response = respond(reply, None);
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
            response
        }
        fault => {
            let mut response = respond(api.reply(&parts, &body, token_accepted), fault);
            if response.status() == StatusCode::METHOD_NOT_ALLOWED {
                let is_item = locate(parts.uri.path()).is_some_and(|location| location.id().is_some());
                let methods = if is_item { "GET, PUT, DELETE" } else { "GET, POST" };
                response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
            }
            response
        }
    }
}

fn header<'a>(parts: &'a Parts, name: &HeaderName) -> Option<&'a str> {
    parts.headers.get(name).and_then(|value| value.to_str().ok())
}

/// Redacts the members that are secrets in any kind, at any depth, because a request may be malformed.
fn hide_secrets(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(hide_secrets),
        Value::Object(map) => {
            for (name, value) in map {
                let is_secret = KINDS.iter().any(|kind| kind.ensure.secret_names().contains(&name.as_str()));
                if is_secret { *value = "***".into() } else { hide_secrets(value) }
            }
        }
        _ => {}
    }
}

/// Writes a reply, unless a fault cuts it off.
fn respond((status, body): Answer, fault: Option<Fault>) -> Response {
    let text = body.map(|body| body.to_string()).unwrap_or_default();
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if !text.is_empty() {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    let broken = |after: Duration| {
        stream::once(async move { sleep(after).await }).map(|()| Err(io::Error::other("a fault of the sandbox")))
    };
    *response.body_mut() = match fault {
        Some(Fault::Reset) => Body::from_stream(broken(Duration::ZERO).map(|it: Result<Bytes, _>| it)),
        Some(Fault::CutBody) => {
            response.headers_mut().insert(CONTENT_LENGTH, (text.len() + 1).into());
            let half = Bytes::from(text.get(..text.len() / 2).unwrap_or_default().to_owned());
            Body::from_stream(stream::iter([Ok(half)]).chain(broken(Duration::from_millis(5))))
        }
        _ => Body::from(text),
    };
    response
}

impl Api {
    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self) -> InFlight<'_> {
        let mut store = self.store();
        store.in_flight += 1;
        store.peak_in_flight = store.peak_in_flight.max(store.in_flight);
        InFlight(self)
    }

    /// Adds a request to the log and returns its content.
    fn note(&self, parts: &Parts, body: &[u8]) -> SeenRequest {
        let mut store = self.store();
        let fault = store.next_fault(locate(parts.uri.path()).as_ref());
        let mut body = serde_json::from_slice(body).unwrap_or_default();
        hide_secrets(&mut body);
        let request = SeenRequest {
            at: Instant::now().into_std(),
            method: parts.method.clone(),
            path: parts.uri.to_string(),
            body,
            fault,
            token_accepted: header(parts, &AUTHORIZATION) == Some(&store.authorization),
        };
        store.record(request.clone());
        request
    }

    pub(crate) fn reply(&self, parts: &Parts, body: &[u8], token_accepted: bool) -> Answer {
        if !token_accepted {
            let message = "Unauthorized, wrong or no api key provided to process this request";
            return refuse(StatusCode::UNAUTHORIZED, "paas-auth-1", message);
        }
        let media = header(parts, &CONTENT_TYPE).and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        let has_body = matches!(parts.method, Method::PUT | Method::POST);
        if has_body && !media.eq_ignore_ascii_case("application/json") {
            return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "paas-syntax-2", "The body must be application/json");
        }
        let path = parts.uri.path();
        let Some(location) = locate(path).filter(|_| path.starts_with('/')) else {
            if split(path).is_some() {
                return refuse(StatusCode::BAD_REQUEST, "paas-syntax-1", "The id is not a UUID");
            }
            return refuse(StatusCode::NOT_FOUND, "paas-feature-1", "There is nothing at this path");
        };
        let mut store = self.store();
        if let Some(parent) = parent(&location).filter(|parent| store.get(parent).is_none()) {
            return not_found(parent.facts().name);
        }
        match (&parts.method, location.id().is_some()) {
            (&Method::GET, true) => match store.get(&location) {
                Some(resource) => (StatusCode::OK, Some(resource.clone())),
                None => not_found(location.facts().name),
            },
            (&Method::PUT, true) => ensure(&mut store, &location, body),
            (&Method::DELETE, true) if store.delete(&location) => (StatusCode::ACCEPTED, None),
            (&Method::DELETE, true) => not_found(location.facts().name),
            (&Method::GET, false) => list(&mut store, &location, parts.uri.query().unwrap_or_default()),
            (&Method::POST, false) => create(&mut store, &location, body),
            _ => refuse(StatusCode::METHOD_NOT_ALLOWED, "paas-syntax-3", "The method is not allowed here"),
        }
    }
}

fn list(store: &mut Store, location: &ResourceRef, query: &str) -> Answer {
    let value = |name: &str, default: usize| {
        let pair = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
        pair.map_or(Some(default), |(_, value)| value.parse().ok())
    };
    let (Some(offset), Some(limit @ 1..=1000)) = (value("offset", 0), value("limit", 100)) else {
        return refuse(StatusCode::BAD_REQUEST, "paas-syntax-1", "offset must be at least 0, limit 1 to 1000");
    };
    let all = store.list(location);
    let has_more = offset.saturating_add(limit) < all.len();
    let items: Vec<_> = all.into_iter().skip(offset).take(limit).collect();
    let path = location.path();
    let link = |offset: usize| format!("{path}?offset={offset}&limit={limit}");
    let links = [
        Some(("self", link(offset))),
        (offset > 0).then(|| ("prev", link(offset.saturating_sub(limit)))),
        has_more.then(|| ("next", link(offset.saturating_add(limit)))),
    ];
    let links: BTreeMap<_, _> = links.into_iter().flatten().collect();
    let list = json!({
        "id": Uuid::nil(), "type": "collection", "href": path, "items": items,
        "offset": offset, "limit": limit, "_links": links,
    });
    (StatusCode::OK, Some(list))
}

fn create(store: &mut Store, collection: &ResourceRef, body: &[u8]) -> Answer {
    match parse(collection.facts().create, body, None) {
        Ok(body) => {
            let place = ResourceRef::new(collection.facts(), collection.parents(), Some(store.next_id()));
            (StatusCode::CREATED, Some(store.write(&place, body)))
        }
        Err(reply) => reply,
    }
}

fn ensure(store: &mut Store, location: &ResourceRef, body: &[u8]) -> Answer {
    let held = store.get(location).cloned();
    let body = match parse(location.facts().ensure, body, held.as_ref()) {
        Ok(body) => body,
        Err(reply) => return reply,
    };
    let id = body.get("id").and_then(Value::as_str).and_then(|id| Uuid::try_parse(id).ok());
    if id != location.id() {
        let message = format!("id must be {} as in the path", location.id().unwrap_or_default());
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "paas-validation-1", message);
    }
    if store.is_elsewhere(location) {
        let message = format!("The {} belongs to another parent, which cannot be changed", location.facts().name);
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "vpn-common-0021", message);
    }
    if store.is_destroying(location) {
        let message = format!("The {} is being deleted", location.facts().name);
        return refuse(StatusCode::CONFLICT, "paas-feature-1", message);
    }
    let status = if held.is_some() { StatusCode::OK } else { StatusCode::CREATED };
    (status, Some(store.write(location, body)))
}

/// Parses and validates a body. Invalid values that a resource already had are accepted, as if others had written them.
fn parse(rules: &'static Object, body: &[u8], before: Option<&Value>) -> Result<Value, Answer> {
    let malformed = |error| {
        refuse(StatusCode::BAD_REQUEST, "paas-syntax-1", format!("The request body is not valid JSON: {error}"))
    };
    let value: Value = serde_json::from_slice(body).map_err(malformed)?;
    let held = before.and_then(|before| violations(rules, before));
    match violations(rules, &value).and_then(|found| found.without(held.as_ref())) {
        Some(found) => Err(refuse_violations(&found)),
        None => Ok(value),
    }
}
