//! Keeps the token of a provider. Renews it in a task, so that calls with a valid token do not wait, and those that wait
//! share what the renewal brings.

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
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

/// A renewal that runs or has ended.
#[derive(Clone)]
struct Renewal {
    number: u64,
    until: Instant,
    progress: Arc<Progress>,
}

/// How far a renewal is. The calls that wait are woken in the order of their arrival.
#[derive(Default)]
struct Progress {
    state: Mutex<Stage>,
    ended: Notify,
}

#[derive(Clone, Default)]
enum Stage {
    #[default]
    Running,
    /// The task has ended without an outcome, because it panicked or its runtime has ended.
    EndedEarly,
    Ended(Instant, Result<Token, Error>),
}

impl Progress {
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the end of the renewal.
    async fn end(&self) -> Stage {
        let mut ended = pin!(self.ended.notified());
        ended.as_mut().enable();
        if matches!(*self.stage(), Stage::Running) {
            ended.await;
        }
        self.stage().clone()
    }
}

/// The progress of a renewal, in the hands of its task.
struct Running(Arc<Progress>);

impl Drop for Running {
    fn drop(&mut self) {
        let mut stage = self.0.stage();
        if matches!(*stage, Stage::Running) {
            *stage = Stage::EndedEarly;
        }
        drop(stage);
        self.0.ended.notify_waiters();
    }
}

impl Renewal {
    /// Returns `true` if a call shares this renewal instead of starting another: if it runs, or has failed and the call saw an
    /// earlier failure or comes shortly after this one.
    fn is_for(&self, Seen(seen): Seen, now: Instant) -> bool {
        match &*self.progress.stage() {
            // If it is late, nobody polls it: its runtime may exist, but not run.
            Stage::Running => now <= self.until,
            Stage::EndedEarly | Stage::Ended(_, Ok(_)) => false,
            Stage::Ended(..) if seen > 0 => self.number > seen,
            Stage::Ended(at, Err(_)) => now.checked_duration_since(*at).is_some_and(|age| age < PAUSE),
        }
    }
}

/// Returns a transient error.
fn failed(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Token, message).transient(true)
}

impl Cache {
    pub(super) fn new(provider: impl TokenProvider) -> Self {
        Self { provider: Box::new(provider), state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn get(self: &Arc<Self>, seen: &mut Seen, deadline: Instant) -> Result<Token, Error> {
        let renewal = match self.find(*seen) {
            Ok(token) => return Ok(token),
            Err(renewal) => renewal,
        };
        let result = match timeout_at(deadline, renewal.progress.end()).await.map_err(|_| self.late())? {
            Stage::Ended(_, result) => result,
            _ => Err(failed("the token provider panicked, or the runtime that it ran on has ended")),
        };
        result.inspect_err(|_| *seen = Seen(renewal.number))
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
        let (renewal, running) = shared.map_or_else(|| state.start(now), |shared| (shared, None));
        drop(state);
        if let Some(error) = untraced {
            traces::token_failed(1, None, &error);
        }
        if let Some(running) = running {
            tokio::spawn(Arc::clone(self).renew(renewal.number, renewal.until, running));
        }
        kept.map(|kept| kept.token).ok_or(renewal)
    }

    async fn renew(self: Arc<Self>, number: u64, until: Instant, running: Running) {
        let too_slow = |_| Err(failed(format!("the token provider returned no token within {LIMIT:?}")));
        let result = timeout_at(until, self.ask(number)).await.unwrap_or_else(too_slow);
        let now = Instant::now();
        let token = result.as_ref().map(|kept| kept.token.clone()).map_err(Clone::clone);
        self.state().finish(number, now, result);
        *running.0.stage() = Stage::Ended(now, token);
    }

    /// Tells the provider which token was refused, and gets another.
    async fn ask(self: &Arc<Self>, number: u64) -> Result<Kept, Error> {
        loop {
            let refused = self.state().refused.take();
            if let Some(token) = refused {
                Arc::clone(self).tell(token).await;
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

    /// Tells the provider which token was refused. It may wait for a lock, so it has a thread. If it panics, the provider may
    /// still have a token.
    #[cfg(not(test))]
    async fn tell(self: Arc<Self>, refused: Token) {
        _ = tokio::task::spawn_blocking(move || self.provider.refused(refused.text())).await;
    }

    /// Without a thread, because a simulation has to repeat exactly.
    #[cfg(test)]
    #[allow(clippy::needless_pass_by_value, reason = "the function above needs it")]
    fn tell(self: Arc<Self>, refused: Token) -> std::future::Ready<()> {
        self.provider.refused(refused.text());
        std::future::ready(())
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
    fn start(&mut self, now: Instant) -> (Renewal, Option<Running>) {
        let number = self.last.as_ref().map_or(1, |last| last.number + 1);
        let renewal = Renewal { number, until: now + LIMIT, progress: Arc::default() };
        self.last = Some(renewal.clone());
        let running = Running(Arc::clone(&renewal.progress));
        (renewal, Some(running))
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
