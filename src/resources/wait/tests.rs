use std::collections::VecDeque;
use std::pin::Pin;
use std::time::Duration;

use http::{Method, StatusCode};
use tokio::time::Instant;
use uuid::Uuid;

use super::judge::{judge_availability, judge_deletion};
use super::schedule::Wait;
use super::{Target, WaitOptions};
use crate::error::{Error, ErrorKind, Event, Repeat, Subject, repeat};
use crate::model::kind::Resource;
use crate::model::path::ResourceRef;
use crate::{IpSecGateway, IpSecGatewayRead, Status};

fn subject() -> Subject {
    let resource = ResourceRef::new(IpSecGateway::KIND, &[], Some(Uuid::nil()));
    Subject { verb: Some("wait for"), operation: "get", resource: Some(resource) }
}

async fn until_available<P, F>(options: &WaitOptions, target: &Target, poll: P) -> Result<IpSecGatewayRead, Error>
where
    P: FnMut() -> F,
    F: Future<Output = Result<IpSecGatewayRead, Error>>,
{
    let judge = |polled, age| judge_availability::<IpSecGateway>(target, polled, age);
    Wait::new(options, subject()).until::<IpSecGateway, _, _>(poll, judge).await
}

async fn until_deleted<P, F>(options: &WaitOptions, poll: P) -> Result<(), Error>
where
    P: FnMut() -> F,
    F: Future<Output = Result<IpSecGatewayRead, Error>>,
{
    Wait::new(options, subject()).until::<IpSecGateway, _, _>(poll, judge_deletion::<IpSecGateway>).await
}

/// One poll: a status and a date of change, or a failure.
#[derive(Clone)]
enum Seen {
    Gateway(&'static str, Option<&'static str>),
    Answer(u16, Option<u64>),
    Lost,
    Hang,
}
use Seen::{Answer, Gateway, Hang, Lost};

const OLD: Option<&str> = Some("2026-11-01T12:00:00Z");
/// Noon UTC of the next day, written in another time zone.
const WRITTEN: Option<&str> = Some("2026-11-02T13:00:00+01:00");
const SAME: Option<&str> = Some("2026-11-02T12:00:00");

fn gateway(status: &str, changed: Option<&str>) -> IpSecGatewayRead {
    serde_json::from_value(serde_json::json!({
        "id": Uuid::nil(), "type": "ipsecgateway", "href": "/",
        "metadata": { "status": status, "statusMessage": "no address left", "lastModifiedDate": changed },
        "properties": { "name": "a", "gatewayIP": "81.173.1.2", "connections": [] },
    }))
    .unwrap()
}

type Poll = Pin<Box<dyn Future<Output = Result<IpSecGatewayRead, Error>>>>;

/// Runs a wait against the script, whose last poll is repeated. Returns the result of the wait and its duration.
async fn play<T: Future>(script: &[Seen], wait: impl FnOnce(Box<dyn FnMut() -> Poll>) -> T) -> (T::Output, Duration) {
    let mut script = VecDeque::from(script.to_vec());
    let poll = move || -> Poll {
        let next = if script.len() > 1 { script.pop_front() } else { script.front().cloned() };
        Box::pin(async move {
            match next.unwrap() {
                Gateway(status, changed) => Ok(gateway(status, changed)),
                Answer(status, wait) => {
                    let wait = wait.map(Duration::from_secs);
                    let error = Error::from_response(StatusCode::from_u16(status).unwrap(), b"", true, &str::to_owned);
                    let repeats = repeat(&Method::GET, Event::Answered(status), wait.is_some());
                    Err(error.with_retry_after(wait).transient(repeats != Repeat::Never))
                }
                Lost => Err(Error::new(ErrorKind::Interrupted, "lost")),
                Hang => std::future::pending().await,
            }
        })
    };
    let started = Instant::now();
    let result = wait(Box::new(poll)).await;
    (result, started.elapsed())
}

async fn available(script: &[Seen], since: Option<&str>) -> (Result<IpSecGatewayRead, Error>, Duration) {
    let target = Target::from(&gateway("PROVISIONING", since));
    let options = WaitOptions::default();
    play(script, |poll| until_available(&options, &target, poll)).await
}

