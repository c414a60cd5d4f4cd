use super::{Budget, RetryBudget, Withdrawal};

/// Takes a retry that is sent, and returns its cost.
fn take(budget: &Budget, is_lost: bool) -> Option<u32> {
    let mut withdrawal = budget.withdraw(is_lost)?;
    withdrawal.spend();
    Some(withdrawal.cost)
}

/// Gives back what a retry cost.
fn give_back(budget: &Budget, cost: u32) {
    Withdrawal { budget, cost, is_spent: true }.give_back();
}

/// Takes retries until the budget is too small, and returns their number.
fn drain(budget: &Budget, is_lost: bool) -> u32 {
    let mut count = 0;
    while take(budget, is_lost).is_some() {
        count += 1;
        assert!(count <= 1000, "the budget has no end");
    }
    count
}

fn default() -> Budget {
    Budget::new(RetryBudget::default())
}

#[test]
fn a_retry_costs_as_set_and_more_after_a_lost_connection() {
    let own = RetryBudget::default().size(100).cost(7).lost_cost(50);
    // The settings, whether the connection was lost → the cost, and how many retries there are.
    let table = [
        (RetryBudget::default(), true, 10, 50),
        (RetryBudget::default(), false, 5, 100),
        (own.clone(), true, 50, 2),
        (own, false, 7, 14),
        (RetryBudget::default().size(3), false, 5, 0),
    ];
    for (settings, is_lost, cost, count) in table {
        assert_eq!(take(&Budget::new(settings.clone()), is_lost), Some(cost).filter(|_| count > 0), "{settings:?}");
        assert_eq!(drain(&Budget::new(settings.clone()), is_lost), count, "{settings:?}");
    }
    let unlimited = Budget::new(RetryBudget::unlimited());
    assert!((0..10_000).all(|_| take(&unlimited, true).is_some()));
}

#[test]
fn a_call_that_succeeds_adds_the_refill() {
    let budget = Budget::new(RetryBudget::default().size(10).refill(4));
    assert_eq!(drain(&budget, true), 1);
    for left in [4, 8, 10, 10] {
        budget.refill();
        assert_eq!(*budget.left(), left);
    }
}

#[test]
fn an_empty_budget_fills_by_what_succeeds() {
    let budget = default();
    drain(&budget, false);
    give_back(&budget, 5);
    assert_eq!(drain(&budget, false), 1, "a retry that succeeded gives back its cost");
    for missing in [true, true, true, true, false] {
        budget.refill();
        assert_eq!(take(&budget, false).is_none(), missing, "a first attempt that succeeded gives back 1");
    }
}

#[test]
fn what_cannot_be_paid_is_not_taken() {
    let budget = default();
    drain(&budget, true);
    give_back(&budget, 5);
    assert_eq!(take(&budget, true), None);
    assert_eq!(take(&budget, false), Some(5), "the 5 are still there");
}

#[test]
fn a_budget_has_a_cap() {
    let budget = default();
    for _ in 0..2000 {
        give_back(&budget, 10);
    }
    give_back(&budget, u32::MAX);
    assert_eq!(drain(&budget, false), 100);
}

#[test]
fn a_retry_that_is_not_sent_costs_nothing() {
    let budget = default();
    let withdrawal = budget.withdraw(true).unwrap();
    assert_eq!(*budget.left(), 490);
    drop(withdrawal);
    assert_eq!(*budget.left(), 500);
    let mut sent = budget.withdraw(true).unwrap();
    sent.spend();
    drop(sent);
    assert_eq!(*budget.left(), 490);
}
