// The generator and the tasks.
#include "checks/theory/station.hpp"

#include "runtime/work.hpp"

namespace rota::checks::theory {
namespace {

Ns now() { return World::now().time_since_epoch().count(); }

// What the tasks of one run share. They run in turn on one thread of the system, so it is plain memory, and touching it
// costs nothing on the machine.
struct Run {
  Recording& result;
  std::vector<Attributes>& attributes;
  const Station& station;
  std::size_t open;  // requests that have not ended
  Ns inside = 0, counted_until = 0;
  World::parker emptied{};

  void count(Ns change, Ns at) {
    result.present += inside * (at - counted_until);
    counted_until = at;
    inside += change;
  }
  // Both right after the clock was read, so that the machine's accounts and the rows speak of the same instants.
  void begin_one(std::size_t i) {
    if (i == 0) result.spent -= simulated::machine().spent();
  }
  void end_one(Ns at) {
    if (open == 1) result.spent += simulated::machine().spent();
    count(-1, at);
    if (--open == 0) (void)emptied.unpark();
  }
  [[nodiscard]] Attributes* told(std::size_t i) { return station.tells ? &attributes[i] : nullptr; }
};

Job<World> request(Executor<World>& executor, Run& run, std::size_t i) {
  Row& row = run.result.rows[i];
  row.start = now();
  run.begin_one(i);
  row.worker = Worker<World>::current()->id();
  co_await work(executor, Cost{Duration(row.service)}, run.told(i));
  row.end = now();
  run.end_one(row.end);
}

void generate(Executor<World>& executor, Run& run) {
  const std::size_t drop_every = run.station.drop_every;
  World::parker clock;
  for (std::size_t i = 0; i < run.result.rows.size(); ++i) {
    (void)clock.park_until(TimePoint(Duration(run.result.rows[i].arrival)));
    if (drop_every != 0 && (i + 1) % drop_every == 0) {
      --run.open;
      continue;
    }
    run.count(1, now());
    executor.spawn(request(executor, run, i), run.told(i)).detach();
  }
  if (run.open > 0) run.emptied.park();
}

// What the author of a request tells about it. Deadlines by size, priorities by chance: for policies that ask.
std::vector<Attributes> attributes_for(const Input& input) {
  std::vector<Attributes> attributes;
  Random random(7);
  for (const Request& one : input) {
    const TimePoint deadline(Duration(one.arrival + 10 * one.service));
    attributes.push_back({.remaining = Duration(one.service), .deadline = deadline, .priority = random.below(4)});
  }
  return attributes;
}

}  // namespace

simulated::Model machine_of(const Station& station) {
  const std::string ideal = "pack:1 numa:1 l3:1 core:" + std::to_string(station.workers) + " pu:1";
  const std::string& text = station.topology.empty() ? ideal : station.topology;
  return {.name = "station", .topology = Topology::synthetic(text), .costs = station.costs, .speed = {}};
}

Recording serve(const Subject& subject, const Input& input, const Station& station) {
  Recording result;
  for (const Request& one : input) result.rows.push_back({.arrival = one.arrival, .service = one.service});
  std::vector<Attributes> attributes = attributes_for(input);
  const simulated::Model model = machine_of(station);
  const Placement placement(model.topology, "compact", station.workers);
  const RuntimeConfig config{.grain = station.grain, .seed = station.seed};
  simulated::Machine machine(model);
  machine.run([&] {
    const auto executor = subject.start(placement, config, station.settings);
    result.quantum = executor->quantum();
    Run run{.result = result, .attributes = attributes, .station = station, .open = input.size()};
    World::thread generator({.name = "generator", .pu = std::nullopt}, [&] { generate(*executor, run); });
    generator.join();
    executor->shutdown();
    result.counters = executor->counters();
  });
  return result;
}

}  // namespace rota::checks::theory
