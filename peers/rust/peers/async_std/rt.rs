//! The executor of async-std, which is global.

#[path = "../common/listeners.rs"]
mod listeners;

pub use listeners::*;
use std::future::Future;
use std::time::{Duration, Instant};

pub use async_std::task::{spawn, JoinHandle as Join};

pub type Parked = Join<()>;

pub fn spawn_detached(future: impl Future<Output = ()> + Send + 'static) {
    drop(async_std::task::spawn(future));
}

pub async fn sleep(delay: Duration, _deadline: Instant) {
    async_std::task::sleep(delay).await;
}

pub fn park(future: impl Future<Output = ()> + Send + 'static) -> Parked {
    async_std::task::spawn(future)
}

/// For a thread that is no worker. It waits without taking part in the reactor, which is the workers'.
#[derive(Clone, Copy)]
pub struct Outside;

impl Outside {
    pub fn spawn<F>(&self, future: F) -> Join<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        async_std::task::spawn(future)
    }

    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        smol::future::block_on(future)
    }
}

pub struct Runtime;

impl Runtime {
    pub fn run<F>(&self, future: F) -> F::Output
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        Outside.wait(Outside.spawn(future))
    }

    /// Runs a task, and meanwhile something on a thread that is no worker.
    pub fn beside<F, T>(&self, future: F, thread: impl FnOnce() -> T + Send) -> (F::Output, T)
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
        T: Send,
    {
        let join = Outside.spawn(future);
        let result = thread();
        (Outside.wait(join), result)
    }

    pub fn outside(&self) -> Outside {
        Outside
    }

    pub fn end(&self, parked: Vec<Parked>) {
        self.run(async {
            for task in parked {
                task.cancel().await;
            }
        });
    }
}

impl rota_peer::Runtime for Runtime {
    const RESTARTS: bool = false;

    fn start(workers: usize) -> Self {
        std::env::set_var("ASYNC_STD_THREAD_COUNT", workers.to_string());
        drop(async_std::task::spawn(async {})); // which starts the threads
        Self
    }

    fn first_task(&self) -> Instant {
        self.run(async { Instant::now() })
    }
}
