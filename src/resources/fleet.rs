//! Operations on many resources: `plan_all` and `reconcile_all`.

use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tracing::Instrument;
use uuid::Uuid;

use super::list::{Element, Pages};
use super::stream::{FleetStream, Results};
use super::{Action, Ensured, Plan, Resources};
use crate::error::Error;
use crate::model::kind::Resource;
use crate::model::violation::{Violation, Violations};

impl<R: Resource> Resources<R> {
    /// Reconciles many resources with their desired states, given as pairs of id and state. Yields one result for each pair, as
    /// soon as it is finished, in any order. A resource that does not exist is created. A resource that exists but is not in
    /// the input is not changed.
    ///
    /// The collection is read first, in pages of 1000: 10,000 resources without drift cost 11 requests. Each resource
    /// that differs or is not listed is then reconciled with its own GET and PUT, as by [`Resources::reconcile`]. So a
    /// change that somebody else made in the meantime is not overwritten. [`Resources::concurrency`] limits how many
    /// are processed at the same time. The desired states and one page of the list are kept in memory.
    ///
    /// Nothing starts before the stream is polled. Then the resources are processed in tasks, so a slow consumer delays only
    /// those that have not been started.
    ///
    /// **Cancellation.** After the stream is dropped, no further write starts, but writes that were sent are not undone; see
    /// the [guide](crate::guide#cancellation).
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// # let desired = vec![(uuid::Uuid::new_v4(), gateway)];
    /// use futures_util::StreamExt;
    ///
    /// let mut results = gateways.concurrency(8).reconcile_all(desired);
    /// while let Some((id, result)) = results.next().await {
    ///     match result {
    ///         Ok(ensured) => println!("{id}: {:?}", ensured.outcome),
    ///         Err(error) => eprintln!("{id}: {error}"),
    ///     }
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    /// Each resource has its own error, as for [`Resources::reconcile`]. An invalid desired state, or a second desired
    /// state for the same id, is an error that is yielded without a request. If a page of the list fails, each resource
    /// that was not listed before has that error. A listed resource that cannot be read has an error of its own.
    pub fn reconcile_all(&self, desired: impl IntoIterator<Item = (Uuid, R)>) -> FleetStream<Ensured<R>> {
        self.for_all(desired, Mode::Reconcile, |handle, id, finding| async move {
            match finding {
                Finding::Listed(plan) => handle.apply(*plan).await,
                Finding::Open(desired) => handle.reconcile(id, &desired).await,
                Finding::Failed(error) => Err(error),
            }
        })
    }

    /// Yields a plan for each of many resources, given as pairs of id and desired state: what [`Resources::reconcile_all`] would
    /// do. Changes nothing. A resource that is not listed is read on its own.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// use futures_util::StreamExt;
    ///
    /// let mut plans = gateways.concurrency(8).plan_all([(id, gateway)]);
    /// while let Some((id, plan)) = plans.next().await {
    ///     match plan {
    ///         Ok(plan) => println!("{plan}"),
    ///         Err(error) => eprintln!("{id}: {error}"),
    ///     }
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    /// Each resource has its own error: the errors of [`Resources::plan`]. Invalid input and a failed page are
    /// handled as in [`Resources::reconcile_all`].
    pub fn plan_all(&self, desired: impl IntoIterator<Item = (Uuid, R)>) -> FleetStream<Plan<R>> {
        self.for_all(desired, Mode::Plan, |handle, id, finding| async move {
            match finding {
                Finding::Listed(plan) => Ok(*plan),
                Finding::Open(desired) => handle.plan(id, &desired).await,
                Finding::Failed(error) => Err(error),
            }
        })
    }

    /// Determines what each desired resource needs and processes it, with the concurrency of the handle.
    fn for_all<T, F, Fut>(&self, desired: impl IntoIterator<Item = (Uuid, R)>, mode: Mode, finish: F) -> FleetStream<T>
    where
        T: Send + 'static,
        F: Fn(Self, Uuid, Finding<R>) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let (handle, survey) = (self.clone(), Survey::new(self, desired.into_iter().collect(), mode));
        FleetStream::new(move |results| handle.process(survey, finish, results))
    }

    /// Processes what the survey finds, each resource in a task. At most [`Resources::concurrency`] resources are started and
    /// not yet taken from the stream.
    async fn process<T, F, Fut>(self, mut survey: Survey<R>, finish: F, results: Results<T>)
    where
        T: Send + 'static,
        F: Fn(Self, Uuid, Finding<R>) -> Fut,
        Fut: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let slots = Arc::new(Semaphore::new(self.concurrency.min(Semaphore::MAX_PERMITS)));
        let mut running = JoinSet::new();
        while let Some((id, finding)) = survey.next().await {
            // The semaphore is never closed.
            let slot = Arc::clone(&slots).acquire_owned().await.ok();
            let (result, results) = (finish(self.clone(), id, finding), results.clone());
            running.spawn(async move { results.send(id, result.await, slot) }.in_current_span());
            while running.try_join_next().is_some() {}
        }
        running.join_all().await;
    }
}

