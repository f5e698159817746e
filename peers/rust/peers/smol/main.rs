//! The peer smol: smol.

mod rt;
#[path = "../../tasks/spawning.rs"]
mod spawning;
#[path = "../../tasks/mod.rs"]
mod tasks;

fn main() -> std::process::ExitCode {
    rota_peer::run(&rota_peer::Peer {
        name: "smol",
        runtime: "smol",
        version: option_env!("ROTA_VERSION_SMOL"),
        most_workers: usize::MAX,
        workloads: &[tasks::SHARED, spawning::ALL],
    })
}
