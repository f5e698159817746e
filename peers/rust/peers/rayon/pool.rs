//! A pool of rayon.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::cell::Cell;
use std::time::Instant;

pub struct Pool(pub ThreadPool);

thread_local! {
    static ENDED: Cell<u64> = const { Cell::new(0) };
}

/// Counts a job that ended, where it costs least.
pub fn count_one() {
    ENDED.with(|ended| ended.set(ended.get() + 1));
}

impl Pool {
    /// How many jobs were counted since it was asked last.
    pub fn counted(&self) -> u64 {
        self.0.broadcast(|_| ENDED.with(Cell::take)).into_iter().sum()
    }
}

impl rota_peer::Runtime for Pool {
    fn start(workers: usize) -> Self {
        Self(ThreadPoolBuilder::new().num_threads(workers).build().expect("the pool can be started"))
    }

    fn first_task(&self) -> Instant {
        self.0.install(Instant::now)
    }
}
