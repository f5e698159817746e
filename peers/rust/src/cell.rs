//! One cell, from the request on standard input to the exit status.

use crate::measure::Plan;
use crate::request::Request;
use crate::{answer, host, measure, startup, Entry, Host, Refusal, Runtime, Settings, Workload};
use std::io::Read;
use std::process::ExitCode;

/// What a program says about itself.
pub struct Peer<R: 'static> {
    /// As definitions call it, without `peer:`.
    pub name: &'static str,
    /// What the start line calls its runtime.
    pub runtime: &'static str,
    /// Of the package it was built from; the build gives it.
    pub version: Option<&'static str>,
    /// 1 for a runtime that has one thread.
    pub most_workers: usize,
    /// Beside `startup`, which all have.
    pub workloads: &'static [&'static [Entry<R>]],
}

/// What a program's `main` calls, and all that it does. Exit status: 0 measured, 1 a wrong answer, 2 the request is
/// refused.
pub fn run<R: Runtime>(peer: &Peer<R>) -> ExitCode {
    match measure(peer) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Refusal(why)) => {
            eprintln!("rota-peer-{}: {}", peer.name, why.replace('\n', " "));
            ExitCode::from(2)
        }
    }
}

fn measure<R: Runtime>(peer: &Peer<R>) -> Result<bool, Refusal> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| Refusal(format!("request: {error}")))?;
    let request = Request::parse(&text)?;
    check_policy(peer, &request)?;
    let mut workload = read_workload(peer, &request)?;

    let allowed = host::allowed_cpus();
    answer::start(
        &format!("{} {}", peer.runtime, peer.version.unwrap_or("of unknown version")),
        allowed <= request.workers,
    );
    let plan = Plan { metrics: workload.metrics(), percentiles: workload.percentiles(), once: workload.once() };
    let mut host = Host::new(request.workers);
    let mut outcome = measure::run(&plan, &request.effort, &mut |sample| workload.iterate(&mut host, sample));
    answer::add_expected(&request.expect, &mut outcome.checks);
    Ok(answer::outcome(&outcome))
}

fn check_policy<R>(peer: &Peer<R>, request: &Request) -> Result<(), Refusal> {
    if request.policy.strip_prefix("peer:").unwrap_or(&request.policy) != peer.name {
        return Err(Refusal(format!("request.policy.use: expected peer:{}, got {:?}", peer.name, request.policy)));
    }
    if request.workers > peer.most_workers {
        return Err(Refusal(format!(
            "request.workers: expected at most {}, got {}",
            peer.most_workers, request.workers
        )));
    }
    Ok(())
}

fn read_workload<R: Runtime>(peer: &Peer<R>, request: &Request) -> Result<Box<dyn Workload<R>>, Refusal> {
    let mut settings = Settings::new("request.workload.with", request.with.clone());
    let entries = || peer.workloads.iter().copied().flatten();
    let workload = if request.workload == startup::NAME {
        startup::read(&mut settings, peer.name)
    } else if let Some(entry) = entries().find(|entry| entry.name == request.workload) {
        (entry.read)(&mut settings)
    } else {
        let names: Vec<&str> = entries().map(|entry| entry.name).collect();
        let expected = format!("one of {}, {}", names.join(", "), startup::NAME);
        Err(Refusal(format!("request.workload.use: expected {expected}, got {:?}", request.workload)))
    }?;
    settings.end()?;
    Ok(workload)
}
