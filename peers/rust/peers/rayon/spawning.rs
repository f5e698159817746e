//! spawn-join, chained-spawn and remote-spawn: jobs of a scope, which ends when all of them have.

use crate::pool::{count_one, Pool};
use rayon::Scope;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub const ALL: &[Entry<Pool>] = &[
    Entry { name: "spawn-join", read: read_spawn_join },
    Entry { name: "chained-spawn", read: read_chained_spawn },
    Entry { name: "remote-spawn", read: read_remote_spawn },
];

type Read = Result<Box<dyn Workload<Pool>>, Refusal>;

const MOST_TASKS: u64 = 20_000_000;
const TIME_TO_SETTLE: Duration = Duration::from_micros(200); // to become idle

fn read_spawn_join(settings: &mut Settings) -> Read {
    settings.any_body()?;
    Ok(Box::new(SpawnJoin { tasks: settings.natural("tasks", 10_000, 1, MOST_TASKS)? }))
}

fn read_chained_spawn(settings: &mut Settings) -> Read {
    Ok(Box::new(ChainedSpawn { depth: settings.natural("depth", 1000, 1, 1_000_000_000)? }))
}

fn read_remote_spawn(settings: &mut Settings) -> Read {
    if settings.flag("busy", false)? {
        return Err(settings.unfit("busy", "false: a job here cannot yield", "true"));
    }
    Ok(Box::new(RemoteSpawn { tasks: settings.natural("tasks", 10_000, 1, MOST_TASKS)? }))
}

struct SpawnJoin {
    tasks: u64,
}

fn spawn_and_join(tasks: u64) -> Duration {
    let start = Instant::now();
    rayon::scope(|scope| {
        for _ in 0..tasks {
            scope.spawn(|_| count_one());
        }
    });
    start.elapsed()
}

impl Workload<Pool> for SpawnJoin {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_task", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<Pool>, sample: &mut Sample) {
        let (tasks, pool) = (self.tasks, host.runtime());
        pool.counted();
        let time = pool.0.install(|| spawn_and_join(tasks));
        sample.metric("ns_per_task", host::per(time, tasks));
        sample.check("tasks", tasks, pool.counted());
    }
}

struct ChainedSpawn {
    depth: u64,
}

/// The number of links is handed down the chain.
fn spawn_next<'a>(scope: &Scope<'a>, left: u64, links: u64, end: &'a AtomicU64) {
    scope.spawn(move |scope| {
        if left == 1 {
            end.store(links + 1, Ordering::Relaxed);
        } else {
            spawn_next(scope, left - 1, links + 1, end);
        }
    });
}

fn start_chain(depth: u64) -> (Duration, u64) {
    let links = AtomicU64::new(0);
    let start = Instant::now();
    rayon::scope(|scope| spawn_next(scope, depth, 0, &links));
    (start.elapsed(), links.into_inner())
}

impl Workload<Pool> for ChainedSpawn {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_task", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<Pool>, sample: &mut Sample) {
        let depth = self.depth;
        let (time, links) = host.runtime().0.install(|| start_chain(depth));
        sample.metric("ns_per_task", host::per(time, depth));
        sample.check("depth", depth, links);
    }
}

struct RemoteSpawn {
    tasks: u64,
}

impl Workload<Pool> for RemoteSpawn {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_task", unit: "ns" }, Metric { name: "ns_per_spawn", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<Pool>, sample: &mut Sample) {
        let (tasks, pool) = (self.tasks, host.runtime());
        pool.counted();
        std::thread::sleep(TIME_TO_SETTLE);
        let start = Instant::now();
        let spawn = pool.0.in_place_scope(|scope| {
            (0..tasks).for_each(|_| scope.spawn(|_| count_one()));
            start.elapsed()
        });
        let whole = start.elapsed();
        sample.metric("ns_per_task", host::per(whole, tasks));
        sample.metric("ns_per_spawn", host::per(spawn, tasks));
        sample.check("tasks", tasks, pool.counted());
    }
}
