//! The lines of an answer, each flushed.

use crate::measure::{Check, Outcome};
use serde_json::{json, Value};
use std::io::Write;

fn line(value: &Value) {
    let mut out = std::io::stdout().lock();
    // Who does not listen any more will judge by what came.
    let _ = writeln!(out, "{value}").and_then(|()| out.flush());
}

pub fn start(runtime: &str, pinned: bool) {
    line(&json!({"kind": "start", "protocol": 1, "pid": std::process::id(), "pinned": pinned, "runtime": runtime}));
}

/// The answers that the request expects, as checks beside the workload's own.
pub fn add_expected(expect: &[(String, String)], checks: &mut Vec<Check>) {
    let own = checks.len();
    for (name, expected) in expect {
        let got = match checks[..own].iter().find(|check| check.name == *name) {
            Some(check) => check.got.clone(),
            None if own == 0 => "no such check: there are none".into(),
            None => {
                let names: Vec<&str> = checks[..own].iter().map(|check| check.name.as_str()).collect();
                format!("no such check: there are {}", names.join(", "))
            }
        };
        checks.push(Check { name: name.clone(), expected: expected.clone(), got });
    }
}

/// False if an answer is wrong.
pub fn outcome(outcome: &Outcome) -> bool {
    for m in &outcome.measurements {
        line(&json!({"kind": "metric", "metric": m.metric, "unit": m.unit, "value": m.value,
                     "iterations": m.iterations}));
    }
    for check in &outcome.checks {
        line(&json!({"kind": "check", "name": check.name, "expected": check.expected, "got": check.got,
                     "ok": check.ok()}));
    }
    let right = outcome.checks.iter().all(Check::ok);
    line(&json!({"kind": "end", "status": if right { "ok" } else { "wrong" }}));
    right
}
