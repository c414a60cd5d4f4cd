//! Full replacement without loss, over HTTP against the sandbox.

use ionos_vpn::sandbox::Fault;
use ionos_vpn::{
    Change, Connection, Drift, ErrorKind, IpSecGateway, Outcome, Resources, RetryPolicy, Sandbox, Status, Tier, drift,
};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway};

async fn sandbox() -> (Sandbox, Resources<IpSecGateway>) {
    let sandbox = Sandbox::start().await.unwrap();
    let builder = ionos_vpn::Client::builder().base_url(sandbox.base_url()).token("sandbox").retry(RetryPolicy::none());
    let gateways = builder.build().unwrap().ipsec_gateways();
    (sandbox, gateways)
}

/// The gateway of the page's answer, with what later versions of the API may have added.
fn rich() -> Value {
    let mut gateway: Value = serde_json::from_str(PAGE_RESPONSE).unwrap();
    gateway["annotations"] = json!({ "team": ["a", { "b": null }] });
    gateway["metadata"]["costCenter"] = json!("4711");
    gateway["properties"]["tier"] = json!("ENHANCED_HA");
    gateway["properties"]["maintenanceWindow"] =
        json!({ "time": "09:00:00", "dayOfTheWeek": "Someday", "zone": "UTC" });
    gateway["properties"]["mtu"] = json!(1400);
    gateway["properties"]["connections"][0]["mac"] = json!("00:00:5e:00:53:01");
    gateway
}

fn puts(sandbox: &Sandbox) -> Vec<Value> {
    sandbox.requests().into_iter().filter(|it| it.method == "PUT").map(|it| it.body).collect()
}

#[tokio::test]
async fn a_gateway_is_reconciled_once() {
    let (sandbox, gateways) = sandbox().await;
    let mut desired = page_gateway();
    let second = Connection::new(desired.connections[0].datacenter_id, 3, "10.0.0.5/24".parse().unwrap(), None);
    desired.connections.push(second);
    assert_eq!(gateways.reconcile(PAGE_ID, &desired).await.unwrap().outcome, Outcome::Created);
    assert_eq!(gateways.reconcile(PAGE_ID, &desired).await.unwrap().outcome, Outcome::Unchanged);

    let mut respelt = desired.clone();
    respelt.connections.reverse();
    respelt.connections[1].ipv6_cidr = Some("2001:DB8:85a3:0::/24".into());
    let unchanged = gateways.reconcile(PAGE_ID, &respelt).await.unwrap();
    assert_eq!((unchanged.outcome, puts(&sandbox).len()), (Outcome::Unchanged, 1));

    respelt.description = None;
    let updated = gateways.reconcile(PAGE_ID, &respelt).await.unwrap();
    assert_eq!((updated.outcome, updated.resource.properties.description), (Outcome::Updated, None));
    assert_eq!(puts(&sandbox).len(), 2);
}

#[tokio::test]
async fn modify_carries_everything() {
    let (sandbox, gateways) = sandbox().await;
    sandbox.insert_raw(PAGE_ID, rich());
    let unchanged = gateways.modify(PAGE_ID, |_| {}).await.unwrap();
    assert_eq!((unchanged.outcome, puts(&sandbox).len()), (Outcome::Unchanged, 0));

    let updated = gateways.modify(PAGE_ID, |gateway| gateway.name = "renamed".into()).await.unwrap();
    assert_eq!(updated.outcome, Outcome::Updated);
    let mut expected = rich();
    expected["properties"]["name"] = json!("renamed");
    let sent = puts(&sandbox);
    let whole = json!({
        "id": PAGE_ID, "annotations": expected["annotations"], "metadata": { "costCenter": "4711" },
        "properties": expected["properties"],
    });
    assert_eq!(sent, [whole]);
    let held = sandbox.get_raw(PAGE_ID).unwrap();
    assert_eq!(held["properties"], expected["properties"]);
    assert_eq!((&held["annotations"], &held["metadata"]["costCenter"]), (&expected["annotations"], &json!("4711")));
}

#[tokio::test]
async fn reconcile_carries_what_the_caller_has_no_say_in() {
    let (sandbox, gateways) = sandbox().await;
    sandbox.insert_raw(PAGE_ID, rich());
    let mut desired = page_gateway();
    desired.version = None;
    assert_eq!(gateways.reconcile(PAGE_ID, &desired).await.unwrap().outcome, Outcome::Unchanged);
    desired.name = "renamed".into();
    desired.description = None;
    desired.connections[0].ipv6_cidr = None;
    gateways.reconcile(PAGE_ID, &desired).await.unwrap();
    let mut expected = rich()["properties"].clone();
    expected["name"] = json!("renamed");
    expected.as_object_mut().unwrap().remove("description");
    expected["connections"][0].as_object_mut().unwrap().remove("ipv6CIDR");
    assert_eq!(puts(&sandbox)[0]["properties"], expected);
    // A field that the caller sets is not overwritten.
    desired.tier = Some(Tier::Standard);
    let resource = gateways.reconcile(PAGE_ID, &desired).await.unwrap().resource;
    assert_eq!(resource.properties.tier, Some(Tier::Standard));
}

