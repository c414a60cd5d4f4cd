//! Lists, read page by page.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::unfold;
use futures_util::{Stream, StreamExt};
use http::Method;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::Resources;
use crate::call::response::Response;
use crate::error::{Error, ErrorKind, Subject};
use crate::model::kind::{Resource, ResourceRead};

/// Options for lists.
///
/// ```
/// # use futures_util::TryStreamExt;
/// # use ionos_vpn::ListOptions;
/// # async fn example(client: &ionos_vpn::Client) -> Result<(), ionos_vpn::Error> {
/// let gateways = client.ipsec_gateways().list_options(ListOptions::default().page_size(1000));
/// let all: Vec<_> = gateways.list().try_collect().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListOptions {
    page_size: Option<u32>,
}

impl ListOptions {
    /// Sets the number of resources that one request reads: 1 to 1000 (the vendor's limits). A number outside these
    /// limits is replaced by the nearest limit. Default 100, as in the API; 1000 in [`Resources::reconcile_all`] and
    /// [`Resources::plan_all`].
    #[must_use]
    pub fn page_size(mut self, resources: u32) -> Self {
        self.page_size = Some(resources);
        self
    }
}

/// The resources of a collection, as a stream. Made by [`Resources::list`].
pub struct ResourceStream<R: Resource>(Pin<Box<dyn Stream<Item = Result<R::Read, Error>> + Send>>);

impl<R: Resource> fmt::Debug for ResourceStream<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResourceStream").finish_non_exhaustive()
    }
}

impl<R: Resource> Stream for ResourceStream<R> {
    type Item = Result<R::Read, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<R: Resource> Resources<R> {
    /// Returns all resources of the collection as a stream. The stream requests a page when it needs one, and keeps one
    /// page in memory ([`ListOptions::page_size`]).
    ///
    /// The stream ends at the first empty page. A page that is not full does not end it, because the server may have more
    /// resources. It also ends after a failed request. If an element is not a resource, the stream yields one error for it
    /// and continues: [`UnusableResponse`](crate::ErrorKind::UnusableResponse) with the position and, if it is readable, the
    /// id.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// # gateways.ensure(id, &gateway).await?;
    /// use futures_util::TryStreamExt;
    ///
    /// let mut list = gateways.list();
    /// while let Some(gateway) = list.try_next().await? {
    ///     println!("{} {}", gateway.id, gateway.properties.name);
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// The API addresses pages by offset. If a resource is deleted while the list is read, the other resources move
    /// forward and one may be skipped. So collect the list before you delete from it:
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// # gateways.ensure(id, &gateway).await?;
    /// use futures_util::TryStreamExt;
    ///
    /// let all: Vec<_> = gateways.list().try_collect().await?;
    /// for gateway in all {
    ///     gateways.delete(gateway.id).await?;
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    /// Any error of a call; see [`ErrorKind`](crate::ErrorKind).
    /// [`UnusableResponse`](crate::ErrorKind::UnusableResponse) also if a page repeats resources of the previous page,
    /// because then other resources are missing.
    #[must_use]
    pub fn list(&self) -> ResourceStream<R> {
        let state = (self.pages(R::KIND.page_size), VecDeque::new());
        let stream = unfold(state, async |(mut pages, mut buffer)| {
            if buffer.is_empty() {
                match pages.next().await {
                    Ok(page) => buffer = page?.into(),
                    Err(error) => return Some((Err(error), (pages, buffer))),
                }
            }
            let (_, element) = buffer.pop_front()?;
            Some((element, (pages, buffer)))
        });
        ResourceStream(Box::pin(stream.fuse()))
    }

    /// Returns the pages of the collection; `page_size` is used if the options do not set one.
    pub(super) fn pages(&self, page_size: i64) -> Pages<R> {
        let page_size = self.list.page_size.map_or(page_size, i64::from).clamp(1, R::KIND.max_page_size);
        Pages { handle: self.clone(), page_size, offset: Some(0), previous: Vec::new() }
    }
}

/// An element of a page: its id, if it is readable, and the resource or the reason why it cannot be read.
pub(super) type Element<R> = (Option<Uuid>, Result<<R as Resource>::Read, Error>);

/// The pages of a list, read one by one.
pub(super) struct Pages<R: Resource> {
    handle: Resources<R>,
    page_size: i64,
    /// The start of the next page; `None` after the last.
    offset: Option<i64>,
    /// The ids on the page before.
    previous: Vec<Option<Uuid>>,
}

impl<R: Resource> Pages<R> {
    /// Returns the next page, which has an element at least; `None` at the end and after an error.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Element<R>>>, Error> {
        // Taken, so that an error ends the list.
        let Some(offset) = self.offset.take() else { return Ok(None) };
        let handle = self.handle.clone();
        let subject_of = |id| handle.subject("list", R::KIND.operations.list, id);
        let subject = subject_of(None);
        let response = self.fetch(&subject, offset).await?;
        let items = items::<R>(&response)?;
        let ids: Vec<_> = items.iter().map(Item::id).collect();
        let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        if ids.is_empty() || ids == self.previous && count != self.page_size {
            // The end of the list, or a server that ignores the offset and returns everything on one page.
            return Ok(None);
        }
        let is_repeated = |id: &Option<Uuid>| id.is_some() && self.previous.contains(id);
        if ids == self.previous || ids.iter().any(is_repeated) {
            let problem = format!("the page at offset {offset} repeats resources of the previous page");
            return Err(response.unusable(&problem, None));
        }
        self.offset = Some(offset + count);
        self.previous = ids;
        let elements = items.into_iter().zip(offset..);
        Ok(Some(elements.map(|(item, position)| item.read(position, &response, subject_of)).collect()))
    }

