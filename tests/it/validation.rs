//! Validation: what is refused before anything is sent, what is accepted, and the sandbox's response to invalid input.

use std::time::Duration;

use ionos_vpn::{
    ErrorKind, IpSecGateway, IpSecGatewayEnsure, IpSecPsk, Outcome, Sandbox, Status, Validate, Violation, Violations,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{PAGE_ID, PAGE_REQUEST, page_gateway};

fn page() -> Value {
    serde_json::from_str(PAGE_REQUEST).unwrap()
}

/// Turns a violation's path into a JSON pointer.
fn pointer_of(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("/{}", path.replace(['.', '['], "/").replace(']', "")) }
}

/// Puts a value at a violation's path (`properties.connections[0].lanId`), or takes away what is there.
#[track_caller]
fn put(document: &mut Value, path: &str, value: Option<Value>) {
    let pointer = pointer_of(path);
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match (document.pointer_mut(parent).unwrap(), value) {
        (Value::Object(parent), Some(value)) => _ = parent.insert(name.to_owned(), value),
        (Value::Object(parent), None) => _ = parent.remove(name).unwrap(),
        (Value::Array(parent), Some(value)) => match parent.get_mut(name.parse::<usize>().unwrap()) {
            Some(place) => *place = value,
            None => parent.push(value),
        },
        (parent, _) => panic!("nothing can be put into {parent}"),
    }
}

fn with(path: &str, value: Value) -> Value {
    let mut document = page();
    put(&mut document, path, Some(value));
    document
}

fn without(path: &str) -> Value {
    let mut document = page();
    put(&mut document, path, None);
    document
}

fn with_connections(connections: impl IntoIterator<Item = Value>) -> Value {
    with("properties.connections", connections.into_iter().collect())
}

const DATACENTER: &str = "5a029f4a-72e5-11ec-90d6-0242ac120003";
const OTHER_DATACENTER: &str = "11111111-2222-4333-8444-555555555555";

fn connection(datacenter: &str, lan: usize) -> Value {
    json!({ "datacenterId": datacenter, "lanId": lan.to_string(), "ipv4CIDR": "192.168.1.100/24" })
}

/// A path, and a word of the expected remedy.
type Expected = (&'static str, &'static str);

