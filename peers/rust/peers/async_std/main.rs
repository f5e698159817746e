//! The peer async-std: async-std.

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
            name: "async-std",
            runtime: "async-std",
            version: option_env!("ROTA_VERSION_ASYNC_STD"),
            most_workers: usize::MAX,
            workloads: &[tasks::SHARED, &[spawn_join::ENTRY, remote_spawn::ENTRY]],
        },
    )
}
