//! Tests of the harness: what is measured is made up here.

use crate::answer::add_expected;
use crate::measure::{self, median, quantile, Check, Effort, Metric, Outcome, Percentile, Plan};
use crate::request::Request;
use crate::settings::{parse_duration, Settings};
use crate::tree::{Counts, Node, KNOWN};
use crate::{fib, host, Sample};
use serde_json::{json, Value};
use std::time::{Duration, Instant};

const ONE: &[Metric] = &[Metric { name: "cost", unit: "ns" }];

/// Iterations whose figures are these, one after the other, and 1 from then on.
fn measured(figures: &[f64], max_iterations: u64, once: bool) -> (Outcome, usize) {
    let mut count = 0;
    let plan = Plan { metrics: ONE, percentiles: &[], once };
    let effort = Effort { min_time: Duration::from_secs(3600), max_iterations };
    let outcome = measure::run(&plan, &effort, &mut |sample| {
        sample.metric("cost", figures.get(count).copied().unwrap_or(1.0));
        count += 1;
    });
    (outcome, count)
}

fn value(outcome: &Outcome, name: &str) -> f64 {
    outcome.measurements.iter().find(|m| m.metric == name).expect("it was measured").value
}

#[test]
fn warm_up_ends_when_four_figures_agree() {
    let (outcome, count) = measured(&[900.0, 100.0, 50.0, 10.0, 10.5, 10.0, 9.8], 10, false);
    assert_eq!(count, 7 + 10);
    assert_eq!((value(&outcome, "cost"), value(&outcome, "warm")), (1.0, 1.0));
}

#[test]
fn warm_up_that_never_agrees_ends_after_thirty_and_says_so() {
    let figures: Vec<f64> = (0..30).map(|i| if i % 2 == 0 { 1.0 } else { 2.0 }).collect();
    let (outcome, count) = measured(&figures, 50, false);
    assert_eq!((count, value(&outcome, "warm")), (30 + 50, 0.0));
}

#[test]
fn one_iteration_is_all_of_what_happens_once() {
    let (outcome, count) = measured(&[7.0], 50, true);
    assert_eq!((count, value(&outcome, "cost"), outcome.measurements.len()), (1, 7.0, 1));
}

#[test]
fn a_figure_is_the_median_of_what_was_measured() {
    assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
}

#[test]
fn a_quantile_is_one_of_the_values_and_exact() {
    let mut values: Vec<i64> = (1..=1000).rev().collect();
    assert_eq!(quantile(&mut values, 0.5), 500.0);
    assert_eq!(quantile(&mut values, 0.99), 990.0);
    assert_eq!(quantile(&mut values, 1.0), 1000.0);
    assert_eq!(quantile(&mut [42], 0.0), 42.0);
}

#[test]
fn percentiles_leave_out_the_warm_up() {
    const P100: &[Percentile] = &[Percentile { metric: Metric { name: "most", unit: "ns" }, quantile: 1.0 }];
    let mut count = 0;
    let plan = Plan { metrics: ONE, percentiles: P100, once: false };
    let effort = Effort { min_time: Duration::from_secs(3600), max_iterations: 5 };
    let outcome = measure::run(&plan, &effort, &mut |sample: &mut Sample| {
        count += 1;
        sample.metric("cost", 1.0);
        sample.latencies(&[if count <= 4 { 1_000_000 } else { count }]);
    });
    assert_eq!(value(&outcome, "most"), 9.0);
}

#[test]
fn the_first_wrong_answer_is_kept_and_ends_the_measurement() {
    let mut count = 0;
    let plan = Plan { metrics: ONE, percentiles: &[], once: false };
    let effort = Effort { min_time: Duration::from_secs(3600), max_iterations: 100 };
    let outcome = measure::run(&plan, &effort, &mut |sample: &mut Sample| {
        count += 1;
        sample.metric("cost", 1.0);
        sample.check("tasks", 10, if count < 6 { 10 } else { 20 + count });
    });
    assert_eq!(count, 6);
    assert_eq!(outcome.checks, [Check { name: "tasks".into(), expected: "10".into(), got: "26".into() }]);
}

#[test]
fn an_expected_answer_is_compared_with_the_workloads_own() {
    let mut checks = vec![Check { name: "tasks".into(), expected: "10".into(), got: "10".into() }];
    let expect = [("tasks".to_owned(), "10".to_owned()), ("leaves".to_owned(), "3".to_owned())];
    add_expected(&expect, &mut checks);
    assert!(checks[1].ok());
    assert!(!checks[2].ok() && checks[2].got == "no such check: there are tasks");
}

