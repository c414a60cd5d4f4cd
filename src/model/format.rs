//! The formats of the document. Each function returns the meaning of a text, or a description of valid values. Values are
//! compared by their meaning. It allocates no new text; `Display` of the meaning writes the canonical text. The build refers
//! to them by name: a format `lan-id` is the function `lan_id`.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use uuid::Uuid;

type Result<'a> = std::result::Result<Meaning<'a>, &'static str>;

/// What a text means. Two texts of one format mean the same if their canonical texts are equal.
#[derive(Debug)]
pub enum Meaning<'a> {
    /// The text itself.
    Text(&'a str),
    /// A text that is compared without regard to upper and lower case.
    AnyCase(&'a str),
    Id(Uuid),
    Ip(IpAddr),
    Net(IpNet),
    Number(u32),
}

impl fmt::Display for Meaning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::AnyCase(text) => f.write_str(&text.to_ascii_lowercase()),
            Self::Id(id) => id.fmt(f),
            Self::Ip(ip) => ip.fmt(f),
            Self::Net(net) => net.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// A UUID in its usual form, with hyphens.
pub(crate) fn uuid(text: &str) -> Result<'_> {
    let id = Uuid::try_parse(text).ok().filter(|_| text.len() == 36);
    id.map(Meaning::Id).ok_or("must be a UUID such as 66a114c7-2ddd-5119-9ddf-5a789f5a5a44")
}

/// IPv4 networks without public addresses, by the IANA special-purpose registry. Documentation networks are not among them: the
/// vendor's page uses one.
const SPECIAL_V4: [(Ipv4Net, &str); 14] = [
    (v4(0, 0, 0, 0, 32), "unspecified"),
    (v4(0, 0, 0, 0, 8), "reserved"),
    (v4(10, 0, 0, 0, 8), "private"),
    (v4(100, 64, 0, 0, 10), "carrier-grade NAT"),
    (v4(127, 0, 0, 0, 8), "loopback"),
    (v4(169, 254, 0, 0, 16), "link-local"),
    (v4(172, 16, 0, 0, 12), "private"),
    (v4(192, 0, 0, 0, 24), "reserved"),
    (v4(192, 88, 99, 0, 24), "6to4 relay"),
    (v4(192, 168, 0, 0, 16), "private"),
    (v4(198, 18, 0, 0, 15), "benchmarking"),
    (v4(224, 0, 0, 0, 4), "multicast"),
    (v4(255, 255, 255, 255, 32), "broadcast"),
    (v4(240, 0, 0, 0, 4), "reserved"),
];

/// The same for IPv6.
const SPECIAL_V6: [(Ipv6Net, &str); 12] = [
    (Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 128), "unspecified"),
    (Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128), "loopback"),
    (v6(0, 96), "reserved"),
    (v6(0x0064_ff9b_0001_0000, 48), "private"),
    (v6(0x0100_0000_0000_0000, 64), "discard-only"),
    (v6(0x0100_0000_0000_0001, 64), "reserved"),
    (v6(0x2001_0000_0000_0000, 23), "reserved"),
    (v6(0x5f00_0000_0000_0000, 16), "reserved"),
    (v6(0xfc00_0000_0000_0000, 7), "private"),
    (v6(0xfe80_0000_0000_0000, 10), "link-local"),
    (v6(0xfec0_0000_0000_0000, 10), "private"),
    (v6(0xff00_0000_0000_0000, 8), "multicast"),
];

/// Parts of those networks that are globally reachable.
const REACHABLE_V6: [Ipv6Net; 7] = [
    Ipv6Net::new_assert(Ipv6Addr::from_bits(0x2001_0001 << 96 | 1), 128),
    Ipv6Net::new_assert(Ipv6Addr::from_bits(0x2001_0001 << 96 | 2), 128),
    Ipv6Net::new_assert(Ipv6Addr::from_bits(0x2001_0001 << 96 | 3), 128),
    v6(0x2001_0003_0000_0000, 32),
    v6(0x2001_0004_0112_0000, 48),
    v6(0x2001_0020_0000_0000, 28),
    v6(0x2001_0030_0000_0000, 28),
];

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

/// Returns a network by the first 64 bits of its address.
const fn v6(prefix: u64, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::from_bits((prefix as u128) << 64), length)
}

fn special_v4(ip: Ipv4Addr) -> Option<&'static str> {
    SPECIAL_V4.iter().find(|(net, _)| net.contains(&ip)).map(|(_, name)| *name)
}

