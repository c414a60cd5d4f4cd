//! The result of a write.

use crate::model::kind::Resource;

/// What a write did, according to the last response of the server.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// The resource did not exist and was created (201).
    Created,
    /// The resource was replaced (200, or any other success).
    ///
    /// This call may still have created the resource. If the response to the first attempt was lost, the second attempt
    /// replaced the resource that the first attempt had created. Then [`Ensured::may_have_created`] is `true`.
    Updated,
    /// The resource already had the desired state. Nothing was sent.
    Unchanged,
}

/// A resource after a write, and what the write did.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ensured<R: Resource> {
    /// What the write did.
    pub outcome: Outcome,
    /// The resource as the server returned it. It is usually still `PROVISIONING`.
    pub resource: R::Read,
    /// The number of times that the write was sent: 1 if its first attempt succeeded, 0 if there was nothing to write.
    pub attempts: u32,
    /// An earlier attempt may have created it.
    is_created_before: bool,
}

impl<R: Resource> Ensured<R> {
    /// Returns the result of a write that was not needed.
    pub(super) fn unchanged(resource: R::Read) -> Self {
        Self { outcome: Outcome::Unchanged, resource, attempts: 0, is_created_before: false }
    }

    /// Returns the result of a write; `is_created_before` if an earlier attempt may have created the resource.
    pub(super) fn written(outcome: Outcome, resource: R::Read, attempts: u32, is_created_before: bool) -> Self {
        Self { outcome, resource, attempts, is_created_before }
    }

    /// Returns `true` if this call created the resource or may have created it. It is `true` for [`Outcome::Created`],
    /// and for [`Outcome::Updated`] if the response to an earlier attempt of the same call was lost.
    ///
    /// Use it if a creation has consequences, such as a bill or a log entry. It is `false` for a resource that `modify`
    /// or `reconcile` had read before.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, gateway, .. }| {
    /// # use ionos_vpn::Outcome;
    /// use ionos_vpn::sandbox::Fault;
    ///
    /// // The server acts on the first request, but its response is lost.
    /// sandbox.fail_next([Fault::Reset]);
    /// let ensured = gateways.ensure(id, &gateway).await?;
    /// assert_eq!((ensured.outcome, ensured.attempts), (Outcome::Updated, 2));
    /// assert!(ensured.may_have_created());
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn may_have_created(&self) -> bool {
        self.outcome == Outcome::Created || self.is_created_before
    }
}