#[tokio::test]
async fn empty_optional_values_are_no_drift_and_are_kept() {
    let (sandbox, gateways) = sandbox().await;
    let mut shown = rich();
    shown["properties"]["description"] = json!("");
    shown["properties"]["connections"][0]["ipv6CIDR"] = json!("");
    sandbox.insert_raw(PAGE_ID, shown.clone());
    let mut desired = page_gateway();
    desired.description = None;
    desired.connections[0].ipv6_cidr = None;
    for _ in 0..2 {
        assert_eq!(gateways.reconcile(PAGE_ID, &desired).await.unwrap().outcome, Outcome::Unchanged);
    }
    assert_eq!(puts(&sandbox), [] as [Value; 0]);
    gateways.modify(PAGE_ID, |gateway| gateway.name = "renamed".into()).await.unwrap();
    shown["properties"]["name"] = json!("renamed");
    assert_eq!(puts(&sandbox)[0]["properties"], shown["properties"], "modify sends what was there");
}

#[tokio::test]
async fn no_failed_or_incomplete_get_leads_to_a_put() {
    let (sandbox, gateways) = sandbox().await;
    let edit = |gateway: &mut IpSecGateway| gateway.name = "renamed".into();
    let without = |name: &str| {
        let mut gateway = rich();
        gateway.as_object_mut().unwrap().remove(name);
        gateway
    };
    let mut other = rich();
    other["id"] = json!(Uuid::nil());
    for gateway in [without("properties"), without("metadata"), without("id"), other, json!(null), json!([]), json!({})]
    {
        sandbox.insert_raw(PAGE_ID, gateway.clone());
        let errors = [
            gateways.modify(PAGE_ID, edit).await.unwrap_err(),
            gateways.reconcile(PAGE_ID, &page_gateway()).await.unwrap_err(),
        ];
        assert!(errors.iter().all(|error| error.kind() == ErrorKind::UnusableResponse), "{gateway}: {errors:?}");
        assert!(errors.iter().all(|error| !error.may_have_been_applied()), "{gateway}: {errors:?}");
    }
    sandbox.insert_raw(PAGE_ID, rich());
    for fault in [Fault::Status(500), Fault::Status(503), Fault::RateLimited(0), Fault::Reset, Fault::CutBody] {
        sandbox.fail_next([fault, fault]);
        assert!(gateways.modify(PAGE_ID, edit).await.is_err(), "{fault:?}");
        assert!(gateways.reconcile(PAGE_ID, &page_gateway()).await.is_err(), "{fault:?}");
    }
    assert!(gateways.modify(Uuid::nil(), edit).await.unwrap_err().is_not_found());
    assert_eq!(puts(&sandbox), [] as [Value; 0]);
}

#[tokio::test]
async fn the_status_has_a_say_in_reconcile() {
    let (sandbox, gateways) = sandbox().await;
    for (status, outcome) in [
        ("AVAILABLE", Some(Outcome::Unchanged)),
        ("PROVISIONING", Some(Outcome::Unchanged)),
        ("HIBERNATING", Some(Outcome::Unchanged)),
        ("FAILED", Some(Outcome::Updated)),
        ("DESTROYING", None),
    ] {
        let mut gateway = rich();
        gateway["metadata"]["status"] = json!(status);
        sandbox.insert_raw(PAGE_ID, gateway);
        match (gateways.reconcile(PAGE_ID, &page_gateway()).await, outcome) {
            (Ok(ensured), Some(outcome)) => assert_eq!(ensured.outcome, outcome, "{status}"),
            (Err(error), None) => {
                assert_eq!(
                    (error.kind(), error.last_status()),
                    (ErrorKind::ResourceDeleting, Some(&Status::Destroying))
                );
            }
            (result, _) => panic!("{status}: {result:?}"),
        }
    }
    assert_eq!(puts(&sandbox).len(), 1);
}

