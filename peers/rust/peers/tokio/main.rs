//! The peer tokio: Tokio's runtime of many threads.

mod rt;
#[path = "../../tasks/spawning.rs"]
mod spawning;
#[path = "../../tasks/mod.rs"]
mod tasks;

fn main() -> std::process::ExitCode {
    rota_peer::run(&rota_peer::Peer {
        name: "tokio",
        runtime: "tokio",
        version: option_env!("ROTA_VERSION_TOKIO"),
        most_workers: usize::MAX,
        workloads: &[tasks::SHARED, spawning::ALL],
    })
}
