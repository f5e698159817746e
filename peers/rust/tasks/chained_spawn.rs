//! chained-spawn: each task spawns the next and ends; the last one tells the first. Nobody joins.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "chained-spawn", read };

struct ChainedSpawn {
    depth: u64,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    Ok(Box::new(ChainedSpawn { depth: settings.natural("depth", 1000, 1, 1_000_000_000)? }))
}

/// The number of links is handed down the chain.
fn spawn_next(left: u64, links: u64, ended: rt::OnceSender) {
    rt::spawn_detached(async move {
        if left == 1 {
            rt::send_once(ended, links + 1);
        } else {
            spawn_next(left - 1, links + 1, ended);
        }
    });
}

async fn start_chain(depth: u64) -> (Duration, u64) {
    let (ended, end) = rt::once();
    let start = Instant::now();
    spawn_next(depth, 0, ended);
    let links = rt::receive_once(end).await;
    (start.elapsed(), links)
}

impl Workload<rt::Runtime> for ChainedSpawn {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_task", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (time, links) = host.runtime().run(start_chain(self.depth));
        sample.metric("ns_per_task", host::per(time, self.depth));
        sample.check("depth", self.depth, links);
    }
}
