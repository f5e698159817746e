//! What the libraries around smol offer, on which async-std stands too, under the names that the workloads use.

#[path = "event.rs"]
mod event;

use atomic_waker::AtomicWaker;
use event_listener::Event as Listeners;
use smol::channel;
use smol::future::poll_fn;
use std::future::Future;
use std::pin::Pin;

pub use event::Event;
pub use smol::future::yield_now;

pub type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

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
