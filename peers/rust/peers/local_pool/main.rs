//! The peer local-pool: LocalPool of the crate futures, on the thread that calls it.

mod rt;
mod spawn_join;
#[path = "../../tasks/mod.rs"]
mod tasks;

fn main() -> std::process::ExitCode {
    rota_peer::run(&rota_peer::Peer {
        name: "local-pool",
        runtime: "futures",
        version: option_env!("ROTA_VERSION_LOCAL_POOL"),
        most_workers: 1,
        workloads: &[tasks::SHARED, &[spawn_join::ENTRY]],
    })
}
