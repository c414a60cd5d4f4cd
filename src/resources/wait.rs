//! Waiting until a resource is available or gone. [`judge`] says what a poll means, [`course`] when polls are made and how a wait
//! ends; [`all`] waits for many.

mod all;
mod course;
mod judge;

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
use course::{Step, Wait};
use judge::{judge_availability, judge_deletion};

/// The shortest interval between polls, whatever the options say.
pub(super) const MIN_INTERVAL: Duration = Duration::from_millis(100);

/// When a wait polls, and when it gives up.
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
    /// Sets how long the wait may take, from its beginning on, the delay before the first poll included. Default 10 minutes. A poll that would begin after the deadline
    /// is not begun.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the delay before the first poll. The interval between polls starts from it, but from 100 ms at least, and grows by
    /// half each time. Default 1 s.
    #[must_use]
    pub fn first_poll(mut self, delay: Duration) -> Self {
        self.first_poll = delay;
        self
    }

    /// Sets the longest interval between polls, shortened at random by up to a fifth. Default 10 s; at least 100 ms.
    #[must_use]
    pub fn max_interval(mut self, interval: Duration) -> Self {
        self.max_interval = interval;
        self
    }

    /// Sets the grace: how long the server may show the state before a write. Default 30 s. It is counted from the beginning of the wait,
    /// not from the write, since the clocks of the server and of this machine may differ. While it lasts,
    ///
    /// - a 404 means that a new resource is not visible yet,
    /// - a state that is older than the write does not count, whatever its status ([`Target`]),
    /// - `FAILED` does not end the wait for a deletion.
    ///
    /// After it, what the server shows is taken as it is. A state that is not older than the write counts at once, grace or not.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }
}

impl<R: Resource> Resources<R> {
    /// Waits until the resource is `AVAILABLE`, and returns it.
    ///
    /// **What is passed matters.** An id says nothing about the last write, so the wait may end with the state *before* it; what
    /// the write returned ([`Ensured`](crate::Ensured), or the resource) says which state is too old to count:
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # use ionos_vpn::{Connection, IpSecGateway, Sandbox};
    /// # let sandbox = Sandbox::start().await?;
    /// # let gateways = sandbox.client().ipsec_gateways();
    /// # let id = uuid::Uuid::new_v4();
    /// # let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// # let mut gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]).build();
    /// # gateways.ensure(id, &gateway).await?;
    /// gateway.description = Some("site A".into());
    /// let ensured = gateways.ensure(id, &gateway).await?;
    ///
    /// // Any state counts: if the server still shows the old one, this returns it.
    /// gateways.wait_until_available(id).await?;
    /// // Only a state that is not older than the write counts.
    /// let available = gateways.wait_until_available(&ensured).await?;
    /// assert_eq!(available.properties.description.as_deref(), Some("site A"));
    ///
    /// // Nothing was written and the resource was available, so this makes no request.
    /// let unchanged = gateways.reconcile(&ensured, &gateway).await?;
    /// gateways.wait_until_available(&unchanged).await?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// To see each state on the way, use [`Resources::watch`], of which this is the last element; for many resources at once
    /// [`Resources::wait_until_all_available`].
    ///
    /// # Errors
    /// [`ErrorKind::ResourceFailed`](crate::ErrorKind::ResourceFailed) with the resource's `statusMessage`,
    /// [`ErrorKind::ResourceDeleting`](crate::ErrorKind::ResourceDeleting) if it is being deleted,
    /// [`ErrorKind::WaitTimeout`](crate::ErrorKind::WaitTimeout) at the deadline, and any error of a poll that does not pass by
    /// itself.
    pub async fn wait_until_available(&self, target: impl Into<Target>) -> Result<R::Read, Error> {
        let mut watching = Watching::new(self.clone(), target.into());
        loop {
            if let Step::Done(read) = watching.next().await? {
                return Ok(read);
            }
        }
    }

    /// Returns each state of a resource as it is polled, until it is `AVAILABLE`: a stream that ends with that state or with an
    /// error. It shows a person or a log how far a resource is.
    ///
    /// Each poll that shows the resource yields it, also if nothing has changed. A poll that fails for a passing reason, or shows
    /// a state older than the write that the target follows, yields nothing. Polls are made, and the time of
    /// [`Resources::wait_options`] counts, from the first time on that the stream itself is polled.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # use ionos_vpn::{Connection, IpSecGateway, Sandbox, Status};
    /// # let sandbox = Sandbox::start().await?;
    /// # let gateways = sandbox.client().ipsec_gateways();
    /// # let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// # let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]).build();
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
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`Resources::wait_until_available`]; an error is the last element.
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

    /// Waits until the resource is gone.
    ///
    /// # Errors
    /// As for [`Resources::wait_until_available`].
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
