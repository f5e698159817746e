//! The peer smol: smol.

use rota_peer::Peer;
use std::process::ExitCode;
use std::time::Instant;

#[path = "../../tasks/remote_spawn.rs"]
mod remote_spawn;
mod rt;
#[path = "../../tasks/spawn_join.rs"]
mod spawn_join;
#[path = "../../tasks/mod.rs"]
mod tasks;

fn main() -> ExitCode {
    let main = Instant::now();
    rota_peer::run(
        main,
        &Peer {
            name: "smol",
            runtime: "smol",
            version: option_env!("ROTA_VERSION_SMOL"),
            most_workers: usize::MAX,
            workloads: &[tasks::SHARED, &[spawn_join::ENTRY, remote_spawn::ENTRY]],
        },
    )
}
