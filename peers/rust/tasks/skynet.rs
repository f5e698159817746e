//! skynet: a tree of tasks with ten children each; the leaves are numbered and their numbers summed up on the way back.

use crate::rt;
use rota_peer::skynet::{self, Sum, FAN_OUT};
use rota_peer::{Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "skynet", read };

struct Skynet {
    leaves: u64,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    Ok(Box::new(Skynet { leaves: skynet::read_leaves(settings)? }))
}

/// Apart from the inner nodes, so that a leaf has no room for children.
async fn leaf(number: u64) -> Sum {
    Sum::leaf(number)
}

async fn node(first: u64, leaves: u64) -> Sum {
    if leaves == 1 {
        return Sum::leaf(first);
    }
    let share = leaves / FAN_OUT;
    let mut children: [_; FAN_OUT as usize] = std::array::from_fn(|number| fork(first + number as u64 * share, share));
    let mut sum = Sum::node();
    for child in &mut children {
        sum = sum + child.await;
    }
    sum
}

fn fork(first: u64, leaves: u64) -> rt::Join<Sum> {
    if leaves == 1 {
        rt::spawn(leaf(first))
    } else {
        rt::spawn(node(first, leaves))
    }
}

/// The top of the tree runs on this task.
async fn time_skynet(leaves: u64) -> (Duration, Sum) {
    let start = Instant::now();
    let sum = node(0, leaves).await;
    (start.elapsed(), sum)
}

impl Workload<rt::Runtime> for Skynet {
    fn metrics(&self) -> &'static [Metric] {
        skynet::METRICS
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (time, sum) = host.runtime().run(time_skynet(self.leaves));
        sum.report(self.leaves, time, sample);
    }
}
