//! memory: how many bytes a parked task costs, all counted: the task, its join handle, its place in the list that it
//! waits in, what the runtime's tables grew to. And what a runtime without tasks keeps resident.
//!
//! On an event, all wait for one gate and its opening ends them. On nothing, nobody holds a waker: what ends them is
//! what the runtime has for that, by which their futures are dropped.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::sync::atomic::{AtomicU64, Ordering};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "memory", read };

const USUAL_TASKS: u64 = 1_000_000;

#[derive(Clone, Copy)]
enum On {
    Event,
    Nothing,
}

struct Memory {
    tasks: u64,
    on: On,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    settings.coroutine_body()?;
    let tasks = match settings.natural("tasks", 0, 0, 100_000_000)? {
        0 => USUAL_TASKS,
        tasks => tasks,
    };
    Ok(Box::new(Memory { tasks, on: settings.choice("on", &[("event", On::Event), ("nothing", On::Nothing)])? }))
}

// Not in a structure that the tasks share: a reference to it would be 8 bytes of each.
static ARRIVED: AtomicU64 = AtomicU64::new(0);
static LEFT: AtomicU64 = AtomicU64::new(0);

/// Counts a task when its future is dropped, in no bytes.
struct Leaving;

impl Drop for Leaving {
    fn drop(&mut self) {
        LEFT.fetch_add(1, Ordering::Relaxed);
    }
}

async fn park_on_nothing() {
    let _leaving = Leaving;
    ARRIVED.fetch_add(1, Ordering::Relaxed);
    std::future::pending::<()>().await;
}

async fn park_on_event(gate: rt::Gate) {
    ARRIVED.fetch_add(1, Ordering::Relaxed);
    rt::opened(gate).await;
    LEFT.fetch_add(1, Ordering::Relaxed);
}

async fn fill(tasks: u64, on: On, gate: rt::Gate) -> Vec<rt::Parked> {
    let mut parked = Vec::with_capacity(tasks as usize);
    for _ in 0..tasks {
        parked.push(match on {
            On::Nothing => rt::park(park_on_nothing()),
            On::Event => rt::park(park_on_event(gate.clone())),
        });
    }
    while ARRIVED.load(Ordering::Relaxed) < tasks {
        rt::yield_now().await;
    }
    parked
}

/// Again and again: one that arrived may not wait yet.
async fn open(mut opener: rt::Opener, tasks: u64) {
    while LEFT.load(Ordering::Relaxed) < tasks {
        rt::open(&mut opener);
        rt::yield_now().await;
    }
}

impl Workload<rt::Runtime> for Memory {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "bytes_per_task", unit: "bytes" }, Metric { name: "base_rss", unit: "bytes" }]
    }

    fn once(&self) -> bool {
        true // a second iteration would find the memory of the first
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let runtime = host.runtime();
        let (opener, gate) = rt::gate();
        drop(runtime.run(fill(0, self.on, gate.clone())));
        let base = host::resident_bytes();

        let parked = runtime.run(fill(self.tasks, self.on, gate));
        let full = host::resident_bytes();

        if let On::Event = self.on {
            runtime.run(open(opener, self.tasks));
        }
        runtime.end(parked);
        sample.metric("bytes_per_task", full.saturating_sub(base) as f64 / self.tasks as f64);
        sample.metric("base_rss", base as f64);
        sample.check("tasks", self.tasks, LEFT.load(Ordering::Relaxed));
    }
}
