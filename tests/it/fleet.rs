//! Many resources at once.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{Stream, StreamExt};
use ionos_vpn::sandbox::Fault;
use ionos_vpn::{
    Action, Client, Error, ErrorKind, IpSecGateway, ListOptions, Outcome, Resources, RetryPolicy, Sandbox, Status,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::{Server, answer};
use crate::support::{PAGE_RESPONSE, small_gateway};

/// The id of the gateway with a number.
fn nth(number: usize) -> Uuid {
    Uuid::from_u128(1 + number as u128)
}

fn named(name: &str) -> IpSecGateway {
    let mut gateway = small_gateway();
    gateway.name = name.to_owned();
    gateway
}

/// A sandbox with the given number of small gateways, and their desired states.
async fn fleet(size: usize) -> (Sandbox, Vec<(Uuid, IpSecGateway)>) {
    let sandbox = Sandbox::start().await.unwrap();
    let mut shown: Value = serde_json::from_str(PAGE_RESPONSE).unwrap();
    shown["properties"] = json!(small_gateway());
    for number in 0..size {
        shown["id"] = json!(nth(number));
        sandbox.insert_raw(nth(number), shown.clone());
    }
    (sandbox, (0..size).map(|number| (nth(number), small_gateway())).collect())
}

fn without_retries(sandbox: &Sandbox) -> Resources<IpSecGateway> {
    let builder = Client::builder().base_url(sandbox.base_url()).token("sandbox").retry(RetryPolicy::none());
    builder.build().unwrap().ipsec_gateways()
}

/// How often each method was used.
fn methods(sandbox: &Sandbox) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for request in sandbox.requests() {
        let is_list = request.path.contains('?');
        *counts.entry(if is_list { "LIST".to_owned() } else { request.method.to_string() }).or_default() += 1;
    }
    counts
}

async fn outcomes<T>(
    results: impl Stream<Item = (Uuid, Result<T, Error>)>,
    outcome: impl Fn(T) -> String,
) -> BTreeMap<Uuid, String> {
    let all: Vec<_> = results.collect().await;
    let count = all.len();
    let all: BTreeMap<_, _> = all
        .into_iter()
        .map(|(id, result)| (id, result.map_or_else(|error| format!("{:?}: {error}", error.kind()), &outcome)))
        .collect();
    assert_eq!(all.len(), count, "an id has one result");
    all
}

#[tokio::test]
async fn a_fleet_without_drift_costs_its_pages() {
    let (sandbox, desired) = fleet(10_000).await;
    let results = sandbox.client().ipsec_gateways().reconcile_all(desired.clone());
    let outcomes = outcomes(results, |ensured| format!("{:?} {}", ensured.outcome, ensured.resource.id)).await;
    assert!(desired.iter().all(|(id, _)| outcomes[id] == format!("Unchanged {id}")));
    assert_eq!(outcomes.len(), 10_000);
    assert_eq!(methods(&sandbox), BTreeMap::from([("LIST".to_owned(), 10)]));
}

#[tokio::test]
async fn what_drifted_or_is_missing_is_reconciled_by_itself() {
    let (sandbox, mut desired) = fleet(10_000).await;
    for (number, (_, gateway)) in desired.iter_mut().enumerate().filter(|(number, _)| number % 400 == 0) {
        gateway.name = format!("renamed {number}");
    }
    desired.extend((20_000..20_005).map(|number| (nth(number), named("new"))));
    // Not desired, and so not touched.
    sandbox.insert_raw(nth(30_000), json!({ "id": nth(30_000) }));
    let mut results = sandbox.client().ipsec_gateways().reconcile_all(desired.clone());
    let mut counts = BTreeMap::<_, usize>::new();
    while let Some((id, result)) = results.next().await {
        let outcome = result.unwrap().outcome;
        *counts.entry(format!("{outcome:?}")).or_default() += 1;
        let (_, gateway) = desired.iter().find(|(other, _)| *other == id).unwrap();
        assert_eq!(sandbox.get_raw(id).unwrap()["properties"]["name"], json!(gateway.name));
    }
    let expected = [("Created", 5), ("Unchanged", 9_975), ("Updated", 25)];
    assert_eq!(counts, expected.map(|(outcome, count)| (outcome.to_owned(), count)).into());
    let expected = [("GET", 30), ("LIST", 11 + 1), ("PUT", 30)];
    let expected: BTreeMap<_, _> = expected.map(|(method, count)| (method.to_owned(), count)).into();
    assert!(methods(&sandbox)["LIST"] <= expected["LIST"]);
    assert_eq!((methods(&sandbox)["GET"], methods(&sandbox)["PUT"]), (expected["GET"], expected["PUT"]));
    assert_eq!(sandbox.get_raw(nth(30_000)), Some(json!({ "id": nth(30_000) })));
}