/// One invalid document for each row, with all its violations.
#[expect(clippy::too_many_lines, reason = "a table")]
fn bad() -> Vec<(Value, Vec<Expected>)> {
    let id = "id";
    let metadata = "metadata";
    let name = "properties.name";
    let description = "properties.description";
    let ip = "properties.gatewayIP";
    let connections = "properties.connections";
    let datacenter = "properties.connections[0].datacenterId";
    let lan = "properties.connections[0].lanId";
    let v4 = "properties.connections[0].ipv4CIDR";
    let v6 = "properties.connections[0].ipv6CIDR";
    let time = "properties.maintenanceWindow.time";
    let window = |time: Value| json!({ "time": time, "dayOfTheWeek": "Sunday" });

    let at_their_place = [
        (id, json!(""), "must be a UUID"),
        (id, json!("66a114c7"), "must be a UUID"),
        (id, json!("66a114c7-2ddd-5119-9ddf-5a789f5a5a4g"), "must be a UUID"),
        (id, json!(" 66a114c7-2ddd-5119-9ddf-5a789f5a5a44"), "must be a UUID"),
        (id, json!(42), "must be text: \"42\""),
        (id, json!({}), "must be text"),
        (metadata, json!([]), "must be an object"),
        (metadata, json!("none"), "must be an object"),
        (name, json!(""), "1 to 255 characters"),
        (name, json!("x".repeat(256)), "1 to 255 characters"),
        (name, json!("é".repeat(256)), "1 to 255 characters"),
        (name, json!("🔒".repeat(256)), "1 to 255 characters"),
        (name, json!(7), "must be text: \"7\""),
        (name, json!(true), "must be text"),
        (name, json!(" "), "visible character"),
        (name, json!("   "), "visible character"),
        (name, json!("\u{a0}\u{2003}\u{3000}"), "visible character"),
        (name, json!("two\nlines"), "control character"),
        (name, json!("tab\t"), "control character"),
        (name, json!("\r"), "control character"),
        (name, json!("\0"), "control character"),
        (name, json!("\u{1b}[31mred"), "control character"),
        (name, json!("delete\u{7f}"), "control character"),
        (name, json!("next\u{85}line"), "control character"),
        (description, json!("x".repeat(1025)), "at most 1024 characters"),
        (description, json!("🔒".repeat(1025)), "at most 1024 characters"),
        (description, json!(["x"]), "must be text"),
        (ip, json!(""), "nothing around it"),
        (ip, json!("81.173.1"), "nothing around it"),
        (ip, json!("81.173.1.256"), "nothing around it"),
        (ip, json!("81.173.01.2"), "nothing around it"),
        (ip, json!(" 81.173.1.2"), "nothing around it"),
        (ip, json!("81.173.1.2\n"), "nothing around it"),
        (ip, json!("81.173.1.2/32"), "nothing around it"),
        (ip, json!("81.173.1.2:500"), "nothing around it"),
        (ip, json!("[2a02:247a::1]"), "nothing around it"),
        (ip, json!("2a02:247a::1%eth0"), "nothing around it"),
        (ip, json!("81.173.1.2, 81.173.1.3"), "nothing around it"),
        (ip, json!("vpn.example.com"), "nothing around it"),
        (ip, json!("0.0.0.0"), "unspecified"),
        (ip, json!("::"), "unspecified"),
        (ip, json!("127.0.0.0"), "loopback"),
        (ip, json!("127.0.0.1"), "loopback"),
        (ip, json!("127.255.255.255"), "loopback"),
        (ip, json!("::1"), "loopback"),
        (ip, json!("169.254.0.0"), "link-local"),
        (ip, json!("169.254.169.254"), "link-local"),
        (ip, json!("169.254.255.255"), "link-local"),
        (ip, json!("fe80::1"), "link-local"),
        (ip, json!("febf:ffff::1"), "link-local"),
        (ip, json!("224.0.0.1"), "multicast"),
        (ip, json!("239.255.255.255"), "multicast"),
        (ip, json!("ff02::1"), "multicast"),
        (ip, json!("ffff::1"), "multicast"),
        (ip, json!("255.255.255.255"), "broadcast"),
        (ip, json!("10.0.0.0"), "private"),
        (ip, json!("10.0.0.1"), "private"),
        (ip, json!("10.255.255.255"), "private"),
        (ip, json!("172.16.0.1"), "private"),
        (ip, json!("172.31.255.255"), "private"),
        (ip, json!("192.168.1.1"), "private"),
        (ip, json!("192.168.255.255"), "private"),
        (ip, json!("fd00::1"), "private"),
        (ip, json!("fc00::1"), "private"),
        (ip, json!("fdff:ffff::1"), "private"),
        (ip, json!("fec0::1"), "private"),
        (ip, json!("feff:ffff::1"), "private"),
        (ip, json!("64:ff9b:1::1"), "private"),
        (ip, json!("64:ff9b:1:ffff::81.173.1.2"), "private"),
        (ip, json!("0.0.0.1"), "special use"),
        (ip, json!("0.255.255.255"), "special use"),
        (ip, json!("100.64.0.0"), "special use"),
        (ip, json!("100.64.0.1"), "special use"),
        (ip, json!("100.127.255.255"), "special use"),
        (ip, json!("192.0.0.0"), "special use"),
        (ip, json!("192.0.0.1"), "special use"),
        (ip, json!("192.0.0.255"), "special use"),
        (ip, json!("192.88.99.0"), "special use"),
        (ip, json!("192.88.99.1"), "special use"),
        (ip, json!("192.88.99.255"), "special use"),
        (ip, json!("198.18.0.0"), "special use"),
        (ip, json!("198.18.0.1"), "special use"),
        (ip, json!("198.19.255.255"), "special use"),
        (ip, json!("240.0.0.0"), "special use"),
        (ip, json!("240.0.0.1"), "special use"),
        (ip, json!("255.255.255.254"), "special use"),
        (ip, json!("::2"), "special use"),
        (ip, json!("::10.0.0.1"), "special use"),
        (ip, json!("::81.173.1.2"), "special use"),
        (ip, json!("100::"), "special use"),
        (ip, json!("100::1"), "special use"),
        (ip, json!("100::ffff:ffff:ffff:ffff"), "special use"),
        (ip, json!("100:0:0:1::1"), "special use"),
        (ip, json!("2001::1"), "special use"),
        (ip, json!("2001:0:5175:102::1"), "special use"),
        (ip, json!("2001:1::4"), "special use"),
        (ip, json!("2001:2::1"), "special use"),
        (ip, json!("2001:4:111:ffff::1"), "special use"),
        (ip, json!("2001:5::1"), "special use"),
        (ip, json!("2001:10::1"), "special use"),
        (ip, json!("2001:1f:ffff::1"), "special use"),
        (ip, json!("2001:40::1"), "special use"),
        (ip, json!("2001:1ff:ffff::1"), "special use"),
        (ip, json!("5f00::1"), "special use"),
        (ip, json!("5f00:ffff::1"), "special use"),
        (ip, json!("::ffff:10.0.0.1"), "private"),
        (ip, json!("::ffff:127.0.0.1"), "loopback"),
        (ip, json!("::ffff:0.0.0.0"), "unspecified"),
        (ip, json!("::ffff:100.64.0.1"), "special use"),
        (ip, json!("64:ff9b::0.0.0.0"), "unspecified"),
        (ip, json!("64:ff9b::10.0.0.1"), "private"),
        (ip, json!("64:ff9b::127.0.0.1"), "loopback"),
        (ip, json!("64:ff9b::169.254.169.254"), "link-local"),
        (ip, json!("64:ff9b::255.255.255.255"), "broadcast"),
        (ip, json!("64:ff9b::100.64.0.1"), "special use"),
        (ip, json!("64:ff9b::240.0.0.1"), "special use"),
        (ip, json!("2002::1"), "unspecified"),
        (ip, json!("2002:a00:1::1"), "private"),
        (ip, json!("2002:c0a8:101::"), "private"),
        (ip, json!("2002:ac1f:ffff:ffff::1"), "private"),
        (ip, json!("2002:7f00:1::1"), "loopback"),
        (ip, json!("2002:e000:1::1"), "multicast"),
        (ip, json!("2002:6440:1::1"), "special use"),
        (ip, json!("2002:c612:1::1"), "special use"),
        (ip, json!(1_370_292_482), "must be text"),
        (connections, json!([]), "1 to 10 elements, not 0"),
        (connections, json!({}), "must be a list"),
        (
            connections,
            json!((1..=11).map(|lan| connection(DATACENTER, lan)).collect::<Vec<_>>()),
            "1 to 10 elements, not 11",
        ),
        ("properties.connections[0]", json!("192.168.1.100/24"), "must be an object"),
        ("properties.connections[1]", connection(DATACENTER, 2), "is a duplicate"),
        (datacenter, json!("de/fra"), "must be a UUID"),
        (datacenter, json!("5a029f4a-72e5-11ec-90d6-0242ac12000"), "must be a UUID"),
        (lan, json!(2), "must be text: \"2\""),
        (lan, json!(""), "number of a LAN"),
        (lan, json!("two"), "number of a LAN"),
        (lan, json!("-1"), "number of a LAN"),
        (lan, json!("+2"), "number of a LAN"),
        (lan, json!(" 2"), "number of a LAN"),
        (lan, json!("2.0"), "number of a LAN"),
        (lan, json!("0x2"), "number of a LAN"),
        (lan, json!("٢"), "number of a LAN"),
        (lan, json!("4294967296"), "number of a LAN"),
        (lan, json!("0"), "number of a LAN"),
        (lan, json!("00"), "number of a LAN"),
        (lan, json!("02"), "without leading zeros"),
        (lan, json!("007"), "without leading zeros"),
        (lan, json!("-0"), "number of a LAN"),
        (v4, json!(""), "prefix length"),
        (v4, json!("192.168.1.100"), "prefix length"),
        (v4, json!("192.168.1.100/"), "prefix length"),
        (v4, json!("/24"), "prefix length"),
        (v4, json!("192.168.1.100/33"), "prefix length of 1 to 32"),
        (v4, json!("192.168.1.100/-1"), "prefix length"),
        (v4, json!("192.168.1.100/+24"), "prefix length"),
        (v4, json!("192.168.1.100/024"), "prefix length"),
        (v4, json!("192.168.1.100/255.255.255.0"), "prefix length"),
        (v4, json!("192.168.1.100/24/24"), "prefix length"),
        (v4, json!("192.168.001.100/24"), "prefix length"),
        (v4, json!("192.168.1.100 /24"), "prefix length"),
        (v4, json!("192.168.1.100/24 "), "prefix length"),
        (v4, json!("192.168.1/24"), "prefix length"),
        (v4, json!("192.168.1.0/24"), "unreachable"),
        (v4, json!("10.7.122.0/23"), "unreachable"),
        (v4, json!("192.168.1.4/30"), "unreachable"),
        (v4, json!("192.168.1.255/24"), "broadcast"),
        (v4, json!("192.168.1.7/30"), "broadcast"),
        (v4, json!("0.0.0.0/0"), "prefix length of 1 to 32"),
        (v4, json!("1.2.3.4/0"), "prefix length of 1 to 32"),
        (v4, json!("0.0.0.0/32"), "the address of one host"),
        (v4, json!("0.0.0.0/8"), "the address of one host"),
        (v4, json!("0.0.0.1/24"), "the address of one host"),
        (v4, json!("0.255.255.254/8"), "the address of one host"),
        (v4, json!("127.0.0.1/8"), "the address of one host"),
        (v4, json!("127.255.255.254/32"), "the address of one host"),
        (v4, json!("224.0.0.1/24"), "the address of one host"),
        (v4, json!("239.255.255.254/4"), "the address of one host"),
        (v4, json!("255.255.255.255/32"), "the address of one host"),
        (v4, json!("255.255.255.255/8"), "the address of one host"),
        (v4, json!("2001:db8::1/64"), "has a field of its own"),
        (v6, json!(""), "prefix length"),
        (v6, json!("2001:db8::1"), "prefix length"),
        (v6, json!("2001:db8::1/129"), "prefix length of 1 to 128"),
        (v6, json!("2001:db8::1/064"), "prefix length"),
        (v6, json!("fe80::1%eth0/64"), "prefix length"),
        (v6, json!("[2001:db8::1]/64"), "prefix length"),
        (v6, json!(" 2001:db8::1/64"), "prefix length"),
        (v6, json!("2001:db8::1::2/64"), "prefix length"),
        (v6, json!("::/0"), "prefix length of 1 to 128"),
        (v6, json!("2001:db8::1/0"), "prefix length of 1 to 128"),
        (v6, json!("::/128"), "the address of one host"),
        (v6, json!("::/64"), "the address of one host"),
        (v6, json!("::1/128"), "the address of one host"),
        (v6, json!("::1/64"), "the address of one host"),
        (v6, json!("ff02::1/64"), "the address of one host"),
        (v6, json!("ffff::1/8"), "the address of one host"),
        (v6, json!("::ffff:1.2.3.4/96"), "the address of one host"),
        (v6, json!("::ffff:c0a8:164/120"), "the address of one host"),
        (v6, json!("192.168.1.100/24"), "has a field of its own"),
        ("properties.maintenanceWindow", json!("Sunday"), "must be an object"),
        ("properties.version", json!(2), "must be text: \"2\""),
        ("properties.tier", json!(["STANDARD"]), "must be text"),
        ("properties", json!("My Company Gateway"), "must be an object"),
    ];
    let at_their_place = at_their_place.into_iter().map(|(path, value, word)| (with(path, value), vec![(path, word)]));

    let times = [
        json!("24:00:00"),
        json!("09:60:00"),
        json!("09:00:60"),
        json!("9:00:00"),
        json!("09:00"),
        json!("09:00:00Z"),
        json!("09:00:00.5"),
        json!(" 09:00:00"),
        json!("noon"),
        json!(""),
    ];
    let times =
        times.into_iter().map(|it| (with("properties.maintenanceWindow", window(it)), vec![(time, "time of day")]));

    let required = [id, "properties", name, ip, connections, datacenter, lan, v4].into_iter().flat_map(|path| {
        [without(path), with(path, Value::Null)].map(|document| (document, vec![(path, "is missing")]))
    });

    let first = "must be 5a029f4a-72e5-11ec-90d6-0242ac120003, as in the first element";
    let others = [
        (json!([]), vec![("", "must be an object")]),
        (json!("ensure"), vec![("", "must be an object")]),
        (json!({}), vec![("id", "is missing"), ("properties", "is missing")]),
        (with("properties", json!({})), vec![(connections, "is missing"), (ip, "is missing"), (name, "is missing")]),
        (
            with("properties.maintenanceWindow", json!({ "time": "09:00:00" })),
            vec![("properties.maintenanceWindow.dayOfTheWeek", "is missing")],
        ),
        (with("properties.maintenanceWindow", json!({ "dayOfTheWeek": "Sunday" })), vec![(time, "is missing")]),
        (
            with_connections([
                connection(DATACENTER, 1),
                connection(OTHER_DATACENTER, 2),
                connection(OTHER_DATACENTER, 3),
            ]),
            vec![("properties.connections[1].datacenterId", first), ("properties.connections[2].datacenterId", first)],
        ),
        (
            with_connections([connection(DATACENTER, 1), connection(&DATACENTER.to_uppercase(), 1)]),
            vec![("properties.connections[1]", "the same datacenterId and lanId")],
        ),
        (
            with_connections([
                json!({ "datacenterId": DATACENTER, "lanId": "7", "ipv4CIDR": "10.1.1.1/24" }),
                json!({ "datacenterId": DATACENTER, "lanId": "007", "ipv4CIDR": "10.2.2.2/24" }),
            ]),
            vec![("properties.connections[1].lanId", "without leading zeros")],
        ),
        (
            with_connections(vec![connection(DATACENTER, 1); 3]),
            vec![("properties.connections[1]", "is a duplicate"), ("properties.connections[2]", "is a duplicate")],
        ),
        (
            json!({
                "id": "me", "metadata": 1,
                "properties": {
                    "name": "", "description": "é".repeat(1025), "gatewayIP": "10.0.0.1",
                    "connections": [
                        { "datacenterId": "here", "lanId": 2, "ipv4CIDR": "10.0.0.0/8", "ipv6CIDR": "10.0.0.1/8" },
                        { "datacenterId": DATACENTER },
                    ],
                    "version": 2, "tier": 3, "maintenanceWindow": { "time": "noon" },
                },
            }),
            vec![
                (id, "must be a UUID"),
                (metadata, "must be an object"),
                (datacenter, "must be a UUID"),
                (v4, "unreachable"),
                (v6, "has a field of its own"),
                (lan, "must be text: \"2\""),
                ("properties.connections[1].ipv4CIDR", "is missing"),
                ("properties.connections[1].lanId", "is missing"),
                (description, "at most 1024"),
                (ip, "private"),
                ("properties.maintenanceWindow.dayOfTheWeek", "is missing"),
                (time, "time of day"),
                (name, "1 to 255"),
                ("properties.tier", "must be text"),
                ("properties.version", "must be text"),
            ],
        ),
    ];
    at_their_place.chain(times).chain(required).chain(others).collect()
}

