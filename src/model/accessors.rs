//! Typed accessors of the generated types. The fields of these types are strings as the server sent them, so that a
//! response with an unexpected value can still be parsed.

use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use chrono::NaiveTime;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use uuid::Uuid;

use super::generated::types::{
    Connection, EspEncryption, IkeEncryption, IpSecGateway, IpSecTunnel, MaintenanceWindow, WireguardGateway,
    WireguardPeer,
};
use super::violation::Violation;

fn parse<T: FromStr<Err: ToString>>(path: &str, text: &str) -> Result<T, Violation> {
    text.parse()
        .map_err(|error: T::Err| Violation::new(path, text.into(), format!("cannot be parsed: {}", error.to_string())))
}

impl Connection {
    /// Returns a connection to a LAN, with the gateway's address in it. Host bits are kept: `192.168.1.100/24`.
    ///
    /// ```
    /// # use ionos_vpn::Connection;
    /// let datacenter = "5a029f4a-72e5-11ec-90d6-0242ac120003".parse()?;
    /// let connection = Connection::new(datacenter, 2, "192.168.1.100/24".parse()?, None);
    /// assert_eq!(connection.ipv4()?.addr().to_string(), "192.168.1.100");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(datacenter_id: Uuid, lan: u32, ipv4: Ipv4Net, ipv6: impl Into<Option<Ipv6Net>>) -> Self {
        let ipv6 = ipv6.into().map(|net| net.to_string());
        Self::builder()
            .datacenter_id(datacenter_id)
            .lan_id(lan.to_string())
            .ipv4_cidr(ipv4.to_string())
            .maybe_ipv6_cidr(ipv6)
            .build()
    }

    /// Returns the number of the LAN.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not a number of 32 bits.
    pub fn lan(&self) -> Result<u32, Violation> {
        parse("lanId", &self.lan_id)
    }

    /// Returns the gateway's IPv4 address in the LAN, with the prefix length.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not an address with a prefix length.
    pub fn ipv4(&self) -> Result<Ipv4Net, Violation> {
        parse("ipv4CIDR", &self.ipv4_cidr)
    }

    /// Returns the gateway's IPv6 address in the LAN, with the prefix length, if it has one.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not an address with a prefix length.
    pub fn ipv6(&self) -> Result<Option<Ipv6Net>, Violation> {
        self.ipv6_cidr.as_deref().map(|text| parse("ipv6CIDR", text)).transpose()
    }
}

impl IpSecGateway {
    /// Returns the public address of the gateway.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not an address.
    pub fn ip(&self) -> Result<IpAddr, Violation> {
        parse("gatewayIP", &self.gateway_ip)
    }
}

impl MaintenanceWindow {
    /// Returns the time of day, in UTC, at which the window starts.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not a time of day.
    pub fn time_of_day(&self) -> Result<NaiveTime, Violation> {
        parse("time", &self.time)
    }
}

fn parse_all<T: FromStr<Err: ToString>>(path: &str, texts: &[String]) -> Result<Vec<T>, Violation> {
    texts.iter().enumerate().map(|(index, text)| parse(&format!("{path}[{index}]"), text)).collect()
}

/// Returns a number of seconds as a duration; `None` if it is missing or negative.
fn seconds(lifetime: Option<i64>) -> Option<Duration> {
    lifetime.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs)
}

impl IpSecTunnel {
    /// Returns the networks on the IONOS side. Host bits are kept.
    ///
    /// # Errors
    /// A [`Violation`] if a text is not a network in CIDR notation.
    pub fn cloud_networks(&self) -> Result<Vec<IpNet>, Violation> {
        parse_all("cloudNetworkCIDRs", &self.cloud_network_cidrs)
    }

    /// Returns the networks on the peer's side. Host bits are kept.
    ///
    /// # Errors
    /// A [`Violation`] if a text is not a network in CIDR notation.
    pub fn peer_networks(&self) -> Result<Vec<IpNet>, Violation> {
        parse_all("peerNetworkCIDRs", &self.peer_network_cidrs)
    }
}

impl IkeEncryption {
    /// Returns the lifetime of phase 1, if it is set.
    #[must_use]
    pub fn lifetime(&self) -> Option<Duration> {
        seconds(self.lifetime)
    }
}

impl EspEncryption {
    /// Returns the lifetime of phase 2, if it is set.
    #[must_use]
    pub fn lifetime(&self) -> Option<Duration> {
        seconds(self.lifetime)
    }
}

impl WireguardGateway {
    /// Returns the public address of the gateway.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not an address.
    pub fn ip(&self) -> Result<IpAddr, Violation> {
        parse("gatewayIP", &self.gateway_ip)
    }

    /// Returns the IPv4 address and prefix length of the WireGuard interface, or `None` if the interface has no IPv4
    /// address.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not an address with a prefix length.
    pub fn interface_ipv4(&self) -> Result<Option<Ipv4Net>, Violation> {
        self.interface_ipv4_cidr.as_deref().map(|text| parse("interfaceIPv4CIDR", text)).transpose()
    }

    /// Returns the IPv6 address and prefix length of the WireGuard interface, or `None` if the interface has no IPv6
    /// address.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not an address with a prefix length.
    pub fn interface_ipv6(&self) -> Result<Option<Ipv6Net>, Violation> {
        self.interface_ipv6_cidr.as_deref().map(|text| parse("interfaceIPv6CIDR", text)).transpose()
    }
}

impl WireguardPeer {
    /// Returns the networks from which the peer may send packets. Host bits are kept.
    ///
    /// ```
    /// # use ionos_vpn::WireguardPeer;
    /// let peer = WireguardPeer::builder()
    ///     .name("laptop")
    ///     .public_key("no8iaSEoqfbI6PVYsdEiUU5efYdtKX8VAhKity19MWI=")
    ///     .allowed_ips(vec!["172.17.0.2/32".into()])
    ///     .build();
    /// assert_eq!(peer.allowed_networks()?[0].prefix_len(), 32);
    /// # Ok::<_, ionos_vpn::Violation>(())
    /// ```
    ///
    /// # Errors
    /// A [`Violation`] if a text is not a network in CIDR notation.
    pub fn allowed_networks(&self) -> Result<Vec<IpNet>, Violation> {
        parse_all("allowedIPs", &self.allowed_ips)
    }
}
