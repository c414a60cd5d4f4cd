//! Secrets that a server does not return, over HTTP against servers that hide, mask or echo them.

use std::error::Error as _;
use std::sync::Mutex;

use futures_util::TryStreamExt;
use ionos_vpn::sandbox::SeenRequest;
use ionos_vpn::{
    Client, Error, IpSecPsk, IpSecTunnel, Outcome, Resource, ResourcePath, Resources, RetryPolicy, Sandbox,
    WireguardGateway, drift,
};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use crate::server::{Action, REQUEST_ID, Server, answer};
use crate::support::{Traces, kept, page_gateway};

const TUNNEL: &str = include_str!("../../examples/tunnel.json");
const GATEWAY: &str = include_str!("../../examples/wireguard_gateway.json");
const PARENT: Uuid = uuid!("66a114c7-2ddd-5119-9ddf-5a789f5a5a44");
const ID: Uuid = uuid!("85c79b4b-5b40-570a-b788-58dd46ea71e2");

/// Secrets with characters that JSON escapes or that URLs encode, and that no other text holds.
const PSK: &str = "quiet-Otter/42+\"bättery\"=";
const PRIVATE_KEY: &str = "0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=";
/// The public key that belongs to [`PRIVATE_KEY`], as in the unit tests of the crate.
const PUBLIC_KEY: &str = "9GCzWfGEkeM855tl2kjVtE+MnzHBkv1sJi4+Swo1c2E=";
const PUBLIC_KEY_DER: &str = "MCowBQYDK2VuAyEA9GCzWfGEkeM855tl2kjVtE+MnzHBkv1sJi4+Swo1c2E=";
const OTHER_PRIVATE_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const OTHER_PUBLIC_KEY: &str = "pNLcmIfCLRwyGYN16teusuGPkdGo2C8OxiqaJLgOig4=";
const OTHER_PUBLIC_KEY_DER: &str = "MCowBQYDK2VuAyEApNLcmIfCLRwyGYN16teusuGPkdGo2C8OxiqaJLgOig4=";

/// Why a write needs the secret.
const REASON: &str = "the server does not return it";

/// A kind with a secret.
struct Kind<R: Resource> {
    /// The secret of the desired state, and another valid one.
    secret: &'static str,
    other_secret: &'static str,
    /// The pointer of the secret in the properties, and its path in violations of a request body.
    pointer: &'static str,
    path: &'static str,
    handle: fn(&Client) -> Resources<R>,
    properties: fn() -> Value,
    of_read: fn(&R::Read) -> &R,
    expose: fn(&R) -> &str,
    set_secret: fn(&mut R, &str),
    rename: fn(&mut R),
}

fn tunnel() -> Kind<IpSecTunnel> {
    Kind {
        secret: PSK,
        other_secret: "another-Psk-of-the-tests",
        pointer: "/auth/psk/key",
        path: "auth.psk.key",
        handle: |client| client.ipsec_tunnels(PARENT),
        properties: || with_secret(properties(TUNNEL), "/auth/psk/key", Some(json!(PSK))),
        of_read: |read| &read.properties,
        expose: |tunnel| tunnel.auth.psk.as_ref().map_or("", |psk| psk.key.expose()),
        set_secret: |tunnel, key| {
            tunnel.auth.psk.get_or_insert_with(|| IpSecPsk::builder().key("").build()).key = key.into();
        },
        rename: |tunnel| tunnel.name = "renamed".into(),
    }
}

fn gateway() -> Kind<WireguardGateway> {
    Kind {
        secret: PRIVATE_KEY,
        other_secret: OTHER_PRIVATE_KEY,
        pointer: "/privateKey",
        path: "privateKey",
        handle: Client::wireguard_gateways,
        properties: || with_secret(properties(GATEWAY), "/privateKey", Some(json!(PRIVATE_KEY))),
        of_read: |read| &read.properties,
        expose: |gateway| gateway.private_key.expose(),
        set_secret: |gateway, key| gateway.private_key = key.into(),
        rename: |gateway| gateway.name = "renamed".into(),
    }
}

fn properties(example: &str) -> Value {
    example.parse::<Value>().unwrap()["properties"].take()
}

