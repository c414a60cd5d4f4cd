//! The description of a kind of resource, as the build generates it.

use std::fmt::{Debug, Display, Write};
use std::hash::Hash;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::generated::KINDS;
use super::generated::types::Status;
use super::rule::Object as Rules;
use super::timestamp::Timestamp;
use super::validate::{Sealed, Validate};

type Object = serde_json::Map<String, Value>;

/// A segment of a path that names a collection.
#[derive(Debug)]
pub struct Segment {
    pub name: &'static str,
    /// Other spellings of `name` that are accepted when a path is parsed, but never written.
    pub misspellings: &'static [&'static str],
}

/// The operationIds of a kind's operations.
#[derive(Debug)]
pub struct Operations {
    pub ensure: &'static str,
    pub get: &'static str,
    pub create: &'static str,
    pub delete: &'static str,
    pub list: &'static str,
}

/// The names of the fields around the properties, and of the parameters of a list.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    pub id: &'static str,
    pub properties: &'static str,
    pub metadata: &'static str,
    pub items: &'static str,
    pub offset: &'static str,
    pub limit: &'static str,
}

/// The facts of the document about a kind of resource, except for its types.
#[derive(Debug)]
pub struct Kind {
    /// The display name, such as `IPSec gateway`.
    pub name: &'static str,
    /// The collections in the path of a resource. An id follows each of them.
    pub path: &'static [Segment],
    pub operations: Operations,
    pub names: Names,
    /// The default page size of a list.
    pub page_size: i64,
    /// The maximum page size.
    pub max_page_size: i64,
    /// The rules of the body of an ensure.
    pub ensure: &'static Rules,
    /// The rules of the body of a create.
    pub create: &'static Rules,
    /// The field of the metadata that says why a resource has its status.
    pub status_message: Option<&'static str>,
    /// The `type` of a resource of this kind in responses.
    pub sample_type: &'static str,
    /// An example of the metadata of a response, as JSON and without a status.
    pub sample_metadata: &'static str,
}

impl Kind {
    /// Returns the kind of the parent.
    pub(crate) fn parent(&self) -> Option<&'static Self> {
        let (_, above) = self.path.split_last()?;
        let names = |path: &[Segment]| path.iter().map(|segment| segment.name).collect::<Vec<_>>();
        KINDS.iter().find(|kind| names(kind.path) == names(above)).copied()
    }

    /// Returns a path. With one id for each collection it is the path of a resource. With one id less it is the path of a
    /// collection.
    pub(crate) fn path_of(&self, ids: impl IntoIterator<Item = impl Display>) -> String {
        let mut ids = ids.into_iter();
        let mut path = String::with_capacity(64 * self.path.len());
        for segment in self.path {
            path.push('/');
            path.push_str(segment.name);
            if let Some(id) = ids.next() {
                // Writing to a `String` does not fail.
                _ = write!(path, "/{id}");
            }
        }
        path
    }

    /// Reads the end of a path, and returns what is before it and its ids: one for each collection if it is the path of a
    /// resource (`is_item`), else one less. `None` if it is not a path of this kind.
    pub(crate) fn ids_of<'a>(
        &self,
        path: &'a str,
        is_item: bool,
        is_called: impl Fn(&Segment, &str) -> bool,
    ) -> Option<(&'a str, Vec<&'a str>)> {
        let split = |path: &'a str| path.rsplit_once('/').or(Some(("", path))).filter(|(_, last)| !last.is_empty());
        let (mut rest, mut ids) = (path, Vec::new());
        for (index, segment) in self.path.iter().rev().enumerate() {
            if index > 0 || is_item {
                let (before, id) = split(rest)?;
                ids.insert(0, id);
                rest = before;
            }
            let (before, name) = split(rest)?;
            rest = Some(before).filter(|_| is_called(segment, name))?;
        }
        Some((rest, ids))
    }

    /// Returns the body of an ensure. `extra` are the unknown fields next to the properties.
    pub(crate) fn ensure_body(&self, id: Uuid, properties: Value, metadata: Object, extra: Object) -> Value {
        let mut body = extra;
        body.insert(self.names.id.to_owned(), id.to_string().into());
        self.body(self.ensure, body, properties, metadata)
    }

    /// Returns the body of a create.
    pub(crate) fn create_body(&self, properties: Value) -> Value {
        self.body(self.create, Object::new(), properties, Object::new())
    }

    /// Adds the properties, without the fields that only the server sets. Metadata is sent if the document allows it, even
    /// if it is empty, as in the vendor's example.
    fn body(&self, rules: &Rules, mut body: Object, mut properties: Value, metadata: Object) -> Value {
        let Names { properties: properties_name, metadata: metadata_name, .. } = self.names;
        if let Some(field) = rules.field(properties_name).filter(|_| rules.has_read_only) {
            field.rule.remove_fields(&mut properties, |field| field.read_only);
        }
        if rules.field(metadata_name).is_some() {
            body.insert(metadata_name.to_owned(), metadata.into());
        }
        body.insert(properties_name.to_owned(), properties);
        body.into()
    }
}