fn request() -> Value {
    json!({"protocol": 1, "experiment": "e", "policy": {"label": "p", "use": "peer:tokio", "with": {}},
           "workload": {"label": "w", "use": "yield", "with": {"tasks": 3}}, "world": "real", "machine_name": "",
           "machine": "", "workers": 2, "placement": "compact", "repetition": 0, "seed": 1, "min_time": "20ms",
           "max_iterations": 5, "runtime": {"spin": 10}, "expect": {"yields": "3"}})
}

#[test]
fn a_request_is_read_whole() {
    let read = Request::parse(&request().to_string()).expect("it is right");
    assert_eq!((read.policy.as_str(), read.workload.as_str(), read.workers), ("peer:tokio", "yield", 2));
    assert_eq!((read.effort.min_time, read.effort.max_iterations), (Duration::from_millis(20), 5));
    assert_eq!(read.expect, [("yields".to_owned(), "3".to_owned())]);
}

#[test]
fn a_request_that_is_not_right_is_refused_with_its_key() {
    let wrong = [
        ("protocol", json!(2), "request.protocol: expected 1, got 2"),
        ("world", json!("sim"), "request.world: expected \"real\": a peer measures real threads, got \"sim\""),
        ("workers", json!(0), "request.workers: expected an integer from 1 to 1024, got 0"),
        ("min_time", json!("soon"), "request.min_time: expected a duration such as \"100ms\", got \"soon\""),
        ("colour", json!("red"), "request.colour: there is no such key"),
        ("workload", json!("yield"), "request.workload: expected an object, got \"yield\""),
    ];
    for (key, value, sentence) in wrong {
        let mut request = request();
        request[key] = value;
        assert_eq!(Request::parse(&request.to_string()).err().expect("it is wrong").0, sentence);
    }
    assert!(Request::parse("{").is_err());
}

fn settings(values: Value) -> Settings {
    Settings::new("with", values.as_object().expect("an object").clone())
}

#[test]
fn settings_have_defaults_types_and_ranges() {
    let mut read = settings(json!({"tasks": 5, "delay": "1.5ms", "via": "channel"}));
    assert_eq!(read.natural("tasks", 1, 1, 10), Ok(5));
    assert_eq!(read.natural("rounds", 7, 1, 10), Ok(7));
    assert_eq!(read.choice("via", &[("event", 0), ("channel", 1)]), Ok(1));
    let delay = read.duration("delay", Duration::ZERO, Duration::ZERO, Duration::from_secs(1));
    assert_eq!(delay, Ok(Duration::from_micros(1500)));
    assert_eq!(read.end(), Ok(()));
}

#[test]
fn settings_that_do_not_fit_are_refused() {
    let mut read = settings(json!({"tasks": 0, "rounds": 2.5, "busy": 1, "via": "mail", "colour": "red"}));
    let sentence = read.natural("tasks", 1, 1, 10).expect_err("too few").0;
    assert_eq!(sentence, "with.tasks: expected an integer from 1 to 10, got 0");
    assert!(read.natural("rounds", 1, 1, 10).is_err());
    assert!(read.flag("busy", false).is_err());
    let sentence = read.choice("via", &[("event", 0), ("channel", 1)]).expect_err("neither").0;
    assert_eq!(sentence, "with.via: expected one of event, channel, got \"mail\"");
    let sentence = read.end().expect_err("nobody took it").0;
    assert_eq!(sentence, "with.colour: there is no such setting; there are: tasks, rounds, busy, via");
}

#[test]
fn durations_are_read_as_definitions_write_them() {
    let read = ["250ns", "100us", "2ms", "1.5s", "3min", "2h"].map(|text| parse_duration(text).expect("it is one"));
    assert_eq!(
        read.map(|d| d.as_nanos()),
        [250, 100_000, 2_000_000, 1_500_000_000, 180_000_000_000, 7_200_000_000_000]
    );
    assert!(["", "5", "us", "-1s", "1 day", "1e999s"].iter().all(|text| parse_duration(text).is_none()));
}

#[test]
fn the_tree_has_the_known_nodes_leaves_and_depth() {
    let mut counts = Counts::default();
    let mut left = vec![Node::root()];
    while let Some(node) = left.pop() {
        let children = node.children();
        counts = counts + node.counts(children);
        left.extend((0..children).map(|number| node.child(number)));
    }
    assert_eq!(counts, KNOWN);
}

#[test]
fn fibonacci_numbers_are_right() {
    assert_eq!([0, 1, 2, 10, 32].map(fib::fibonacci), [0, 1, 1, 55, 2_178_309]);
}

#[test]
fn a_time_before_another_is_a_negative_distance() {
    let now = Instant::now();
    let later = now + Duration::from_nanos(70);
    assert_eq!((host::nanoseconds(now, later), host::nanoseconds(later, now)), (70, -70));
}

#[test]
fn memory_in_use_is_at_most_its_peak() {
    assert!(host::resident_bytes() > 0 && host::resident_bytes() <= host::peak_resident_bytes());
}
