//! Full replacement without loss: `modify`.

use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::wait::MIN_INTERVAL;
use super::{Ensured, Resources, Target, json};
use crate::error::{Error, ErrorKind, Subject};
use crate::model::drift::{rounded_number, without_secrets};
use crate::model::kind::{Resource, ResourceRead};
use crate::traces;

impl<R: Resource> Resources<R> {
    /// Changes some fields of a resource and keeps all others. It reads the resource, applies the edit, and sends the
    /// whole resource back, including fields that this version does not know. If the edit changes nothing, nothing is
    /// sent.
    ///
    /// Secrets (a pre-shared key, a private key) are absent in the resource that the edit gets. **The edit must set them**,
    /// because a replacement without them would erase them.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { gateways, id, mut gateway, .. }| {
    /// use ionos_vpn::Tier;
    ///
    /// gateway.tier = Some(Tier::EnhancedHa);
    /// gateways.ensure(id, &gateway).await?;
    /// let modified = gateways.modify(id, |gateway| gateway.description = Some("site A".into())).await?;
    /// assert_eq!(modified.resource.properties.tier, Some(Tier::EnhancedHa)); // Kept.
    /// # Ok(()) });
    /// ```
    ///
    /// Only the changes of the edit are validated. So a resource that was created with other tools and has values that
    /// this crate would refuse can still be edited.
    ///
    /// The API has no revision numbers: if two writers change a resource, the last one wins. `modify` writes right after it
    /// reads, which makes a conflict unlikely but not impossible. To exclude conflicts, let only one writer change each
    /// resource, and pass the result of its last write ([`Target`]). A server may show the state from before that write for
    /// some time. If it does, `modify` repeats the read, for at most [`WaitOptions::grace`](crate::WaitOptions::grace). With
    /// an id alone, `modify` cannot detect an old state.
    ///
    /// **Cancellation.** Dropping the future does not undo a write, which may have been sent; see the
    /// [guide](crate::guide#cancellation).
    ///
    /// # Errors
    /// The errors of [`Resources::get`] (then no write is sent), and the errors of [`Resources::ensure`].
    /// [`ErrorKind::WaitTimeout`] if the grace period ends and the server still shows only a state from before the last
    /// write.
    pub async fn modify<F>(&self, target: impl Into<Target>, edit: F) -> Result<Ensured<R>, Error>
    where
        F: FnOnce(&mut R),
    {
        let target = target.into();
        let id = target.id;
        let actual = self.get_current(&target).await?;
        let subject = self.ensure_subject(id);
        let shown = without_secrets(actual.properties()).map_err(|cause| unmergeable(&subject, cause))?;
        let mut edited = shown.clone();
        edit(&mut edited);
        if edited == shown {
            return Ok(Ensured::unchanged(actual));
        }
        let body = |properties| json(properties).map(|properties| replacement::<R>(&actual, properties));
        let before = body(&shown).map_err(|error| error.about(&subject))?;
        let body = body(&edited).map_err(|error| error.about(&subject))?;
        self.check_body(&subject, &body, Some(&before))?;
        check_exact(&subject, &body)?;
        self.put(id, body, true).await
    }

    /// Reads a resource. Reads it again while the server shows a state from before the write that the target refers to.
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
                    return Err(Error::new(ErrorKind::WaitTimeout, message).about(&subject));
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Returns the error for a resource that cannot be sent back.
pub(super) fn unmergeable(subject: &Subject, cause: serde_json::Error) -> Error {
    let message = "the resource as the server returned it cannot be sent back; nothing was sent";
    Error::new(ErrorKind::UnusableResponse, message).with_source(cause).about(subject)
}

/// Checks that a body has the exact values that the server returned.
pub(super) fn check_exact(subject: &Subject, body: &Value) -> Result<(), Error> {
    let Some(path) = rounded_number(body) else { return Ok(()) };
    let message =
        format!("{path} is a number of more than 64 bits, which cannot be sent back exactly; nothing was sent");
    Err(Error::new(ErrorKind::UnusableResponse, message).about(subject))
}

/// Returns the body that replaces a resource: the properties, and the unknown fields next to them.
pub(super) fn replacement<R: Resource>(actual: &R::Read, properties: Value) -> Value {
    R::KIND.ensure_body(actual.id(), properties, R::metadata_extra(actual).clone(), R::extra(actual).clone())
}
