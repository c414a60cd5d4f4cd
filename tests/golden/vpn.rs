#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///The connection of a gateway to one LAN.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct Connection {
        /**The ID (UUID) of the datacenter that contains the LAN.

JSON: `datacenterId`.*/
        #[serde(rename = "datacenterId")]
        pub datacenter_id: ::uuid::Uuid,
        /**The IPv4 address of the gateway in the LAN, with the prefix length of the LAN. Host bits are kept.

JSON: `ipv4CIDR`.*/
        #[serde(rename = "ipv4CIDR")]
        pub ipv4_cidr: ::std::string::String,
        /**The IPv6 address of the gateway in the LAN, with the prefix length of the LAN. Host bits are kept.

JSON: `ipv6CIDR`.*/
        #[serde(
            rename = "ipv6CIDR",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub ipv6_cidr: ::std::option::Option<::std::string::String>,
        /**The numeric ID of the LAN, written as a string.

JSON: `lanId`.*/
        #[serde(rename = "lanId")]
        pub lan_id: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The day of the week on which the window starts.
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
    ///The body of every error response.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct Error {
        /**The HTTP status code of the response.

JSON: `httpStatus`.*/
        #[serde(
            rename = "httpStatus",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub http_status: ::std::option::Option<i64>,
        ///The errors that occurred.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[builder(default)]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub messages: ::std::vec::Vec<ErrorMessage>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One error.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct ErrorMessage {
        /**The code of the error, for programs.

JSON: `errorCode`.*/
        #[serde(
            rename = "errorCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub error_code: ::std::option::Option<::std::string::String>,
        ///The explanation of the error, for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The IKE version that is permitted for the VPN tunnels. Default: `IKEv2`.
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
        IkeV2,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    ///The properties of an IPSec gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGateway {
        ///The LANs that the gateway is connected to: at most 10, all in one datacenter, no LAN twice.
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub connections: ::std::vec::Vec<Connection>,
        ///The human-readable description: at most 1024 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        /**The public IP address of the gateway. It must be reserved in the same datacenter as the connections.

