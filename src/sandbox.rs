//! An in-memory VPN Gateway API on loopback, for tests and examples.
//!
//! **It is our reading of the API, not the vendor's**: written from the same page and facts as the document in `spec/`, never
//! held against the real service. What it shows is that a program speaks the documented API; what the real one does with
//! addresses, quotas, rights or time is not known to it.

use std::collections::{BTreeMap, VecDeque};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fmt, io};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use chrono::{SecondsFormat, Utc};
use futures_util::{StreamExt, stream};
use http::header::{ALLOW, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use crate::types::{IpSecGatewayCreate, IpSecGatewayMetadata, Links, Metadata, Status};
use crate::validate::violations;
use crate::{
    Client, DayOfTheWeek, GatewayPath, IkeVersion, IpSecGateway, IpSecGatewayEnsure, MaintenanceWindow, Tier, Validate,
    Violations,
};

/// How many requests the log holds; older ones are dropped.
const LOG: usize = 20_000;

/// What the sandbox does instead of answering as it should.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Answers with this status; the request is not acted on.
    Status(u16),
    /// Answers 429 with `Retry-After`, in seconds; the request is not acted on.
    RateLimited(u32),
    /// Acts on the request and closes the connection instead of answering.
    Reset,
    /// Acts on the request and closes the connection in the middle of the answer.
    CutBody,
}

/// A request that the sandbox has seen. Headers are not kept.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Seen {
    /// The method.
    pub method: Method,
    /// The path, with its query.
    pub path: String,
    /// The body; `null` where there was none, or none that is JSON.
    pub body: Value,
    /// The fault that it met.
    pub fault: Option<Fault>,
}

/// A running sandbox; it ends when this is dropped.
pub struct Sandbox {
    api: Arc<Api>,
    base_url: String,
    client: Client,
    server: JoinHandle<io::Result<()>>,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

#[bon::bon]
impl Sandbox {
    /// Starts a sandbox with the defaults of [`Sandbox::builder`].
    ///
    /// # Errors
    /// When there is no port to be had on loopback.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Starts a sandbox with other settings than the defaults: `Sandbox::builder().port(8080).start().await?`.
    ///
    /// # Errors
    /// When the port cannot be had, or the token cannot be one.
    #[builder(finish_fn = start)]
    pub async fn builder(
        /// The port on loopback. Default 0: any that is free.
        #[builder(default)]
        port: u16,
        /// The token that requests must carry. Default `sandbox`.
        #[builder(into, default = "sandbox")]
        token: String,
        /// How long a gateway is `PROVISIONING` after a write, and `DESTROYING` before it is gone. Default 100 ms.
        #[builder(default = Duration::from_millis(100))]
        provisioning: Duration,
        /// The part of the requests, between 0 and 1, that meet a fault: 503, 429 with `Retry-After: 0`, reset or cut body,
        /// in equal parts. Default 0.
        #[builder(default)]
        fault_rate: f64,
        /// Where the faults begin; with the same seed they come in the same order. Default 0.
        #[builder(default)]
        seed: u64,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let client = Client::builder().base_url(&base_url).token(&token).build().map_err(io::Error::other)?;
        let store = Store { random: fastrand::Rng::with_seed(seed), ..Store::default() };
        let authorization = format!("Bearer {token}");
        let api = Arc::new(Api { authorization, provisioning, fault_rate, store: Mutex::new(store) });
        let app = Router::new().fallback(handle).with_state(Arc::clone(&api));
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { api, base_url, client, server })
    }

    /// Returns a client of this sandbox, with the defaults of [`Client::builder`].
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Returns where the sandbox listens, such as `http://127.0.0.1:34567`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Makes the next requests meet these faults, in this order.
    pub fn fail_next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.api.store().faults.extend(faults);
    }

    /// Puts a gateway there as the server would show it, whatever it holds: unknown fields, odd values, missing parts.
    pub fn insert_raw(&self, id: Uuid, gateway: Value) {
        self.api.store().gateways.insert(id, Entry { gateway, settled: None });
    }

    /// Returns a gateway as the server would show it.
    #[must_use]
    pub fn get_raw(&self, id: Uuid) -> Option<Value> {
        self.api.store().settle(id).cloned()
    }

    /// Returns the requests seen so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        self.api.store().log.iter().cloned().collect()
    }
}

