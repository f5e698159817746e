//! An executor of smol with threads of our own, which wait for tasks and nothing else: what smol's global executor
//! starts takes turns in the reactor, which makes waking them several times dearer. Timers are fired by the reactor's own
//! thread.

#[path = "../common/listeners.rs"]
mod listeners;
#[path = "../common/outside.rs"]
mod outside;

pub use listeners::*;
pub use outside::*;
use smol::{channel, Executor};
use std::future::Future;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub use smol::Task as Join;

static EXECUTOR: Executor = Executor::new();

pub fn spawn<F>(future: F) -> Join<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    EXECUTOR.spawn(future)
}

pub fn spawn_detached(future: impl Future<Output = ()> + Send + 'static) {
    spawn(future).detach();
}

pub async fn sleep(_delay: Duration, deadline: Instant) {
    smol::Timer::at(deadline).await;
}

pub struct Runtime {
    threads: Vec<JoinHandle<()>>,
    stop: channel::Sender<()>, // dropped to stop them
}

impl rota_peer::Runtime for Runtime {
    fn start(workers: usize) -> Self {
        let (stop, stopped) = channel::bounded::<()>(1);
        let work = move || {
            let _ = smol::future::block_on(EXECUTOR.run(stopped.recv()));
        };
        Self { threads: (0..workers).map(|_| std::thread::spawn(work.clone())).collect(), stop }
    }

    fn first_task(&self) -> Instant {
        self.run(async { Instant::now() })
    }

    fn stop(self) {
        drop(self.stop);
        self.threads.into_iter().for_each(|thread| thread.join().expect("it does not panic"));
    }
}
