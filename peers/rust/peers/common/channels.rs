//! The channels of Tokio and of the crate futures, which call them alike: `mpsc` and `oneshot` of whoever includes this
//! file.

use super::{mpsc, oneshot};

pub type Sender = mpsc::Sender<()>;
pub type Receiver = mpsc::Receiver<()>;

pub fn channel() -> (Sender, Receiver) {
    mpsc::channel(1)
}

pub fn send(sender: &mut Sender) {
    let _ = sender.try_send(());
}

pub type OnceSender = oneshot::Sender<u64>;
pub type OnceReceiver = oneshot::Receiver<u64>;

pub fn once() -> (OnceSender, OnceReceiver) {
    oneshot::channel()
}

pub fn send_once(sender: OnceSender, value: u64) {
    let _ = sender.send(value);
}

pub async fn receive_once(receiver: OnceReceiver) -> u64 {
    receiver.await.unwrap_or(0)
}
