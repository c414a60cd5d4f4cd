//! Property tests of values: parsed values are serialized unchanged, and validation agrees with an independent
//! calculation.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use chrono::{DateTime, FixedOffset};
use ionos_vpn::{
    Connection, DayOfTheWeek, ErrorKind, GatewayPath, IkeVersion, IpSecGatewayEnsure, IpSecGatewayRead,
    MaintenanceWindow, Region, Status, Tier, Timestamp, Validate, Violation, types,
};
use ipnet::{Ipv4Net, Ipv6Net};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::contract::Recorder;
use crate::support::{PAGE_ID, PAGE_REQUEST, PAGE_RESPONSE, small_gateway};

const SPEC: &str = include_str!("../../spec/vpn.json");

fn uuids() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

proptest! {
    #[test]
    fn a_path_is_read_from_everything_that_names_a_gateway(
        id in uuids(),
        upper in any::<bool>(),
        misspelt in any::<bool>(),
        prefix in prop_oneof![
            Just(""),
            Just("/vpn"),
            Just("/a/b%20c"),
            Just("https://vpn.de-fra.ionos.com"),
            Just("http://127.0.0.1:8080"),
            Just("https://proxy.example.com:8443/vpn/v1"),
            Just("https://[2001:db8::1]"),
        ],
        slash in prop_oneof![Just(""), Just("/")],
    ) {
        let path = GatewayPath::from(id);
        prop_assert_eq!(path.to_string(), format!("/ipsecgateways/{id}"));
        prop_assert_eq!(path.to_string().parse::<GatewayPath>().unwrap(), path);
        prop_assert_eq!((path.id(), Uuid::from(path)), (id, id));
        prop_assert_eq!(path.join(prefix), format!("{prefix}/ipsecgateways/{id}"));
        prop_assert_eq!(path.join(&format!("{prefix}/")), path.join(prefix));

        let written = if upper { id.to_string().to_uppercase() } else { id.to_string() };
        let collection = if misspelt { "ipssecgateways" } else { "ipsecgateways" };
        let long = format!("{prefix}/{collection}/{written}{slash}");
        for text in [long.trim_start_matches('/'), &long, &written, &path.join(prefix)] {
            prop_assert_eq!(text.parse::<GatewayPath>().unwrap(), path, "{}", text);
        }
    }

    #[test]
    fn any_text_is_a_path_or_a_violation(text in any::<String>(), place in 0_usize..60) {
        let path = format!("/ipsecgateways/{PAGE_ID}");
        let url = format!("https://vpn.de-fra.ionos.com{path}");
        for text in [text.clone(), insert(&path, place, &text), insert(&url, place, &text), format!("https://{text}{path}")] {
            match text.parse::<GatewayPath>() {
                Ok(path) => prop_assert!(text.to_lowercase().contains(&path.id().to_string()), "{}", text),
                Err(violations) => {
                    prop_assert_eq!(violations.as_slice()[0].path(), "id");
                    prop_assert!(!violations.to_string().contains(char::is_control), "{:?}", violations);
                }
            }
        }
    }

    #[test]
    fn a_refused_path_repeats_no_credentials(
        scheme in "(https?|ftp|HTTPS|x)?(://|:/|:|//)?",
        user in r"[a-z%:/\\]{0,4}",
        host in r"[a-z.:/\[\]%@ ]{0,12}",
        rest in r"/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44|/[a-z0-9-]{0,9}|[/?#]?",
    ) {
        let violations = format!("{scheme}{user}:s3cret@{host}{rest}").parse::<GatewayPath>().unwrap_err();
        prop_assert!(!format!("{violations} {violations:?}").contains("s3cret"), "{}", violations);
    }
}

/// Inserts a text into an ASCII text, or appends it.
fn insert(whole: &str, place: usize, text: &str) -> String {
    let (before, after) = whole.split_at(place.min(whole.len()));
    format!("{before}{text}{after}")
}

