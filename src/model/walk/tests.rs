//! Checks that the walk and the description of violations, which works on the JSON, give the same result.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::is_valid;
use crate::model::generated::types;
use crate::model::rule::Object;
use crate::model::validate::{Validate, describe};

const ID: &str = "66a114c7-2ddd-5119-9ddf-5a789f5a5a44";

/// A valid value of each kind, with its rules.
fn samples() -> [(&'static Object, Value); 4] {
    let connection = |lan: &str| json!({ "datacenterId": ID, "lanId": lan, "ipv4CIDR": "192.168.1.100/24" });
    let window = json!({ "dayOfTheWeek": "Sunday", "time": "03:00:00" });
    let gateway = json!({
        "name": "a", "gatewayIP": "81.173.1.2", "connections": [connection("1"), connection("2"), connection("3")],
        "maintenanceWindow": window, "tier": "STANDARD", "new": { "name": [null, 1.5] },
    });
    let algorithms = json!({ "diffieHellmanGroup": "16-MODP4096", "lifetime": 3600 });
    let tunnel = json!({
        "name": "a", "remoteHost": "vpn.mycompany.com", "auth": { "method": "PSK", "psk": { "key": "X2wosbaw74M8hQGbK3jCCaEusR6CCFRa" } },
        "ike": algorithms, "esp": algorithms, "cloudNetworkCIDRs": ["192.168.1.0/24", "10.0.0.0/8"], "peerNetworkCIDRs": ["2001:db8::/32"],
    });
    let key = "0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=";
    let wireguard = json!({
        "name": "a", "gatewayIP": "81.173.1.2", "interfaceIPv4CIDR": "172.17.0.1/24", "interfaceIPv6CIDR": "2001:db8::1/64",
        "connections": [connection("1"), connection("2")], "privateKey": key, "listenPort": 51820,
    });
    let peer = json!({
        "name": "a", "publicKey": key, "allowedIPs": ["172.17.0.2/32"], "endpoint": { "host": "203.0.113.1", "port": 51820 },
    });
    [
        (types::IpSecGateway::RULES, gateway),
        (types::IpSecTunnel::RULES, tunnel),
        (types::WireguardGateway::RULES, wireguard),
        (types::WireguardPeer::RULES, peer),
    ]
}

/// Collects the paths of a value and of all values inside it.
fn places(value: &mut Value, found: &mut Vec<String>, path: &str) {
    found.push(path.to_owned());
    match value {
        Value::Array(list) => {
            list.iter_mut().enumerate().for_each(|(index, value)| places(value, found, &format!("{path}/{index}")));
        }
        Value::Object(map) => map.iter_mut().for_each(|(name, value)| places(value, found, &format!("{path}/{name}"))),
        _ => {}
    }
}

/// Changes one value: replaces it by another value, removes it, or copies a value from another place.
fn change(value: &mut Value, place: usize, to: &Value, from: usize) {
    let mut found = Vec::new();
    places(value, &mut found, "");
    let pick = |number: usize| found.get(number % found.len()).cloned().unwrap_or_default();
    let to = match to.as_str() {
        Some("copy") => value.pointer(&pick(from)).cloned().unwrap_or_default(),
        _ => to.clone(),
    };
    let path = pick(place);
    let Some((parent, name)) = path.rsplit_once('/').filter(|_| to == "none") else {
        *value.pointer_mut(&path).unwrap() = to;
        return;
    };
    match value.pointer_mut(parent).unwrap() {
        Value::Object(map) => drop(map.remove(name)),
        Value::Array(list) => drop(list.remove(name.parse().unwrap())),
        _ => {}
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let texts = [
        "copy",
        "none",
        "",
        " ",
        "a\u{7}",
        "é",
        "5A029F4A-72E5-11EC-90D6-0242AC120003",
        "192.168.1.0/24",
        "2",
        "02",
        "PSK",
    ];
    let others = [
        json!(null),
        json!([]),
        json!({}),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(true),
        json!("x".repeat(2000)),
    ];
    prop::sample::select(texts.map(Value::from).into_iter().chain(others).collect::<Vec<_>>())
}

#[test]
fn what_is_valid_is_seen_without_a_description() {
    for (object, value) in samples() {
        assert_eq!(describe(object, &value), None);
        assert!(is_valid(object, &value), "{}", object.name);
    }
}

#[test]
fn a_field_twice_is_no_valid_value() {
    let mut gateway = types::IpSecGateway::from_value(samples().into_iter().next().unwrap().1).unwrap();
    assert!(is_valid(types::IpSecGateway::RULES, &gateway));
    gateway.extra.insert("name".into(), "b".into());
    assert!(!is_valid(types::IpSecGateway::RULES, &gateway));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_walk_agrees_with_the_description(
        kind in 0_usize..4,
        changes in prop::collection::vec((any::<usize>(), any_value(), any::<usize>()), 0..4),
    ) {
        let (object, mut value) = samples().into_iter().nth(kind).unwrap();
        for (place, to, from) in changes {
            change(&mut value, place, &to, from);
        }
        let described = describe(object, &value);
        // Only one valid value needs the check over its JSON: a tunnel without a key that it does not need.
        let is_undecided = object.name == "IPSecTunnel" && value.pointer("/auth/psk").is_none_or(Value::is_null);
        prop_assert!(is_valid(object, &value) == described.is_none() || described.is_none() && is_undecided, "{value} {described:?}");
    }
}