/// Sets or removes a value at a pointer; the objects on the way are made if they are missing.
fn with_secret(mut properties: Value, pointer: &str, secret: Option<Value>) -> Value {
    let mut names: Vec<_> = pointer.split('/').skip(1).collect();
    let last = names.pop().unwrap();
    let object = names.into_iter().fold(&mut properties, |value, name| &mut value[name]);
    match secret {
        Some(secret) => object[last] = secret,
        None => _ = object.as_object_mut().unwrap().remove(last),
    }
    properties
}

impl<R: Resource> Kind<R> {
    fn desired(&self) -> R {
        serde_json::from_value((self.properties)()).unwrap()
    }

    fn with(&self, secret: Option<Value>) -> Value {
        with_secret((self.properties)(), self.pointer, secret)
    }

    /// Columns: a label, the properties with a value in place of the secret, the expected result of `expose`.
    fn shown(&self) -> Vec<(&'static str, Value, &'static str)> {
        let mut shown = vec![
            ("absent", self.with(None), ""),
            ("null", self.with(Some(json!(null))), ""),
            ("empty", self.with(Some(json!(""))), ""),
            ("masked", self.with(Some(json!("********"))), "********"),
            ("short mask", self.with(Some(json!("*"))), "*"),
            ("echoed", self.with(Some(json!(self.secret))), self.secret),
            ("of another type", self.with(Some(json!(true))), ""),
        ];
        if self.pointer == "/auth/psk/key" {
            let mut without = (self.properties)();
            without["auth"]["psk"] = json!(null);
            shown.push(("null above", without.clone(), ""));
            without["auth"].as_object_mut().unwrap().remove("psk");
            shown.push(("absent above", without, ""));
        }
        shown
    }

    async fn server(&self, script: Vec<Action>) -> (Server, Resources<R>) {
        let server = Server::start(script).await;
        let handle = (self.handle)(&client(&server));
        (server, handle)
    }
}

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(&server.base_url).token("a-token-of-the-tests");
    builder.retry(RetryPolicy::none()).build().unwrap()
}

/// A resource as a server shows it, with what later versions of the API may add.
fn response(properties: &Value) -> Value {
    json!({
        "id": ID, "type": "x", "href": "/x", "annotations": { "team": ["a", { "b": null }] },
        "metadata": { "status": "AVAILABLE", "costCenter": "4711" }, "properties": properties,
    })
}

/// Adds unknown fields to the properties and to the objects in them.
fn with_unknown(mut properties: Value) -> Value {
    fn add(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.values_mut().for_each(add);
                map.insert("x-unknown".into(), json!([1, { "two": null }]));
            }
            Value::Array(list) => list.iter_mut().for_each(add),
            _ => {}
        }
    }
    add(&mut properties);
    properties
}

/// A page of a list with one resource.
fn page(resource: &Value) -> Value {
    json!({
        "id": ID, "type": "collection", "href": "/x", "offset": 0, "limit": 100, "_links": {}, "items": [resource],
    })
}

fn puts(server: &Server) -> Vec<Value> {
    let requests = server.requests().into_iter().filter(|request| request.method == "PUT");
    requests.map(|request| request.body.parse().unwrap()).collect()
}

/// Calls an async check for both kinds.
macro_rules! for_both_kinds {
    ($check:ident) => {
        #[tokio::test]
        async fn $check() {
            checks::$check(&tunnel()).await;
            checks::$check(&gateway()).await;
        }
    };
}

for_both_kinds!(a_read_shows_what_came);
for_both_kinds!(an_absent_or_empty_secret_is_refused_before_sending);
for_both_kinds!(modify_without_the_secret_sends_nothing);
for_both_kinds!(an_empty_edit_is_unchanged);
for_both_kinds!(modify_with_the_secret_sends_everything_else_back);
for_both_kinds!(reconcile_sends_the_desired_secret_with_other_drift);
for_both_kinds!(the_secret_alone_is_no_drift);
for_both_kinds!(write_without_drift_sends_the_secret);

mod checks {
    use super::*;