#[test]
fn what_does_not_name_a_gateway_is_refused() {
    let id = "66a114c7-2ddd-5119-9ddf-5a789f5a5a44";
    for text in [
        "",
        "/",
        "//",
        "/ipsecgateways",
        "/ipsecgateways/",
        "/ipsecgateways//",
        "/ipsecgateways/me",
        "/ipsecgateways/{id}//",
        "/ipsecgateways/{id}/.",
        "/ipsecgateways/{id}/..",
        "/ipsecgateways/../{id}",
        "/ipsecgateways//{id}",
        "/{id}",
        "{id}/",
        "/IPSECGATEWAYS/{id}",
        "/ipsecgateway/{id}",
        "/ipsssecgateways/{id}",
        "/xipsecgateways/{id}",
        "/wireguardgateways/{id}",
        "/ipsecgateways/{id}/tunnels",
        "/ipsecgateways/{id}/tunnels/{id}",
        "/wireguardgateways/{id}/peers/{id}",
        "/ipsecgateways/{id}?depth=1",
        "/ipsecgateways/{id}#top",
        "/ipsecgateways%2F{id}",
        "/ipsecgateways/%36{id}",
        "\\ipsecgateways\\{id}",
        "/ipsecgateways/{id} ",
        " {id}",
        "{{id}}",
        "urn:uuid:{id}",
        "66a114c72ddd51199ddf5a789f5a5a44",
        "https://vpn.de-fra.ionos.com/ipsecgateways/{id}?token=s3cret",
        "https://vpn.de-fra.ionos.com/ipsecgateways/{id}#s3cret",
        "https://me:s3cret@vpn.de-fra.ionos.com/ipsecgateways/{id}",
        "https://s3cret@vpn.de-fra.ionos.com/ipsecgateways/{id}",
        "https://vpn.de-fra.ionos.com/{id}",
        "https://vpn.de-fra.ionos.com",
        "https://vpn.de-fra.ionos.com/ipsecgateways/{id}/tunnels",
        "https:///ipsecgateways",
        "https://a b/ipsecgateways/{id}",
        "ftp://vpn.de-fra.ionos.com/ipsecgateways/{id}",
        "file:///ipsecgateways/{id}",
    ] {
        let text = text.replace("{id}", id);
        let violations = text.parse::<GatewayPath>().expect_err(&text);
        let [violation] = violations.as_slice() else { panic!("{violations}") };
        assert_eq!(violation.path(), "id", "{text}");
        assert!(violation.remedy().starts_with("must ") || violation.remedy().contains("; must "), "{violation}");
        assert!(!format!("{violation} {violation:?}").contains("s3cret"), "{violation}");
    }
}

/// Addresses around the borders of networks, and any others.
fn v4_addresses() -> impl Strategy<Value = Ipv4Addr> {
    let borders: Vec<_> = SPECIAL_V4
        .iter()
        .flat_map(|(network, prefix)| {
            [*network, network.wrapping_add(u32::try_from((1_u64 << (32 - prefix)) - 1).unwrap())]
        })
        .collect();
    let border =
        (prop::sample::select(borders), 0_u32..3).prop_map(|(bits, step)| bits.wrapping_add(step).wrapping_sub(1));
    prop_oneof![any::<u32>(), border].prop_map(Ipv4Addr::from)
}

/// The same for IPv6, also with IPv4 addresses inside.
fn v6_addresses() -> impl Strategy<Value = Ipv6Addr> {
    let borders: Vec<_> = SPECIAL_V6
        .iter()
        .chain(&EXCEPTIONS_V6)
        .flat_map(|(network, prefix)| [*network, network.wrapping_add(u128::MAX.checked_shr(*prefix).unwrap_or(0))])
        .collect();
    let border =
        (prop::sample::select(borders), 0_u128..3).prop_map(|(bits, step)| bits.wrapping_add(step).wrapping_sub(1));
    let first = (any::<u16>(), any::<u16>(), any::<u64>())
        .prop_map(|(first, second, rest)| u128::from(first) << 112 | u128::from(second) << 96 | u128::from(rest));
    let protocols =
        (0_u128..0x300, any::<u64>()).prop_map(|(second, rest)| 0x2001 << 112 | second << 96 | u128::from(rest));
    let embedding = (v4_addresses(), any::<u64>(), 0..4).prop_map(|(ip, rest, form)| {
        let ip = u128::from(ip.to_bits());
        match form {
            0 => ip,
            1 => 0xffff << 32 | ip,
            2 => 0x0064_ff9b << 96 | ip,
            _ => 0x2002 << 112 | ip << 80 | u128::from(rest),
        }
    });
    prop_oneof![any::<u128>(), border, first, protocols, embedding].prop_map(Ipv6Addr::from_bits)
}

fn v4_nets() -> impl Strategy<Value = Ipv4Net> {
    (v4_addresses(), 0_u8..=32, 0..4).prop_map(|(address, prefix, edge)| {
        let bits = address.to_bits();
        let host = u32::try_from((1_u64 << (32 - prefix)) - 1).unwrap();
        let bits = match edge {
            0 => bits & !host,
            1 => bits | host,
            2 => (bits & !host).saturating_add(1),
            _ => bits,
        };
        Ipv4Net::new(bits.into(), prefix).unwrap()
    })
}

fn v6_nets() -> impl Strategy<Value = Ipv6Net> {
    (v6_addresses(), 0_u8..=128).prop_map(|(address, prefix)| Ipv6Net::new(address, prefix).unwrap())
}

/// Returns `true` if the address is the address of one host in a LAN, by an independent calculation.
fn is_v4_interface(net: Ipv4Net) -> bool {
    let bits = net.addr().to_bits();
    let size = 1_u64 << (32 - net.prefix_len());
    let host = u64::from(bits) % size;
    let first = bits >> 24;
    let is_host = size <= 2 || (host != 0 && host != size - 1);
    net.prefix_len() > 0 && is_host && first != 0 && first != 127 && first >> 4 != 14 && bits != u32::MAX
}

