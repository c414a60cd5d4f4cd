//! The handle on IPSec gateways.

use std::collections::VecDeque;

use futures_util::Stream;
use futures_util::stream::unfold;
use http::StatusCode;
use serde_json::Map;
use uuid::Uuid;

use crate::generated::ResponseValue;
use crate::transport::Report;
use crate::types::{IpSecGatewayCreate, IpSecGatewayReadList, Metadata};
use crate::{
    Client, Error, ErrorKind, IpSecGateway, IpSecGatewayEnsure, IpSecGatewayRead, Status, WaitOptions, WaitTarget,
};
use crate::{drift, wait};

/// How many gateways a page is asked to hold: the default of the API.
const PAGE: i64 = 100;

/// What a write did.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// There was no such gateway; now there is (201).
    Created,
    /// The gateway was replaced (200, or any other success).
    Updated,
    /// The gateway was already as it should be, and nothing was sent.
    Unchanged,
}

/// A gateway after a write, and what the write did.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ensured {
    /// What the write did.
    pub outcome: Outcome,
    /// The gateway as the server answered. It is usually still `PROVISIONING`.
    pub resource: IpSecGatewayRead,
}

/// The operations on the IPSec gateways of one region. Made by [`Client::ipsec_gateways`].
#[derive(Clone, Debug)]
pub struct IpSecGateways {
    client: Client,
    wait: WaitOptions,
}

impl IpSecGatewayRead {
    /// Returns where the gateway is in its life.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.metadata.status
    }
}

