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
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
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

impl Meaning<'_> {
    /// Returns the meaning without a reference to the text; `None` if the meaning is the text itself.
    pub(crate) fn detached(self) -> Option<Meaning<'static>> {
        match self {
            Self::Text(_) | Self::AnyCase(_) => None,
            Self::Id(id) => Some(Meaning::Id(id)),
            Self::Ip(ip) => Some(Meaning::Ip(ip)),
            Self::Net(net) => Some(Meaning::Net(net)),
            Self::Number(number) => Some(Meaning::Number(number)),
        }
    }
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
const SPECIAL_V4: [(Block, &str); 14] = [
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

/// The bits of a network's address, and those that its prefix covers.
type Block = (u32, u32);

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Block {
    let net = Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix);
    (net.addr().to_bits(), u32::MAX << (32 - prefix))
}

/// Returns a network by the first 64 bits of its address.
const fn v6(prefix: u64, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::from_bits((prefix as u128) << 64), length)
}

fn special_v4(ip: Ipv4Addr) -> Option<&'static str> {
    SPECIAL_V4.iter().find(|((address, mask), _)| ip.to_bits() & mask == *address).map(|(_, name)| *name)
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
    let Some(ip) = parse_ip(text) else {
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

/// The values of the bytes that are hexadecimal digits, and 255 for all others.
#[allow(clippy::indexing_slicing, reason = "an index out of range does not compile")]
const HEX: [u8; 256] = {
    let (mut table, mut value) = ([u8::MAX; 256], 0_u8);
    while value < 16 {
        table[b"0123456789abcdef"[value as usize] as usize] = value;
        table[b"0123456789ABCDEF"[value as usize] as usize] = value;
        value += 1;
    }
    table
};

/// Parses an IPv4 address, with the same result as std in about two thirds of the instructions.
fn parse_v4(text: &str) -> Option<Ipv4Addr> {
    // The smallest number of so many digits without a leading zero.
    const SMALLEST: [u32; 4] = [u32::MAX, 0, 10, 100];
    let (mut bits, mut octet, mut digits, mut dots) = (0_u32, 0_u32, 0_usize, 0);
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            (octet, digits) = (octet.wrapping_mul(10).wrapping_add(u32::from(digit)), digits + 1);
        } else if byte == b'.' && octet <= 255 && octet >= *SMALLEST.get(digits)? {
            (bits, octet, digits, dots) = (bits << 8 | octet, 0, 0, dots + 1);
        } else {
            return None;
        }
    }
    let is_whole = dots == 3 && octet <= 255 && octet >= *SMALLEST.get(digits)?;
    is_whole.then(|| Ipv4Addr::from_bits(bits << 8 | octet))
}

/// Parses an IPv6 address, with the same result as std. The parser of std takes five times as long, because it tries to parse an
/// IPv4 address at each group.
fn parse_v6(text: &str) -> Option<Ipv6Addr> {
    let mut groups = [0_u16; 8];
    let rest = text.strip_prefix("::");
    // The number of groups before the gap that `::` makes.
    let mut gap = rest.map(|_| 0);
    let (mut group, mut count, mut digits) = (0, 0, 0);
    for byte in rest.unwrap_or(text).bytes() {
        let digit = *HEX.get(usize::from(byte))?;
        if digit < 16 {
            if digits == 4 {
                return None;
            }
            (group, digits) = (group << 4 | u16::from(digit), digits + 1);
        } else if byte == b':' && digits > 0 {
            *groups.get_mut(count)? = group;
            (count, group, digits) = (count + 1, 0, 0);
        } else if byte == b':' && count > 0 && gap.is_none() {
            gap = Some(count);
        } else {
            return if byte == b'.' { text.parse().ok() } else { None };
        }
    }
    if digits > 0 {
        *groups.get_mut(count)? = group;
        count += 1;
    } else if gap != Some(count) {
        // There is nothing, or a single colon at the end.
        return None;
    }
    match gap {
        None if count == 8 => {}
        Some(before) if count < 8 => groups.get_mut(before..)?.rotate_right(8 - count),
        _ => return None,
    }
    Some(groups.into())
}

