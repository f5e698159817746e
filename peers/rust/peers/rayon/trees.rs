//! fib, uts and skynet: recursion by `join`, which is rayon's fork and join.

use crate::pool::Pool;
use rota_peer::fib::{fibonacci, leaf, FibResult};
use rota_peer::skynet::{self, Sum, FAN_OUT};
use rota_peer::tree::{self, Counts, Node, KNOWN};
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::ops::Add;
use std::time::{Duration, Instant};

pub const ALL: &[Entry<Pool>] = &[
    Entry { name: "fib", read: read_fib },
    Entry { name: "uts", read: read_uts },
    Entry { name: "skynet", read: read_skynet },
];

type Read = Result<Box<dyn Workload<Pool>>, Refusal>;

fn read_fib(settings: &mut Settings) -> Read {
    settings.any_body()?;
    settings.choice("forks", &[("one", ())])?; // `join` runs one of the two calls itself
    Ok(Box::new(Fib { n: settings.natural("n", 20, 0, 50)? }))
}

fn read_uts(settings: &mut Settings) -> Read {
    tree::read_settings(settings)?;
    Ok(Box::new(Uts))
}

fn read_skynet(settings: &mut Settings) -> Read {
    Ok(Box::new(Skynet { leaves: skynet::read_leaves(settings)? }))
}

fn timed<T: Send>(pool: &Pool, compute: impl FnOnce() -> T + Send) -> (Duration, T) {
    pool.0.install(|| {
        let start = Instant::now();
        let result = compute();
        (start.elapsed(), result)
    })
}

/// Adds up what `visit` finds for each number of a range, which is halved until one is left.
fn fork_all<T: Add<Output = T> + Send>(begin: u64, end: u64, visit: &(impl Fn(u64) -> T + Sync)) -> T {
    if end - begin == 1 {
        return visit(begin);
    }
    let middle = begin + (end - begin) / 2;
    let (left, right) = rayon::join(|| fork_all(begin, middle, visit), || fork_all(middle, end, visit));
    left + right
}

struct Fib {
    n: u64,
}

fn fib(n: u64) -> FibResult {
    if n < 2 {
        return leaf(n);
    }
    let (left, right) = rayon::join(|| fib(n - 1), || fib(n - 2));
    left + right
}

impl Workload<Pool> for Fib {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_call", unit: "ns" }, Metric { name: "wall", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<Pool>, sample: &mut Sample) {
        let n = self.n;
        let (time, result) = timed(host.runtime(), || fib(n));
        let calls = 2 * fibonacci(n + 1) - 1;
        sample.metric("ns_per_call", host::per(time, calls));
        sample.metric("wall", host::ns(time));
        sample.check("fib", fibonacci(n), result.value);
        sample.check("calls", calls, result.calls);
    }
}

struct Uts;

fn visit(node: Node) -> Counts {
    let children = node.children();
    let counts = node.counts(children);
    if children == 0 {
        return counts;
    }
    counts + fork_all(0, children, &|number| visit(node.child(number)))
}

impl Workload<Pool> for Uts {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_node", unit: "ns" }, Metric { name: "wall", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<Pool>, sample: &mut Sample) {
        let (time, counts) = timed(host.runtime(), || visit(Node::root()));
        sample.metric("ns_per_node", host::per(time, KNOWN.nodes));
        sample.metric("wall", host::ns(time));
        counts.check(sample);
    }
}

struct Skynet {
    leaves: u64,
}

fn skynet(first: u64, leaves: u64) -> Sum {
    if leaves == 1 {
        return Sum::leaf(first);
    }
    let share = leaves / FAN_OUT;
    Sum::node() + fork_all(0, FAN_OUT, &|number| skynet(first + number * share, share))
}

impl Workload<Pool> for Skynet {
    fn metrics(&self) -> &'static [Metric] {
        skynet::METRICS
    }

    fn iterate(&mut self, host: &mut Host<Pool>, sample: &mut Sample) {
        let leaves = self.leaves;
        let (time, sum) = timed(host.runtime(), || skynet(0, leaves));
        sum.report(leaves, time, sample);
    }
}
