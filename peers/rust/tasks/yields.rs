//! yield: tasks that give way again and again. One task shows the cost of a poll, many that of a long queue.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "yield", read };

struct YieldStorm {
    tasks: u64,
    yields: u64,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    settings.coroutine_body()?;
    Ok(Box::new(YieldStorm {
        tasks: settings.natural("tasks", 1, 1, 20_000_000)?,
        yields: settings.natural("yields", 1_000_000, 1, 100_000_000_000)?,
    }))
}

async fn yield_often(times: u64) -> u64 {
    let mut done = 0;
    while done < times {
        rt::yield_now().await;
        done += 1;
    }
    done
}

async fn spawn_yielders(tasks: u64, yields: u64) -> (Duration, u64) {
    let mut joins = Vec::with_capacity(tasks as usize);
    let mut sum = 0;
    let start = Instant::now();
    for _ in 0..tasks {
        joins.push(rt::spawn(yield_often(yields)));
    }
    for join in &mut joins {
        sum += join.await;
    }
    (start.elapsed(), sum)
}

impl Workload<rt::Runtime> for YieldStorm {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_yield", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let total = self.tasks * self.yields;
        let (time, sum) = host.runtime().run(spawn_yielders(self.tasks, self.yields));
        sample.metric("ns_per_yield", host::per(time, total));
        sample.check("yields", total, sum);
    }
}
