//! Full replacement without loss: `modify`.

use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::wait::MIN_INTERVAL;
use super::{Ensured, Resources, Target};
use crate::error::{Error, ErrorKind};
use crate::model::drift::{rounded_number, without_secrets};
use crate::model::kind::Resource;
use crate::traces;

impl<R: Resource> Resources<R> {
    /// Changes a resource and loses nothing: reads it, applies the edit, and sends everything that was there, with fields that
    /// this version does not know. An edit that changes nothing sends nothing.
    ///
    /// Secrets (a pre-shared key, a private key) are absent in what the edit gets, whatever the server showed in their place:
    /// the edit must set them, because a replacement without them would erase them.
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
    /// which narrows the window.
    ///
    /// One writer for each resource closes the window, if it passes what its last write returned ([`Target`]): a server may
    /// show a resource as it was before that write, and would then get it back. A state older than the last write is read
    /// again, for at most [`WaitOptions::grace`](crate::WaitOptions::grace). With an id alone this is not promised.
    ///
    /// **Cancellation.** Dropping the future does not undo the write, which may be sent and acted on. A `tokio::time::timeout` around
    /// it drops it, and so loses what [`Error::may_have_been_applied`] would say; bound the time by
    /// [`Resources::with_options`] instead.
    ///
    /// # Errors
    /// Those of [`Resources::get`], after which nothing is sent, and of [`Resources::ensure`];
    /// [`ErrorKind::WaitTimeout`] if the server shows nothing but a state older than the last write.
    pub async fn modify<F>(&self, target: impl Into<Target>, edit: F) -> Result<Ensured<R>, Error>
    where
        F: FnOnce(&mut R),
    {
        let target = target.into();
        let id = target.id;
        let actual = self.get_current(&target).await?;
        let shown = without_secrets(R::properties(&actual)).map_err(|cause| self.unmergeable(id, cause))?;
        let mut edited = shown.clone();
        edit(&mut edited);
        if edited == shown {
            return Ok(Ensured::unchanged(actual));
        }
        let before = replacement::<R>(&actual, shown);
        let body = replacement::<R>(&actual, edited);
        self.check_ensure(id, &body, Some(&before))?;
        self.check_exact(id, &body)?;
        self.put(id, body, true).await
    }

    /// Returns the error for a resource that cannot be sent back.
    pub(super) fn unmergeable(&self, id: Uuid, cause: serde_json::Error) -> Error {
        let message = "what the server showed cannot be sent back; nothing was sent";
        let error = Error::new(ErrorKind::UnusableResponse, message).with_source(cause);
        error.about(self.ensure_subject(id))
    }

    /// Checks that a body carries what the server showed exactly.
    pub(super) fn check_exact(&self, id: Uuid, body: &R::Ensure) -> Result<(), Error> {
        let Some(path) = rounded_number(&serde_json::to_value(body).unwrap_or_default(), "") else { return Ok(()) };
        let message =
            format!("{path} is a number of more than 64 bits, which cannot be sent back exactly; nothing was sent");
        Err(Error::new(ErrorKind::UnusableResponse, message).about(self.ensure_subject(id)))
    }

    /// Reads a resource, and again while it is shown as it was before the write that the target follows.
    pub(super) async fn get_current(&self, target: &Target) -> Result<R::Read, Error> {
        let started = Instant::now();
        loop {
            let result = self.get(target.id).await;
            let is_old = match &result {
                Ok(read) => target.is_newer_than::<R>(read),
                Err(error) => error.is_not_found() && target.follows_write(),
            };
            match result {
                result if !is_old => return result,
                _ if started.elapsed() < self.wait.grace => {
                    let delay = self.wait.first_poll.max(MIN_INTERVAL);
                    traces::stale(target.id, delay);
                    sleep(delay).await;
                }
                Ok(_) => {
                    let message = format!(
                        "the server still shows the state before the last write after {:.1?}",
                        started.elapsed()
                    );
                    let subject = self.subject("read", R::KIND.operations.get, Some(target.id));
                    return Err(Error::new(ErrorKind::WaitTimeout, message).about(subject));
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Returns the body that replaces a resource, with everything beside its properties that is not the server's own.
pub(super) fn replacement<R: Resource>(actual: &R::Read, properties: R) -> R::Ensure {
    R::ensure_body(R::id(actual), properties, R::metadata_extra(actual).clone(), R::extra(actual).clone())
}
