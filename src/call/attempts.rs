//! The attempts of one call.

use std::mem;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, DATE, RETRY_AFTER};
use http::{HeaderMap, Method};
use reqwest::Request;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use super::budget::Withdrawal;
use super::options::Settings;
use super::pace::TooLate;
use super::response::Report;
use super::retry::{self, Attempt, Decision};
use super::token::{Seen, Token};
use super::transport::{Failure, Reply};
use super::{Core, deadline};
use crate::error::{Error, ErrorKind, Event, Repeat, StopReason, repeat};
use crate::traces;

/// The state between two attempts.
pub(super) struct Attempts<'a> {
    core: &'a Arc<Core>,
    settings: Settings<'a>,
    /// Cloned for each attempt. The clones share the body.
    request: Request,
    deadline: Instant,
    token: Option<Token>,
    renewals: Seen,
    /// The request was sent again after a 401.
    is_renewed: bool,
    /// The server may have acted on one of the attempts.
    is_applied: bool,
    /// What the last retry took from the budget.
    withdrawal: Option<Withdrawal<'a>>,
    report: &'a mut Report,
}

/// What follows an attempt.
enum RetryAction {
    Succeed(Reply),
    /// Try again after a delay.
    Retry(Duration, Error),
    /// Send again at once, with the fresh token.
    Renew,
    Fail(Error),
}

impl<'a> Attempts<'a> {
    /// Sends the request until it succeeds or nothing is left to try.
    pub(super) async fn run(
        core: &'a Arc<Core>,
        settings: Settings<'a>,
        request: Request,
        report: &'a mut Report,
    ) -> Result<Reply, Error> {
        let started = Instant::now();
        let mut attempts = Self {
            core,
            settings,
            request,
            deadline: deadline(started, settings.total_timeout),
            token: None,
            renewals: Seen::default(),
            is_renewed: false,
            is_applied: false,
            withdrawal: None,
            report,
        };
        let result = attempts.repeat().await;
        let Self { is_applied, report, .. } = attempts;
        report.elapsed = started.elapsed();
        report.is_applied_before = is_applied;
        result
            .map_err(|error| error.maybe_applied(is_applied && report.is_write).after(report.attempts, report.elapsed))
    }

    async fn repeat(&mut self) -> Result<Reply, Error> {
        self.get_token().await?;
        let mut last_error = None;
        loop {
            let result = match self.attempt().await {
                Ok(result) => result,
                Err(late) => return Err(too_late(&late, last_error)),
            };
            match self.classify(result).await {
                RetryAction::Succeed(reply) => {
                    match self.withdrawal.take() {
                        Some(withdrawal) => withdrawal.give_back(),
                        None => self.core.budget.refill(),
                    }
                    return Ok(reply);
                }
                RetryAction::Retry(delay, error) => {
                    last_error = Some(error);
                    sleep(delay).await;
                }
                RetryAction::Renew => {}
                RetryAction::Fail(error) => return Err(error),
            }
        }
    }

    /// Gets a token. If its source fails, it is asked again as often and with the same delays as the policy sets for requests.
    async fn get_token(&mut self) -> Result<(), Error> {
        let mut number = 1;
        loop {
            let error = match self.core.tokens.get(&mut self.renewals, self.deadline).await {
                Ok(token) => {
                    self.report.redactor.token = Some(token.clone());
                    self.token = Some(token);
                    return Ok(());
                }
                Err(error) => error,
            };
            let may_pass = error.kind() == ErrorKind::Token && error.is_transient();
            let event = if may_pass { Event::NotConnected } else { Event::Permanent };
            match self.decide(event, None, number, fastrand::f64()) {
                Decision::Stop(None) => return Err(error),
                Decision::Stop(Some(reason)) => return Err(error.stopped_by(reason)),
                Decision::Retry(delay) => {
                    traces::token_failed(number, Some(delay), &error);
                    sleep(delay).await;
                }
            }
            number += 1;
        }
    }