/// Returns what is special about an address. If the address embeds an IPv4 address (mapped, NAT64, 6to4), returns what is
/// special about the embedded address.
fn special(ip: IpAddr) -> Option<&'static str> {
    let ip = match ip.to_canonical() {
        IpAddr::V4(ip) => return special_v4(ip),
        IpAddr::V6(ip) => ip,
    };
    let embedded = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match ip.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => special_v4(embedded(high, low)),
        _ if REACHABLE_V6.iter().any(|net| net.contains(&ip)) => None,
        _ => SPECIAL_V6.iter().find(|(net, _)| net.contains(&ip)).map(|(_, name)| *name),
    }
}

/// One address that can be reached from the internet. Addresses of the networks that are reserved for documentation are
/// accepted, because the vendor's page uses them.
pub(crate) fn public_ip(text: &str) -> Result<'_> {
    let Ok(ip) = text.parse() else {
        return Err("must be one IPv4 or IPv6 address and nothing around it, such as 81.173.1.2");
    };
    match special(ip) {
        None => Ok(Meaning::Ip(ip)),
        Some("unspecified") => Err("must be a public address, not the unspecified one"),
        Some("loopback") => Err("must be a public address, not a loopback address"),
        Some("link-local") => Err("must be a public address, not a link-local address"),
        Some("multicast") => Err("must be a public address, not a multicast address"),
        Some("broadcast") => Err("must be a public address, not the broadcast address"),
        Some("private") => Err("must be a public address, not one of a private network"),
        Some(_) => Err("must be a public address, not one that is reserved for special use"),
    }
}

/// Splits `address/prefix`. The prefix is a number below 200, without a sign and without leading zeros; the type of the network
/// refuses one that is too long.
fn split(text: &str) -> Option<(&str, u8)> {
    let (address, digits) = text.rsplit_once('/')?;
    let prefix = digits.parse().ok().filter(|prefix| *prefix < 200)?;
    let is_shortest = digits == "0" || digits.starts_with(|first| matches!(first, '1'..='9'));
    is_shortest.then_some((address, prefix))
}

/// An IPv4 address with the prefix length of its network. The API accepts the address of the network, but then the gateway
/// cannot be reached (the vendor's Terraform provider, issue 886). So this crate refuses the network address and the
/// broadcast address. Networks with a prefix length of 31 or 32 do not have these two addresses.
pub(crate) fn ipv4_interface(text: &str) -> Result<'_> {
    const REMEDY: &str = "must be an IPv4 address with a prefix length of 1 to 32, such as 192.168.1.100/24";
    let (address, prefix) = split(text).filter(|(_, prefix)| *prefix > 0).ok_or(REMEDY)?;
    let Ok(address) = address.parse::<Ipv4Addr>() else {
        let is_other = address.parse::<Ipv6Addr>().is_ok();
        return Err(if is_other { "must be an IPv4 address; an IPv6 address has a field of its own" } else { REMEDY });
    };
    let net = Ipv4Net::new(address, prefix).map_err(|_| REMEDY)?;
    if is_no_interface(net.addr().into()) {
        return Err("must be the address of one host: not multicast, loopback, broadcast or unspecified");
    }
    if prefix < 31 && net.addr() == net.network() {
        return Err("must be the gateway's own address; the address of the network leaves it unreachable");
    }
    if prefix < 31 && net.addr() == net.broadcast() {
        return Err("must be the gateway's own address, not the broadcast address of the network");
    }
    Ok(Meaning::Net(net.into()))
}

/// An IPv6 address with the prefix length of its network; the host part may be zero.
pub(crate) fn ipv6_interface(text: &str) -> Result<'_> {
    const REMEDY: &str = "must be an IPv6 address with a prefix length of 1 to 128, such as 2001:db8:85a3::1/64";
    let (address, prefix) = split(text).filter(|(_, prefix)| *prefix > 0).ok_or(REMEDY)?;
    let Ok(address) = address.parse::<Ipv6Addr>() else {
        let is_other = address.parse::<Ipv4Addr>().is_ok();
        return Err(if is_other { "must be an IPv6 address; an IPv4 address has a field of its own" } else { REMEDY });
    };
    let net = Ipv6Net::new(address, prefix).map_err(|_| REMEDY)?;
    if net.addr().to_ipv4_mapped().is_some() || is_no_interface(net.addr().into()) {
        return Err("must be the address of one host: not IPv4-mapped, multicast, loopback or unspecified");
    }
    Ok(Meaning::Net(net.into()))
}