fn good() -> Vec<Value> {
    let ip = "properties.gatewayIP";
    let v4 = "properties.connections[0].ipv4CIDR";
    let v6 = "properties.connections[0].ipv6CIDR";
    let lan = "properties.connections[0].lanId";
    let window = "properties.maintenanceWindow";
    let changed = [
        ("metadata", json!({ "anything": [1, null] })),
        ("metadata", Value::Null),
        ("properties.name", json!("x")),
        ("properties.name", json!("é".repeat(255))),
        ("properties.name", json!("🔒".repeat(255))),
        ("properties.name", json!(" é ")),
        ("properties.name", json!("\u{a0}\u{202e}🔒\u{a0}")),
        ("properties.description", json!("")),
        ("properties.description", json!(" ")),
        ("properties.description", json!("two\n\tlines")),
        ("properties.description", json!("🔒".repeat(1024))),
        ("properties.description", Value::Null),
        (ip, json!("203.0.113.7")),
        (ip, json!("192.0.2.1")),
        (ip, json!("198.51.100.255")),
        (ip, json!("2001:db8::7")),
        (ip, json!("3fff::7")),
        (ip, json!("2A02:247A:0000::1")),
        (ip, json!("1.0.0.0")),
        (ip, json!("9.255.255.255")),
        (ip, json!("11.0.0.0")),
        (ip, json!("100.63.255.255")),
        (ip, json!("100.128.0.0")),
        (ip, json!("126.255.255.255")),
        (ip, json!("128.0.0.0")),
        (ip, json!("169.253.255.255")),
        (ip, json!("169.255.0.0")),
        (ip, json!("172.15.255.255")),
        (ip, json!("172.32.0.0")),
        (ip, json!("191.255.255.255")),
        (ip, json!("192.0.1.0")),
        (ip, json!("192.0.1.1")),
        (ip, json!("192.88.98.255")),
        (ip, json!("192.88.100.0")),
        (ip, json!("192.167.255.255")),
        (ip, json!("192.169.0.0")),
        (ip, json!("198.17.255.255")),
        (ip, json!("198.20.0.0")),
        (ip, json!("223.255.255.255")),
        (ip, json!("2001:1::1")),
        (ip, json!("2001:1::3")),
        (ip, json!("2001:3::1")),
        (ip, json!("2001:4:112::1")),
        (ip, json!("2001:20::1")),
        (ip, json!("2001:3f::1")),
        (ip, json!("2001:200::1")),
        (ip, json!("2620:4f:8000::1")),
        (ip, json!("::ffff:81.173.1.2")),
        (ip, json!("::ffff:203.0.113.7")),
        (ip, json!("64:ff9b::81.173.1.2")),
        (ip, json!("64:ff9b::100.128.0.0")),
        (ip, json!("64:ff9b::203.0.113.7")),
        (ip, json!("2002:51ad:102::1")),
        (ip, json!("2002:cb00:7107::1")),
        (ip, json!("2002:643f:ffff::1")),
        (lan, json!("1")),
        (lan, json!("10")),
        (lan, json!("4294967295")),
        (v4, json!("192.168.1.1/30")),
        (v4, json!("192.168.1.2/30")),
        (v4, json!("192.168.1.0/31")),
        (v4, json!("192.168.1.1/31")),
        (v4, json!("192.168.1.0/32")),
        (v4, json!("192.168.1.255/32")),
        (v4, json!("10.7.122.0/22")),
        (v4, json!("192.168.1.100/1")),
        (v4, json!("1.0.0.1/8")),
        (v4, json!("126.255.255.254/8")),
        (v4, json!("128.0.0.1/9")),
        (v4, json!("223.255.255.254/24")),
        (v4, json!("100.64.0.1/10")),
        (v4, json!("169.254.0.1/16")),
        (v6, json!("2001:db8::/64")),
        (v6, json!("2001:DB8:0::1/128")),
        (v6, json!("2001:db8::1/1")),
        (v6, json!("fd00::1/8")),
        (v6, json!("fe80::1/10")),
        (v6, Value::Null),
        ("properties.version", json!("IKEv3")),
        ("properties.version", Value::Null),
        ("properties.tier", json!("ULTRA")),
        (window, json!({ "time": "00:00:00", "dayOfTheWeek": "Feiertag" })),
        (window, json!({ "time": "23:59:59", "dayOfTheWeek": "Saturday", "x-hours": 4 })),
        (window, Value::Null),
        ("x-unknown", json!({ "id": "me" })),
        ("properties.x-unknown", json!([null])),
        ("properties.connections[0].x-unknown", json!(-1)),
        ("properties.connections", (1..=10).map(|lan| connection(DATACENTER, lan)).collect()),
        ("properties.connections[1]", connection(&DATACENTER.to_uppercase(), 3)),
    ];
    let absent = ["metadata", "properties.description", "properties.version", v6];
    let changed = changed.into_iter().map(|(path, value)| with(path, value));
    changed.chain(absent.map(without)).chain([page()]).collect()
}

