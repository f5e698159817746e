//! spawn-join: one task spawns many that do nothing, and joins them all.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "spawn-join", read };

struct SpawnJoin {
    tasks: u64,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    settings.coroutine_body()?;
    Ok(Box::new(SpawnJoin { tasks: settings.natural("tasks", 10_000, 1, 20_000_000)? }))
}

async fn do_nothing() {}

/// The handles are dropped after what is timed.
async fn spawn_and_join(tasks: u64) -> (Duration, u64) {
    let mut joins = Vec::with_capacity(tasks as usize);
    let mut joined = 0;
    let start = Instant::now();
    for _ in 0..tasks {
        joins.push(rt::spawn(do_nothing()));
    }
    for join in &mut joins {
        join.await;
        joined += 1;
    }
    (start.elapsed(), joined)
}

impl Workload<rt::Runtime> for SpawnJoin {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_task", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (time, joined) = host.runtime().run(spawn_and_join(self.tasks));
        sample.metric("ns_per_task", host::per(time, self.tasks));
        sample.check("tasks", self.tasks, joined);
    }
}
