//! Values by themselves: what is read is given back, and what is accepted is what arithmetic says.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use chrono::{DateTime, FixedOffset};
use ionos_vpn::{
    Connection, DayOfTheWeek, ErrorKind, GatewayPath, IkeVersion, IpSecGatewayEnsure, MaintenanceWindow, Region,
    Status, Tier, Timestamp, Validate, Violation,
};
use ipnet::{Ipv4Net, Ipv6Net};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::contract::Recorder;
use crate::support::{PAGE_ID, small_gateway};

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
        for text in [text.clone(), insert(&format!("/ipsecgateways/{PAGE_ID}"), place, &text)] {
            match text.parse::<GatewayPath>() {
                Ok(path) => prop_assert!(text.to_lowercase().contains(&path.id().to_string()), "{}", text),
                Err(violations) => prop_assert_eq!(violations.as_slice()[0].path(), "id"),
            }
        }
    }
}

/// Puts a text into another one, which is ASCII, or behind it.
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

fn v4_nets() -> impl Strategy<Value = Ipv4Net> {
    (any::<u32>(), 0_u8..=32, 0..4).prop_map(|(bits, prefix, edge)| {
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
    (any::<u128>(), 0_u8..=128).prop_map(|(bits, prefix)| Ipv6Net::new(bits.into(), prefix).unwrap())
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
    fn an_interface_is_neither_its_network_nor_its_broadcast_address(v4 in v4_nets(), v6 in prop::option::of(v6_nets())) {
        let size = 1_u64 << (32 - v4.prefix_len());
        let host = u64::from(v4.addr().to_bits()) % size;
        let is_good = size <= 2 || (host != 0 && host != size - 1);
        let found = Connection::new(PAGE_ID, 1, v4, v6).validate();
        match found {
            Ok(()) => prop_assert!(is_good, "{}", v4),
            Err(violations) => {
                prop_assert!(!is_good, "{}", violations);
                prop_assert_eq!(violations.as_slice().iter().map(Violation::path).collect::<Vec<_>>(), ["ipv4CIDR"]);
            }
        }
    }

    #[test]
    fn any_text_is_an_interface_only_if_it_reads_as_one(text in r"[0-9a-f:./%\[\] +-]{0,24}|\PC{0,12}") {
        let mut connection = Connection::new(PAGE_ID, 1, "10.0.0.1/8".parse().unwrap(), None);
        connection.ipv6_cidr = Some(text.clone());
        prop_assert_eq!(connection.validate().is_ok(), connection.ipv6().is_ok() && text.parse::<Ipv6Net>().is_ok());
        connection.ipv6_cidr = None;
        connection.ipv4_cidr.clone_from(&text);
        prop_assert!(connection.validate().is_err() || connection.ipv4().is_ok(), "{}", text);
        connection.ipv4_cidr = "10.0.0.1/8".into();
        connection.lan_id = text;
        prop_assert!(connection.validate().is_err() || connection.lan().is_ok());
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
}

fn ips() -> impl Strategy<Value = IpAddr> {
    let edges: Vec<u32> = [
        "0.0.0.0",
        "10.0.0.0",
        "10.255.255.255",
        "127.0.0.0",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.168.0.0",
        "192.168.255.255",
        "224.0.0.0",
        "239.255.255.255",
        "255.255.255.255",
    ]
    .map(|text| text.parse::<Ipv4Addr>().unwrap().to_bits())
    .into();
    let edge = (prop::sample::select(edges), 0_u32..3).prop_map(|(bits, step)| bits.wrapping_add(step).wrapping_sub(1));
    let v4 = prop_oneof![any::<u32>(), edge].prop_map(Ipv4Addr::from);
    let heads = prop::sample::select(vec![
        0x0000_u128,
        0x2001,
        0xfbff,
        0xfc00,
        0xfdff,
        0xfe00,
        0xfe7f,
        0xfe80,
        0xfebf,
        0xfec0,
        0xfeff,
        0xff00,
        0xffff,
    ]);
    let v6 = prop_oneof![
        any::<u128>(),
        (heads, any::<u128>()).prop_map(|(head, rest)| (head << 112) | (rest >> 16)),
        0_u128..4,
    ];
    prop_oneof![
        v4.clone().prop_map(IpAddr::V4),
        v4.prop_map(|ip| IpAddr::V6(ip.to_ipv6_mapped())),
        v6.prop_map(|bits| IpAddr::V6(Ipv6Addr::from_bits(bits))),
    ]
}

/// What the API takes as an address that can be reached, by arithmetic.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let bits = ip.to_bits();
            let within = |network: u32, prefix: u32| bits >> (32 - prefix) == network >> (32 - prefix);
            let refused = [
                (0x0a00_0000, 8),
                (0x7f00_0000, 8),
                (0xa9fe_0000, 16),
                (0xac10_0000, 12),
                (0xc0a8_0000, 16),
                (0xe000_0000, 4),
            ];
            bits != 0 && bits != u32::MAX && !refused.iter().any(|(network, prefix)| within(*network, *prefix))
        }
        IpAddr::V6(ip) => {
            let bits = ip.to_bits();
            if bits >> 32 == 0xffff {
                return is_public(IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(bits & 0xffff_ffff).unwrap())));
            }
            bits > 1 && bits >> 121 != 0xfc >> 1 && bits >> 118 != 0xfe80 >> 6 && bits >> 120 != 0xff
        }
    }
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
    fn any_text_is_a_timestamp(text in any::<String>()) {
        let time = Timestamp::from(&*text);
        prop_assert_eq!(time.to_string(), text.clone());
        prop_assert_eq!(json!(time), json!(text));
        _ = time.datetime();
    }
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
