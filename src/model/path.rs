//! The path of a resource.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use reqwest::Url;
use uuid::Uuid;

use super::format;
use super::generated::types::IpSecGateway;
use super::kind::{Resource, Segment};
use super::violation::{Violation, Violations};

/// The path of an IPSec gateway, always written `/ipsecgateways/{id}`.
///
/// ```
/// # use ionos_vpn::GatewayPath;
/// let sample = "https://vpn.de-fra.ionos.com/ipssecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44";
/// let path: GatewayPath = sample.parse()?;
/// assert_eq!(path.to_string(), "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44");
/// assert!("/wireguardgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44".parse::<GatewayPath>().is_err());
/// # Ok::<_, ionos_vpn::Violations>(())
/// ```
pub type GatewayPath = ResourcePath<IpSecGateway>;

/// The path of a resource: the ids of its parents, and its own id.
///
/// It can be parsed from a path, an `href` or a URL. For a kind without a parent, it can also be parsed from an id. The
/// document lists misspelled names of collections. They are accepted when a path is parsed (the sample call of the vendor's
/// page has `/ipssecgateways/`), but never written. Anything else is refused: another collection, a path below the resource,
/// a query, credentials. The host of a URL is not kept. See [`GatewayPath`] for an example.
pub struct ResourcePath<R: Resource> {
    parents: R::Parents,
    id: Uuid,
}

impl<R: Resource> ResourcePath<R> {
    /// Returns the path of the resource `id` below `parents`: `[]` for a gateway, `[gateway_id]` for a tunnel or a
    /// peer.
    #[must_use]
    pub fn new(parents: R::Parents, id: Uuid) -> Self {
        Self { parents, id }
    }

    /// Returns the id of the resource.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Returns the ids of its parents, the topmost first.
    #[must_use]
    pub fn parents(&self) -> R::Parents {
        self.parents
    }

    /// Returns the URL of the resource below a base URL, which may have a path and may end with a slash.
    #[must_use]
    pub fn join(&self, base_url: &str) -> String {
        format!("{}{self}", base_url.trim_end_matches('/'))
    }

    /// Parses the ids at the end of a path. Returns `None` if the path belongs to another kind.
    fn ids(path: &str) -> Option<Vec<Uuid>> {
        let path = path.strip_suffix('/').filter(|path| path.contains('/')).unwrap_or(path);
        let mut parts = path.rsplit('/');
        let mut ids = Vec::new();
        for segment in R::KIND.path.iter().rev() {
            let id = parts.next().filter(|id| format::uuid(id).is_ok())?;
            ids.insert(0, Uuid::try_parse(id).ok()?);
            match parts.next() {
                Some(name) if segment.is_called(name) => {}
                // An id alone.
                None if R::KIND.path.len() == 1 => {}
                _ => return None,
            }
        }
        Some(ids)
    }
}

impl Segment {
    fn is_called(&self, name: &str) -> bool {
        self.name == name || self.misspellings.contains(&name)
    }
}

impl<R: Resource> fmt::Display for ResourcePath<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<_> = self.parents.as_ref().iter().chain([&self.id]).copied().collect();
        R::KIND.write_path(&ids, f)
    }
}

/// Returns the path of a URL, or the reason why the URL is refused.
fn path_of_url(text: &str) -> Result<String, Violation> {
    let refuse = |value: &str, remedy: String| Violation::new("id", value.into(), remedy);
    let url = Url::parse(text)
        .map_err(|error| refuse("a URL", format!("cannot be parsed: {error}; must be an http or https URL")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse(url.scheme(), "must be `https` as the scheme of a URL".to_owned()));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse(url.path(), "must have no query and no fragment".to_owned()));
    }
    Ok(url.path().to_owned())
}

impl<R: Resource> FromStr for ResourcePath<R> {
    type Err = Violations;

    fn from_str(text: &str) -> Result<Self, Violations> {
        // No path of the API has an `@`; in a URL it follows credentials, which must not be repeated.
        if text.contains('@') {
            return Err(Violation::new("id", "a URL".into(), "must not contain credentials").into());
        }
        let is_url = text.contains("://");
        if let (false, Some((path, _))) = (is_url, text.split_once(['?', '#'])) {
            return Err(Violation::new("id", path.into(), "must have no query and no fragment").into());
        }
        let path = if is_url { path_of_url(text)? } else { text.to_owned() };
        let ids = Self::ids(&path);
        let path = ids.as_deref().and_then(|ids| {
            let (id, parents) = ids.split_last()?;
            Some(Self { parents: R::Parents::try_from(parents).ok()?, id: *id })
        });
        path.ok_or_else(|| {
            let pattern: Vec<_> = R::KIND.path.iter().map(|segment| format!("/{}/{{id}}", segment.name)).collect();
            let pattern = pattern.concat();
            let id = if R::KIND.path.len() == 1 { "id (UUID), " } else { "" };
            let remedy = format!("must identify one {} by {id}path (`{pattern}`) or URL", R::KIND.name);
            Violation::new("id", text.into(), remedy).into()
        })
    }
}

impl<R: Resource<Parents = [Uuid; 0]>> From<Uuid> for ResourcePath<R> {
    fn from(id: Uuid) -> Self {
        Self { parents: [], id }
    }
}

impl<R: Resource> From<ResourcePath<R>> for Uuid {
    fn from(path: ResourcePath<R>) -> Self {
        path.id
    }
}

// A derive would require the same traits of the properties type.
#[expect(clippy::expl_impl_clone_on_copy, reason = "derived, it would demand `R: Clone`")]
impl<R: Resource> Clone for ResourcePath<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Resource> Copy for ResourcePath<R> {}

impl<R: Resource> PartialEq for ResourcePath<R> {
    fn eq(&self, other: &Self) -> bool {
        (self.parents, self.id) == (other.parents, other.id)
    }
}

impl<R: Resource> Eq for ResourcePath<R> {}

impl<R: Resource> Hash for ResourcePath<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.parents, self.id).hash(state);
    }
}

impl<R: Resource> fmt::Debug for ResourcePath<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourcePath({self})")
    }
}