    pub(super) async fn a_read_shows_what_came<R: Resource>(kind: &Kind<R>) {
        for (label, properties, exposed) in kind.shown() {
            let (_server, handle) = kind.server(vec![answer(200, response(&properties))]).await;
            let read = handle.get(ID).await.unwrap_or_else(|error| panic!("{label}: {error}"));
            assert_eq!((kind.expose)((kind.of_read)(&read)), exposed, "{label}");

            let (_server, handle) = kind.server(vec![answer(200, page(&response(&properties)))]).await;
            let all: Vec<_> = handle.list().try_collect().await.unwrap_or_else(|error| panic!("{label}: {error}"));
            assert_eq!(all, std::slice::from_ref(&read), "{label}");

            let (_server, handle) = kind.server(vec![answer(201, response(&properties))]).await;
            assert_eq!(handle.ensure(ID, &kind.desired()).await.unwrap().resource, read, "{label}");
            assert_eq!(handle.create(&kind.desired()).await.unwrap(), read, "{label}");
        }
    }

    pub(super) async fn an_absent_or_empty_secret_is_refused_before_sending<R: Resource>(kind: &Kind<R>) {
        let invalid = |label: &str| {
            matches!(label, "absent" | "null" | "empty" | "of another type" | "null above" | "absent above")
        };
        let mut refused = 0;
        for (label, properties, _) in kind.shown().into_iter().filter(|(label, ..)| invalid(label)) {
            let (server, handle) = kind.server(vec![answer(201, response(&(kind.properties)()))]).await;
            // A builder cannot create such a value.
            let desired: R = serde_json::from_value(properties.clone()).unwrap();
            let errors = [
                handle.ensure(ID, &desired).await.unwrap_err(),
                handle.create(&desired).await.unwrap_err(),
                handle.reconcile(ID, &desired).await.unwrap_err(),
                handle.clone().write_without_drift().reconcile(ID, &desired).await.unwrap_err(),
            ];
            for error in errors {
                let [violation] = error.violations() else { panic!("{label}: {error}") };
                assert!(kind.path.starts_with(violation.path()), "{label}: {error}");
                assert_eq!(violation.remedy().contains(REASON), label != "empty", "{label}: {error}");
                assert!(error.is_validation() && !error.may_have_been_applied(), "{label}: {error}");
                refused += 1;
            }
            assert!(R::from_json(properties.to_string().as_bytes()).is_err(), "{label}");
            assert_eq!(server.requests().len(), 0, "{label}");
        }
        assert!(refused >= 16, "{refused}");
    }

    pub(super) async fn modify_without_the_secret_sends_nothing<R: Resource>(kind: &Kind<R>) {
        for (label, properties, _) in kind.shown() {
            let (server, handle) = kind.server(vec![answer(200, response(&properties))]).await;
            let error = handle.modify(ID, kind.rename).await.unwrap_err();
            let [violation] = error.violations() else { panic!("{label}: {error}") };
            assert!(error.is_validation() && violation.remedy().contains(REASON), "{label}: {error}");
            let path = if label.ends_with("above") { "auth.psk" } else { kind.path };
            assert_eq!((violation.path(), violation.value()), (path, &Value::Null), "{label}");
            // An edit that empties the secret or does not change it does not set a secret.
            let emptied = handle.modify(ID, |resource| (kind.set_secret)(resource, "")).await.unwrap_err();
            assert!(emptied.is_validation(), "{label}: {emptied}");
            let seen = Mutex::new(String::new());
            let copied = handle.modify(ID, |resource| {
                *seen.lock().unwrap() = (kind.expose)(resource).to_owned();
                (kind.rename)(resource);
            });
            assert!(copied.await.unwrap_err().is_validation(), "{label}");
            assert_eq!(*seen.lock().unwrap(), "", "{label}");
            let methods: Vec<_> = server.requests().into_iter().map(|request| request.method).collect();
            assert_eq!(methods, ["GET"; 3], "{label}");
        }
    }

    pub(super) async fn an_empty_edit_is_unchanged<R: Resource>(kind: &Kind<R>) {
        for (label, properties, exposed) in kind.shown() {
            let (server, handle) = kind.server(vec![answer(200, response(&properties))]).await;
            let ensured = handle.modify(ID, |_| {}).await.unwrap_or_else(|error| panic!("{label}: {error}"));
            assert_eq!(ensured.outcome, Outcome::Unchanged, "{label}");
            assert_eq!((kind.expose)((kind.of_read)(&ensured.resource)), exposed, "{label}");
            assert_eq!(puts(&server), [] as [Value; 0], "{label}");
        }
    }

