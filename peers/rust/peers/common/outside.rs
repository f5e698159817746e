//! What smol and async-std are to threads that are no workers, such as the one that started them.

use super::{spawn, Join, Runtime};
use std::future::Future;

pub type Parked = Join<()>;

pub fn park(future: impl Future<Output = ()> + Send + 'static) -> Parked {
    spawn(future)
}

/// For a thread that is no worker. It waits without taking part in the reactor.
#[derive(Clone, Copy)]
pub struct Outside;

impl Outside {
    pub fn spawn<F>(&self, future: F) -> Join<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        spawn(future)
    }

    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        smol::future::block_on(future)
    }
}

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
