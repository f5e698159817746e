// rota doctor: what this machine lets Rota measure, and what will disturb it.
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/perf_event.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "experiments/host/build_facts.hpp"
#include "experiments/host/host_facts.hpp"
#include "experiments/peers/records.hpp"
#include "reactor/registry.hpp"
#include "worlds/real.hpp"
#include "worlds/topology.hpp"

namespace rota::command {
namespace {

struct Finding {
  std::string what;
  std::string level;  // ok: as wanted; note: figures may suffer or something cannot be measured; bad: Rota cannot work
  std::string says;
};

Finding binding() {
  const std::string reason = Topology::host().why_not_bindable();
  return reason.empty() ? Finding{"pinning", "ok", "workers can be pinned to processing units"}
                        : Finding{"pinning", "note", reason};
}

Finding reactors() {
  for (const auto& entry : rota::reactors()) {
    try {
      const std::string note = entry.make()->note();
      return {"reactor", note.empty() ? "ok" : "note",
              fmt::format("{} works{}{}", entry.name, note.empty() ? "" : ": ", note)};
    } catch (const std::exception& error) {
      return {"reactor", "bad", fmt::format("{}: {}", entry.name, error.what())};
    }
  }
  return {"reactor", "bad", "none in this build"};
}

Finding counters() {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof attributes;
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.exclude_kernel = 1;
  const long fd = syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
  if (fd < 0) return {"hardware counters", "note", fmt::format("unavailable ({})", std::strerror(errno))};
  close(static_cast<int>(fd));
  return {"hardware counters", "ok", "available"};
}

Finding clock() {
  Duration least = Duration::max();
  for (int i = 0; i < 10'000; ++i) {
    const TimePoint before = env::Real::now();
    const TimePoint after = env::Real::now();
    if (after > before) least = std::min(least, after - before);
  }
  return {"clock", least < std::chrono::microseconds(1) ? "ok" : "note",
          fmt::format("smallest step {} ns", least.count())};
}

Finding files() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const bool enough = limit.rlim_max >= 32768;
  return {"open files", enough ? "ok" : "note",
          fmt::format("limit {} (10 000 connections need about 21 000)", limit.rlim_max)};
}

// Whether those that are built can be compared with, and why the others cannot.
Finding peers() {
  std::vector<std::string> built, missing;
  for (const auto& peer : experiments::catalogue()) {
    const auto facts = experiments::facts_of(peer);
    if (facts.missing.empty()) {
      built.push_back(peer.name + " " + facts.version);
    } else {
      missing.push_back(fmt::format("{} ({})", peer.name, facts.missing));
    }
  }
  if (built.empty()) return {"peers", "note", "none is built; to build them: rota peers build"};
  std::string says = fmt::format("built: {}", fmt::join(built, ", "));
  if (!missing.empty()) says += fmt::format("; missing: {}; to build them: rota peers build", fmt::join(missing, ", "));
  return {"peers", missing.empty() ? "ok" : "note", says};
}

std::vector<Finding> examine() {
  std::vector<Finding> findings{binding(), reactors(), clock(), counters(), files(), peers()};
  const auto facts = experiments::host_facts();
  for (const auto& [name, value] : facts) {
    if (name == "noise") {
      findings.push_back({name, value.empty() ? "ok" : "note", value.empty() ? "a quiet host" : value});
    } else {
      findings.push_back({name, "ok", value});
    }
  }
  for (const auto& [name, value] : experiments::build_facts()) findings.push_back({"build " + name, "ok", value});
  return findings;
}

void report(bool json, Context& context) {
  const auto findings = examine();
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const auto& finding : findings) {
    if (finding.level == "bad") context.status = 1;
    if (json) {
      all.push_back({{"what", finding.what}, {"level", finding.level}, {"says", finding.says}});
    } else {
      fmt::print("{:<5} {:<18} {}\n", finding.level, finding.what, finding.says);
    }
  }
  if (json) fmt::print("{}\n", all.dump(2));
}

}  // namespace

void add_doctor(CLI::App& app, Context& context) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("doctor", "Say what can be measured here and what will disturb it");
  command->add_flag("--json", *json, "the findings as an array of objects");
  command->callback([json, &context] { report(*json, context); });
}

}  // namespace rota::command