    pub(super) async fn modify_with_the_secret_sends_everything_else_back<R: Resource>(kind: &Kind<R>) {
        for (label, properties, _) in kind.shown() {
            let properties = with_unknown(properties);
            for secret in [kind.secret, kind.other_secret] {
                let (server, handle) = kind.server(vec![answer(200, response(&properties))]).await;
                let ensured = handle.modify(ID, |resource| (kind.set_secret)(resource, secret)).await;
                assert_eq!(ensured.unwrap().outcome, Outcome::Updated, "{label}");
                let expected = json!({
                    "id": ID, "annotations": { "team": ["a", { "b": null }] }, "metadata": { "costCenter": "4711" },
                    "properties": with_secret(properties.clone(), kind.pointer, Some(json!(secret))),
                });
                assert_eq!(puts(&server), [expected], "{label}");
            }
        }
    }

    pub(super) async fn reconcile_sends_the_desired_secret_with_other_drift<R: Resource>(kind: &Kind<R>) {
        for (label, properties, _) in kind.shown() {
            let mut properties = with_unknown(properties);
            properties["name"] = json!("as others called it");
            let (server, handle) = kind.server(vec![answer(200, response(&properties))]).await;
            let mut desired = kind.desired();
            (kind.set_secret)(&mut desired, kind.other_secret);
            assert_eq!(handle.reconcile(ID, &desired).await.unwrap().outcome, Outcome::Updated, "{label}");
            let mut expected = with_secret(properties.clone(), kind.pointer, Some(json!(kind.other_secret)));
            expected["name"] = (kind.properties)()["name"].clone();
            let [sent] = puts(&server).try_into().unwrap();
            assert_eq!(sent["properties"], expected, "{label}");
        }
    }

    pub(super) async fn the_secret_alone_is_no_drift<R: Resource>(kind: &Kind<R>) {
        for (label, properties, _) in kind.shown() {
            let (server, handle) = kind.server(vec![answer(200, response(&properties))]).await;
            let mut desired = kind.desired();
            for secret in [kind.secret, kind.other_secret] {
                (kind.set_secret)(&mut desired, secret);
                let ensured = handle.reconcile(ID, &desired).await.unwrap();
                assert_eq!(ensured.outcome, Outcome::Unchanged, "{label}");
                let plan = drift(&desired, (kind.of_read)(&ensured.resource));
                assert!(plan.is_empty(), "{label}: {plan}");
            }
            assert_eq!(puts(&server), [] as [Value; 0], "{label}");
        }
    }

    pub(super) async fn write_without_drift_sends_the_secret<R: Resource>(kind: &Kind<R>) {
        for (label, properties, _) in kind.shown() {
            let properties = with_unknown(properties);
            let (server, handle) = kind.server(vec![answer(200, response(&properties))]).await;
            let mut desired = kind.desired();
            (kind.set_secret)(&mut desired, kind.other_secret);
            let ensured = handle.write_without_drift().reconcile(ID, &desired).await.unwrap();
            assert_eq!(ensured.outcome, Outcome::Updated, "{label}");
            let [sent] = puts(&server).try_into().unwrap();
            let expected = with_secret(properties, kind.pointer, Some(json!(kind.other_secret)));
            assert_eq!(sent["properties"], expected, "{label}");
        }
    }
}