fn is_v6_interface(net: Ipv6Net) -> bool {
    let bits = net.addr().to_bits();
    net.prefix_len() > 0 && bits > 1 && bits >> 32 != 0xffff && bits >> 120 != 0xff
}

proptest! {
    #[test]
    fn a_connection_gives_back_what_it_was_made_of(
        datacenter in uuids(),
        lan in any::<u32>(),
        v4 in v4_nets(),
        v6 in prop::option::of(v6_nets()),
    ) {
        let connection = Connection::new(datacenter, lan, v4, v6);
        let read: Connection = serde_json::from_value(json!(connection)).unwrap();
        prop_assert_eq!(&read, &connection);
        prop_assert_eq!(read.datacenter_id, datacenter);
        prop_assert_eq!(read.lan().unwrap(), lan);
        prop_assert_eq!(read.ipv4().unwrap(), v4);
        prop_assert_eq!(read.ipv4().unwrap().addr(), v4.addr(), "the host bits stay");
        prop_assert_eq!(read.ipv6().unwrap(), v6);
        prop_assert_eq!(read.lan_id, lan.to_string());
    }

    #[test]
    fn an_interface_is_the_address_of_one_host(v4 in v4_nets(), v6 in prop::option::of(v6_nets())) {
        let mut expected = Vec::new();
        expected.extend((!is_v4_interface(v4)).then_some("ipv4CIDR"));
        expected.extend(v6.is_some_and(|v6| !is_v6_interface(v6)).then_some("ipv6CIDR"));
        let violations = Connection::new(PAGE_ID, 1, v4, v6).validate().err();
        let found = violations.iter().flat_map(|violations| violations.as_slice()).map(Violation::path);
        prop_assert_eq!(found.collect::<Vec<_>>(), expected, "{:?}", violations);
    }

    #[test]
    fn any_text_is_an_interface_only_if_it_reads_as_one(text in r"[0-9a-f:./%\[\] +-]{0,24}|[0-9:./]{0,9}|\PC{0,12}") {
        // A prefix is written in its shortest form.
        let is_short = |prefix: u8| text.ends_with(&format!("/{prefix}"));
        let mut connection = Connection::new(PAGE_ID, 1, "10.0.0.1/8".parse().unwrap(), None);
        connection.ipv6_cidr = Some(text.clone());
        let v6 = text.parse::<Ipv6Net>().ok().filter(|net| is_short(net.prefix_len()));
        prop_assert_eq!(connection.validate().is_ok(), v6.is_some_and(is_v6_interface), "{}", text);
        prop_assert!(v6.is_none() || connection.ipv6().unwrap() == v6, "{}", text);
        connection.ipv6_cidr = None;
        connection.ipv4_cidr.clone_from(&text);
        let v4 = text.parse::<Ipv4Net>().ok().filter(|net| is_short(net.prefix_len()));
        prop_assert_eq!(connection.validate().is_ok(), v4.is_some_and(is_v4_interface), "{}", text);
        prop_assert!(v4.is_none() || connection.ipv4().ok() == v4, "{}", text);
    }

    #[test]
    fn a_lan_id_is_a_positive_number_in_its_shortest_form(text in lan_ids()) {
        let mut connection = Connection::new(PAGE_ID, 1, "10.0.0.1/8".parse().unwrap(), None);
        connection.lan_id.clone_from(&text);
        let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let value = text.bytes().map(|byte| u128::from(byte.wrapping_sub(b'0'))).fold(0, |sum: u128, digit| {
            sum.saturating_mul(10).saturating_add(digit)
        });
        let is_good = is_digits && !text.starts_with('0') && value <= u128::from(u32::MAX);
        match connection.validate() {
            Ok(()) => {
                prop_assert!(is_good, "{}", text);
                prop_assert_eq!(u128::from(connection.lan().unwrap()), value);
            }
            Err(violations) => {
                prop_assert!(!is_good, "{}", violations);
                prop_assert_eq!(violations.as_slice().iter().map(Violation::path).collect::<Vec<_>>(), ["lanId"]);
            }
        }
    }

    #[test]
    fn a_name_can_be_seen(name in names()) {
        let mut gateway = small_gateway();
        gateway.name.clone_from(&name);
        let is_control = |letter: char| matches!(letter, '\0'..='\x1f' | '\x7f'..='\u{9f}');
        let is_good = (1..=255).contains(&name.chars().count())
            && !name.chars().any(is_control)
            && name.chars().any(|letter| !letter.is_whitespace());
        match gateway.validate() {
            Ok(()) => prop_assert!(is_good, "{:?}", name),
            Err(violations) => {
                prop_assert!(!is_good, "{}", violations);
                prop_assert_eq!(violations.as_slice().iter().map(Violation::path).collect::<Vec<_>>(), ["name"]);
            }
        }
        prop_assert_eq!(gateway.name, name, "names are kept as they are");
    }

    #[test]
    fn a_gateway_ip_is_public(ip in ips()) {
        let mut gateway = small_gateway();
        gateway.gateway_ip = ip.to_string();
        match gateway.validate() {
            Ok(()) => prop_assert!(is_public(ip), "{}", ip),
            Err(violations) => {
                prop_assert!(!is_public(ip), "{}", violations);
                prop_assert_eq!(violations.as_slice().iter().map(Violation::path).collect::<Vec<_>>(), ["gatewayIP"]);
            }
        }
        prop_assert_eq!(gateway.ip().unwrap(), ip);
    }

    #[test]
    fn any_time_of_day_is_one(seconds in 0_u32..86_400) {
        let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        let window = MaintenanceWindow::builder().time(time).day_of_the_week(DayOfTheWeek::Friday).build();
        prop_assert_eq!(window.validate(), Ok(()));
        let midnight = chrono::NaiveTime::MIN;
        prop_assert_eq!((window.time_of_day().unwrap() - midnight).num_seconds(), i64::from(seconds));
    }

    #[test]
    fn any_json_is_a_gateway_or_violations(value in json_values()) {
        let text = json!({ "id": PAGE_ID, "properties": value }).to_string();
        match IpSecGatewayEnsure::from_json(text.as_bytes()) {
            Ok(gateway) => prop_assert_eq!(gateway.validate(), Ok(())),
            Err(violations) => prop_assert!(!violations.as_slice().is_empty()),
        }
    }

    #[test]
    fn any_document_is_a_gateway_or_violations(bytes in documents(PAGE_REQUEST)) {
        match IpSecGatewayEnsure::from_json(&bytes) {
            Ok(gateway) => {
                prop_assert_eq!(gateway.validate(), Ok(()));
                let text = serde_json::to_vec(&gateway).unwrap();
                prop_assert_eq!(IpSecGatewayEnsure::from_json(&text).unwrap(), gateway);
            }
            Err(violations) => {
                prop_assert!(!violations.as_slice().is_empty());
                prop_assert!(!violations.to_string().contains(char::is_control), "{:?}", violations);
            }
        }
    }

    #[test]
    fn any_response_is_a_gateway_or_an_error(bytes in documents(PAGE_RESPONSE)) {
        let Ok(gateway) = serde_json::from_slice::<IpSecGatewayRead>(&bytes) else { return Ok(()) };
        // Nothing that a server sends is lost, except for unexpected values in fields that the crate does not need. No
        // accessor panics.
        let mut value: Value = serde_json::from_slice(&bytes).unwrap();
        let shown = without_null(json!(gateway));
        for (object, names) in [("", &["href", "type"][..]), ("/metadata", &METADATA)] {
            let texts = shown.pointer(object).unwrap().clone();
            let object = value.pointer_mut(object).unwrap().as_object_mut().unwrap();
            object.retain(|name, value| !names.contains(&name.as_str()) || value.is_string() || texts.get(name).is_some());
        }
        // For a list, `null` is an empty one.
        if let Some(connections @ Value::Null) = value.pointer_mut("/properties/connections") {
            *connections = json!([]);
        }
        prop_assert_eq!(shown, without_null(value));
        _ = (gateway.validate(), gateway.properties.validate(), gateway.properties.ip());
        for connection in &gateway.properties.connections {
            _ = (connection.lan(), connection.ipv4(), connection.ipv6());
        }
        _ = gateway.properties.maintenance_window.as_ref().map(MaintenanceWindow::time_of_day);
        _ = gateway.metadata.created_date.as_ref().map(Timestamp::datetime);
        _ = gateway.metadata.status.to_string();
        prop_assert!(gateway.properties.drift_from(&gateway.properties).is_empty());
    }

    #[test]
    fn any_response_is_a_list_or_an_error(bytes in documents(PAGE_LIST)) {
        let Ok(list) = serde_json::from_slice::<types::IpSecGatewayReadList>(&bytes) else { return Ok(()) };
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(list.items.len(), value["items"].as_array().map_or(0, Vec::len));
    }

    #[test]
    fn any_response_is_an_error_envelope_or_none(bytes in documents(PAGE_ERROR)) {
        let Ok(envelope) = serde_json::from_slice::<types::ErrorEnvelope>(&bytes) else { return Ok(()) };
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(envelope.http_status, value["httpStatus"].as_i64());
        prop_assert_eq!(envelope.messages.len(), value["messages"].as_array().map_or(0, Vec::len));
    }
}

