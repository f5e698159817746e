//! uts: Unbalanced Tree Search. A tree that nobody can foresee is counted: each node's children become tasks, but for
//! the last one, which its parent's task visits.

use crate::rt;
use rota_peer::tree::{Counts, Node, KNOWN};
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "uts", read };

struct Uts;

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    rota_peer::tree::read_settings(settings)?;
    Ok(Box::new(Uts))
}

async fn visit(node: Node) -> Counts {
    let children = node.children();
    let mut counts = node.counts(children);
    if children > 0 {
        let last = children - 1;
        let forked: Vec<_> = (0..last).map(|number| fork(node.child(number))).collect();
        counts = counts + call(node.child(last)).await;
        for other in forked {
            counts = counts + other.await;
        }
    }
    counts
}

fn fork(node: Node) -> rt::Join<Counts> {
    rt::spawn(visit(node))
}

fn call(node: Node) -> rt::Boxed<Counts> {
    Box::pin(visit(node))
}

async fn time_uts() -> (Duration, Counts) {
    let start = Instant::now();
    let counts = visit(Node::root()).await;
    (start.elapsed(), counts)
}

impl Workload<rt::Runtime> for Uts {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_node", unit: "ns" }, Metric { name: "wall", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (time, counts) = host.runtime().run(time_uts());
        sample.metric("ns_per_node", host::per(time, KNOWN.nodes));
        sample.metric("wall", host::ns(time));
        counts.check(sample);
    }
}
