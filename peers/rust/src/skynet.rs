//! What is known of the workload skynet.

use crate::{host, Metric, Refusal, Sample, Settings};
use std::ops::Add;
use std::time::Duration;

pub const FAN_OUT: u64 = 10;

pub const METRICS: &[Metric] = &[Metric { name: "ns_per_task", unit: "ns" }, Metric { name: "wall", unit: "ns" }];

/// The numbers of the leaves below a node, and how many nodes there were, itself included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    numbers: u64,
    nodes: u64,
}

impl Sum {
    #[must_use]
    pub const fn leaf(number: u64) -> Self {
        Self { numbers: number, nodes: 1 }
    }

    /// An inner node, before its children are added.
    #[must_use]
    pub const fn node() -> Self {
        Self { numbers: 0, nodes: 1 }
    }

    pub fn report(self, leaves: u64, time: Duration, sample: &mut Sample) {
        let tasks = (FAN_OUT * leaves - 1) / (FAN_OUT - 1);
        sample.metric("ns_per_task", host::per(time, tasks));
        sample.metric("wall", host::ns(time));
        sample.check("sum", leaves * (leaves - 1) / 2, self.numbers);
        sample.check("tasks", tasks, self.nodes);
    }
}

impl Add for Sum {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { numbers: self.numbers + other.numbers, nodes: self.nodes + other.nodes }
    }
}

pub fn read_leaves(settings: &mut Settings) -> Result<u64, Refusal> {
    let leaves = settings.natural("leaves", 100_000, 1, 100_000_000)?;
    let mut rest = leaves;
    while rest % FAN_OUT == 0 {
        rest /= FAN_OUT;
    }
    if rest == 1 {
        Ok(leaves)
    } else {
        Err(settings.unfit("leaves", "a power of ten", &leaves.to_string()))
    }
}