#[tokio::test]
async fn a_wireguard_gateway_with_another_key_pair_is_written() {
    let pem = |der: &str| format!("-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----\n");
    // The public key in the metadata, and whether reconcile writes.
    let rows = [
        (json!(PUBLIC_KEY), false),
        (json!(pem(PUBLIC_KEY_DER)), false),
        (json!(pem(PUBLIC_KEY_DER).trim_end()), false),
        (json!(pem(PUBLIC_KEY_DER).replace('\n', "\r\n")), false),
        (json!(OTHER_PUBLIC_KEY), true),
        (json!(pem(OTHER_PUBLIC_KEY_DER)), true),
        (json!(pem(OTHER_PUBLIC_KEY_DER).replace('\n', "\r\n")), true),
        (json!(null), false),
        (json!(""), false),
        (json!("no key"), false),
        (json!("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"), false),
    ];
    let kind = gateway();
    for (label, properties, _) in kind.shown() {
        let absent = [(None, false)];
        let rows = rows.iter().map(|(key, is_written)| (Some(key), *is_written)).chain(absent);
        for (public_key, is_written) in rows {
            let mut shown = response(&properties);
            if let Some(key) = public_key {
                shown["metadata"]["publicKey"] = key.clone();
            }
            let (server, handle) = kind.server(vec![answer(200, shown)]).await;
            let outcome = handle.reconcile(ID, &kind.desired()).await.unwrap().outcome;
            let expected = if is_written { Outcome::Updated } else { Outcome::Unchanged };
            assert_eq!(outcome, expected, "{label}: {public_key:?}");
            let keys: Vec<_> = puts(&server).iter().map(|body| body["properties"]["privateKey"].clone()).collect();
            let sent = [json!(PRIVATE_KEY)];
            assert_eq!(keys, if is_written { &sent[..] } else { &[] }, "{label}: {public_key:?}");
        }
    }
}

/// Returns the place where a text shows a part of a secret. A part of eleven letters is always found.
fn leak(text: &str) -> Option<String> {
    for secret in [PSK, PRIVATE_KEY, OTHER_PRIVATE_KEY, "another-Psk-of-the-tests"] {
        let letters: Vec<_> = secret.chars().collect();
        for part in letters.windows(8).step_by(4).map(|part| part.iter().collect::<String>()) {
            // `contains` is much faster than `find` in a build without optimization.
            if text.contains(&*part)
                && let Some(index) = text.find(&part)
            {
                let before: String = text[..index].chars().rev().take(200).collect();
                let before: String = before.chars().rev().collect();
                return Some(format!("{part} behind …{before}"));
            }
        }
    }
    None
}

#[track_caller]
fn assert_silent(text: &str, place: &str) {
    assert_eq!(leak(text), None, "{place}");
}

