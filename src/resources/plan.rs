//! Operations that apply a desired state: `plan`, `apply`, and `reconcile`, which does both.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

use super::replace::{check_exact, replacement, unmergeable};
use super::{Ensured, Resources, Target, json};
use crate::error::{Error, ErrorKind};
use crate::model::drift::{Drift, carry_over, drift, drift_from_nothing};
use crate::model::generated::types::Status;
use crate::model::kind::{Resource, ResourceRead};
use crate::model::path::ResourceRef;

/// What a plan does with a resource.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Action {
    /// The resource does not exist: create it.
    Create,
    /// The resource differs from the desired state: replace it.
    Update,
    /// The resource has the status `FAILED`: replace it, whether it differs or not.
    Repair,
    /// The resource has the desired state: send nothing.
    Unchanged,
    /// The resource cannot be brought to the desired state; [`Plan::blocked_by`] says why.
    Blocked,
}

/// What [`Resources::reconcile`] would do with a resource. Made by [`Resources::plan`], carried out by [`Resources::apply`].
///
/// `Display` prints the action, and below it one line for each difference. `Serialize` gives `kind`, `id`, `parents`, `action`, `drift`
/// and, if it is blocked, `reason`. Both show no secrets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Plan<R: Resource> {
    /// What is to be done.
    pub action: Action,
    /// The differences between the resource and the desired state. For a resource that does not exist, every field.
    /// Secrets are `***`.
    pub drift: Drift,
    /// The resource as the server shows it; `None` if it does not exist.
    pub actual: Option<R::Read>,
    id: Uuid,
    parents: R::Parents,
    next: Next,
}

/// What `apply` does.
#[derive(Clone)]
enum Next {
    Put(Value),
    Nothing,
    Fail(Error),
}

impl fmt::Debug for Next {
    /// Does not print the body, because it may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Put(_) => f.write_str("Put(***)"),
            Self::Nothing => f.write_str("Nothing"),
            Self::Fail(error) => f.debug_tuple("Fail").field(error).finish(),
        }
    }
}

impl<R: Resource> Plan<R> {
    /// Returns the id of the resource.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Returns why the resource cannot be brought to the desired state: the error that [`Resources::apply`] returns. `None`
    /// unless the action is [`Action::Blocked`].
    #[must_use]
    pub fn blocked_by(&self) -> Option<&Error> {
        if let Next::Fail(error) = &self.next { Some(error) } else { None }
    }
}

impl<R: Resource> fmt::Display for Plan<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let resource = ResourceRef::new(R::KIND, self.parents.as_ref(), Some(self.id));
        match (self.action, self.blocked_by()) {
            (_, Some(error)) => write!(f, "blocked: {error}")?,
            (Action::Create, None) => write!(f, "create {resource}")?,
            (Action::Update, None) => write!(f, "update {resource}")?,
            (Action::Repair, None) => write!(f, "repair {resource}, which has failed")?,
            (_, None) => write!(f, "{resource} has the desired state")?,
        }
        self.drift.to_string().lines().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

impl<R: Resource> Serialize for Plan<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut plan = serializer.serialize_struct("Plan", 6)?;
        plan.serialize_field("kind", R::KIND.name)?;
        plan.serialize_field("id", &self.id)?;
        plan.serialize_field("parents", self.parents.as_ref())?;
        plan.serialize_field("action", &self.action)?;
        match self.blocked_by() {
            Some(error) => plan.serialize_field("reason", &error.to_string())?,
            None => plan.skip_field("reason")?,
        }
        plan.serialize_field("drift", &self.drift)?;
        plan.end()
    }
}

impl<R: Resource> Resources<R> {
    /// Returns what [`Resources::reconcile`] would do, and changes nothing.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, mut gateway, .. }| {
    /// # use ionos_vpn::Action;
    /// # gateways.ensure(id, &gateway).await?;
    /// gateway.name = "b".into();
    /// let plan = gateways.plan(id, &gateway).await?;
    /// assert_eq!(plan.action, Action::Update);
    /// assert_eq!(plan.drift.to_string(), r#"~ name: "a" → "b""#);
    /// gateways.apply(plan).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Validation`] if the desired state is invalid; the errors of [`Resources::get`], except that a missing
    /// resource is not an error; [`ErrorKind::WaitTimeout`] if the grace period ends and the server still shows only a state
    /// from before the last write.
    pub async fn plan(&self, target: impl Into<Target>, desired: &R) -> Result<Plan<R>, Error> {
        let target = target.into();
        let body = self.desired_body(target.id, desired)?;
        match self.get_current(&target).await {
            Err(error) if error.is_not_found() => Ok(Plan {
                action: Action::Create,
                drift: drift_from_nothing(desired),
                actual: None,
                id: target.id,
                parents: self.parents,
                next: Next::Put(body),
            }),
            result => Ok(self.plan_for(desired, result?)),
        }
    }

