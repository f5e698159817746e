// The presets that are shipped. To add one: a row here.
#include "schedulers/presets.hpp"

#include <vector>

namespace rota::schedulers {

std::span<const Preset> presets() {
  static const std::vector<Preset> table{
      {.name = "chase-lev",
       .family = "work-stealing",
       .summary = "an unbounded deque for each worker, newest first; a thief takes the oldest",
       .with = {{"local", std::string("chase-lev")}},
       .runtime = {},
       .source = "Chase and Lev, Dynamic circular work-stealing deque, SPAA 2005; the local order of rayon"},
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
      {.name = "spinning",
       .family = "work-stealing",
       .summary = "an idle worker looks around for some 100 us before it sleeps",
       .with = {},
       .runtime = {{"spin", std::int64_t{5000}}},
       .source = "docs/hot-path.md: what a wake-up from outside costs, by where an idle worker waits"},
  };
  return table;
}

}  // namespace rota::schedulers
