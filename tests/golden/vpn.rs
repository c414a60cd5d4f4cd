#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///The gateway's place in one LAN.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct Connection {
        ///The id (UUID) of the datacenter that holds the LAN.
        #[serde(rename = "datacenterId")]
        pub datacenter_id: ::uuid::Uuid,
        ///The IPv4 address of the gateway in the LAN, with the prefix length of the LAN. An interface address: host bits are kept.
        #[serde(rename = "ipv4CIDR")]
        pub ipv4_cidr: ::std::string::String,
        ///The IPv6 address of the gateway in the LAN, with the prefix length of the LAN. Absent means none.
        #[serde(
            rename = "ipv6CIDR",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub ipv6_cidr: ::std::option::Option<::std::string::String>,
        ///The number of the LAN, written as text: decimal digits, at most 4294967295.
        #[serde(rename = "lanId")]
        pub lan_id: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The day of the week, in English.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[non_exhaustive]
    pub enum DayOfTheWeek {
        ///`Sunday`
        Sunday,
        ///`Monday`
        Monday,
        ///`Tuesday`
        Tuesday,
        ///`Wednesday`
        Wednesday,
        ///`Thursday`
        Thursday,
        ///`Friday`
        Friday,
        ///`Saturday`
        Saturday,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    ///The envelope of every error.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct Error {
        ///The HTTP status, once more.
        #[serde(
            rename = "httpStatus",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub http_status: ::std::option::Option<i64>,
        ///What went wrong: one message or more.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[builder(default)]
        pub messages: ::std::vec::Vec<ErrorMessage>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One thing that went wrong.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct ErrorMessage {
        ///A code for programs. Free text: `paas-auth-1`, `paas-feature-1` and `200` are on record.
        #[serde(
            rename = "errorCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub error_code: ::std::option::Option<::std::string::String>,
        ///An explanation for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The IKE version permitted for the tunnels. The server takes `IKEv2` where none is given.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[non_exhaustive]
    pub enum IkeVersion {
        ///`IKEv2`
        #[serde(rename = "IKEv2")]
        IkEv2,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    ///What an IPSec gateway is configured to be.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGateway {
        ///The LANs the gateway is connected to: 1 to 10, all in one datacenter, none twice.
        pub connections: ::std::vec::Vec<Connection>,
        ///The human-readable description: up to 1024 characters. Absent means empty.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        ///The public IP address of the gateway, IPv4 or IPv6, reserved in the datacenter of the connections.
        #[serde(rename = "gatewayIP")]
        pub gateway_ip: ::std::string::String,
        ///`maintenanceWindow`.
        #[serde(
            rename = "maintenanceWindow",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub maintenance_window: ::std::option::Option<MaintenanceWindow>,
        ///The human-readable name: 1 to 255 characters.
        pub name: ::std::string::String,
        ///`tier`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tier: ::std::option::Option<Tier>,
        ///`version`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub version: ::std::option::Option<IkeVersion>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///A gateway to create; the server chooses its id.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayCreate {
        ///`metadata`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///`properties`.
        pub properties: IpSecGateway,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///A gateway to create or replace, with its id.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayEnsure {
        ///The id (UUID) of the gateway; the same as in the path.
        pub id: ::uuid::Uuid,
        ///`metadata`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///`properties`.
        pub properties: IpSecGateway,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///What the server says about a gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayMetadata {
        ///Who created the gateway, as a URN.
        #[serde(
            rename = "createdBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub created_by: ::std::option::Option<::std::string::String>,
        ///The id of the user who created the gateway.
        #[serde(
            rename = "createdByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub created_by_user_id: ::std::option::Option<::std::string::String>,
        ///When the gateway was created.
        #[serde(
            rename = "createdDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub created_date: ::std::option::Option<crate::Timestamp>,
        ///Who last changed the gateway, as a URN.
        #[serde(
            rename = "lastModifiedBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub last_modified_by: ::std::option::Option<::std::string::String>,
        ///The id of the user who last changed the gateway.
        #[serde(
            rename = "lastModifiedByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub last_modified_by_user_id: ::std::option::Option<::std::string::String>,
        ///When the gateway was last changed.
        #[serde(
            rename = "lastModifiedDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub last_modified_date: ::std::option::Option<crate::Timestamp>,
        ///The URN of the gateway.
        #[serde(
            rename = "resourceURN",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub resource_urn: ::std::option::Option<::std::string::String>,
        ///`status`.
        pub status: Status,
        ///What is behind the status, above all behind `FAILED`. `null` where there is nothing to say.
        #[serde(rename = "statusMessage")]
        pub status_message: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///A gateway as the server has it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayRead {
        ///The path of the gateway, relative to the server.
        pub href: ::std::string::String,
        ///The id (UUID) of the gateway.
        pub id: ::uuid::Uuid,
        ///`metadata`.
        pub metadata: IpSecGatewayMetadata,
        ///`properties`.
        pub properties: IpSecGateway,
        ///The type of the resource: `ipsecgateway`.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One page of gateways.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayReadList {
        ///The path of the list, relative to the server.
        pub href: ::std::string::String,
        ///The id (UUID) of the list.
        pub id: ::uuid::Uuid,
        ///The gateways of this page.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[builder(default)]
        pub items: ::std::vec::Vec<IpSecGatewayRead>,
        ///How many gateways a page holds at most.
        pub limit: i64,
        ///`_links`.
        #[serde(rename = "_links")]
        pub links: Links,
        ///How many gateways were skipped.
        pub offset: i64,
        ///The type of the resource: `collection`.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///Where the pages beside this one are. `next` is no sign that there are more: stop at a page that is not full.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct Links {
        ///The page after this one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next: ::std::option::Option<::std::string::String>,
        ///The page before this one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub prev: ::std::option::Option<::std::string::String>,
        ///This page.
        #[serde(rename = "self", skip_serializing_if = "::std::option::Option::is_none")]
        pub self_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The weekly time at which the vendor may interrupt the gateway. Chosen by the server where none is given.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct MaintenanceWindow {
        ///`dayOfTheWeek`.
        #[serde(rename = "dayOfTheWeek")]
        pub day_of_the_week: DayOfTheWeek,
        ///The time of day in UTC at which the window begins: `HH:MM:SS`.
        pub time: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///Metadata sent along with a gateway. A free object, empty in every sample.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(transparent)]
    #[non_exhaustive]
    pub struct Metadata(
        pub ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    );
    impl ::std::ops::Deref for Metadata {
        type Target = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
        fn deref(
            &self,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &self.0
        }
    }
    impl ::std::convert::From<Metadata>
    for ::serde_json::Map<::std::string::String, ::serde_json::Value> {
        fn from(value: Metadata) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    > for Metadata {
        fn from(
            value: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self {
            Self(value)
        }
    }
    ///Where the gateway is in its life: `PROVISIONING` while it is created or updated, `FAILED` with a reason in `statusMessage`.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[non_exhaustive]
    pub enum Status {
        ///`AVAILABLE`
        #[serde(rename = "AVAILABLE")]
        Available,
        ///`PROVISIONING`
        #[serde(rename = "PROVISIONING")]
        Provisioning,
        ///`DESTROYING`
        #[serde(rename = "DESTROYING")]
        Destroying,
        ///`FAILED`
        #[serde(rename = "FAILED")]
        Failed,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    ///The size of the gateway; `_HA` is highly available. The server takes `STANDARD` where none is given.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[non_exhaustive]
    pub enum Tier {
        ///`STANDARD`
        #[serde(rename = "STANDARD")]
        Standard,
        ///`STANDARD_HA`
        #[serde(rename = "STANDARD_HA")]
        StandardHa,
        ///`ENHANCED`
        #[serde(rename = "ENHANCED")]
        Enhanced,
        ///`ENHANCED_HA`
        #[serde(rename = "ENHANCED_HA")]
        EnhancedHa,
        ///`PREMIUM`
        #[serde(rename = "PREMIUM")]
        Premium,
        ///`PREMIUM_HA`
        #[serde(rename = "PREMIUM_HA")]
        PremiumHa,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
    impl DayOfTheWeek {
        /// The value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Sunday => "Sunday",
                Self::Monday => "Monday",
                Self::Tuesday => "Tuesday",
                Self::Wednesday => "Wednesday",
                Self::Thursday => "Thursday",
                Self::Friday => "Friday",
                Self::Saturday => "Saturday",
                Self::Other(value) => value,
            }
        }
    }
    impl ::std::fmt::Display for DayOfTheWeek {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(self.as_str())
        }
    }
    impl ::std::convert::From<&str> for DayOfTheWeek {
        fn from(value: &str) -> Self {
            match value {
                "Sunday" => Self::Sunday,
                "Monday" => Self::Monday,
                "Tuesday" => Self::Tuesday,
                "Wednesday" => Self::Wednesday,
                "Thursday" => Self::Thursday,
                "Friday" => Self::Friday,
                "Saturday" => Self::Saturday,
                _ => Self::Other(value.to_owned()),
            }
        }
    }
    impl ::std::convert::From<::std::string::String> for DayOfTheWeek {
        fn from(value: ::std::string::String) -> Self {
            Self::from(value.as_str())
        }
    }
    impl ::std::str::FromStr for DayOfTheWeek {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            ::std::result::Result::Ok(Self::from(value))
        }
    }
    impl IkeVersion {
        /// The value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::IkEv2 => "IKEv2",
                Self::Other(value) => value,
            }
        }
    }
    impl ::std::fmt::Display for IkeVersion {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(self.as_str())
        }
    }
    impl ::std::convert::From<&str> for IkeVersion {
        fn from(value: &str) -> Self {
            match value {
                "IKEv2" => Self::IkEv2,
                _ => Self::Other(value.to_owned()),
            }
        }
    }
    impl ::std::convert::From<::std::string::String> for IkeVersion {
        fn from(value: ::std::string::String) -> Self {
            Self::from(value.as_str())
        }
    }
    impl ::std::str::FromStr for IkeVersion {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            ::std::result::Result::Ok(Self::from(value))
        }
    }
    impl Status {
        /// The value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Available => "AVAILABLE",
                Self::Provisioning => "PROVISIONING",
                Self::Destroying => "DESTROYING",
                Self::Failed => "FAILED",
                Self::Other(value) => value,
            }
        }
    }
    impl ::std::fmt::Display for Status {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(self.as_str())
        }
    }
    impl ::std::convert::From<&str> for Status {
        fn from(value: &str) -> Self {
            match value {
                "AVAILABLE" => Self::Available,
                "PROVISIONING" => Self::Provisioning,
                "DESTROYING" => Self::Destroying,
                "FAILED" => Self::Failed,
                _ => Self::Other(value.to_owned()),
            }
        }
    }
    impl ::std::convert::From<::std::string::String> for Status {
        fn from(value: ::std::string::String) -> Self {
            Self::from(value.as_str())
        }
    }
    impl ::std::str::FromStr for Status {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            ::std::result::Result::Ok(Self::from(value))
        }
    }
    impl Tier {
        /// The value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Standard => "STANDARD",
                Self::StandardHa => "STANDARD_HA",
                Self::Enhanced => "ENHANCED",
                Self::EnhancedHa => "ENHANCED_HA",
                Self::Premium => "PREMIUM",
                Self::PremiumHa => "PREMIUM_HA",
                Self::Other(value) => value,
            }
        }
    }
    impl ::std::fmt::Display for Tier {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(self.as_str())
        }
    }
    impl ::std::convert::From<&str> for Tier {
        fn from(value: &str) -> Self {
            match value {
                "STANDARD" => Self::Standard,
                "STANDARD_HA" => Self::StandardHa,
                "ENHANCED" => Self::Enhanced,
                "ENHANCED_HA" => Self::EnhancedHa,
                "PREMIUM" => Self::Premium,
                "PREMIUM_HA" => Self::PremiumHa,
                _ => Self::Other(value.to_owned()),
            }
        }
    }
    impl ::std::convert::From<::std::string::String> for Tier {
        fn from(value: ::std::string::String) -> Self {
            Self::from(value.as_str())
        }
    }
    impl ::std::str::FromStr for Tier {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            ::std::result::Result::Ok(Self::from(value))
        }
    }
}
#[derive(Clone, Debug)]
/**Client for IONOS Cloud VPN Gateway API

IPSec gateways that connect the LANs of a virtual data center to other networks. Written from public documentation by the authors of the ionos-vpn crate; not the vendor's document.

Version: 1.0.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::transport::Call,
}
impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::transport::Call,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::transport::Call> for Client {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::transport::Call {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::transport::Call>,
    {}
};
#[allow(clippy::all)]
impl Client {
    /**List gateways

Returns one page of the gateways of this region.

Sends a `GET` request to `/ipsecgateways`

Arguments:
- `limit`: How many gateways a page holds at most.
- `offset`: How many gateways to skip.
*/
    pub async fn list_ip_sec_gateways<'a>(
        &'a self,
        limit: Option<i64>,
        offset: Option<i64>,
    ) -> Result<ResponseValue<types::IpSecGatewayReadList>, Error<()>> {
        let url = format!("{}/ipsecgateways", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_ip_sec_gateways",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Create a gateway

Creates a gateway with an id chosen by the server. Sent twice, it creates two.

Sends a `POST` request to `/ipsecgateways`

*/
    pub async fn create_ip_sec_gateway<'a>(
        &'a self,
        body: &'a types::IpSecGatewayCreate,
    ) -> Result<ResponseValue<types::IpSecGatewayRead>, Error<()>> {
        let url = format!("{}/ipsecgateways", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_ip_sec_gateway",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get a gateway

Returns the gateway with this id. A gateway of another region is not found.

Sends a `GET` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The id (UUID) of the gateway.
*/
    pub async fn get_ip_sec_gateway<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::IpSecGatewayRead>, Error<()>> {
        let url = format!(
            "{}/ipsecgateways/{}", self.baseurl, encode_path(& gateway_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_ip_sec_gateway",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Ensure a gateway

Creates the gateway with this id, or replaces it as a whole: what is not sent is filled with defaults or left empty, whatever was there before.

Sends a `PUT` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The id (UUID) of the gateway.
- `body`
*/
    pub async fn ensure_ip_sec_gateway<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
        body: &'a types::IpSecGatewayEnsure,
    ) -> Result<ResponseValue<types::IpSecGatewayRead>, Error<()>> {
        let url = format!(
            "{}/ipsecgateways/{}", self.baseurl, encode_path(& gateway_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "ensure_ip_sec_gateway",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Delete a gateway

Begins the deletion of the gateway; its status is `DESTROYING` until it is gone.

Sends a `DELETE` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The id (UUID) of the gateway.
*/
    pub async fn delete_ip_sec_gateway<'a>(
        &'a self,
        gateway_id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/ipsecgateways/{}", self.baseurl, encode_path(& gateway_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "delete_ip_sec_gateway",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
mod rules {
    use crate::validate::{Field, Object, Rule, format};
    pub(super) static CONNECTION: Object = Object {
        name: "Connection",
        fields: &[
            Field {
                name: "datacenterId",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::uuid),
                    secret: false,
                },
            },
            Field {
                name: "ipv4CIDR",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::ipv4_interface),
                    secret: false,
                },
            },
            Field {
                name: "ipv6CIDR",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::ipv6_interface),
                    secret: false,
                },
            },
            Field {
                name: "lanId",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::lan_id),
                    secret: false,
                },
            },
        ],
    };
    pub(super) static ERROR: Object = Object {
        name: "Error",
        fields: &[
            Field {
                name: "httpStatus",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "messages",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::List {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    keys: &[],
                    item: &Rule::Object(&ERROR_MESSAGE),
                },
            },
        ],
    };
    pub(super) static ERROR_MESSAGE: Object = Object {
        name: "ErrorMessage",
        fields: &[
            Field {
                name: "errorCode",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "message",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
    };
    pub(super) static IP_SEC_GATEWAY: Object = Object {
        name: "IPSecGateway",
        fields: &[
            Field {
                name: "connections",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::List {
                    min: 1u64,
                    max: 10u64,
                    keys: &["datacenterId", "lanId"],
                    item: &Rule::Object(&CONNECTION),
                },
            },
            Field {
                name: "description",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 1024u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "gatewayIP",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::public_ip),
                    secret: false,
                },
            },
            Field {
                name: "maintenanceWindow",
                required: false,
                nullable: false,
                server_default: true,
                rule: Rule::Object(&MAINTENANCE_WINDOW),
            },
            Field {
                name: "name",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 1u64,
                    max: 255u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "tier",
                required: false,
                nullable: false,
                server_default: true,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "version",
                required: false,
                nullable: false,
                server_default: true,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
    };
    pub(super) static IP_SEC_GATEWAY_CREATE: Object = Object {
        name: "IPSecGatewayCreate",
        fields: &[
            Field {
                name: "metadata",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Map,
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
        ],
    };
    pub(super) static IP_SEC_GATEWAY_ENSURE: Object = Object {
        name: "IPSecGatewayEnsure",
        fields: &[
            Field {
                name: "id",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::uuid),
                    secret: false,
                },
            },
            Field {
                name: "metadata",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Map,
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
        ],
    };
    pub(super) static IP_SEC_GATEWAY_METADATA: Object = Object {
        name: "IPSecGatewayMetadata",
        fields: &[
            Field {
                name: "createdBy",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "createdByUserId",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "createdDate",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "lastModifiedBy",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "lastModifiedByUserId",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "lastModifiedDate",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "resourceURN",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "status",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "statusMessage",
                required: false,
                nullable: true,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
    };
    pub(super) static IP_SEC_GATEWAY_READ: Object = Object {
        name: "IPSecGatewayRead",
        fields: &[
            Field {
                name: "href",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "id",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::uuid),
                    secret: false,
                },
            },
            Field {
                name: "metadata",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Object(&IP_SEC_GATEWAY_METADATA),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
            Field {
                name: "type",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
    };
    pub(super) static IP_SEC_GATEWAY_READ_LIST: Object = Object {
        name: "IPSecGatewayReadList",
        fields: &[
            Field {
                name: "_links",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Object(&LINKS),
            },
            Field {
                name: "href",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "id",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::uuid),
                    secret: false,
                },
            },
            Field {
                name: "items",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::List {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    keys: &[],
                    item: &Rule::Object(&IP_SEC_GATEWAY_READ),
                },
            },
            Field {
                name: "limit",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Integer {
                    min: 1i64,
                    max: 1000i64,
                },
            },
            Field {
                name: "offset",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Integer {
                    min: 0i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "type",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
    };
    pub(super) static LINKS: Object = Object {
        name: "Links",
        fields: &[
            Field {
                name: "next",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "prev",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "self",
                required: false,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
    };
    pub(super) static MAINTENANCE_WINDOW: Object = Object {
        name: "MaintenanceWindow",
        fields: &[
            Field {
                name: "dayOfTheWeek",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "time",
                required: true,
                nullable: false,
                server_default: false,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::time_local),
                    secret: false,
                },
            },
        ],
    };
}
impl crate::Validate for types::Connection {
    const RULES: &'static crate::validate::Object = &rules::CONNECTION;
}
impl crate::Validate for types::Error {
    const RULES: &'static crate::validate::Object = &rules::ERROR;
}
impl crate::Validate for types::ErrorMessage {
    const RULES: &'static crate::validate::Object = &rules::ERROR_MESSAGE;
}
impl crate::Validate for types::IpSecGateway {
    const RULES: &'static crate::validate::Object = &rules::IP_SEC_GATEWAY;
}
impl crate::Validate for types::IpSecGatewayCreate {
    const RULES: &'static crate::validate::Object = &rules::IP_SEC_GATEWAY_CREATE;
}
impl crate::Validate for types::IpSecGatewayEnsure {
    const RULES: &'static crate::validate::Object = &rules::IP_SEC_GATEWAY_ENSURE;
}
impl crate::Validate for types::IpSecGatewayMetadata {
    const RULES: &'static crate::validate::Object = &rules::IP_SEC_GATEWAY_METADATA;
}
impl crate::Validate for types::IpSecGatewayRead {
    const RULES: &'static crate::validate::Object = &rules::IP_SEC_GATEWAY_READ;
}
impl crate::Validate for types::IpSecGatewayReadList {
    const RULES: &'static crate::validate::Object = &rules::IP_SEC_GATEWAY_READ_LIST;
}
impl crate::Validate for types::Links {
    const RULES: &'static crate::validate::Object = &rules::LINKS;
}
impl crate::Validate for types::MaintenanceWindow {
    const RULES: &'static crate::validate::Object = &rules::MAINTENANCE_WINDOW;
}
/// A region in which the vendor serves the API.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Region {
    ///`de-fra`: Frankfurt, Germany
    DeFra,
    ///`de-txl`: Berlin, Germany
    DeTxl,
    ///`es-vit`: Logroño, Spain
    EsVit,
    ///`fr-par`: Paris, France
    FrPar,
    ///`gb-bhx`: Birmingham, United Kingdom
    GbBhx,
    ///`gb-lhr`: London, United Kingdom
    GbLhr,
    ///`us-ewr`: Newark, United States
    UsEwr,
    ///`us-las`: Las Vegas, United States
    UsLas,
    ///`us-mci`: Lenexa, United States
    UsMci,
    /// A region that this version does not list, by its name in host names, such as `de-fra`.
    Other(String),
}
impl Region {
    /// The regions that this version lists.
    pub const KNOWN: &'static [Self] = &[
        Self::DeFra,
        Self::DeTxl,
        Self::EsVit,
        Self::FrPar,
        Self::GbBhx,
        Self::GbLhr,
        Self::UsEwr,
        Self::UsLas,
        Self::UsMci,
    ];
    /// The name of the region in host names.
    pub fn as_str(&self) -> &str {
        match self {
            Self::DeFra => "de-fra",
            Self::DeTxl => "de-txl",
            Self::EsVit => "es-vit",
            Self::FrPar => "fr-par",
            Self::GbBhx => "gb-bhx",
            Self::GbLhr => "gb-lhr",
            Self::UsEwr => "us-ewr",
            Self::UsLas => "us-las",
            Self::UsMci => "us-mci",
            Self::Other(name) => name,
        }
    }
}
