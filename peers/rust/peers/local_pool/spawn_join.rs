//! spawn-join: many tasks that do nothing are spawned, and the pool runs until all have ended. That is how LocalPool
//! joins: a handle for each would be a channel for each.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::cell::Cell;
use std::time::Instant;

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "spawn-join", read };

struct SpawnJoin {
    tasks: u64,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    settings.coroutine_body()?;
    Ok(Box::new(SpawnJoin { tasks: settings.natural("tasks", 10_000, 1, 20_000_000)? }))
}

thread_local! {
    static ENDED: Cell<u64> = const { Cell::new(0) };
}

async fn do_nothing() {
    ENDED.with(|ended| ended.set(ended.get() + 1));
}

impl Workload<rt::Runtime> for SpawnJoin {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_task", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let runtime = host.runtime();
        ENDED.with(|ended| ended.set(0));
        let start = Instant::now();
        for _ in 0..self.tasks {
            rt::spawn_detached(do_nothing());
        }
        runtime.run_all();
        sample.metric("ns_per_task", host::per(start.elapsed(), self.tasks));
        sample.check("tasks", self.tasks, ENDED.with(Cell::get));
    }
}
