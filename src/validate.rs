//! What is wrong with a resource, before it is sent.
//!
//! The build writes a table of [`Field`]s for every object of the document; the functions here go by it. Each format is one
//! function of [`format`]; what concerns several fields at once is in [`across`].

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Checks a resource by the bounds and formats of the API, without sending anything.
///
/// Every generated object implements it. Values of an enumeration that this version does not know and fields that it does
/// not know are no violation: the server is the authority on those.
pub trait Validate: Serialize {
    #[doc(hidden)]
    const RULES: &'static Object;

    /// Checks every field.
    ///
    /// # Errors
    /// [`Violations`] with every value that breaks a rule, not just the first.
    fn validate(&self) -> Result<(), Violations> {
        let value = serde_json::to_value(self).map_err(|error| Violation::new("", Value::Null, error.to_string()))?;
        violations(Self::RULES, &value).map_or(Ok(()), Err)
    }

    /// Reads the resource from JSON, checking it on the way: a field that is missing, or of another type, or no UUID, is
    /// reported together with everything that [`Validate::validate`] finds.
    ///
    /// # Errors
    /// [`Violations`]; for a text that is not JSON a single one, without a path, that says where.
    fn from_json(json: &[u8]) -> Result<Self, Violations>
    where
        Self: DeserializeOwned,
    {
        let whole = |error: serde_json::Error| Violations::from(Violation::new("", Value::Null, error.to_string()));
        let value = serde_json::from_slice(json).map_err(whole)?;
        violations(Self::RULES, &value).map_or(Ok(()), Err)?;
        serde_json::from_value(value).map_err(whole)
    }
}

/// One value that breaks a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    path: String,
    value: Value,
    remedy: String,
}

impl Violation {
    pub(crate) fn new(path: &str, value: Value, remedy: impl Into<String>) -> Self {
        Self { path: path.to_owned(), value, remedy: remedy.into() }
    }

    /// Returns where the value is, such as `properties.connections[0].ipv4CIDR`; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the value that was found; `null` where there is none, `"***"` where it is a [`Secret`](crate::Secret).
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns what would be right, as the end of a sentence: `must have 1 to 255 characters`.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    /// True when both say the same of the same field, be it of another element of a list.
    fn is_alike(&self, other: &Self) -> bool {
        let bare = |path: &str| path.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        self.value == other.value && self.remedy == other.remedy && bare(&self.path) == bare(&other.path)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() { "the document" } else { &self.path };
        match &self.value {
            Value::Null => write!(f, "{place} {}", self.remedy),
            value => write!(f, "{place} {} {}", crate::error::snippet(value.to_string().as_bytes(), 80), self.remedy),
        }
    }
}