JSON: `gatewayIP`.*/
        #[serde(rename = "gatewayIP")]
        pub gateway_ip: ::std::string::String,
        /**The weekly window of 4 hours in which the gateway may be under maintenance. The server chooses one if none is given.

JSON: `maintenanceWindow`.*/
        #[serde(
            rename = "maintenanceWindow",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub maintenance_window: ::std::option::Option<MaintenanceWindow>,
        ///The human-readable name: at most 255 characters.
        pub name: ::std::string::String,
        ///The performance tier of the gateway; the tiers with `_HA` are highly available. Default: `STANDARD`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tier: ::std::option::Option<Tier>,
        ///The IKE version that is permitted for the VPN tunnels. Default: `IKEv2`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub version: ::std::option::Option<IkeVersion>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates an IPSec gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayCreate {
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of an IPSec gateway.
        pub properties: IpSecGateway,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates or replaces an IPSec gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayEnsure {
        ///The ID (UUID) of the IPSec gateway. It must be the one in the path.
        pub id: ::uuid::Uuid,
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of an IPSec gateway.
        pub properties: IpSecGateway,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The metadata of an IPSec gateway. The server sets it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayMetadata {
        /**The URN of the identity that created the IPSec gateway.

JSON: `createdBy`.*/
        #[serde(
            rename = "createdBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub created_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who created the IPSec gateway.

JSON: `createdByUserId`.*/
        #[serde(
            rename = "createdByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub created_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the IPSec gateway was created.

JSON: `createdDate`.*/
        #[serde(
            rename = "createdDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub created_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the identity that last modified the IPSec gateway.

JSON: `lastModifiedBy`.*/
        #[serde(
            rename = "lastModifiedBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub last_modified_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who last modified the IPSec gateway.

JSON: `lastModifiedByUserId`.*/
        #[serde(
            rename = "lastModifiedByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub last_modified_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the IPSec gateway was last modified.

JSON: `lastModifiedDate`.*/
        #[serde(
            rename = "lastModifiedDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub last_modified_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the IPSec gateway.

JSON: `resourceURN`.*/
        #[serde(
            rename = "resourceURN",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub resource_urn: ::std::option::Option<::std::string::String>,
        ///The status of the IPSec gateway: `PROVISIONING` while it is created or updated; for `FAILED`, see `statusMessage`.
        pub status: Status,
        /**The reason for the status, if there is one to give.

JSON: `statusMessage`.*/
        #[serde(rename = "statusMessage")]
        pub status_message: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///An IPSec gateway as the server returns it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayRead {
        ///The path of the IPSec gateway, relative to the server.
        pub href: ::std::string::String,
        ///The ID (UUID) of the IPSec gateway.
        pub id: ::uuid::Uuid,
        ///The metadata of an IPSec gateway. The server sets it.
        pub metadata: IpSecGatewayMetadata,
        ///The properties of an IPSec gateway.
        pub properties: IpSecGateway,
        /**The type of the resource.

JSON: `type`.*/
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One page of IPSec gateways.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct IpSecGatewayReadList {
        ///The path of the list, relative to the server.
        pub href: ::std::string::String,
        ///The ID (UUID) of the list.
        pub id: ::uuid::Uuid,
        ///The IPSec gateways of this page.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[builder(default)]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub items: ::std::vec::Vec<IpSecGatewayRead>,
        ///The maximum number of IPSec gateways in one page.
        pub limit: i64,
        /**Links to the neighbouring pages.

JSON: `_links`.*/
        #[serde(rename = "_links")]
        pub links: Links,
        ///The number of IPSec gateways that were skipped.
        pub offset: i64,
        /**The type of the resource: `collection`.

JSON: `type`.*/
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///Links to the neighbouring pages.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct Links {
        ///The URI of the next page. Present only if `offset` plus `limit` is less than the total.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next: ::std::option::Option<::std::string::String>,
        ///The URI of the previous page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub prev: ::std::option::Option<::std::string::String>,
        /**The URI of this page.

JSON: `self`.*/
        #[serde(rename = "self", skip_serializing_if = "::std::option::Option::is_none")]
        pub self_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The weekly window of 4 hours in which the gateway may be under maintenance. The server chooses one if none is given.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    #[derive(::bon::Builder)]
    #[builder(on(::std::string::String, into), on(crate::Secret, into))]
    pub struct MaintenanceWindow {
        /**The day of the week on which the window starts.

JSON: `dayOfTheWeek`.*/
        #[serde(rename = "dayOfTheWeek")]
        pub day_of_the_week: DayOfTheWeek,
        ///The start of the window in UTC: `HH:MM:SS`.
        pub time: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(flatten)]
        #[builder(default)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///Metadata that is sent with a resource. A free object.
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
    ///The status of the IPSec gateway: `PROVISIONING` while it is created or updated; for `FAILED`, see `statusMessage`.
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
    ///The performance tier of the gateway; the tiers with `_HA` are highly available. Default: `STANDARD`.
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
        /// Returns the value as it is written in JSON.
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
        /// Returns the value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::IkeV2 => "IKEv2",
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
                "IKEv2" => Self::IkeV2,
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
        /// Returns the value as it is written in JSON.
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
        /// Returns the value as it is written in JSON.
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

API for IPSec gateways, which connect the LANs of a virtual data center to other networks. This document is written from public documentation by the authors of the ionos-vpn crate. It is not the vendor's own file.

Version: 1.0.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::call::Call,
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
        inner: crate::call::Call,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::call::Call> for Client {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::call::Call {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::call::Call>,
    {}
};
#[allow(clippy::all)]
impl Client {
    /**Retrieve all IPSec Gateways

Returns the IPSec gateways of this region, page by page.

Sends a `GET` request to `/ipsecgateways`

Arguments:
- `limit`: The maximum number of IPSec gateways to return.
- `offset`: The number of IPSec gateways to skip.
*/
    pub async fn ipsecgateways_get<'a>(
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
            operation_id: "ipsecgatewaysGet",
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
    /**Create IPSec Gateway

Creates an IPSec gateway. The server chooses its id.

Sends a `POST` request to `/ipsecgateways`

*/
    pub async fn ipsecgateways_post<'a>(
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
            operation_id: "ipsecgatewaysPost",
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
    /**Retrieve IPSec Gateway

Returns the IPSec gateway with this id. An IPSec gateway of another region is not found.

Sends a `GET` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
*/
    pub async fn ipsecgateways_find_by_id<'a>(
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
            operation_id: "ipsecgatewaysFindById",
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
    /**Ensure IPSec Gateway

Creates the IPSec gateway with this id or replaces it as a whole. Fields that are missing in the request get their default or become empty. Earlier values are not kept.

Sends a `PUT` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
- `body`
*/
    pub async fn ipsecgateways_put<'a>(
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
            operation_id: "ipsecgatewaysPut",
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
    /**Delete IPSec Gateway

Starts the deletion of the IPSec gateway.

Sends a `DELETE` request to `/ipsecgateways/{gatewayId}`

Arguments:
- `gateway_id`: The ID (UUID) of the IPSec gateway.
*/
    pub async fn ipsecgateways_delete<'a>(
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
            operation_id: "ipsecgatewaysDelete",
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
/// The rules of every object.
mod rules {
    use crate::model::format;
    use crate::model::rule::{Field, Object, Rule};
    pub(super) static CONNECTION: Object = Object {
        name: "Connection",
        fields: &[
            Field {
                name: "datacenterId",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::lan_id),
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static ERROR: Object = Object {
        name: "Error",
        fields: &[
            Field {
                name: "httpStatus",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "messages",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::List {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    keys: &[],
                    same: &[],
                    item: &Rule::Object(&ERROR_MESSAGE),
                },
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static ERROR_MESSAGE: Object = Object {
        name: "ErrorMessage",
        fields: &[
            Field {
                name: "errorCode",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static IP_SEC_GATEWAY: Object = Object {
        name: "IPSecGateway",
        fields: &[
            Field {
                name: "connections",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::List {
                    min: 1u64,
                    max: 10u64,
                    keys: &["datacenterId", "lanId"],
                    same: &["datacenterId"],
                    item: &Rule::Object(&CONNECTION),
                },
            },
            Field {
                name: "description",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: Some(
                    "{\"dayOfTheWeek\":\"Sunday\",\"time\":\"03:00:00\"}",
                ),
                rule: Rule::Object(&MAINTENANCE_WINDOW),
            },
            Field {
                name: "name",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Text {
                    min: 1u64,
                    max: 255u64,
                    format: Some(format::label),
                    secret: false,
                },
            },
            Field {
                name: "tier",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: Some("\"STANDARD\""),
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
                read_only: false,
                write_only: false,
                server_default: Some("\"IKEv2\""),
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static IP_SEC_GATEWAY_CREATE: Object = Object {
        name: "IPSecGatewayCreate",
        fields: &[
            Field {
                name: "metadata",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static IP_SEC_GATEWAY_ENSURE: Object = Object {
        name: "IPSecGatewayEnsure",
        fields: &[
            Field {
                name: "id",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static IP_SEC_GATEWAY_METADATA: Object = Object {
        name: "IPSecGatewayMetadata",
        fields: &[
            Field {
                name: "createdBy",
                required: false,
                nullable: false,
                read_only: true,
                write_only: false,
                server_default: None,
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
                read_only: true,
                write_only: false,
                server_default: None,
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
                read_only: true,
                write_only: false,
                server_default: None,
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
                read_only: true,
                write_only: false,
                server_default: None,
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
                read_only: true,
                write_only: false,
                server_default: None,
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
                read_only: true,
                write_only: false,
                server_default: None,
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
                read_only: true,
                write_only: false,
                server_default: None,
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
                read_only: true,
                write_only: false,
                server_default: None,
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
                read_only: true,
                write_only: false,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static IP_SEC_GATEWAY_READ: Object = Object {
        name: "IPSecGatewayRead",
        fields: &[
            Field {
                name: "href",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Object(&IP_SEC_GATEWAY_METADATA),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
            Field {
                name: "type",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static IP_SEC_GATEWAY_READ_LIST: Object = Object {
        name: "IPSecGatewayReadList",
        fields: &[
            Field {
                name: "_links",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Object(&LINKS),
            },
            Field {
                name: "href",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::List {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    keys: &[],
                    same: &[],
                    item: &Rule::Object(&IP_SEC_GATEWAY_READ),
                },
            },
            Field {
                name: "limit",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "offset",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "type",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static LINKS: Object = Object {
        name: "Links",
        fields: &[
            Field {
                name: "next",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
    };
    pub(super) static MAINTENANCE_WINDOW: Object = Object {
        name: "MaintenanceWindow",
        fields: &[
            Field {
                name: "dayOfTheWeek",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                server_default: None,
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
                read_only: false,
                write_only: false,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::time_local),
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
    };
}
impl crate::model::Sealed for types::Connection {}
impl crate::Validate for types::Connection {
    const RULES: &'static crate::model::rule::Object = &rules::CONNECTION;
}
impl crate::model::Sealed for types::Error {}
impl crate::Validate for types::Error {
    const RULES: &'static crate::model::rule::Object = &rules::ERROR;
}
impl crate::model::Sealed for types::ErrorMessage {}
impl crate::Validate for types::ErrorMessage {
    const RULES: &'static crate::model::rule::Object = &rules::ERROR_MESSAGE;
}
impl crate::model::Sealed for types::IpSecGateway {}
impl crate::Validate for types::IpSecGateway {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_GATEWAY;
}
impl crate::model::Sealed for types::IpSecGatewayCreate {}
impl crate::Validate for types::IpSecGatewayCreate {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_GATEWAY_CREATE;
}
impl crate::model::Sealed for types::IpSecGatewayEnsure {}
impl crate::Validate for types::IpSecGatewayEnsure {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_GATEWAY_ENSURE;
}
impl crate::model::Sealed for types::IpSecGatewayMetadata {}
impl crate::Validate for types::IpSecGatewayMetadata {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_GATEWAY_METADATA;
}
impl crate::model::Sealed for types::IpSecGatewayRead {}
impl crate::Validate for types::IpSecGatewayRead {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_GATEWAY_READ;
}
impl crate::model::Sealed for types::IpSecGatewayReadList {}
impl crate::Validate for types::IpSecGatewayReadList {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_GATEWAY_READ_LIST;
}
impl crate::model::Sealed for types::Links {}
impl crate::Validate for types::Links {
    const RULES: &'static crate::model::rule::Object = &rules::LINKS;
}
impl crate::model::Sealed for types::MaintenanceWindow {}
impl crate::Validate for types::MaintenanceWindow {
    const RULES: &'static crate::model::rule::Object = &rules::MAINTENANCE_WINDOW;
}
/// What the document says of each kind, and how to call its operations.
mod kinds {
    use super::{Client, Error, ResponseValue, rules, types};
    use crate::model::kind::{Kind, Operations, Resource, Segment};
    pub(super) static IP_SEC_GATEWAY: Kind = Kind {
        name: "IPSec gateway",
        path: &[
            Segment {
                name: "ipsecgateways",
                misspellings: &["ipssecgateways"],
            },
        ],
        operations: Operations {
            ensure: "ipsecgatewaysPut",
            create: "ipsecgatewaysPost",
            get: "ipsecgatewaysFindById",
            delete: "ipsecgatewaysDelete",
            list: "ipsecgatewaysGet",
        },
        ensure: &rules::IP_SEC_GATEWAY_ENSURE,
        create: &rules::IP_SEC_GATEWAY_CREATE,
        sample_type: "ipsecgateway",
        sample_metadata: "{\"createdBy\":\"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"createdByUserId\":\"87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"createdDate\":\"2020-12-10T13:37:50+01:00\",\"lastModifiedBy\":\"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"lastModifiedByUserId\":\"87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"lastModifiedDate\":\"2020-12-11T13:37:50+01:00\",\"resourceURN\":\"ionos:<product>:<location>:<contract>:<resource-path>\"}",
    };
    impl Resource for types::IpSecGateway {
        type Parents = [::uuid::Uuid; 0usize];
        type Ensure = types::IpSecGatewayEnsure;
        type Create = types::IpSecGatewayCreate;
        type Read = types::IpSecGatewayRead;
        type List = types::IpSecGatewayReadList;
        const KIND: &'static Kind = &IP_SEC_GATEWAY;
        fn call_ensure<'a>(
            api: &'a Client,
            parents: &'a Self::Parents,
            id: &'a ::uuid::Uuid,
            body: &'a Self::Ensure,
        ) -> impl ::std::future::Future<
            Output = Result<ResponseValue<Self::Read>, Error<()>>,
        > + Send + 'a {
            async move {
                let [] = parents;
                api.ipsecgateways_put(id, body).await
            }
        }
        fn call_create<'a>(
            api: &'a Client,
            parents: &'a Self::Parents,
            body: &'a Self::Create,
        ) -> impl ::std::future::Future<
            Output = Result<ResponseValue<Self::Read>, Error<()>>,
        > + Send + 'a {
            async move {
                let [] = parents;
                api.ipsecgateways_post(body).await
            }
        }
        fn call_get<'a>(
            api: &'a Client,
            parents: &'a Self::Parents,
            id: &'a ::uuid::Uuid,
        ) -> impl ::std::future::Future<
            Output = Result<ResponseValue<Self::Read>, Error<()>>,
        > + Send + 'a {
            async move {
                let [] = parents;
                api.ipsecgateways_find_by_id(id).await
            }
        }
        fn call_delete<'a>(
            api: &'a Client,
            parents: &'a Self::Parents,
            id: &'a ::uuid::Uuid,
        ) -> impl ::std::future::Future<
            Output = Result<ResponseValue<()>, Error<()>>,
        > + Send + 'a {
            async move {
                let [] = parents;
                api.ipsecgateways_delete(id).await
            }
        }
        fn call_list<'a>(
            api: &'a Client,
            parents: &'a Self::Parents,
            offset: i64,
            limit: i64,
        ) -> impl ::std::future::Future<
            Output = Result<ResponseValue<Self::List>, Error<()>>,
        > + Send + 'a {
            async move {
                let [] = parents;
                api.ipsecgateways_get(Some(limit), Some(offset)).await
            }
        }
        fn ensure_body(
            id: ::uuid::Uuid,
            properties: Self,
            metadata: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self::Ensure {
            let properties = crate::model::drift::without_read_only(properties);
            Self::Ensure::builder()
                .id(id)
                .properties(properties)
                .metadata(types::Metadata(metadata))
                .extra(extra)
                .build()
        }
        fn create_body(
            properties: Self,
            metadata: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self::Create {
            let properties = crate::model::drift::without_read_only(properties);
            Self::Create::builder()
                .properties(properties)
                .metadata(types::Metadata(metadata))
                .build()
        }
        fn id(read: &Self::Read) -> ::uuid::Uuid {
            read.id
        }
        fn properties(read: &Self::Read) -> &Self {
            &read.properties
        }
        fn status(read: &Self::Read) -> &types::Status {
            &read.metadata.status
        }
        fn status_message(read: &Self::Read) -> Option<&str> {
            ::std::option::Option::<
                &::std::string::String,
            >::from(&read.metadata.status_message)
                .map(::std::string::String::as_str)
        }
        fn last_modified(read: &Self::Read) -> Option<&crate::Timestamp> {
            ::std::option::Option::<
                &crate::Timestamp,
            >::from(&read.metadata.last_modified_date)
        }
        fn extra(
            read: &Self::Read,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &read.extra
        }
        fn metadata_extra(
            read: &Self::Read,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &read.metadata.extra
        }
        fn items(list: Self::List) -> Vec<Self::Read> {
            list.items
        }
        fn limit(list: &Self::List) -> Option<i64> {
            ::std::option::Option::<&i64>::from(&list.limit).copied()
        }
    }
    impl types::IpSecGateway {
        /// Returns how `actual` differs from this, the desired state; see [`drift`](crate::drift()).
        #[must_use]
        pub fn drift_from(&self, actual: &Self) -> crate::Drift {
            crate::drift(self, actual)
        }
    }
    impl types::IpSecGatewayRead {
        /// Returns the status that the server reports.
        #[must_use]
        pub fn status(&self) -> &types::Status {
            <types::IpSecGateway as Resource>::status(self)
        }
    }
    impl ::std::convert::From<&types::IpSecGatewayRead> for crate::Target {
        fn from(read: &types::IpSecGatewayRead) -> Self {
            let modified = <types::IpSecGateway as Resource>::last_modified(read)
                .cloned();
            Self::new(<types::IpSecGateway as Resource>::id(read), modified)
        }
    }
}
/// The kinds of resources, parents first.
pub(crate) static KINDS: &[&crate::model::kind::Kind] = &[&kinds::IP_SEC_GATEWAY];
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
    /// Returns the name of the region in host names.
    #[must_use]
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