/// A list of one gateway, as the API answers it.
const PAGE_LIST: &str = r#"{
    "id": "00000000-0000-0000-0000-000000000000", "type": "collection", "href": "/ipsecgateways", "offset": 0, "limit": 100,
    "_links": { "prev": null, "self": "/ipsecgateways", "next": "/ipsecgateways?offset=7" },
    "items": [{
        "id": "66a114c7-2ddd-5119-9ddf-5a789f5a5a44", "type": "ipsecgateway", "href": "/", "metadata": {},
        "properties": {
            "name": "n", "gatewayIP": "81.173.1.2",
            "connections": [{ "datacenterId": "5a029f4a-72e5-11ec-90d6-0242ac120003", "lanId": "2", "ipv4CIDR": "10.0.0.1/8" }]
        }
    }]
}"#;

/// An error as the API answers it.
const PAGE_ERROR: &str =
    r#"{ "httpStatus": 401, "messages": [{ "errorCode": "paas-auth-1", "message": "Unauthorized" }] }"#;

/// Returns a value without members that are `null`, which is the same as none for an optional field.
/// The fields of the metadata that hold texts.
const METADATA: [&str; 8] = [
    "createdBy",
    "createdByUserId",
    "createdDate",
    "lastModifiedBy",
    "lastModifiedByUserId",
    "lastModifiedDate",
    "resourceURN",
    "statusMessage",
];

