//! The peer rayon: a pool for fork and join. Its jobs cannot wait for anything but jobs that they forked.

mod pool;
mod spawning;
mod trees;

fn main() -> std::process::ExitCode {
    rota_peer::run(&rota_peer::Peer {
        name: "rayon",
        runtime: "rayon",
        version: option_env!("ROTA_VERSION_RAYON"),
        most_workers: usize::MAX,
        workloads: &[spawning::ALL, trees::ALL],
    })
}
