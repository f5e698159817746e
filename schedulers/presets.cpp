// The presets that are shipped. To add one: a row here.
#include "schedulers/presets.hpp"

#include <vector>

namespace rota::schedulers {

// a table: of presets
std::span<const Preset> presets() {
  static const std::vector<Preset> table{
      {.name = "async-executor",
       .family = "shared-first",
       .summary = "plays async-executor, on which smol and async-std run: one shared queue, batches, a reactor thread",
       .with = {{"ring", std::int64_t{512}}, {"global_interval", std::int64_t{64}}},
       .runtime = {{"driver", std::string("thread")}},
       .source = "async-executor 1.x and async-io, as packaged by Debian 12",
       .leaves_out = "its threads take turns as runners only while somebody waits; the pool for blocking calls"},
      {.name = "chase-lev",
       .family = "work-stealing",
       .summary = "an unbounded deque for each worker, newest first; a thief takes the oldest",
       .with = {{"local", std::string("chase-lev")}},
       .runtime = {},
       .source = "Chase and Lev, Dynamic circular work-stealing deque, SPAA 2005; the local order of rayon"},
      {.name = "go",
       .family = "lifo-slot",
       .summary = "plays Go's scheduler: a slot for what was made ready last, rings of 256, steals of half",
       .with = {{"spawns", true}, {"limit", std::int64_t{1000}}, {"ring", std::int64_t{256}}},
       .runtime = {},
       .source = "Go 1.19, runtime/proc.go: runnext, runqput, schedule",
       .leaves_out = "hand-off of a worker at system calls, threads that come and go, preemption after 10 ms; runnext "
                     "shares a time slice, here it is bounded by `limit`"},
      {.name = "local-pool",
       .family = "fifo",
       .summary = "plays LocalPool of the futures crate: one queue in order, in the thread that waits",
       .with = {},
       .runtime = {},
       .source = "futures-executor 0.3, local_pool.rs",
       .leaves_out = "it polls all that is ready before it looks for new tasks; here new ones queue with the others",
       .one_thread = true},
      {.name = "private-slot",
       .family = "lifo-slot",
       .summary = "a task in the slot waits for its worker, and nobody is woken for it",
       .with = {{"steal", false}, {"limit", std::int64_t{1000}}},
       .runtime = {},
       .source = "Tokio, whose slot no other worker can take from; without its limit of three"},
      {.name = "preemptive-srpt",
       .family = "srpt",
       .summary = "the task with the least work left goes first, also before one that runs",
       .with = {{"preemptive", true}, {"quantum", std::string("0ns")}},
       .runtime = {},
       .source = "Schrage and Miller, The queue M/G/1 with the shortest remaining processing time discipline, 1966"},
      {.name = "rayon",
       .family = "work-stealing",
       .summary = "plays rayon: a deque for each worker, newest first, and 32 looks around before sleep",
       .with = {{"local", std::string("chase-lev")}},
       .runtime = {{"spin", std::int64_t{32}}},
       .source = "rayon-core 1.x, registry.rs and sleep/mod.rs",
       .leaves_out =
           "a thief takes one task, here half of what there is; join on the stack is Forks, under any policy"},
      {.name = "spinning",
       .family = "work-stealing",
       .summary = "an idle worker looks around for some 100 us before it sleeps",
       .with = {},
       .runtime = {{"spin", std::int64_t{5000}}},
       .source = "docs/hot-path.md: what a wake-up from outside costs, by where an idle worker waits"},
      {.name = "tokio",
       .family = "lifo-slot",
       .summary = "plays Tokio's threads: a private slot for what was woken last, rings of 256, one shared queue",
       .with = {{"steal", false}, {"limit", std::int64_t{3}}, {"ring", std::int64_t{256}}},
       .runtime = {},
       .source = "Tokio 1.24, as packaged by Debian 12: runtime/scheduler/multi_thread",
       .leaves_out = "block_in_place, which hands a worker's queue to another thread; the pool for blocking calls; an "
                     "interval for the shared queue that adapts, here it is 61"},
  };
  return table;
}

}  // namespace rota::schedulers
