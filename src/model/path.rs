//! The paths of resources and collections: how they are written and read.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use reqwest::Url;
use uuid::Uuid;

use super::format;
use super::generated::KINDS;
use super::generated::types::IpSecGateway;
use super::kind::{Kind, Resource, Segment};
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
        let is_id_alone = !path.contains('/') && R::KIND.path.len() == 1;
        let path = path.strip_suffix('/').unwrap_or(path);
        let ids = if is_id_alone { vec![path] } else { R::KIND.ids_of(path, true, Segment::is_called)?.1 };
        // Only the usual form of a UUID.
        let id = |id: &str| format::uuid(id).ok().and_then(|_| Uuid::try_parse(id).ok());
        ids.into_iter().map(id).collect()
    }
}

impl<R: Resource> fmt::Display for ResourcePath<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&R::KIND.path_of(self.parents.as_ref().iter().chain([&self.id])))
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

/// The resource of a failed call, or the collection for a list or a create, which have no id. `Display` prints the kind
/// and the ids.
///
/// See [`Error::resource`](crate::Error::resource) for an example.
#[derive(Clone)]
pub struct ResourceRef {
    kind: &'static Kind,
    parents: Vec<Uuid>,
    id: Option<Uuid>,
}

impl ResourceRef {
    pub(crate) fn new(kind: &'static Kind, parents: &[Uuid], id: Option<Uuid>) -> Self {
        Self { kind, parents: parents.to_vec(), id }
    }

    /// Parses a path of the API below any base URL. Returns `None` if the path belongs to no kind.
    pub(crate) fn from_path(path: &str) -> Option<Self> {
        let (_, kind, ids) = split(path)?;
        Self::from_ids(kind, &ids)
    }

    /// Returns the resource or the collection with these ids, as they were written in a path.
    pub(crate) fn from_ids(kind: &'static Kind, ids: &[&str]) -> Option<Self> {
        let mut parents = ids.iter().map(|id| Uuid::try_parse(id).ok()).collect::<Option<Vec<_>>>()?;
        let id = if parents.len() == kind.path.len() { parents.pop() } else { None };
        Some(Self { kind, parents, id })
    }

    /// Returns the path.
    pub(crate) fn path(&self) -> String {
        self.kind.path_of(self.parents.iter().chain(&self.id))
    }

    /// Returns the path with `{id}` in place of the ids.
    pub(crate) fn template(&self) -> String {
        self.kind.path_of(self.parents.iter().chain(&self.id).map(|_| "{id}"))
    }

    /// Returns the facts of the document about the kind.
    pub(crate) fn facts(&self) -> &'static Kind {
        self.kind
    }

    /// Returns the name of the kind, such as `IPSec gateway`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind.name
    }

    /// Returns the id of the resource; `None` for a list and a create.
    #[must_use]
    pub fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// Returns the ids of its parents, the topmost first: none for a gateway, the gateway's id for a tunnel or a peer.
    #[must_use]
    pub fn parents(&self) -> &[Uuid] {
        &self.parents
    }
}

impl fmt::Debug for ResourceRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourceRef({self})")
    }
}

impl fmt::Display for ResourceRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name)?;
        if let Some(id) = self.id {
            write!(f, " {id}")?;
        }
        match self.parents.last() {
            Some(parent) => write!(f, " of {parent}"),
            None => Ok(()),
        }
    }
}

/// Splits a path of the API into what is before it, its kind and its ids. Accepts no misspellings.
pub(crate) fn split(path: &str) -> Option<(&str, &'static Kind, Vec<&str>)> {
    let is_called = |segment: &Segment, name: &str| segment.name == name;
    KINDS.iter().find_map(|kind| {
        let found = kind.ids_of(path, true, is_called).or_else(|| kind.ids_of(path, false, is_called));
        found.map(|(before, ids)| (before, *kind, ids))
    })
}