#[track_caller]
fn assert_found(found: &[Violation], expected: &[Expected], document: &Value) {
    let paths: Vec<_> = found.iter().map(Violation::path).collect();
    assert_eq!(paths, expected.iter().map(|(path, _)| *path).collect::<Vec<_>>(), "{document}");
    for (violation, (path, word)) in found.iter().zip(expected) {
        assert!(violation.remedy().contains(word), "{word}: {violation}");
        let place = if path.is_empty() { "the document" } else { path };
        assert!(violation.to_string().starts_with(&format!("{place} ")), "{violation}");
        assert!(violation.to_string().ends_with(violation.remedy()), "{violation}");
        assert_eq!(violation.value(), document.pointer(&pointer_of(path)).unwrap_or(&Value::Null), "{violation}");
    }
}

#[tokio::test]
async fn bad_input_is_told_whole_and_never_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let gateways = sandbox.client().ipsec_gateways();
    let rows = bad();
    assert!(rows.len() >= 200, "{}", rows.len());
    let mut sent = 0;
    for (document, expected) in rows {
        let error = IpSecGatewayEnsure::from_json(document.to_string().as_bytes()).unwrap_err();
        assert_found(error.as_slice(), &expected, &document);

        let Ok(typed) = serde_json::from_value::<IpSecGatewayEnsure>(document.clone()) else { continue };
        // As in responses, the types parse `null` as an empty list, and an incomplete window as no window.
        let window = document.pointer("/properties/maintenanceWindow").is_some_and(Value::is_object);
        if document.pointer("/properties/connections") == Some(&Value::Null)
            || window && typed.properties.maintenance_window.is_none()
        {
            continue;
        }
        assert_found(typed.validate().unwrap_err().as_slice(), &expected, &json!(typed));
        let error = gateways.ensure(typed.id, &typed.properties).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation, "{document}");
        assert!(error.is_validation() && !error.is_transient() && !error.may_have_been_applied(), "{document}");
        // The path in a call's error begins at the properties.
        let within: Vec<_> =
            expected.iter().map(|(path, word)| (path.strip_prefix("properties.").unwrap_or(path), *word)).collect();
        assert_found(error.violations(), &within, &json!(typed.properties));
        let error = gateways.create(&typed.properties).await.unwrap_err();
        assert_found(error.violations(), &within, &json!(typed.properties));
        sent += 1;
    }
    assert!(sent >= 190, "only {sent} rows can be written as values of the types");
    assert_eq!(sandbox.requests(), []);
}

