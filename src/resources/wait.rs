//! Waiting until a resource is available or deleted. [`judge`] interprets the result of a poll. [`schedule`] decides when
//! to poll and when a wait ends. [`all`] waits for many resources.

mod all;
mod judge;
mod schedule;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::stream::unfold;
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::{Resources, Target};
use crate::error::Error;
use crate::model::kind::Resource;
use judge::{judge_availability, judge_deletion};
use schedule::{Step, Wait};

/// The shortest interval between polls that the options can set.
pub(super) const MIN_INTERVAL: Duration = Duration::from_millis(100);

/// Options for waits: the times of the polls, and the deadline.
///
/// ```
/// # use std::time::Duration;
/// # use ionos_vpn::{Client, WaitOptions};
/// # fn example(client: &Client) {
/// let options = WaitOptions::default()
///     .timeout(Duration::from_secs(300))
///     .first_poll(Duration::from_secs(5))
///     .max_interval(Duration::from_secs(30))
///     .grace(Duration::from_secs(60));
/// let gateways = client.ipsec_gateways().wait_options(options);
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WaitOptions {
    timeout: Duration,
    pub(super) first_poll: Duration,
    max_interval: Duration,
    pub(super) grace: Duration,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(600),
            first_poll: Duration::from_secs(1),
            max_interval: Duration::from_secs(10),
            grace: Duration::from_secs(30),
        }
    }
}

impl WaitOptions {
    /// Sets the maximum duration of a wait, including the delay before the first poll. Default 10 minutes. No poll starts
    /// after the deadline, with one exception: if the program did not poll the wait until its deadline had passed, the wait
    /// asks the server once more, within the [total time](crate::ClientBuilder::total_timeout) of a call.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the delay before the first poll. Default 1 s. The first interval between polls has the same length, but at least
    /// 100 ms. Each further interval is 1.5 times as long as the one before.
    #[must_use]
    pub fn first_poll(mut self, delay: Duration) -> Self {
        self.first_poll = delay;
        self
    }

    /// Sets the maximum interval between polls. Default 10 s; at least 100 ms. Each interval is shortened by a random
    /// part of up to a fifth.
    #[must_use]
    pub fn max_interval(mut self, interval: Duration) -> Self {
        self.max_interval = interval;
        self
    }

    /// Sets the grace period: how long a wait assumes that the server may still show the state from before the write.
    /// Default 30 s. **It starts when the wait starts**, not at the write, because the clocks of the server and of this
    /// machine may differ. During the grace period,
    ///
    /// - a 404 means that a new resource is not visible yet,
    /// - a state that is older than the write does not count ([`Target`]),
    /// - `FAILED` does not end the wait for a deletion.
    ///
    /// After the grace period, any state counts. A state that is not older than the write always counts.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }
}

impl<R: Resource> Resources<R> {
    /// Waits until the resource is `AVAILABLE`, and returns it.
    ///
    /// **Pass the result of the write, not the id.** With an id alone, the wait may end with the state from *before*
    /// the last write. With an [`Ensured`](crate::Ensured), or a resource that was read, the wait ignores older states.
    /// If an `Ensured` shows that nothing was written and that the resource was `AVAILABLE`, the wait returns at once,
    /// without a request.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, mut gateway, .. }| {
    /// # gateways.ensure(id, &gateway).await?;
    /// gateway.description = Some("site A".into());
    /// let ensured = gateways.ensure(id, &gateway).await?;
    ///
    /// // Any state counts: if the server still shows the old state, this returns it.
    /// gateways.wait_until_available(id).await?;
    /// // Only a state that is not older than the write counts.
    /// let available = gateways.wait_until_available(&ensured).await?;
    /// assert_eq!(available.properties.description.as_deref(), Some("site A"));
    ///
    /// // Nothing is written and the resource is available, so this makes no request.
    /// let unchanged = gateways.reconcile(&ensured, &gateway).await?;
    /// gateways.wait_until_available(&unchanged).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// [`Resources::watch`] yields each state; this method returns only the last one.
    /// [`Resources::wait_until_all_available`] waits for many resources.
    ///
    /// # Errors
    /// [`ErrorKind::ResourceFailed`](crate::ErrorKind::ResourceFailed) with the resource's `statusMessage`,
    /// [`ErrorKind::ResourceDeleting`](crate::ErrorKind::ResourceDeleting) if it is being deleted,
    /// [`ErrorKind::WaitTimeout`](crate::ErrorKind::WaitTimeout) at the deadline, and any error of a poll that is not
    /// [transient](Error::is_transient). A 404 ends the wait only after [`WaitOptions::grace`], also with an id alone,
    /// because a new resource may not be visible before.
    pub async fn wait_until_available(&self, target: impl Into<Target>) -> Result<R::Read, Error> {
        let mut watching = Watching::new(self.clone(), target.into());
        loop {
            if let Step::Done(read) = watching.next().await? {
                return Ok(read);
            }
        }
    }

