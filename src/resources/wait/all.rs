//! Waiting for many resources at once, by polling the list.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::iter;
use tracing::Instrument;
use uuid::Uuid;

use super::judge::{Age, Verdict, judge_availability};
use super::schedule::{Record, Schedule};
use crate::call::transport::within;
use crate::error::Error;
use crate::model::kind::Resource;
use crate::resources::stream::{FleetStream, Results};
use crate::resources::{Resources, Target};
use crate::traces;

impl<R: Resource> Resources<R> {
    /// Waits until many resources are `AVAILABLE`. Yields one result for each target as soon as it is available or has
    /// failed, in any order.
    ///
    /// It polls the *list* of the collection at the intervals of [`Resources::wait_options`]. It stops reading the list
    /// after the last resource that it waits for: 100 gateways cost one request for each poll. After the grace period,
    /// a resource that is missing or unreadable in the list is read individually. The last few resources are also read
    /// individually if that takes fewer requests. The rules of [`Resources::wait_until_available`] apply, also for
    /// targets that need no request. Nothing is sent, and the timeout does not start, until the stream is polled. Then it
    /// polls in a task, also while the program does not poll the stream.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// # let ids = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()];
    /// use futures_util::StreamExt;
    ///
    /// let mut written = Vec::new();
    /// for id in ids {
    ///     written.push(gateways.ensure(id, &gateway).await?);
    /// }
    /// let mut results = gateways.wait_until_all_available(&written);
    /// while let Some((id, result)) = results.next().await {
    ///     match result {
    ///         Ok(available) => println!("{id}: {}", available.status()),
    ///         Err(error) => eprintln!("{id}: {error}"),
    ///     }
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    /// Each resource has its own error; see [`Resources::wait_until_available`]. If the list fails with an error that
    /// is not [transient](Error::is_transient), each remaining resource has that error.
    pub fn wait_until_all_available<T: Into<Target>>(
        &self,
        targets: impl IntoIterator<Item = T>,
    ) -> FleetStream<R::Read> {
        let all = WaitingForAll::new(self.clone(), targets.into_iter().map(Into::into));
        FleetStream::new(|results| all.run(results))
    }
}

/// A resource that is waited for.
struct Pending {
    target: Target,
    record: Record,
}

/// A wait for many resources.
struct WaitingForAll<R: Resource> {
    handle: Resources<R>,
    pending: Vec<Pending>,
    ready: Vec<(Uuid, Result<R::Read, Error>)>,
    /// How many requests the last list took.
    list_cost: usize,
}

impl<R: Resource> WaitingForAll<R> {
    fn new(handle: Resources<R>, targets: impl Iterator<Item = Target>) -> Self {
        let mut all = Self { handle, pending: Vec::new(), ready: Vec::new(), list_cost: 1 };
        for target in targets {
            match target.available::<R>() {
                Some(read) => all.ready.push((target.id, Ok(read))),
                None => {
                    let subject = all.handle.subject("wait for", R::KIND.operations.get, Some(target.id));
                    all.pending.push(Pending { target, record: Record::new(subject) });
                }
            }
        }
        all
    }

    /// Polls to the end.
    async fn run(mut self, results: Results<R::Read>) {
        let subject = self.handle.subject("wait for all of", R::KIND.operations.list, None);
        let (mut schedule, span) = (Schedule::new(&self.handle.wait), traces::wait_span(&subject));
        loop {
            self.ready.drain(..).for_each(|(id, result)| results.send(id, result, None));
            if self.pending.is_empty() {
                return;
            }
            self.poll(&mut schedule).instrument(span.clone()).await;
        }
    }

    /// Polls once, and moves the resources whose result is now known from `pending` to `ready`.
    async fn poll(&mut self, schedule: &mut Schedule) {
        if let Err(delay) = schedule.next_poll().await {
            return self.time_out(schedule, Some(delay));
        }
        let age = schedule.age();
        let Some(seen) = within(schedule.poll_time(), self.read(age)).await else {
            return self.time_out(schedule, None);
        };
        let mut last_error: Option<Error> = None;
        for mut pending in mem::take(&mut self.pending) {
            let id = pending.target.id;
            let verdict = seen.get(&id).map(|polled| judge_availability::<R>(&pending.target, polled.clone(), age));
            match verdict.unwrap_or(Verdict::Pending(None)) {
                Verdict::Done(read, _) => self.ready.push((id, Ok(read))),
                Verdict::Fail(error) if !error.is_transient() => {
                    self.ready.push((id, Err(pending.record.failed(schedule, error))));
                }
                Verdict::Fail(error) => {
                    last_error = Some(error.clone());
                    pending.record.last_error = Some(error);
                    self.pending.push(pending);
                }
                Verdict::Shown(_, status) => {
                    pending.record.note(Some(status));
                    self.pending.push(pending);
                }
                Verdict::Pending(status) => {
                    pending.record.note(status);
                    self.pending.push(pending);
                }
            }
        }
        let delay = schedule.advance(last_error.as_ref().and_then(Error::retry_after));
        let delay = Some(delay).filter(|_| !self.pending.is_empty());
        traces::poll(schedule.polls, delay, None, last_error.as_ref());
    }

    fn time_out(&mut self, schedule: &Schedule, delay: Option<Duration>) {
        let timed_out = self.pending.drain(..).map(|mut it| (it.target.id, Err(it.record.timed_out(schedule, delay))));
        self.ready.extend(timed_out);
    }

    /// Reads the pending resources, in the list or one by one. What is not visible yet is not in the result.
    async fn read(&mut self, age: Age) -> BTreeMap<Uuid, Result<R::Read, Error>> {
        let ids: BTreeSet<_> = self.pending.iter().map(|pending| pending.target.id).collect();
        let is_listed = ids.len() > self.list_cost;
        let mut seen = if is_listed { self.list(&ids).await } else { BTreeMap::new() };
        if is_listed && age == Age::InGrace {
            return seen;
        }
        let missing: Vec<_> = ids.into_iter().filter(|id| !seen.contains_key(id)).collect();
        let handle = &self.handle;
        let reads = iter(missing).map(|id| async move { (id, handle.get(id).await) });
        seen.extend(reads.buffer_unordered(handle.concurrency).collect::<Vec<_>>().await);
        seen
    }

    /// Reads the list until each of these has been seen. If reading the list fails, each resource that was not seen gets the
    /// error of the list.
    async fn list(&mut self, ids: &BTreeSet<Uuid>) -> BTreeMap<Uuid, Result<R::Read, Error>> {
        let mut pages = self.handle.pages(R::KIND.max_page_size);
        let mut seen = BTreeMap::new();
        self.list_cost = 0;
        while seen.len() < ids.len() {
            self.list_cost += 1;
            match pages.next().await {
                Ok(Some(page)) => seen.extend(page.into_iter().filter_map(|(id, element)| {
                    // What cannot be read in the list may be readable by itself.
                    Some((id.filter(|id| ids.contains(id))?, Ok(element.ok()?)))
                })),
                Ok(None) => break,
                Err(error) => {
                    let unseen: Vec<_> = ids.iter().filter(|id| !seen.contains_key(*id)).copied().collect();
                    seen.extend(unseen.into_iter().map(|id| (id, Err(error.clone()))));
                }
            }
        }
        seen
    }
}