/// Every value of a resource that breaks a rule; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Returns the violations in the order of the fields.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// Leaves out what was already wrong before; `None` when nothing is left.
    pub(crate) fn beyond(mut self, before: Option<&Self>) -> Option<Self> {
        for old in before.into_iter().flat_map(|before| &before.0) {
            if let Some(index) = self.0.iter().position(|new| new.is_alike(old)) {
                self.0.remove(index);
            }
        }
        Some(self).filter(|left| !left.0.is_empty())
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            write!(f, "{}{violation}", if index > 0 { "; " } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// The rules of an object, written by the build.
#[doc(hidden)]
#[derive(Debug)]
pub struct Object {
    pub name: &'static str,
    pub fields: &'static [Field],
}

/// The rules of a field, written by the build.
#[doc(hidden)]
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub required: bool,
    pub nullable: bool,
    /// Absent, it is filled by the server.
    pub server_default: bool,
    pub rule: Rule,
}

/// A format: the canonical text of a value, or what would be right.
type Format = fn(&str) -> Result<String, &'static str>;

/// What a value must be, written by the build.
#[doc(hidden)]
#[derive(Debug)]
pub enum Rule {
    Any,
    Boolean,
    Number,
    Integer { min: i64, max: i64 },
    Text { min: u64, max: u64, format: Option<Format>, secret: bool },
    List { min: u64, max: u64, keys: &'static [&'static str], item: &'static Rule },
    Object(&'static Object),
    Map,
}

impl Object {
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Rule {
    /// Returns the value as it is compared: texts of a format by what they mean.
    pub(crate) fn canonical(&self, value: &Value) -> Value {
        match (self, value) {
            (Self::Text { format: Some(format), .. }, Value::String(text)) => {
                format(text).map_or_else(|_| value.clone(), Value::from)
            }
            _ => value.clone(),
        }
    }

    /// Returns the value as it may be shown, without the secrets in it.
    pub(crate) fn shown(&self, value: &Value) -> Value {
        match (self, value) {
            (Self::Text { secret: true, .. }, _) => "***".into(),
            (Self::List { item, .. }, Value::Array(list)) => list.iter().map(|value| item.shown(value)).collect(),
            (Self::Object(object), Value::Object(map)) => map
                .iter()
                .map(|(name, value)| match object.field(name) {
                    Some(field) => (name.clone(), field.rule.shown(value)),
                    None => (name.clone(), value.clone()),
                })
                .collect(),
            _ => value.clone(),
        }
    }

    /// Returns what identifies an element of a list that has keys.
    pub(crate) fn identity(&self, keys: &[&str], item: &Value) -> Option<Vec<Value>> {
        let Self::Object(object) = self else { return None };
        let key = |key: &&str| Some(object.field(key)?.rule.canonical(item.get(*key)?));
        keys.iter().map(key).collect::<Option<Vec<_>>>().filter(|identity| !identity.is_empty())
    }
}

pub(crate) fn violations(object: &Object, value: &Value) -> Option<Violations> {
    let mut found = Vec::new();
    check_object(object, value, "", &mut found);
    Some(Violations(found)).filter(|found| !found.0.is_empty())
}

fn check_object(object: &Object, value: &Value, path: &str, found: &mut Vec<Violation>) {
    let Some(map) = value.as_object() else {
        return found.push(Violation::new(path, value.clone(), "must be an object"));
    };
    for field in object.fields {
        let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        match map.get(field.name) {
            None | Some(Value::Null) if !field.required => {}
            Some(Value::Null) if field.nullable => {}
            None | Some(Value::Null) => found.push(Violation::new(&path, Value::Null, "is missing and must be given")),
            Some(value) => check(&field.rule, value, &path, found),
        }
    }
    across(object, value, path, found);
}

fn check(rule: &Rule, value: &Value, path: &str, found: &mut Vec<Violation>) {
    let mut refuse = |remedy: String| found.push(Violation::new(path, rule.shown(value), remedy));
    let within = |size: usize, min: u64, max: u64| (min..=max).contains(&(size as u64));
    match (rule, value) {
        (Rule::Any, _)
        | (Rule::Boolean, Value::Bool(_))
        | (Rule::Number, Value::Number(_))
        | (Rule::Map, Value::Object(_)) => {}
        (Rule::Integer { min, max }, Value::Number(number)) => {
            if !number.as_i64().is_some_and(|number| (min..=max).contains(&&number)) {
                refuse(format!(
                    "must be a whole number {}",
                    span(u64::try_from(*min).unwrap_or(0), u64::try_from(*max).unwrap_or(0))
                ));
            }
        }
        (Rule::Text { min, max, format, .. }, Value::String(text)) => {
            if !within(text.chars().count(), *min, *max) {
                refuse(format!("must have {} characters", span(*min, *max)));
            } else if let Some(Err(remedy)) = format.map(|format| format(text)) {
                refuse(remedy.to_owned());
            }
        }
        (Rule::Text { secret: false, .. }, Value::Number(number)) => refuse(format!("must be text: \"{number}\"")),
        (Rule::List { min, max, keys, item }, Value::Array(list)) => {
            if !within(list.len(), *min, *max) {
                refuse(format!("must have {} elements, not {}", span(*min, *max), list.len()));
            }
            let mut seen = HashSet::new();
            for (index, value) in list.iter().enumerate() {
                let path = format!("{path}[{index}]");
                check(item, value, &path, found);
                if item.identity(keys, value).is_some_and(|identity| !seen.insert(identity)) {
                    let remedy =
                        format!("is there twice: {} must differ from every other element's", keys.join(" and "));
                    found.push(Violation::new(&path, item.shown(value), remedy));
                }
            }
        }
        (Rule::Object(object), _) => check_object(object, value, path, found),
        (Rule::Text { .. }, _) => refuse("must be text".to_owned()),
        (Rule::List { .. }, _) => refuse("must be a list".to_owned()),
        (Rule::Map, _) => refuse("must be an object".to_owned()),
        (Rule::Boolean, _) => refuse("must be true or false".to_owned()),
        (Rule::Number | Rule::Integer { .. }, _) => refuse("must be a number".to_owned()),
    }
}

fn span(min: u64, max: u64) -> String {
    match (min, max) {
        (0, max) => format!("at most {max}"),
        (min, max) if max >= i64::MAX as u64 => format!("at least {min}"),
        (min, max) => format!("{min} to {max}"),
    }
}

/// The rules that concern several fields at once.
fn across(object: &Object, value: &Value, path: &str, found: &mut Vec<Violation>) {
    if object.name == "IPSecGateway" {
        let connections = value.get("connections").and_then(Value::as_array).into_iter().flatten();
        let datacenters =
            connections.enumerate().filter_map(|(index, it)| Some((index, it.get("datacenterId")?.as_str()?)));
        let mut valid = datacenters.filter_map(|(index, text)| Some((index, text, format::uuid(text).ok()?)));
        let Some((_, _, first)) = valid.next() else { return };
        for (index, text, _) in valid.filter(|(_, _, datacenter)| *datacenter != first) {
            let dot = if path.is_empty() { "" } else { "." };
            let path = format!("{path}{dot}connections[{index}].datacenterId");
            let remedy = format!("must be {first} like that of the first connection: all are in one datacenter");
            found.push(Violation::new(&path, text.into(), remedy));
        }
    }
}

/// The formats of the document. Each returns the canonical text, by which values are compared.
pub(crate) mod format {
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
            return Err("must be an IPv4 address; IPv6 belongs in ipv6CIDR");
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
            return Err("must be an IPv6 address; IPv4 belongs in ipv4CIDR");
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
}
