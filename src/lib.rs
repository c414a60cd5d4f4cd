//! A client for the IONOS Cloud VPN Gateway API, for long-running services: IPSec and WireGuard gateways, tunnels and peers.
//!
//! The build generates types and calls from an OpenAPI document. Validation, retries, rate limits, waiting and updates
//! without loss are hand-written code that works for all kinds of resources.
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! # setup::run(async |setup::Setup { client, .. }| {
//! use ionos_vpn::{Connection, IpSecGateway};
//! use uuid::uuid;
//!
//! // In a service: let client = ionos_vpn::Client::from_env()?;
//! let gateways = client.ipsec_gateways();
//!
//! let connection = Connection::builder()
//!     .datacenter_id(uuid!("5a029f4a-72e5-11ec-90d6-0242ac120003"))
//!     .lan_id("2")
//!     .ipv4_cidr("192.168.1.100/24")
//!     .build();
//! let gateway = IpSecGateway::builder()
//!     .name("My Company Gateway")
//!     .gateway_ip("81.173.1.2")
//!     .connections(vec![connection])
//!     .build();
//!
//! let id = uuid!("66a114c7-2ddd-5119-9ddf-5a789f5a5a44");
//! let ensured = gateways.ensure(id, &gateway).await?;
//! let available = gateways.wait_until_available(&ensured).await?;
//! println!("{:?}: {} is {}", ensured.outcome, available.properties.name, available.status());
//! # Ok(()) });
//! ```
//!
//! # Where to start reading
//!
//! | to | see |
//! |---|---|
//! | make a client | [`Client`], [`ClientBuilder`], [`Region`]; tokens that rotate: [`TokenProvider`] |
//! | work with resources | [`Resources`], which [`Client`] returns for each kind; many at once: [`FleetStream`] |
//! | call any other operation | [`Client::call`], [`Client::request`] |
//! | describe a resource | [`IpSecGateway`], [`IpSecTunnel`], [`WireguardGateway`], [`WireguardPeer`]; all types: [`types`]; their builders: [`builders`] |
//! | check a description | [`Validate`], [`Violations`]; compare it with another: [`drift`](drift()) |
//! | read the result of a write | [`Ensured`], [`Outcome`]; of a plan: [`Plan`], [`Action`] |
//! | handle an error | [`Error`], [`Advice`]; the table at [`ErrorKind`] |
//! | tune calls, waits and lists | [`CallOptions`], [`RetryPolicy`], [`RetryBudget`], [`WaitOptions`], [`ListOptions`] |
//! | parse a path or a URL | [`ResourcePath`], [`GatewayPath`] |
//! | write a test | [`sandbox`] |
//! | use a crate in the same version | the re-exports [`uuid`], [`http`], [`reqwest`], [`chrono`], [`ipnet`], [`serde_json`] |
//! | log and trace calls | [`traces`]; for metrics: [`Client::load`] |
//!
//! The [`guide`] explains the concepts, half a page each:
//! [ensure, modify or reconcile](guide#choosing-between-ensure-modify-and-reconcile) ·
//! [replacing without loss](guide#replacing-without-loss) · [secrets](guide#secrets) ·
//! [retries and pacing](guide#retries-and-pacing) · [waiting](guide#waiting) · [errors](guide#errors) ·
//! [cancellation](guide#cancellation) · [in a service](guide#in-a-service) · [testing](guide#testing) ·
//! [observability](guide#observability) · [proxies and TLS](guide#proxies-and-tls)
//!
//! # Features
//!
//! | feature | meaning |
//! |---|---|
//! | `rustls` (default) | TLS by rustls, with the certificate authorities of the system |
//! | `native-tls` | TLS by the system's library; used instead of `rustls` if both are on |
//! | `rustls-no-provider` | TLS by rustls, with the cryptography provider that the program installs |
//! | `http2` | HTTP/2, if the server agrees during the TLS handshake |
//! | `wireguard-keys` | `WireguardKeyPair`, and detection of changed WireGuard keys |
//! | `sandbox` | `sandbox`: an in-memory API for tests |
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod call;
mod client;
mod error;
pub mod guide;
mod model;
mod region;
mod resources;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod text;
pub mod traces;

// Crates whose types are part of the public API, in the version that this crate uses.
#[doc(no_inline)]
pub use {chrono, http, ipnet, reqwest, serde_json, uuid};

#[doc(inline)]
pub use builder::ClientBuilder;
#[doc(inline)]
pub use call::budget::RetryBudget;
#[doc(inline)]
pub use call::options::CallOptions;
#[doc(hidden)]
pub use call::raw_api as generated;
#[doc(inline)]
pub use call::retry::RetryPolicy;
#[doc(inline)]
pub use call::token::{AccessToken, TokenFuture, TokenProvider};
#[doc(inline)]
pub use client::{Client, Load};
#[doc(inline)]
pub use error::{Advice, Error, ErrorKind, StopReason};
#[doc(inline)]
pub use model::builders;
#[doc(inline)]
pub use model::drift::{Change, Drift, drift};
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
pub use model::kind::{Resource, ResourceRead};
#[doc(inline)]
pub use model::path::{GatewayPath, ResourcePath, ResourceRef};
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
    Action, Ensured, FleetStream, ListOptions, Outcome, Plan, ResourceStream, Resources, Target, WaitOptions, Watch,
};
#[cfg(feature = "sandbox")]
#[doc(inline)]
pub use sandbox::Sandbox;

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
