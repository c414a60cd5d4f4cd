//! The handle on the resources of one kind.

mod ensured;
mod fleet;
mod list;
mod plan;
mod replace;
mod stream;
mod target;
mod wait;

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::{Map, Value};
use uuid::Uuid;

pub use ensured::{Ensured, Outcome};
pub use list::{ListOptions, ResourceStream};
pub use plan::{Action, Plan};
pub use stream::FleetStream;
pub use target::Target;
pub use wait::{WaitOptions, Watch};

use crate::call::Core;
use crate::call::options::CallOptions;
use crate::call::response::{Response, Secrets};
use crate::error::{Error, Subject};
use crate::model::kind::{Resource, ResourceRead};
use crate::model::path::ResourceRef;
use crate::model::validate::{self, violations};
use crate::model::violation::Violations;

/// A handle on the resources of one kind: all gateways, or the tunnels or peers of one gateway.
/// [`Client`](crate::Client) returns one for each kind. It is cheap to clone.
///
/// The [guide](crate::guide#choosing-between-ensure-modify-and-reconcile) compares [`ensure`](Resources::ensure),
/// [`modify`](Resources::modify) and [`reconcile`](Resources::reconcile). A handle is generic over the kind. Code that
/// uses a handle can be generic, too:
///
/// ```
/// use ionos_vpn::{Ensured, Error, Resource, Resources};
/// use uuid::Uuid;
///
/// async fn apply<R: Resource>(handle: &Resources<R>, id: Uuid, desired: &R) -> Result<Ensured<R>, Error> {
///     let ensured = handle.reconcile(id, desired).await?;
///     handle.wait_until_available(&ensured).await?;
///     Ok(ensured)
/// }
/// ```
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

    /// Sets the options for all calls of this handle, including waits and lists. They replace the previous options of
    /// the handle. Other handles of the client are not affected. Connections, the retry budget, the pace and the token
    /// stay shared.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, .. }| {
    /// # sandbox.fail_next([ionos_vpn::sandbox::Fault::RateLimited(60)]);
    /// use std::time::Duration;
    /// use ionos_vpn::CallOptions;
    ///
    /// let short = gateways.clone().with_options(CallOptions::default().total_timeout(Duration::from_secs(2)));
    /// // The server requests a delay of one minute, so the call fails at once instead of waiting.
    /// assert!(short.get(id).await.unwrap_err().is_rate_limited());
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = Arc::new(options);
        self
    }

    /// Sets how this handle waits. Default [`WaitOptions::default`]. See [`WaitOptions`] for an example.
    #[must_use]
    pub fn wait_options(mut self, options: WaitOptions) -> Self {
        self.wait = options;
        self
    }

    /// Sets how this handle reads lists. Default [`ListOptions::default`]. See [`ListOptions`] for an example.
    #[must_use]
    pub fn list_options(mut self, options: ListOptions) -> Self {
        self.list = options;
        self
    }

    /// Sets how many resources [`Resources::reconcile_all`] and [`Resources::plan_all`] process at the same time. A resource
    /// counts from its start until its result is taken from the stream. [`Resources::wait_until_all_available`] reads as many
    /// resources individually at the same time. [`Resources::plan_all`] has an example. Default 16; 0 means 1.
    #[must_use]
    pub fn concurrency(mut self, resources: usize) -> Self {
        self.concurrency = resources.max(1);
        self
    }

    /// Makes [`Resources::reconcile`] write even if there is no drift. Use it to send a changed pre-shared key. The
    /// server does not return the key, so `reconcile` cannot see that it has changed.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// use ionos_vpn::Outcome;
    ///
    /// gateways.ensure(id, &gateway).await?;
    /// assert_eq!(gateways.reconcile(id, &gateway).await?.outcome, Outcome::Unchanged);
    /// let always = gateways.write_without_drift();
    /// assert_eq!(always.reconcile(id, &gateway).await?.outcome, Outcome::Updated);
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn write_without_drift(mut self) -> Self {
        self.writes_without_drift = true;
        self
    }

    /// Creates the resource with this id, or replaces it **as a whole**.
    ///
    /// Sends the API's `PUT`. Fields that you leave out are not kept: the server sets them to its defaults (for an
    /// IPSec gateway `version`, `tier` and `maintenanceWindow`) or empties them. To change some fields, use
    /// [`Resources::modify`]. To apply a desired state and keep what the server filled in, use
    /// [`Resources::reconcile`].
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, mut gateway, .. }| {
    /// use ionos_vpn::Tier;
    ///
    /// gateway.tier = Some(Tier::EnhancedHa);
    /// gateways.ensure(id, &gateway).await?;
    ///
    /// gateway.tier = None;
    /// let replaced = gateways.ensure(id, &gateway).await?;
    /// assert_eq!(replaced.resource.properties.tier, Some(Tier::Standard)); // The tier is reset.
    /// # Ok(()) });
    /// ```
    ///
    /// **Cancellation.** Dropping the future does not undo a write, which may have been sent; see the
    /// [guide](crate::guide#cancellation). To limit the time of the call:
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use ionos_vpn::{CallOptions, Error, IpSecGateway, Resources};
    /// # async fn example(gateways: Resources<IpSecGateway>, id: uuid::Uuid, gateway: IpSecGateway) -> Result<(), Error> {
    /// let short = gateways.with_options(CallOptions::default().total_timeout(Duration::from_secs(5)));
    /// match short.ensure(id, &gateway).await {
    ///     Err(error) if error.may_have_been_applied() => println!("repeat it or read it: {error}"),
    ///     Err(error) => println!("nothing has changed: {error}"),
    ///     Ok(ensured) => println!("{:?}", ensured.outcome),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Validation`](crate::ErrorKind::Validation) before anything is sent; then any error of a call, see
    /// [`ErrorKind`](crate::ErrorKind). Repeating `ensure` is safe.
    pub async fn ensure(&self, id: Uuid, properties: &R) -> Result<Ensured<R>, Error> {
        let body = self.desired_body(id, properties)?;
        self.put(id, body, false).await
    }

    /// Sends a write; `is_there` if the resource was read before, so that no attempt can create it.
    async fn put(&self, id: Uuid, body: Value, is_there: bool) -> Result<Ensured<R>, Error> {
        let response = self.send(Method::PUT, &self.ensure_subject(id), None, Some(body)).await?;
        let resource = Self::read(&response, id)?;
        let outcome = if response.status == StatusCode::CREATED { Outcome::Created } else { Outcome::Updated };
        let is_lost = response.report.is_applied_before;
        Ok(Ensured::written(outcome, resource, response.report.attempts, is_lost && !is_there))
    }

    /// Returns the resource with this id.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// assert!(gateways.get(id).await.unwrap_err().is_not_found());
    ///
    /// gateways.ensure(id, &gateway).await?;
    /// let read = gateways.get(id).await?;
    /// println!("{} is {} since {:?}", read.properties.name, read.status(), read.metadata.last_modified_date);
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    /// Any error of a call; see [`ErrorKind`](crate::ErrorKind). [`Error::is_not_found`] is also `true` for a resource
    /// of another region.
    pub async fn get(&self, id: Uuid) -> Result<R::Read, Error> {
        let subject = self.subject("get", R::KIND.operations.get, Some(id));
        Self::read(&self.send(Method::GET, &subject, None, None).await?, id)
    }

    /// Creates a resource with an id that the server chooses. Prefer [`Resources::ensure`] with an id of your own: a create is
    /// not repeated after a lost response, because each repetition could create another resource.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, gateway, .. }| {
    /// let created = gateways.create(&gateway).await?;
    /// let available = gateways.wait_until_available(&created).await?;
    /// println!("{} {}", available.id, available.properties.name);
    /// # Ok(()) });
    /// ```
    ///
    /// **Cancellation.** Dropping the future does not undo a write, which may have been sent; see the
    /// [guide](crate::guide#cancellation).
    ///
    /// # Errors
    /// As for [`Resources::ensure`]; check [`Error::may_have_been_applied`] before calling again.
    pub async fn create(&self, properties: &R) -> Result<R::Read, Error> {
        let subject = self.subject("create", R::KIND.operations.create, None);
        let body = R::KIND.create_body(json(properties).map_err(|error| error.about(&subject))?);
        self.check_body(&subject, &body, None)?;
        self.send(Method::POST, &subject, None, Some(body)).await?.json("the resource")
    }

    /// Starts the deletion of a resource; [`Resources::wait_until_deleted`] waits until it is finished. If a retry
    /// finds that the resource no longer exists, the deletion has succeeded.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// # gateways.ensure(id, &gateway).await?;
    /// match gateways.delete(id).await {
    ///     Err(error) if error.is_not_found() => println!("it did not exist"),
    ///     result => result?,
    /// }
    /// gateways.wait_until_deleted(id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// **Cancellation.** Dropping the future does not undo a write, which may have been sent; see the
    /// [guide](crate::guide#cancellation).
    ///
    /// # Errors
    /// Any error of a call; see [`ErrorKind`](crate::ErrorKind). [`Error::is_not_found`] is `true` if the resource did
    /// not exist.
    pub async fn delete(&self, id: Uuid) -> Result<(), Error> {
        let subject = self.subject("delete", R::KIND.operations.delete, Some(id));
        match self.send(Method::DELETE, &subject, None, None).await {
            // An earlier attempt may have deleted it.
            Err(error) if error.is_not_found() && error.may_have_been_applied() => Ok(()),
            result => result.map(drop),
        }
    }

    fn subject(&self, verb: &'static str, operation: &'static str, id: Option<Uuid>) -> Subject {
        let resource = ResourceRef::new(R::KIND, self.parents.as_ref(), id);
        Subject { verb: Some(verb), operation, resource: Some(resource) }
    }

    fn ensure_subject(&self, id: Uuid) -> Subject {
        self.subject("ensure", R::KIND.operations.ensure, Some(id))
    }

    /// Sends a request to the resource or the collection of the subject.
    async fn send(
        &self,
        method: Method,
        subject: &Subject,
        query: Option<&str>,
        body: Option<Value>,
    ) -> Result<Response, Error> {
        let resource = subject.resource.as_ref();
        let path = resource.map(ResourceRef::path).unwrap_or_default();
        let rules = if method == Method::POST { R::KIND.create } else { R::KIND.ensure };
        let secrets = Secrets::of(Some(rules), body.as_ref());
        // A list and a create have no id, and an ensure creates a missing resource. So their 404 is about the parent.
        let is_of_parent = method == Method::PUT || resource.is_some_and(|resource| resource.id().is_none());
        let request = self.core.request(method, &path, query, body.as_ref()).map_err(|error| error.about(subject))?;
        // Many calls may be in flight, and the request has the bytes.
        drop(body);
        let result = self.core.send(&self.options, subject, request, secrets).await;
        result.map_err(|error| match (R::KIND.parent(), self.parents.as_ref().last()) {
            (Some(kind), Some(id)) if is_of_parent && error.is_not_found() => {
                error.adding(&format!("{} {id} was not found", kind.name))
            }
            _ => error,
        })
    }

    /// Reads the resource in a response. Refuses a response about another resource than the requested one.
    fn read(response: &Response, id: Uuid) -> Result<R::Read, Error> {
        let read: R::Read = response.json("the resource")?;
        if read.id() == id {
            return Ok(read);
        }
        Err(response.unusable(&format!("the response is about {}", read.id()), None))
    }

    /// Returns the body of an ensure with the properties alone, after it was validated.
    fn desired_body(&self, id: Uuid, properties: &R) -> Result<Value, Error> {
        let subject = self.ensure_subject(id);
        let body = json(properties).map(|properties| R::KIND.ensure_body(id, properties, Map::new(), Map::new()));
        let body = body.map_err(|error| error.about(&subject))?;
        self.check_body(&subject, &body, None).map(|()| body)
    }

    /// Validates the properties in a body, except for what was invalid `before`. Paths are relative to the properties, as those
    /// of [`Validate::validate`](crate::Validate::validate) are.
    fn check_body(&self, subject: &Subject, body: &Value, before: Option<&Value>) -> Result<(), Error> {
        if !self.core.validates {
            return Ok(());
        }
        let find = |body: &Value| violations(R::RULES, body.get(R::KIND.names.properties)?);
        let found = find(body).and_then(|found| found.without(before.and_then(find).as_ref()));
        found.map_or(Ok(()), |found| Err(Error::from(found).about(subject)))
    }
}

/// Returns the properties as JSON.
fn json<R: Resource>(properties: &R) -> Result<Value, Error> {
    validate::json(properties).map_err(|violation| Violations::from(violation).into())
}
