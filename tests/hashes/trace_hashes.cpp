// Prints the trace hashes of a few simulated cells, one a line. They are the same for ever, on any host, whatever
// compiler built this: expected.txt holds them (P7). A change of the engine, of the runtime or of a policy may change
// them; then `trace_hashes > expected.txt`, and the commit says why.
#include <fmt/format.h>

#include "schedulers/fifo.hpp"
#include "schedulers/lifo_slot.hpp"
#include "schedulers/start.hpp"
#include "schedulers/work_stealing.hpp"
#include "workloads/fib.hpp"
#include "workloads/ping_pong.hpp"
#include "workloads/simulated_row.hpp"
#include "workloads/sleep_storm.hpp"
#include "workloads/spawn_join.hpp"

namespace rota {
namespace {

using E = env::Simulated;

// Two packages of two nodes, with costs that are no round numbers, so that a picosecond too many is seen.
simulated::Model machine_of_16() {
  simulated::Costs costs;
  costs.load = {1013, 2027, 4057, 21'013, 34'019, 61'001, 118'007};
  costs.store = {1019, 2029, 4073, 21'017, 34'031, 61'007, 118'033};
  costs.update = {5003, 6007, 9011, 26'003, 39'019, 71'011, 131'009};
  costs.fence = 5009, costs.memory = 83'003, costs.relax = 30'011;
  costs.park = 1'000'003, costs.unpark = 700'001, costs.wake_up = 2'500'009, costs.clock = 21'001;
  costs.spawn = 9001, costs.look = 3001, costs.resume = 7001, costs.preempt = 400'009, costs.allocate = 1'100'009;
  costs.away_package = 1.125, costs.away_remote = 1.5;
  return {"hashes", Topology::synthetic("pack:2 numa:2 l3:1 core:4 pu:1"), costs, {}};
}

template <class Workload, class Policy>
void print_hash(std::string_view policy, const SettingValues& values, unsigned workers, std::uint64_t seed) {
  const simulated::Model model = machine_of_16();
  const Placement placement(model.topology, "scatter", workers);
  simulated::Machine machine(model);
  const RuntimeConfig runtime{.seed = seed};
  const auto start = [&] { return schedulers::start_runtime<E, Policy>(placement, runtime, {}); };
  const workloads::Result result = workloads::measure_simulated<Workload>(machine, start, values);
  for (const auto& check : result.checks) {
    if (!check.ok()) fmt::print("{}: {} expected, {} got: ", check.name, check.expected, check.got);
  }
  fmt::print("{} {} w{} s{} {:016x}\n", policy, Workload::name, workers, seed, machine.trace_hash());
}

template <class Policy> void print_hashes(std::string_view policy) {
  for (const unsigned workers : {1U, 5U, 16U}) {
    using Number = std::int64_t;
    print_hash<workloads::SpawnJoin<E>, Policy>(policy, {{"tasks", Number{300}}}, workers, 1);
    print_hash<workloads::Fib<E>, Policy>(policy, {{"n", Number{12}}}, workers, 1);
    print_hash<workloads::Fib<E>, Policy>(policy, {{"n", Number{10}}, {"body", std::string("fiber")}}, workers, 2);
    print_hash<workloads::PingPong<E>, Policy>(policy, {{"pairs", Number{20}}, {"rounds", Number{10}}}, workers, 1);
    print_hash<workloads::SleepStorm<E>, Policy>(policy, {{"tasks", Number{100}}}, workers, 1);
  }
}

}  // namespace
}  // namespace rota

int main() {
  using namespace rota;
  print_hashes<schedulers::Fifo<E>>("fifo");
  print_hashes<schedulers::WorkStealing<E>>("work-stealing");
  print_hashes<schedulers::LifoSlot<E, schedulers::WorkStealing<E>>>("lifo-slot");
}
