//! Each program, asked by the cell protocol: that it answers every workload it has rightly, and what it refuses.

use serde_json::{json, Value};
use std::io::Write;
use std::process::{Command, Output, Stdio};

const PEERS: [(&str, &str); 6] = [
    ("tokio", env!("CARGO_BIN_EXE_rota-peer-tokio")),
    ("tokio-current", env!("CARGO_BIN_EXE_rota-peer-tokio-current")),
    ("async-std", env!("CARGO_BIN_EXE_rota-peer-async-std")),
    ("smol", env!("CARGO_BIN_EXE_rota-peer-smol")),
    ("local-pool", env!("CARGO_BIN_EXE_rota-peer-local-pool")),
    ("rayon", env!("CARGO_BIN_EXE_rota-peer-rayon")),
];

fn small() -> Vec<(&'static str, Value)> {
    vec![
        ("spawn-join", json!({"tasks": 100})),
        ("sleep-storm", json!({"tasks": 50})),
        ("yield", json!({"tasks": 10, "yields": 20})),
        ("ping-pong", json!({"pairs": 3, "rounds": 50})),
        ("ping-pong", json!({"pairs": 3, "rounds": 50, "via": "channel"})),
        ("chained-spawn", json!({"depth": 100})),
        ("remote-spawn", json!({"tasks": 100})),
        ("remote-spawn", json!({"tasks": 100, "busy": true})),
        ("wake-latency", json!({"wakes": 20})),
        ("wake-latency", json!({"wakes": 20, "how": "task"})),
        ("wake-latency", json!({"wakes": 20, "how": "busy"})),
        ("memory", json!({"tasks": 1000})),
        ("memory", json!({"tasks": 1000, "on": "nothing"})),
        ("startup", json!({})),
        ("fib", json!({"n": 15})),
        ("uts", json!({"tree": "mix", "split": "fork"})),
        ("skynet", json!({"leaves": 1000})),
        ("thread-ring", json!({"tasks": 10, "hops": 105})),
    ]
}

fn speaks(peer: &str, workload: &str, with: &Value) -> bool {
    match peer {
        "rayon" if with["busy"] == true => false,
        "local-pool" => workload != "remote-spawn",
        "rayon" => {
            ["spawn-join", "chained-spawn", "remote-spawn", "startup", "fib", "uts", "skynet"].contains(&workload)
        }
        _ => true,
    }
}

fn request(peer: &str, workload: &str, with: &Value, workers: u64) -> Value {
    json!({"protocol": 1, "experiment": "tests", "policy": {"label": peer, "use": format!("peer:{peer}"), "with": {}},
           "workload": {"label": workload, "use": workload, "with": with}, "world": "real", "workers": workers,
           "placement": "none", "repetition": 0, "seed": 0, "min_time": "1ms", "max_iterations": 2, "runtime": {},
           "expect": {}})
}

fn answer(program: &str, request: &Value) -> Output {
    let piped = || Stdio::piped();
    let mut child = Command::new(program).stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("it starts");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(request.to_string().as_bytes()).expect("it reads");
    drop(input);
    child.wait_with_output().expect("it ends")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn each_peer_answers_each_workload_rightly() {
    for (peer, program) in PEERS {
        let workers = if peer == "local-pool" || peer == "tokio-current" { 1 } else { 2 };
        for (workload, with) in small().iter().filter(|(workload, with)| speaks(peer, workload, with)) {
            let output = answer(program, &request(peer, workload, with, workers));
            let lines = lines(&output);
            let about = format!("{peer} {workload} {with}: {}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(output.status.code(), Some(0), "{about}");
            assert_eq!((&lines[0]["kind"], &lines[0]["protocol"]), (&json!("start"), &json!(1)), "{about}");
            assert!(lines.iter().any(|line| line["kind"] == "check"), "{about}");
            assert!(lines.iter().filter(|line| line["kind"] == "metric").all(|line| line["value"].is_f64()), "{about}");
            assert_eq!(lines.last().expect("there are lines"), &json!({"kind": "end", "status": "ok"}), "{about}");
        }
    }
}

#[test]
fn each_peer_refuses_what_it_does_not_speak_in_one_line() {
    for (peer, program) in PEERS {
        let refused = [
            request(peer, "chess", &json!({}), 1),
            request(peer, "spawn-join", &json!({"colour": "red"}), 1),
            request(peer, "spawn-join", &json!({"tasks": "many"}), 1),
            request(peer, "uts", &json!({"tree": "T1", "split": "fork"}), 1),
            request(peer, "uts", &json!({"tree": "mix", "split": "chunk"}), 1),
            request(peer, "skynet", &json!({"leaves": 50}), 1),
            request("abacus", "spawn-join", &json!({}), 1),
            json!({"protocol": 1}),
        ];
        for request in &refused {
            let output = answer(program, request);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{peer} {request}");
            assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1, "{peer} {request}");
        }
    }
}

#[test]
fn a_runtime_of_one_thread_refuses_two_workers() {
    for (peer, program) in PEERS.iter().filter(|(peer, _)| ["local-pool", "tokio-current"].contains(peer)) {
        let output = answer(program, &request(peer, "spawn-join", &json!({"tasks": 10}), 2));
        assert_eq!(output.status.code(), Some(2), "{peer}");
    }
}

#[test]
fn futures_refuse_to_be_fibers() {
    for (peer, program) in PEERS.iter().filter(|(peer, _)| *peer != "rayon") {
        for workload in ["spawn-join", "yield", "ping-pong", "memory", "sleep-storm", "fib"] {
            let output = answer(program, &request(peer, workload, &json!({"body": "fiber"}), 1));
            assert_eq!(output.status.code(), Some(2), "{peer} {workload}");
        }
    }
}

#[test]
fn a_wrong_answer_is_said_and_is_the_exit_status() {
    for (peer, program) in PEERS {
        let mut request = request(peer, "spawn-join", &json!({"tasks": 10}), 1);
        request["expect"] = json!({"tasks": "11"});
        let output = answer(program, &request);
        assert_eq!(output.status.code(), Some(1), "{peer}");
        let lines = lines(&output);
        assert_eq!(lines.last().expect("there are lines"), &json!({"kind": "end", "status": "wrong"}), "{peer}");
    }
}
