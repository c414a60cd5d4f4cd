//! Interprets the result of a poll. This module is pure: it does not wait or read.

use super::Target;
use crate::error::{Error, ErrorKind};
use crate::model::generated::types::Status;
use crate::model::kind::{Resource, ResourceRead};
use crate::text::snippet;

/// The effect of a poll on the wait.
pub(super) enum Verdict<T> {
    /// The wait ends. Contains the last status, if there is one.
    Done(T, Option<Status>),
    /// The wait continues. The state counts.
    Shown(T, Status),
    /// The wait continues. No state counts. Contains the status that was read, if there is one.
    Pending(Option<Status>),
    Fail(Error),
}

/// Whether the time in which a server may show an old state is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Age {
    InGrace,
    Settled,
}

pub(super) fn judge_availability<R: Resource>(
    target: &Target,
    polled: Result<R::Read, Error>,
    age: Age,
) -> Verdict<R::Read> {
    let read = match polled {
        Ok(read) => read,
        Err(error) if error.is_not_found() && age == Age::InGrace => return Verdict::Pending(None),
        Err(error) => return Verdict::Fail(error),
    };
    match read.status() {
        status @ (Status::Available | Status::Failed | Status::Destroying)
            if age == Age::InGrace && target.is_newer_than::<R>(&read) =>
        {
            Verdict::Pending(Some(status.clone()))
        }
        Status::Available => Verdict::Done(read, Some(Status::Available)),
        Status::Failed => Verdict::Fail(failed::<R>(&read)),
        Status::Destroying => {
            let error = Error::new(ErrorKind::ResourceDeleting, "it is being deleted and will not become available");
            Verdict::Fail(error.with_last_status(Some(Status::Destroying)))
        }
        status => {
            let status = status.clone();
            Verdict::Shown(read, status)
        }
    }
}

pub(super) fn judge_deletion<R: Resource>(polled: Result<R::Read, Error>, age: Age) -> Verdict<()> {
    match polled {
        // During the grace period, it may be the state from before the deletion.
        Ok(read) if *read.status() == Status::Failed && age == Age::Settled => Verdict::Fail(failed::<R>(&read)),
        Ok(read) => Verdict::Pending(Some(read.status().clone())),
        Err(error) if error.is_not_found() => Verdict::Done((), None),
        Err(error) => Verdict::Fail(error),
    }
}

fn failed<R: Resource>(read: &R::Read) -> Error {
    let reason = read.status_message().map_or("no reason given".to_owned(), |text| snippet(text, 300));
    let error = Error::new(ErrorKind::ResourceFailed, format!("it has failed: {reason}"));
    error.with_last_status(Some(Status::Failed))
}
