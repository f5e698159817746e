//! thread-ring: tasks in a ring pass a token for a number of hops. Who holds it at the end is known: (hops mod tasks)
//! + 1.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "thread-ring", read };

struct ThreadRing {
    tasks: u64,
    hops: u64,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    Ok(Box::new(ThreadRing {
        tasks: settings.natural("tasks", 503, 2, 1_000_000)?,
        hops: settings.natural("hops", 10_000, 1, 1_000_000_000_000)?,
    }))
}

#[derive(Default)]
#[repr(align(128))] // not in one line with its neighbour's
struct Place {
    turn: rt::Event,
    hops_left: AtomicU64, // of the token that turn announces
}

struct Ring {
    places: Vec<Place>,
    over: AtomicBool, // read after the turn that comes after it was set
}

struct End {
    holder: u64, // counted from 1
    time: Instant,
}

/// Who holds the token last returns when that was.
async fn pass_token(ring: Arc<Ring>, index: usize) -> Option<End> {
    let mine = &ring.places[index];
    let next = &ring.places[(index + 1) % ring.places.len()];
    loop {
        mine.turn.wait().await;
        if ring.over.load(Ordering::Relaxed) {
            return None;
        }
        let left = mine.hops_left.load(Ordering::Relaxed);
        if left == 0 {
            break;
        }
        next.hops_left.store(left - 1, Ordering::Relaxed);
        next.turn.set();
    }
    let end = End { holder: index as u64 + 1, time: Instant::now() };
    ring.over.store(true, Ordering::Relaxed);
    ring.places.iter().enumerate().filter(|(other, _)| *other != index).for_each(|(_, place)| place.turn.set());
    Some(end)
}

async fn run_ring(tasks: u64, hops: u64) -> (Duration, u64) {
    let places = (0..tasks).map(|_| Place::default()).collect();
    let ring = Arc::new(Ring { places, over: AtomicBool::new(false) });
    let mut joins = Vec::with_capacity(tasks as usize);
    for index in 0..tasks as usize {
        joins.push(rt::spawn(pass_token(ring.clone(), index)));
    }
    ring.places[0].hops_left.store(hops, Ordering::Relaxed);
    let start = Instant::now();
    ring.places[0].turn.set();
    let mut end = End { holder: 0, time: start };
    for join in joins {
        if let Some(last) = join.await {
            end = last;
        }
    }
    (end.time - start, end.holder)
}

impl Workload<rt::Runtime> for ThreadRing {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_hop", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (time, holder) = host.runtime().run(run_ring(self.tasks, self.hops));
        sample.metric("ns_per_hop", host::per(time, self.hops));
        sample.check("holder", self.hops % self.tasks + 1, holder);
    }
}
