//! What the build knows of a kind of resource.

use std::fmt::Debug;
use std::hash::Hash;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::generated::types::Status;
use super::generated::{KINDS, RawApi, RawError, ResponseValue};
use super::rule::Object;
use super::timestamp::Timestamp;
use super::validate::Validate;

/// A segment of a path that names a collection.
#[derive(Debug)]
pub struct Segment {
    pub name: &'static str,
    /// Other spellings that are read as `name`, and never written.
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

/// What the document says of a kind of resource, apart from its types.
#[derive(Debug)]
pub struct Kind {
    /// The name for people, such as `IPSec gateway`.
    pub name: &'static str,
    /// The collections on the way to a resource; each is followed by an id.
    pub path: &'static [Segment],
    pub operations: Operations,
    /// The field of a body that holds the properties.
    pub properties: &'static str,
    /// How many resources a page of a list holds by default.
    pub page_size: i64,
    /// How many it holds at most.
    pub max_page_size: i64,
    /// The rules of the body of an ensure.
    pub ensure: &'static Object,
    /// The rules of the body of a create.
    pub create: &'static Object,
    /// The field of the metadata that says why a resource has its status.
    pub status_message: Option<&'static str>,
    /// The `type` that a server gives such a resource.
    pub sample_type: &'static str,
    /// Metadata as a server gives it, as JSON and without a status.
    pub sample_metadata: &'static str,
}

impl Kind {
    /// Returns the kind of the resources that those of this kind belong to.
    pub(crate) fn parent(&self) -> Option<&'static Self> {
        let (_, above) = self.path.split_last()?;
        let names = |path: &[Segment]| path.iter().map(|segment| segment.name).collect::<Vec<_>>();
        KINDS.iter().find(|kind| names(kind.path) == names(above)).copied()
    }

    /// Writes a path: as many ids as there are give a resource, one less gives its collection.
    pub(crate) fn write_path(&self, ids: &[Uuid], out: &mut impl std::fmt::Write) -> std::fmt::Result {
        let mut ids = ids.iter();
        for segment in self.path {
            write!(out, "/{}", segment.name)?;
            if let Some(id) = ids.next() {
                write!(out, "/{id}")?;
            }
        }
        Ok(())
    }
}

/// The result of a generated operation, some time later.
#[doc(hidden)]
pub trait Reply<T>: Future<Output = Result<ResponseValue<T>, RawError<()>>> + Send {}
impl<T, F: Future<Output = Result<ResponseValue<T>, RawError<()>>> + Send> Reply<T> for F {}

/// The properties of a kind of resource, such as [`IpSecGateway`](crate::IpSecGateway); [`Resources`](crate::Resources) is
/// generic over it.
///
/// This trait is sealed: the build implements it for every kind that it finds in the document.
pub trait Resource: Validate + Clone + Debug + PartialEq + DeserializeOwned + Send + Sync + 'static {
    /// The ids of the resources above one of this kind: none for a gateway, one for what belongs to a gateway.
    type Parents: AsRef<[Uuid]> + Clone + Copy + Debug + Eq + Hash + Send + Sync + for<'a> TryFrom<&'a [Uuid]> + 'static;
    /// The body of an ensure.
    type Ensure: Validate + Clone + Debug + Send + Sync;
    /// The body of a create.
    type Create: Validate + Debug + Send + Sync;
    /// The resource as a server shows it.
    type Read: Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + Unpin + 'static;
    /// A page of a list.
    #[doc(hidden)]
    type List: Send;

    #[doc(hidden)]
    const KIND: &'static Kind;

    #[doc(hidden)]
    fn call_ensure<'a>(
        api: &'a RawApi,
        parents: &'a Self::Parents,
        id: &'a Uuid,
        body: &'a Self::Ensure,
    ) -> impl Reply<Self::Read> + 'a;
    #[doc(hidden)]
    fn call_create<'a>(
        api: &'a RawApi,
        parents: &'a Self::Parents,
        body: &'a Self::Create,
    ) -> impl Reply<Self::Read> + 'a;
    #[doc(hidden)]
    fn call_get<'a>(api: &'a RawApi, parents: &'a Self::Parents, id: &'a Uuid) -> impl Reply<Self::Read> + 'a;
    #[doc(hidden)]
    fn call_delete<'a>(api: &'a RawApi, parents: &'a Self::Parents, id: &'a Uuid) -> impl Reply<()> + 'a;
    #[doc(hidden)]
    fn call_list<'a>(
        api: &'a RawApi,
        parents: &'a Self::Parents,
        offset: i64,
        limit: i64,
    ) -> impl Reply<Self::List> + 'a;

    #[doc(hidden)]
    fn ensure_body(id: Uuid, properties: Self, metadata: Map<String, Value>, extra: Map<String, Value>)
    -> Self::Ensure;
    #[doc(hidden)]
    fn create_body(properties: Self, metadata: Map<String, Value>) -> Self::Create;

    #[doc(hidden)]
    fn id(read: &Self::Read) -> Uuid;
    #[doc(hidden)]
    fn properties(read: &Self::Read) -> &Self;
    #[doc(hidden)]
    fn metadata(read: &Self::Read) -> Value;
    #[doc(hidden)]
    fn status(read: &Self::Read) -> &Status;
    #[doc(hidden)]
    fn status_message(read: &Self::Read) -> Option<&str>;
    #[doc(hidden)]
    fn last_modified(read: &Self::Read) -> Option<&Timestamp>;
    /// The fields next to `properties` that this version does not know.
    #[doc(hidden)]
    fn extra(read: &Self::Read) -> &Map<String, Value>;
    #[doc(hidden)]
    fn metadata_extra(read: &Self::Read) -> &Map<String, Value>;

    #[doc(hidden)]
    fn items(list: Self::List) -> Vec<Self::Read>;
    /// Takes the elements out of a list that has not been parsed; `None` if it is not a list.
    #[doc(hidden)]
    fn raw_items(list: &mut Value) -> Option<Value>;
    /// The id of an element of a list that has not been parsed.
    #[doc(hidden)]
    fn raw_id(element: &Value) -> Option<&Value>;
}
