//! Full replacement without loss: `modify` and `reconcile`.

use uuid::Uuid;

use super::{Ensured, Outcome, Resources, new_body};
use crate::error::{Error, ErrorKind};
use crate::model::drift::{carry_over, drift};
use crate::model::generated::types::Status;
use crate::model::kind::Resource;

impl<R: Resource> Resources<R> {
    /// Changes a resource and loses nothing: reads it, applies the edit, and sends everything that was there, with fields that
    /// this version does not know. An edit that changes nothing sends nothing.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # use ionos_vpn::{Connection, IpSecGateway, Sandbox, Tier};
    /// # let sandbox = Sandbox::start().await?;
    /// # let gateways = sandbox.client().ipsec_gateways();
    /// # let id = uuid::Uuid::new_v4();
    /// # let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// # let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]);
    /// # gateways.ensure(id, &gateway.tier(Tier::EnhancedHa).build()).await?;
    /// let modified = gateways.modify(id, |gateway| gateway.description = Some("site A".into())).await?;
    /// assert_eq!(modified.resource.properties.tier, Some(Tier::EnhancedHa)); // Kept.
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Only what the edit changed is validated, so a resource that others made in a way that the rules here refuse can still
    /// be edited. The API has no revision: of two writers at once, the last one wins. Comparing `lastModifiedDate` would not
    /// reveal the other one, whose write can fall between the read and the write here. `modify` writes right after it reads,
    /// which narrows the window; one writer for each resource closes it.
    ///
    /// # Errors
    /// Those of [`Resources::get`], after which nothing is sent, and of [`Resources::ensure`].
    pub async fn modify<F>(&self, id: Uuid, edit: F) -> Result<Ensured<R>, Error>
    where
        F: FnOnce(&mut R),
    {
        let actual = self.get(id).await?;
        let mut edited = R::properties(&actual).clone();
        edit(&mut edited);
        if edited == *R::properties(&actual) {
            return Ok(Ensured { outcome: Outcome::Unchanged, resource: actual });
        }
        let before = replacement::<R>(&actual, R::properties(&actual).clone());
        let body = replacement::<R>(&actual, edited);
        self.check_ensure(id, &body, Some(&before))?;
        self.put(id, body).await
    }

    /// Brings a resource to the desired state, and sends nothing if it is there already. A resource that does not exist is
    /// created.
    ///
    /// The resource is read first. Fields that `desired` leaves to the server are carried over: those that this version does
    /// not know, and those that the server fills in (for an IPSec gateway `version`, `tier` and `maintenanceWindow`). Any other
    /// field that is left out should be empty. List elements are matched by their keys, addresses are compared by value; see
    /// [`drift`](crate::drift). A resource in `FAILED` is written again even without drift. As with [`Resources::modify`], the
    /// last of two writers wins.
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
    /// assert_eq!(gateways.reconcile(id, &gateway).await?.outcome, Outcome::Created);
    /// assert_eq!(gateways.reconcile(id, &gateway).await?.outcome, Outcome::Unchanged);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`Resources::modify`], except that a missing resource is not an error;
    /// [`ErrorKind::ResourceGone`] if the resource is being deleted.
    pub async fn reconcile(&self, id: Uuid, desired: &R) -> Result<Ensured<R>, Error> {
        let body = new_body(id, desired);
        self.check_ensure(id, &body, None)?;
        let actual = match self.get(id).await {
            Err(error) if error.is_not_found() => return self.put(id, body).await,
            result => result?,
        };
        let subject = || self.subject("ensure", R::KIND.operations.ensure, Some(id));
        if *R::status(&actual) == Status::Destroying {
            let error = Error::new(ErrorKind::ResourceGone, "it is being deleted; wait until it is gone");
            return Err(error.with(|details| details.last_status = Some(Status::Destroying)).about(subject()));
        }
        let has_failed = *R::status(&actual) == Status::Failed;
        if !has_failed && drift(desired, R::properties(&actual)).is_empty() {
            return Ok(Ensured { outcome: Outcome::Unchanged, resource: actual });
        }
        let merged = carry_over(desired, R::properties(&actual)).map_err(|cause| {
            let message = "the resource cannot be merged with the desired state, so nothing was sent";
            Error::new(ErrorKind::UnusableResponse, message).with_source(cause).about(subject())
        })?;
        self.put(id, replacement::<R>(&actual, merged)).await
    }
}

/// Returns the body that replaces a resource, with everything beside its properties that is not the server's own.
fn replacement<R: Resource>(actual: &R::Read, properties: R) -> R::Ensure {
    R::ensure_body(R::id(actual), properties, R::metadata_extra(actual).clone(), R::extra(actual).clone())
}
