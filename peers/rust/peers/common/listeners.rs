//! What the libraries around smol offer, on which async-std stands too, under the names that the workloads use.

use atomic_waker::AtomicWaker;
use event_listener::Event as Listeners;
use smol::channel;
use smol::future::poll_fn;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

pub use smol::future::yield_now;

pub type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// One gives the turn, one waits for it. With one waiter, a place for one waker costs less than a list of listeners.
#[derive(Default)]
pub struct Event {
    set: AtomicBool,
    waker: AtomicWaker,
}

impl Event {
    pub fn set(&self) {
        self.set.store(true, Ordering::Release);
        self.waker.wake();
    }

    /// Only one takes turns, so they need not be taken by an exchange.
    fn take(&self) -> Poll<()> {
        if !self.set.load(Ordering::Acquire) {
            return Poll::Pending;
        }
        self.set.store(false, Ordering::Relaxed);
        Poll::Ready(())
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<()> {
        if self.take().is_ready() {
            return Poll::Ready(());
        }
        self.waker.register(context.waker());
        self.take()
    }

    pub async fn wait(&self) {
        poll_fn(|context| self.poll(context)).await;
    }
}

pub type Sender = channel::Sender<()>;
pub type Receiver = channel::Receiver<()>;

pub fn channel() -> (Sender, Receiver) {
    channel::bounded(1)
}

pub fn send(sender: &mut Sender) {
    let _ = sender.try_send(());
}

pub async fn receive(receiver: &mut Receiver) {
    let _ = receiver.recv().await;
}

pub type OnceSender = channel::Sender<u64>;
pub type OnceReceiver = channel::Receiver<u64>;

pub fn once() -> (OnceSender, OnceReceiver) {
    channel::bounded(1)
}

pub fn send_once(sender: OnceSender, value: u64) {
    let _ = sender.try_send(value);
}

pub async fn receive_once(receiver: OnceReceiver) -> u64 {
    receiver.recv().await.unwrap_or(0)
}

/// What many wait for at once.
#[derive(Clone)]
pub struct Gate(&'static Listeners);
pub type Opener = Gate;

pub fn gate() -> (Opener, Gate) {
    let gate = Gate(Box::leak(Box::default()));
    (gate.clone(), gate)
}

pub async fn opened(gate: Gate) {
    gate.0.listen().await;
}

pub fn open(opener: &mut Opener) {
    opener.0.notify(usize::MAX);
}
