//! The handle on the resources of one kind.

mod ensured;
mod fleet;
mod list;
mod plan;
mod replace;
mod target;
mod wait;

use std::sync::Arc;

use http::StatusCode;
use serde_json::Map;
use uuid::Uuid;

pub use ensured::{Ensured, Outcome};
pub use fleet::{FleetStream, IntoDesired};
pub use list::{ListOptions, ResourceStream};
pub use plan::{Action, Plan};
pub use target::Target;
pub use wait::{WaitOptions, Watch};

use crate::call::options::CallOptions;
use crate::call::{self, Completed, Core};
use crate::error::{Error, ResourceRef, Subject};
use crate::model::generated::{self, ResponseValue};
use crate::model::kind::Resource;
use crate::model::rule::Rule;
use crate::model::validate::Validate;

/// The operations on the resources of one kind: all at the top level, or those of one gateway. [`Client`](crate::Client) has a constructor
/// for each kind. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Resources<R: Resource> {
    core: Arc<Core>,
    parents: R::Parents,
    options: Arc<CallOptions>,
    wait: WaitOptions,
    list: ListOptions,
    concurrency: usize,
    writes_without_drift: bool,
}

impl<R: Resource> Resources<R> {
    pub(crate) fn new(core: Arc<Core>, parents: R::Parents) -> Self {
        Self {
            core,
            parents,
            options: Arc::default(),
            wait: WaitOptions::default(),
            list: ListOptions::default(),
            concurrency: 16,
            writes_without_drift: false,
        }
    }

