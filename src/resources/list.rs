//! Lists, read page by page.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::{fmt, mem};

use futures_util::Stream;
use futures_util::stream::unfold;
use uuid::Uuid;

use super::Resources;
use crate::error::Error;
use crate::model::kind::Resource;

/// How many resources a page is asked to hold: the default of the API.
const PAGE: i64 = 100;

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
    /// Returns all resources of the collection, read page by page as the stream is polled; it holds one page of 100 at a time.
    /// The stream ends with the first page that is not full, or after the first error.
    ///
    /// ```
    /// # async fn example(client: &ionos_vpn::Client) -> Result<(), ionos_vpn::Error> {
    /// use futures_util::TryStreamExt;
    ///
    /// let mut gateways = client.ipsec_gateways().list();
    /// while let Some(gateway) = gateways.try_next().await? {
    ///     println!("{} {}", gateway.id, gateway.properties.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn list(&self) -> ResourceStream<R> {
        let pages = Pages { handle: self.clone(), offset: Some(0), first: None, buffer: VecDeque::new() };
        ResourceStream(Box::pin(unfold(pages, async |mut pages| {
            let item = pages.next().await.transpose()?;
            Some((item, pages))
        })))
    }
}

/// The pages of a list, one at a time.
struct Pages<R: Resource> {
    handle: Resources<R>,
    /// The start of the next page; `None` after the last.
    offset: Option<i64>,
    /// The first resource of the page before.
    first: Option<Uuid>,
    buffer: VecDeque<R::Read>,
}

impl<R: Resource> Pages<R> {
    async fn next(&mut self) -> Result<Option<R::Read>, Error> {
        if self.buffer.is_empty() {
            // Taken, so that an error ends the list.
            let Some(offset) = self.offset.take() else { return Ok(None) };
            let Resources { parents, .. } = self.handle;
            let subject = self.handle.subject("list", R::KIND.operations.list, None);
            let list = async |api| R::call_list(&api, &parents, offset, PAGE).await;
            let page = self.handle.dispatch(&subject, list).await?.value.into_inner();
            let limit = R::limit(&page).filter(|limit| (1..PAGE).contains(limit)).unwrap_or(PAGE);
            let items = R::items(page);
            let first = items.first().map(R::id);
            // A server that ignores the offset sends the same page for ever.
            if mem::replace(&mut self.first, first).is_some_and(|before| first == Some(before)) {
                return Ok(None);
            }
            let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
            self.offset = (count >= limit).then_some(offset + count);
            self.buffer = items.into();
        }
        Ok(self.buffer.pop_front())
    }
}