/// Everything that an error prints: `Display`, `Debug` and its sources.
fn all_of(error: &Error) -> String {
    let mut said = format!("{error} {error:?} {error:#?} {:?} {:?} {}", error.api(), error.violations(), kept(error));
    for violation in error.violations() {
        said.push_str(&format!(" {violation} {} {}", violation.path(), violation.value()));
    }
    let mut source = error.source();
    while let Some(cause) = source {
        said.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    said
}

/// Calls everything that takes or reads a secret, and returns what it prints.
async fn everything<R: Resource>(kind: &Kind<R>, action: Action, list: Action) -> String {
    let (_server, handle) = kind.server(vec![action]).await;
    let (_list_server, lists) = kind.server(vec![list]).await;
    let mut desired = kind.desired();
    let mut said = format!("{desired:?} {desired:#?} {} {handle:?}", desired.redacted());
    let invalid: Vec<R> =
        kind.shown().into_iter().map(|(_, properties, _)| serde_json::from_value(properties).unwrap()).collect();
    for resource in &invalid {
        said.push_str(&format!("{resource:?} {:?}", resource.validate()));
    }
    let mut results = vec![
        handle.get(ID).await,
        handle.create(&desired).await,
        handle.ensure(ID, &desired).await.map(|it| it.resource),
        handle.modify(ID, |_| {}).await.map(|it| it.resource),
        handle.modify(ID, kind.rename).await.map(|it| it.resource),
        handle.modify(ID, |resource| (kind.set_secret)(resource, kind.other_secret)).await.map(|it| it.resource),
        lists.list().try_collect::<Vec<_>>().await.map(|mut all| all.remove(0)),
    ];
    let forced = handle.clone().write_without_drift();
    for secret in [kind.secret, kind.other_secret] {
        (kind.set_secret)(&mut desired, secret);
        results.push(handle.reconcile(ID, &desired).await.map(|it| it.resource));
        results.push(forced.reconcile(ID, &desired).await.map(|it| it.resource));
    }
    // A secret with something around it, which is no valid key.
    let mut mistyped = kind.desired();
    (kind.set_secret)(&mut mistyped, &format!(" {} ", kind.secret));
    said.push_str(&format!("{mistyped:?} {:?}", mistyped.validate()));
    for result in results {
        match result {
            Ok(read) => {
                let actual = (kind.of_read)(&read);
                let plan = drift(&desired, actual);
                said.push_str(&format!("{read:?} {plan} {plan:?} {} {}", json!(plan), actual.redacted()));
                for other in &invalid {
                    said.push_str(&format!("{} {}", drift(other, actual), json!(drift(actual, other))));
                }
            }
            Err(error) => said.push_str(&all_of(&error)),
        }
    }
    said
}

/// Successful responses: a resource with a value in place of the secret, and a page of a list with this resource.
fn resources<R: Resource>(kind: &Kind<R>) -> Vec<(Action, Action)> {
    let actions = kind.shown().into_iter().map(|(_, properties, _)| {
        let resource = response(&with_unknown(properties));
        (answer(200, &resource), answer(200, page(&resource)))
    });
    actions.collect()
}

/// Responses that contain the secret in an error, or in a body that is not a resource.
fn oddities<R: Resource>(kind: &Kind<R>) -> Vec<(Action, Action)> {
    let mut incomplete = response(&(kind.properties)());
    incomplete.as_object_mut().unwrap().remove("metadata");
    let mut foreign = response(&(kind.properties)());
    foreign["id"] = json!(Uuid::nil());
    let mut mistyped = response(&(kind.properties)());
    mistyped["properties"]["name"] = json!({ "name": kind.secret });
    let actions = vec![
        answer(500, format!("<html>{}</html>", kind.secret)),
        answer(422, (kind.properties)()),
        answer(200, &incomplete),
        answer(200, foreign),
        answer(200, mistyped),
        answer(200, json!(kind.secret)),
        Action::Truncate { status: 200, body: response(&(kind.properties)()).to_string() },
        answer(200, response(&(kind.properties)())),
        answer(200, page(&incomplete)),
    ];
    actions.into_iter().map(|action| (action.clone(), action)).collect()
}

/// Calls everything at `trace` level and returns what shows a secret.
async fn leaks(of_tunnels: Vec<(Action, Action)>, of_gateways: Vec<(Action, Action)>) -> Vec<String> {
    let (traces, guard) = Traces::start();
    let mut leaks = Vec::new();
    for (number, (action, list)) in of_tunnels.into_iter().enumerate() {
        // A thread of another test without a subscriber may have registered the callsites first.
        tracing::callsite::rebuild_interest_cache();
        let shown = leak(&everything(&tunnel(), action, list).await);
        leaks.extend(shown.map(|leak| format!("tunnel, answer {number}: {leak}")));
    }
    for (number, (action, list)) in of_gateways.into_iter().enumerate() {
        tracing::callsite::rebuild_interest_cache();
        let shown = leak(&everything(&gateway(), action, list).await);
        leaks.extend(shown.map(|leak| format!("gateway, answer {number}: {leak}")));
    }
    drop(guard);
    let text = traces.text();
    leaks.extend(leak(&text).map(|leak| format!("trace: {leak}")));
    for part in ["ionos_vpn.call", "ipsecgatewaysTunnelsPut", "wireguardgatewaysPut", "hyper"] {
        assert!(text.contains(part), "the trace says nothing of {part}");
    }
    leaks
}

#[tokio::test]
async fn no_output_and_no_trace_shows_a_secret() {
    assert_eq!(leaks(resources(&tunnel()), resources(&gateway())).await, [""; 0]);
}

#[tokio::test]
async fn no_error_for_an_odd_response_shows_a_secret() {
    assert_eq!(leaks(oddities(&tunnel()), oddities(&gateway())).await, [""; 0]);
}

/// In a read, the client does not know the secret. So it cannot recognize the secret in a message of the server.
#[tokio::test]
async fn no_error_of_a_write_shows_a_secret_in_a_message_of_the_server() {
    async fn check<R: Resource>(kind: &Kind<R>, handle: impl Fn(&Client) -> Resources<R>) {
        let message = format!("the value '{}' is not acceptable", kind.secret);
        let echo = json!({ "httpStatus": 422, "messages": [{ "errorCode": message, "message": message }] });
        for status in [422, 503] {
            let server = Server::start(vec![answer(status, &echo)]).await;
            let client = Client::builder().base_url(&server.base_url).token("a-token-of-the-tests");
            let resources = handle(&client.retry(RetryPolicy::none()).build().unwrap());
            let errors = [
                resources.ensure(ID, &kind.desired()).await.unwrap_err(),
                resources.create(&kind.desired()).await.unwrap_err(),
            ];
            for error in errors {
                assert!(error.to_string().contains("is not acceptable"), "{error}");
                assert_silent(&format!("{error} {error:?} {:?} {}", error.api(), kept(&error)), "an error");
            }
        }
    }
    check(&tunnel(), |client| client.ipsec_tunnels(PARENT)).await;
    check(&gateway(), Client::wireguard_gateways).await;
}

#[tokio::test]
async fn an_error_keeps_no_body_that_may_hold_an_unknown_secret() {
    let body = json!({ "messages": [{ "message": "no" }], "key": PSK });
    let server = Server::start(vec![answer(500, body)]).await;
    let client = client(&server);
    let tunnels = client.ipsec_tunnels(PARENT);
    let desired = tunnel().desired();
    // A write knows the secret that it sends, but the server may return another one.
    for (error, is_kept) in [
        (tunnels.get(ID).await.unwrap_err(), false),
        (tunnels.ensure(ID, &desired).await.map(drop).unwrap_err(), false),
        (client.ipsec_gateways().get(ID).await.map(drop).unwrap_err(), true),
    ] {
        assert_eq!(error.body().is_some(), is_kept, "{error}");
        assert_eq!(error.headers().unwrap()["x-request-id"], REQUEST_ID, "{error}");
    }
    assert!(!kept(&tunnels.ensure(ID, &desired).await.unwrap_err()).contains("Otter"));
}

#[tokio::test]
async fn the_request_log_of_the_sandbox_holds_no_secret() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client();
    let gateway = page_gateway();
    client.ipsec_gateways().ensure(PARENT, &gateway).await.unwrap();
    let tunnels = client.ipsec_tunnels(PARENT);
    let gateways = client.wireguard_gateways();
    tunnels.ensure(ID, &tunnel().desired()).await.unwrap();
    tunnels.create(&tunnel().desired()).await.unwrap();
    gateways.ensure(ID, &self::gateway().desired()).await.unwrap();
    gateways.create(&self::gateway().desired()).await.unwrap();
    let log = sandbox.requests();
    for (index, pointer) in [(1, "auth"), (2, "auth")] {
        assert_eq!(log[index].body["properties"][pointer]["psk"]["key"], "***");
    }
    assert_eq!(
        (&log[3].body["properties"]["privateKey"], &log[4].body["properties"]["privateKey"]),
        (&json!("***"), &json!("***"))
    );
    assert_eq!(log[4].body["properties"]["name"], self::gateway().desired().name);
    assert_silent(&format!("{log:?} {sandbox:?}"), "the log");
    // Nor does it show them.
    for id in [ResourcePath::<IpSecTunnel>::new([PARENT], ID).to_string(), format!("/wireguardgateways/{ID}")] {
        assert_silent(&sandbox.get_raw(id).unwrap().to_string(), "a resource");
    }
}

