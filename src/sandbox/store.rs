//! The state of the sandbox.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use chrono::{SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use tokio::time::Instant;
use uuid::Uuid;

use super::{Fault, SeenRequest};
use crate::model::generated::KINDS;
use crate::model::generated::types::Status;
use crate::model::kind::Kind;
use crate::model::path::{ResourceRef, split};
use crate::model::rule::{Object, Rule};
use crate::model::timestamp::Timestamp;

/// The maximum number of requests in the log. Older requests are dropped.
const LOG: usize = 20_000;

/// Returns what a path of the API names. An id alone is a resource of the first kind.
pub(super) fn locate(path: &str) -> Option<ResourceRef> {
    match Uuid::try_parse(path) {
        Ok(id) => KINDS.first().map(|kind| ResourceRef::new(kind, &[], Some(id))),
        Err(_) => split(path)
            .filter(|(before, ..)| before.is_empty())
            .and_then(|(_, kind, ids)| ResourceRef::from_ids(kind, &ids)),
    }
}

/// Returns the resource that a resource or a collection belongs to.
pub(super) fn parent(place: &ResourceRef) -> Option<ResourceRef> {
    let (id, above) = place.parents().split_last()?;
    Some(ResourceRef::new(place.facts().parent()?, above, Some(*id)))
}

fn key(place: &ResourceRef) -> Key {
    let ids = place.parents().iter().copied().chain(place.id());
    (place.facts().path.iter().map(|segment| segment.name).collect(), ids.collect())
}

/// The target of planned faults.
pub(super) enum FaultTarget {
    /// The resource with this id, of any kind.
    Id(Uuid),
    /// A resource or a collection.
    Path(Key),
}

impl FaultTarget {
    /// Parses an id or a path of the API.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let path = || locate(text).map(|location| Self::Path(key(&location)));
        Uuid::try_parse(text).ok().map(Self::Id).or_else(path)
    }

    fn holds(&self, location: &ResourceRef) -> bool {
        match self {
            Self::Id(id) => location.id() == Some(*id),
            Self::Path(place) => key(location) == *place,
        }
    }
}

/// The names and the ids of a path.
type Key = (Vec<&'static str>, Vec<Uuid>);

struct Entry {
    resource: Value,
    /// The time at which the current status ends, if it ends.
    settled: Option<Instant>,
    is_destroying: bool,
}

/// A token bucket.
struct Bucket {
    rate: f64,
    burst: f64,
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    /// Takes a token from the bucket. If there is none, returns the number of seconds until the next token.
    fn take(&mut self, now: Instant) -> Option<u32> {
        let elapsed = now.saturating_duration_since(self.filled).as_secs_f64();
        (self.tokens, self.filled) = ((self.tokens + elapsed * self.rate).min(self.burst), now);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return None;
        }
        let seconds =
            Duration::try_from_secs_f64((1.0 - self.tokens) / self.rate).unwrap_or(Duration::from_secs(86_400));
        Some(u32::try_from(seconds.as_secs()).unwrap_or(u32::MAX).saturating_add(1))
    }
}

pub(crate) struct Store {
    resources: BTreeMap<Key, Entry>,
    provisioning: Duration,
    /// The `Authorization` that requests must carry.
    pub(super) authorization: String,
    pub(super) faults: VecDeque<Fault>,
    /// The faults for one resource or collection.
    pub(super) faults_for: Vec<(FaultTarget, VecDeque<Fault>)>,
    pub(super) in_flight: usize,
    pub(super) peak_in_flight: usize,
    fault_rate: f64,
    bucket: Option<Bucket>,
    random: fastrand::Rng,
    /// Chooses the ids of resources that are created.
    ids: fastrand::Rng,
    pub(super) log: VecDeque<SeenRequest>,
}

impl Store {
    pub(crate) fn new(token: &str, provisioning: Duration, fault_rate: f64, seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        let (resources, faults, log) = <(BTreeMap<_, _>, VecDeque<_>, VecDeque<_>)>::default();
        Self {
            resources,
            provisioning,
            authorization: authorization(token),
            faults,
            faults_for: Vec::new(),
            in_flight: 0,
            peak_in_flight: 0,
            fault_rate,
            bucket: None,
            random,
            ids: fastrand::Rng::with_seed(!seed),
            log,
        }
    }

    /// Returns the id of a new resource, which depends on the seed only.
    pub(super) fn next_id(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(self.ids.u128(..).to_be_bytes()).into_uuid()
    }

    pub(super) fn record(&mut self, request: SeenRequest) {
        if self.log.len() == LOG {
            self.log.pop_front();
        }
        self.log.push_back(request);
    }