    /// Waits until the request may be sent, and sends it once.
    async fn attempt(&mut self) -> Result<Result<Reply, Failure>, TooLate> {
        let Some(mut request) = self.request.try_clone() else {
            let message = "the body of the request cannot be sent twice";
            return Ok(Err(Failure::new(Event::Permanent, false, ErrorKind::Configuration, message)));
        };
        self.settings.headers.iter().flatten().for_each(|headers| headers.add_to(request.headers_mut()));
        if let Some(token) = &self.token {
            request.headers_mut().insert(AUTHORIZATION, token.header());
        }
        let once = send_once(Arc::clone(self.core), request, self.settings.attempt_timeout, self.deadline);
        let result = if self.core.pace.has_permits() { in_task(once).await } else { once.await }?;
        self.report.attempts += 1;
        self.withdrawal.iter_mut().for_each(Withdrawal::spend);
        Ok(result)
    }

    async fn classify(&mut self, result: Result<Reply, Failure>) -> RetryAction {
        let failure = match result {
            Ok(reply) if reply.status().is_success() => return RetryAction::Succeed(reply),
            Ok(reply) => self.refused(&reply),
            Err(failure) => failure,
        };
        self.is_applied |= failure.is_applied;
        let (headers, body) = &*failure.response;
        let redactor = &self.report.redactor;
        let error =
            if headers.is_empty() { failure.error } else { redactor.with_response(failure.error, headers, body) };
        if failure.event == Event::Answered(404) && *self.request.method() == Method::DELETE && self.is_applied {
            // An earlier attempt has deleted the resource, so the retry succeeded.
            if let Some(withdrawal) = self.withdrawal.take() {
                withdrawal.give_back();
            }
        }
        if failure.event == Event::Answered(401)
            && let Some(verdict) = self.renew().await
        {
            return verdict;
        }
        let retry_after = retry_after(headers);
        let is_limited = limits_rate(failure.event, retry_after);
        let repeats = repeat(self.request.method(), failure.event, retry_after.is_some());
        let error = error.with_retry_after(retry_after).transient(repeats != Repeat::Never);
        let (number, jitter) = (self.report.attempts, fastrand::f64());
        let delay = match self.decide(failure.event, retry_after, number, jitter) {
            Decision::Stop(None) => return RetryAction::Fail(error),
            Decision::Stop(Some(reason)) => return RetryAction::Fail(error.stopped_by(reason)),
            Decision::Retry(delay) => delay,
        };
        self.withdrawal = if is_limited { None } else { self.core.budget.withdraw(failure.event.is_lost()) };
        if self.withdrawal.is_none() && !is_limited {
            return RetryAction::Fail(error.stopped_by(StopReason::BudgetEmpty));
        }
        traces::retry(number, delay, &error);
        // After a rate limit, the pace waits for the rest of the delay, so that the call keeps its place in the queue.
        RetryAction::Retry(if is_limited { self.settings.retry.backoff(number, jitter) } else { delay }, error)
    }

    /// Returns the failure for a response with an error status.
    fn refused(&self, reply: &Reply) -> Failure {
        let status = reply.status();
        let redactor = &self.report.redactor;
        let error = Error::from_response(status, reply.body(), redactor.shows_bodies(), &|text| redactor.redact(text));
        let event = Event::Answered(status.as_u16());
        // A 503 that says when to come back has not acted on the request.
        let is_applied = status.as_u16() >= 500 && !limits_rate(event, retry_after(reply.headers()));
        let response = Box::new((reply.headers().clone(), reply.body().clone()));
        Failure { event, error, is_applied, response }
    }

