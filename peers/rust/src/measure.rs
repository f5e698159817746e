//! Warming up, repeating and summarising, as `workloads/measure.cpp` does.

use crate::sample::{Answer, Sample};
use std::time::{Duration, Instant};

const WARM_WINDOW: usize = 4; // iterations that must agree …
const WARM_SPREAD: f64 = 0.10; // … so that (largest - smallest) / median is at most this
const WARM_MOST: u64 = 30; // warm-up iterations at most; and at most min_time, and max_iterations

pub struct Metric {
    pub name: &'static str,
    pub unit: &'static str,
}

/// A metric that is a quantile (0 to 1) of the raw latencies of all measured iterations.
pub struct Percentile {
    pub metric: Metric,
    pub quantile: f64,
}

pub struct Effort {
    pub min_time: Duration,
    pub max_iterations: u64,
}

pub struct Plan {
    pub metrics: &'static [Metric],
    pub percentiles: &'static [Percentile],
    pub once: bool,
}

#[derive(Debug, PartialEq)]
pub struct Measurement {
    pub metric: &'static str,
    pub unit: &'static str,
    pub value: f64,
    pub iterations: u64,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    pub name: String,
    pub expected: String,
    pub got: String,
}

impl Check {
    pub fn ok(&self) -> bool {
        self.expected == self.got
    }
}

pub struct Outcome {
    pub measurements: Vec<Measurement>,
    pub checks: Vec<Check>,
}

pub fn run(plan: &Plan, effort: &Effort, iterate: &mut dyn FnMut(&mut Sample)) -> Outcome {
    let mut run = Run {
        plan,
        effort,
        iterate,
        most: effort.max_iterations.max(1),
        sample: Sample::default(),
        values: Vec::new(),
        checks: Vec::new(),
        iterations: 0,
        warm: false,
        right: true,
    };
    if !plan.once {
        run.warm_up();
    }
    run.repeat();
    run.outcome()
}

pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        (sorted[middle] + sorted[middle - 1]) / 2.0
    }
}

/// The smallest value that at least this share of all values does not exceed. Reorders them.
pub fn quantile(values: &mut [i64], share: f64) -> f64 {
    let rank = (share * values.len() as f64).ceil().clamp(1.0, values.len() as f64);
    *values.select_nth_unstable(rank as usize - 1).1 as f64
}

struct Run<'a> {
    plan: &'a Plan,
    effort: &'a Effort,
    iterate: &'a mut dyn FnMut(&mut Sample),
    most: u64,
    sample: Sample,
    values: Vec<Vec<f64>>, // for each metric, of each iteration
    checks: Vec<Check>,
    iterations: u64,
    warm: bool,
    right: bool,
}

impl Run<'_> {
    fn forget(&mut self) {
        self.values = self.plan.metrics.iter().map(|_| Vec::new()).collect();
        self.sample.latencies.clear();
    }

    fn warm_up(&mut self) {
        self.forget();
        let start = Instant::now();
        for _ in 0..WARM_MOST.min(self.most) {
            self.iterate();
            self.warm = self.steady();
            if !self.right || self.warm || start.elapsed() >= self.effort.min_time {
                break;
            }
        }
    }

    fn steady(&self) -> bool {
        let figures = &self.values[0];
        if figures.len() < WARM_WINDOW {
            return false;
        }
        let last = &figures[figures.len() - WARM_WINDOW..];
        let least = last.iter().copied().fold(f64::INFINITY, f64::min);
        let most = last.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        most - least <= WARM_SPREAD * median(last)
    }

    fn repeat(&mut self) {
        self.forget();
        let start = Instant::now();
        loop {
            self.iterate();
            self.iterations += 1;
            let enough = self.iterations >= self.most || start.elapsed() >= self.effort.min_time;
            if !self.right || self.plan.once || enough {
                break;
            }
        }
    }

    fn iterate(&mut self) {
        self.sample.next_iteration();
        (self.iterate)(&mut self.sample);
        for (name, value) in &self.sample.figures {
            let index = self.plan.metrics.iter().position(|metric| metric.name == *name);
            self.values[index.expect("a workload records only what it declares")].push(*value);
        }
        assert!(self.values.iter().all(|values| values.len() == self.values[0].len()), "a metric was left out");
        for answer in std::mem::take(&mut self.sample.answers) {
            self.keep(&answer);
        }
    }

    /// The first answer of each name stays, unless it is right and this one is wrong.
    fn keep(&mut self, answer: &Answer) {
        let check =
            Check { name: answer.name.into(), expected: answer.expected.to_string(), got: answer.got.to_string() };
        self.right &= check.ok();
        match self.checks.iter_mut().find(|other| other.name == check.name) {
            None => self.checks.push(check),
            Some(other) if other.ok() && !check.ok() => *other = check,
            Some(_) => {}
        }
    }

    fn outcome(mut self) -> Outcome {
        let iterations = self.iterations;
        let of = |metric: &Metric, value| Measurement { metric: metric.name, unit: metric.unit, value, iterations };
        let mut measurements: Vec<Measurement> =
            self.plan.metrics.iter().zip(&self.values).map(|(metric, values)| of(metric, median(values))).collect();
        for percentile in self.plan.percentiles {
            measurements.push(of(&percentile.metric, quantile(&mut self.sample.latencies, percentile.quantile)));
        }
        if !self.plan.once {
            measurements.push(of(&Metric { name: "warm", unit: "1" }, if self.warm { 1.0 } else { 0.0 }));
        }
        Outcome { measurements, checks: self.checks }
    }
}
