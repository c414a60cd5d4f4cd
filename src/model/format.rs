//! The formats of the document. Each function returns the canonical text, by which values are compared, or what would be
//! right. The build refers to them by name: a format `lan-id` is the function `lan_id`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use chrono::{NaiveTime, Timelike};
use ipnet::{Ipv4Net, Ipv6Net};
use uuid::Uuid;

type Result = std::result::Result<String, &'static str>;

/// A UUID in its usual form, with hyphens.
pub(crate) fn uuid(text: &str) -> Result {
    let id = Uuid::try_parse(text).ok().filter(|_| text.len() == 36);
    id.map(|id| id.to_string()).ok_or("must be a UUID such as 66a114c7-2ddd-5119-9ddf-5a789f5a5a44")
}

/// One address that can be reached from the internet. Addresses for documentation pass, as the page uses them.
pub(crate) fn public_ip(text: &str) -> Result {
    let Ok(given) = text.parse::<IpAddr>() else {
        return Err("must be one IPv4 or IPv6 address and nothing around it, such as 81.173.1.2");
    };
    let ip = given.to_canonical();
    let (private, link_local) = match ip {
        IpAddr::V4(ip) => (ip.is_private(), ip.is_link_local()),
        IpAddr::V6(ip) => (ip.is_unique_local(), ip.is_unicast_link_local()),
    };
    let refused = [
        (ip.is_unspecified(), "must be an address of its own, not the unspecified one"),
        (ip.is_loopback(), "must be a public address, not a loopback one"),
        (link_local, "must be a public address, not a link-local one"),
        (ip.is_multicast(), "must be the address of one host, not a multicast one"),
        (ip == IpAddr::V4(Ipv4Addr::BROADCAST), "must be the address of one host, not the broadcast one"),
        (private, "must be a public address, not one of a private network"),
    ];
    refused.iter().find(|(hit, _)| *hit).map_or_else(|| Ok(given.to_string()), |(_, remedy)| Err(*remedy))
}

/// Splits `address/prefix`; a prefix in any but its shortest decimal form is none.
fn split(text: &str) -> Option<(&str, u8)> {
    let (address, length) = text.split_once('/')?;
    let prefix = length.parse::<u8>().ok().filter(|prefix| prefix.to_string() == length)?;
    Some((address, prefix))
}

/// An IPv4 address with the prefix length of its network. The API takes a network address and makes a gateway that
/// cannot be reached (the vendor's Terraform provider, issue 886), so neither that nor the broadcast address passes;
/// networks of 31 and 32 bits have neither.
pub(crate) fn ipv4_interface(text: &str) -> Result {
    const REMEDY: &str = "must be an IPv4 address with a prefix length of 0 to 32, such as 192.168.1.100/24";
    let (address, prefix) = split(text).ok_or(REMEDY)?;
    if address.parse::<Ipv6Addr>().is_ok() {
        return Err("must be an IPv4 address; an IPv6 address has a field of its own");
    }
    let net = Ipv4Net::new(address.parse().map_err(|_| REMEDY)?, prefix).map_err(|_| REMEDY)?;
    if prefix < 31 && net.addr() == net.network() {
        return Err(
            "must be the gateway's own address in the LAN, not the address of the network, which leaves the gateway unreachable",
        );
    }
    if prefix < 31 && net.addr() == net.broadcast() {
        return Err("must be the gateway's own address in the LAN, not the broadcast address of the network");
    }
    Ok(net.to_string())
}

/// An IPv6 address with the prefix length of its network; the host part may be zero.
pub(crate) fn ipv6_interface(text: &str) -> Result {
    const REMEDY: &str = "must be an IPv6 address with a prefix length of 0 to 128, such as 2001:db8:85a3::1/64";
    let (address, prefix) = split(text).ok_or(REMEDY)?;
    if address.parse::<Ipv4Addr>().is_ok() {
        return Err("must be an IPv6 address; an IPv4 address has a field of its own");
    }
    Ipv6Net::new(address.parse().map_err(|_| REMEDY)?, prefix).map(|net| net.to_string()).map_err(|_| REMEDY)
}

/// The number of a LAN.
pub(crate) fn lan_id(text: &str) -> Result {
    let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    number
        .map(|number| number.to_string())
        .ok_or("must be the number of a LAN in decimal digits, at most 4294967295, such as \"2\"")
}

/// A time of day.
pub(crate) fn time_local(text: &str) -> Result {
    let time = NaiveTime::parse_from_str(text, "%H:%M:%S").ok();
    // chrono reads `:60` as a leap second, which no weekly time has.
    time.filter(|time| time.to_string() == text && time.nanosecond() < 1_000_000_000)
        .map(|_| text.to_owned())
        .ok_or("must be a time of day in UTC, such as 09:00:00")
}
