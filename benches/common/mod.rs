//! What the benchmarks share: a server that answers a fixed body, and the values of the vendor's page.

#![allow(dead_code)]

use ionos_vpn::{Connection, IpSecGateway, IpSecGatewayEnsure, Validate};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, split};

/// The response to every request.
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
    let (reader, mut writer) = split(stream);
    let mut reader = BufReader::new(reader);
    let length = RESPONSE.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
    loop {
        let mut size = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
            match line.to_ascii_lowercase().trim().split_once(": ") {
                Some(("content-length", value)) => size = value.parse().ok()?,
                None if line.trim().is_empty() => break,
                _ => {}
            }
        }
        reader.read_exact(&mut vec![0; size]).await.ok()?;
        writer.write_all(format!("{head}{RESPONSE}").as_bytes()).await.ok()?;
        writer.flush().await.ok()?;
    }
}
