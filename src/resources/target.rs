//! The resource that an operation reads, with the last write to it.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::{Ensured, Outcome};
use crate::model::generated::types::Status;
use crate::model::kind::{Resource, ResourceRead};
use crate::model::timestamp::Timestamp;

/// A resource to read or to wait for: an id, or the result of the last write.
///
/// A server may show the state from before a write for some time. If the target is the result of a write, a state that
/// is older by the server's timestamps is not used as the current state. An id has no information about the last write,
/// so any state is accepted.
///
/// If the target is an [`Outcome::Unchanged`](crate::Outcome::Unchanged), nothing was written. If the resource was also
/// `AVAILABLE`, a wait for it returns at once, without a request.
///
/// ```
/// # use ionos_vpn::{Error, IpSecGateway, Resources};
/// # async fn example(gateways: Resources<IpSecGateway>, id: uuid::Uuid, gateway: IpSecGateway) -> Result<(), Error> {
/// let ensured = gateways.ensure(id, &gateway).await?;
/// gateways.wait_until_available(&ensured).await?; // Not satisfied by the state before the write.
/// gateways.wait_until_available(id).await?; // Satisfied by any state.
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub(super) id: Uuid,
    /// When the server last changed the resource, by its own clock.
    since: Option<Timestamp>,
    available: Option<Shown>,
}

/// A resource of any kind. A target has no type parameter, because an id has none.
#[derive(Clone)]
struct Shown(Arc<dyn Any + Send + Sync>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown").finish_non_exhaustive()
    }
}

impl Target {
    fn new(id: Uuid, since: Option<Timestamp>) -> Self {
        Self { id, since, available: None }
    }

    /// Returns the resource if it is known to be available without a request: it was read, nothing was written, and it
    /// was `AVAILABLE`. The result of a *write* does not count even if it is `AVAILABLE`, because a server may show the
    /// status from before the write until it starts to process the write.
    pub(super) fn available<R: Resource>(&self) -> Option<R::Read> {
        self.available.as_ref()?.0.downcast_ref::<R::Read>().cloned()
    }

    /// Returns `true` if the target follows a write.
    pub(super) fn follows_write(&self) -> bool {
        self.since.is_some()
    }

    /// Returns `true` if the resource is shown as it was before the write. If two timestamps have different precision, they
    /// are compared at the coarser precision. If one of them is missing or cannot be parsed, the resource counts as the
    /// state after the write.
    pub(super) fn is_newer_than<R: Resource>(&self, read: &R::Read) -> bool {
        let nanos = |time: &Timestamp| time.datetime()?.timestamp_nanos_opt();
        let (since, seen) = (self.since.as_ref().and_then(nanos), read.last_modified().and_then(nanos));
        since.zip(seen).is_some_and(|(since, seen)| {
            let precision = precision(since).max(precision(seen));
            seen.div_euclid(precision) < since.div_euclid(precision)
        })
    }
}

/// Returns the precision of a timestamp, in nanoseconds. It is guessed from the trailing zeros: a second, a millisecond, a
/// microsecond or a nanosecond.
fn precision(nanos: i64) -> i64 {
    [1_000_000_000, 1_000_000, 1_000].into_iter().find(|unit| nanos % unit == 0).unwrap_or(1)
}

impl From<Uuid> for Target {
    fn from(id: Uuid) -> Self {
        Self::new(id, None)
    }
}

impl<R: Resource> From<&Ensured<R>> for Target {
    fn from(ensured: &Ensured<R>) -> Self {
        let Ensured { outcome, resource, .. } = ensured;
        let is_available = *outcome == Outcome::Unchanged && *resource.status() == Status::Available;
        let available = is_available.then(|| Shown(Arc::new(resource.clone())));
        Self { available, ..Self::from(resource) }
    }
}

impl<T: ResourceRead> From<&T> for Target {
    fn from(read: &T) -> Self {
        Self::new(read.id(), read.last_modified().cloned())
    }
}