impl IpSecGateways {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, wait: WaitOptions::default() }
    }

    /// Sets how this handle waits.
    #[must_use]
    pub fn wait_options(mut self, options: WaitOptions) -> Self {
        self.wait = options;
        self
    }

    /// Ensures that the gateway with this id is as given: creates it, or replaces it **as a whole**.
    ///
    /// This is exactly the page's `PUT`. What is not given is not kept: the server fills `version`, `tier` and
    /// `maintenanceWindow` with defaults and leaves the rest empty. To change one thing, use [`IpSecGateways::modify`]; to
    /// bring a gateway to a desired state and keep what that does not mention, [`IpSecGateways::reconcile`].
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
    /// # Errors
    /// [`ErrorKind::Validation`] before anything is sent; then those of a call, see [`ErrorKind`]. Repeating `ensure` is safe.
    pub async fn ensure(&self, id: Uuid, gateway: &IpSecGateway) -> Result<Ensured, Error> {
        let body = ensure_body(id, gateway.clone());
        self.client.check(&body, None)?;
        self.put(body).await
    }

    async fn put(&self, body: IpSecGatewayEnsure) -> Result<Ensured, Error> {
        let id = body.id;
        let answer = self.client.dispatch(|api| async move { api.ensure_ip_sec_gateway(&id, &body).await }).await?;
        let outcome = if answer.0.status() == StatusCode::CREATED { Outcome::Created } else { Outcome::Updated };
        Ok(Ensured { outcome, resource: with_id(answer, id)? })
    }

    /// Returns the gateway with this id.
    ///
    /// # Errors
    /// Those of a call, see [`ErrorKind`]; [`Error::is_not_found`] also for a gateway of another region.
    pub async fn get(&self, id: Uuid) -> Result<IpSecGatewayRead, Error> {
        let answer = self.client.dispatch(|api| async move { api.get_ip_sec_gateway(&id).await }).await?;
        with_id(answer, id)
    }

    /// Creates a gateway with an id that the server chooses. Prefer [`IpSecGateways::ensure`] with an id of your own: this
    /// call is not repeated after a lost answer, because each repetition might create another gateway.
    ///
    /// # Errors
    /// As for [`IpSecGateways::ensure`]; look at [`Error::may_have_been_applied`] before calling again.
    pub async fn create(&self, gateway: &IpSecGateway) -> Result<IpSecGatewayRead, Error> {
        let body =
            IpSecGatewayCreate::builder().metadata(Metadata::from(Map::new())).properties(gateway.clone()).build();
        self.client.check(&body, None)?;
        let answer = self.client.dispatch(|api| async move { api.create_ip_sec_gateway(&body).await }).await?;
        Ok(answer.0.into_inner())
    }

    /// Begins the deletion of the gateway. A repeated deletion that no longer finds it has succeeded.
    ///
    /// # Errors
    /// Those of a call, see [`ErrorKind`]; [`Error::is_not_found`] when there was no such gateway to begin with.
    pub async fn delete(&self, id: Uuid) -> Result<(), Error> {
        self.client.dispatch(|api| async move { api.delete_ip_sec_gateway(&id).await }).await?;
        Ok(())
    }

    /// Returns all gateways of the region, read page by page as the stream is polled; one page of 100 is held at a time.
    /// The stream ends with the first page that is not full, or after the first error.
    ///
    /// ```
    /// # async fn example(client: &ionos_vpn::Client) -> Result<(), ionos_vpn::Error> {
    /// use futures_util::TryStreamExt;
    ///
    /// let mut gateways = client.ipsec_gateways().list();
    /// while let Some(gateway) = gateways.try_next().await? {
    ///     println!("{} {}", gateway.id, gateway.properties.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> impl Stream<Item = Result<IpSecGatewayRead, Error>> + Send + Unpin + 'static + use<> {
        let client = self.client.clone();
        Box::pin(unfold(Pages { client, offset: Some(0), first: None, buffer: VecDeque::new() }, async |mut pages| {
            let item = pages.next().await.transpose()?;
            Some((item, pages))
        }))
    }

    /// Waits until the gateway is `AVAILABLE`, and returns it. Given what a write returned, it does not take the state before
    /// that write for the one after it.
    ///
    /// # Errors
    /// [`ErrorKind::Failed`] with the gateway's `statusMessage`, [`ErrorKind::Gone`] when it is being deleted,
    /// [`ErrorKind::WaitTimeout`] at the deadline, and any error of a poll that does not pass by itself.
    pub async fn wait_until_available(&self, target: impl Into<WaitTarget>) -> Result<IpSecGatewayRead, Error> {
        let target = target.into();
        wait::until_available(&self.wait, &target, || self.get(target.id)).await
    }

    /// Waits until the gateway is gone.
    ///
    /// # Errors
    /// As for [`IpSecGateways::wait_until_available`].
    pub async fn wait_until_deleted(&self, id: Uuid) -> Result<(), Error> {
        wait::until_deleted(&self.wait, id, || self.get(id)).await
    }

    /// Changes a gateway and loses nothing: reads it, applies the edit, and sends everything that was there, with fields that
    /// this version does not know. An edit that changes nothing sends nothing.
    ///
    /// Only what the edit changed is validated, so a gateway that others made in a way the rules here refuse can still be
    /// edited. The API has no revision: of two writers at once, the last wins, and comparing `lastModifiedDate` would not
    /// tell, because the write of another can fall between the read and the write here. `modify` writes right after it
    /// reads, which narrows the window; one writer for each gateway closes it.
    ///
    /// # Errors
    /// Those of [`IpSecGateways::get`], after which nothing is sent, and of [`IpSecGateways::ensure`].
    pub async fn modify<F>(&self, id: Uuid, edit: F) -> Result<Ensured, Error>
    where
        F: FnOnce(&mut IpSecGateway),
    {
        let actual = self.get(id).await?;
        let mut edited = actual.properties.clone();
        edit(&mut edited);
        if edited == actual.properties {
            return Ok(Ensured { outcome: Outcome::Unchanged, resource: actual });
        }
        let before = body_of(&actual, actual.properties.clone());
        let body = IpSecGatewayEnsure { properties: edited, ..before.clone() };
        self.client.check(&body, Some(&before))?;
        self.put(body).await
    }

    /// Brings a gateway to the desired state, and sends nothing when it is there already.
    ///
    /// The gateway is read first. What `desired` has no say in is carried over: fields that this version does not know, and
    /// `version`, `tier` and `maintenanceWindow` where `desired` leaves them out. A `description` or `ipv6CIDR` left out means
    /// empty. Connections are matched by datacenter and LAN, addresses compared by value; see
    /// [`IpSecGateway::drift_from`]. A gateway in `FAILED` is written again even without drift. As with
    /// [`IpSecGateways::modify`], the last of two writers wins.
    ///
    /// # Errors
    /// As for [`IpSecGateways::modify`]; [`ErrorKind::Gone`] when the gateway is being deleted.
    pub async fn reconcile(&self, id: Uuid, desired: &IpSecGateway) -> Result<Ensured, Error> {
        self.client.check(&ensure_body(id, desired.clone()), None)?;
        let actual = match self.get(id).await {
            Err(error) if error.is_not_found() => return self.put(ensure_body(id, desired.clone())).await,
            actual => actual?,
        };
        if *actual.status() == Status::Destroying {
            let message = format!("the gateway {id} is being deleted; wait until it is gone before bringing it back");
            return Err(Error::new(ErrorKind::Gone, message).with_last_status(Status::Destroying));
        }
        let failed = *actual.status() == Status::Failed;
        if !failed && desired.drift_from(&actual.properties).is_empty() {
            return Ok(Ensured { outcome: Outcome::Unchanged, resource: actual });
        }
        self.put(body_of(&actual, drift::carry_over(desired, &actual.properties)?)).await
    }
}

