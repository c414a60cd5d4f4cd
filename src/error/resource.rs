//! The resource of a failed call.

use std::fmt;

use uuid::Uuid;

use crate::model::generated::KINDS;
use crate::model::kind::Kind;

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

impl fmt::Debug for ResourceRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourceRef({self})")
    }
}

impl ResourceRef {
    pub(crate) fn new(kind: &'static Kind, parents: &[Uuid], id: Option<Uuid>) -> Self {
        Self { kind, parents: parents.to_vec(), id }
    }

    /// Parses a path of the API below any base URL. Returns `None` if the path belongs to no kind.
    pub(crate) fn from_path(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.split('/').collect();
        let read = |kind: &'static Kind, length: usize| {
            let own = parts.get(parts.len().checked_sub(length)?..)?;
            let is_named = own.iter().step_by(2).zip(kind.path).all(|(name, segment)| *name == segment.name);
            let ids = own.iter().skip(1).step_by(2).map(|id| Uuid::try_parse(id).ok());
            let mut parents = ids.collect::<Option<Vec<_>>>().filter(|_| is_named)?;
            let id = if length.is_multiple_of(2) { parents.pop() } else { None };
            Some(Self { kind, parents, id })
        };
        KINDS.iter().find_map(|kind| {
            let whole = 2 * kind.path.len();
            read(kind, whole).or_else(|| read(kind, whole - 1))
        })
    }

    /// Returns the path without the ids: `/ipsecgateways/{id}`.
    pub(crate) fn template(&self) -> String {
        let template: String = self.kind.path.iter().map(|segment| ["/", segment.name, "/{id}"].concat()).collect();
        match self.id {
            Some(_) => template,
            None => template.strip_suffix("/{id}").unwrap_or(&template).to_owned(),
        }
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

/// The action and the resource that an error is about.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) verb: &'static str,
    /// The operationId of the document.
    pub(crate) operation: &'static str,
    pub(crate) resource: ResourceRef,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.resource)
    }
}
