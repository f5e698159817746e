//! The peer tokio-current: Tokio's runtime of the calling thread.

mod rt;
#[path = "../../tasks/spawning.rs"]
mod spawning;
#[path = "../../tasks/mod.rs"]
mod tasks;

fn main() -> std::process::ExitCode {
    rota_peer::run(&rota_peer::Peer {
        name: "tokio-current",
        runtime: "tokio",
        version: option_env!("ROTA_VERSION_TOKIO_CURRENT"),
        most_workers: 1,
        workloads: &[tasks::SHARED, spawning::ALL],
    })
}