#[tokio::test]
async fn good_input_is_sent_as_it_is() {
    let sandbox = Sandbox::start().await.unwrap();
    let gateways = sandbox.client().ipsec_gateways();
    let rows = good();
    assert!(rows.len() >= 80, "{}", rows.len());
    for (count, document) in rows.iter().enumerate() {
        let typed = IpSecGatewayEnsure::from_json(document.to_string().as_bytes())
            .unwrap_or_else(|violations| panic!("{document}: {violations}"));
        assert_eq!(typed.validate(), Ok(()), "{document}");
        let ensured = gateways.ensure(typed.id, &typed.properties).await.unwrap();
        assert_eq!(ensured.outcome, if count == 0 { Outcome::Created } else { Outcome::Updated }, "{document}");
        let requests = sandbox.requests();
        assert_eq!(requests.len(), count + 1);
        assert_eq!(requests[count].body["properties"], json!(typed.properties), "{document}");
    }
}

#[test]
fn an_id_is_written_with_hyphens() {
    for (text, is_good) in [
        ("66a114c7-2ddd-5119-9ddf-5a789f5a5a44", true),
        ("66A114C7-2DDD-5119-9DDF-5A789F5A5A44", true),
        ("00000000-0000-0000-0000-000000000000", true),
        ("66a114c72ddd51199ddf5a789f5a5a44", false),
        ("{66a114c7-2ddd-5119-9ddf-5a789f5a5a44}", false),
        ("urn:uuid:66a114c7-2ddd-5119-9ddf-5a789f5a5a44", false),
        ("66a114c72-ddd-5119-9ddf-5a789f5a5a44", false),
    ] {
        for path in ["id", "properties.connections[0].datacenterId"] {
            let read = IpSecGatewayEnsure::from_json(with(path, json!(text)).to_string().as_bytes());
            let found = read.err().map_or_else(Vec::new, |found| found.as_slice().to_vec());
            let paths: Vec<_> = found.iter().map(Violation::path).collect();
            assert_eq!(paths, if is_good { vec![] } else { vec![path] }, "{text}");
        }
    }
}