    /// Sets the options of the calls that this handle makes, instead of those that it had. The client, and other handles of it,
    /// keep theirs; connections, the retry budget, the pace and the token are shared. The calls of waits and lists have these options too.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use std::time::Duration;
    /// use ionos_vpn::CallOptions;
    /// # let sandbox = ionos_vpn::Sandbox::start().await?;
    /// # sandbox.fail_next([ionos_vpn::sandbox::Fault::RateLimited(60)]);
    ///
    /// let gateways = sandbox.client().ipsec_gateways();
    /// let hasty = gateways.clone().with_options(CallOptions::default().total_timeout(Duration::from_secs(2)));
    /// // The server asks for a minute.
    /// assert!(hasty.get(uuid::Uuid::nil()).await.unwrap_err().is_rate_limited());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = Arc::new(options);
        self
    }

    /// Sets how this handle waits. Default [`WaitOptions::default`].
    #[must_use]
    pub fn wait_options(mut self, options: WaitOptions) -> Self {
        self.wait = options;
        self
    }

    /// Sets how this handle reads lists. Default [`ListOptions::default`].
    #[must_use]
    pub fn list_options(mut self, options: ListOptions) -> Self {
        self.list = options;
        self
    }

    /// Sets how many resources [`Resources::reconcile_all`] and [`Resources::plan_all`] work on at once. Default 16; 0 is taken as
    /// 1.
    #[must_use]
    pub fn concurrency(mut self, resources: usize) -> Self {
        self.concurrency = resources.max(1);
        self
    }

    /// Makes [`Resources::reconcile`] write even if there is no drift. A changed pre-shared key alone cannot be seen, because the
    /// server does not return it; this sends it.
    #[must_use]
    pub fn write_without_drift(mut self) -> Self {
        self.writes_without_drift = true;
        self
    }

    /// Ensures that the resource with this id is as given: creates it, or replaces it **as a whole**.
    ///
    /// Sends the API's `PUT`. What is not given is not kept: the server fills in its defaults (for an IPSec
    /// gateway `version`, `tier` and `maintenanceWindow`) and leaves the rest empty. To change one thing, use
    /// [`Resources::modify`]; to bring a resource to a desired state and keep what that does not mention, use
    /// [`Resources::reconcile`].
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # use ionos_vpn::{Connection, IpSecGateway, Sandbox, Tier};
    /// # let sandbox = Sandbox::start().await?;
    /// # let gateways = sandbox.client().ipsec_gateways();
    /// # let id = uuid::Uuid::new_v4();
    /// # let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// let mut gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]).build();
    /// gateway.tier = Some(Tier::EnhancedHa);
    /// gateways.ensure(id, &gateway).await?;
    ///
    /// gateway.tier = None;
    /// let replaced = gateways.ensure(id, &gateway).await?;
    /// assert_eq!(replaced.resource.properties.tier, Some(Tier::Standard)); // The tier is lost.
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// **Cancellation.** Dropping the future does not undo the write, which may be sent and acted on. A `tokio::time::timeout` around
    /// it drops it, and so loses what [`Error::may_have_been_applied`] would say; bound the time by
    /// [`Resources::with_options`] instead.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use ionos_vpn::{CallOptions, Error, IpSecGateway, Resources};
    /// # async fn example(gateways: Resources<IpSecGateway>, id: uuid::Uuid, gateway: IpSecGateway) -> Result<(), Error> {
    /// let hasty = gateways.with_options(CallOptions::default().total_timeout(Duration::from_secs(5)));
    /// match hasty.ensure(id, &gateway).await {
    ///     Err(error) if error.may_have_been_applied() => println!("read it before anything else: {error}"),
    ///     Err(error) => println!("nothing has changed: {error}"),
    ///     Ok(ensured) => println!("{:?}", ensured.outcome),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Validation`](crate::ErrorKind::Validation) before anything is sent; then those of a call, see
    /// [`ErrorKind`](crate::ErrorKind). Repeating `ensure` is safe.
    pub async fn ensure(&self, id: Uuid, properties: &R) -> Result<Ensured<R>, Error> {
        let body = new_body(id, properties);
        self.check_ensure(id, &body, None)?;
        self.put(id, body, false).await
    }

    /// Sends a write; `is_there` if the resource was read before, so that no attempt can create it.
    async fn put(&self, id: Uuid, body: R::Ensure, is_there: bool) -> Result<Ensured<R>, Error> {
        let parents = self.parents;
        let subject = self.ensure_subject(id);
        let completed =
            self.dispatch_with(&subject, secrets(&body), |api| async move {
                R::call_ensure(&api, &parents, &id, &body).await
            })
            .await?;
        let is_new = completed.value.status() == StatusCode::CREATED;
        let outcome = if is_new { Outcome::Created } else { Outcome::Updated };
        let (attempts, is_lost) = (completed.report.attempts(), completed.report.may_have_been_applied_before());
        Ok(Ensured::written(outcome, with_id::<R>(completed, id, subject)?, attempts, is_lost && !is_there))
    }

    /// Returns the resource with this id.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = ionos_vpn::Sandbox::start().await?;
    /// # let gateways = sandbox.client().ipsec_gateways();
    /// let error = gateways.get(uuid::Uuid::nil()).await.unwrap_err();
    /// assert!(error.is_not_found());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of a call, see [`ErrorKind`](crate::ErrorKind); [`Error::is_not_found`] also for a resource of another region.
    pub async fn get(&self, id: Uuid) -> Result<R::Read, Error> {
        let parents = self.parents;
        let subject = self.subject("get", R::KIND.operations.get, Some(id));
        let completed = self.dispatch(&subject, |api| async move { R::call_get(&api, &parents, &id).await }).await?;
        with_id::<R>(completed, id, subject)
    }

    /// Creates a resource with an id that the server chooses. Prefer [`Resources::ensure`] with an id of your own: a create is
    /// not repeated after a lost response, because each repetition could create another resource.
    ///
    /// **Cancellation.** Dropping the future does not undo the write, which may be sent and acted on. A `tokio::time::timeout` around
    /// it drops it, and so loses what [`Error::may_have_been_applied`] would say; bound the time by
    /// [`Resources::with_options`] instead.
    ///
    /// # Errors
    /// As for [`Resources::ensure`]; check [`Error::may_have_been_applied`] before calling again.
    pub async fn create(&self, properties: &R) -> Result<R::Read, Error> {
        let parents = self.parents;
        let body = R::create_body(properties.clone(), Map::new());
        let subject = self.subject("create", R::KIND.operations.create, None);
        self.check(&body, None).map_err(|error| error.about(subject.clone()))?;
        let completed = self
            .dispatch_with(&subject, secrets(&body), |api| async move { R::call_create(&api, &parents, &body).await })
            .await?;
        Ok(completed.value.into_inner())
    }

    /// Starts the deletion of a resource. If a repeated request no longer finds it, the deletion has succeeded.
    ///
    /// **Cancellation.** Dropping the future does not undo the write, which may be sent and acted on. A `tokio::time::timeout` around
    /// it drops it, and so loses what [`Error::may_have_been_applied`] would say; bound the time by
    /// [`Resources::with_options`] instead.
    ///
    /// # Errors
    /// Those of a call, see [`ErrorKind`](crate::ErrorKind); [`Error::is_not_found`] if the resource did not exist before.
    pub async fn delete(&self, id: Uuid) -> Result<(), Error> {
        let parents = self.parents;
        let subject = self.subject("delete", R::KIND.operations.delete, Some(id));
        match self.dispatch(&subject, |api| async move { R::call_delete(&api, &parents, &id).await }).await {
            // An earlier attempt may have deleted it.
            Err(error) if error.is_not_found() && error.may_have_been_applied() => Ok(()),
            result => result.map(drop),
        }
    }

    fn subject(&self, verb: &'static str, operation: &'static str, id: Option<Uuid>) -> Subject {
        Subject { verb, operation, resource: ResourceRef::new(R::KIND, self.parents.as_ref(), id) }
    }

    fn ensure_subject(&self, id: Uuid) -> Subject {
        self.subject("ensure", R::KIND.operations.ensure, Some(id))
    }

    async fn dispatch<T, F, Fut>(&self, subject: &Subject, operation: F) -> Result<Completed<T>, Error>
    where
        F: FnOnce(generated::RawApi) -> Fut,
        Fut: Future<Output = Result<T, generated::RawError<()>>>,
    {
        self.dispatch_with(subject, R::KIND.ensure.holds_secret().then(Vec::new), operation).await
    }

    async fn dispatch_with<T, F, Fut>(
        &self,
        subject: &Subject,
        secrets: Option<Vec<String>>,
        operation: F,
    ) -> Result<Completed<T>, Error>
    where
        F: FnOnce(generated::RawApi) -> Fut,
        Fut: Future<Output = Result<T, generated::RawError<()>>>,
    {
        call::dispatch(&self.core, &self.options, secrets, operation).await.map_err(|error| {
            // A list and a create have no id of their own, and an ensure creates what is missing: it is the parent.
            let is_of_parent = subject.resource.id().is_none() || subject.operation == R::KIND.operations.ensure;
            let parent = R::KIND.parent().zip(subject.resource.parents().last());
            let parent = parent.filter(|_| is_of_parent && error.is_not_found());
            let error = error.about(subject.clone());
            match parent {
                Some((kind, id)) => error.with(|details| details.add(&format!("{} {id} was not found", kind.name))),
                None => error,
            }
        })
    }

    /// Validates what is about to be sent, except for what was invalid `before`. The paths begin at the properties, as those of
    /// [`Validate::validate`] do.
    fn check<T: Validate>(&self, body: &T, before: Option<&T>) -> Result<(), Error> {
        if !self.core.validates {
            return Ok(());
        }
        let find = |body: &T| body.validate().err();
        let found = find(body).and_then(|found| found.without(before.and_then(find).as_ref()));
        found.map_or(Ok(()), |found| Err(found.within(R::KIND.properties).into()))
    }

    fn check_ensure(&self, id: Uuid, body: &R::Ensure, before: Option<&R::Ensure>) -> Result<(), Error> {
        self.check(body, before).map_err(|error| error.about(self.ensure_subject(id)))
    }
}

/// Returns the body of an ensure with nothing but the properties. The page sends the metadata, and sends it empty.
fn new_body<R: Resource>(id: Uuid, properties: &R) -> R::Ensure {
    R::ensure_body(id, properties.clone(), Map::new(), Map::new())
}

/// Returns the secrets in a body; `None` at no cost if its kind has none.
fn secrets<T: Validate>(body: &T) -> Option<Vec<String>> {
    let find = || Rule::Object(T::RULES).secrets(&serde_json::to_value(body).unwrap_or_default());
    T::RULES.holds_secret().then(find)
}

/// Refuses a response about another resource than the requested one.
fn with_id<R: Resource>(
    Completed { value, report }: Completed<ResponseValue<R::Read>>,
    id: Uuid,
    subject: Subject,
) -> Result<R::Read, Error> {
    let read = value.into_inner();
    if R::id(&read) == id {
        return Ok(read);
    }
    let problem = format!("the response is about {}", R::id(&read));
    Err(report.unusable(&problem, None).about(subject))
}