struct Api {
    authorization: String,
    provisioning: Duration,
    fault_rate: f64,
    store: Mutex<Store>,
}

#[derive(Default)]
struct Store {
    gateways: BTreeMap<Uuid, Entry>,
    faults: VecDeque<Fault>,
    log: VecDeque<Seen>,
    random: fastrand::Rng,
}

struct Entry {
    gateway: Value,
    /// When the status under way comes to its end.
    settled: Option<Instant>,
}

impl Store {
    /// Brings a gateway up to date, and returns it unless it is gone.
    fn settle(&mut self, id: Uuid) -> Option<&mut Value> {
        let entry = self.gateways.get_mut(&id)?;
        if entry.settled.take_if(|settled| *settled <= Instant::now()).is_some() {
            if status(&entry.gateway) == "DESTROYING" {
                self.gateways.remove(&id);
                return None;
            }
            set_status(&mut entry.gateway, &Status::Available);
        }
        self.gateways.get_mut(&id).map(|entry| &mut entry.gateway)
    }

    fn fault(&mut self, rate: f64) -> Option<Fault> {
        let planned = self.faults.pop_front();
        planned.or_else(|| {
            let hit = rate > 0.0 && self.random.f64() < rate;
            let any = [Fault::Status(503), Fault::RateLimited(0), Fault::Reset, Fault::CutBody];
            hit.then(|| self.random.choice(any)).flatten()
        })
    }
}

fn status(gateway: &Value) -> &str {
    gateway.pointer("/metadata/status").and_then(Value::as_str).unwrap_or_default()
}

fn set_status(gateway: &mut Value, status: &Status) {
    if let Some(place) = gateway.pointer_mut("/metadata/status") {
        *place = json!(status);
    }
}

/// A status, and a body where there is one.
type Reply = (StatusCode, Option<Value>);

fn refuse(status: StatusCode, code: &str, message: impl Into<String>) -> Reply {
    let message = json!({ "errorCode": code, "message": message.into() });
    (status, Some(json!({ "httpStatus": status.as_u16(), "messages": [message] })))
}

fn refuse_violations(violations: &Violations) -> Reply {
    let all =
        violations.as_slice().iter().map(|it| json!({ "errorCode": "paas-validation-1", "message": it.to_string() }));
    (StatusCode::UNPROCESSABLE_ENTITY, Some(json!({ "httpStatus": 422, "messages": all.collect::<Vec<_>>() })))
}

async fn handle(State(api): State<Arc<Api>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, 1 << 20).await else {
        return answer(refuse(StatusCode::BAD_REQUEST, "paas-syntax-1", "The request body could not be read"), None);
    };
    let fault = {
        let mut store = api.store();
        let fault = store.fault(api.fault_rate);
        if store.log.len() == LOG {
            store.log.pop_front();
        }
        let body = serde_json::from_slice(&body).unwrap_or_default();
        store.log.push_back(Seen { method: parts.method.clone(), path: parts.uri.to_string(), body, fault });
        fault
    };
    match fault {
        Some(Fault::Status(code)) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            answer(refuse(status, "paas-internal-1", "A fault that was asked for"), None)
        }
        Some(Fault::RateLimited(seconds)) => {
            let mut response = answer(refuse(StatusCode::TOO_MANY_REQUESTS, "paas-limit-1", "Too many requests"), None);
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
            response
        }
        fault => {
            let mut response = answer(api.reply(&parts, &body), fault);
            if response.status() == StatusCode::METHOD_NOT_ALLOWED {
                let one = parts.uri.path() != "/ipsecgateways";
                let methods = http::HeaderValue::from_static(if one { "GET, PUT, DELETE" } else { "GET, POST" });
                response.headers_mut().insert(ALLOW, methods);
            }
            response
        }
    }
}