    pub(super) fn limit_rate(&mut self, requests_per_second: u32, burst: u32) {
        let (rate, burst) = (f64::from(requests_per_second), f64::from(burst));
        self.bucket = Some(Bucket { rate, burst, tokens: burst, filled: Instant::now() });
    }

    /// Returns the fault for the next request. `location` is the resource or collection of the request; `None` if the API
    /// has no such path.
    pub(super) fn next_fault(&mut self, location: Option<&ResourceRef>) -> Option<Fault> {
        if let Some(seconds) = self.bucket.as_mut().and_then(|bucket| bucket.take(Instant::now())) {
            return Some(Fault::RateLimited(seconds));
        }
        let own = location.and_then(|location| {
            let mut places = self.faults_for.iter_mut().filter(|(place, _)| place.holds(location));
            places.find_map(|(_, faults)| faults.pop_front())
        });
        own.or_else(|| self.faults.pop_front()).or_else(|| {
            let is_hit = self.fault_rate > 0.0 && self.random.f64() < self.fault_rate;
            let any = [Fault::Status(503), Fault::RateLimited(0), Fault::Reset, Fault::CutBody];
            is_hit.then(|| self.random.choice(any)).flatten()
        })
    }

    pub(super) fn insert(&mut self, location: &ResourceRef, resource: Value) {
        let is_destroying = status(&resource) == Some(Status::Destroying.as_str());
        self.resources.insert(key(location), Entry { resource, settled: None, is_destroying });
    }

    /// Sets the status of a resource, which then does not change by itself. Returns `false` if the resource does not exist.
    pub(super) fn set_status(&mut self, place: &FaultTarget, status: &Status, message: &str) -> bool {
        let named = |(names, ids): &Key| {
            let kind = *KINDS.iter().find(|kind| kind.path.iter().map(|it| it.name).eq(names.iter().copied()))?;
            let (id, parents) = ids.split_last()?;
            Some(ResourceRef::new(kind, parents, Some(*id))).filter(|location| place.holds(location))
        };
        let Some(location) = self.resources.keys().find_map(named).filter(|it| self.get(it).is_some()) else {
            return false;
        };
        let Some(entry) = self.resources.get_mut(&key(&location)) else { return false };
        set_status(&mut entry.resource, status);
        let metadata = entry.resource.pointer_mut("/metadata").and_then(Value::as_object_mut);
        if let (Some(metadata), Some(name)) = (metadata, location.facts().status_message) {
            let message = Some(message).filter(|message| !message.is_empty());
            metadata.insert(name.to_owned(), message.into());
        }
        (entry.settled, entry.is_destroying) = (None, *status == Status::Destroying);
        true
    }

    /// Returns a resource with its present status; `None` if it is gone.
    pub(super) fn get(&mut self, location: &ResourceRef) -> Option<&Value> {
        self.settle(&key(location))
    }

    /// If the time of the current status is over, sets the resource to `AVAILABLE`, or removes it if it is being deleted. A
    /// deleted resource is removed together with its children.
    fn settle(&mut self, key: &Key) -> Option<&Value> {
        let entry = self.resources.get_mut(key)?;
        if entry.settled.take_if(|settled| *settled <= Instant::now()).is_some() {
            if entry.is_destroying {
                let (names, ids) = key;
                self.resources.retain(|(n, i), _| !(n.starts_with(names) && i.starts_with(ids)));
                return None;
            }
            set_status(&mut entry.resource, &Status::Available);
        }
        self.resources.get(key).map(|entry| &entry.resource)
    }

    /// Returns `true` if a resource of this kind has the same id, but another parent.
    pub(super) fn is_elsewhere(&self, location: &ResourceRef) -> bool {
        let (names, ids) = key(location);
        self.resources.keys().any(|(n, i)| *n == names && i.last() == ids.last() && *i != ids)
    }

    /// Returns the resources of a collection, in the order of their ids.
    pub(super) fn list(&mut self, collection: &ResourceRef) -> Vec<Value> {
        let (names, parents) = key(collection);
        let is_member = |(n, ids): &&Key| *n == names && ids.split_last().is_some_and(|(_, above)| above == parents);
        let keys: Vec<_> = self.resources.keys().filter(is_member).cloned().collect();
        keys.iter().filter_map(|key| self.settle(key).cloned()).collect()
    }

    pub(super) fn is_destroying(&self, location: &ResourceRef) -> bool {
        self.resources.get(&key(location)).is_some_and(|entry| entry.is_destroying)
    }

