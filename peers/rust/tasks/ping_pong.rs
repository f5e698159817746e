//! ping-pong: pairs of tasks that wake each other in turn. Nothing but wakes.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "ping-pong", read };

#[derive(Clone, Copy)]
enum Via {
    Event,
    Channel,
}

struct PingPong {
    pairs: u64,
    rounds: u64,
    via: Via,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    settings.coroutine_body()?;
    Ok(Box::new(PingPong {
        pairs: settings.natural("pairs", 1, 1, 1_000_000)?,
        rounds: settings.natural("rounds", 10_000, 1, 100_000_000_000)?,
        via: settings.choice("via", &[("event", Via::Event), ("channel", Via::Channel)])?,
    }))
}

#[derive(Default)]
#[repr(align(128))] // not in one line with its neighbour's
struct Pair {
    ping: rt::Event,
    pong: rt::Event,
}

async fn play_ping(pair: Arc<Pair>, rounds: u64) -> u64 {
    let mut messages = 0;
    for _ in 0..rounds {
        pair.ping.wait().await;
        messages += 1;
        pair.pong.set();
    }
    messages
}

async fn play_pong(pair: Arc<Pair>, rounds: u64) -> u64 {
    let mut messages = 0;
    for _ in 0..rounds {
        pair.pong.wait().await;
        messages += 1;
        pair.ping.set();
    }
    messages
}

async fn play_events(pairs: u64, rounds: u64) -> (Duration, u64) {
    let mut joins = Vec::with_capacity(2 * pairs as usize);
    let all: Vec<Arc<Pair>> = (0..pairs).map(|_| Arc::default()).collect();
    for pair in &all {
        joins.push(rt::spawn(play_ping(pair.clone(), rounds)));
        joins.push(rt::spawn(play_pong(pair.clone(), rounds)));
    }
    let start = Instant::now();
    all.iter().for_each(|pair| pair.ping.set());
    join_players(start, joins).await
}

async fn play_channel(mut mine: rt::Receiver, mut theirs: rt::Sender, rounds: u64) -> u64 {
    let mut messages = 0;
    for _ in 0..rounds {
        rt::receive(&mut mine).await;
        messages += 1;
        rt::send(&mut theirs);
    }
    messages
}

async fn play_channels(pairs: u64, rounds: u64) -> (Duration, u64) {
    let mut joins = Vec::with_capacity(2 * pairs as usize);
    let mut pings = Vec::with_capacity(pairs as usize);
    for _ in 0..pairs {
        let (ping, pinged) = rt::channel();
        let (pong, ponged) = rt::channel();
        joins.push(rt::spawn(play_channel(pinged, pong, rounds)));
        joins.push(rt::spawn(play_channel(ponged, ping.clone(), rounds)));
        pings.push(ping);
    }
    let start = Instant::now();
    pings.iter_mut().for_each(rt::send);
    join_players(start, joins).await
}

async fn join_players(start: Instant, mut joins: Vec<rt::Join<u64>>) -> (Duration, u64) {
    let mut messages = 0;
    for join in &mut joins {
        messages += join.await;
    }
    (start.elapsed(), messages)
}

impl Workload<rt::Runtime> for PingPong {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_round", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (time, messages) = match self.via {
            Via::Event => host.runtime().run(play_events(self.pairs, self.rounds)),
            Via::Channel => host.runtime().run(play_channels(self.pairs, self.rounds)),
        };
        sample.metric("ns_per_round", host::per(time, self.pairs * self.rounds));
        sample.check("messages", 2 * self.pairs * self.rounds, messages);
    }
}