fn answer((status, body): Reply, fault: Option<Fault>) -> Response {
    let text = body.map(|body| body.to_string()).unwrap_or_default();
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if !text.is_empty() {
        response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    }
    let broken = |after: Duration| {
        stream::once(async move { sleep(after).await }).map(|()| Err(io::Error::other("a fault that was asked for")))
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
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reply(&self, parts: &http::request::Parts, body: &Bytes) -> Reply {
        let given = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        if given != Some(&self.authorization) {
            let message = "Unauthorized, wrong or no api key provided to process this request";
            return refuse(StatusCode::UNAUTHORIZED, "paas-auth-1", message);
        }
        let is_json = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            let media = value.split(';').next().unwrap_or_default().trim();
            media.eq_ignore_ascii_case("application/json")
        });
        if matches!(parts.method, Method::PUT | Method::POST) && !is_json {
            return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "paas-syntax-2", "The body must be application/json");
        }
        let not_allowed = || refuse(StatusCode::METHOD_NOT_ALLOWED, "paas-syntax-3", "The method is not allowed here");
        match parts.uri.path().split('/').skip(1).collect::<Vec<_>>().as_slice() {
            ["ipsecgateways"] => match parts.method {
                Method::GET => self.list(parts.uri.query().unwrap_or_default()),
                Method::POST => self.create(body),
                _ => not_allowed(),
            },
            ["ipsecgateways", id] => match (&parts.method, Uuid::try_parse(id)) {
                (_, Err(_)) => refuse(StatusCode::BAD_REQUEST, "paas-syntax-1", "The id is not a UUID"),
                (&Method::GET, Ok(id)) => {
                    self.store().settle(id).map_or_else(not_found, |it| (StatusCode::OK, Some(it.clone())))
                }
                (&Method::PUT, Ok(id)) => self.ensure(id, body),
                (&Method::DELETE, Ok(id)) => self.delete(id),
                _ => not_allowed(),
            },
            _ => refuse(StatusCode::NOT_FOUND, "paas-feature-1", "There is nothing at this path"),
        }
    }

    fn list(&self, query: &str) -> Reply {
        let value = |name: &str, default: usize| {
            let pair = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
            pair.map_or(Some(default), |(_, value)| value.parse().ok())
        };
        let (Some(offset), Some(limit @ 1..=1000)) = (value("offset", 0), value("limit", 100)) else {
            return refuse(StatusCode::BAD_REQUEST, "paas-syntax-1", "offset must be at least 0, limit 1 to 1000");
        };
        let mut store = self.store();
        let ids: Vec<_> = store.gateways.keys().copied().collect();
        let shown: Vec<_> = ids.into_iter().filter_map(|id| store.settle(id).cloned()).collect();
        let items: Vec<_> = shown.into_iter().skip(offset).take(limit).collect();
        let link = |offset: usize| format!("/ipsecgateways?offset={offset}&limit={limit}");
        let links = Links::builder()
            .self_(link(offset))
            .maybe_prev((offset > 0).then(|| link(offset.saturating_sub(limit))))
            .maybe_next((items.len() == limit).then(|| link(offset.saturating_add(limit))))
            .build();
        let list = json!({
            "id": Uuid::nil(), "type": "collection", "href": "/ipsecgateways", "items": items,
            "offset": offset, "limit": limit, "_links": links,
        });
        (StatusCode::OK, Some(list))
    }

    fn create(&self, body: &[u8]) -> Reply {
        match read::<IpSecGatewayCreate>(body, None) {
            Ok(body) => self.write(Uuid::new_v4(), body.metadata, body.extra, body.properties),
            Err(reply) => reply,
        }
    }

    fn ensure(&self, id: Uuid, body: &[u8]) -> Reply {
        let held = self.store().settle(id).cloned();
        match read::<IpSecGatewayEnsure>(body, held.as_ref()) {
            Ok(body) if body.id != id => {
                refuse(StatusCode::UNPROCESSABLE_ENTITY, "paas-validation-1", format!("id must be {id} as in the path"))
            }
            Ok(body) => self.write(id, body.metadata, body.extra, body.properties),
            Err(reply) => reply,
        }
    }

    /// Creates or replaces a gateway: what is not given is filled with defaults or left empty.
    fn write(
        &self,
        id: Uuid,
        metadata: Option<Metadata>,
        mut gateway: Map<String, Value>,
        mut properties: IpSecGateway,
    ) -> Reply {
        let mut store = self.store();
        let old = store.settle(id).cloned();
        if old.as_ref().is_some_and(|old| status(old) == "DESTROYING") {
            return refuse(StatusCode::CONFLICT, "paas-feature-1", "The gateway is being deleted");
        }
        properties.version.get_or_insert(IkeVersion::IkEv2);
        properties.tier.get_or_insert(Tier::Standard);
        properties.maintenance_window.get_or_insert_with(|| {
            MaintenanceWindow::builder().time("03:00:00").day_of_the_week(DayOfTheWeek::Sunday).build()
        });
        let now = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
        let created = old.as_ref().and_then(|old| old.pointer("/metadata/createdDate")?.as_str()).unwrap_or(&now);
        let user = "87f9a82e-b28d-49ed-9d04-fba2c0459cd3";
        let own = IpSecGatewayMetadata::builder()
            .created_date(created.into())
            .created_by(format!("ionos:identity:::users/{user}"))
            .created_by_user_id(user)
            .last_modified_date(now.as_str().into())
            .last_modified_by(format!("ionos:identity:::users/{user}"))
            .last_modified_by_user_id(user)
            .resource_urn(format!("ionos:vpn:sandbox::ipsecgateways/{id}"))
            .status(Status::Provisioning)
            .extra(metadata.map(Map::from).unwrap_or_default())
            .build();
        gateway.extend(
            [
                ("id", json!(id)),
                ("type", "ipsecgateway".into()),
                ("href", GatewayPath::from(id).to_string().into()),
                ("metadata", json!(own)),
                ("properties", json!(properties)),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        let gateway = Value::Object(gateway);
        let settled = Instant::now().checked_add(self.provisioning);
        store.gateways.insert(id, Entry { gateway: gateway.clone(), settled });
        (if old.is_some() { StatusCode::OK } else { StatusCode::CREATED }, Some(gateway))
    }

    fn delete(&self, id: Uuid) -> Reply {
        let mut store = self.store();
        if store.settle(id).is_none() {
            return not_found();
        }
        // A second call finds the deletion under way and does not put off its end.
        if let Some(entry) = store.gateways.get_mut(&id).filter(|entry| status(&entry.gateway) != "DESTROYING") {
            set_status(&mut entry.gateway, &Status::Destroying);
            entry.settled = Instant::now().checked_add(self.provisioning);
        }
        (StatusCode::ACCEPTED, None)
    }
}

fn not_found() -> Reply {
    refuse(StatusCode::NOT_FOUND, "paas-feature-1", "The gateway was not found")
}

/// Reads and validates a body. What a gateway held before it may keep, as where others made it with other rules.
fn read<T: Validate + DeserializeOwned>(body: &[u8], before: Option<&Value>) -> Result<T, Reply> {
    let malformed = |error| {
        refuse(StatusCode::BAD_REQUEST, "paas-syntax-1", format!("The request body is not valid JSON: {error}"))
    };
    let value: Value = serde_json::from_slice(body).map_err(malformed)?;
    let held = before.and_then(|before| violations(T::RULES, before));
    if let Some(found) = violations(T::RULES, &value).and_then(|found| found.beyond(held.as_ref())) {
        return Err(refuse_violations(&found));
    }
    serde_json::from_value(value)
        .map_err(|error| refuse(StatusCode::UNPROCESSABLE_ENTITY, "paas-validation-1", error.to_string()))
}