#[test]
fn text_that_is_not_json_is_told_with_its_place() {
    for (text, word) in [
        ("", "EOF"),
        ("{\n  \"id\": }", "line 2 column 9"),
        ("{} {}", "trailing characters"),
        ("\u{feff}{}", "line 1 column 1"),
    ] {
        let violations: Violations = IpSecGatewayEnsure::from_json(text.as_bytes()).unwrap_err();
        let [violation] = violations.as_slice() else { panic!("{violations}") };
        assert_eq!((violation.path(), violation.value()), ("", &Value::Null));
        assert!(violation.remedy().contains(word), "{violation}");
        assert!(violations.to_string().starts_with("the document "), "{violations}");
    }
}

#[test]
fn violations_are_told_in_one_sentence() {
    let document = with("properties.name", json!("")).to_string().replace("81.173.1.2", "10.0.0.1");
    let violations = IpSecGatewayEnsure::from_json(document.as_bytes()).unwrap_err();
    assert_eq!(
        violations.to_string(),
        "properties.gatewayIP \"10.0.0.1\" must be a public address, not one of a private network; \
         properties.name \"\" must have 1 to 255 characters"
    );
    let error = ionos_vpn::Error::from(violations.clone());
    assert_eq!(error.to_string(), format!("2 invalid values: {violations}"));
    assert_eq!(error.violations(), violations.as_slice());

    let long = with("properties.description", json!("y".repeat(5000))).to_string();
    let violations = IpSecGatewayEnsure::from_json(long.as_bytes()).unwrap_err();
    assert!(violations.to_string().len() < 300, "{violations}");
    assert_eq!(violations.as_slice()[0].value(), &json!("y".repeat(5000)));
}

/// The sandbox, called without the client.
struct Raw {
    sandbox: Sandbox,
    http: reqwest::Client,
}

impl Raw {
    async fn start(provisioning: Duration) -> Self {
        let sandbox = Sandbox::builder().provisioning(provisioning).start().await.unwrap();
        Self { sandbox, http: reqwest::Client::new() }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.sandbox.base_url())).bearer_auth("sandbox")
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let request = self.request(method, path);
        read(if let Some(body) = body { request.json(body) } else { request }).await
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.send(Method::GET, path, None).await
    }
}

async fn read(request: reqwest::RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let body = response.bytes().await.unwrap();
    (status, if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() })
}

const ONE: &str = "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44";
const ALL: &str = "/ipsecgateways";

#[tokio::test]
async fn the_sandbox_refuses_with_the_documented_codes() {
    let raw = Raw::start(Duration::ZERO).await;
    let page = page().to_string();
    let json = |method: Method, path: &str, body: &str| {
        raw.request(method, path).header("content-type", "application/json").body(body.to_owned())
    };
    let bare = |method: Method, path: &str| raw.http.request(method, format!("{}{path}", raw.sandbox.base_url()));
    let other = format!("{ALL}/{OTHER_DATACENTER}");
    let rows = [
        (json(Method::PUT, ONE, "{"), 400, "paas-syntax-1"),
        (json(Method::PUT, ONE, ""), 400, "paas-syntax-1"),
        (json(Method::POST, ALL, "not JSON"), 400, "paas-syntax-1"),
        (json(Method::PUT, &format!("{ALL}/me"), &page), 400, "paas-syntax-1"),
        (raw.request(Method::GET, &format!("{ALL}?limit=0")), 400, "paas-syntax-1"),
        (raw.request(Method::GET, &format!("{ALL}?limit=1001")), 400, "paas-syntax-1"),
        (raw.request(Method::GET, &format!("{ALL}?offset=-1")), 400, "paas-syntax-1"),
        (bare(Method::GET, ONE), 401, "paas-auth-1"),
        (bare(Method::GET, "/nowhere"), 401, "paas-auth-1"),
        (bare(Method::GET, ALL).bearer_auth("Sandbox"), 401, "paas-auth-1"),
        (bare(Method::PUT, ONE).header("authorization", "sandbox"), 401, "paas-auth-1"),
        (raw.request(Method::GET, ONE), 404, "paas-feature-1"),
        (raw.request(Method::DELETE, ONE), 404, "paas-feature-1"),
        (raw.request(Method::GET, "/"), 404, "paas-feature-1"),
        (raw.request(Method::GET, &ONE.replace("ipsec", "ipssec")), 404, "paas-feature-1"),
        (raw.request(Method::GET, &format!("{ONE}/tunnels")), 404, "paas-feature-1"),
        (json(Method::PATCH, ONE, &page), 405, "paas-syntax-3"),
        (raw.request(Method::DELETE, ALL), 405, "paas-syntax-3"),
        (json(Method::POST, ONE, &page), 405, "paas-syntax-3"),
        (raw.request(Method::PUT, ONE).body(page.clone()), 415, "paas-syntax-2"),
        (raw.request(Method::POST, ALL).header("content-type", "text/plain").body(page.clone()), 415, "paas-syntax-2"),
        (json(Method::PUT, &other, &page), 422, "paas-validation-1"),
        (json(Method::PUT, ONE, "[]"), 422, "paas-validation-1"),
    ];
    for (request, status, code) in rows {
        let asked = format!("{request:?}");
        let (answered, body) = read(request).await;
        assert_eq!(answered, status, "{asked}");
        assert_eq!(body["httpStatus"], status, "{asked}");
        assert_eq!(body["messages"][0]["errorCode"], code, "{asked}");
        assert!(body["messages"][0]["message"].as_str().is_some_and(|message| !message.is_empty()), "{asked}");
    }
    assert_eq!(raw.get(ALL).await.1["items"], json!([]), "none of them left anything behind");
}

