//! Typed accessors of the generated types. Those hold texts as they came, so that no response is refused for one.

use std::net::IpAddr;
use std::str::FromStr;

use chrono::NaiveTime;
use ipnet::{Ipv4Net, Ipv6Net};
use uuid::Uuid;

use super::generated::types::{Connection, IpSecGateway, MaintenanceWindow};
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
    /// Returns the time of day, in UTC, at which the window begins.
    ///
    /// # Errors
    /// A [`Violation`] if the text is not a time of day.
    pub fn time_of_day(&self) -> Result<NaiveTime, Violation> {
        parse("time", &self.time)
    }
}
