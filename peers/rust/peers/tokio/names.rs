//! What Tokio offers, in both of its runtimes, under the names that the workloads use.

#[path = "../common/channels.rs"]
mod channels;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, Notify};
use tokio::task::JoinHandle;

pub use channels::*;
pub use tokio::task::yield_now;

pub type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A handle that gives the task's result: none here panics or is aborted.
pub struct Join<T>(JoinHandle<T>);

impl<T> Future for Join<T> {
    type Output = T;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        Pin::new(&mut self.0).poll(context).map(|result| result.expect("the task ended by itself"))
    }
}

pub fn spawn<F>(future: F) -> Join<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    Join(tokio::spawn(future))
}

pub fn spawn_detached(future: impl Future<Output = ()> + Send + 'static) {
    drop(tokio::spawn(future));
}

pub async fn sleep(_delay: Duration, deadline: Instant) {
    tokio::time::sleep_until(deadline.into()).await;
}

/// One gives the turn, one waits for it.
#[derive(Default)]
pub struct Event(Notify);

impl Event {
    pub fn set(&self) {
        self.0.notify_one();
    }

    pub async fn wait(&self) {
        self.0.notified().await;
    }
}

pub async fn receive(receiver: &mut Receiver) {
    receiver.recv().await;
}

/// What many wait for at once.
#[derive(Clone)]
pub struct Gate(&'static Notify);
pub type Opener = Gate;
pub type Parked = JoinHandle<()>;

pub fn gate() -> (Opener, Gate) {
    let gate = Gate(Box::leak(Box::default()));
    (gate.clone(), gate)
}

pub async fn opened(gate: Gate) {
    gate.0.notified().await;
}

pub fn open(opener: &mut Opener) {
    opener.0.notify_waiters();
}

pub fn park(future: impl Future<Output = ()> + Send + 'static) -> Parked {
    tokio::spawn(future)
}

/// Ends those that still wait.
pub async fn end(parked: Vec<Parked>) {
    parked.iter().for_each(JoinHandle::abort);
    for task in parked {
        let _ = task.await;
    }
}

/// For a thread that is no worker.
pub struct Outside(pub Handle);

impl Outside {
    pub fn spawn<F>(&self, future: F) -> Join<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        Join(self.0.spawn(future))
    }

    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }
}
