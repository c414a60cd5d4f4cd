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
    /// How many renewals were started, which is the number of the last one.
    renewals: u64,
    running: Option<Renewal>,
    /// Why the last renewal failed. `None` if it brought a token.
    failure: Option<Failure>,
    /// The failure of a renewal that no call waited for, until it is traced.
    untraced: Option<Error>,
}

type Sender = watch::Sender<Option<Result<Token, Problem>>>;

/// A renewal that runs.
#[derive(Clone)]
struct Renewal {
    number: u64,
    until: Instant,
    /// The task owns the sender. If it is dropped without a result, the task has ended early.
    result: watch::Receiver<Option<Result<Token, Problem>>>,
}

impl Renewal {
    /// Returns `false` if the task has ended early, or if nobody polls it: its runtime may exist, but not run.
    fn is_alive(&self, now: Instant) -> bool {
        self.result.has_changed().is_ok() && now <= self.until
    }
}

struct Failure {
    number: u64,
    at: Instant,
    problem: Problem,
}

impl Failure {
    /// Returns `true` if a call takes this failure instead of starting a renewal: one that saw an earlier failure, or a new
    /// one that comes shortly after.
    fn is_for(&self, Seen(seen): Seen, now: Instant) -> bool {
        let is_recent = now.checked_duration_since(self.at).is_some_and(|age| age < PAUSE);
        self.number > seen && (seen > 0 || is_recent)
    }
}

/// Why a renewal brought no token.
#[derive(Clone)]
enum Problem {
    Failed(Arc<dyn std::error::Error + Send + Sync>),
    Unusable(Error),
    TooSlow,
    EndedEarly,
}

impl Problem {
    fn error(&self) -> Error {
        let error = |message: &str| Error::new(ErrorKind::Token, message).passing(true);
        match self {
            Self::Failed(cause) => error("the token provider failed").with_source(Arc::clone(cause)),
            Self::Unusable(problem) => {
                error(&format!("the token provider returned an unusable token: {problem}")).passing(false)
            }
            Self::TooSlow => error(&format!("the token provider returned no token within {LIMIT:?}")),
            Self::EndedEarly => error("the token provider panicked, or the runtime that it ran on has ended"),
        }
    }
}

/// What a call finds.
enum Found {
    Token(Token),
    Failure(u64, Problem),
    Renewal(Renewal),
}

impl Cache {
    pub(super) fn new(provider: impl TokenProvider) -> Self {
        Self { provider: Box::new(provider), state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn get(self: &Arc<Self>, seen: &mut Seen, deadline: Instant) -> Result<Token, Error> {
        let (number, problem) = match self.find(*seen) {
            Found::Token(token) => return Ok(token),
            Found::Failure(number, problem) => (number, problem),
            Found::Renewal(Renewal { number, mut result, .. }) => {
                let result = timeout_at(deadline, result.wait_for(Option::is_some)).await.map_err(|_| self.late())?;
                match result.ok().and_then(|result| result.clone()).unwrap_or(Err(Problem::EndedEarly)) {
                    Ok(token) => return Ok(token),
                    Err(problem) => (number, problem),
                }
            }
        };
        *seen = Seen(number);
        Err(problem.error())
    }

    /// Returns a valid token, else a failure or a renewal for the call to share. Starts a renewal if one is due.
    fn find(self: &Arc<Self>, seen: Seen) -> Found {
        let now = Instant::now();
        let mut state = self.state();
        let kept = state.kept.clone().filter(|kept| kept.is_valid(now));
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_fresh(now)) {
            return Found::Token(kept.token.clone());
        }
        let untraced = state.untraced.take();
        let (found, sender) = match state.shared(seen, now) {
            Some(found) => (found, None),
            None => state.start(now),
        };
        drop(state);
        if let Some(error) = untraced {
            traces::token_failed(1, None, &error);
        }
        if let (Found::Renewal(renewal), Some(sender)) = (&found, sender) {
            tokio::spawn(Arc::clone(self).renew(renewal.number, renewal.until, sender));
        }
        kept.map_or(found, |kept| Found::Token(kept.token))
    }

    async fn renew(self: Arc<Self>, number: u64, until: Instant, sender: Sender) {
        let result = timeout_at(until, self.ask(number)).await.unwrap_or(Err(Problem::TooSlow));
        let shared = result.clone().map(|kept| kept.token);
        // Before those who wait are woken, so that one who asks again does not find this renewal.
        self.finish(number, result);
        sender.send_replace(Some(shared));
    }

    /// Tells the provider which token was refused, and gets another.
    async fn ask(self: &Arc<Self>, number: u64) -> Result<Kept, Problem> {
        loop {
            let refused = self.state().refused.take();
            if let Some(token) = refused {
                let cache = Arc::clone(self);
                // It may wait for a lock. If it panics, the provider may still have a token.
                _ = spawn_blocking(move || cache.provider.refused(token.text())).await;
            }
            let token = self.provider.token().await.map_err(|cause| Problem::Failed(Arc::from(cause)))?;
            let kept = Kept::new(token, number).map_err(Problem::Unusable)?;
            // A token that was refused in the meantime may be returned because the provider does not know it yet.
            if self.state().refused.as_ref() != Some(&kept.token) {
                return Ok(kept);
            }
        }
    }

    fn finish(&self, number: u64, result: Result<Kept, Problem>) {
        let now = Instant::now();
        let mut state = self.state();
        if state.renewals != number {
            // Nobody polled this task for so long that another renewal was started.
            return;
        }
        state.running = None;
        match result {
            Ok(kept) => (state.kept, state.failure) = (Some(kept), None),
            Err(problem) => {
                state.untraced = state.kept.as_ref().filter(|kept| kept.is_valid(now)).map(|_| problem.error());
                state.failure = Some(Failure { number, at: now, problem });
            }
        }
    }

    /// Returns the error of a call that got no token before its deadline.
    fn late(&self) -> Error {
        let error = Error::new(ErrorKind::Timeout, "no token within the total time of the call");
        let error = error.stopped_by(StopReason::NoTimeLeft);
        match self.state().failure.as_ref().map(|failure| failure.problem.clone()) {
            Some(Problem::Failed(cause)) => error.with_source(cause),
            Some(problem) => error.with_source(problem.error()),
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
    /// Returns the renewal that runs, or the failure of the last one, if a call should share it.
    fn shared(&self, seen: Seen, now: Instant) -> Option<Found> {
        let running = self.running.as_ref().filter(|renewal| renewal.is_alive(now));
        let failure = self.failure.as_ref().filter(|failure| failure.is_for(seen, now));
        let failure = failure.map(|failure| Found::Failure(failure.number, failure.problem.clone()));
        running.cloned().map(Found::Renewal).or(failure)
    }

    fn start(&mut self, now: Instant) -> (Found, Option<Sender>) {
        self.renewals += 1;
        let (sender, result) = watch::channel(None);
        let renewal = Renewal { number: self.renewals, until: now + LIMIT, result };
        self.running = Some(renewal.clone());
        (Found::Renewal(renewal), Some(sender))
    }
}