impl Segment {
    /// Returns `true` for the name and its misspellings.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.misspellings.contains(&name)
    }
}

/// The properties of a kind of resource, such as [`IpSecGateway`](crate::IpSecGateway); [`Resources`](crate::Resources) is
/// generic over it.
///
/// This trait is sealed: the build implements it for every kind that it finds in the document.
pub trait Resource: Validate + Clone + Debug + PartialEq + DeserializeOwned + Send + Sync + 'static {
    /// The ids of the parents of a resource: none for a gateway, one for a tunnel or a peer.
    type Parents: AsRef<[Uuid]> + Clone + Copy + Debug + Eq + Hash + Send + Sync + for<'a> TryFrom<&'a [Uuid]> + 'static;
    /// The body of an ensure.
    type Ensure: Validate + Clone + Debug + Send + Sync;
    /// The body of a create.
    type Create: Validate + Debug + Send + Sync;
    /// The resource as the server returns it.
    type Read: ResourceRead<Properties = Self>;
    /// A page of a list.
    #[doc(hidden)]
    type List: DeserializeOwned + Send;

    /// The name of the kind, such as `IPSec gateway`.
    const NAME: &'static str = Self::KIND.name;
    #[doc(hidden)]
    const KIND: &'static Kind;

    #[doc(hidden)]
    fn metadata(read: &Self::Read) -> Value;
    /// The fields next to `properties` that this version does not know.
    #[doc(hidden)]
    fn extra(read: &Self::Read) -> &Object;
    #[doc(hidden)]
    fn metadata_extra(read: &Self::Read) -> &Object;
    #[doc(hidden)]
    fn items(list: Self::List) -> Vec<Self::Read>;
}

/// A resource as the server returns it, such as [`IpSecGatewayRead`](crate::IpSecGatewayRead), for code that is generic over
/// the kinds. This trait is sealed: the build implements it for every kind.
///
/// ```
/// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
/// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
/// # gateways.ensure(id, &gateway).await?;
/// use ionos_vpn::{Error, Resource, ResourceRead, Resources};
///
/// async fn describe<R: Resource>(handle: &Resources<R>, id: uuid::Uuid) -> Result<String, Error> {
///     let read = handle.get(id).await?;
///     Ok(format!("{} {} is {}", R::NAME, read.id(), read.status()))
/// }
/// assert!(describe(&gateways, id).await?.starts_with(&format!("IPSec gateway {id} is ")));
/// # Ok(()) });
/// ```
pub trait ResourceRead:
    Sealed + Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + Unpin + 'static
{
    /// The type of the properties.
    type Properties;

    /// Returns the id.
    fn id(&self) -> Uuid;
    /// Returns the properties.
    fn properties(&self) -> &Self::Properties;
    /// Returns the status that the server reports.
    fn status(&self) -> &Status;
    /// Returns why the resource has its status, if the server says so.
    fn status_message(&self) -> Option<&str>;
    /// Returns when the resource was last changed, by the server's clock.
    fn last_modified(&self) -> Option<&Timestamp>;
}
