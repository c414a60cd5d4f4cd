//! A client for the IONOS Cloud VPN Gateway API. The build generates types and calls from the documents in `spec/`; the code
//! here makes them safe to use from a long-running service.
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod call;
mod client;
mod error;
mod model;
mod region;
mod resources;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod text;
pub mod traces;

#[doc(inline)]
pub use builder::ClientBuilder;
#[doc(inline)]
pub use call::budget::RetryBudget;
#[doc(inline)]
pub use call::options::CallOptions;
#[doc(inline)]
pub use call::retry::RetryPolicy;
#[doc(inline)]
pub use call::token::{AccessToken, TokenFuture, TokenProvider};
#[doc(inline)]
pub use client::Client;
#[doc(inline)]
pub use error::{Advice, Error, ErrorKind, ResourceRef, StopReason};
#[doc(inline)]
pub use model::drift::{Change, Drift, drift};
#[doc(hidden)]
pub use model::generated;
#[doc(inline)]
pub use model::generated::types;
#[doc(inline)]
pub use model::generated::types::{
    Connection, DayOfTheWeek, DiffieHellmanGroup, EncryptionAlgorithm, EspEncryption, IkeEncryption, IkeVersion,
    IntegrityAlgorithm, IpSecGateway, IpSecGatewayEnsure, IpSecGatewayMetadata, IpSecGatewayRead, IpSecPsk,
    IpSecTunnel, IpSecTunnelAuth, IpSecTunnelEnsure, IpSecTunnelRead, MaintenanceWindow, Status, Tier,
    TunnelAuthMethod, WireguardEndpoint, WireguardGateway, WireguardGatewayEnsure, WireguardGatewayRead, WireguardPeer,
    WireguardPeerEnsure, WireguardPeerRead,
};
#[doc(inline)]
pub use model::kind::Resource;
#[doc(inline)]
pub use model::path::{GatewayPath, ResourcePath};
#[doc(inline)]
pub use model::secret::Secret;
#[doc(inline)]
pub use model::timestamp::Timestamp;
#[doc(inline)]
pub use model::validate::Validate;
#[doc(inline)]
pub use model::violation::{Violation, Violations};
#[cfg(feature = "wireguard-keys")]
#[doc(inline)]
pub use model::wireguard::WireguardKeyPair;
#[doc(inline)]
pub use region::Region;
#[doc(inline)]
pub use resources::{
    Action, Ensured, FleetStream, IntoDesired, ListOptions, Outcome, Plan, ResourceStream, Resources, Target,
    WaitOptions, Watch,
};
#[cfg(feature = "sandbox")]
#[doc(inline)]
pub use sandbox::Sandbox;
