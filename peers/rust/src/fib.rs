//! Fibonacci numbers: the result of the workload fib, and what is known of it.

use std::ops::Add;

/// A value, and how many calls it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FibResult {
    pub value: u64,
    pub calls: u64,
}

impl Add for FibResult {
    type Output = Self;
    /// Of the call that made these two.
    fn add(self, other: Self) -> Self {
        Self { value: self.value + other.value, calls: self.calls + other.calls + 1 }
    }
}

#[must_use]
pub const fn leaf(n: u64) -> FibResult {
    FibResult { value: n, calls: 1 }
}

#[must_use]
pub fn fibonacci(n: u64) -> u64 {
    (0..n).fold((0, 1), |(value, next), _| (next, value + next)).0
}