#[tokio::test]
async fn a_gateway_that_would_not_pass_can_still_be_edited() {
    let (sandbox, gateways) = sandbox().await;
    let mut gateway = rich();
    gateway["properties"]["gatewayIP"] = json!("10.0.0.1");
    gateway["properties"]["connections"][0]["ipv4CIDR"] = json!("192.168.1.0/24");
    sandbox.insert_raw(PAGE_ID, gateway);
    let renamed = gateways.modify(PAGE_ID, |gateway| gateway.name = "renamed".into()).await.unwrap();
    assert_eq!(renamed.resource.properties.gateway_ip, "10.0.0.1");

    let bad: [fn(&mut IpSecGateway); 4] = [
        |gateway| gateway.gateway_ip = "10.0.0.2".into(),
        |gateway| gateway.name = String::new(),
        |gateway| gateway.connections.push(gateway.connections[0].clone()),
        |gateway| {
            let mut connection = gateway.connections[0].clone();
            connection.lan_id = "9".into();
            gateway.connections.push(connection);
        },
    ];
    for (number, edit) in bad.into_iter().enumerate() {
        let error = gateways.modify(PAGE_ID, edit).await.unwrap_err();
        assert!(error.is_validation() && !error.violations().is_empty(), "edit {number}: {error}");
    }
    let mended = gateways.modify(PAGE_ID, |gateway| gateway.gateway_ip = "81.173.1.9".into()).await.unwrap();
    assert_eq!(mended.resource.properties.gateway_ip, "81.173.1.9");
    assert_eq!(puts(&sandbox).len(), 2);
}

