//! Many resources at once: `plan_all` and `reconcile_all`.

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;

use futures_util::stream::{iter, unfold};
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::list::{Element, Pages};
use super::{Action, Ensured, Plan, Resources};
use crate::error::Error;
use crate::model::kind::Resource;
use crate::model::violation::{Violation, Violations};
use sealed::Desired;

/// An iterator or a stream of ids, each with the desired state of that resource.
///
/// It is implemented for every `IntoIterator<Item = (Uuid, R)>` and for every `Stream<Item = (Uuid, R)>`; `Source` tells the two apart
/// and is inferred.
pub trait IntoDesired<R, Source>: sealed::Sealed<R, Source> {}

impl<R, Source, D: sealed::Sealed<R, Source>> IntoDesired<R, Source> for D {}

/// The results for many resources, each with its id.
pub type FleetStream<T> = Pin<Box<dyn Stream<Item = (Uuid, Result<T, Error>)> + Send>>;

mod sealed {
    use super::{Pin, Stream, StreamExt, Uuid, iter};

    pub(super) type Desired<R> = Pin<Box<dyn Stream<Item = (Uuid, R)> + Send>>;

    /// Tells iterators from streams.
    #[derive(Debug)]
    pub enum Iterated {}

    /// Tells streams from iterators.
    #[derive(Debug)]
    pub enum Streamed {}

    pub trait Sealed<R, Source> {
        fn into_stream(self) -> Desired<R>;
    }

    impl<R, D> Sealed<R, Iterated> for D
    where
        D: IntoIterator<Item = (Uuid, R), IntoIter: Send + 'static>,
    {
        fn into_stream(self) -> Desired<R> {
            iter(self).boxed()
        }
    }

    impl<R, D> Sealed<R, Streamed> for D
    where
        D: Stream<Item = (Uuid, R)> + Send + 'static,
    {
        fn into_stream(self) -> Desired<R> {
            self.boxed()
        }
    }
}

impl<R: Resource> Resources<R> {
    /// Brings many resources to their desired states, and yields the result for each as it is there: one for each desired resource,
    /// in any order. What exists but is not desired is not touched.
    ///
    /// The collection is read first, in pages of 1000: 10,000 resources without drift cost 11 requests. Then each one that differs
    /// or is not listed is reconciled by its own GET and PUT, as [`Resources::reconcile`] does it, so that nothing is overwritten
    /// that others wrote in the meantime. [`Resources::concurrency`] of them run at once. Nothing runs unless the stream is polled,
    /// and dropping it stops it. That does not undo what was written, nor the writes that are in flight: bound the time of each call by
    /// [`Resources::with_options`] instead. It holds the desired states, and one page.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # use ionos_vpn::{Connection, IpSecGateway, Sandbox};
    /// # let sandbox = Sandbox::start().await?;
    /// # let gateways = sandbox.client().ipsec_gateways();
    /// # let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// # let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]).build();
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
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Each resource has its own error, as for [`Resources::reconcile`]. An invalid desired state, or a second one for the same id, is
    /// an error at once. If the list breaks off, each resource that was not seen by then has the error of the list. A listed
    /// resource that cannot be read has that error.
    pub fn reconcile_all<D, Source>(&self, desired: D) -> FleetStream<Ensured<R>>
    where
        D: IntoDesired<R, Source>,
    {
        self.for_all(desired.into_stream(), Mode::Reconcile, |handle, id, finding| async move {
            match finding {
                Finding::Listed(plan) => handle.apply(*plan).await,
                Finding::Open(desired) => handle.reconcile(id, &desired).await,
                Finding::Failed(error) => Err(error),
            }
        })
    }

    /// Yields what [`Resources::reconcile_all`] would do, and changes nothing. A resource that is not listed is read by itself.
    ///
    /// # Errors
    /// Each resource has its own error, as for [`Resources::plan`]; otherwise as for [`Resources::reconcile_all`].
    pub fn plan_all<D, Source>(&self, desired: D) -> FleetStream<Plan<R>>
    where
        D: IntoDesired<R, Source>,
    {
        self.for_all(desired.into_stream(), Mode::Plan, |handle, id, finding| async move {
            match finding {
                Finding::Listed(plan) => Ok(*plan),
                Finding::Open(desired) => handle.plan(id, &desired).await,
                Finding::Failed(error) => Err(error),
            }
        })
    }

    /// Surveys the desired resources and finishes each, as many at once as the handle allows.
    fn for_all<T, F, Fut>(&self, desired: Desired<R>, mode: Mode, finish: F) -> FleetStream<T>
    where
        T: Send + 'static,
        F: Fn(Self, Uuid, Finding<R>) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let handle = self.clone();
        let finish = move |(id, finding)| {
            let result = finish(handle.clone(), id, finding);
            async move { (id, result.await) }
        };
        let survey = unfold(Survey::new(self, desired, mode), async |mut survey| Some((survey.next().await?, survey)));
        survey.map(finish).buffer_unordered(self.concurrency).boxed()
    }
}

/// What the list says of a desired resource.
enum Finding<R: Resource> {
    Listed(Box<Plan<R>>),
    /// It must be read by itself: it is not listed, or it is to be written.
    Open(R),
    Failed(Error),
}

/// What the survey is for.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Plan,
    Reconcile,
}

/// Compares the list with the desired states, a page at a time.
struct Survey<R: Resource> {
    handle: Resources<R>,
    mode: Mode,
    input: Option<Desired<R>>,
    pages: Pages<R>,
    /// What has not been seen in the list.
    desired: HashMap<Uuid, R>,
    /// What is to be written. It waits for the end of the list, so that a write cannot move a resource to another page.
    postponed: Vec<(Uuid, R)>,
    ready: VecDeque<(Uuid, Finding<R>)>,
}

impl<R: Resource> Survey<R> {
    fn new(handle: &Resources<R>, desired: Desired<R>, mode: Mode) -> Self {
        Self {
            handle: handle.clone(),
            mode,
            input: Some(desired),
            pages: handle.pages(R::KIND.max_page_size),
            desired: HashMap::new(),
            postponed: Vec::new(),
            ready: VecDeque::new(),
        }
    }

    async fn next(&mut self) -> Option<(Uuid, Finding<R>)> {
        if let Some(mut input) = self.input.take() {
            while let Some((id, desired)) = input.next().await {
                self.take(id, desired);
            }
        }
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Some(found);
            }
            let unseen = !self.desired.is_empty();
            match if unseen { self.pages.next().await } else { Ok(None) } {
                Ok(Some(page)) => page.into_iter().for_each(|element| self.compare(element)),
                Ok(None) => self.ready.extend(self.desired.drain().map(|(id, desired)| (id, Finding::Open(desired)))),
                Err(error) => {
                    let failed = |(id, _)| (id, Finding::Failed(error.clone()));
                    self.ready.extend(self.desired.drain().map(failed));
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

    /// Takes a desired state, unless it is invalid or the second one for its id.
    fn take(&mut self, id: Uuid, desired: R) {
        let valid = self.handle.check_desired(id, &desired);
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
            Violation::new("id", id.to_string().into(), "is a duplicate: there is another desired state for it");
        Error::from(Violations::from(violation)).about(self.ensure_subject(id))
    }
}