    /// Applies a plan: sends the write, or returns the error that blocks it. [`Resources::plan`] has an example.
    ///
    /// The resource is not read again. A change that somebody else made after the plan is overwritten. Apply a plan
    /// soon, or call [`Resources::reconcile`].
    ///
    /// **Cancellation.** Dropping the future does not undo a write, which may have been sent; see the
    /// [guide](crate::guide#cancellation).
    ///
    /// # Errors
    /// The errors of [`Resources::ensure`], and the error of [`Plan::blocked_by`].
    pub async fn apply(&self, plan: Plan<R>) -> Result<Ensured<R>, Error> {
        // The plan may belong to a resource of another gateway than the handle.
        let handle = Self { parents: plan.parents, ..self.clone() };
        match (plan.next, plan.actual) {
            (Next::Put(body), actual) => handle.put(plan.id, body, actual.is_some()).await,
            (Next::Nothing, Some(resource)) => Ok(Ensured::unchanged(resource)),
            (Next::Fail(error), _) => Err(error),
            // The caller removed `actual` from the plan.
            (Next::Nothing, None) => {
                let resource = handle.get(plan.id).await?;
                Ok(Ensured::unchanged(resource))
            }
        }
    }

    /// Reads a resource and writes it if it differs from the desired state: [`Resources::plan`] followed by
    /// [`Resources::apply`]. **A resource that does not exist is created.** A resource that has the desired state is
    /// not written.
    ///
    /// The resource is read first. Two groups of fields keep their values if `desired` leaves them out: fields that the
    /// server fills in (for an IPSec gateway `version`, `tier` and `maintenanceWindow`), and fields that this version
    /// does not know. All other fields are emptied. List elements are matched by their keys, and addresses are compared
    /// by value; see [`drift`](crate::drift). A resource with the status `FAILED` is written even without drift.
    ///
    /// As with [`Resources::modify`], the last of two writers wins. If the server may still show the state from before
    /// the last write, pass the result of that write, not the id. Then a 404 means a missing resource only after
    /// [`WaitOptions::grace`](crate::WaitOptions::grace).
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
    /// # use ionos_vpn::Outcome;
    /// assert_eq!(gateways.reconcile(id, &gateway).await?.outcome, Outcome::Created);
    /// assert_eq!(gateways.reconcile(id, &gateway).await?.outcome, Outcome::Unchanged);
    /// # Ok(()) });
    /// ```
    ///
    /// **Cancellation.** Dropping the future does not undo a write, which may have been sent; see the
    /// [guide](crate::guide#cancellation).
    ///
    /// # Errors
    /// The errors of [`Resources::modify`], except that a missing resource is not an error;
    /// [`ErrorKind::ResourceDeleting`] if the resource is being deleted.
    pub async fn reconcile(&self, target: impl Into<Target>, desired: &R) -> Result<Ensured<R>, Error> {
        let plan = self.plan(target, desired).await?;
        self.apply(plan).await
    }

    /// Returns the differences between a resource that was read and the desired state, as [`drift`](crate::drift())
    /// does. Sends no request. With the feature `wireguard-keys` it also compares the private key with the public key
    /// that the server shows.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, mut gateway, .. }| {
    /// let actual = gateways.ensure(id, &gateway).await?.resource;
    /// gateway.name = "b".into();
    /// assert_eq!(gateways.drift_of(&gateway, &actual).changes()[0].path, "name");
    /// # Ok(()) });
    /// ```
    #[must_use]
    #[allow(clippy::unused_self, reason = "a user calls it on the handle")]
    pub fn drift_of(&self, desired: &R, actual: &R::Read) -> Drift {
        let drift = drift(desired, actual.properties());
        #[cfg(feature = "wireguard-keys")]
        let drift = drift.with_keys(desired, || R::metadata(actual));
        drift
    }

    /// Returns the plan for a resource that exists.
    pub(super) fn plan_for(&self, desired: &R, actual: R::Read) -> Plan<R> {
        let (id, drift, status) = (actual.id(), self.drift_of(desired, &actual), actual.status());
        let (action, next) = match status {
            Status::Destroying => (Action::Blocked, Next::Fail(self.being_deleted(id))),
            Status::Failed => (Action::Repair, self.merge(desired, &actual)),
            _ if self.writes_without_drift || !drift.is_empty() => (Action::Update, self.merge(desired, &actual)),
            _ => (Action::Unchanged, Next::Nothing),
        };
        let action = if matches!(next, Next::Fail(_)) { Action::Blocked } else { action };
        Plan { action, drift, actual: Some(actual), id, parents: self.parents, next }
    }

    /// Returns the body that replaces a resource, or the reason why there is none.
    fn merge(&self, desired: &R, actual: &R::Read) -> Next {
        let subject = self.ensure_subject(actual.id());
        let merged = carry_over(desired, actual.properties()).map_err(|cause| unmergeable(&subject, cause));
        let body = merged.and_then(|merged| json(&merged)).map(|merged| replacement::<R>(actual, merged));
        match body.and_then(|body| check_exact(&subject, &body).map(|()| body)) {
            Ok(body) => Next::Put(body),
            Err(error) => Next::Fail(error.about(&subject)),
        }
    }

    fn being_deleted(&self, id: Uuid) -> Error {
        let error = Error::new(ErrorKind::ResourceDeleting, "it is being deleted; wait until it no longer exists");
        error.with_last_status(Some(Status::Destroying)).about(&self.ensure_subject(id))
    }
}