/// Requests of other clients, or with other mistakes, that still hold a secret.
#[tokio::test]
async fn the_request_log_of_the_sandbox_holds_no_secret_of_a_wrong_request() {
    let sandbox = Sandbox::start().await.unwrap();
    let http = reqwest::Client::new();
    let wrong = |properties: Value| {
        [json!({ "id": ID, "properties": properties }), json!([{ "id": ID, "properties": properties }]), properties]
    };
    let paths =
        ["/wireguardgateways/no-id", "/wireguardgateways/", "//wireguardgateways", "/wireguardgateways", "/nothing"];
    for path in paths {
        for body in wrong((gateway().properties)()) {
            let request = http.put(format!("{}{path}", sandbox.base_url())).bearer_auth("sandbox").json(&body);
            assert!(request.send().await.unwrap().status().is_client_error(), "{path}: {body}");
        }
    }
    assert_eq!(sandbox.requests().len(), 15);
    let shown = |request: &SeenRequest| leak(&format!("{request:?}")).is_some();
    let leaks = sandbox.requests().into_iter().enumerate().filter(|(_, request)| shown(request));
    let leaks: Vec<_> = leaks.map(|(number, request)| format!("{}, body {}", request.path, number % 3)).collect();
    assert_eq!(leaks, [""; 0]);
}
