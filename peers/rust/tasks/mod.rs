//! The workloads of the async runtimes, written once. Each program includes these files beside a module `rt` of its own,
//! which has under the same names what its runtime offers: `spawn`, `yield_now`, `Event`, … So every program calls its
//! runtime directly, and all play the same workload.

use crate::rt::Runtime;
use rota_peer::Entry;

mod chained_spawn;
mod fib;
mod memory;
mod ping_pong;
mod skynet;
mod sleep_storm;
mod thread_ring;
mod uts;
mod wake_latency;
mod yields;

pub const SHARED: &[Entry<Runtime>] = &[
    sleep_storm::ENTRY,
    yields::ENTRY,
    ping_pong::ENTRY,
    chained_spawn::ENTRY,
    wake_latency::ENTRY,
    memory::ENTRY,
    fib::ENTRY,
    uts::ENTRY,
    skynet::ENTRY,
    thread_ring::ENTRY,
];