fn without_null(value: Value) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(without_null).collect(),
        Value::Object(map) => {
            let map = map.into_iter().filter(|(_, value)| !value.is_null());
            map.map(|(name, value)| (name, without_null(value))).collect()
        }
        other => other,
    }
}

/// Bytes of all kinds: a JSON document with values changed, added and taken away, cut, with other bytes inside, or something
/// else.
fn documents(document: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let value: Value = serde_json::from_str(document).unwrap();
    let bytes = document.as_bytes().to_vec();
    let changes = prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(json_values())), 0..4);
    let changed = changes.prop_map(move |changes| {
        let mut value = value.clone();
        for (place, new) in changes {
            let mut places = Vec::new();
            list_places(&value, "", &mut places);
            let pointer = place.get(&places);
            match (new, pointer.rsplit_once('/')) {
                (Some(new), _) => *value.pointer_mut(pointer).unwrap() = new,
                (None, Some((parent, name))) => match value.pointer_mut(parent).unwrap() {
                    Value::Object(map) => _ = map.remove(&name.replace("~1", "/").replace("~0", "~")),
                    Value::Array(list) => list.push(list[0].clone()),
                    _ => {}
                },
                (None, None) => {}
            }
        }
        value.to_string().into_bytes()
    });
    let spliced =
        (any::<[prop::sample::Index; 2]>(), prop::collection::vec(any::<u8>(), 0..6)).prop_map(move |(ends, new)| {
            let [from, to] = ends.map(|end| end.index(bytes.len() + 1));
            let mut bytes = bytes.clone();
            bytes.splice(from.min(to)..to.max(from).min(from.min(to) + 8), new);
            bytes
        });
    let changed = changed.boxed();
    let cut = (changed.clone(), any::<prop::sample::Index>()).prop_map(|(mut bytes, length)| {
        bytes.truncate(length.index(bytes.len() + 1));
        bytes
    });
    let json = json_values().prop_map(|value| value.to_string().into_bytes());
    prop_oneof![
        6 => changed,
        3 => spliced,
        1 => cut,
        1 => json,
        1 => prop::collection::vec(any::<u8>(), 0..64),
    ]
}

/// Adds the JSON pointers of a value and of all that is in it.
fn list_places(value: &Value, pointer: &str, places: &mut Vec<String>) {
    places.push(pointer.to_owned());
    match value {
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(index, value)| list_places(value, &format!("{pointer}/{index}"), places));
        }
        Value::Object(map) => map.iter().for_each(|(name, value)| {
            let name = name.replace('~', "~0").replace('/', "~1");
            list_places(value, &format!("{pointer}/{name}"), places);
        }),
        _ => {}
    }
}

/// Numbers around all bounds, with and without something around them, and other texts.
fn lan_ids() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        0_u64..20,
        (u64::from(u32::MAX) - 9)..=(u64::from(u32::MAX) + 9),
        any::<u32>().prop_map(u64::from),
        any::<u64>()
    ];
    prop_oneof![
        4 => number.clone().prop_map(|number| number.to_string()),
        2 => ("0{0,3}|[ +-]", number).prop_map(|(head, number)| format!("{head}{number}")),
        1 => "[0-9]{0,24}",
        1 => r"[0-9٢.x ]{0,5}|\PC{0,12}",
    ]
}

/// Names of visible letters, blanks and control characters, of lengths around the bounds.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        r"\s{0,4}",
        r"[\s\p{Cc}a🔒]{0,4}",
        (250_usize..260, r"\PC[\s\p{Cc}é]?").prop_map(|(length, part)| part.chars().cycle().take(length).collect()),
    ]
}

fn ips() -> impl Strategy<Value = IpAddr> {
    prop_oneof![v4_addresses().prop_map(IpAddr::V4), v6_addresses().prop_map(IpAddr::V6)]
}

/// Multicast networks, and networks of the IANA IPv4 special-purpose registry that are not globally reachable or not
/// usable: the network and its prefix length. The three documentation networks count as public, because the vendor's
/// page uses them.
const SPECIAL_V4: [(u32, u32); 13] = [
    (0x0000_0000, 8),
    (0x0a00_0000, 8),
    (0x6440_0000, 10),
    (0x7f00_0000, 8),
    (0xa9fe_0000, 16),
    (0xac10_0000, 12),
    (0xc000_0000, 24),
    (0xc058_6300, 24),
    (0xc0a8_0000, 16),
    (0xc612_0000, 15),
    (0xe000_0000, 4),
    (0xf000_0000, 4),
    (0xffff_ffff, 32),
];

