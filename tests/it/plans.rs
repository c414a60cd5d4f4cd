//! A plan and what `reconcile` does agree, for every kind, status and pair of states.

use ionos_vpn::types::{IpSecGateway, IpSecTunnel, WireguardGateway, WireguardPeer};
use ionos_vpn::{Action, Client, Outcome, Resource, ResourcePath, Resources, RetryPolicy, Sandbox};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::PAGE_ID;

const CASES: u64 = 200;

/// A field, and the values that it may have; `null` for none.
type Choices = (&'static str, Vec<Value>);

/// Returns the sample with a choice made for each field.
fn vary(sample: &Value, choices: &[Choices], random: &mut fastrand::Rng) -> Value {
    let mut properties = sample["properties"].clone();
    for (pointer, values) in choices {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = properties.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match random.choice(values).unwrap() {
            Value::Null => _ = parent.remove(name),
            value => _ = parent.insert(name.to_owned(), value.clone()),
        }
    }
    properties
}

async fn agree<R: Resource>(
    sample: &str,
    choices: Vec<Choices>,
    parent: Option<(&str, &str)>,
    handle: fn(&Client) -> Resources<R>,
) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder().base_url(sandbox.base_url()).token("sandbox").retry(RetryPolicy::none());
    let resources = handle(&client.build().unwrap());
    let mut parents = Vec::new();
    if let Some((collection, body)) = parent {
        let mut body: Value = serde_json::from_str(body).unwrap();
        body["metadata"] = json!({ "status": "AVAILABLE" });
        sandbox.insert_raw(format!("/{collection}/{PAGE_ID}"), body);
        parents.push(PAGE_ID);
    }
    let parents = R::Parents::try_from(parents.as_slice()).ok().unwrap();
    let sample: Value = serde_json::from_str(sample).unwrap();
    let statuses = ["AVAILABLE", "AVAILABLE", "PROVISIONING", "DESTROYING", "FAILED", "SUSPENDED"];
    let mut actions = std::collections::BTreeSet::new();
    for seed in 0..CASES {
        let mut random = fastrand::Rng::with_seed(seed);
        let desired: R = serde_json::from_value(vary(&sample, &choices, &mut random)).unwrap();
        // Every eighth does not exist.
        let id = Uuid::from_u128(1000 + u128::from(seed));
        let place = ResourcePath::<R>::new(parents, id);
        let shown = json!({
            "id": id, "properties": vary(&sample, &choices, &mut random),
            "metadata": { "status": random.choice(statuses).unwrap() },
        });
        if seed % 8 != 0 {
            sandbox.insert_raw(place, shown.clone());
        }
        let before = sandbox.requests().len();
        let plan = resources.plan(id, &desired).await.unwrap();
        assert_eq!(sandbox.requests().len(), before + 1, "a plan reads once");
        let row = format!("seed {seed}: {plan}\n{}\n{shown}", desired.redacted());
        let reconciled = resources.reconcile(id, &desired).await;
        let puts = sandbox.requests()[before + 1..].iter().filter(|it| it.method == "PUT").count();
        actions.insert(format!("{:?}", plan.action));
        match (plan.action, reconciled) {
            (Action::Create, Ok(it)) => assert_eq!((it.outcome, puts), (Outcome::Created, 1), "{row}"),
            (Action::Update | Action::Repair, Ok(it)) => assert_eq!((it.outcome, puts), (Outcome::Updated, 1), "{row}"),
            (Action::Unchanged, Ok(it)) => assert_eq!((it.outcome, puts), (Outcome::Unchanged, 0), "{row}"),
            (Action::Blocked, Err(error)) => {
                assert_eq!((plan.blocked_by().unwrap().kind(), puts), (error.kind(), 0), "{row}");
            }
            (_, other) => panic!("{row}\n{other:?}"),
        }
        // What was written has the desired state.
        if puts == 1 {
            assert_eq!(resources.plan(id, &desired).await.unwrap().action, Action::Unchanged, "{row}");
        }
    }
    assert_eq!(actions.len(), 5, "every action was seen: {actions:?}");
}

fn texts(values: &[&str]) -> Vec<Value> {
    values.iter().map(|value| if value.is_empty() { Value::Null } else { json!(value) }).collect()
}

fn description() -> Choices {
    ("/description", vec![Value::Null, json!(""), json!("x")])
}

#[tokio::test]
async fn gateways() {
    let choices = vec![
        ("/name", texts(&["a", "b"])),
        description(),
        ("/tier", texts(&["", "STANDARD", "ENHANCED_HA", "GOLD"])),
        ("/connections/0/ipv6CIDR", texts(&["", "2001:db8::1/64", "2001:DB8:0::1/64"])),
        ("/maintenanceWindow", vec![Value::Null, json!({ "dayOfTheWeek": "Monday", "time": "09:00:00" })]),
    ];
    agree::<IpSecGateway>(include_str!("../../examples/gateway.json"), choices, None, Client::ipsec_gateways).await;
}

#[tokio::test]
async fn tunnels() {
    let choices = vec![
        ("/name", texts(&["a", "b"])),
        description(),
        ("/remoteHost", texts(&["vpn.example.com", "203.0.113.1"])),
        ("/ike/lifetime", vec![json!(3600), json!(86400)]),
        ("/cloudNetworkCIDRs", vec![json!(["192.168.1.0/24"]), json!(["192.168.1.0/24", "10.0.0.0/8"])]),
    ];
    let parent = ("ipsecgateways", include_str!("../../examples/gateway.json"));
    let handle = |client: &Client| client.ipsec_tunnels(PAGE_ID);
    agree::<IpSecTunnel>(include_str!("../../examples/tunnel.json"), choices, Some(parent), handle).await;
}

#[tokio::test]
async fn wireguard_gateways() {
    let choices = vec![
        ("/name", texts(&["a", "b"])),
        description(),
        ("/interfaceIPv6CIDR", texts(&["", "2001:db8::1/64", "2001:DB8:0::1/64"])),
        ("/listenPort", vec![Value::Null, json!(51820), json!(51821)]),
    ];
    let sample = include_str!("../../examples/wireguard_gateway.json");
    agree::<WireguardGateway>(sample, choices, None, Client::wireguard_gateways).await;
}

#[tokio::test]
async fn wireguard_peers() {
    let choices = vec![
        ("/name", texts(&["a", "b"])),
        description(),
        ("/allowedIPs", vec![json!(["172.17.0.2/32"]), json!(["172.17.0.2/32", "10.0.0.0/8"])]),
        ("/endpoint", vec![Value::Null, json!({ "host": "vpn.example.com", "port": 51820 })]),
    ];
    let parent = ("wireguardgateways", include_str!("../../examples/wireguard_gateway.json"));
    let handle = |client: &Client| client.wireguard_peers(PAGE_ID);
    agree::<WireguardPeer>(include_str!("../../examples/wireguard_peer.json"), choices, Some(parent), handle).await;
}