/// The result of the comparison of a desired resource with the list.
enum Finding<R: Resource> {
    Listed(Box<Plan<R>>),
    /// The resource is not in the list, or it must be changed. In both cases it is first read on its own.
    Open(R),
    Failed(Error),
}

/// The purpose of the survey.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Plan,
    Reconcile,
}

/// Compares the list with the desired states, page by page.
struct Survey<R: Resource> {
    handle: Resources<R>,
    mode: Mode,
    input: Vec<(Uuid, R)>,
    pages: Pages<R>,
    /// Desired resources that were not in the list so far.
    desired: BTreeMap<Uuid, R>,
    /// Resources to write. They are written after the end of the list, so that a write cannot move a resource to
    /// another page.
    postponed: Vec<(Uuid, R)>,
    ready: VecDeque<(Uuid, Finding<R>)>,
}

impl<R: Resource> Survey<R> {
    fn new(handle: &Resources<R>, input: Vec<(Uuid, R)>, mode: Mode) -> Self {
        Self {
            handle: handle.clone(),
            mode,
            input,
            pages: handle.pages(R::KIND.max_page_size),
            desired: BTreeMap::new(),
            postponed: Vec::new(),
            ready: VecDeque::new(),
        }
    }

    async fn next(&mut self) -> Option<(Uuid, Finding<R>)> {
        for (id, desired) in mem::take(&mut self.input) {
            self.take(id, desired);
        }
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Some(found);
            }
            let unseen = !self.desired.is_empty();
            match if unseen { self.pages.next().await } else { Ok(None) } {
                Ok(Some(page)) => page.into_iter().for_each(|element| self.compare(element)),
                Ok(None) => {
                    let open = |(id, desired)| (id, Finding::Open(desired));
                    self.ready.extend(mem::take(&mut self.desired).into_iter().map(open));
                }
                Err(error) => {
                    let failed = |(id, _)| (id, Finding::Failed(error.clone()));
                    self.ready.extend(mem::take(&mut self.desired).into_iter().map(failed));
                }
            }
            if self.desired.is_empty() {
                self.ready.extend(self.postponed.drain(..).map(|(id, desired)| (id, Finding::Open(desired))));
                if self.ready.is_empty() {
                    return None;
                }
            }
        }
    }

    /// Adds a desired state, unless it is invalid or a duplicate.
    fn take(&mut self, id: Uuid, desired: R) {
        let valid = self.handle.desired_body(id, &desired).map(drop);
        let valid =
            valid.and_then(|()| if self.desired.contains_key(&id) { Err(self.handle.duplicate(id)) } else { Ok(()) });
        match valid {
            Ok(()) => _ = self.desired.insert(id, desired),
            Err(error) => self.ready.push_back((id, Finding::Failed(error))),
        }
    }

    fn compare(&mut self, (id, element): Element<R>) {
        let Some((id, desired)) = id.and_then(|id| self.desired.remove_entry(&id)) else { return };
        let plan = element.map(|actual| self.handle.plan_for(&desired, actual));
        let finding = match plan {
            Ok(plan) if self.mode == Mode::Reconcile && plan.action != Action::Unchanged => {
                return self.postponed.push((id, desired));
            }
            Ok(plan) => Finding::Listed(Box::new(plan)),
            Err(error) => Finding::Failed(error),
        };
        self.ready.push_back((id, finding));
    }
}

impl<R: Resource> Resources<R> {
    fn duplicate(&self, id: Uuid) -> Error {
        let violation =
            Violation::new("$.id", id.to_string().into(), "is a duplicate: there is another desired state for it");
        Error::from(Violations::from(violation)).about(&self.ensure_subject(id))
    }
}