    /// Gets another token after a 401, once in each call. `None` if there is no other.
    async fn renew(&mut self) -> Option<RetryAction> {
        let refused = self.token.clone()?;
        if !self.core.tokens.refuse(&refused) || mem::replace(&mut self.is_renewed, true) {
            return None;
        }
        match self.get_token().await {
            Ok(()) if self.token.as_ref() == Some(&refused) => None,
            Ok(()) => {
                traces::token_refused();
                Some(RetryAction::Renew)
            }
            Err(error) => Some(RetryAction::Fail(error)),
        }
    }

    fn decide(&self, event: Event, retry_after: Option<Duration>, number: u32, jitter: f64) -> Decision {
        let remaining = self.deadline.saturating_duration_since(Instant::now());
        let attempt = Attempt { method: self.request.method(), event, retry_after, number, remaining };
        retry::decide(self.settings.retry, &attempt, jitter)
    }
}

/// Waits until the request may be sent, and sends it once. Nothing is sent after the deadline.
async fn send_once(
    core: Arc<Core>,
    request: Request,
    timeout: Duration,
    deadline: Instant,
) -> Result<Result<Reply, Failure>, TooLate> {
    let _permit = core.pace.permit(deadline).await?;
    let ticket = core.pace.ticket(deadline).await?;
    let limit = timeout.min(deadline.saturating_duration_since(Instant::now()));
    if limit.is_zero() {
        return Err(TooLate::Pace(Duration::ZERO));
    }
    let result = core.transport.send(request, limit, core.max_body_size).await;
    if let Ok(reply) = &result {
        let retry_after = retry_after(reply.headers());
        // `Retry-After: 0` asks for no pause.
        if limits_rate(Event::Answered(reply.status().as_u16()), retry_after) && retry_after != Some(Duration::ZERO) {
            ticket.refused(retry_after.unwrap_or_default());
        } else {
            ticket.accepted();
        }
    }
    Ok(result)
}

/// Runs an attempt in a task, so that its permit belongs to a future that the runtime polls. The task is aborted if the call is
/// dropped.
async fn in_task<F>(attempt: F) -> F::Output
where
    F: Future<Output = Result<Result<Reply, Failure>, TooLate>> + Send + 'static,
{
    let mut task = JoinSet::new();
    task.spawn(attempt.in_current_span());
    match task.join_next().await {
        Some(Ok(result)) => result,
        ended => {
            let message = "the runtime of the request has ended";
            let failure = Failure::new(Event::Interrupted, true, ErrorKind::Interrupted, message);
            Ok(Err(match ended {
                Some(Err(cause)) => failure.with_source(cause),
                _ => failure,
            }))
        }
    }
}

/// Returns the error of a call whose request could only be sent after its deadline.
fn too_late(late: &TooLate, last_error: Option<Error>) -> Error {
    if let Some(error) = last_error {
        return error.stopped_by(StopReason::NoTimeLeft);
    }
    let (message, wait) = match late {
        TooLate::Pace(wait) if !wait.is_zero() => {
            let message = format!(
                "the rate limit of the client delays the request by {wait:.1?}, beyond the total time of the call"
            );
            (message, Some(*wait))
        }
        TooLate::Pace(_) => ("the total time of the call was over before the request was sent".to_owned(), None),
        TooLate::Trial => {
            let message = "after a rate limit, the first request had no result within the total time of the call";
            (message.to_owned(), None)
        }
        TooLate::InFlight => {
            let message = "`max_in_flight` requests were in flight for the whole total time of the call";
            (message.to_owned(), None)
        }
    };
    Error::new(ErrorKind::PaceTimeout, message).with_retry_after(wait)
}

/// Returns `true` for a response that limits the rate: 429, or 503 with `Retry-After`.
fn limits_rate(event: Event, retry_after: Option<Duration>) -> bool {
    event == Event::Answered(429) || event == Event::Answered(503) && retry_after.is_some()
}

/// Returns the delay that a response asks for. A date is compared with the clock of the server that wrote it.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let delay = text(RETRY_AFTER)?;
    let date = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    retry::retry_after(delay, date.unwrap_or_else(SystemTime::now))
}