fn ensure_body(id: Uuid, properties: IpSecGateway) -> IpSecGatewayEnsure {
    // The page sends the metadata, and sends it empty.
    IpSecGatewayEnsure::builder().id(id).metadata(Metadata::from(Map::new())).properties(properties).build()
}

/// The body that replaces a gateway by itself, with whatever came beside its properties that is not the server's own.
fn body_of(actual: &IpSecGatewayRead, properties: IpSecGateway) -> IpSecGatewayEnsure {
    let metadata = Metadata::from(actual.metadata.extra.clone());
    IpSecGatewayEnsure { metadata: Some(metadata), extra: actual.extra.clone(), ..ensure_body(actual.id, properties) }
}

/// Refuses an answer about another gateway than the one asked for.
fn with_id((answer, report): (ResponseValue<IpSecGatewayRead>, Report), id: Uuid) -> Result<IpSecGatewayRead, Error> {
    let gateway = answer.into_inner();
    if gateway.id == id {
        Ok(gateway)
    } else {
        Err(report.unusable(&format!("about the gateway {} instead of {id}", gateway.id), None))
    }
}

/// The pages of a list, one at a time.
struct Pages {
    client: Client,
    /// Where the next page begins; `None` behind the last.
    offset: Option<i64>,
    /// The first gateway of the page before.
    first: Option<Uuid>,
    buffer: VecDeque<IpSecGatewayRead>,
}

impl Pages {
    async fn next(&mut self) -> Result<Option<IpSecGatewayRead>, Error> {
        if self.buffer.is_empty() {
            // Taken, so that an error ends the list.
            let Some(offset) = self.offset.take() else { return Ok(None) };
            let page =
                self.client.call(|api| async move { api.list_ip_sec_gateways(Some(PAGE), Some(offset)).await }).await?;
            let IpSecGatewayReadList { items, limit, .. } = page.into_inner();
            let first = items.first().map(|gateway| gateway.id);
            // A server that does not know offsets sends the same page for ever.
            if self.first.is_some() && first == self.first {
                return Ok(None);
            }
            self.first = first;
            let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let full = if (1..PAGE).contains(&limit) { limit } else { PAGE };
            self.offset = (count >= full).then_some(offset + count);
            self.buffer = items.into();
        }
        Ok(self.buffer.pop_front())
    }
}