/// Parses an address of either family.
fn parse_ip(text: &str) -> Option<IpAddr> {
    parse_v4(text).map(IpAddr::V4).or_else(|| parse_v6(text).map(IpAddr::V6))
}

/// Splits `address/prefix`. The prefix must be a number below 200 without leading zeros.
fn split(text: &str) -> Option<(&str, u8)> {
    let digit = |byte: u8| byte - b'0';
    let (address, prefix) = match text.as_bytes() {
        [address @ .., b'/', ones @ b'0'..=b'9'] => (address, digit(*ones)),
        [address @ .., b'/', tens @ b'1'..=b'9', ones @ b'0'..=b'9'] => (address, 10 * digit(*tens) + digit(*ones)),
        [address @ .., b'/', b'1', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            (address, 100 + 10 * digit(*tens) + digit(*ones))
        }
        _ => return None,
    };
    Some((text.get(..address.len())?, prefix))
}

/// An IPv4 address with the prefix length of its network. The API accepts the address of the network, but then the gateway
/// cannot be reached (the vendor's Terraform provider, issue 886). So this crate refuses the network address and the
/// broadcast address. Networks with a prefix length of 31 or 32 do not have these two addresses.
pub(crate) fn ipv4_interface(text: &str) -> Result<'_> {
    const REMEDY: &str = "must be an IPv4 address with a prefix length of 1 to 32, such as 192.168.1.100/24";
    let (address, prefix) = split(text).filter(|(_, prefix)| *prefix > 0).ok_or(REMEDY)?;
    let Some(address) = parse_v4(address) else {
        let is_other = parse_v6(address).is_some();
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
    let Some(address) = parse_v6(address) else {
        let is_other = parse_v4(address).is_some();
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
    let address = parse_ip(address).ok_or(REMEDY)?;
    IpNet::new(address, prefix).map(Meaning::Net).map_err(|_| REMEDY)
}

/// A DNS name or an IPv4 address.
pub(crate) fn host(text: &str) -> Result<'_> {
    const REMEDY: &str =
        "must be a DNS name or an IPv4 address and nothing around it, such as vpn.mycompany.com or 203.0.113.1";
    if parse_v4(text).is_some() {
        return Ok(Meaning::Text(text));
    }
    if parse_v6(text.trim_matches(['[', ']'])).is_some() {
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
    // What nearly every name is.
    let is_printable = |byte: u8| (b' '..=b'~').contains(&byte);
    if text.as_bytes().first().is_some_and(u8::is_ascii_graphic)
        && text.bytes().fold(true, |is_plain, byte| is_plain & is_printable(byte))
    {
        return Ok(Meaning::Text(text));
    }
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
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::{parse_v4, parse_v6, split};

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

    proptest! {
        #[test]
        fn an_ipv4_address_is_read_as_std_reads_it(text in r"([0-9]{0,4}\.){0,4}[0-9]{0,4}|[0-9./:+ -]{0,16}|([12]?[0-9]?[0-9]\.){3}[12]?[0-9]{1,10}") {
            prop_assert_eq!(parse_v4(&text), text.parse::<Ipv4Addr>().ok());
        }

        #[test]
        fn an_ipv6_address_is_read_as_std_reads_it(text in "[0-9a-fA-F:]{0,24}|([0-9a-f]{0,5}:{1,2}){0,9}[0-9a-f.]{0,12}") {
            prop_assert_eq!(parse_v6(&text), text.parse::<Ipv6Addr>().ok());
        }

        #[test]
        fn what_std_writes_is_read(bits: u128, mask: u128, other: u128, ipv4: u32) {
            for address in [bits, bits & mask, bits & mask & other].map(Ipv6Addr::from_bits) {
                prop_assert_eq!(parse_v6(&address.to_string()), Some(address));
            }
            let address = Ipv4Addr::from_bits(ipv4);
            prop_assert_eq!(parse_v4(&address.to_string()), Some(address));
        }
    }
}
