//! The stream of the results for many resources.

use std::fmt;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Stream;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::JoinSet;
use tracing::Instrument;
use tracing::instrument::WithSubscriber;
use uuid::Uuid;

use crate::error::Error;

/// A result, and the slot that it occupies until it is taken from the stream.
type Item<T> = (Uuid, Result<T, Error>, Option<OwnedSemaphorePermit>);
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The results for many resources, each with its id, in the order in which they are ready. Made by
/// [`Resources::reconcile_all`](crate::Resources::reconcile_all), [`plan_all`](crate::Resources::plan_all) and
/// [`wait_until_all_available`](crate::Resources::wait_until_all_available).
///
/// Nothing starts before the stream is polled. From then on the work runs in a task of the tokio runtime that polled it first,
/// also while nobody polls the stream. If the stream is dropped, the work is aborted: writes that were sent are not undone.
#[must_use = "a stream does nothing unless it is polled"]
pub struct FleetStream<T> {
    results: mpsc::UnboundedReceiver<Item<T>>,
    /// The work, before the first poll.
    work: Option<Work>,
    /// The task that does the work. It is aborted on drop.
    task: JoinSet<()>,
}

/// Where the work puts its results.
pub(super) struct Results<T>(mpsc::UnboundedSender<Item<T>>);

impl<T> Clone for Results<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Results<T> {
    /// Adds a result to the stream. `slot` is released when the result is taken.
    pub(super) fn send(&self, id: Uuid, result: Result<T, Error>, slot: Option<OwnedSemaphorePermit>) {
        // If the stream was dropped, nobody wants the result.
        _ = self.0.send((id, result, slot));
    }
}

impl<T> FleetStream<T> {
    pub(super) fn new<W>(work: impl FnOnce(Results<T>) -> W) -> Self
    where
        W: Future<Output = ()> + Send + 'static,
    {
        let (sender, results) = mpsc::unbounded_channel();
        Self { results, work: Some(Box::pin(work(Results(sender)))), task: JoinSet::new() }
    }
}

impl<T> Stream for FleetStream<T> {
    type Item = (Uuid, Result<T, Error>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(work) = self.work.take() {
            self.task.spawn(work.in_current_span().with_current_subscriber());
        }
        match self.results.poll_recv(context) {
            Poll::Ready(None) => match self.task.poll_join_next(context) {
                Poll::Ready(Some(Err(error))) if error.is_panic() => resume_unwind(error.into_panic()),
                Poll::Ready(_) => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            },
            received => received.map(|item| item.map(|(id, result, _)| (id, result))),
        }
    }
}

impl<T> fmt::Debug for FleetStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FleetStream").finish_non_exhaustive()
    }
}