#[tokio::test]
async fn plan_all_says_what_reconcile_all_does_and_writes_nothing() {
    let (sandbox, mut desired) = fleet(5).await;
    let status = |number: usize, status: &str| {
        let mut shown = sandbox.get_raw(nth(number)).unwrap();
        shown["metadata"]["status"] = json!(status);
        sandbox.insert_raw(nth(number), shown);
    };
    desired[1].1.name = "renamed".into();
    status(2, "FAILED");
    status(3, "DESTROYING");
    // Listed, desired and unreadable.
    sandbox.insert_raw(nth(4), json!({ "id": nth(4), "properties": 5 }));
    desired.push((nth(5), named("new")));
    // An invalid state, and a duplicate.
    desired.push((nth(6), named("")));
    let gateways = sandbox.client().ipsec_gateways();
    let plans = outcomes(gateways.plan_all(desired.clone()), |plan| format!("{:?}", plan.action)).await;
    assert!(methods(&sandbox).keys().all(|method| method == "LIST" || method == "GET"));
    let actions = ["Unchanged", "Update", "Repair", "Blocked"];
    for (number, action) in actions.iter().enumerate() {
        assert_eq!(plans[&nth(number)], *action);
    }
    assert!(plans[&nth(4)].starts_with("UnusableResponse: "), "{}", plans[&nth(4)]);
    assert_eq!(plans[&nth(5)], "Create");
    assert!(plans[&nth(6)].starts_with("Validation: ensure IPSec gateway"), "{}", plans[&nth(6)]);

    let results = outcomes(gateways.reconcile_all(desired), |ensured| format!("{:?}", ensured.outcome)).await;
    for (number, outcome) in [(0, "Unchanged"), (1, "Updated"), (2, "Updated"), (5, "Created")] {
        assert_eq!(results[&nth(number)], outcome);
    }
    assert!(results[&nth(3)].starts_with("ResourceDeleting: "), "{}", results[&nth(3)]);
    assert!(results[&nth(4)].contains("the element at position 4 of the list"), "{}", results[&nth(4)]);
    assert_eq!(results[&nth(6)], plans[&nth(6)]);
    assert_eq!(methods(&sandbox)["PUT"], 3);
}

#[tokio::test]
async fn a_second_desired_state_is_refused_and_the_first_one_counts() {
    let (sandbox, _) = fleet(0).await;
    let desired = vec![(nth(0), named("first")), (nth(0), named("second"))];
    let results: Vec<_> = sandbox.client().ipsec_gateways().reconcile_all(desired).collect().await;
    let [(id, Err(error)), (_, Ok(ensured))] = results.as_slice() else { panic!("{results:?}") };
    assert_eq!(error.violations()[0].path(), "$.id");
    assert_eq!((*id, error.kind()), (nth(0), ErrorKind::Validation));
    assert!(error.to_string().contains("is a duplicate"), "{error}");
    assert_eq!((ensured.outcome, ensured.resource.properties.name.as_str()), (Outcome::Created, "first"));
}

#[tokio::test]
async fn nothing_desired_sends_nothing() {
    let (sandbox, _) = fleet(3).await;
    let gateways = sandbox.client().ipsec_gateways();
    assert_eq!(gateways.reconcile_all(Vec::new()).count().await, 0);
    assert_eq!(gateways.plan_all([(nth(0), named(""))]).count().await, 1);
    assert_eq!(sandbox.requests().len(), 0);
}

#[tokio::test]
async fn a_list_that_breaks_off_is_an_error_of_what_was_not_seen() {
    let (sandbox, mut desired) = fleet(25).await;
    desired[0].1.name = "renamed".into();
    let gateways = without_retries(&sandbox).list_options(ListOptions::default().page_size(10));
    let mut results = gateways.reconcile_all(desired);
    // The first page is read, the second one meets the fault; what is known to have drifted is reconciled.
    let mut seen = vec![results.next().await.unwrap()];
    sandbox.fail_next([Fault::Status(503)]);
    seen.extend(results.collect::<Vec<_>>().await);
    let (good, bad): (Vec<_>, Vec<_>) = seen.into_iter().partition(|(_, result)| result.is_ok());
    assert_eq!((good.len(), bad.len()), (10, 15));
    assert!(good.iter().any(|(id, result)| *id == nth(0) && result.as_ref().unwrap().outcome == Outcome::Updated));
    for (_, result) in bad {
        let error = result.unwrap_err();
        assert_eq!((error.status().map(|it| it.as_u16()), error.is_transient()), (Some(503), true), "{error}");
        assert!(error.to_string().starts_with("list IPSec gateway: the server answered 503"), "{error}");
    }
}

