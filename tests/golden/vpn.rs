/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///The connection of a gateway to one LAN.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
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
        #[serde(serialize_with = "crate::model::generated::extra::<Connection, _>")]
        #[serde(flatten)]
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
    ///The Diffie-Hellman group of the key exchange.
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
    pub enum DiffieHellmanGroup {
        ///`15-MODP3072`
        #[serde(rename = "15-MODP3072")]
        Modp3072,
        ///`16-MODP4096`
        #[serde(rename = "16-MODP4096")]
        Modp4096,
        ///`19-ECP256`
        #[serde(rename = "19-ECP256")]
        Ecp256,
        ///`20-ECP384`
        #[serde(rename = "20-ECP384")]
        Ecp384,
        ///`21-ECP521`
        #[serde(rename = "21-ECP521")]
        Ecp521,
        ///`28-ECP256BP`
        #[serde(rename = "28-ECP256BP")]
        Ecp256Bp,
        ///`29-ECP384BP`
        #[serde(rename = "29-ECP384BP")]
        Ecp384Bp,
        ///`30-ECP512BP`
        #[serde(rename = "30-ECP512BP")]
        Ecp512Bp,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    ///The encryption algorithm.
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
    pub enum EncryptionAlgorithm {
        ///`AES128-CTR`
        #[serde(rename = "AES128-CTR")]
        Aes128Ctr,
        ///`AES256-CTR`
        #[serde(rename = "AES256-CTR")]
        Aes256Ctr,
        ///`AES128-GCM-16`
        #[serde(rename = "AES128-GCM-16")]
        Aes128Gcm16,
        ///`AES256-GCM-16`
        #[serde(rename = "AES256-GCM-16")]
        Aes256Gcm16,
        ///`AES128-GCM-12`
        #[serde(rename = "AES128-GCM-12")]
        Aes128Gcm12,
        ///`AES256-GCM-12`
        #[serde(rename = "AES256-GCM-12")]
        Aes256Gcm12,
        ///`AES128-CCM-12`
        #[serde(rename = "AES128-CCM-12")]
        Aes128Ccm12,
        ///`AES256-CCM-12`
        #[serde(rename = "AES256-CCM-12")]
        Aes256Ccm12,
        ///`AES128`
        #[serde(rename = "AES128")]
        Aes128,
        ///`AES256`
        #[serde(rename = "AES256")]
        Aes256,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    ///The body of every error response.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct ErrorEnvelope {
        /**The HTTP status code of the response.

JSON: `httpStatus`.*/
        #[serde(
            rename = "httpStatus",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub http_status: ::std::option::Option<i64>,
        ///The errors that occurred.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub messages: ::std::vec::Vec<ErrorMessage>,
        ///Fields that this version does not know, kept as they came.
        #[serde(serialize_with = "crate::model::generated::extra::<ErrorEnvelope, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One error.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
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
        #[serde(serialize_with = "crate::model::generated::extra::<ErrorMessage, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The settings of phase 2 (ESP), which protects the traffic.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct EspEncryption {
        /**The Diffie-Hellman group of the key exchange.

JSON: `diffieHellmanGroup`.*/
        #[serde(
            rename = "diffieHellmanGroup",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub diffie_hellman_group: ::std::option::Option<DiffieHellmanGroup>,
        /**The encryption algorithm.

JSON: `encryptionAlgorithm`.*/
        #[serde(
            rename = "encryptionAlgorithm",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub encryption_algorithm: ::std::option::Option<EncryptionAlgorithm>,
        /**The integrity algorithm.

JSON: `integrityAlgorithm`.*/
        #[serde(
            rename = "integrityAlgorithm",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub integrity_algorithm: ::std::option::Option<IntegrityAlgorithm>,
        ///The lifetime of the keys in seconds: 600 to 86400. Default: 3600.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub lifetime: ::std::option::Option<i64>,
        ///Fields that this version does not know, kept as they came.
        #[serde(serialize_with = "crate::model::generated::extra::<EspEncryption, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The settings of phase 1 (IKE), in which the two sides authenticate each other.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IkeEncryption {
        /**The Diffie-Hellman group of the key exchange.

JSON: `diffieHellmanGroup`.*/
        #[serde(
            rename = "diffieHellmanGroup",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub diffie_hellman_group: ::std::option::Option<DiffieHellmanGroup>,
        /**The encryption algorithm.

JSON: `encryptionAlgorithm`.*/
        #[serde(
            rename = "encryptionAlgorithm",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub encryption_algorithm: ::std::option::Option<EncryptionAlgorithm>,
        /**The integrity algorithm.

JSON: `integrityAlgorithm`.*/
        #[serde(
            rename = "integrityAlgorithm",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub integrity_algorithm: ::std::option::Option<IntegrityAlgorithm>,
        ///The lifetime of the keys in seconds: 3600 to 86400. Default: 86400.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub lifetime: ::std::option::Option<i64>,
        ///Fields that this version does not know, kept as they came.
        #[serde(serialize_with = "crate::model::generated::extra::<IkeEncryption, _>")]
        #[serde(flatten)]
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
    ///The integrity algorithm.
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
    pub enum IntegrityAlgorithm {
        ///`SHA256`
        #[serde(rename = "SHA256")]
        Sha256,
        ///`SHA384`
        #[serde(rename = "SHA384")]
        Sha384,
        ///`SHA512`
        #[serde(rename = "SHA512")]
        Sha512,
        ///`AES-XCBC`
        #[serde(rename = "AES-XCBC")]
        AesXcbc,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    ///The properties of an IPSec gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
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
        #[serde(default, deserialize_with = "crate::model::generated::if_whole")]
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
        #[serde(serialize_with = "crate::model::generated::extra::<IpSecGateway, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates an IPSec gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecGatewayCreate {
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of an IPSec gateway.
        pub properties: IpSecGateway,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecGatewayCreate, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates or replaces an IPSec gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecGatewayEnsure {
        ///The ID (UUID) of the IPSec gateway. It must be the one in the path.
        pub id: ::uuid::Uuid,
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of an IPSec gateway.
        pub properties: IpSecGateway,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecGatewayEnsure, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The metadata of an IPSec gateway. The server sets it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecGatewayMetadata {
        /**The URN of the identity that created the IPSec gateway.

JSON: `createdBy`.*/
        #[serde(
            rename = "createdBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who created the IPSec gateway.

JSON: `createdByUserId`.*/
        #[serde(
            rename = "createdByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the IPSec gateway was created.

JSON: `createdDate`.*/
        #[serde(
            rename = "createdDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the identity that last modified the IPSec gateway.

JSON: `lastModifiedBy`.*/
        #[serde(
            rename = "lastModifiedBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who last modified the IPSec gateway.

JSON: `lastModifiedByUserId`.*/
        #[serde(
            rename = "lastModifiedByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the IPSec gateway was last modified.

JSON: `lastModifiedDate`.*/
        #[serde(
            rename = "lastModifiedDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the IPSec gateway.

JSON: `resourceURN`.*/
        #[serde(
            rename = "resourceURN",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub resource_urn: ::std::option::Option<::std::string::String>,
        ///The status of the IPSec gateway: `PROVISIONING` while it is created or updated; for `FAILED`, see `statusMessage`.
        pub status: Status,
        /**The reason for the status, if there is one to give.

JSON: `statusMessage`.*/
        #[serde(rename = "statusMessage")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub status_message: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecGatewayMetadata, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///An IPSec gateway as the server returns it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecGatewayRead {
        ///The path of the IPSec gateway, relative to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub href: ::std::option::Option<::std::string::String>,
        ///The ID (UUID) of the IPSec gateway.
        pub id: ::uuid::Uuid,
        ///The metadata of an IPSec gateway. The server sets it.
        pub metadata: IpSecGatewayMetadata,
        ///The properties of an IPSec gateway.
        pub properties: IpSecGateway,
        /**The type of the resource.

JSON: `type`.*/
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub type_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecGatewayRead, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One page of IPSec gateways.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecGatewayReadList {
        ///The path of the list, relative to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub href: ::std::option::Option<::std::string::String>,
        ///The ID (UUID) of the list.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub id: ::std::option::Option<::uuid::Uuid>,
        ///The IPSec gateways of this page.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub items: ::std::vec::Vec<IpSecGatewayRead>,
        ///The maximum number of IPSec gateways in one page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub limit: ::std::option::Option<i64>,
        /**Links to the neighbouring pages.

JSON: `_links`.*/
        #[serde(
            rename = "_links",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub links: ::std::option::Option<Links>,
        ///The number of IPSec gateways that were skipped.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub offset: ::std::option::Option<i64>,
        /**The type of the resource: `collection`.

JSON: `type`.*/
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub type_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecGatewayReadList, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The pre-shared key. Required if `method` is `PSK`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecPsk {
        ///The pre-shared key, the same on both sides. The server does not return it, so every ensure must give it.
        #[serde(default, skip_serializing_if = "crate::Secret::is_absent")]
        pub key: crate::Secret,
        ///Fields that this version does not know, kept as they came.
        #[serde(serialize_with = "crate::model::generated::extra::<IpSecPsk, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The properties of an IPSec tunnel.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecTunnel {
        ///How the two sides of an IPSec tunnel authenticate each other.
        pub auth: IpSecTunnelAuth,
        /**The networks on the IONOS side that may use the tunnel, in CIDR notation: 1 to 20. `0.0.0.0/0` or `::/0` means all.

JSON: `cloudNetworkCIDRs`.*/
        #[serde(rename = "cloudNetworkCIDRs")]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub cloud_network_cidrs: ::std::vec::Vec<::std::string::String>,
        ///The human-readable description: at most 1024 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        ///The settings of phase 2 (ESP), which protects the traffic.
        pub esp: EspEncryption,
        ///The settings of phase 1 (IKE), in which the two sides authenticate each other.
        pub ike: IkeEncryption,
        ///The human-readable name: at most 255 characters.
        pub name: ::std::string::String,
        /**The networks on the peer's side that may use the tunnel, in CIDR notation: 1 to 20. `0.0.0.0/0` or `::/0` means all.

JSON: `peerNetworkCIDRs`.*/
        #[serde(rename = "peerNetworkCIDRs")]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub peer_network_cidrs: ::std::vec::Vec<::std::string::String>,
        /**The public address of the peer: a DNS name or an IPv4 address. IPv6 is not supported.

JSON: `remoteHost`.*/
        #[serde(rename = "remoteHost")]
        pub remote_host: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(serialize_with = "crate::model::generated::extra::<IpSecTunnel, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///How the two sides of an IPSec tunnel authenticate each other.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecTunnelAuth {
        ///The authentication method.
        pub method: TunnelAuthMethod,
        ///The pre-shared key. Required if `method` is `PSK`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::if_whole")]
        pub psk: ::std::option::Option<IpSecPsk>,
        ///Fields that this version does not know, kept as they came.
        #[serde(serialize_with = "crate::model::generated::extra::<IpSecTunnelAuth, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates an IPSec tunnel.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecTunnelCreate {
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of an IPSec tunnel.
        pub properties: IpSecTunnel,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecTunnelCreate, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates or replaces an IPSec tunnel.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecTunnelEnsure {
        ///The ID (UUID) of the IPSec tunnel. It must be the one in the path.
        pub id: ::uuid::Uuid,
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of an IPSec tunnel.
        pub properties: IpSecTunnel,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecTunnelEnsure, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The metadata of an IPSec tunnel. The server sets it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecTunnelMetadata {
        /**The URN of the identity that created the IPSec tunnel.

JSON: `createdBy`.*/
        #[serde(
            rename = "createdBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who created the IPSec tunnel.

JSON: `createdByUserId`.*/
        #[serde(
            rename = "createdByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the IPSec tunnel was created.

JSON: `createdDate`.*/
        #[serde(
            rename = "createdDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the identity that last modified the IPSec tunnel.

JSON: `lastModifiedBy`.*/
        #[serde(
            rename = "lastModifiedBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who last modified the IPSec tunnel.

JSON: `lastModifiedByUserId`.*/
        #[serde(
            rename = "lastModifiedByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the IPSec tunnel was last modified.

JSON: `lastModifiedDate`.*/
        #[serde(
            rename = "lastModifiedDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the IPSec tunnel.

JSON: `resourceURN`.*/
        #[serde(
            rename = "resourceURN",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub resource_urn: ::std::option::Option<::std::string::String>,
        ///The status of the IPSec tunnel: `PROVISIONING` while it is created or updated; for `FAILED`, see `statusMessage`.
        pub status: Status,
        /**The reason for the status, if there is one to give.

JSON: `statusMessage`.*/
        #[serde(rename = "statusMessage")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub status_message: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecTunnelMetadata, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///An IPSec tunnel as the server returns it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecTunnelRead {
        ///The path of the IPSec tunnel, relative to the server. In samples it holds the literal text `{gatewayId}`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub href: ::std::option::Option<::std::string::String>,
        ///The ID (UUID) of the IPSec tunnel.
        pub id: ::uuid::Uuid,
        ///The metadata of an IPSec tunnel. The server sets it.
        pub metadata: IpSecTunnelMetadata,
        ///The properties of an IPSec tunnel.
        pub properties: IpSecTunnel,
        /**The type of the resource.

JSON: `type`.*/
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub type_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(serialize_with = "crate::model::generated::extra::<IpSecTunnelRead, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One page of IPSec tunnels.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct IpSecTunnelReadList {
        ///The path of the list, relative to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub href: ::std::option::Option<::std::string::String>,
        ///The ID (UUID) of the list.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub id: ::std::option::Option<::uuid::Uuid>,
        ///The IPSec tunnels of this page.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub items: ::std::vec::Vec<IpSecTunnelRead>,
        ///The maximum number of IPSec tunnels in one page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub limit: ::std::option::Option<i64>,
        /**Links to the neighbouring pages.

JSON: `_links`.*/
        #[serde(
            rename = "_links",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub links: ::std::option::Option<Links>,
        ///The number of IPSec tunnels that were skipped.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub offset: ::std::option::Option<i64>,
        /**The type of the resource: `collection`.

JSON: `type`.*/
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub type_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<IpSecTunnelReadList, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///Links to the neighbouring pages.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
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
        #[serde(serialize_with = "crate::model::generated::extra::<Links, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The weekly window of 4 hours in which the gateway may be under maintenance. The server chooses one if none is given.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct MaintenanceWindow {
        /**The day of the week on which the window starts.

JSON: `dayOfTheWeek`.*/
        #[serde(rename = "dayOfTheWeek")]
        pub day_of_the_week: DayOfTheWeek,
        ///The start of the window in UTC: `HH:MM:SS`.
        pub time: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<MaintenanceWindow, _>"
        )]
        #[serde(flatten)]
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
    ///The authentication method.
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
    pub enum TunnelAuthMethod {
        ///`PSK`
        #[serde(rename = "PSK")]
        Psk,
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String),
    }
    ///The address at which the gateway reaches the peer. Without it, the gateway waits for the peer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardEndpoint {
        ///A DNS name or an IPv4 address.
        pub host: ::std::string::String,
        ///The UDP port of the peer: 1 to 65535. Default: 51820.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub port: ::std::option::Option<i64>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardEndpoint, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The properties of a WireGuard gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardGateway {
        ///The LANs that the gateway is connected to: at least 1, all in one datacenter, no LAN twice.
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub connections: ::std::vec::Vec<Connection>,
        ///The human-readable description: at most 1024 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        /**The public IP address of the gateway. It must be reserved in the same datacenter as the connections.

JSON: `gatewayIP`.*/
        #[serde(rename = "gatewayIP")]
        pub gateway_ip: ::std::string::String,
        /**The IPv4 address of the WireGuard interface, with the prefix length of its network. Either this or `interfaceIPv6CIDR` is required; both may be given.

JSON: `interfaceIPv4CIDR`.*/
        #[serde(
            rename = "interfaceIPv4CIDR",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub interface_ipv4_cidr: ::std::option::Option<::std::string::String>,
        /**The IPv6 address of the WireGuard interface, with the prefix length of its network. Either this or `interfaceIPv4CIDR` is required; both may be given.

JSON: `interfaceIPv6CIDR`.*/
        #[serde(
            rename = "interfaceIPv6CIDR",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub interface_ipv6_cidr: ::std::option::Option<::std::string::String>,
        /**The UDP port on which the gateway listens: 0 to 65535. Default: 51820.

JSON: `listenPort`.*/
        #[serde(
            rename = "listenPort",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub listen_port: ::std::option::Option<i64>,
        /**The weekly window of 4 hours in which the gateway may be under maintenance. The server chooses one if none is given.

JSON: `maintenanceWindow`.*/
        #[serde(
            rename = "maintenanceWindow",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::if_whole")]
        pub maintenance_window: ::std::option::Option<MaintenanceWindow>,
        ///The human-readable name: at most 255 characters.
        pub name: ::std::string::String,
        /**The private key of the gateway: 32 bytes in base64, as `wg genkey` prints it. The server does not return it, so every ensure must give it.

JSON: `privateKey`.*/
        #[serde(rename = "privateKey")]
        #[serde(default, skip_serializing_if = "crate::Secret::is_absent")]
        pub private_key: crate::Secret,
        ///The performance tier of the gateway; the tiers with `_HA` are highly available. Default: `STANDARD`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tier: ::std::option::Option<Tier>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardGateway, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates a WireGuard gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardGatewayCreate {
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of a WireGuard gateway.
        pub properties: WireguardGateway,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardGatewayCreate, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates or replaces a WireGuard gateway.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardGatewayEnsure {
        ///The ID (UUID) of the WireGuard gateway. It must be the one in the path.
        pub id: ::uuid::Uuid,
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of a WireGuard gateway.
        pub properties: WireguardGateway,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardGatewayEnsure, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The metadata of a WireGuard gateway. The server sets it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardGatewayMetadata {
        /**The URN of the identity that created the WireGuard gateway.

JSON: `createdBy`.*/
        #[serde(
            rename = "createdBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who created the WireGuard gateway.

JSON: `createdByUserId`.*/
        #[serde(
            rename = "createdByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the WireGuard gateway was created.

JSON: `createdDate`.*/
        #[serde(
            rename = "createdDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the identity that last modified the WireGuard gateway.

JSON: `lastModifiedBy`.*/
        #[serde(
            rename = "lastModifiedBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who last modified the WireGuard gateway.

JSON: `lastModifiedByUserId`.*/
        #[serde(
            rename = "lastModifiedByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the WireGuard gateway was last modified.

JSON: `lastModifiedDate`.*/
        #[serde(
            rename = "lastModifiedDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_date: ::std::option::Option<crate::Timestamp>,
        /**The public key that belongs to the private key of the gateway. The sample is PEM (SubjectPublicKeyInfo); no source states the format.

JSON: `publicKey`.*/
        #[serde(
            rename = "publicKey",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub public_key: ::std::option::Option<::std::string::String>,
        /**The URN of the WireGuard gateway.

JSON: `resourceURN`.*/
        #[serde(
            rename = "resourceURN",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub resource_urn: ::std::option::Option<::std::string::String>,
        ///The status of the WireGuard gateway: `PROVISIONING` while it is created or updated; for `FAILED`, see `statusMessage`.
        pub status: Status,
        /**The reason for the status, if there is one to give.

JSON: `statusMessage`.*/
        #[serde(rename = "statusMessage")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub status_message: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardGatewayMetadata, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///A WireGuard gateway as the server returns it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardGatewayRead {
        ///The path of the WireGuard gateway, relative to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub href: ::std::option::Option<::std::string::String>,
        ///The ID (UUID) of the WireGuard gateway.
        pub id: ::uuid::Uuid,
        ///The metadata of a WireGuard gateway. The server sets it.
        pub metadata: WireguardGatewayMetadata,
        ///The properties of a WireGuard gateway.
        pub properties: WireguardGateway,
        /**The type of the resource.

JSON: `type`.*/
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub type_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardGatewayRead, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One page of WireGuard gateways.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardGatewayReadList {
        ///The path of the list, relative to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub href: ::std::option::Option<::std::string::String>,
        ///The ID (UUID) of the list.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub id: ::std::option::Option<::uuid::Uuid>,
        ///The WireGuard gateways of this page.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub items: ::std::vec::Vec<WireguardGatewayRead>,
        ///The maximum number of WireGuard gateways in one page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub limit: ::std::option::Option<i64>,
        /**Links to the neighbouring pages.

JSON: `_links`.*/
        #[serde(
            rename = "_links",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub links: ::std::option::Option<Links>,
        ///The number of WireGuard gateways that were skipped.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub offset: ::std::option::Option<i64>,
        /**The type of the resource: `collection`.

JSON: `type`.*/
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub type_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardGatewayReadList, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The properties of a WireGuard peer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardPeer {
        /**The networks behind the peer, in CIDR notation: 1 to 20. `a.b.c.d/32` is one address; `0.0.0.0/0` or `::/0` means all.

JSON: `allowedIPs`.*/
        #[serde(rename = "allowedIPs")]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub allowed_ips: ::std::vec::Vec<::std::string::String>,
        ///The human-readable description: at most 1024 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        ///The address at which the gateway reaches the peer. Without it, the gateway waits for the peer.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::if_whole")]
        pub endpoint: ::std::option::Option<WireguardEndpoint>,
        ///The human-readable name: at most 255 characters.
        pub name: ::std::string::String,
        /**The public key of the peer: 32 bytes in base64, as `wg pubkey` prints it.

JSON: `publicKey`.*/
        #[serde(rename = "publicKey")]
        pub public_key: ::std::string::String,
        ///Fields that this version does not know, kept as they came.
        #[serde(serialize_with = "crate::model::generated::extra::<WireguardPeer, _>")]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates a WireGuard peer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardPeerCreate {
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of a WireGuard peer.
        pub properties: WireguardPeer,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardPeerCreate, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The body of a request that creates or replaces a WireGuard peer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardPeerEnsure {
        ///The ID (UUID) of the WireGuard peer. It must be the one in the path.
        pub id: ::uuid::Uuid,
        ///Metadata of the request. A free object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<Metadata>,
        ///The properties of a WireGuard peer.
        pub properties: WireguardPeer,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardPeerEnsure, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///The metadata of a WireGuard peer. The server sets it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardPeerMetadata {
        /**The URN of the identity that created the WireGuard peer.

JSON: `createdBy`.*/
        #[serde(
            rename = "createdBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who created the WireGuard peer.

JSON: `createdByUserId`.*/
        #[serde(
            rename = "createdByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the WireGuard peer was created.

JSON: `createdDate`.*/
        #[serde(
            rename = "createdDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub created_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the identity that last modified the WireGuard peer.

JSON: `lastModifiedBy`.*/
        #[serde(
            rename = "lastModifiedBy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_by: ::std::option::Option<::std::string::String>,
        /**The ID (UUID) of the user who last modified the WireGuard peer.

JSON: `lastModifiedByUserId`.*/
        #[serde(
            rename = "lastModifiedByUserId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_by_user_id: ::std::option::Option<::std::string::String>,
        /**The time at which the WireGuard peer was last modified.

JSON: `lastModifiedDate`.*/
        #[serde(
            rename = "lastModifiedDate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub last_modified_date: ::std::option::Option<crate::Timestamp>,
        /**The URN of the WireGuard peer.

JSON: `resourceURN`.*/
        #[serde(
            rename = "resourceURN",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub resource_urn: ::std::option::Option<::std::string::String>,
        ///The status of the WireGuard peer: `PROVISIONING` while it is created or updated; for `FAILED`, see `statusMessage`.
        pub status: Status,
        /**The reason for the status, if there is one to give.

JSON: `statusMessage`.*/
        #[serde(rename = "statusMessage")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub status_message: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardPeerMetadata, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///A WireGuard peer as the server returns it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardPeerRead {
        ///The path of the WireGuard peer, relative to the server. In samples it holds the literal text `{gatewayId}`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub href: ::std::option::Option<::std::string::String>,
        ///The ID (UUID) of the WireGuard peer.
        pub id: ::uuid::Uuid,
        ///The metadata of a WireGuard peer. The server sets it.
        pub metadata: WireguardPeerMetadata,
        ///The properties of a WireGuard peer.
        pub properties: WireguardPeer,
        /**The type of the resource.

JSON: `type`.*/
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub type_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardPeerRead, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    ///One page of WireGuard peers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct WireguardPeerReadList {
        ///The path of the list, relative to the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub href: ::std::option::Option<::std::string::String>,
        ///The ID (UUID) of the list.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub id: ::std::option::Option<::uuid::Uuid>,
        ///The WireGuard peers of this page.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        #[serde(deserialize_with = "crate::model::generated::null_as_empty")]
        pub items: ::std::vec::Vec<WireguardPeerRead>,
        ///The maximum number of WireGuard peers in one page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub limit: ::std::option::Option<i64>,
        /**Links to the neighbouring pages.

JSON: `_links`.*/
        #[serde(
            rename = "_links",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub links: ::std::option::Option<Links>,
        ///The number of WireGuard peers that were skipped.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub offset: ::std::option::Option<i64>,
        /**The type of the resource: `collection`.

JSON: `type`.*/
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        #[serde(default, deserialize_with = "crate::model::generated::or_default")]
        pub type_: ::std::option::Option<::std::string::String>,
        ///Fields that this version does not know, kept as they came.
        #[serde(
            serialize_with = "crate::model::generated::extra::<WireguardPeerReadList, _>"
        )]
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
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
    impl DiffieHellmanGroup {
        /// Returns the value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Modp3072 => "15-MODP3072",
                Self::Modp4096 => "16-MODP4096",
                Self::Ecp256 => "19-ECP256",
                Self::Ecp384 => "20-ECP384",
                Self::Ecp521 => "21-ECP521",
                Self::Ecp256Bp => "28-ECP256BP",
                Self::Ecp384Bp => "29-ECP384BP",
                Self::Ecp512Bp => "30-ECP512BP",
                Self::Other(value) => value,
            }
        }
    }
    impl ::std::fmt::Display for DiffieHellmanGroup {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(self.as_str())
        }
    }
    impl ::std::convert::From<&str> for DiffieHellmanGroup {
        fn from(value: &str) -> Self {
            match value {
                "15-MODP3072" => Self::Modp3072,
                "16-MODP4096" => Self::Modp4096,
                "19-ECP256" => Self::Ecp256,
                "20-ECP384" => Self::Ecp384,
                "21-ECP521" => Self::Ecp521,
                "28-ECP256BP" => Self::Ecp256Bp,
                "29-ECP384BP" => Self::Ecp384Bp,
                "30-ECP512BP" => Self::Ecp512Bp,
                _ => Self::Other(value.to_owned()),
            }
        }
    }
    impl ::std::convert::From<::std::string::String> for DiffieHellmanGroup {
        fn from(value: ::std::string::String) -> Self {
            Self::from(value.as_str())
        }
    }
    impl ::std::str::FromStr for DiffieHellmanGroup {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            ::std::result::Result::Ok(Self::from(value))
        }
    }
    impl EncryptionAlgorithm {
        /// Returns the value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Aes128Ctr => "AES128-CTR",
                Self::Aes256Ctr => "AES256-CTR",
                Self::Aes128Gcm16 => "AES128-GCM-16",
                Self::Aes256Gcm16 => "AES256-GCM-16",
                Self::Aes128Gcm12 => "AES128-GCM-12",
                Self::Aes256Gcm12 => "AES256-GCM-12",
                Self::Aes128Ccm12 => "AES128-CCM-12",
                Self::Aes256Ccm12 => "AES256-CCM-12",
                Self::Aes128 => "AES128",
                Self::Aes256 => "AES256",
                Self::Other(value) => value,
            }
        }
    }
    impl ::std::fmt::Display for EncryptionAlgorithm {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(self.as_str())
        }
    }
    impl ::std::convert::From<&str> for EncryptionAlgorithm {
        fn from(value: &str) -> Self {
            match value {
                "AES128-CTR" => Self::Aes128Ctr,
                "AES256-CTR" => Self::Aes256Ctr,
                "AES128-GCM-16" => Self::Aes128Gcm16,
                "AES256-GCM-16" => Self::Aes256Gcm16,
                "AES128-GCM-12" => Self::Aes128Gcm12,
                "AES256-GCM-12" => Self::Aes256Gcm12,
                "AES128-CCM-12" => Self::Aes128Ccm12,
                "AES256-CCM-12" => Self::Aes256Ccm12,
                "AES128" => Self::Aes128,
                "AES256" => Self::Aes256,
                _ => Self::Other(value.to_owned()),
            }
        }
    }
    impl ::std::convert::From<::std::string::String> for EncryptionAlgorithm {
        fn from(value: ::std::string::String) -> Self {
            Self::from(value.as_str())
        }
    }
    impl ::std::str::FromStr for EncryptionAlgorithm {
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
    impl IntegrityAlgorithm {
        /// Returns the value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Sha256 => "SHA256",
                Self::Sha384 => "SHA384",
                Self::Sha512 => "SHA512",
                Self::AesXcbc => "AES-XCBC",
                Self::Other(value) => value,
            }
        }
    }
    impl ::std::fmt::Display for IntegrityAlgorithm {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(self.as_str())
        }
    }
    impl ::std::convert::From<&str> for IntegrityAlgorithm {
        fn from(value: &str) -> Self {
            match value {
                "SHA256" => Self::Sha256,
                "SHA384" => Self::Sha384,
                "SHA512" => Self::Sha512,
                "AES-XCBC" => Self::AesXcbc,
                _ => Self::Other(value.to_owned()),
            }
        }
    }
    impl ::std::convert::From<::std::string::String> for IntegrityAlgorithm {
        fn from(value: ::std::string::String) -> Self {
            Self::from(value.as_str())
        }
    }
    impl ::std::str::FromStr for IntegrityAlgorithm {
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
    impl TunnelAuthMethod {
        /// Returns the value as it is written in JSON.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Psk => "PSK",
                Self::Other(value) => value,
            }
        }
    }
    impl ::std::fmt::Display for TunnelAuthMethod {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(self.as_str())
        }
    }
    impl ::std::convert::From<&str> for TunnelAuthMethod {
        fn from(value: &str) -> Self {
            match value {
                "PSK" => Self::Psk,
                _ => Self::Other(value.to_owned()),
            }
        }
    }
    impl ::std::convert::From<::std::string::String> for TunnelAuthMethod {
        fn from(value: ::std::string::String) -> Self {
            Self::from(value.as_str())
        }
    }
    impl ::std::str::FromStr for TunnelAuthMethod {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            ::std::result::Result::Ok(Self::from(value))
        }
    }
    impl crate::model::generated::Named for Connection {
        const FIELDS: &'static [&'static str] = &[
            "datacenterId",
            "ipv4CIDR",
            "ipv6CIDR",
            "lanId",
        ];
    }
    impl crate::model::generated::Named for ErrorEnvelope {
        const FIELDS: &'static [&'static str] = &["httpStatus", "messages"];
    }
    impl crate::model::generated::Named for ErrorMessage {
        const FIELDS: &'static [&'static str] = &["errorCode", "message"];
    }
    impl crate::model::generated::Named for EspEncryption {
        const FIELDS: &'static [&'static str] = &[
            "diffieHellmanGroup",
            "encryptionAlgorithm",
            "integrityAlgorithm",
            "lifetime",
        ];
    }
    impl crate::model::generated::Named for IkeEncryption {
        const FIELDS: &'static [&'static str] = &[
            "diffieHellmanGroup",
            "encryptionAlgorithm",
            "integrityAlgorithm",
            "lifetime",
        ];
    }
    impl crate::model::generated::Named for IpSecGateway {
        const FIELDS: &'static [&'static str] = &[
            "connections",
            "description",
            "gatewayIP",
            "maintenanceWindow",
            "name",
            "tier",
            "version",
        ];
    }
    impl crate::model::generated::Named for IpSecGatewayCreate {
        const FIELDS: &'static [&'static str] = &["metadata", "properties"];
    }
    impl crate::model::generated::Named for IpSecGatewayEnsure {
        const FIELDS: &'static [&'static str] = &["id", "metadata", "properties"];
    }
    impl crate::model::generated::Named for IpSecGatewayMetadata {
        const FIELDS: &'static [&'static str] = &[
            "createdBy",
            "createdByUserId",
            "createdDate",
            "lastModifiedBy",
            "lastModifiedByUserId",
            "lastModifiedDate",
            "resourceURN",
            "status",
            "statusMessage",
        ];
    }
    impl crate::model::generated::Named for IpSecGatewayRead {
        const FIELDS: &'static [&'static str] = &[
            "href",
            "id",
            "metadata",
            "properties",
            "type",
        ];
    }
    impl crate::model::generated::Named for IpSecGatewayReadList {
        const FIELDS: &'static [&'static str] = &[
            "href",
            "id",
            "items",
            "limit",
            "_links",
            "offset",
            "type",
        ];
    }
    impl crate::model::generated::Named for IpSecPsk {
        const FIELDS: &'static [&'static str] = &["key"];
    }
    impl crate::model::generated::Named for IpSecTunnel {
        const FIELDS: &'static [&'static str] = &[
            "auth",
            "cloudNetworkCIDRs",
            "description",
            "esp",
            "ike",
            "name",
            "peerNetworkCIDRs",
            "remoteHost",
        ];
    }
    impl crate::model::generated::Named for IpSecTunnelAuth {
        const FIELDS: &'static [&'static str] = &["method", "psk"];
    }
    impl crate::model::generated::Named for IpSecTunnelCreate {
        const FIELDS: &'static [&'static str] = &["metadata", "properties"];
    }
    impl crate::model::generated::Named for IpSecTunnelEnsure {
        const FIELDS: &'static [&'static str] = &["id", "metadata", "properties"];
    }
    impl crate::model::generated::Named for IpSecTunnelMetadata {
        const FIELDS: &'static [&'static str] = &[
            "createdBy",
            "createdByUserId",
            "createdDate",
            "lastModifiedBy",
            "lastModifiedByUserId",
            "lastModifiedDate",
            "resourceURN",
            "status",
            "statusMessage",
        ];
    }
    impl crate::model::generated::Named for IpSecTunnelRead {
        const FIELDS: &'static [&'static str] = &[
            "href",
            "id",
            "metadata",
            "properties",
            "type",
        ];
    }
    impl crate::model::generated::Named for IpSecTunnelReadList {
        const FIELDS: &'static [&'static str] = &[
            "href",
            "id",
            "items",
            "limit",
            "_links",
            "offset",
            "type",
        ];
    }
    impl crate::model::generated::Named for Links {
        const FIELDS: &'static [&'static str] = &["next", "prev", "self"];
    }
    impl crate::model::generated::Named for MaintenanceWindow {
        const FIELDS: &'static [&'static str] = &["dayOfTheWeek", "time"];
    }
    impl crate::model::generated::Named for WireguardEndpoint {
        const FIELDS: &'static [&'static str] = &["host", "port"];
    }
    impl crate::model::generated::Named for WireguardGateway {
        const FIELDS: &'static [&'static str] = &[
            "connections",
            "description",
            "gatewayIP",
            "interfaceIPv4CIDR",
            "interfaceIPv6CIDR",
            "listenPort",
            "maintenanceWindow",
            "name",
            "privateKey",
            "tier",
        ];
    }
    impl crate::model::generated::Named for WireguardGatewayCreate {
        const FIELDS: &'static [&'static str] = &["metadata", "properties"];
    }
    impl crate::model::generated::Named for WireguardGatewayEnsure {
        const FIELDS: &'static [&'static str] = &["id", "metadata", "properties"];
    }
    impl crate::model::generated::Named for WireguardGatewayMetadata {
        const FIELDS: &'static [&'static str] = &[
            "createdBy",
            "createdByUserId",
            "createdDate",
            "lastModifiedBy",
            "lastModifiedByUserId",
            "lastModifiedDate",
            "publicKey",
            "resourceURN",
            "status",
            "statusMessage",
        ];
    }
    impl crate::model::generated::Named for WireguardGatewayRead {
        const FIELDS: &'static [&'static str] = &[
            "href",
            "id",
            "metadata",
            "properties",
            "type",
        ];
    }
    impl crate::model::generated::Named for WireguardGatewayReadList {
        const FIELDS: &'static [&'static str] = &[
            "href",
            "id",
            "items",
            "limit",
            "_links",
            "offset",
            "type",
        ];
    }
    impl crate::model::generated::Named for WireguardPeer {
        const FIELDS: &'static [&'static str] = &[
            "allowedIPs",
            "description",
            "endpoint",
            "name",
            "publicKey",
        ];
    }
    impl crate::model::generated::Named for WireguardPeerCreate {
        const FIELDS: &'static [&'static str] = &["metadata", "properties"];
    }
    impl crate::model::generated::Named for WireguardPeerEnsure {
        const FIELDS: &'static [&'static str] = &["id", "metadata", "properties"];
    }
    impl crate::model::generated::Named for WireguardPeerMetadata {
        const FIELDS: &'static [&'static str] = &[
            "createdBy",
            "createdByUserId",
            "createdDate",
            "lastModifiedBy",
            "lastModifiedByUserId",
            "lastModifiedDate",
            "resourceURN",
            "status",
            "statusMessage",
        ];
    }
    impl crate::model::generated::Named for WireguardPeerRead {
        const FIELDS: &'static [&'static str] = &[
            "href",
            "id",
            "metadata",
            "properties",
            "type",
        ];
    }
    impl crate::model::generated::Named for WireguardPeerReadList {
        const FIELDS: &'static [&'static str] = &[
            "href",
            "id",
            "items",
            "limit",
            "_links",
            "offset",
            "type",
        ];
    }
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
        required_if: &[],
        has_read_only: false,
        has_secret: false,
    };
    pub(super) static ESP_ENCRYPTION: Object = Object {
        name: "ESPEncryption",
        fields: &[
            Field {
                name: "diffieHellmanGroup",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("\"16-MODP4096\""),
                rule: Rule::Enum(
                    &[
                        "15-MODP3072",
                        "16-MODP4096",
                        "19-ECP256",
                        "20-ECP384",
                        "21-ECP521",
                        "28-ECP256BP",
                        "29-ECP384BP",
                        "30-ECP512BP",
                    ],
                ),
            },
            Field {
                name: "encryptionAlgorithm",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("\"AES256\""),
                rule: Rule::Enum(
                    &[
                        "AES128-CTR",
                        "AES256-CTR",
                        "AES128-GCM-16",
                        "AES256-GCM-16",
                        "AES128-GCM-12",
                        "AES256-GCM-12",
                        "AES128-CCM-12",
                        "AES256-CCM-12",
                        "AES128",
                        "AES256",
                    ],
                ),
            },
            Field {
                name: "integrityAlgorithm",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("\"SHA256\""),
                rule: Rule::Enum(&["SHA256", "SHA384", "SHA512", "AES-XCBC"]),
            },
            Field {
                name: "lifetime",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("3600"),
                rule: Rule::Integer {
                    min: 600i64,
                    max: 86400i64,
                },
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
    };
    pub(super) static ERROR_ENVELOPE: Object = Object {
        name: "ErrorEnvelope",
        fields: &[
            Field {
                name: "httpStatus",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
        required_if: &[],
        has_read_only: false,
        has_secret: false,
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
                public_key: None,
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
                public_key: None,
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
        required_if: &[],
        has_read_only: false,
        has_secret: false,
    };
    pub(super) static IKE_ENCRYPTION: Object = Object {
        name: "IKEEncryption",
        fields: &[
            Field {
                name: "diffieHellmanGroup",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("\"16-MODP4096\""),
                rule: Rule::Enum(
                    &[
                        "15-MODP3072",
                        "16-MODP4096",
                        "19-ECP256",
                        "20-ECP384",
                        "21-ECP521",
                        "28-ECP256BP",
                        "29-ECP384BP",
                        "30-ECP512BP",
                    ],
                ),
            },
            Field {
                name: "encryptionAlgorithm",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("\"AES256\""),
                rule: Rule::Enum(
                    &[
                        "AES128-CTR",
                        "AES256-CTR",
                        "AES128-GCM-16",
                        "AES256-GCM-16",
                        "AES128-GCM-12",
                        "AES256-GCM-12",
                        "AES128-CCM-12",
                        "AES256-CCM-12",
                        "AES128",
                        "AES256",
                    ],
                ),
            },
            Field {
                name: "integrityAlgorithm",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("\"SHA256\""),
                rule: Rule::Enum(&["SHA256", "SHA384", "SHA512", "AES-XCBC"]),
            },
            Field {
                name: "lifetime",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("86400"),
                rule: Rule::Integer {
                    min: 3600i64,
                    max: 86400i64,
                },
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: Some("\"STANDARD\""),
                rule: Rule::Enum(
                    &[
                        "STANDARD",
                        "STANDARD_HA",
                        "ENHANCED",
                        "ENHANCED_HA",
                        "PREMIUM",
                        "PREMIUM_HA",
                    ],
                ),
            },
            Field {
                name: "version",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("\"IKEv2\""),
                rule: Rule::Enum(&["IKEv2"]),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
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
                public_key: None,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Enum(&["AVAILABLE", "PROVISIONING", "DESTROYING", "FAILED"]),
            },
            Field {
                name: "statusMessage",
                required: false,
                nullable: true,
                read_only: true,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: false,
    };
    pub(super) static IP_SEC_GATEWAY_READ: Object = Object {
        name: "IPSecGatewayRead",
        fields: &[
            Field {
                name: "href",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_GATEWAY_METADATA),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_GATEWAY),
            },
            Field {
                name: "type",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: false,
    };
    pub(super) static IP_SEC_GATEWAY_READ_LIST: Object = Object {
        name: "IPSecGatewayReadList",
        fields: &[
            Field {
                name: "_links",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&LINKS),
            },
            Field {
                name: "href",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "offset",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "type",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: false,
    };
    pub(super) static IP_SEC_PSK: Object = Object {
        name: "IPSecPSK",
        fields: &[
            Field {
                name: "key",
                required: true,
                nullable: false,
                read_only: false,
                write_only: true,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 1u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: true,
                },
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: true,
    };
    pub(super) static IP_SEC_TUNNEL: Object = Object {
        name: "IPSecTunnel",
        fields: &[
            Field {
                name: "auth",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_TUNNEL_AUTH),
            },
            Field {
                name: "cloudNetworkCIDRs",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::List {
                    min: 1u64,
                    max: 20u64,
                    keys: &[],
                    same: &[],
                    item: &Rule::Text {
                        min: 0u64,
                        max: 18446744073709551615u64,
                        format: Some(format::cidr),
                        secret: false,
                    },
                },
            },
            Field {
                name: "description",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 1024u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "esp",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&ESP_ENCRYPTION),
            },
            Field {
                name: "ike",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IKE_ENCRYPTION),
            },
            Field {
                name: "name",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 1u64,
                    max: 255u64,
                    format: Some(format::label),
                    secret: false,
                },
            },
            Field {
                name: "peerNetworkCIDRs",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::List {
                    min: 1u64,
                    max: 20u64,
                    keys: &[],
                    same: &[],
                    item: &Rule::Text {
                        min: 0u64,
                        max: 18446744073709551615u64,
                        format: Some(format::cidr),
                        secret: false,
                    },
                },
            },
            Field {
                name: "remoteHost",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::host),
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: true,
    };
    pub(super) static IP_SEC_TUNNEL_AUTH: Object = Object {
        name: "IPSecTunnelAuth",
        fields: &[
            Field {
                name: "method",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Enum(&["PSK"]),
            },
            Field {
                name: "psk",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_PSK),
            },
        ],
        at_least_one_of: &[],
        required_if: &[("psk", &[("method", "PSK")])],
        has_read_only: false,
        has_secret: true,
    };
    pub(super) static IP_SEC_TUNNEL_CREATE: Object = Object {
        name: "IPSecTunnelCreate",
        fields: &[
            Field {
                name: "metadata",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_TUNNEL),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: true,
    };
    pub(super) static IP_SEC_TUNNEL_ENSURE: Object = Object {
        name: "IPSecTunnelEnsure",
        fields: &[
            Field {
                name: "id",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_TUNNEL),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: true,
    };
    pub(super) static IP_SEC_TUNNEL_METADATA: Object = Object {
        name: "IPSecTunnelMetadata",
        fields: &[
            Field {
                name: "createdBy",
                required: false,
                nullable: false,
                read_only: true,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Enum(&["AVAILABLE", "PROVISIONING", "DESTROYING", "FAILED"]),
            },
            Field {
                name: "statusMessage",
                required: false,
                nullable: true,
                read_only: true,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: false,
    };
    pub(super) static IP_SEC_TUNNEL_READ: Object = Object {
        name: "IPSecTunnelRead",
        fields: &[
            Field {
                name: "href",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_TUNNEL_METADATA),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&IP_SEC_TUNNEL),
            },
            Field {
                name: "type",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: true,
    };
    pub(super) static IP_SEC_TUNNEL_READ_LIST: Object = Object {
        name: "IPSecTunnelReadList",
        fields: &[
            Field {
                name: "_links",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&LINKS),
            },
            Field {
                name: "href",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::List {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    keys: &[],
                    same: &[],
                    item: &Rule::Object(&IP_SEC_TUNNEL_READ),
                },
            },
            Field {
                name: "limit",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "offset",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "type",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: true,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
        required_if: &[],
        has_read_only: false,
        has_secret: false,
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
                public_key: None,
                server_default: None,
                rule: Rule::Enum(
                    &[
                        "Sunday",
                        "Monday",
                        "Tuesday",
                        "Wednesday",
                        "Thursday",
                        "Friday",
                        "Saturday",
                    ],
                ),
            },
            Field {
                name: "time",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: false,
        has_secret: false,
    };
    pub(super) static WIREGUARD_ENDPOINT: Object = Object {
        name: "WireguardEndpoint",
        fields: &[
            Field {
                name: "host",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::host),
                    secret: false,
                },
            },
            Field {
                name: "port",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("51820"),
                rule: Rule::Integer {
                    min: 1i64,
                    max: 65535i64,
                },
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
    };
    pub(super) static WIREGUARD_GATEWAY: Object = Object {
        name: "WireguardGateway",
        fields: &[
            Field {
                name: "connections",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::List {
                    min: 1u64,
                    max: 18446744073709551615u64,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::public_ip),
                    secret: false,
                },
            },
            Field {
                name: "interfaceIPv4CIDR",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::ipv4_interface),
                    secret: false,
                },
            },
            Field {
                name: "interfaceIPv6CIDR",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::ipv6_interface),
                    secret: false,
                },
            },
            Field {
                name: "listenPort",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("51820"),
                rule: Rule::Integer {
                    min: 0i64,
                    max: 65535i64,
                },
            },
            Field {
                name: "maintenanceWindow",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 1u64,
                    max: 255u64,
                    format: Some(format::label),
                    secret: false,
                },
            },
            Field {
                name: "privateKey",
                required: true,
                nullable: false,
                read_only: false,
                write_only: true,
                public_key: Some("publicKey"),
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::wireguard_key),
                    secret: true,
                },
            },
            Field {
                name: "tier",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: Some("\"STANDARD\""),
                rule: Rule::Enum(
                    &[
                        "STANDARD",
                        "STANDARD_HA",
                        "ENHANCED",
                        "ENHANCED_HA",
                        "PREMIUM",
                        "PREMIUM_HA",
                    ],
                ),
            },
        ],
        at_least_one_of: &[&["interfaceIPv4CIDR", "interfaceIPv6CIDR"]],
        required_if: &[],
        has_read_only: false,
        has_secret: true,
    };
    pub(super) static WIREGUARD_GATEWAY_CREATE: Object = Object {
        name: "WireguardGatewayCreate",
        fields: &[
            Field {
                name: "metadata",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_GATEWAY),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: true,
    };
    pub(super) static WIREGUARD_GATEWAY_ENSURE: Object = Object {
        name: "WireguardGatewayEnsure",
        fields: &[
            Field {
                name: "id",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_GATEWAY),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: true,
    };
    pub(super) static WIREGUARD_GATEWAY_METADATA: Object = Object {
        name: "WireguardGatewayMetadata",
        fields: &[
            Field {
                name: "createdBy",
                required: false,
                nullable: false,
                read_only: true,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "publicKey",
                required: false,
                nullable: false,
                read_only: true,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Enum(&["AVAILABLE", "PROVISIONING", "DESTROYING", "FAILED"]),
            },
            Field {
                name: "statusMessage",
                required: false,
                nullable: true,
                read_only: true,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: false,
    };
    pub(super) static WIREGUARD_GATEWAY_READ: Object = Object {
        name: "WireguardGatewayRead",
        fields: &[
            Field {
                name: "href",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_GATEWAY_METADATA),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_GATEWAY),
            },
            Field {
                name: "type",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: true,
    };
    pub(super) static WIREGUARD_GATEWAY_READ_LIST: Object = Object {
        name: "WireguardGatewayReadList",
        fields: &[
            Field {
                name: "_links",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&LINKS),
            },
            Field {
                name: "href",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::List {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    keys: &[],
                    same: &[],
                    item: &Rule::Object(&WIREGUARD_GATEWAY_READ),
                },
            },
            Field {
                name: "limit",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "offset",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "type",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: true,
    };
    pub(super) static WIREGUARD_PEER: Object = Object {
        name: "WireguardPeer",
        fields: &[
            Field {
                name: "allowedIPs",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::List {
                    min: 1u64,
                    max: 20u64,
                    keys: &[],
                    same: &[],
                    item: &Rule::Text {
                        min: 0u64,
                        max: 18446744073709551615u64,
                        format: Some(format::cidr),
                        secret: false,
                    },
                },
            },
            Field {
                name: "description",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 1024u64,
                    format: None,
                    secret: false,
                },
            },
            Field {
                name: "endpoint",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_ENDPOINT),
            },
            Field {
                name: "name",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 1u64,
                    max: 255u64,
                    format: Some(format::label),
                    secret: false,
                },
            },
            Field {
                name: "publicKey",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Text {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    format: Some(format::wireguard_key),
                    secret: false,
                },
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
    };
    pub(super) static WIREGUARD_PEER_CREATE: Object = Object {
        name: "WireguardPeerCreate",
        fields: &[
            Field {
                name: "metadata",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_PEER),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
    };
    pub(super) static WIREGUARD_PEER_ENSURE: Object = Object {
        name: "WireguardPeerEnsure",
        fields: &[
            Field {
                name: "id",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Map(&Rule::Any),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_PEER),
            },
        ],
        at_least_one_of: &[],
        required_if: &[],
        has_read_only: false,
        has_secret: false,
    };
    pub(super) static WIREGUARD_PEER_METADATA: Object = Object {
        name: "WireguardPeerMetadata",
        fields: &[
            Field {
                name: "createdBy",
                required: false,
                nullable: false,
                read_only: true,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Enum(&["AVAILABLE", "PROVISIONING", "DESTROYING", "FAILED"]),
            },
            Field {
                name: "statusMessage",
                required: false,
                nullable: true,
                read_only: true,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: false,
    };
    pub(super) static WIREGUARD_PEER_READ: Object = Object {
        name: "WireguardPeerRead",
        fields: &[
            Field {
                name: "href",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_PEER_METADATA),
            },
            Field {
                name: "properties",
                required: true,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&WIREGUARD_PEER),
            },
            Field {
                name: "type",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: false,
    };
    pub(super) static WIREGUARD_PEER_READ_LIST: Object = Object {
        name: "WireguardPeerReadList",
        fields: &[
            Field {
                name: "_links",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Object(&LINKS),
            },
            Field {
                name: "href",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
                public_key: None,
                server_default: None,
                rule: Rule::List {
                    min: 0u64,
                    max: 18446744073709551615u64,
                    keys: &[],
                    same: &[],
                    item: &Rule::Object(&WIREGUARD_PEER_READ),
                },
            },
            Field {
                name: "limit",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "offset",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
                server_default: None,
                rule: Rule::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                },
            },
            Field {
                name: "type",
                required: false,
                nullable: false,
                read_only: false,
                write_only: false,
                public_key: None,
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
        required_if: &[],
        has_read_only: true,
        has_secret: false,
    };
}
impl crate::model::Sealed for types::Connection {}
impl crate::Validate for types::Connection {
    const RULES: &'static crate::model::rule::Object = &rules::CONNECTION;
}
impl crate::model::Sealed for types::EspEncryption {}
impl crate::Validate for types::EspEncryption {
    const RULES: &'static crate::model::rule::Object = &rules::ESP_ENCRYPTION;
}
impl crate::model::Sealed for types::ErrorEnvelope {}
impl crate::Validate for types::ErrorEnvelope {
    const RULES: &'static crate::model::rule::Object = &rules::ERROR_ENVELOPE;
}
impl crate::model::Sealed for types::ErrorMessage {}
impl crate::Validate for types::ErrorMessage {
    const RULES: &'static crate::model::rule::Object = &rules::ERROR_MESSAGE;
}
impl crate::model::Sealed for types::IkeEncryption {}
impl crate::Validate for types::IkeEncryption {
    const RULES: &'static crate::model::rule::Object = &rules::IKE_ENCRYPTION;
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
impl crate::model::Sealed for types::IpSecPsk {}
impl crate::Validate for types::IpSecPsk {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_PSK;
}
impl crate::model::Sealed for types::IpSecTunnel {}
impl crate::Validate for types::IpSecTunnel {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_TUNNEL;
}
impl crate::model::Sealed for types::IpSecTunnelAuth {}
impl crate::Validate for types::IpSecTunnelAuth {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_TUNNEL_AUTH;
}
impl crate::model::Sealed for types::IpSecTunnelCreate {}
impl crate::Validate for types::IpSecTunnelCreate {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_TUNNEL_CREATE;
}
impl crate::model::Sealed for types::IpSecTunnelEnsure {}
impl crate::Validate for types::IpSecTunnelEnsure {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_TUNNEL_ENSURE;
}
impl crate::model::Sealed for types::IpSecTunnelMetadata {}
impl crate::Validate for types::IpSecTunnelMetadata {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_TUNNEL_METADATA;
}
impl crate::model::Sealed for types::IpSecTunnelRead {}
impl crate::Validate for types::IpSecTunnelRead {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_TUNNEL_READ;
}
impl crate::model::Sealed for types::IpSecTunnelReadList {}
impl crate::Validate for types::IpSecTunnelReadList {
    const RULES: &'static crate::model::rule::Object = &rules::IP_SEC_TUNNEL_READ_LIST;
}
impl crate::model::Sealed for types::Links {}
impl crate::Validate for types::Links {
    const RULES: &'static crate::model::rule::Object = &rules::LINKS;
}
impl crate::model::Sealed for types::MaintenanceWindow {}
impl crate::Validate for types::MaintenanceWindow {
    const RULES: &'static crate::model::rule::Object = &rules::MAINTENANCE_WINDOW;
}
impl crate::model::Sealed for types::WireguardEndpoint {}
impl crate::Validate for types::WireguardEndpoint {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_ENDPOINT;
}
impl crate::model::Sealed for types::WireguardGateway {}
impl crate::Validate for types::WireguardGateway {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_GATEWAY;
}
impl crate::model::Sealed for types::WireguardGatewayCreate {}
impl crate::Validate for types::WireguardGatewayCreate {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_GATEWAY_CREATE;
}
impl crate::model::Sealed for types::WireguardGatewayEnsure {}
impl crate::Validate for types::WireguardGatewayEnsure {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_GATEWAY_ENSURE;
}
impl crate::model::Sealed for types::WireguardGatewayMetadata {}
impl crate::Validate for types::WireguardGatewayMetadata {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_GATEWAY_METADATA;
}
impl crate::model::Sealed for types::WireguardGatewayRead {}
impl crate::Validate for types::WireguardGatewayRead {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_GATEWAY_READ;
}
impl crate::model::Sealed for types::WireguardGatewayReadList {}
impl crate::Validate for types::WireguardGatewayReadList {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_GATEWAY_READ_LIST;
}
impl crate::model::Sealed for types::WireguardPeer {}
impl crate::Validate for types::WireguardPeer {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_PEER;
}
impl crate::model::Sealed for types::WireguardPeerCreate {}
impl crate::Validate for types::WireguardPeerCreate {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_PEER_CREATE;
}
impl crate::model::Sealed for types::WireguardPeerEnsure {}
impl crate::Validate for types::WireguardPeerEnsure {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_PEER_ENSURE;
}
impl crate::model::Sealed for types::WireguardPeerMetadata {}
impl crate::Validate for types::WireguardPeerMetadata {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_PEER_METADATA;
}
impl crate::model::Sealed for types::WireguardPeerRead {}
impl crate::Validate for types::WireguardPeerRead {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_PEER_READ;
}
impl crate::model::Sealed for types::WireguardPeerReadList {}
impl crate::Validate for types::WireguardPeerReadList {
    const RULES: &'static crate::model::rule::Object = &rules::WIREGUARD_PEER_READ_LIST;
}
/// The facts of the document about each kind.
mod kinds {
    use super::{rules, types};
    use crate::model::kind::{Kind, Names, Operations, Resource, ResourceRead, Segment};
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
        names: Names {
            id: "id",
            properties: "properties",
            metadata: "metadata",
            items: "items",
            offset: "offset",
            limit: "limit",
        },
        page_size: 100i64,
        max_page_size: 1000i64,
        ensure: &rules::IP_SEC_GATEWAY_ENSURE,
        create: &rules::IP_SEC_GATEWAY_CREATE,
        status_message: Some("statusMessage"),
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
        fn metadata(read: &Self::Read) -> ::serde_json::Value {
            ::serde_json::to_value(&read.metadata).unwrap_or_default()
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
    }
    impl ResourceRead for types::IpSecGatewayRead {
        type Properties = types::IpSecGateway;
        fn id(&self) -> ::uuid::Uuid {
            self.id
        }
        fn properties(&self) -> &types::IpSecGateway {
            &self.properties
        }
        fn status(&self) -> &types::Status {
            &self.metadata.status
        }
        fn status_message(&self) -> Option<&str> {
            ::std::option::Option::<
                &::std::string::String,
            >::from(&self.metadata.status_message)
                .map(::std::string::String::as_str)
        }
        fn last_modified(&self) -> Option<&crate::Timestamp> {
            ::std::option::Option::<
                &crate::Timestamp,
            >::from(&self.metadata.last_modified_date)
        }
    }
    impl types::IpSecGateway {
        /// Returns the differences between `actual` and this desired state; see [`drift`](crate::drift()).
        #[must_use]
        pub fn drift_from(&self, actual: &Self) -> crate::Drift {
            crate::drift(self, actual)
        }
    }
    impl types::IpSecGatewayRead {
        /// Returns the status that the server reports.
        #[must_use]
        pub fn status(&self) -> &types::Status {
            &self.metadata.status
        }
    }
    pub(super) static WIREGUARD_GATEWAY: Kind = Kind {
        name: "WireGuard gateway",
        path: &[
            Segment {
                name: "wireguardgateways",
                misspellings: &[],
            },
        ],
        operations: Operations {
            ensure: "wireguardgatewaysPut",
            create: "wireguardgatewaysPost",
            get: "wireguardgatewaysFindById",
            delete: "wireguardgatewaysDelete",
            list: "wireguardgatewaysGet",
        },
        names: Names {
            id: "id",
            properties: "properties",
            metadata: "metadata",
            items: "items",
            offset: "offset",
            limit: "limit",
        },
        page_size: 100i64,
        max_page_size: 1000i64,
        ensure: &rules::WIREGUARD_GATEWAY_ENSURE,
        create: &rules::WIREGUARD_GATEWAY_CREATE,
        status_message: Some("statusMessage"),
        sample_type: "wireguardgateway",
        sample_metadata: "{\"createdBy\":\"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"createdByUserId\":\"87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"createdDate\":\"2020-12-10T13:37:50+01:00\",\"lastModifiedBy\":\"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"lastModifiedByUserId\":\"87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"lastModifiedDate\":\"2020-12-11T13:37:50+01:00\",\"publicKey\":\"-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VuAyEApNLcmIfCLRwyGYN16teusuGPkdGo2C8OxiqaJLgOig4=\\n-----END PUBLIC KEY-----\\n\",\"resourceURN\":\"ionos:<product>:<location>:<contract>:<resource-path>\"}",
    };
    impl Resource for types::WireguardGateway {
        type Parents = [::uuid::Uuid; 0usize];
        type Ensure = types::WireguardGatewayEnsure;
        type Create = types::WireguardGatewayCreate;
        type Read = types::WireguardGatewayRead;
        type List = types::WireguardGatewayReadList;
        const KIND: &'static Kind = &WIREGUARD_GATEWAY;
        fn metadata(read: &Self::Read) -> ::serde_json::Value {
            ::serde_json::to_value(&read.metadata).unwrap_or_default()
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
    }
    impl ResourceRead for types::WireguardGatewayRead {
        type Properties = types::WireguardGateway;
        fn id(&self) -> ::uuid::Uuid {
            self.id
        }
        fn properties(&self) -> &types::WireguardGateway {
            &self.properties
        }
        fn status(&self) -> &types::Status {
            &self.metadata.status
        }
        fn status_message(&self) -> Option<&str> {
            ::std::option::Option::<
                &::std::string::String,
            >::from(&self.metadata.status_message)
                .map(::std::string::String::as_str)
        }
        fn last_modified(&self) -> Option<&crate::Timestamp> {
            ::std::option::Option::<
                &crate::Timestamp,
            >::from(&self.metadata.last_modified_date)
        }
    }
    impl types::WireguardGateway {
        /// Returns the differences between `actual` and this desired state; see [`drift`](crate::drift()).
        #[must_use]
        pub fn drift_from(&self, actual: &Self) -> crate::Drift {
            crate::drift(self, actual)
        }
    }
    impl types::WireguardGatewayRead {
        /// Returns the status that the server reports.
        #[must_use]
        pub fn status(&self) -> &types::Status {
            &self.metadata.status
        }
    }
    pub(super) static IP_SEC_TUNNEL: Kind = Kind {
        name: "IPSec tunnel",
        path: &[
            Segment {
                name: "ipsecgateways",
                misspellings: &["ipssecgateways"],
            },
            Segment {
                name: "tunnels",
                misspellings: &[],
            },
        ],
        operations: Operations {
            ensure: "ipsecgatewaysTunnelsPut",
            create: "ipsecgatewaysTunnelsPost",
            get: "ipsecgatewaysTunnelsFindById",
            delete: "ipsecgatewaysTunnelsDelete",
            list: "ipsecgatewaysTunnelsGet",
        },
        names: Names {
            id: "id",
            properties: "properties",
            metadata: "metadata",
            items: "items",
            offset: "offset",
            limit: "limit",
        },
        page_size: 100i64,
        max_page_size: 1000i64,
        ensure: &rules::IP_SEC_TUNNEL_ENSURE,
        create: &rules::IP_SEC_TUNNEL_CREATE,
        status_message: Some("statusMessage"),
        sample_type: "ipsectunnel",
        sample_metadata: "{\"createdBy\":\"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"createdByUserId\":\"87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"createdDate\":\"2020-12-10T13:37:50+01:00\",\"lastModifiedBy\":\"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"lastModifiedByUserId\":\"87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"lastModifiedDate\":\"2020-12-11T13:37:50+01:00\",\"resourceURN\":\"ionos:<product>:<location>:<contract>:<resource-path>\"}",
    };
    impl Resource for types::IpSecTunnel {
        type Parents = [::uuid::Uuid; 1usize];
        type Ensure = types::IpSecTunnelEnsure;
        type Create = types::IpSecTunnelCreate;
        type Read = types::IpSecTunnelRead;
        type List = types::IpSecTunnelReadList;
        const KIND: &'static Kind = &IP_SEC_TUNNEL;
        fn metadata(read: &Self::Read) -> ::serde_json::Value {
            ::serde_json::to_value(&read.metadata).unwrap_or_default()
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
    }
    impl ResourceRead for types::IpSecTunnelRead {
        type Properties = types::IpSecTunnel;
        fn id(&self) -> ::uuid::Uuid {
            self.id
        }
        fn properties(&self) -> &types::IpSecTunnel {
            &self.properties
        }
        fn status(&self) -> &types::Status {
            &self.metadata.status
        }
        fn status_message(&self) -> Option<&str> {
            ::std::option::Option::<
                &::std::string::String,
            >::from(&self.metadata.status_message)
                .map(::std::string::String::as_str)
        }
        fn last_modified(&self) -> Option<&crate::Timestamp> {
            ::std::option::Option::<
                &crate::Timestamp,
            >::from(&self.metadata.last_modified_date)
        }
    }
    impl types::IpSecTunnel {
        /// Returns the differences between `actual` and this desired state; see [`drift`](crate::drift()).
        #[must_use]
        pub fn drift_from(&self, actual: &Self) -> crate::Drift {
            crate::drift(self, actual)
        }
    }
    impl types::IpSecTunnelRead {
        /// Returns the status that the server reports.
        #[must_use]
        pub fn status(&self) -> &types::Status {
            &self.metadata.status
        }
    }
    pub(super) static WIREGUARD_PEER: Kind = Kind {
        name: "WireGuard peer",
        path: &[
            Segment {
                name: "wireguardgateways",
                misspellings: &[],
            },
            Segment {
                name: "peers",
                misspellings: &[],
            },
        ],
        operations: Operations {
            ensure: "wireguardgatewaysPeersPut",
            create: "wireguardgatewaysPeersPost",
            get: "wireguardgatewaysPeersFindById",
            delete: "wireguardgatewaysPeersDelete",
            list: "wireguardgatewaysPeersGet",
        },
        names: Names {
            id: "id",
            properties: "properties",
            metadata: "metadata",
            items: "items",
            offset: "offset",
            limit: "limit",
        },
        page_size: 100i64,
        max_page_size: 1000i64,
        ensure: &rules::WIREGUARD_PEER_ENSURE,
        create: &rules::WIREGUARD_PEER_CREATE,
        status_message: Some("statusMessage"),
        sample_type: "wireguardpeer",
        sample_metadata: "{\"createdBy\":\"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"createdByUserId\":\"87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"createdDate\":\"2020-12-10T13:37:50+01:00\",\"lastModifiedBy\":\"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"lastModifiedByUserId\":\"87f9a82e-b28d-49ed-9d04-fba2c0459cd3\",\"lastModifiedDate\":\"2020-12-11T13:37:50+01:00\",\"resourceURN\":\"ionos:<product>:<location>:<contract>:<resource-path>\"}",
    };
    impl Resource for types::WireguardPeer {
        type Parents = [::uuid::Uuid; 1usize];
        type Ensure = types::WireguardPeerEnsure;
        type Create = types::WireguardPeerCreate;
        type Read = types::WireguardPeerRead;
        type List = types::WireguardPeerReadList;
        const KIND: &'static Kind = &WIREGUARD_PEER;
        fn metadata(read: &Self::Read) -> ::serde_json::Value {
            ::serde_json::to_value(&read.metadata).unwrap_or_default()
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
    }
    impl ResourceRead for types::WireguardPeerRead {
        type Properties = types::WireguardPeer;
        fn id(&self) -> ::uuid::Uuid {
            self.id
        }
        fn properties(&self) -> &types::WireguardPeer {
            &self.properties
        }
        fn status(&self) -> &types::Status {
            &self.metadata.status
        }
        fn status_message(&self) -> Option<&str> {
            ::std::option::Option::<
                &::std::string::String,
            >::from(&self.metadata.status_message)
                .map(::std::string::String::as_str)
        }
        fn last_modified(&self) -> Option<&crate::Timestamp> {
            ::std::option::Option::<
                &crate::Timestamp,
            >::from(&self.metadata.last_modified_date)
        }
    }
    impl types::WireguardPeer {
        /// Returns the differences between `actual` and this desired state; see [`drift`](crate::drift()).
        #[must_use]
        pub fn drift_from(&self, actual: &Self) -> crate::Drift {
            crate::drift(self, actual)
        }
    }
    impl types::WireguardPeerRead {
        /// Returns the status that the server reports.
        #[must_use]
        pub fn status(&self) -> &types::Status {
            &self.metadata.status
        }
    }
}
/// The kinds of resources, parents first.
pub(crate) static KINDS: &[&crate::model::kind::Kind] = &[
    &kinds::IP_SEC_GATEWAY,
    &kinds::WIREGUARD_GATEWAY,
    &kinds::IP_SEC_TUNNEL,
    &kinds::WIREGUARD_PEER,
];
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
