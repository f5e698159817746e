//! wake-latency: from the call that wakes a parked task to that task's first instruction, one wake at a time.
//!
//! Who wakes and who is woken share two events: one for the wake, one for the answer, which the woken task gives before
//! it parks again. A foreign thread cannot wait for that event, so the answer is also a number that it can look at.

use crate::rt;
use rota_peer::{host, Entry, Host, Metric, Percentile, Refusal, Sample, Settings, Workload};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "wake-latency", read };

#[derive(Clone, Copy)]
enum How {
    Foreign,
    Task,
    Busy,
}

struct WakeLatency {
    how: How,
    wakes: u64,
    pause: Duration,
    busy: Duration,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    let (us, most) = (Duration::from_micros, Duration::from_secs(10));
    Ok(Box::new(WakeLatency {
        how: settings.choice("how", &[("foreign", How::Foreign), ("task", How::Task), ("busy", How::Busy)])?,
        wakes: settings.natural("wakes", 500, 1, 100_000_000)?,
        pause: settings.duration("pause", us(200), us(1), most)?,
        busy: settings.duration("busy", us(100), Duration::from_nanos(1), most)?,
    }))
}

#[repr(align(128))]
struct Pair {
    wake: rt::Event,
    answer: rt::Event,
    begin: Instant,
    sent: AtomicU64,   // when the last wake began, in nanoseconds after `begin`; written before the wake
    number: AtomicU64, // of the last wake, from 1; likewise
    answered: AtomicU64, // how many wakes the woken task is ready for
}

impl Pair {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            wake: rt::Event::default(),
            answer: rt::Event::default(),
            begin: Instant::now(),
            sent: AtomicU64::new(0),
            number: AtomicU64::new(0),
            answered: AtomicU64::new(0),
        })
    }

    fn now(&self) -> u64 {
        self.begin.elapsed().as_nanos() as u64
    }

    /// Returns the time that the call takes.
    fn wake_once(&self) -> i64 {
        self.number.store(self.number.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        let sent = self.now();
        self.sent.store(sent, Ordering::Relaxed);
        self.wake.set();
        (self.now() - sent) as i64
    }
}

struct Woken {
    latencies: Vec<i64>,
    right: u64, // wakes that came one by one and in order
}

async fn be_woken(pair: Arc<Pair>, wakes: u64) -> Woken {
    let mut woken = Woken { latencies: Vec::with_capacity(wakes as usize), right: 0 };
    for number in 1..=wakes {
        pair.answered.store(number, Ordering::Release);
        pair.answer.set();
        pair.wake.wait().await;
        let now = pair.now();
        woken.latencies.push(now as i64 - pair.sent.load(Ordering::Relaxed) as i64);
        woken.right += u64::from(pair.number.load(Ordering::Relaxed) == number);
    }
    woken
}

async fn wake_by_task(wakes: u64, busy: Duration) -> (Woken, Vec<i64>) {
    let pair = Pair::new();
    let mut calls = Vec::with_capacity(wakes as usize);
    let woken = rt::spawn(be_woken(pair.clone(), wakes));
    for _ in 0..wakes {
        pair.answer.wait().await;
        calls.push(pair.wake_once());
        host::stay_busy(busy);
    }
    (woken.await, calls)
}

fn wake_from_outside(runtime: &rt::Runtime, wakes: u64, pause: Duration) -> (Woken, Vec<i64>) {
    let pair = Pair::new();
    runtime.beside(be_woken(pair.clone(), wakes), move || {
        let wake = |number| {
            std::thread::sleep(pause);
            while pair.answered.load(Ordering::Acquire) < number {
                std::thread::sleep(pause);
            }
            pair.wake_once()
        };
        (1..=wakes).map(wake).collect()
    })
}

impl Workload<rt::Runtime> for WakeLatency {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "wake_p50", unit: "ns" }, Metric { name: "call_p50", unit: "ns" }]
    }

    fn percentiles(&self) -> &'static [Percentile] {
        &[Percentile { metric: Metric { name: "wake_p99", unit: "ns" }, quantile: 0.99 }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let runtime = host.runtime();
        let (mut woken, mut calls) = match self.how {
            How::Foreign => wake_from_outside(runtime, self.wakes, self.pause),
            How::Task => runtime.run(wake_by_task(self.wakes, Duration::ZERO)),
            How::Busy => runtime.run(wake_by_task(self.wakes, self.busy)),
        };
        sample.latencies(&woken.latencies);
        sample.metric("wake_p50", rota_peer::quantile(&mut woken.latencies, 0.5));
        sample.metric("call_p50", rota_peer::quantile(&mut calls, 0.5));
        sample.check("wakes", self.wakes, woken.right);
    }
}