async fn deleted(script: &[Seen]) -> (Result<(), Error>, Duration) {
    let options = WaitOptions::default();
    play(script, |poll| until_deleted(&options, poll)).await
}

#[tokio::test(start_paused = true)]
async fn an_available_gateway_ends_the_wait() {
    let table: &[(&[Seen], Option<&str>)] = &[
        (&[Gateway("AVAILABLE", WRITTEN)], WRITTEN),
        (&[Gateway("AVAILABLE", SAME)], WRITTEN),
        (&[Gateway("PROVISIONING", None), Gateway("AVAILABLE", None)], None),
        (&[Gateway("HIBERNATING", None), Gateway("AVAILABLE", None)], None),
        // The server shows the state from before the write.
        (&[Gateway("AVAILABLE", OLD), Gateway("AVAILABLE", WRITTEN)], WRITTEN),
        (&[Gateway("FAILED", OLD), Gateway("PROVISIONING", WRITTEN), Gateway("AVAILABLE", WRITTEN)], WRITTEN),
        // C6: the state of an earlier resource with the same id.
        (&[Gateway("DESTROYING", OLD), Gateway("AVAILABLE", WRITTEN)], WRITTEN),
        // C5: the write has a timestamp with more digits than the poll, and vice versa.
        (&[Gateway("AVAILABLE", Some("2026-11-02T12:00:00Z"))], Some("2026-11-02T12:00:00.900Z")),
        (&[Gateway("AVAILABLE", Some("2026-11-02T12:00:00.900Z"))], Some("2026-11-02T12:00:00.900999Z")),
        (&[Gateway("AVAILABLE", Some("2026-11-02T12:00:00.123456Z"))], Some("2026-11-02T12:00:00Z")),
        (
            &[Gateway("AVAILABLE", Some("2026-11-02T12:00:00.899Z")), Gateway("AVAILABLE", None)],
            Some("2026-11-02T12:00:00.900Z"),
        ),
        // Not visible yet, or unavailable for a moment.
        (&[Answer(404, None), Answer(404, None), Gateway("AVAILABLE", None)], None),
        (&[Answer(503, None), Lost, Answer(429, None), Answer(500, None), Gateway("AVAILABLE", None)], None),
    ];
    for (number, (script, since)) in table.iter().enumerate() {
        let (result, elapsed) = available(script, *since).await;
        assert_eq!(*result.unwrap().status(), Status::Available, "row {number}");
        // From 1 s on, each interval half as long again, shortened by up to a fifth.
        let polls = i32::try_from(script.len()).unwrap();
        let longest = (1.5_f64.powi(polls) - 1.0) / 0.5;
        assert!((longest * 0.8 - 0.1..=longest + 0.1).contains(&elapsed.as_secs_f64()), "row {number}: {elapsed:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_readable_dates_the_status_alone_decides() {
    for (since, seen) in [(None, OLD), (WRITTEN, None), (Some("yesterday"), OLD), (WRITTEN, Some("noon"))] {
        let (result, elapsed) = available(&[Gateway("AVAILABLE", seen)], since).await;
        assert!(result.is_ok() && elapsed <= Duration::from_secs(1), "{since:?} {seen:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_become_available_ends_the_wait_with_an_error() {
    let provisioning = Gateway("PROVISIONING", None);
    let table = [
        (Gateway("FAILED", None), ErrorKind::ResourceFailed, "no address left", Some(Status::Failed)),
        (Gateway("DESTROYING", None), ErrorKind::ResourceDeleting, "being deleted", Some(Status::Destroying)),
        (Answer(401, None), ErrorKind::Api, "401", Some(Status::Provisioning)),
        (Answer(403, None), ErrorKind::Api, "403", Some(Status::Provisioning)),
    ];
    for (end, kind, text, last) in table {
        let (result, elapsed) = available(&[provisioning.clone(), end], None).await;
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.last_status()), (kind, last.as_ref()), "{error}");
        assert!(error.to_string().contains(text), "{error}");
        assert!(elapsed <= Duration::from_millis(2500));
    }
}

#[tokio::test(start_paused = true)]
async fn an_old_state_counts_when_the_grace_is_over() {
    let rows = [
        ("AVAILABLE", None),
        ("FAILED", Some(ErrorKind::ResourceFailed)),
        ("DESTROYING", Some(ErrorKind::ResourceDeleting)),
    ];
    for (status, kind) in rows {
        let (result, elapsed) = available(&[Gateway(status, OLD)], WRITTEN).await;
        assert_eq!(result.err().map(|error| error.kind()), kind);
        assert!((30..=40).contains(&elapsed.as_secs()), "{status}: {elapsed:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_poll_that_would_come_too_late_is_told_as_that() {
    let (result, elapsed) = available(&[Answer(503, Some(700))], None).await;
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.retry_after()), (ErrorKind::WaitTimeout, Some(Duration::from_secs(700))));
    let text = error.to_string();
    assert!(text.contains("the next poll, in 700.0s, would be after the deadline") && elapsed.as_secs() < 2, "{text}");
    assert!(!text.contains("timed out after 600"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_gateway_that_stays_invisible_is_not_found_after_the_grace() {
    let (result, elapsed) = available(&[Answer(404, None)], None).await;
    assert!(result.unwrap_err().is_not_found());
    assert!((30..=40).contains(&elapsed.as_secs()), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_the_wait_whatever_the_polls_do() {
    let table: &[(&[Seen], Option<Status>)] = &[
        (&[Gateway("PROVISIONING", None)], Some(Status::Provisioning)),
        (&[Gateway("HIBERNATING", None)], Some(Status::Other("HIBERNATING".to_owned()))),
        (&[Gateway("PROVISIONING", None), Answer(503, None)], Some(Status::Provisioning)),
        (&[Answer(503, Some(86_400))], None),
        (&[Hang], None),
    ];
    for (number, (script, last)) in table.iter().enumerate() {
        let (result, elapsed) = available(script, WRITTEN).await;
        let error = result.unwrap_err();
        assert_eq!(
            (error.kind(), error.last_status()),
            (ErrorKind::WaitTimeout, last.as_ref()),
            "row {number}: {error}"
        );
        assert!(error.is_timeout() && elapsed <= Duration::from_millis(600_100), "row {number}: {elapsed:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_poll_that_is_told_to_wait_waits() {
    let (result, elapsed) = available(&[Answer(429, Some(60)), Gateway("AVAILABLE", None)], None).await;
    assert!(result.is_ok() && (60..=62).contains(&elapsed.as_secs()), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_gateway_that_is_gone_ends_the_wait_for_its_deletion() {
    let table: &[&[Seen]] = &[
        &[Answer(404, None)],
        &[Gateway("AVAILABLE", None), Gateway("DESTROYING", None), Answer(404, None)],
        &[Gateway("FAILED", None), Gateway("DESTROYING", None), Lost, Answer(404, None)],
    ];
    for script in table {
        let (result, elapsed) = deleted(script).await;
        assert!(result.is_ok() && elapsed < Duration::from_secs(10), "{elapsed:?}");
    }
    let (result, elapsed) = deleted(&[Gateway("FAILED", None)]).await;
    assert_eq!(result.unwrap_err().kind(), ErrorKind::ResourceFailed);
    assert!((30..=40).contains(&elapsed.as_secs()), "{elapsed:?}");
    let (result, _) = deleted(&[Gateway("DESTROYING", None)]).await;
    assert_eq!(result.unwrap_err().last_status(), Some(&Status::Destroying));
}

#[tokio::test(start_paused = true)]
async fn no_option_makes_the_wait_panic() {
    let endless = WaitOptions::default().timeout(Duration::MAX).first_poll(Duration::ZERO).max_interval(Duration::MAX);
    let target = Target::from(Uuid::nil());
    let poll = || async { Ok(gateway("AVAILABLE", None)) };
    assert!(until_available(&endless, &target, poll).await.is_ok());
    let late = WaitOptions::default().first_poll(Duration::MAX);
    assert_eq!(until_available(&late, &target, poll).await.unwrap_err().kind(), ErrorKind::WaitTimeout);
}
