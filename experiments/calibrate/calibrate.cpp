// Puts the single measurements together into a machine.
#include "experiments/calibrate/calibrate.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>

#include "experiments/calibrate/parts.hpp"
#include "experiments/host/host_facts.hpp"
#include "experiments/machine/costs.hpp"
#include "experiments/machine/text.hpp"

namespace rota::experiments {
namespace {

using simulated::ByLevel;
using simulated::Costs;
using simulated::Level;

constexpr std::size_t pairs_at_most = 3;  // of each level: the first, the last and one between
constexpr Ps looks_share = 4;             // of what is left of a yield
constexpr Ps least = 400;                 // what is left after a subtraction

struct Pair {
  unsigned a, b;  // logical indices
};

std::map<Level, std::vector<Pair>> pairs_by_level(const Topology& host) {
  const simulated::Distances distances(host);
  std::map<Level, std::vector<Pair>> all;
  for (unsigned a = 0; a < host.pu_count(); ++a) {
    for (unsigned b = a + 1; b < host.pu_count(); ++b) all[distances.between(a, b)].push_back({a, b});
  }
  for (auto& [level, pairs] : all) {
    if (pairs.size() > pairs_at_most) pairs = {pairs.front(), pairs[pairs.size() / 2], pairs.back()};
  }
  return all;
}

// A measurement that goes on: what is known so far of the machine, and who is told what comes next.
class Measurement {
 public:
  Measurement(const MachineFile& otherwise, const CalibrateOptions& options)
      : otherwise_(otherwise), options_(options), pairs_(pairs_by_level(host_)), costs_(otherwise.model.costs) {
    if (const std::string reason = host_.why_not_bindable(); !reason.empty())
      throw TopologyError("calibrate: threads cannot be pinned: " + reason);
  }

  Calibration run(const std::string& name) {
    lines();
    thread_costs();
    task_costs();
    Calibration result{described(name), missing_};
    result.machine.text = machine_text(result.machine);
    return result;
  }

 private:
  void step(const std::string& what) {
    if (options_.progress) options_.progress(what, ++step_, pairs_.size() + 5);
  }
  [[nodiscard]] std::size_t rounds(std::size_t many) const { return options_.quick ? many / 10 : many; }
  [[nodiscard]] unsigned os(unsigned unit) const { return host_.pus()[unit].os_index; }

  // Cache lines.

  void set_level(Level level, const LineCosts& lines) {
    const auto at = static_cast<std::size_t>(level);
    costs_.load[at] = std::max<Ps>(lines.load, 1);
    costs_.store[at] = std::max<Ps>(lines.store, 1);
    costs_.update[at] = std::max<Ps>(lines.update, 1);
    measured_[at] = true;
  }

  void lines() {
    step("hits of a unit's own lines");
    set_level(Level::self, line_hits(os(0), rounds(2000)));
    for (const auto& [level, pairs] : pairs_) {
      step(fmt::format("lines from another unit: {}", simulated::level_names[static_cast<std::size_t>(level)]));
      set_level(level, transfers(pairs));
    }
    for (const auto& table : named_levels) fill(table);
    step("lines from memory");
    const std::size_t bytes = std::size_t{options_.quick ? 128U : 512U} << 20;
    costs_.memory = memory_load(os(0), bytes, rounds(1'600'000));
  }

  [[nodiscard]] LineCosts transfers(const std::vector<Pair>& pairs) const {
    std::array<std::vector<Ps>, 3> all;
    for (const auto& pair : pairs) {
      const LineCosts one = line_transfer(os(pair.a), os(pair.b), rounds(2000));
      all[0].push_back(one.load);
      all[1].push_back(one.store);
      all[2].push_back(one.update);
    }
    return {median(all[0]), median(all[1]), median(all[2])};
  }

  // Levels that are not here: the other machine's, but no nearer than what is nearer here, and no farther than what is
  // farther here.
  void fill(const NamedLevels& table) {
    ByLevel& costs = costs_.*table.field;
    for (std::size_t level = 0; level < simulated::levels; ++level) {
      if (measured_[level]) continue;
      missing_.push_back(fmt::format("{}.{}", table.name, simulated::level_names[level]));
      for (std::size_t farther = level + 1; farther < simulated::levels; ++farther) {
        if (measured_[farther]) costs[level] = std::min(costs[level], costs[farther]);
      }
      costs[level] = std::max(costs[level], costs[level - 1]);  // self is always measured
    }
  }

  // Threads.

