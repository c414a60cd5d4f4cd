//! Keeps the token of a provider. Renews it in a task, so that calls with a valid token do not wait, and those that wait
//! share what the renewal brings.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use super::{Kept, PAUSE, Seen, Token, TokenProvider};
use crate::error::{Error, ErrorKind, StopReason};
use crate::traces;

/// How long a renewal may take: the default total time of a call. It is less than `MARGIN`, so after a provider hung once,
/// there is time for another renewal before the token expires.
const LIMIT: Duration = Duration::from_secs(60);

/// A provider, and the token that it returned last.
pub(crate) struct Cache {
    provider: Box<dyn TokenProvider>,
    /// Locked for a moment only: neither during an await nor while the provider runs.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// The token that the server refused last, until the provider is told.
    refused: Option<Token>,
    /// The last renewal that was started.
    last: Option<Renewal>,
    /// Why the provider failed, until it returns a token.
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// The failure of a renewal that no call waited for, until it is traced.
    untraced: Option<Error>,
}

/// What a renewal brought, and when.
type Outcome = (Instant, Result<Token, Error>);

/// A renewal that runs or has ended.
#[derive(Clone)]
struct Renewal {
    number: u64,
    until: Instant,
    /// The task owns the sender. If it drops it without an outcome, it has ended early.
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Renewal {
    /// Returns `true` if a call shares this renewal instead of starting another: if it runs, or has failed and the call saw an
    /// earlier failure or comes shortly after this one.
    fn is_for(&self, Seen(seen): Seen, now: Instant) -> bool {
        match &*self.outcome.borrow() {
            // If it is late, nobody polls it: its runtime may exist, but not run.
            None => self.outcome.has_changed().is_ok() && now <= self.until,
            Some((_, Ok(_))) => false,
            Some(_) if seen > 0 => self.number > seen,
            Some((at, Err(_))) => now.checked_duration_since(*at).is_some_and(|age| age < PAUSE),
        }
    }
}

/// Returns a transient error.
fn failed(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Token, message).passing(true)
}

impl Cache {
    pub(super) fn new(provider: impl TokenProvider) -> Self {
        Self { provider: Box::new(provider), state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn get(self: &Arc<Self>, seen: &mut Seen, deadline: Instant) -> Result<Token, Error> {
        let (number, mut outcome) = match self.find(*seen) {
            Ok(token) => return Ok(token),
            Err(renewal) => (renewal.number, renewal.outcome),
        };
        let outcome = timeout_at(deadline, outcome.wait_for(Option::is_some)).await.map_err(|_| self.late())?;
        let result = outcome.ok().and_then(|outcome| outcome.clone()).map(|(_, result)| result);
        let ended_early = || Err(failed("the token provider panicked, or the runtime that it ran on has ended"));
        result.unwrap_or_else(ended_early).inspect_err(|_| *seen = Seen(number))
    }

    /// Returns a valid token, else the renewal to wait for. Starts one if it is due.
    fn find(self: &Arc<Self>, seen: Seen) -> Result<Token, Renewal> {
        let now = Instant::now();
        let mut state = self.state();
        let kept = state.kept.clone().filter(|kept| kept.is_valid(now));
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_fresh(now)) {
            return Ok(kept.token.clone());
        }
        let untraced = state.untraced.take();
        let shared = state.last.clone().filter(|last| last.is_for(seen, now));
        let (renewal, sender) = shared.map_or_else(|| state.start(now), |shared| (shared, None));
        drop(state);
        if let Some(error) = untraced {
            traces::token_failed(1, None, &error);
        }
        if let Some(sender) = sender {
            tokio::spawn(Arc::clone(self).renew(renewal.number, renewal.until, sender));
        }
        kept.map(|kept| kept.token).ok_or(renewal)
    }

    async fn renew(self: Arc<Self>, number: u64, until: Instant, sender: watch::Sender<Option<Outcome>>) {
        let too_slow = |_| Err(failed(format!("the token provider returned no token within {LIMIT:?}")));
        let result = timeout_at(until, self.ask(number)).await.unwrap_or_else(too_slow);
        let now = Instant::now();
        let token = result.as_ref().map(|kept| kept.token.clone()).map_err(Clone::clone);
        self.state().finish(number, now, result);
        sender.send_replace(Some((now, token)));
    }

    /// Tells the provider which token was refused, and gets another.
    async fn ask(self: &Arc<Self>, number: u64) -> Result<Kept, Error> {
        loop {
            let refused = self.state().refused.take();
            if let Some(token) = refused {
                let cache = Arc::clone(self);
                // It may wait for a lock. If it panics, the provider may still have a token.
                _ = spawn_blocking(move || cache.provider.refused(token.text())).await;
            }
            let token = self.provider.token().await.map_err(|cause| {
                let cause = Arc::from(cause);
                self.state().cause = Some(Arc::clone(&cause));
                failed("the token provider failed").with_source(cause)
            })?;
            let kept = Kept::new(token, number).map_err(|problem| {
                let message = format!("the token provider returned an unusable token: {problem}");
                Error::new(ErrorKind::Token, message)
            })?;
            // A token that was refused in the meantime may be returned because the provider does not know it yet.
            if self.state().refused.as_ref() != Some(&kept.token) {
                return Ok(kept);
            }
        }
    }

    /// Returns the error of a call that got no token before its deadline.
    fn late(&self) -> Error {
        let error = Error::new(ErrorKind::Timeout, "no token within the total time of the call");
        let error = error.stopped_by(StopReason::NoTimeLeft);
        match self.state().cause.clone() {
            Some(cause) => error.with_source(cause),
            None => error,
        }
    }

    /// Forgets a token that the server refused, unless it has been renewed already.
    pub(super) fn refuse(&self, token: &Token) {
        let mut state = self.state();
        if state.kept.take_if(|kept| kept.token.renewal == token.renewal).is_some() {
            state.refused = Some(token.clone());
        }
    }
}

impl State {
    fn start(&mut self, now: Instant) -> (Renewal, Option<watch::Sender<Option<Outcome>>>) {
        let number = self.last.as_ref().map_or(1, |last| last.number + 1);
        let (sender, outcome) = watch::channel(None);
        let renewal = Renewal { number, until: now + LIMIT, outcome };
        self.last = Some(renewal.clone());
        (renewal, Some(sender))
    }

    fn finish(&mut self, number: u64, now: Instant, result: Result<Kept, Error>) {
        match result {
            // Nobody polled the task for so long that another renewal was started.
            _ if self.last.as_ref().is_none_or(|last| last.number != number) => {}
            Ok(kept) => (self.kept, self.cause) = (Some(kept), None),
            Err(error) if self.kept.as_ref().is_some_and(|kept| kept.is_valid(now)) => self.untraced = Some(error),
            Err(_) => {}
        }
    }
}
