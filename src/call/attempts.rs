//! The attempts of one call.

use std::mem;
use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, DATE, RETRY_AFTER};
use http::{HeaderMap, Method, StatusCode};
use reqwest::Request;
use tokio::time::{Instant, sleep};

use super::budget::Budget;
use super::operation::Build;
use super::options::Settings;
use super::pace::{Ticket, TooLate};
use super::retry::{self, Attempt, Decision, Event, RetryPolicy};
use super::token::{Seen, Token};
use super::transport::{self, Failure, Reply};
use super::{Core, Report, deadline};
use crate::error::{Error, ErrorKind, StopReason};
use crate::traces;

/// The state between two attempts.
pub(super) struct Attempts<'a> {
    core: &'a Core,
    settings: Settings<'a>,
    method: Method,
    /// The request of the first attempt, until it is sent.
    request: Option<Request>,
    build: &'a Build<'a>,
    deadline: Instant,
    token: Token,
    is_renewed: bool,
    /// The server may have acted on one of the attempts.
    is_applied: bool,
    /// What the last retry took from the budget.
    cost: Option<u32>,
    report: &'a mut Report,
}

/// What follows an attempt.
enum Verdict {
    Succeed(Reply),
    /// Try again, after the server's refusal or another failure.
    Retry(Withdrawal, Error),
    /// Send again at once, with the fresh token.
    Renew,
    Fail(Error),
}

/// Part of the budget, taken for a retry after a delay. If the call is dropped before the retry is sent, the cost is
/// returned to the budget. After a rate limit, cost and delay are empty, because the pace decides when to send again.
#[derive(Default)]
struct Withdrawal {
    cost: Option<u32>,
    delay: Duration,
}

struct Refund<'a>(&'a Budget, Option<u32>);

impl Drop for Refund<'_> {
    fn drop(&mut self) {
        if let Some(cost) = self.1.take() {
            self.0.refund(Some(cost));
        }
    }
}

impl<'a> Attempts<'a> {
    /// Sends the request until it succeeds or nothing is left to try.
    pub(super) async fn run(
        core: &'a Core,
        settings: Settings<'a>,
        request: Request,
        build: &'a Build<'a>,
        report: &'a mut Report,
    ) -> Result<Reply, Error> {
        let started = Instant::now();
        let deadline = deadline(started, settings.total_timeout);
        let token = match token(core, settings.retry, deadline).await {
            Ok(token) => token,
            Err(error) => {
                report.info.elapsed = started.elapsed();
                return Err(error.with(|details| details.call = Some(report.info)));
            }
        };
        let mut attempts = Self {
            core,
            settings,
            method: request.method().clone(),
            request: Some(request),
            build,
            deadline,
            token,
            is_renewed: false,
            is_applied: false,
            cost: None,
            report,
        };
        let result = attempts.repeat().await;
        let Self { is_applied, report, .. } = attempts;
        report.info.elapsed = started.elapsed();
        report.is_applied_before = is_applied;
        result.map_err(|error| {
            let error = error.maybe_applied(is_applied && report.is_write, report.is_idempotent);
            error.with(|details| details.call = Some(report.info))
        })
    }

    async fn repeat(&mut self) -> Result<Reply, Error> {
        let mut last_error = None;
        loop {
            let permit = match self.core.pace.permit(self.deadline).await {
                Ok(permit) => permit,
                Err(late) => return Err(Self::too_late(&late, last_error)),
            };
            let ticket = match self.core.pace.ticket(self.deadline).await {
                Ok(ticket) => ticket,
                Err(late) => return Err(Self::too_late(&late, last_error)),
            };
            self.report.info.attempts += 1;
            let limit = self.settings.attempt_timeout.min(self.remaining());
            let request = self.signed_request().map_err(Error::unbuilt)?;
            let result = transport::send(self.core, request, limit).await;
            Self::observe(ticket, &result);
            drop(permit);
            match self.judge(result).await {
                Verdict::Succeed(reply) => {
                    self.core.budget.refund(self.cost);
                    self.report.token = Some(self.token.clone());
                    return Ok(reply);
                }
                Verdict::Retry(Withdrawal { cost, delay }, error) => {
                    last_error = Some(error);
                    let mut refund = Refund(&self.core.budget, cost);
                    sleep(delay).await;
                    self.cost = refund.1.take();
                }
                Verdict::Renew => {}
                Verdict::Fail(error) => return Err(error),
            }
        }
    }

    /// Reports the result of a request to the pace.
    fn observe(ticket: Ticket<'_>, result: &Result<Reply, Failure>) {
        let Ok(reply) = result else { return };
        match refusal(reply) {
            Some(retry_after) => ticket.refused(retry_after),
            None => ticket.accepted(),
        }
    }

    /// Returns the error of a call whose request could not be sent before its deadline.
    fn too_late(late: &TooLate, last_error: Option<Error>) -> Error {
        if let Some(error) = last_error {
            return error.stopped_by(StopReason::NoTimeLeft);
        }
        let (message, wait) = match late {
            TooLate::Pace(wait) => {
                (format!("the request would be sent in {wait:.1?}, after the total time of the call"), Some(*wait))
            }
            TooLate::Trial => ("the request that tries after a rate limit has no result yet".to_owned(), None),
            TooLate::InFlight => ("as many requests as allowed were in flight".to_owned(), None),
        };
        Error::new(ErrorKind::PaceTimeout, message).with(|details| details.retry_after = wait)
    }

    fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    fn signed_request(&mut self) -> reqwest::Result<Request> {
        let mut request = self.request.take().map_or_else(self.build, Ok)?;
        self.settings.headers.iter().flatten().for_each(|headers| headers.add_to(request.headers_mut()));
        request.headers_mut().insert(AUTHORIZATION, self.token.header());
        Ok(request)
    }

    async fn judge(&mut self, result: Result<Reply, Failure>) -> Verdict {
        let reply = match result {
            Ok(reply) => reply,
            Err(Failure { event, error, is_applied, response }) => {
                self.is_applied |= is_applied;
                let error = match response {
                    Some(response) => self.report.with_response(error, &self.token, &response.0, &response.1),
                    None => error,
                };
                return self.decide(event, None, error, false);
            }
        };
        let status = reply.status();
        if status.is_success() {
            return Verdict::Succeed(reply);
        }
        if status == StatusCode::NOT_FOUND && self.method == Method::DELETE && self.is_applied {
            // An earlier attempt has deleted the resource, so the call has succeeded.
            self.core.budget.refund(self.cost);
        }
        if status == StatusCode::UNAUTHORIZED
            && self.core.tokens.refuse(&self.token)
            && !mem::replace(&mut self.is_renewed, true)
        {
            match token(self.core, self.settings.retry, self.deadline).await {
                Ok(fresh) if fresh == self.token => {}
                Ok(fresh) => {
                    traces::token_refused();
                    self.token = fresh;
                    return Verdict::Renew;
                }
                Err(error) => return Verdict::Fail(error),
            }
        }
        let retry_after = retry_after(reply.headers());
        // A 503 that says when to come back has not acted on the request.
        let is_refused = status == StatusCode::SERVICE_UNAVAILABLE && retry_after.is_some();
        self.is_applied |= status.is_server_error() && !is_refused;
        let redact = |text: &str| self.report.redact(&self.token, text);
        let mut error = Error::from_response(status, reply.body(), &redact);
        if error.api().is_none() && self.report.may_hold_secret() {
            error = Error::from_response(status, b"", &redact);
        }
        let error = self.report.with_response(error, &self.token, reply.headers(), reply.body());
        let error = error.with(|details| details.retry_after = retry_after);
        self.decide(Event::Answered(status.as_u16()), retry_after, error, refusal(&reply).is_some())
    }

    /// Turns the retry decision into a verdict.
    fn decide(&mut self, event: Event, retry_after: Option<Duration>, error: Error, is_refused: bool) -> Verdict {
        let attempt = Attempt {
            method: &self.method,
            event,
            retry_after,
            number: self.report.info.attempts,
            remaining: self.remaining(),
        };
        let delay = match retry::decide(self.settings.retry, &attempt, fastrand::f64()) {
            Decision::Stop(None) => return Verdict::Fail(error),
            Decision::Stop(Some(reason)) => return Verdict::Fail(error.stopped_by(reason)),
            Decision::Retry(delay) => delay,
        };
        let cost = if is_refused { None } else { self.core.budget.take(event.is_lost()) };
        if !is_refused && cost.is_none() {
            return Verdict::Fail(error.stopped_by(StopReason::BudgetEmpty));
        }
        traces::retry(attempt.number, delay, &error);
        Verdict::Retry(if is_refused { Withdrawal::default() } else { Withdrawal { cost, delay } }, error)
    }
}

/// Returns a token. If its source fails, it is asked again as the policy sets for requests.
async fn token(core: &Core, policy: &RetryPolicy, deadline: Instant) -> Result<Token, Error> {
    let mut seen = Seen::default();
    let mut number = 1;
    loop {
        let error = match core.tokens.get(&mut seen, deadline).await {
            Err(error) if error.kind() == ErrorKind::Token && error.is_transient() => error,
            result => return result,
        };
        let remaining = deadline.saturating_duration_since(Instant::now());
        let attempt =
            Attempt { method: &Method::GET, event: Event::NotConnected, retry_after: None, number, remaining };
        let delay = match retry::decide(policy, &attempt, fastrand::f64()) {
            Decision::Stop(None) => return Err(error),
            Decision::Stop(Some(reason)) => return Err(error.stopped_by(reason)),
            Decision::Retry(delay) => delay,
        };
        traces::token_failed(number, Some(delay), &error);
        sleep(delay).await;
        number += 1;
    }
}

/// Returns how long to pause after a response that limits the rate: 429, or 503 with `Retry-After`. `Retry-After: 0` is no
/// limit.
fn refusal(reply: &Reply) -> Option<Duration> {
    let retry_after = retry_after(reply.headers());
    let is_refusal = match reply.status() {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::SERVICE_UNAVAILABLE => retry_after.is_some(),
        _ => false,
    };
    let pause = retry_after.unwrap_or_default();
    Some(pause).filter(|_| is_refusal && retry_after != Some(Duration::ZERO))
}

/// Returns the delay that a response asks for. A date is compared with the clock of the server that wrote it.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let date = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    retry::retry_after(text(RETRY_AFTER)?, date.unwrap_or_else(SystemTime::now))
}
