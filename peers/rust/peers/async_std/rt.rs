//! The executor of async-std, which is global.

#[path = "../common/listeners.rs"]
mod listeners;
#[path = "../common/outside.rs"]
mod outside;

pub use listeners::*;
pub use outside::*;
use std::future::Future;
use std::time::{Duration, Instant};

pub use async_std::task::{spawn, JoinHandle as Join};

pub fn spawn_detached(future: impl Future<Output = ()> + Send + 'static) {
    drop(async_std::task::spawn(future));
}

pub async fn sleep(delay: Duration, _deadline: Instant) {
    async_std::task::sleep(delay).await;
}

pub struct Runtime;

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
