//! The peer rayon: a pool for fork and join. Its jobs cannot wait for anything but jobs that they forked.

use rota_peer::Peer;
use std::process::ExitCode;
use std::time::Instant;

mod pool;
mod spawning;
mod trees;

fn main() -> ExitCode {
    let main = Instant::now();
    rota_peer::run(
        main,
        &Peer {
            name: "rayon",
            runtime: "rayon",
            version: option_env!("ROTA_VERSION_RAYON"),
            most_workers: usize::MAX,
            workloads: &[spawning::ALL, trees::ALL],
        },
    )
}
