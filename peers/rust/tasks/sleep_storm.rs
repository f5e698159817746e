//! sleep-storm: many tasks sleep for the same short time at once, and one joins them.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Percentile, Refusal, Sample, Settings, Workload};
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "sleep-storm", read };

struct SleepStorm {
    tasks: u64,
    delay: Duration,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    settings.coroutine_body()?;
    Ok(Box::new(SleepStorm {
        tasks: settings.natural("tasks", 10_000, 1, 20_000_000)?,
        delay: settings.duration("delay", Duration::from_micros(100), Duration::ZERO, Duration::from_secs(60))?,
    }))
}

/// How late it ran, in nanoseconds.
async fn sleep_once(delay: Duration) -> i64 {
    let deadline = Instant::now() + delay;
    rt::sleep(delay, deadline).await;
    host::nanoseconds(deadline, Instant::now())
}

async fn storm(tasks: u64, delay: Duration) -> (Duration, Vec<i64>) {
    let mut joins = Vec::with_capacity(tasks as usize);
    let mut late = Vec::with_capacity(tasks as usize);
    let start = Instant::now();
    for _ in 0..tasks {
        joins.push(rt::spawn(sleep_once(delay)));
    }
    for join in &mut joins {
        late.push(join.await);
    }
    (start.elapsed(), late)
}

impl Workload<rt::Runtime> for SleepStorm {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "wall", unit: "ns" }, Metric { name: "lateness_max", unit: "ns" }]
    }

    fn percentiles(&self) -> &'static [Percentile] {
        &[
            Percentile { metric: Metric { name: "lateness_p50", unit: "ns" }, quantile: 0.5 },
            Percentile { metric: Metric { name: "lateness_p99", unit: "ns" }, quantile: 0.99 },
        ]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (time, late) = host.runtime().run(storm(self.tasks, self.delay));
        sample.metric("wall", host::ns(time));
        sample.metric("lateness_max", late.iter().copied().max().unwrap_or(0) as f64);
        sample.check("tasks", self.tasks, late.len() as u64);
        sample.check("early", 0, late.iter().filter(|&&lateness| lateness < 0).count() as u64);
        sample.latencies(&late);
    }
}
