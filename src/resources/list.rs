//! Lists, read page by page.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::unfold;
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::Resources;
use crate::call::Completed;
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
    /// The stream ends with the first empty page, or after the first error: a server that returns less than a page was asked
    /// for may have more.
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
    ///
    /// The API counts pages by offset, so a resource that is deleted in the meantime moves the others forward, and one is
    /// skipped. Collect the list before you delete from it:
    ///
    /// ```
    /// # async fn example(client: &ionos_vpn::Client) -> Result<(), ionos_vpn::Error> {
    /// use futures_util::TryStreamExt;
    ///
    /// let gateways = client.ipsec_gateways();
    /// let all: Vec<_> = gateways.list().try_collect().await?;
    /// for gateway in all {
    ///     gateways.delete(gateway.id).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of a call, see [`ErrorKind`](crate::ErrorKind); [`UnusableResponse`](crate::ErrorKind::UnusableResponse) if a page repeats resources of the page before, because
    /// the list would not be complete.
    #[must_use]
    pub fn list(&self) -> ResourceStream<R> {
        let pages = Pages { handle: self.clone(), offset: Some(0), previous: Vec::new(), buffer: VecDeque::new() };
        let stream = unfold(pages, async |mut pages| {
            let item = pages.next().await.transpose()?;
            Some((item, pages))
        });
        ResourceStream(Box::pin(stream.fuse()))
    }
}

/// The pages of a list, one at a time.
struct Pages<R: Resource> {
    handle: Resources<R>,
    /// The start of the next page; `None` after the last.
    offset: Option<i64>,
    /// The resources of the page before.
    previous: Vec<Uuid>,
    buffer: VecDeque<R::Read>,
}

impl<R: Resource> Pages<R> {
    async fn next(&mut self) -> Result<Option<R::Read>, Error> {
        if self.buffer.is_empty() {
            // Taken, so that an error ends the list.
            let Some(offset) = self.offset.take() else { return Ok(None) };
            self.fetch(offset).await?;
        }
        Ok(self.buffer.pop_front())
    }

    async fn fetch(&mut self, offset: i64) -> Result<(), Error> {
        let Resources { parents, .. } = self.handle;
        let subject = self.handle.subject("list", R::KIND.operations.list, None);
        let list = async |api| R::call_list(&api, &parents, offset, PAGE).await;
        let Completed { value, report } = self.handle.dispatch(&subject, list).await?;
        let items = R::items(value.into_inner());
        let ids: Vec<_> = items.iter().map(R::id).collect();
        let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        if ids.is_empty() || ids == self.previous && count != PAGE {
            // The end, or a server that ignores the offset and has all on one page.
            return Ok(());
        }
        if ids.iter().any(|id| self.previous.contains(id)) {
            let problem = format!("the page at offset {offset} repeats resources of the page before");
            return Err(report.unusable(&problem, None).about(subject));
        }
        self.offset = Some(offset + count);
        self.previous = ids;
        self.buffer = items.into();
        Ok(())
    }
}
