//! The concepts of this crate, half a page each. This module contains only documentation. The examples run against the
//! [sandbox](crate::sandbox).
//!
//! In the examples, `gateways` is a handle on IPSec gateways, `id` is the id of a gateway, and `gateway` is its desired
//! state.
//!
//! # Choosing between ensure, modify and reconcile
//!
//! | | [`ensure`] | [`modify`] | [`reconcile`] |
//! |---|---|---|---|
//! | use it to | set the whole resource | change some fields | apply a desired state again and again |
//! | requests | `PUT` | `GET`, and `PUT` if the edit changed something | `GET`, and `PUT` if something differs |
//! | the resource does not exist | creates it | error (404) | creates it |
//! | fields that you leave out | reset to the server's default, or emptied | kept | kept if the server fills them in, otherwise emptied |
//! | fields that this version does not know | removed | kept | kept |
//!
//! **`reconcile` creates a resource that does not exist**, like `ensure`. [`plan`] returns what `reconcile` would do
//! and changes nothing. [`reconcile_all`] reconciles many resources. [`create`] lets the server choose the id; prefer
//! `ensure` with an id of your own, because it can be repeated safely.
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! # setup::run(async |setup::Setup { gateways, id, mut gateway, .. }| {
//! use ionos_vpn::{Action, Outcome};
//!
//! assert_eq!(gateways.plan(id, &gateway).await?.action, Action::Create);
//! assert_eq!(gateways.reconcile(id, &gateway).await?.outcome, Outcome::Created);
//! assert_eq!(gateways.reconcile(id, &gateway).await?.outcome, Outcome::Unchanged);
//!
//! gateway.name = "b".into();
//! println!("{}", gateways.plan(id, &gateway).await?); // update IPSec gateway …, ~ name: "a" → "b"
//! assert_eq!(gateways.reconcile(id, &gateway).await?.outcome, Outcome::Updated);
//! # Ok(()) });
//! ```
//!
//! # Replacing without loss
//!
//! The API can only replace a resource as a whole: its `PUT` resets fields that are not sent. If you call `ensure` for a
//! gateway of tier `ENHANCED_HA` and leave out the tier, the server resets the tier to `STANDARD`. `modify` and `reconcile`
//! read the resource first and carry over what you leave out.
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
//! use ionos_vpn::Tier;
//!
//! let mut large = gateway.clone();
//! large.tier = Some(Tier::EnhancedHa);
//! let ensured = gateways.ensure(id, &large).await?;
//!
//! // `gateway` has no tier. Both calls keep the server's tier.
//! let modified = gateways.modify(&ensured, |gateway| gateway.description = Some("site A".into())).await?;
//! assert_eq!(modified.resource.properties.tier, Some(Tier::EnhancedHa));
//! let reconciled = gateways.reconcile(&modified, &gateway).await?;
//! assert_eq!(reconciled.resource.properties.tier, Some(Tier::EnhancedHa));
//!
//! // `ensure` resets it.
//! let replaced = gateways.ensure(id, &gateway).await?;
//! assert_eq!(replaced.resource.properties.tier, Some(Tier::Standard));
//! # Ok(()) });
//! ```
//!
//! The API has no revision numbers. If two writers change a resource, the last one wins. `modify` and `reconcile` write
//! right after they read, which makes a conflict unlikely but not impossible. To exclude conflicts, let only one writer
//! change each resource. Pass the result of its last write instead of the id (`&ensured` above). Then a state from
//! before that write is not used as the current state ([`Target`]).
//!
//! # Secrets
//!
//! A pre-shared key and a private key have the type [`Secret`], which cannot be printed. The server does not return them
//! (our reading of the API), so **every write must set them**. `ensure` and `create` return an error, and send nothing, if a
//! secret is absent or empty. With `modify`, your closure must set the secret. If a server returns a mask or a value for
//! such a field, this value is never sent back.
//!
//! ```
//! use ionos_vpn::{IpSecPsk, Validate};
//!
//! let psk = IpSecPsk::builder().key("X2wosbaw74M8hQGbK3jCCaEusR6CCFRa").build();
//! assert_eq!(format!("{:?}", psk.key), "***");
//! assert_eq!(psk.redacted().to_string(), r#"{"key":"***"}"#); // This JSON contains no secrets and can be logged.
//! assert_eq!(psk.key.expose().len(), 32);
//! ```
//!
//! If only a pre-shared key has changed, `reconcile` does not notice it. [`write_without_drift`] makes it write even without
//! drift. With the feature `wireguard-keys`, it detects a changed WireGuard key by comparing the public keys.
//!
//! # Retries and pacing
//!
//! A call is retried if the failure may be temporary and repeating the call is safe:
//!
//! | | connection failed | sent, then lost or timed out | 408 | 429 | 500 | 502, 504 | 503 | other |
//! |---|---|---|---|---|---|---|---|---|
//! | GET | yes | yes | yes | yes | yes | yes | yes | no |
//! | PUT, DELETE | yes | yes | yes | yes | no | yes | yes | no |
//! | POST (`create`) | yes | no | no | yes | no | no | with `Retry-After` | no |
//!
//! If an HTTP/2 server says that it has not processed a request (`REFUSED_STREAM`, or a `GOAWAY` below the request), this
//! counts as "connection failed". A request whose time ran out may have been sent, unless the time ran out while connecting.
//!
//! - **Limits.** By default, a call makes at most 10 attempts in 60 s, each of at most 30 s. After each failure it waits: a
//!   random time, with a maximum that doubles, or what `Retry-After` asks for, if that is longer. If the delay would not end
//!   within the total time, the call ends at once. After the total time, nothing is sent. See [`RetryPolicy`],
//!   [`attempt_timeout`] and [`total_timeout`].
//! - **Budget.** Clones of a client share a [`RetryBudget`], so that retries do not make an outage worse. It starts at
//!   500. A retry costs 5, or 10 after a lost connection. [`Error::retry_stopped_by`] says whether the budget was
//!   empty.
//! - **Pace.** After a 429, or a 503 with `Retry-After`, no clone of the client sends a request before the time that
//!   the server requested; five minutes is the longest. Then one request is sent, and the others wait for its result, for at
//!   most one attempt timeout. From then on the client adapts its rate to what the server accepts. A limit that is no longer
//!   needed is removed. Waiting for the pace counts towards the total time, but not towards the attempts or the budget.
//!   [`Client::load`] shows the rate, the pause and the waiting requests, for metrics.
//! - **Tokens.** After a 401, a client with a [`TokenProvider`] or a token file sends the request once more with a new
//!   token. If the provider returns the refused token again, the call fails with the 401. A renewal is shared by all calls
//!   that wait for it; as long as the present token is valid, calls do not wait.
//!
//! ```
//! use std::time::Duration;
//! use ionos_vpn::{Client, RetryPolicy};
//!
//! let client = Client::builder()
//!     .token("eyJ0eXAiOiJKV1Qi")
//!     .retry(RetryPolicy::default().max_attempts(5).base_delay(Duration::from_millis(200)))
//!     .total_timeout(Duration::from_secs(20))
//!     .max_rate(20.0)
//!     .build()?;
//! # Ok::<_, ionos_vpn::Error>(())
//! ```
//!
//! # Waiting
//!
//! A write returns while the resource is still `PROVISIONING`. [`wait_until_available`] polls until it is `AVAILABLE`: first
//! after 1 s, then at growing intervals of up to 10 s, for at most 10 minutes ([`WaitOptions`]). It fails at once if the
//! resource is `FAILED` or being deleted; a transient error of a poll does not end it. If `reconcile` found the resource
//! unchanged and available, the wait sends no request. If the program did not poll the wait until its deadline had passed, it
//! asks the server once more before it fails.
//!
//! Pass the result of the write, not the id, because the server may show the state from before the write for some time.
//! The wait ignores such a state during the *grace period*, the first 30 s.
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
//! use std::time::Duration;
//! use futures_util::TryStreamExt;
//! use ionos_vpn::WaitOptions;
//!
//! let options = WaitOptions::default().first_poll(Duration::from_millis(100)).timeout(Duration::from_secs(60));
//! let gateways = gateways.wait_options(options);
//! let ensured = gateways.ensure(id, &gateway).await?;
//!
//! // The stream yields each state, for a progress display. `wait_until_available` returns only the last state.
//! let mut states = gateways.watch(&ensured);
//! while let Some(state) = states.try_next().await? {
//!     println!("{}", state.status());
//! }
//!
//! gateways.delete(id).await?;
//! gateways.wait_until_deleted(id).await?;
//! # Ok(()) });
//! ```
//!
//! [`wait_until_all_available`] waits for many resources and polls their list. An `AVAILABLE` tunnel or peer is
//! configured, but may not be connected. The API does not show whether it is connected.
//!
//! # Errors
//!
//! There is one [`Error`] type. [`Error::advice`] says what to do; the table at [`ErrorKind`] has the advice and an HTTP status
//! for each kind.
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! # setup::run(async |setup::Setup { gateways, id, mut gateway, .. }| {
//! use ionos_vpn::Advice;
//!
//! gateway.name = String::new();
//! let error = gateways.ensure(id, &gateway).await.unwrap_err();
//! match error.advice() {
//!     Advice::RetryLater { after } => println!("put the job back into the queue, for {after:?}"),
//!     Advice::MendInput => println!("show it to the caller: {error}"), // Here, the name is empty.
//!     _ => eprintln!("report it to the operator: {error}"),
//! }
//! assert_eq!(error.violations()[0].path(), "name");
//! assert_eq!(error.resource().and_then(|resource| resource.id()), Some(id));
//! # Ok(()) });
//! ```
//!
//! - [`Error::may_have_been_applied`]: a failed write may have taken effect. Repeating `ensure`, `reconcile` or `delete` is safe
//!   then; list before you repeat a `create`.
//! - [`Error::suggested_status`]: the HTTP status that a service can send to its callers.
//! - [`Error::headers`] and [`Error::body`]: what the server sent, such as a request id for the vendor's support.
//! - [`source`](std::error::Error::source): the cause, such as a connection error. `Display` is one sentence without
//!   the cause.
//!
//! # Cancellation
//!
//! Reads, waits and lists can be dropped at any time. **Dropping the future of a write does not undo the write.** The write
//! may have been sent, and you cannot find out whether it was. So do not put `tokio::time::timeout` or `select!` around a
//! write. Limit its time with [`with_options`]; then the call returns an error that says whether the write may have been
//! applied ([`Error::may_have_been_applied`]).
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! # setup::run(async |setup::Setup { sandbox, gateways, id, gateway, .. }| {
//! # sandbox.fail_next(vec![ionos_vpn::sandbox::Fault::Reset; 10]);
//! use std::time::Duration;
//! use ionos_vpn::{CallOptions, RetryPolicy};
//!
//! let options = CallOptions::default().total_timeout(Duration::from_secs(2)).retry(RetryPolicy::none());
//! match gateways.with_options(options).ensure(id, &gateway).await {
//!     Ok(ensured) => println!("{:?}", ensured.outcome),
//!     Err(error) if error.may_have_been_applied() => println!("repeat it or read it: {error}"),
//!     Err(error) => println!("nothing has changed: {error}"),
//! }
//! # Ok(()) });
//! ```
//!
//! A future that is not polled for a while, such as one in a loop that does something else, does not stop other calls. If it
//! is polled again after its total time, it sends nothing, but a response that has arrived by then is used.
//!
//! Before you stop a service, wait for its running calls. They take at most the total time. [`reconcile_all`] works in a task:
//! a slow consumer delays only resources that have not been started. After its stream is dropped, no further write starts, but
//! writes in flight may still be applied.
//!
//! # In a service
//!
//! Create one [`Client`] at the start and clone it or the handle. Clones share connections, budget, pace and token. **Many
//! resources:** [`reconcile_all`] works with limited concurrency and yields one result for each resource. For unchanged
//! resources, it sends one request per 1000 resources:
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
//! # let desired = vec![(id, gateway)];
//! use futures_util::StreamExt;
//! use ionos_vpn::Advice;
//!
//! let (mut written, mut again) = (Vec::new(), Vec::new());
//! let mut results = gateways.clone().concurrency(8).reconcile_all(desired); // A list of pairs: id and gateway.
//! while let Some((id, result)) = results.next().await {
//!     match result {
//!         Ok(ensured) => written.push(ensured),
//!         Err(error) if matches!(error.advice(), Advice::RetryLater { .. }) => again.push(id),
//!         Err(error) => eprintln!("{error}"),
//!     }
//! }
//! let mut waits = gateways.wait_until_all_available(&written);
//! while let Some((id, result)) = waits.next().await {
//!     println!("{id}: {}", result.map_or_else(|error| error.to_string(), |read| read.status().to_string()));
//! }
//! # assert!(again.is_empty());
//! # Ok(()) });
//! ```
//!
//! **An HTTP handler.** A handle can be the state of an axum router. [`Error::suggested_status`] is the status of the
//! response. axum drops the future of a handler if the caller disconnects, so the write runs in a separate task:
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! use axum::extract::{Path, State};
//! use axum::http::StatusCode;
//! use axum::{Router, routing};
//! use ionos_vpn::{Error, IpSecGateway, Resources, Validate};
//! use uuid::Uuid;
//!
//! type Handle = Resources<IpSecGateway>;
//!
//! async fn put(State(gateways): State<Handle>, Path(id): Path<Uuid>, body: String) -> Result<String, (StatusCode, String)> {
//!     let answer = |error: Error| (error.suggested_status(), error.to_string());
//!     let gateway = IpSecGateway::from_json_strict(body.as_bytes()).map_err(|found| answer(found.into()))?;
//!     let write = tokio::spawn(async move { gateways.reconcile(id, &gateway).await });
//!     let written = write.await.map_err(|panic| (StatusCode::INTERNAL_SERVER_ERROR, panic.to_string()))?;
//!     written.map(|ensured| format!("{:?}", ensured.outcome)).map_err(answer)
//! }
//!
//! # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
//! # let state = gateways.clone();
//! let app: Router = Router::new().route("/gateways/{id}", routing::put(put)).with_state(gateways);
//! # let created = put(State(state.clone()), Path(id), serde_json::to_string(&gateway)?).await;
//! # assert_eq!(created.unwrap(), "Created");
//! # let refused = put(State(state), Path(id), r#"{"nmae": "a"}"#.into()).await;
//! # assert_eq!(refused.unwrap_err().0, StatusCode::UNPROCESSABLE_ENTITY);
//! # Ok(()) });
//! ```
//!
//! `examples/service.rs` is a complete service: it reconciles a file of gateways, rotates its token and answers over
//! HTTP.
//!
//! # Testing
//!
//! The [sandbox](crate::sandbox) is an in-memory API on loopback, with faults, rate limits, latency and a log of
//! requests. Its documentation has a complete test.
//!
//! ```toml
//! [dev-dependencies]
//! ionos-vpn = { version = "0.1", features = ["sandbox"] }
//! ```
//!
//! ```
//! # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//! # setup::run(async |setup::Setup { id, gateway, .. }| {
//! use ionos_vpn::Sandbox;
//! use ionos_vpn::sandbox::Fault;
//!
//! let sandbox = Sandbox::start().await?;
//! sandbox.fail_next([Fault::Status(503), Fault::Reset]);
//! let ensured = sandbox.client().ipsec_gateways().ensure(id, &gateway).await?;
//! assert_eq!(ensured.attempts, 3);
//! # Ok(()) });
//! ```
//!
//! # Observability
//!
//! Each call and each wait is a span of [`tracing`](https://docs.rs/tracing), and each retry, pause and poll an event.
//! The table in [`traces`](crate::traces) lists all names and fields; they follow the conventions of OpenTelemetry. To
//! see spans, configure the subscriber to write a line when a span closes. As JSON:
//!
//! ```
//! use tracing_subscriber::fmt::format::FmtSpan;
//!
//! tracing_subscriber::fmt().json().with_span_events(FmtSpan::CLOSE).init();
//! ```
//!
//! For metrics, use [`ErrorKind::as_str`], [`Error::attempts`], [`Error::retry_stopped_by`] and [`Ensured::attempts`].
//!
//! # Proxies and TLS
//!
//! `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are used; [`proxy`] and [`no_proxy`] override them. Requests to
//! loopback never use a proxy. Base URLs must be `https`; only loopback may use `http`. Redirects are not followed.
//!
//! ```
//! use ionos_vpn::Client;
//!
//! let client = Client::builder().token("eyJ0eXAiOiJKV1Qi").proxy("http://proxy.example:3128").build()?;
//! # Ok::<_, ionos_vpn::Error>(())
//! ```
//!
//! [`root_certificate`] adds a certificate authority, for a proxy that intercepts TLS. [`http_client_builder`] takes a
//! reqwest builder with settings of your own, such as client certificates; [`http_client`] takes a finished client. With
//! your own client, the crate cannot tell whether a failed request was sent, so every write without a response counts as
//! possibly applied.
//!
//! [`ensure`]: Resources::ensure
//! [`modify`]: Resources::modify
//! [`reconcile`]: Resources::reconcile
//! [`plan`]: Resources::plan
//! [`reconcile_all`]: Resources::reconcile_all
//! [`create`]: Resources::create
//! [`write_without_drift`]: Resources::write_without_drift
//! [`with_options`]: Resources::with_options
//! [`wait_until_available`]: Resources::wait_until_available
//! [`wait_until_all_available`]: Resources::wait_until_all_available
//! [`attempt_timeout`]: ClientBuilder::attempt_timeout
//! [`total_timeout`]: ClientBuilder::total_timeout
//! [`proxy`]: ClientBuilder::proxy
//! [`no_proxy`]: ClientBuilder::no_proxy
//! [`root_certificate`]: ClientBuilder::root_certificate
//! [`http_client_builder`]: ClientBuilder::http_client_builder
//! [`http_client`]: ClientBuilder::http_client

#[cfg(doc)]
use crate::{
    Client, ClientBuilder, Ensured, Error, ErrorKind, Resources, RetryBudget, RetryPolicy, Secret, Target,
    TokenProvider, WaitOptions,
};
