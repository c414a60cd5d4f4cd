//! Why a call is not tried again.

/// Why a call was not retried although its failure allows a retry. See
/// [`Error::retry_stopped_by`](crate::Error::retry_stopped_by).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StopReason {
    /// The call made as many attempts as [`RetryPolicy::max_attempts`](crate::RetryPolicy::max_attempts) allows.
    NoAttemptsLeft,
    /// The next attempt would start after the total time of the call: because of the delay of the retry, or because the rate
    /// limit or `max_in_flight` delays it.
    NoTimeLeft,
    /// The [retry budget](crate::RetryBudget) of the client is empty, because many of its calls fail. More retries
    /// could make an outage worse. Call again later.
    BudgetEmpty,
}

impl StopReason {
    /// Returns the reason as part of an error message.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::NoAttemptsLeft => "no attempts left",
            Self::NoTimeLeft => "no time left for another attempt",
            Self::BudgetEmpty => "not tried again because the client's retry budget is empty",
        }
    }
}
