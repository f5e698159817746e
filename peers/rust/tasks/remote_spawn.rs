//! remote-spawn: a thread that is no worker spawns many tasks, while the workers are idle or while they are busy.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "remote-spawn", read };

const MOST_YIELDS: u64 = 1_000_000;
const TIME_TO_SETTLE: Duration = Duration::from_micros(200); // to become idle, or busy

struct RemoteSpawn {
    tasks: u64,
    busy: bool,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    Ok(Box::new(RemoteSpawn {
        tasks: settings.natural("tasks", 10_000, 1, 20_000_000)?,
        busy: settings.flag("busy", false)?,
    }))
}

async fn do_nothing() {}

/// Keeps a worker busy by yielding until told to stop. Ends by itself after a while, so that a runtime which starves
/// the new tasks meanwhile shows a bad figure and not a deadlock.
async fn keep_busy(stop: Arc<AtomicBool>) {
    for _ in 0..MOST_YIELDS {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        rt::yield_now().await;
    }
}

async fn until(over: Arc<rt::Event>) {
    over.wait().await;
}

struct Spawned {
    spawn: Duration,
    whole: Duration,
    joined: u64,
}

async fn join_all(joins: &mut Vec<rt::Join<()>>) -> u64 {
    let mut joined = 0;
    for join in joins {
        join.await;
        joined += 1;
    }
    joined
}

fn spawn_and_join(outside: &rt::Outside, tasks: u64) -> Spawned {
    let mut joins = Vec::with_capacity(tasks as usize);
    let start = Instant::now();
    for _ in 0..tasks {
        joins.push(outside.spawn(do_nothing()));
    }
    let spawn = start.elapsed();
    let joined = outside.wait(join_all(&mut joins));
    Spawned { spawn, whole: start.elapsed(), joined }
}

fn settle_spawn_and_join(outside: &rt::Outside, tasks: u64, busy: usize) -> Spawned {
    let stop = Arc::new(AtomicBool::new(false));
    let mut busy: Vec<_> = (0..busy).map(|_| outside.spawn(keep_busy(stop.clone()))).collect();
    std::thread::sleep(TIME_TO_SETTLE);
    let spawned = spawn_and_join(outside, tasks);
    stop.store(true, Ordering::Relaxed);
    outside.wait(join_all(&mut busy));
    spawned
}

impl Workload<rt::Runtime> for RemoteSpawn {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_task", unit: "ns" }, Metric { name: "ns_per_spawn", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (tasks, busy) = (self.tasks, if self.busy { host.workers } else { 0 });
        let runtime = host.runtime();
        let outside = runtime.outside();
        let over = Arc::new(rt::Event::default());
        let ((), spawned) = runtime.beside(until(over.clone()), move || {
            let spawned = settle_spawn_and_join(&outside, tasks, busy);
            over.set();
            spawned
        });
        sample.metric("ns_per_task", host::per(spawned.whole, tasks));
        sample.metric("ns_per_spawn", host::per(spawned.spawn, tasks));
        sample.check("tasks", tasks, spawned.joined);
    }
}