  void thread_costs() {
    step("pause, fence, clock");
    const Instructions single = instructions(os(0), rounds(200));
    costs_.relax = std::max<Ps>(single.relax, 1);
    costs_.fence = single.fence;
    costs_.clock = std::max<Ps>(single.clock, 1);
    step("sleeping and waking, memory from the system");
    costs_.allocate = allocation(os(0), rounds(2000));
    if (pairs_.empty()) {  // a sleeper on the waker's own unit would first have to get it
      for (const char* cost : {"park", "unpark", "wake_up"}) missing_.push_back(fmt::format("costs.{}", cost));
      return;
    }
    const Pair farthest = pairs_.rbegin()->second.back();
    const Sleep sleep = sleeping(os(farthest.a), os(farthest.b), rounds(2000));
    costs_.park = sleep.park;
    costs_.unpark = sleep.unpark;
    costs_.wake_up = sleep.wake_up;
  }

  // Tasks: what is left of a yield and of a spawn when everything is taken off that is charged otherwise.

  [[nodiscard]] Ps rest_of(const TaskCost& cost, Ps look, Ps resume) const {
    const Deeds& deeds = cost.deeds;
    const double charged =
        deeds.load * static_cast<double>(costs_.load[0]) + deeds.store * static_cast<double>(costs_.store[0]) +
        deeds.update * static_cast<double>(costs_.update[0]) + deeds.fence * static_cast<double>(costs_.fence) +
        deeds.look * static_cast<double>(look) + deeds.resume * static_cast<double>(resume);
    return std::max(least, cost.time - static_cast<Ps>(charged));
  }

  // A yield is one look and one resume; nothing tells how they share what is left of it.
  void task_costs() {
    step("tasks");
    missing_.emplace_back("costs.preempt");
    const Tasks seen = tasks(host_, 0, rounds(500));
    const Ps rest = rest_of(seen.yield, 0, 0);
    costs_.look = rest / looks_share;
    costs_.resume = rest - costs_.look;
    costs_.spawn = rest_of(seen.spawn, costs_.look, costs_.resume);
  }

  // Words.

  [[nodiscard]] std::string sentence(const std::string& how, const std::string& table) const {
    std::string names;
    for (const auto& name : missing_) {
      if (name.starts_with(table + ".")) names += (names.empty() ? "" : ", ") + name.substr(table.size() + 1);
    }
    const std::string taken =
        names.empty()
            ? ""
            : fmt::format(" Not measurable here: {}; from the machine {}, kept between its measured neighbours.", names,
                          otherwise_.name);
    return fmt::format("Measured by rota calibrate{} on {}: {}.{}", options_.quick ? " --quick" : "", cpu_, how, taken);
  }

  [[nodiscard]] MachineFile described(const std::string& name) const {
    MachineFile machine{name,
                        fmt::format("{}, {} processing units, as rota calibrate measured it", cpu_, host_.pu_count()),
                        "",
                        "",
                        simulated::Model{name, host_, costs_, {}},
                        {}};
    const auto add = [&](const std::string& table, const std::string& text) {
      machine.sources.push_back({table, text});
    };
    add("topology", fmt::format("What hwloc told rota calibrate of {}.", cpu_));
    add("load", sentence("medians over rounds of 256 lines that the other unit had just written, each load depending "
                         "on the one before; self without dependence",
                         "load"));
    add("store", sentence("such lines, a fence after each store and its own time taken off; self without", "store"));
    add("update", sentence("such lines, a fetch_add each that depends on the one before", "update"));
    add("costs", sentence("medians of many rounds; park, unpark and wake-up of a futex; look and resume share what is "
                          "left of a yield through a runtime with one worker, less what it is charged for otherwise, "
                          "by a guess as one to three; spawn is what is left of a spawn likewise",
                          "costs"));
    add("away", fmt::format("Not measurable here: package, remote; from the machine {}.", otherwise_.name));
    return machine;
  }

  const MachineFile& otherwise_;
  const CalibrateOptions& options_;
  const Topology host_ = Topology::host();
  const std::string cpu_ = host_facts().at("cpu");
  const std::map<Level, std::vector<Pair>> pairs_;
  Costs costs_;
  std::array<bool, simulated::levels> measured_{};
  std::vector<std::string> missing_;
  std::size_t step_ = 0;
};

}  // namespace

Calibration calibrate(const std::string& name, const MachineFile& otherwise, const CalibrateOptions& options) {
  return Measurement(otherwise, options).run(name);
}

}  // namespace rota::experiments
