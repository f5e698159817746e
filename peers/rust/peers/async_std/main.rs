//! The peer async-std: async-std.

mod rt;
#[path = "../../tasks/spawning.rs"]
mod spawning;
#[path = "../../tasks/mod.rs"]
mod tasks;

fn main() -> std::process::ExitCode {
    rota_peer::run(&rota_peer::Peer {
        name: "async-std",
        runtime: "async-std",
        version: option_env!("ROTA_VERSION_ASYNC_STD"),
        most_workers: usize::MAX,
        workloads: &[tasks::SHARED, spawning::ALL],
    })
}