#[test]
fn a_plan_is_short_and_aligned() {
    let mut actual = page_gateway();
    actual.description = Some("a".into());
    let mut desired = actual.clone();
    assert_eq!(desired.drift_from(&actual), Drift::default());
    desired.description = Some("b".into());
    assert_eq!(desired.drift_from(&actual).to_string(), r#"~ description: "a" → "b""#);

    desired.description = None;
    desired.connections[0].ipv4_cidr = "192.168.1.101/24".into();
    desired.connections.push(Connection::new(Uuid::nil(), 3, "10.0.0.5/24".parse().unwrap(), None));
    desired.extra.insert("mtu".into(), json!(1400));
    let plan = desired.drift_from(&actual);
    let lines = [
        r#"~ connections[0].ipv4CIDR: "192.168.1.100/24" → "192.168.1.101/24""#,
        r#"+ connections[1]:          {"datacenterId":"00000000-0000-0000-0000-000000000000","ipv4CIDR":"10.0.0.5/24","lanId":"3"}"#,
        r#"- description:             "a""#,
        "+ mtu:                     1400",
    ];
    assert_eq!(plan.to_string(), lines.join("\n"));
    let machine = json!([
        { "path": "connections[0].ipv4CIDR", "before": "192.168.1.100/24", "after": "192.168.1.101/24" },
        { "path": "connections[1]", "after": plan.changes()[1].after },
        { "path": "description", "before": "a" },
        { "path": "mtu", "after": 1400 },
    ]);
    assert_eq!(json!(plan), machine);
}

/// Any JSON, three levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-zA-Zé\"\\\\ ]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map("[a-z]{1,5}", inner, 0..4).prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

/// Fields that this version does not know.
fn unknown() -> impl Strategy<Value = Map<String, Value>> {
    btree_map("x-[a-z]{1,3}", any_json(), 0..3).prop_map(|map| map.into_iter().collect())
}

prop_compose! {
    fn any_connection()(host in 1_u8..255, ipv6 in prop::option::of(1_u16..), extra in unknown()) -> Connection {
        let ipv6 = ipv6.map(|host| format!("2001:db8::{host:x}/64").parse().unwrap());
        let mut connection = Connection::new(PAGE_ID, 0, format!("192.168.1.{host}/24").parse().unwrap(), ipv6);
        connection.extra = extra;
        connection
    }
}

prop_compose! {
    fn any_gateway()(
        name in r"[^\p{Cc}]{0,10}[^\p{Cc}\s][^\p{Cc}]{0,9}",
        description in prop::option::of(".{0,20}"),
        host in 1_u8..255,
        connections in vec(any_connection(), 1..5),
        lans in Just((1..50_u32).collect::<Vec<_>>()).prop_shuffle(),
        tier in prop::option::of("[A-Z]{3,9}"),
        window in any::<bool>(),
        extra in unknown(),
    ) -> IpSecGateway {
        let mut gateway = page_gateway();
        gateway.name = name;
        gateway.description = description;
        gateway.gateway_ip = format!("81.173.1.{host}");
        gateway.connections = connections;
        for (connection, lan) in gateway.connections.iter_mut().zip(lans) {
            connection.lan_id = (lan % 8 * 100 + lan).to_string();
        }
        gateway.tier = tier.map(Tier::from);
        gateway.maintenance_window =
            window.then(|| serde_json::from_value(json!({ "time": "09:00:00", "dayOfTheWeek": "Sunday", "x-a": 1 })).unwrap());
        gateway.extra = extra;
        gateway
    }
}

/// Applies the changes to a gateway.
fn apply(changes: &[Change], actual: &IpSecGateway) -> IpSecGateway {
    let mut value = json!(actual);
    let mut removed = Vec::new();
    for change in changes {
        let pointer = format!("/{}", change.path.replace(['.', '['], "/").replace(']', ""));
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match (value.pointer_mut(parent).unwrap(), &change.after) {
            (Value::Object(map), Some(after)) => _ = map.insert(name.to_owned(), after.clone()),
            (Value::Object(map), None) => _ = map.remove(name).unwrap(),
            (Value::Array(list), Some(after)) => {
                assert_eq!(name, list.len().to_string(), "an addition is appended");
                list.push(after.clone());
            }
            (Value::Array(_), None) => removed.push(name.parse::<usize>().unwrap()),
            (other, _) => panic!("{} is in {other}", change.path),
        }
    }
    let connections = value["connections"].as_array_mut().unwrap();
    removed.sort_unstable();
    removed.into_iter().rev().for_each(|index| _ = connections.remove(index));
    serde_json::from_value(value).unwrap()
}

proptest! {
    #[test]
    fn nothing_drifts_from_itself(gateway in any_gateway()) {
        prop_assert!(drift(&gateway, &gateway).is_empty());
        let mut shuffled = gateway.clone();
        shuffled.connections.reverse();
        prop_assert!(drift(&shuffled, &gateway).is_empty());
    }

    #[test]
    fn what_drifted_leads_from_the_actual_to_the_desired(desired in any_gateway(), actual in any_gateway()) {
        let plan = drift(&desired, &actual);
        let applied = apply(plan.changes(), &actual);
        prop_assert!(drift(&desired, &applied).is_empty(), "{plan}\n{}", drift(&desired, &applied));
        prop_assert_eq!(plan.to_string().lines().count(), plan.changes().len());
    }
}

/// Runs a property test whose cases are async calls.
fn check<S: Strategy>(cases: u32, strategy: &S, case: impl AsyncFn(&Sandbox, &Resources<IpSecGateway>, S::Value)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (sandbox, gateways) = runtime.block_on(sandbox());
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let run = TestRunner::new(config).run(strategy, |value| {
        runtime.block_on(case(&sandbox, &gateways, value));
        Ok(())
    });
    run.unwrap();
}

#[test]
fn modify_changes_exactly_what_the_edit_changed() {
    let raw = (any_gateway(), unknown(), unknown());
    check(
        200,
        &(raw, any_gateway(), 0..6_usize),
        async |sandbox, gateways, ((actual, top, metadata), other, field)| {
            let id = Uuid::new_v4();
            let mut before = json!({
                "id": id, "type": "ipsecgateway", "href": "/", "properties": actual,
                "metadata": { "status": "AVAILABLE" },
            });
            before.as_object_mut().unwrap().extend(top);
            before["metadata"].as_object_mut().unwrap().extend(metadata.clone());
            sandbox.insert_raw(id, before.clone());
            let mut expected = before.clone();
            let (name, value) = match field {
                0 => ("name", json!(other.name)),
                1 => ("gatewayIP", json!(other.gateway_ip)),
                2 => ("description", json!("another")),
                3 => ("tier", json!("PREMIUM")),
                4 => ("connections", json!(other.connections)),
                _ => ("x-new", json!([1, { "two": null }])),
            };
            expected["properties"][name] = value.clone();
            let edited = gateways
                .modify(id, |gateway| {
                    let mut properties = json!(gateway);
                    properties[name] = value;
                    *gateway = serde_json::from_value(properties).unwrap();
                })
                .await
                .unwrap();
            let unchanged = expected == before;
            assert_eq!(edited.outcome == Outcome::Unchanged, unchanged);
            let sent = sandbox.requests().last().unwrap().clone();
            assert_eq!(sent.method == "GET", unchanged);
            if !unchanged {
                for owned in ["type", "href"] {
                    expected.as_object_mut().unwrap().remove(owned);
                }
                expected["metadata"] = json!(metadata);
                assert_eq!(sent.body, expected);
            }
        },
    );
}

#[test]
fn reconciled_twice_is_unchanged_the_second_time() {
    check(100, &(any_gateway(), any_gateway()), async |sandbox, gateways, (desired, actual)| {
        let id = Uuid::new_v4();
        gateways.ensure(id, &actual).await.unwrap();
        gateways.reconcile(id, &desired).await.unwrap();
        let before = puts(sandbox).len();
        let again = gateways.reconcile(id, &desired).await.unwrap();
        assert_eq!((again.outcome, puts(sandbox).len()), (Outcome::Unchanged, before));
        for (name, value) in &actual.extra {
            let held = &again.resource.properties.extra[name];
            // `null` means that the caller does not mention the field.
            let wanted = desired.extra.get(name).filter(|wanted| !wanted.is_null());
            assert_eq!(held, wanted.unwrap_or(value), "{name}");
        }
    });
}