/// The same for IPv6, with the site-local and IPv4-compatible addresses of RFC 4291, which are deprecated.
const SPECIAL_V6: [(u128, u32); 10] = [
    (0, 96),
    (0x0064_ff9b_0001 << 80, 48),
    (0x0100 << 112, 64),
    ((0x0100 << 48 | 1) << 64, 64),
    (0x2001 << 112, 23),
    (0x5f00 << 112, 16),
    (0xfc00 << 112, 7),
    (0xfe80 << 112, 10),
    (0xfec0 << 112, 10),
    (0xff00 << 112, 8),
];

/// Networks within `2001::/23` that are globally reachable: port control, TURN and service registration by anycast, AMT, AS112,
/// ORCHIDv2, drones.
const EXCEPTIONS_V6: [(u128, u32); 7] = [
    (0x2001_0001 << 96 | 1, 128),
    (0x2001_0001 << 96 | 2, 128),
    (0x2001_0001 << 96 | 3, 128),
    (0x2001_0003 << 96, 32),
    (0x2001_0004_0112 << 80, 48),
    (0x2001_0020 << 96, 28),
    (0x2001_0030 << 96, 28),
];

/// Can an address be reached from the internet? By arithmetic on the registries; of an address with an IPv4 address inside
/// (mapped, NAT64, 6to4), that one counts.
fn is_public(ip: IpAddr) -> bool {
    let bits = match ip {
        IpAddr::V4(ip) => {
            let bits = ip.to_bits();
            return !SPECIAL_V4.iter().any(|(network, prefix)| (bits ^ network) >> (32 - prefix) == 0);
        }
        IpAddr::V6(ip) => ip.to_bits(),
    };
    let inner = |shift: u32| is_public(IpAddr::V4(Ipv4Addr::from_bits((bits >> shift & 0xffff_ffff) as u32)));
    if bits >> 32 == 0xffff || bits >> 32 == 0x0064_ff9b << 64 {
        return inner(0);
    }
    if bits >> 112 == 0x2002 {
        return inner(80);
    }
    let is_in = |(network, prefix): &(u128, u32)| (bits ^ network) >> (128 - prefix) == 0;
    EXCEPTIONS_V6.iter().any(is_in) || !SPECIAL_V6.iter().any(is_in)
}