    /// Polls a resource until it is `AVAILABLE`, and yields each state. The stream ends with the available resource or
    /// with an error. Use it for a progress display or a log.
    ///
    /// Each poll that shows the resource yields it, even if nothing has changed. A poll yields nothing if it fails with
    /// a transient error or shows a state from before the write. Nothing is sent, and the timeout of
    /// [`Resources::wait_options`] does not start, until the stream is polled.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, gateway, .. }| {
    /// # use ionos_vpn::Status;
    /// use futures_util::TryStreamExt;
    ///
    /// let ensured = gateways.ensure(uuid::Uuid::new_v4(), &gateway).await?;
    /// let mut states = gateways.watch(&ensured);
    /// let mut last = ensured.resource;
    /// while let Some(state) = states.try_next().await? {
    ///     println!("{}", state.status());
    ///     last = state;
    /// }
    /// assert_eq!(*last.status(), Status::Available);
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    /// The errors of [`Resources::wait_until_available`]. An error is the last element.
    pub fn watch(&self, target: impl Into<Target>) -> Watch<R> {
        let watching = Watching::new(self.clone(), target.into());
        let stream = unfold(Some(watching), async |watching| {
            let mut watching = watching?;
            match watching.next().await {
                Ok(Step::Shown(read)) => Some((Ok(read), Some(watching))),
                Ok(Step::Done(read)) => Some((Ok(read), None)),
                Err(error) => Some((Err(error), None)),
            }
        });
        Watch(Box::pin(stream.fuse()))
    }

    /// Waits until the resource no longer exists: until the server answers 404. It does not delete the resource; call
    /// [`Resources::delete`] before.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// gateways.ensure(id, &gateway).await?;
    /// gateways.delete(id).await?;
    /// gateways.wait_until_deleted(id).await?;
    /// assert!(gateways.get(id).await.unwrap_err().is_not_found());
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::ResourceFailed`](crate::ErrorKind::ResourceFailed) if the resource is `FAILED` after the
    /// [grace](WaitOptions::grace), [`ErrorKind::WaitTimeout`](crate::ErrorKind::WaitTimeout) at the deadline, and any error of a
    /// poll that is not [transient](Error::is_transient).
    pub async fn wait_until_deleted(&self, id: Uuid) -> Result<(), Error> {
        let subject = self.subject("wait for the deletion of", R::KIND.operations.get, Some(id));
        Wait::new(&self.wait, subject).until::<R, _, _>(|| self.get(id), judge_deletion::<R>).await
    }
}

/// The states of a resource, as a stream. Made by [`Resources::watch`].
#[must_use = "a stream does nothing unless it is polled"]
pub struct Watch<R: Resource>(Pin<Box<dyn Stream<Item = Result<R::Read, Error>> + Send>>);

impl<R: Resource> fmt::Debug for Watch<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

impl<R: Resource> Stream for Watch<R> {
    type Item = Result<R::Read, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

/// A wait until a resource is available.
struct Watching<R: Resource> {
    handle: Resources<R>,
    target: Target,
    /// `None` before the first poll.
    wait: Option<Wait>,
}

impl<R: Resource> Watching<R> {
    fn new(handle: Resources<R>, target: Target) -> Self {
        Self { handle, target, wait: None }
    }

    /// Returns the next state; the last one is `Done` or an error.
    async fn next(&mut self) -> Result<Step<R::Read>, Error> {
        let Self { handle, target, wait } = self;
        if let Some(read) = target.available::<R>() {
            return Ok(Step::Done(read));
        }
        let subject = || handle.subject("wait for", R::KIND.operations.get, Some(target.id));
        let wait = wait.get_or_insert_with(|| Wait::new(&handle.wait, subject()));
        wait.next::<R, _, _>(|| handle.get(target.id), |polled, age| judge_availability::<R>(target, polled, age)).await
    }
}

#[cfg(test)]
mod tests;
