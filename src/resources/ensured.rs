//! What a write returns.

use crate::model::kind::Resource;

/// What a write did, by the server's last response.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// The resource did not exist and was created (201).
    Created,
    /// The resource was replaced (200, or any other success).
    ///
    /// If the response to an earlier attempt was lost, that attempt may have created the resource: then this one replaced it with the
    /// same. [`Ensured::may_have_created`] says so.
    Updated,
    /// The resource was already as desired, and nothing was sent.
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
    /// How many times the write was sent: 1 if its first attempt succeeded, 0 if nothing was to be written.
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

    /// Returns `true` if this call created the resource, or may have: if it was [`Outcome::Created`], or if it was
    /// [`Outcome::Updated`] but an earlier attempt of the same call, whose response was lost, may have created it.
    ///
    /// Use it where a creation has consequences, such as a bill or a log entry. It is `false` for a resource that `modify` or
    /// `reconcile` had read before.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # use ionos_vpn::{Connection, IpSecGateway, Outcome, Sandbox};
    /// # let sandbox = Sandbox::start().await?;
    /// # let gateways = sandbox.client().ipsec_gateways();
    /// # let id = uuid::Uuid::new_v4();
    /// # let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// # let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]).build();
    /// use ionos_vpn::sandbox::Fault;
    ///
    /// // The server acts on the first request, but its response is lost.
    /// sandbox.fail_next([Fault::Reset]);
    /// let ensured = gateways.ensure(id, &gateway).await?;
    /// assert_eq!((ensured.outcome, ensured.attempts), (Outcome::Updated, 2));
    /// assert!(ensured.may_have_created());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn may_have_created(&self) -> bool {
        self.outcome == Outcome::Created || self.is_created_before
    }
}