    /// Requests a page. One that is too large is requested again with half of its resources.
    async fn fetch(&mut self, subject: &Subject, offset: i64) -> Result<Response, Error> {
        let names = &R::KIND.names;
        loop {
            let limit = self.page_size;
            let query = format!("{}={limit}&{}={offset}", names.limit, names.offset);
            match self.handle.send(Method::GET, subject, Some(&query), None).await {
                Err(error) if error.kind() == ErrorKind::BodyTooLarge && limit > 1 => self.page_size = limit / 2,
                result => return result,
            }
        }
    }
}

/// An element of a page.
enum Item<R: Resource> {
    Read(R::Read),
    Unreadable(Value, serde_json::Error),
}

impl<R: Resource> Item<R> {
    fn id(&self) -> Option<Uuid> {
        match self {
            Self::Read(read) => Some(read.id()),
            Self::Unreadable(value, _) => Uuid::try_parse(value.get(R::KIND.names.id)?.as_str()?).ok(),
        }
    }

    fn read(self, position: i64, response: &Response, subject_of: impl Fn(Option<Uuid>) -> Subject) -> Element<R> {
        let id = self.id();
        let element = match self {
            Self::Read(read) => Ok(read),
            Self::Unreadable(value, cause) => {
                let problem = format!("the element at position {position} of the list is not the resource");
                let part = value.to_string();
                Err(response.unusable_part(&problem, part.as_bytes(), Some(cause), &subject_of(id)))
            }
        };
        (id, element)
    }
}

/// Returns the items of a page, read one by one if the page as a whole cannot be read.
fn items<R: Resource>(response: &Response) -> Result<Vec<Item<R>>, Error> {
    let page = serde_json::from_slice(&response.body).map(|page| R::items(page));
    match page {
        Ok(items) if !items.is_empty() => Ok(items.into_iter().map(Item::Read).collect()),
        page => raw_items::<R>(&response.body)
            .ok_or_else(|| response.unusable("the response body is not a list", page.err())),
    }
}

/// Returns the items of a page, read one by one; `None` if it is not a list. An empty list may leave out its items. Any other
/// object is not a list.
fn raw_items<R: Resource>(body: &[u8]) -> Option<Vec<Item<R>>> {
    let names = &R::KIND.names;
    let mut list: Value = serde_json::from_slice(body).ok()?;
    let is_list = list.get(names.offset).is_some() || list.get(names.limit).is_some();
    let items = match list.get_mut(names.items).map(Value::take) {
        Some(Value::Array(items)) => items,
        Some(Value::Null) => Vec::new(),
        None if is_list => Vec::new(),
        _ => return None,
    };
    let read = |item| match R::Read::deserialize(&item) {
        Ok(read) => Item::Read(read),
        Err(cause) => Item::Unreadable(item, cause),
    };
    Some(items.into_iter().map(read).collect())
}
