//! What the peers in Rust share: one cell of one workload, asked for and answered in the cell protocol. Warm-up, median,
//! percentiles and checks are those of `workloads/measure.cpp`.

mod answer;
mod cell;
pub mod fib;
pub mod host;
mod measure;
mod probe;
mod request;
mod sample;
mod settings;
pub mod skynet;
mod startup;
#[cfg(test)]
mod tests;
pub mod tree;

pub use cell::{run, Peer};
pub use measure::{quantile, Metric, Percentile};
pub use sample::Sample;
pub use settings::{Refusal, Settings};

/// A runtime, as far as the harness knows it.
pub trait Runtime: Sized {
    /// Whether it can be started again after it was stopped: not so for one that lives in globals.
    const RESTARTS: bool = true;
    /// Whether the thread that calls it is its worker.
    const CALLER_WORKS: bool = false;
    /// Starts it with so many worker threads and returns when they run.
    fn start(workers: usize) -> Self;
    /// Runs one task that does nothing but read the clock, and returns what it read.
    fn first_task(&self) -> std::time::Instant;
    /// Ends it, and its threads, if it can be ended.
    fn stop(self) {}
}

/// A workload with its settings. `R` is the runtime's type.
pub trait Workload<R> {
    /// What an iteration records, the main figure first.
    fn metrics(&self) -> &'static [Metric];
    /// Quantiles of the raw latencies of all iterations.
    fn percentiles(&self) -> &'static [Percentile] {
        &[]
    }
    /// One iteration is all: no warm-up, no repetition.
    fn once(&self) -> bool {
        false
    }
    fn iterate(&mut self, host: &mut Host<R>, sample: &mut Sample);
}

/// A workload's name, and how its settings are read. They are complete, or refused, before anything is started.
pub struct Entry<R> {
    pub name: &'static str,
    pub read: fn(&mut Settings) -> Result<Box<dyn Workload<R>>, Refusal>,
}

/// Where a workload finds its runtime, which is started when it is first asked for and serves all iterations.
pub struct Host<R> {
    pub workers: usize,
    runtime: Option<R>,
}

impl<R: Runtime> Host<R> {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        Self { workers, runtime: None }
    }

    pub fn runtime(&mut self) -> &R {
        let workers = self.workers;
        self.runtime.get_or_insert_with(|| {
            let runtime = R::start(workers);
            runtime.first_task(); // its threads are there
            if !R::CALLER_WORKS {
                host::roam();
            }
            runtime
        })
    }
}