#[tokio::test]
async fn the_sandbox_tells_every_violation() {
    let raw = Raw::start(Duration::ZERO).await;
    for (document, expected) in bad() {
        let (status, body) = raw.send(Method::PUT, ONE, Some(&document)).await;
        assert_eq!(status, 422, "{document}");
        let message: Vec<_> =
            body["messages"].as_array().unwrap().iter().map(|it| it["message"].as_str().unwrap()).collect();
        assert_eq!(message.len(), expected.len(), "{message:?}");
        for (message, (path, word)) in message.iter().zip(expected) {
            assert!(message.contains(path) && message.contains(word), "{path} {word}: {message}");
        }
    }
}

#[tokio::test]
async fn the_sandbox_creates_then_replaces_as_a_whole() {
    let raw = Raw::start(Duration::ZERO).await;
    let mut body = page();
    body["properties"]["tier"] = json!("PREMIUM_HA");
    body["properties"]["maintenanceWindow"] = json!({ "time": "09:00:00", "dayOfTheWeek": "Monday" });
    body["properties"]["x-unknown"] = json!(1);
    let (status, created) = raw.send(Method::PUT, ONE, Some(&body)).await;
    assert_eq!(status, 201);
    assert_eq!(created["properties"], body["properties"]);
    assert_eq!(created["id"], json!(PAGE_ID));
    assert_eq!(created["type"], "ipsecgateway");
    assert_eq!(created["href"], ONE);

    let mut small = page();
    for field in ["description", "version"] {
        small["properties"].as_object_mut().unwrap().remove(field);
    }
    small["properties"]["connections"][0].as_object_mut().unwrap().remove("ipv6CIDR");
    let (status, replaced) = raw.send(Method::PUT, ONE, Some(&small)).await;
    assert_eq!(status, 200);
    let mut expected = small["properties"].clone();
    expected["version"] = json!("IKEv2");
    expected["tier"] = json!("STANDARD");
    expected["maintenanceWindow"] = json!({ "time": "03:00:00", "dayOfTheWeek": "Sunday" });
    assert_eq!(replaced["properties"], expected);
    assert_eq!(replaced["metadata"]["createdDate"], created["metadata"]["createdDate"]);
    let time =
        |pointer: &str| chrono::DateTime::parse_from_rfc3339(replaced.pointer(pointer).unwrap().as_str().unwrap());
    assert!(time("/metadata/lastModifiedDate").unwrap() >= time("/metadata/createdDate").unwrap());
    assert_eq!(raw.get(ONE).await.1["properties"], expected);

    let (status, posted) = raw.send(Method::POST, ALL, Some(&json!({ "properties": small["properties"] }))).await;
    assert_eq!(status, 201);
    assert_ne!(posted["id"], replaced["id"]);
    let list = raw.get(ALL).await.1;
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert_eq!(list["type"], "collection");
}

#[tokio::test]
async fn a_gateway_of_the_sandbox_goes_through_its_life() {
    let raw = Raw::start(Duration::from_millis(300)).await;
    let status = |body: &Value| body["metadata"]["status"].as_str().map(Status::from);
    let (_, created) = raw.send(Method::PUT, ONE, Some(&page())).await;
    assert_eq!(status(&created), Some(Status::Provisioning));
    assert_eq!(created["metadata"]["statusMessage"], Value::Null);
    let mut seen = Status::Provisioning;
    while seen != Status::Available {
        assert_eq!(seen, Status::Provisioning);
        seen = status(&raw.get(ONE).await.1).unwrap();
    }

    assert_eq!(raw.send(Method::DELETE, ONE, None).await, (StatusCode::ACCEPTED, Value::Null));
    let (answered, conflict) = raw.send(Method::PUT, ONE, Some(&page())).await;
    assert_eq!(answered, 409);
    assert_eq!(conflict["messages"][0]["errorCode"], "paas-feature-1");
    let mut last = raw.get(ONE).await;
    while last.0 == StatusCode::OK {
        assert_eq!(status(&last.1), Some(Status::Destroying));
        last = raw.get(ONE).await;
    }
    assert_eq!(last.0, 404);
    assert_eq!(raw.send(Method::PUT, ONE, Some(&page())).await.0, 201);
}