/// Returns `true` if an address cannot be that of one interface in a LAN. Private addresses can.
fn is_no_interface(ip: IpAddr) -> bool {
    let is_this_network = matches!(ip, IpAddr::V4(ip) if ip.octets().first() == Some(&0) || ip.is_broadcast());
    is_this_network || ip.is_unspecified() || ip.is_loopback() || ip.is_multicast()
}

/// The number of a LAN. Numbers start at 1.
pub(crate) fn lan_id(text: &str) -> Result<'_> {
    let is_shortest = matches!(text.as_bytes().first(), Some(b'1'..=b'9'));
    let number = if is_shortest { text.parse().ok() } else { None };
    number
        .map(Meaning::Number)
        .ok_or("must be the number of a LAN in decimal digits, 1 to 4294967295 without leading zeros, such as \"2\"")
}

/// A network or an address in CIDR notation, of either family. Host bits are kept.
pub(crate) fn cidr(text: &str) -> Result<'_> {
    const REMEDY: &str = "must be a network in CIDR notation, such as 192.168.1.0/24, 0.0.0.0/0 or 2001:db8::/32";
    let (address, prefix) = split(text).ok_or(REMEDY)?;
    let address = address.parse().map_err(|_| REMEDY)?;
    IpNet::new(address, prefix).map(Meaning::Net).map_err(|_| REMEDY)
}

/// A DNS name or an IPv4 address.
pub(crate) fn host(text: &str) -> Result<'_> {
    const REMEDY: &str =
        "must be a DNS name or an IPv4 address and nothing around it, such as vpn.mycompany.com or 203.0.113.1";
    if text.parse::<Ipv4Addr>().is_ok() {
        return Ok(Meaning::Text(text));
    }
    if text.trim_matches(['[', ']']).parse::<Ipv6Addr>().is_ok() {
        return Err("must be a DNS name or an IPv4 address; the API does not support IPv6 here");
    }
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| {
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let is_edge_hyphen = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && label.bytes().all(is_inner) && !is_edge_hyphen
    };
    // A name that ends in a number would be read as an address.
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = name.len() <= 253 && name.split('.').all(is_label) && !name.rsplit('.').next().is_some_and(is_number);
    if is_name { Ok(Meaning::AnyCase(name)) } else { Err(REMEDY) }
}

/// 32 bytes in base64 with padding, as `wg` reads and writes a key.
pub(crate) fn wireguard_key(text: &str) -> Result<'_> {
    // Room for one byte too many, and for what the decoder writes ahead.
    let mut bytes = [0; 36];
    if STANDARD.decode_slice(text, &mut bytes).is_ok_and(|length| length == 32) {
        Ok(Meaning::Text(text))
    } else {
        Err("must be 32 bytes in base64, as `wg genkey` and `wg pubkey` print them")
    }
}

/// A name for people.
pub(crate) fn label(text: &str) -> Result<'_> {
    if text.chars().any(char::is_control) || text.trim().is_empty() && !text.is_empty() {
        return Err("must have a visible character and no control character");
    }
    Ok(Meaning::Text(text))
}

/// A time of day.
pub(crate) fn time_local(text: &str) -> Result<'_> {
    let number = |digits: &[u8]| match digits {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    };
    let is_time = match text.as_bytes() {
        [hour @ .., b':', m1, m2, b':', s1, s2] => {
            number(hour).is_some_and(|hour| hour < 24)
                && [[*m1, *m2], [*s1, *s2]].iter().all(|digits| number(digits).is_some_and(|it| it < 60))
        }
        _ => false,
    };
    Some(Meaning::Text(text)).filter(|_| is_time).ok_or("must be a time of day in UTC, such as 09:00:00")
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_prefix_has_no_leading_zero_and_no_sign() {
        for prefix in 0..=199 {
            let text = format!("::/{prefix}");
            assert_eq!(split(&text), Some(("::", prefix)));
        }
        for text in
            ["", "/", "::", "::/", "::/00", "::/01", "::/+1", "::/ 1", "::/200", "::/1000", "::/1/", "::/x1", "::/1x"]
        {
            assert_eq!(split(text), None, "{text}");
        }
        assert_eq!(split("1/2/3"), Some(("1/2", 3)));
    }
}
