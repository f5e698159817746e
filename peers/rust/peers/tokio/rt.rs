//! The runtime of many threads. The thread that called it only waits.

#[path = "names.rs"]
mod names;

pub use names::*;
use std::future::Future;
use std::time::Instant;

pub struct Runtime(tokio::runtime::Runtime);

impl Runtime {
    /// Runs it as a task, not on the calling thread: from there, every spawn would come from outside.
    pub fn run<F>(&self, future: F) -> F::Output
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let join = self.outside().spawn(future);
        self.0.block_on(join)
    }

    /// Runs a task, and meanwhile something on a thread that is no worker.
    pub fn beside<F, T>(&self, future: F, thread: impl FnOnce() -> T + Send) -> (F::Output, T)
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
        T: Send,
    {
        let join = self.outside().spawn(future);
        let result = thread();
        (self.0.block_on(join), result)
    }

    pub fn outside(&self) -> Outside {
        Outside(self.0.handle().clone())
    }

    pub fn end(&self, parked: Vec<Parked>) {
        self.run(end(parked));
    }
}

impl rota_peer::Runtime for Runtime {
    /// Without the driver of sockets, which nothing here needs: workers then wait on a condition variable.
    fn start(workers: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_time().build();
        Self(runtime.expect("the runtime can be started"))
    }

    fn first_task(&self) -> Instant {
        self.run(async { Instant::now() })
    }
}
