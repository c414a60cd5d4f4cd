//! The description of a kind of resource, as the build generates it.

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

/// The facts of the document about a kind of resource, except for its types.
#[derive(Debug)]
pub struct Kind {
    /// The display name, such as `IPSec gateway`.
    pub name: &'static str,
    /// The collections in the path of a resource. An id follows each of them.
    pub path: &'static [Segment],
    pub operations: Operations,
    /// The field of a body that holds the properties.
    pub properties: &'static str,
    /// The default page size of a list.
    pub page_size: i64,
    /// The maximum page size.
    pub max_page_size: i64,
    /// The rules of the body of an ensure.
    pub ensure: &'static Object,
    /// The rules of the body of a create.
    pub create: &'static Object,
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

    /// Writes a path. With one id for each collection it is the path of a resource. With one id less it is the path of
    /// a collection.
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

/// The future of a generated operation.
#[doc(hidden)]
pub trait Reply<T>: Future<Output = Result<ResponseValue<T>, RawError<()>>> + Send {}
impl<T, F: Future<Output = Result<ResponseValue<T>, RawError<()>>> + Send> Reply<T> for F {}

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
    /// Returns the elements of an unparsed list; `None` if it is not a list.
    #[doc(hidden)]
    fn raw_items(list: &mut Value) -> Option<Value>;
    /// The id of an element of an unparsed list.
    #[doc(hidden)]
    fn raw_id(element: &Value) -> Option<&Value>;
}
