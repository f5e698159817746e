//! An event, where the libraries have none: of a flag and the `AtomicWaker` of whoever includes this file.

use super::{poll_fn, AtomicWaker};
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

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
