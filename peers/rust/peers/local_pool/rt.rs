//! LocalPool of the crate futures, with that crate's channels and futures-timer's sleep.

#[path = "../common/channels.rs"]
mod channels;
#[path = "../common/event.rs"]
mod event;

use futures::channel::{mpsc, oneshot};
use futures::executor::{LocalPool, LocalSpawner};
use futures::future::{poll_fn, FutureExt, Shared};
use futures::stream::StreamExt;
use futures::task::{AtomicWaker, LocalSpawnExt};
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

pub use channels::*;
pub use event::Event;
pub use futures::future::RemoteHandle as Join;

pub type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

thread_local! {
    static SPAWNER: RefCell<Option<LocalSpawner>> = const { RefCell::new(None) };
}

fn with_spawner<T>(body: impl FnOnce(&LocalSpawner) -> T) -> T {
    SPAWNER.with(|spawner| body(spawner.borrow().as_ref().expect("the pool is there")))
}

pub fn spawn<F>(future: F) -> Join<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    with_spawner(|spawner| spawner.spawn_local_with_handle(future)).expect("the pool is there")
}

pub fn spawn_detached(future: impl Future<Output = ()> + 'static) {
    with_spawner(|spawner| spawner.spawn_local(future)).expect("the pool is there");
}

/// The crate has no function for it.
pub async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

pub async fn sleep(delay: Duration, _deadline: Instant) {
    futures_timer::Delay::new(delay).await;
}

pub async fn receive(receiver: &mut Receiver) {
    receiver.next().await;
}

/// What many wait for at once.
pub type Gate = Shared<oneshot::Receiver<()>>;
pub type Opener = Option<oneshot::Sender<()>>;
pub type Parked = ();

pub fn gate() -> (Opener, Gate) {
    let (opener, opened) = oneshot::channel();
    (Some(opener), opened.shared())
}

pub async fn opened(gate: Gate) {
    let _ = gate.await;
}

pub fn open(opener: &mut Opener) {
    if let Some(sender) = opener.take() {
        let _ = sender.send(());
    }
}

pub fn park(future: impl Future<Output = ()> + 'static) -> Parked {
    spawn_detached(future);
}

pub struct Runtime(RefCell<LocalPool>);

fn new_pool() -> LocalPool {
    let pool = LocalPool::new();
    SPAWNER.with(|spawner| *spawner.borrow_mut() = Some(pool.spawner()));
    pool
}

impl Runtime {
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        self.0.borrow_mut().run_until(future)
    }

    /// Until all tasks have ended.
    pub fn run_all(&self) {
        self.0.borrow_mut().run();
    }

    /// Runs it, and meanwhile something on a thread that is no worker.
    pub fn beside<F, T>(&self, future: F, thread: impl FnOnce() -> T + Send) -> (F::Output, T)
    where
        F: Future,
        T: Send,
    {
        rota_peer::host::with_thread(thread, || self.run(future))
    }

    /// Ends those that still wait: with the pool, as they have no handles.
    pub fn end(&self, _parked: Vec<Parked>) {
        drop(self.0.replace(new_pool()));
    }
}

impl rota_peer::Runtime for Runtime {
    const CALLER_WORKS: bool = true;

    fn start(_workers: usize) -> Self {
        Self(RefCell::new(new_pool()))
    }

    fn first_task(&self) -> Instant {
        self.run(spawn(async { Instant::now() }))
    }
}
