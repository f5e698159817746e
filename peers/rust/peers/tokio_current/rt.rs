//! The runtime of one thread, which is the one that calls it.

#[path = "../tokio/names.rs"]
mod names;

pub use names::*;
use std::future::Future;
use std::time::Instant;

pub struct Runtime(tokio::runtime::Runtime);

impl Runtime {
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }

    /// Runs it, and meanwhile something on a thread that is no worker.
    pub fn beside<F, T>(&self, future: F, thread: impl FnOnce() -> T + Send) -> (F::Output, T)
    where
        F: Future,
        T: Send,
    {
        rota_peer::host::with_thread(thread, || self.run(future))
    }

    pub fn outside(&self) -> Outside {
        Outside(self.0.handle().clone())
    }

    pub fn end(&self, parked: Vec<Parked>) {
        self.run(end(parked));
    }
}

impl rota_peer::Runtime for Runtime {
    const CALLER_WORKS: bool = true;

    /// Without the driver of sockets, which nothing here needs.
    fn start(_workers: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        Self(runtime.expect("the runtime can be started"))
    }

    fn first_task(&self) -> Instant {
        self.run(async { Instant::now() })
    }
}
