//! The peer local-pool: LocalPool of the crate futures, on the thread that calls it.

use rota_peer::Peer;
use std::process::ExitCode;
use std::time::Instant;

mod rt;
mod spawn_join;
#[path = "../../tasks/mod.rs"]
mod tasks;

fn main() -> ExitCode {
    let main = Instant::now();
    rota_peer::run(
        main,
        &Peer {
            name: "local-pool",
            runtime: "futures",
            version: option_env!("ROTA_VERSION_LOCAL_POOL"),
            most_workers: 1,
            workloads: &[tasks::SHARED, &[spawn_join::ENTRY]],
        },
    )
}
