//! startup: how long it takes until a runtime has done nothing. Within a program: start, one empty task, end. And of a
//! whole program: from its start to its exit, which is asked for by the cell protocol (with probe = true).

use crate::{host, probe, Host, Metric, Refusal, Runtime, Sample, Settings, Workload};
use std::time::{Duration, Instant};

pub const NAME: &str = "startup";

pub fn read<R: Runtime>(settings: &mut Settings, peer: &'static str) -> Result<Box<dyn Workload<R>>, Refusal> {
    let (probe, program) = (settings.flag("probe", false)?, settings.text("program", "")?);
    Ok(Box::new(Startup { peer, probe, program }))
}

struct Startup {
    peer: &'static str,
    probe: bool,
    program: String,
}

/// One start and end of a runtime.
struct Started {
    to_first_task: Duration,
    whole: Duration,
}

fn start_and_stop<R: Runtime>(workers: usize) -> Started {
    let begin = Instant::now();
    let runtime = R::start(workers);
    let first = runtime.first_task();
    runtime.stop();
    Started { to_first_task: first - begin, whole: begin.elapsed() }
}

impl Startup {
    fn probe<R: Runtime>(&self, host: &Host<R>, sample: &mut Sample) {
        let started = start_and_stop::<R>(host.workers);
        let figures = [
            host::ns(started.whole),
            host::ns(started.whole),
            host::peak_resident_bytes() as f64,
            host::ns(started.to_first_task), // nothing comes before it but the reading of the request
        ];
        self.report(sample, figures);
    }

    fn start_program<R: Runtime>(&self, host: &Host<R>, sample: &mut Sample) {
        let here = R::RESTARTS.then(|| host::ns(start_and_stop::<R>(host.workers).whole));
        let begin = Instant::now();
        let end = probe::startup(&self.program, self.peer, host.workers).expect("the program to probe can be started");
        let program = host::ns(begin.elapsed());
        let runtime = here.or_else(|| end.metric("runtime"));
        let (rss, ready) = (end.metric("program_rss"), end.metric("ready"));
        self.report(sample, [program, runtime.unwrap_or(0.0), rss.unwrap_or(0.0), ready.unwrap_or(0.0)]);
        sample.check("exit", 0, end.status);
        sample.check("reported", 2, [rss, ready].iter().flatten().count() as u64);
    }

    fn report(&self, sample: &mut Sample, figures: [f64; 4]) {
        sample.check("tasks", 1, 1); // start_and_stop returned, so its task ran
        for (metric, value) in METRICS.iter().zip(figures) {
            sample.metric(metric.name, value);
        }
    }
}

const METRICS: &[Metric] = &[
    Metric { name: "program", unit: "ns" },
    Metric { name: "runtime", unit: "ns" },
    Metric { name: "program_rss", unit: "bytes" },
    Metric { name: "ready", unit: "ns" },
];

impl<R: Runtime> Workload<R> for Startup {
    fn metrics(&self) -> &'static [Metric] {
        METRICS
    }

    fn once(&self) -> bool {
        self.probe
    }

    fn iterate(&mut self, host: &mut Host<R>, sample: &mut Sample) {
        if self.probe {
            self.probe(host, sample);
        } else {
            self.start_program(host, sample);
        }
    }
}