/// JSON of all kinds, often under names that the API knows.
fn json_values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        r"\PC{0,8}".prop_map(Value::from),
        prop::sample::select(vec!["81.173.1.2", "10.0.0.1/8", "2", "5a029f4a-72e5-11ec-90d6-0242ac120003"])
            .prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "name",
        "description",
        "gatewayIP",
        "connections",
        "datacenterId",
        "lanId",
        "ipv4CIDR",
        "ipv6CIDR",
        "tier",
        "version",
        "maintenanceWindow",
        "time",
        "dayOfTheWeek",
        "extra",
        "",
    ]);
    leaf.prop_recursive(4, 48, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names.clone(), inner, 0..8)
                .prop_map(|map| map.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

#[test]
fn a_timestamp_is_understood_where_it_can_be_and_kept_as_it_is() {
    const SECOND: i64 = 1_000_000_000;
    const PAGE: i64 = 1_607_603_870 * SECOND;
    for (json, nanoseconds) in [
        (r#""2020-12-10T13:37:50+01:00""#, Some(PAGE)),
        (r#""2020-12-10T13:37:50+0100""#, Some(PAGE)),
        (r#""2020-12-10T13:37:50+01""#, Some(PAGE)),
        (r#""2020-12-10T12:37:50Z""#, Some(PAGE)),
        (r#""2020-12-10T12:37:50z""#, Some(PAGE)),
        (r#""2020-12-10t12:37:50Z""#, Some(PAGE)),
        (r#""2020-12-10T12:37:50+00:00""#, Some(PAGE)),
        (r#""2020-12-10T04:37:50-08:00""#, Some(PAGE)),
        (r#""2020-12-10T12:37:50""#, Some(PAGE)),
        (r#""2020-12-10 12:37:50""#, Some(PAGE)),
        (r#"" 2020-12-10T12:37:50Z ""#, Some(PAGE)),
        (r#""2020-12-10T12:37:50.25Z""#, Some(PAGE + SECOND / 4)),
        (r#""2020-12-10T12:37:50.250""#, Some(PAGE + SECOND / 4)),
        (r#""2020-12-10T12:37:50.000000001+00:00""#, Some(PAGE + 1)),
        (r#""2020-12-10T13:37:50.5+0100""#, Some(PAGE + SECOND / 2)),
        (r#""1970-01-01T00:00:00Z""#, Some(0)),
        (r#""""#, None),
        (r#""yesterday""#, None),
        (r#""2020-12-10""#, None),
        (r#""12:37:50""#, None),
        (r#""2020-13-10T12:37:50Z""#, None),
        (r#""2020-12-10T25:37:50Z""#, None),
        (r#""2020-12-10T12:37:50 CET""#, None),
        (r#""0000-00-00T00:00:00Z""#, None),
        ("1607603870", None),
        ("1607603870.5", None),
        ("true", None),
        (r#"["2020-12-10T12:37:50Z"]"#, None),
        (r#"{"seconds":1607603870}"#, None),
    ] {
        let time: Timestamp = serde_json::from_str(json).unwrap();
        assert_eq!(time.datetime().map(|time| time.timestamp_nanos_opt().unwrap()), nanoseconds, "{json}");
        assert_eq!(serde_json::to_string(&time).unwrap(), json);
        if let Ok(text) = serde_json::from_str::<String>(json) {
            assert_eq!(time.to_string(), text);
            assert_eq!(Timestamp::from(&*text), time);
        }
    }
    let page = Timestamp::from("2020-12-10T13:37:50+01:00").datetime().unwrap();
    assert_eq!(page.offset(), &FixedOffset::east_opt(3600).unwrap());
}

proptest! {
    #[test]
    fn a_timestamp_of_a_time_is_that_time(
        seconds in -62_135_596_800_i64..253_402_300_799,
        nanoseconds in 0_u32..1_000_000_000,
        minutes in -14 * 60..=14 * 60,
    ) {
        let zone = FixedOffset::east_opt(minutes * 60).unwrap();
        let time = DateTime::from_timestamp(seconds, nanoseconds).unwrap().with_timezone(&zone);
        prop_assume!((0..=9999).contains(&chrono::Datelike::year(&time)));
        let written = Timestamp::from(time);
        prop_assert_eq!(written.datetime(), Some(time));
        prop_assert_eq!(serde_json::from_value::<Timestamp>(json!(written)).unwrap(), written);
    }

    #[test]
    fn any_text_is_a_timestamp(text in prop_oneof![any::<String>(), near_timestamps()]) {
        let time = Timestamp::from(&*text);
        prop_assert_eq!(time.to_string(), text.clone());
        prop_assert_eq!(json!(time), json!(text));
        if let Some(read) = time.datetime() {
            prop_assert_eq!(Timestamp::from(read).datetime(), Some(read), "{}", text);
        }
    }

    #[test]
    fn any_json_is_a_timestamp(value in json_values()) {
        let time: Timestamp = serde_json::from_value(value.clone()).unwrap();
        prop_assert!(value.is_string() || time.datetime().is_none());
        prop_assert_eq!(json!(time), value);
        _ = time.to_string();
    }
}

/// Texts that look like a timestamp, of which few are one.
fn near_timestamps() -> impl Strategy<Value = String> {
    let zone = r"[Zz]|[+-][0-9]{2}(:?[0-9]{2})?|( ?[+−-][0-9:]{0,6})?";
    let parts = (
        r"[+-]?[0-9]{3,6}",
        0_u8..15,
        0_u8..34,
        r"[Tt ]|[ -~]?",
        0_u8..26,
        0_u8..62,
        0_u8..63,
        r"(\.[0-9]{0,12})?",
        zone,
    );
    let near = parts.prop_map(|(year, month, day, between, hour, minute, second, fraction, zone)| {
        format!("{year}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
    });
    prop_oneof![near, "[0-9TZtz:+. -]{0,36}"]
}

#[test]
fn a_region_is_read_from_its_name_or_location() {
    for (text, region) in [
        ("de-fra", Region::DeFra),
        ("de/fra", Region::DeFra),
        ("de/fra/2", Region::DeFra),
        ("DE/FRA", Region::DeFra),
        ("de-txl", Region::DeTxl),
        ("de/txl", Region::DeTxl),
        ("es/vit", Region::EsVit),
        ("fr/par", Region::FrPar),
        ("gb/bhx", Region::GbBhx),
        ("gb/lhr", Region::GbLhr),
        ("us/ewr", Region::UsEwr),
        ("us/las", Region::UsLas),
        ("us/mci", Region::UsMci),
        ("xx-new", Region::Other("xx-new".into())),
        ("xx/new/7", Region::Other("xx-new".into())),
        ("localhost", Region::Other("localhost".into())),
    ] {
        assert_eq!(text.parse::<Region>().unwrap(), region, "{text}");
        assert_eq!(region.to_string().parse::<Region>().unwrap(), region, "{text}");
    }
    let long = "x".repeat(64);
    for text in [
        "",
        " ",
        "/",
        "de/",
        "/fra",
        "de fra",
        "de_fra",
        "de.fra",
        "-fra",
        "fra-",
        "de/fra?",
        "de@fra",
        "dé-fra",
        "de-fra\n",
        "vpn.de-fra.ionos.com",
        "https://vpn.de-fra.ionos.com",
        &long,
    ] {
        let error = text.parse::<Region>().expect_err(text);
        assert_eq!(error.kind(), ErrorKind::Configuration, "{text}");
        assert!(error.to_string().contains("write it like `de-fra` or `de/fra`"), "{error}");
    }
}

#[test]
fn the_servers_of_the_document_are_the_known_regions() {
    let spec: Value = serde_json::from_str(SPEC).unwrap();
    let servers: BTreeSet<_> =
        spec["servers"].as_array().unwrap().iter().map(|server| server["url"].as_str().unwrap().to_owned()).collect();
    assert_eq!(servers, Region::KNOWN.iter().map(Region::base_url).collect());
    assert_eq!(servers.len(), 9);
}

/// Asserts that a text goes through an open enumeration unchanged, by all ways.
fn assert_kept<T>(text: &str) -> T
where
    T: Clone + Debug + Display + DeserializeOwned + FromStr + From<String> + PartialEq + Serialize,
    T: for<'a> From<&'a str>,
    T::Err: Debug,
{
    let value = T::from(text);
    assert_eq!(value.to_string(), text);
    assert_eq!(T::from(text.to_owned()), value);
    assert_eq!(text.parse::<T>().unwrap(), value);
    assert_eq!(json!(value), json!(text));
    assert_eq!(serde_json::from_value::<T>(json!(text)).unwrap(), value);
    value
}

proptest! {
    #[test]
    fn any_text_is_kept_by_the_open_enumerations(text in any::<String>()) {
        assert_kept::<Tier>(&text);
        assert_kept::<IkeVersion>(&text);
        assert_kept::<Status>(&text);
        assert_kept::<DayOfTheWeek>(&text);
    }
}

#[test]
fn the_values_of_the_document_are_known() {
    let spec: Value = serde_json::from_str(SPEC).unwrap();
    let known = |name: &str, show: fn(&str) -> String| {
        for value in spec.pointer(&format!("/components/schemas/{name}/enum")).unwrap().as_array().unwrap() {
            let shown = show(value.as_str().unwrap());
            assert!(!shown.contains("Other"), "{name}: {shown}");
        }
        assert!(show("something else").contains("Other"), "{name}");
    };
    known("IPSecGateway/properties/tier", |text| format!("{:?}", assert_kept::<Tier>(text)));
    known("IPSecGateway/properties/version", |text| format!("{:?}", assert_kept::<IkeVersion>(text)));
    known("IPSecGatewayMetadata/properties/status", |text| format!("{:?}", assert_kept::<Status>(text)));
    known("MaintenanceWindow/properties/dayOfTheWeek", |text| format!("{:?}", assert_kept::<DayOfTheWeek>(text)));
}

#[tokio::test]
async fn the_error_envelope_is_read_leniently() {
    type Envelope = (Option<i64>, &'static [(Option<&'static str>, Option<&'static str>)]);
    let unauthorized = "Unauthorized, wrong or no api key provided to process this request";
    let page = json!({ "httpStatus": 401, "messages": [{ "errorCode": "paas-auth-1", "message": unauthorized }] });
    let rows: Vec<(String, Option<Envelope>, &str)> = vec![
        (
            page.to_string(),
            Some((Some(401), &[(Some("paas-auth-1"), Some("Unauthorized, wrong or no api key provided to process this request"))])),
            "process this request (paas-auth-1)",
        ),
        (r#"{"httpStatus":"401","messages":[]}"#.into(), Some((Some(401), &[])), "401"),
        (r#"{"httpStatus":401,"messages":null}"#.into(), Some((Some(401), &[])), "401"),
        (
            r#"{"messages":["plain",7,null,{"errorCode":200,"message":"numbered"},{"x":1},{"errorCode":"e"},{"message":["m"]}]}"#.into(),
            Some((None, &[(None, Some("plain")), (Some("200"), Some("numbered")), (Some("e"), None)])),
            "plain; numbered (200); e",
        ),
        (r#"{"httpStatus":{},"messages":[{"message":"m","more":[1]}]}"#.into(), Some((None, &[(None, Some("m"))])), ": m"),
        (r#"{"httpStatus":99999999999999999999}"#.into(), None, "99999999999999999999"),
        (r#"{"messages":{"message":"m"}}"#.into(), None, "messages"),
        (r#"{"error":"something"}"#.into(), None, "something"),
        ("<html><body>502 Bad Gateway</body></html>".into(), None, "<html>"),
        ("[]".into(), None, "401"),
        ("null".into(), None, "401"),
        (r#""text""#.into(), None, "text"),
        (String::new(), None, "401 Unauthorized (1 attempt"),
    ];
    for (body, expected, word) in rows {
        let server = Recorder::answering(401, &body).await;
        let error = server.client().ipsec_gateways().get(PAGE_ID).await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 401), "{body}");
        assert!(error.is_unauthorized(), "{body}");
        let read = error.api().map(|api| {
            let messages = api.messages.iter().map(|it| (it.error_code.as_deref(), it.message.as_deref()));
            (api.http_status, messages.collect::<Vec<_>>())
        });
        assert_eq!(read, expected.map(|(status, messages)| (status, messages.to_vec())), "{body}");
        assert!(error.to_string().contains(word), "{word}: {error}");
    }
}
