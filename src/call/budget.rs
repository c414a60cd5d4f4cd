//! The retry budget that the clones of a client share, so that retries do not multiply an outage.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The size, costs and refill of the retry budget that a client and its clones share, as in the AWS SDKs. Set with
/// [`RetryPolicy::budget`](crate::RetryPolicy::budget).
///
/// The budget is full at first. Each retry takes its cost. A call that succeeds gives back the cost of its last retry, or
/// adds the refill if it made no retry or the last one cost nothing. A retry that is not sent costs nothing. If a retry costs
/// more than is left, it is not made, and the call fails with [`StopReason::BudgetEmpty`](crate::StopReason::BudgetEmpty).
/// First attempts cost nothing, and the budget never delays them.
///
/// With the defaults, a client that loses every request makes 50 retries (500 / 10) in total, in all its calls. Then 10 calls
/// must succeed for each further retry after a lost connection.
///
/// These cost nothing: a retry after a rate limit (429, or 503 with `Retry-After`), which the pace of the client
/// delays; a retry with a new token after a 401; calls of a token provider.
///
/// ```
/// # use ionos_vpn::{Client, RetryBudget, RetryPolicy};
/// let budget = RetryBudget::default().size(100).cost(5).lost_cost(20).refill(2);
/// let builder = Client::builder().retry(RetryPolicy::default().budget(budget));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RetryBudget {
    size: u32,
    cost: u32,
    lost_cost: u32,
    refill: u32,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self { size: 500, cost: 5, lost_cost: 10, refill: 1 }
    }
}

impl RetryBudget {
    /// Returns an unlimited budget: retries cost nothing.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::default().cost(0).lost_cost(0)
    }

    /// Sets the size of the budget. It is also the initial value. Default 500.
    #[must_use]
    pub fn size(mut self, size: u32) -> Self {
        self.size = size;
        self
    }

    /// Sets the cost of a retry after an error status. Default 5.
    #[must_use]
    pub fn cost(mut self, cost: u32) -> Self {
        self.cost = cost;
        self
    }

    /// Sets the cost of a retry after a failed or lost connection or a timeout. Default 10.
    #[must_use]
    pub fn lost_cost(mut self, cost: u32) -> Self {
        self.lost_cost = cost;
        self
    }

    /// Sets the amount that a call adds to the budget if it succeeds without a retry that cost something. Default 1.
    #[must_use]
    pub fn refill(mut self, refill: u32) -> Self {
        self.refill = refill;
        self
    }
}

/// The remaining budget.
#[derive(Debug)]
pub(crate) struct Budget {
    settings: RetryBudget,
    left: Mutex<u32>,
}

impl Budget {
    pub(crate) fn new(settings: RetryBudget) -> Self {
        Self { left: Mutex::new(settings.size), settings }
    }

    fn left(&self) -> MutexGuard<'_, u32> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the cost of a retry from the budget. The cost depends on whether the connection was lost or the server
    /// answered with an error status. `None` if the budget is too small.
    pub(crate) fn withdraw(&self, is_lost: bool) -> Option<Withdrawal<'_>> {
        let cost = if is_lost { self.settings.lost_cost } else { self.settings.cost };
        let mut left = self.left();
        *left = left.checked_sub(cost)?;
        Some(Withdrawal { budget: self, cost, is_spent: false })
    }

    /// Returns what is left.
    pub(crate) fn remaining(&self) -> u32 {
        *self.left()
    }

    /// Adds the refill, after a call that succeeded at its first attempt.
    pub(crate) fn refill(&self) {
        self.add(self.settings.refill);
    }

    fn add(&self, amount: u32) {
        let mut left = self.left();
        *left = left.saturating_add(amount).min(self.settings.size);
    }
}

/// The cost of one retry. It is given back on drop, unless the retry was sent.
#[derive(Debug)]
pub(crate) struct Withdrawal<'a> {
    budget: &'a Budget,
    cost: u32,
    is_spent: bool,
}

impl Withdrawal<'_> {
    /// Records that the retry was sent.
    pub(crate) fn spend(&mut self) {
        self.is_spent = true;
    }

    /// Gives the cost back, because the retry succeeded.
    pub(crate) fn give_back(mut self) {
        self.is_spent = false;
    }
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        if !self.is_spent {
            self.budget.add(self.cost);
        }
    }
}

#[cfg(test)]
mod tests;
