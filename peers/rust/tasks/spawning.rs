//! Of the workloads that spawn, those that a runtime may have to write in its own way, or may not be able to play.

use crate::rt::Runtime;
use rota_peer::Entry;

mod remote_spawn;
mod spawn_join;

pub const ALL: &[Entry<Runtime>] = &[spawn_join::ENTRY, remote_spawn::ENTRY];