#[tokio::test]
async fn no_more_are_in_work_than_allowed_and_dropping_stops_them() {
    // Answers the list, and nothing else.
    let server = Server::start(vec![answer(200, json!({ "items": [] })), crate::server::Action::Hang]).await;
    let client = Client::builder().base_url(&server.base_url).token("t").build().unwrap();
    let desired = (0..100).map(|number| (nth(number), small_gateway()));
    let mut results = client.ipsec_gateways().concurrency(7).reconcile_all(desired);
    let wait = std::time::Duration::from_millis(500);
    assert!(tokio::time::timeout(wait, results.next()).await.is_err());
    assert_eq!(server.requests().len(), 1 + 7);
    let started: BTreeSet<_> =
        server.requests().iter().skip(1).map(|it| it.head.lines().next().unwrap().to_owned()).collect();
    assert_eq!(started.len(), 7);
    drop(results);
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(server.requests().len(), 1 + 7);
}

#[tokio::test]
async fn a_plan_says_what_it_does() {
    let (sandbox, _) = fleet(1).await;
    let gateways = sandbox.client().ipsec_gateways();
    let plan = gateways.plan(nth(0), &named("b")).await.unwrap();
    assert_eq!(plan.to_string(), format!("update IPSec gateway {}\n  ~ name: \"small\" → \"b\"", nth(0)));
    let expected = json!({
        "kind": "IPSec gateway", "id": nth(0), "parents": [], "action": "update",
        "drift": [{ "path": "name", "before": "small", "after": "b" }],
    });
    assert_eq!(json!(plan), expected);
    assert_eq!((plan.id(), plan.actual.as_ref().map(|it| it.id)), (nth(0), Some(nth(0))));
    let ensured = gateways.apply(plan).await.unwrap();
    assert_eq!((ensured.outcome, ensured.resource.properties.name.as_str()), (Outcome::Updated, "b"));

    let plan = gateways.plan(nth(1), &named("new")).await.unwrap();
    assert_eq!(
        (plan.to_string().lines().next(), plan.actual.as_ref()),
        (Some(&*format!("create IPSec gateway {}", nth(1))), None)
    );
    let added: Vec<_> = plan.drift.changes().iter().map(|it| (it.path.as_str(), it.before.is_some())).collect();
    assert_eq!(added, ["connections", "gatewayIP", "name"].map(|path| (path, false)));
    assert_eq!(gateways.apply(plan).await.unwrap().outcome, Outcome::Created);

    let before = sandbox.requests().len();
    let mut plan = gateways.plan(nth(1), &named("new")).await.unwrap();
    assert_eq!(
        (plan.action, plan.to_string()),
        (Action::Unchanged, format!("IPSec gateway {} has the desired state", nth(1)))
    );
    assert_eq!(gateways.apply(plan.clone()).await.unwrap().outcome, Outcome::Unchanged);
    assert_eq!(sandbox.requests().len(), before + 1);
    plan.actual = None;
    assert_eq!(gateways.apply(plan).await.unwrap().resource.id, nth(1));

    let mut shown = sandbox.get_raw(nth(1)).unwrap();
    shown["metadata"]["status"] = json!(Status::Destroying);
    sandbox.insert_raw(nth(1), shown);
    let plan = gateways.plan(nth(1), &named("newer")).await.unwrap();
    let error = plan.blocked_by().unwrap().to_string();
    assert!(error.contains("it is being deleted"), "{error}");
    assert_eq!(plan.to_string(), format!("blocked: {error}\n  ~ name: \"new\" → \"newer\""));
    assert_eq!((&json!(plan)["action"], &json!(plan)["reason"]), (&json!("blocked"), &json!(error)));
    assert_eq!(gateways.apply(plan).await.unwrap_err().kind(), ErrorKind::ResourceDeleting);
}

#[tokio::test]
async fn a_plan_is_applied_where_it_was_made() {
    let (sandbox, _) = fleet(2).await;
    let client = sandbox.client();
    let body: Value = serde_json::from_str(include_str!("../../examples/tunnel.json")).unwrap();
    let tunnel = serde_json::from_value(body["properties"].clone()).unwrap();
    let plan = client.ipsec_tunnels(nth(0)).plan(nth(9), &tunnel).await.unwrap();
    assert!(plan.to_string().starts_with(&format!("create IPSec tunnel {} of {}\n", nth(9), nth(0))), "{plan}");
    assert_eq!(json!(plan)["parents"], json!([nth(0)]));
    assert!(plan.drift.to_string().contains("***"), "{plan}");
    let ensured = client.ipsec_tunnels(nth(1)).apply(plan).await.unwrap();
    assert_eq!(ensured.outcome, Outcome::Created);
    assert!(client.ipsec_tunnels(nth(0)).get(nth(9)).await.is_ok());
}