    /// Starts a deletion; `false` if the resource does not exist.
    pub(super) fn delete(&mut self, location: &ResourceRef) -> bool {
        if self.get(location).is_none() {
            return false;
        }
        let settled = Instant::now().checked_add(self.provisioning);
        if let Some(entry) = self.resources.get_mut(&key(location)).filter(|entry| !entry.is_destroying) {
            set_status(&mut entry.resource, &Status::Destroying);
            (entry.settled, entry.is_destroying) = (settled, true);
        }
        true
    }

    /// Creates or replaces a resource and returns it. Fields that are left out get their defaults or stay empty.
    pub(super) fn write(&mut self, location: &ResourceRef, body: Value) -> Value {
        let old = self.get(location).and_then(|old| old.get("metadata")).cloned();
        let Value::Object(mut resource) = fill(location.facts().ensure, body) else { return Value::Null };
        let given = resource.remove("metadata").unwrap_or_default();
        let mut metadata = metadata(location.facts(), &given, old.as_ref());
        let mut resource = Value::Object(resource);
        replace_keys(location.facts().ensure, &resource, &mut metadata);
        // Secrets are not returned.
        Rule::Object(location.facts().ensure).remove_fields(&mut resource, |field| field.write_only);
        let Value::Object(mut resource) = resource else { return Value::Null };
        for (name, value) in [
            ("id", json!(location.id())),
            ("type", location.facts().sample_type.into()),
            ("href", location.path().into()),
            ("metadata", metadata.into()),
        ] {
            resource.insert(name.to_owned(), value);
        }
        let resource = Value::Object(resource);
        let settled = Instant::now().checked_add(self.provisioning);
        self.resources.insert(key(location), Entry { resource: resource.clone(), settled, is_destroying: false });
        resource
    }
}

pub(super) fn authorization(token: &str) -> String {
    format!("Bearer {token}")
}

fn status(resource: &Value) -> Option<&str> {
    resource.pointer("/metadata/status")?.as_str()
}

fn set_status(resource: &mut Value, status: &Status) {
    if let Some(place) = resource.pointer_mut("/metadata/status") {
        *place = json!(status);
    }
}

/// Returns the metadata after a write: the metadata of the document's example with the current time, overwritten by the
/// metadata that was sent.
fn metadata(kind: &Kind, given: &Value, old: Option<&Value>) -> Map<String, Value> {
    let now = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    let mut metadata: Map<String, Value> = serde_json::from_str(kind.sample_metadata).unwrap_or_default();
    for (name, value) in &mut metadata {
        // The creation date and the creator do not change.
        let kept = old.and_then(|old| old.get(name)).filter(|_| name.starts_with("created"));
        match (kept, value.as_str()) {
            (Some(kept), _) => *value = kept.clone(),
            (None, Some(text)) if Timestamp::from(text).datetime().is_some() => *value = now.as_str().into(),
            _ => {}
        }
    }
    metadata.insert("status".to_owned(), json!(Status::Provisioning));
    metadata.extend(given.as_object().cloned().unwrap_or_default());
    metadata
}

/// For each private key that was sent, writes the matching public key to the metadata. Without the feature `wireguard-keys`,
/// only removes the old public key.
fn replace_keys(object: &Object, resource: &Value, metadata: &mut Map<String, Value>) {
    for field in object.fields {
        let Some(value) = resource.get(field.name) else { continue };
        if let Some(name) = field.public_key {
            metadata.remove(name);
            #[cfg(feature = "wireguard-keys")]
            if let Ok(key) = crate::WireguardKeyPair::public_key_of(&value.as_str().unwrap_or_default().into()) {
                metadata.insert(name.to_owned(), key.into());
            }
        }
        if let Rule::Object(inner) = field.rule {
            replace_keys(inner, value, metadata);
        }
    }
}

/// Returns a value without `null`s, and with the defaults of the fields that were left out.
fn fill(object: &Object, value: Value) -> Value {
    let Value::Object(mut map) = value else { return value };
    map.retain(|name, value| !value.is_null() || object.field(name).is_none());
    for field in object.fields {
        match (map.get_mut(field.name), &field.rule) {
            (Some(value), Rule::Object(inner)) => *value = fill(inner, value.take()),
            (Some(Value::Array(list)), Rule::List { item: Rule::Object(inner), .. }) => {
                for value in list {
                    *value = fill(inner, value.take());
                }
            }
            (None, _) => {
                let default = field.server_default.and_then(|json| serde_json::from_str::<Value>(json).ok());
                map.extend(default.filter(|value| !value.is_null()).map(|value| (field.name.to_owned(), value)));
            }
            _ => {}
        }
    }
    map.into()
}
