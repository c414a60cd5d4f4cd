//! Typed ways into the generated types and out of them: the wire types hold texts, so that no answer is refused for one.

use std::net::IpAddr;
use std::str::FromStr;

use chrono::NaiveTime;
use ipnet::{Ipv4Net, Ipv6Net};
use uuid::Uuid;

use crate::types::{Connection, IpSecGateway, MaintenanceWindow};
use crate::validate::{Violation, Violations};

fn read<T: FromStr<Err: ToString>>(path: &str, text: &str) -> Result<T, Violations> {
    text.parse().map_err(|error: T::Err| {
        Violation::new(path, text.into(), format!("cannot be read: {}", error.to_string())).into()
    })
}

impl Connection {
    /// Connects a gateway to a LAN, with its address there. The host bits of the addresses are kept: `192.168.1.100/24`.
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
    /// [`Violations`] when the text is no number of 32 bits.
    pub fn lan(&self) -> Result<u32, Violations> {
        read("lanId", &self.lan_id)
    }

    /// Returns the gateway's IPv4 address in the LAN, with the prefix length.
    ///
    /// # Errors
    /// [`Violations`] when the text is no address with a prefix length.
    pub fn ipv4(&self) -> Result<Ipv4Net, Violations> {
        read("ipv4CIDR", &self.ipv4_cidr)
    }

    /// Returns the gateway's IPv6 address in the LAN, with the prefix length, where it has one.
    ///
    /// # Errors
    /// [`Violations`] when the text is no address with a prefix length.
    pub fn ipv6(&self) -> Result<Option<Ipv6Net>, Violations> {
        self.ipv6_cidr.as_deref().map(|text| read("ipv6CIDR", text)).transpose()
    }
}

impl IpSecGateway {
    /// Returns the public address of the gateway.
    ///
    /// # Errors
    /// [`Violations`] when the text is no address.
    pub fn ip(&self) -> Result<IpAddr, Violations> {
        read("gatewayIP", &self.gateway_ip)
    }
}

impl MaintenanceWindow {
    /// Returns the time of day, in UTC, at which the window begins.
    ///
    /// # Errors
    /// [`Violations`] when the text is no time of day.
    pub fn time_of_day(&self) -> Result<NaiveTime, Violations> {
        read("time", &self.time)
    }
}
