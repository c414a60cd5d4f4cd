//! What the benchmarks share: a server that answers a fixed body, and the values of the vendor's page.

#![allow(dead_code)]

use std::sync::LazyLock;

use ionos_vpn::{Connection, IpSecGateway, IpSecGatewayEnsure, Validate};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, split};

/// The response to every request for one resource.
pub(crate) const RESPONSE: &str = r#"{"id": "66a114c7-2ddd-5119-9ddf-5a789f5a5a44", "type": "ipsecgateway",
  "href": "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44",
  "metadata": {"createdDate": "2026-01-05T10:00:00.000Z", "createdBy": "ionos:iam:cloud:31960002:users/1", "createdByUserId": "1",
    "lastModifiedDate": "2026-01-05T10:00:00.000Z", "lastModifiedBy": "ionos:iam:cloud:31960002:users/1",
    "lastModifiedByUserId": "1", "resourceURN": "ionos:vpn:1:1:ipsecgateway/1", "status": "PROVISIONING"},
  "properties": {"name": "My Company Gateway", "description": "This gateway connects site A to VDC X.",
    "gatewayIP": "81.173.1.2", "version": "IKEv2", "tier": "STANDARD",
    "maintenanceWindow": {"dayOfTheWeek": "Sunday", "time": "03:00:00"},
    "connections": [{"datacenterId": "5a029f4a-72e5-11ec-90d6-0242ac120003", "lanId": "2",
      "ipv4CIDR": "192.168.1.100/24", "ipv6CIDR": "2001:0db8:85a3::/24"}]}}"#;

/// The number of gateways on the page that the server shows.
pub(crate) const PAGE_SIZE: u32 = 500;

/// The response to every request for a list.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    let gateway = |number: u32| {
        let mut gateway: Value = serde_json::from_str(RESPONSE).unwrap();
        gateway["id"] = json!(uuid::Uuid::from_u128(number.into()));
        gateway
    };
    let items: Vec<_> = (0..PAGE_SIZE).map(gateway).collect();
    json!({"id": uuid::Uuid::nil(), "type": "collection", "href": "/ipsecgateways", "items": items, "offset": 0,
        "limit": PAGE_SIZE, "_links": {}})
    .to_string()
});

/// Returns the request body of the vendor's page.
pub(crate) fn desired() -> IpSecGatewayEnsure {
    IpSecGatewayEnsure::from_json(include_bytes!("../../examples/gateway.json")).unwrap()
}

/// Returns the gateway of the vendor's page with ten connections.
pub(crate) fn with_ten_connections() -> IpSecGateway {
    let mut gateway = desired().properties;
    let datacenter = gateway.connections[0].datacenter_id;
    let connection = |lan| Connection::new(datacenter, lan, format!("10.0.{lan}.5/24").parse().unwrap(), None);
    gateway.connections = (1..=10).map(connection).collect();
    gateway
}

/// Answers each request on a connection until the client closes it.
pub(crate) async fn answer(stream: impl AsyncRead + AsyncWrite) -> Option<()> {
    answer_if(stream, || true).await
}

/// Answers each request on a connection until the client closes it. A request that `accepts` returns `false` for is refused with
/// 429, without `Retry-After`.
pub(crate) async fn answer_if(stream: impl AsyncRead + AsyncWrite, accepts: impl Fn() -> bool) -> Option<()> {
    let (reader, mut writer) = split(stream);
    let mut reader = BufReader::new(reader);
    loop {
        let (mut size, mut is_list) = (0, false);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
            is_list |= line.starts_with("GET ") && line.contains('?');
            match line.to_ascii_lowercase().trim().split_once(": ") {
                Some(("content-length", value)) => size = value.parse().ok()?,
                None if line.trim().is_empty() => break,
                _ => {}
            }
        }
        reader.read_exact(&mut vec![0; size]).await.ok()?;
        let (status, body) = match is_list {
            _ if !accepts() => ("429 Too Many Requests", "{}"),
            true => ("200 OK", PAGE.as_str()),
            false => ("200 OK", RESPONSE),
        };
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}", body.len());
        writer.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).await.ok()?;
        writer.flush().await.ok()?;
    }
}
