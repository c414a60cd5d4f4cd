#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
mod drift;
mod error;
pub mod generated;
mod path;
mod region;
mod resource;
mod retry;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod secret;
mod timestamp;
mod transport;
mod typed;
mod validate;
mod wait;

pub use client::{Client, ClientBuilder};
pub use drift::{Change, Drift, drift};
pub use error::{Error, ErrorKind};
pub use generated::types;
pub use path::GatewayPath;
pub use region::Region;
pub use resource::{Ensured, IpSecGateways, Outcome};
pub use retry::RetryPolicy;
#[cfg(feature = "sandbox")]
pub use sandbox::Sandbox;
pub use secret::{Secret, TokenFuture, TokenProvider};
pub use timestamp::Timestamp;
pub use types::{
    Connection, DayOfTheWeek, IkeVersion, IpSecGateway, IpSecGatewayEnsure, IpSecGatewayMetadata, IpSecGatewayRead,
    MaintenanceWindow, Status, Tier,
};
pub use validate::{Validate, Violation, Violations};
pub use wait::{WaitOptions, WaitTarget};
