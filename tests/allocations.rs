//! Tests that some operations do not allocate. This is a separate program, because the counting allocator is the
//! allocator of the whole program.

#![allow(clippy::unwrap_used)]

use allocation_counter::measure;
use ionos_vpn::{IpSecGateway, IpSecTunnel, Validate, WireguardGateway, WireguardPeer, drift};
use serde_json::{Value, json};

/// Returns how often this thread allocates in an action.
fn allocations(action: impl FnOnce()) -> u64 {
    measure(action).count_total
}

fn nothing_is_allocated_for<T: Validate + Clone + for<'a> serde::Deserialize<'a>>(value: Value) {
    let name = std::any::type_name::<T>();
    let typed = T::from_value(value).unwrap();
    let same = typed.clone();
    assert_eq!(allocations(|| assert!(drift(&typed, &same).is_empty())), 0, "drift of {name}");
}

#[test]
fn the_drift_of_equal_values_costs_no_memory() {
    assert_ne!(allocations(|| drop(vec![1])), 0, "it counts");
    let id = "5a029f4a-72e5-11ec-90d6-0242ac120003";
    let connection = |lan: u32| json!({ "datacenterId": id, "lanId": lan.to_string(), "ipv4CIDR": "192.168.1.100/24", "ipv6CIDR": "2001:db8::1/64" });
    let connections: Vec<_> = (1..=10).map(connection).collect();
    let key = "0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=";
    nothing_is_allocated_for::<IpSecGateway>(json!({
        "name": "Ä gateway", "description": "of site A", "gatewayIP": "81.173.1.2", "connections": connections, "version": "IKEv9",
        "maintenanceWindow": { "dayOfTheWeek": "Sunday", "time": "03:00:00" }, "new": { "a": [1, null, 1.5, true] },
    }));
    nothing_is_allocated_for::<IpSecTunnel>(json!({
        "name": "a", "remoteHost": "vpn.mycompany.com", "auth": { "method": "PSK", "psk": { "key": "X2wosbaw74M8hQGbK3jCCaEusR6CCFRa" } },
        "ike": { "lifetime": 86400 }, "esp": { "lifetime": 3600 }, "cloudNetworkCIDRs": ["192.168.1.0/24"], "peerNetworkCIDRs": ["10.0.0.0/8"],
    }));
    nothing_is_allocated_for::<WireguardGateway>(json!({
        "name": "a", "gatewayIP": "81.173.1.2", "interfaceIPv4CIDR": "172.17.0.1/24", "connections": connections, "privateKey": key,
    }));
    nothing_is_allocated_for::<WireguardPeer>(json!({
        "name": "a", "publicKey": key, "allowedIPs": ["172.17.0.2/32"], "endpoint": { "host": "203.0.113.1", "port": 51820 },
    }));
}