#[test]
fn typing_mistakes_are_found_only_where_they_are_looked_for() {
    // Columns: the value and its place, the violation.
    let rows = [
        ("properties.teir", json!("STANDARD"), "properties.teir is an unknown field; did you mean `tier`?"),
        ("propertys", json!({}), "propertys is an unknown field; did you mean `properties`?"),
        ("properties.mtu", json!(1400), "properties.mtu is an unknown field"),
        (
            "properties.connections[0].lan_id",
            json!("2"),
            "properties.connections[0].lan_id is an unknown field; did you mean `lanId`?",
        ),
        (
            "properties.tier",
            json!("ENHANCED_HAA"),
            "properties.tier \"ENHANCED_HAA\" is an unknown value; did you mean `ENHANCED_HA`?",
        ),
        ("properties.version", json!("2"), "properties.version \"2\" is an unknown value; known are IKEv2"),
    ];
    for (path, value, expected) in rows {
        let is_field = value != "ENHANCED_HAA" && value != "2" || path.contains("lan_id");
        let text = with(path, value).to_string();
        let tolerant = IpSecGatewayEnsure::from_json(text.as_bytes()).unwrap();
        let paths: Vec<_> = is_field.then(|| path.to_owned()).into_iter().collect();
        assert_eq!(tolerant.unknown_fields(), paths, "{path}");
        let strict = IpSecGatewayEnsure::from_json_strict(text.as_bytes()).unwrap_err();
        assert_eq!(strict.to_string(), expected);
    }
    assert_eq!(IpSecGatewayEnsure::from_json_strict(PAGE_REQUEST.as_bytes()).unwrap().properties, page_gateway());
    assert_eq!(page_gateway().unknown_fields(), [""; 0]);
    // Together with the violations of the rules. The value of a misspelt secret is not printed.
    let text = with("properties.name", json!("")).to_string().replace("description", "descripton");
    let found = IpSecGatewayEnsure::from_json_strict(text.as_bytes()).unwrap_err();
    assert_eq!(found.iter().map(Violation::path).collect::<Vec<_>>(), ["properties.name", "properties.descripton"]);
    let psk = IpSecPsk::from_json_strict(br#"{"key": "correct horse", "Key": "battery staple"}"#).unwrap_err();
    assert_eq!(format!("{psk}"), "Key is an unknown field; did you mean `key`?");
    assert!(!format!("{psk:?}").contains("battery"), "{psk:?}");
}

#[tokio::test]
async fn a_path_is_spelt_the_same_everywhere() {
    let sandbox = Sandbox::start().await.unwrap();
    let gateways = sandbox.client().ipsec_gateways();
    gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    let mut bad = page_gateway();
    bad.name.clear();
    bad.connections[0].lan_id = "two".into();
    bad.connections.push(bad.connections[0].clone());
    let whole = serde_json::to_value(&bad).unwrap();
    let violations = bad.validate().unwrap_err();
    let edit = |gateway: &mut IpSecGateway| *gateway = bad.clone();
    let paths = ["connections[0].lanId", "connections[1].lanId", "connections[1]", "name"];
    for (name, found) in [
        ("validate", violations.as_slice().to_vec()),
        ("from_json", IpSecGateway::from_json(whole.to_string().as_bytes()).unwrap_err().into_iter().collect()),
        ("from_value", IpSecGateway::from_value(whole).unwrap_err().into_iter().collect()),
        ("ensure", gateways.ensure(PAGE_ID, &bad).await.unwrap_err().violations().to_vec()),
        ("create", gateways.create(&bad).await.unwrap_err().violations().to_vec()),
        ("modify", gateways.modify(PAGE_ID, edit).await.unwrap_err().violations().to_vec()),
        ("reconcile", gateways.reconcile(PAGE_ID, &bad).await.unwrap_err().violations().to_vec()),
    ] {
        assert_eq!(found.iter().map(Violation::path).collect::<Vec<_>>(), paths, "{name}");
        assert_eq!(found, violations.as_slice(), "{name}");
    }
    // If a whole body is parsed, the paths are relative to the body.
    let body = json!({ "id": PAGE_ID, "properties": bad });
    let found = IpSecGatewayEnsure::from_value(body).unwrap_err();
    assert!((&found).into_iter().zip(paths).all(|(one, path)| one.path() == format!("properties.{path}")), "{found}");
    let json = json!({ "path": "name", "value": "", "remedy": "must have 1 to 255 characters" });
    assert_eq!(serde_json::to_value(&violations).unwrap()[3], json);
}

#[tokio::test]
async fn a_conflict_is_told_as_one() {
    let sandbox = Sandbox::builder().provisioning(Duration::from_secs(600)).start().await.unwrap();
    let gateways = sandbox.client().ipsec_gateways();
    gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    gateways.delete(PAGE_ID).await.unwrap();
    let error = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap_err();
    assert!(error.is_conflict() && error.kind() == ErrorKind::Api, "{error}");
    assert!(!error.may_have_been_applied(), "{error}");
    assert_eq!(error.api().unwrap().messages[0].error_code.as_deref(), Some("paas-feature-1"));
}

#[tokio::test]
async fn the_sandbox_lists_in_pages() {
    let raw = Raw::start(Duration::ZERO).await;
    for id in (1..=5).map(Uuid::from_u128) {
        raw.sandbox.insert_raw(id, json!({ "id": id }));
    }
    for (query, ids, next, prev) in [
        ("", 1..6, false, false),
        ("?limit=2", 1..3, true, false),
        ("?offset=2&limit=2", 3..5, true, true),
        ("?limit=2&offset=4", 5..6, false, true),
        ("?offset=5&limit=1000", 6..6, false, true),
        ("?offset=18446744073709551615&limit=1000", 6..6, false, true),
    ] {
        let (status, page) = raw.get(&format!("{ALL}{query}")).await;
        assert_eq!(status, 200, "{query}");
        let items: Vec<_> = ids.map(|id| json!({ "id": Uuid::from_u128(id) })).collect();
        assert_eq!(page["items"], json!(items), "{query}");
        assert_eq!(page["_links"]["next"].is_string(), next, "{query}");
        assert_eq!(page["_links"]["prev"].is_string(), prev, "{query}");
    }
}
