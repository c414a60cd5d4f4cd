//! Where a gateway is found.

use std::fmt;
use std::str::FromStr;

use reqwest::Url;
use uuid::Uuid;

use crate::validate::{Violation, Violations, format};

const COLLECTION: &str = "ipsecgateways";
/// The vendor's page spells the path of its sample call so.
const MISSPELT: &str = "ipssecgateways";

/// The path of one gateway, always written `/ipsecgateways/{id}`.
///
/// It is read from an id, a path, an `href` or a URL, with the collection spelt rightly or as in the sample call of the
/// vendor's page (`/ipssecgateways/`). Anything else is refused: another collection, something below the gateway, a
/// query, credentials. The host of a URL is not kept.
///
/// ```
/// # use ionos_vpn::GatewayPath;
/// let sample = "https://vpn.de-fra.ionos.com/ipssecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44";
/// let path: GatewayPath = sample.parse()?;
/// assert_eq!(path.to_string(), "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44");
/// assert!("/wireguardgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44".parse::<GatewayPath>().is_err());
/// # Ok::<_, ionos_vpn::Violations>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct GatewayPath(Uuid);

impl GatewayPath {
    /// Returns the id of the gateway.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.0
    }

    /// Returns the URL of the gateway below a base URL, which may end with a slash and may have a path of its own.
    #[must_use]
    pub fn join(&self, base_url: &str) -> String {
        format!("{}{self}", base_url.trim_end_matches('/'))
    }
}

impl From<Uuid> for GatewayPath {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl From<GatewayPath> for Uuid {
    fn from(path: GatewayPath) -> Self {
        path.0
    }
}

impl fmt::Display for GatewayPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{COLLECTION}/{}", self.0)
    }
}

impl FromStr for GatewayPath {
    type Err = Violations;

    fn from_str(text: &str) -> Result<Self, Violations> {
        let refuse = |value: &str, remedy: &str| Violations::from(Violation::new("id", value.into(), remedy));
        let remedy = "must be the id (UUID) of a gateway, its path `/ipsecgateways/{id}`, or a URL that ends so";
        let path = if text.contains("://") {
            let url =
                Url::parse(text).map_err(|error| refuse("a URL", &format!("cannot be read: {error}; {remedy}")))?;
            if !url.username().is_empty() || url.password().is_some() {
                return Err(refuse("a URL", "must not contain credentials"));
            }
            if !matches!(url.scheme(), "http" | "https") {
                return Err(refuse(url.scheme(), "must be `https` as the scheme of a URL"));
            }
            if url.query().is_some() || url.fragment().is_some() {
                return Err(refuse(url.path(), "must have no query and no fragment behind it"));
            }
            url.path().to_owned()
        } else {
            text.to_owned()
        };
        let path = path.strip_suffix('/').filter(|path| path.contains('/')).unwrap_or(&path);
        let (before, id) = path.rsplit_once('/').map_or((None, path), |(before, id)| (Some(before), id));
        if let Some(before) = before {
            let collection = before.rsplit('/').next().unwrap_or_default();
            if ![COLLECTION, MISSPELT].contains(&collection) {
                return Err(refuse(text, remedy));
            }
        }
        match format::uuid(id) {
            Ok(_) => Uuid::try_parse(id).map(Self).map_err(|_| refuse(id, remedy)),
            Err(_) => Err(refuse(id, remedy)),
        }
    }
}
