// Reads a definition: one function for each table, every one of them refusing what it does not know.
#include "experiments/definition/read.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "experiments/definition/claims.hpp"
#include "experiments/definition/entries.hpp"
#include "experiments/definition/overrides.hpp"
#include "experiments/definition/sweep.hpp"
#include "experiments/definition/worlds.hpp"
#include "record/files.hpp"
#include "runtime/executor.hpp"
#include "runtime/near_name.hpp"

namespace rota::experiments {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

void read_sweep(const TomlSection& root, const Worlds& worlds, Definition& definition) {
  const TomlSection sweep = root.section("sweep");
  sweep.only({"workers", "placement", "repetitions", "seed"});
  definition.workers = read_workers(sweep, worlds);
  definition.placements = read_placements(sweep, worlds, std::ranges::max(definition.workers));
  definition.repetitions = static_cast<std::uint32_t>(sweep.integer("repetitions", definition.repetitions, 1, 10'000));
  if (sweep.has("seed"))
    definition.seed = static_cast<std::uint64_t>(sweep.integer("seed", 0, 0, std::int64_t{1} << 53));
  const std::size_t cells = definition.policies.size() * definition.workloads.size() * definition.workers.size() *
                            definition.placements.size() * definition.worlds.size() * definition.repetitions;
  if (cells > most_cells) root.fail("sweep", fmt::format("at most {} cells", most_cells), fmt::format("{}", cells));
}

void read_runtime(const TomlSection& root, Definition& definition) {
  RuntimeConfig config;
  SettingError error;
  if (!rota::bind(config, root.settings("runtime"), error)) root.section("runtime").fail(error);
  definition.runtime = unbind(config);
  if (!root.section("runtime").has("seed")) definition.runtime.erase("seed");
}

void read_limits(const TomlSection& root, Definition& definition) {
  const TomlSection section = root.section("limits");
  section.only({"timeout", "min_time", "max_iterations"});
  Limits& limits = definition.limits;
  limits.timeout = section.duration("timeout", limits.timeout, milliseconds(1), hours(24));
  limits.min_time = section.duration("min_time", limits.min_time, Duration(0), hours(24));
  limits.max_iterations = static_cast<std::uint64_t>(
      section.integer("max_iterations", static_cast<std::int64_t>(limits.max_iterations), 1, 1'000'000'000));
  if (limits.min_time >= limits.timeout)
    section.fail("min_time", fmt::format("less than limits.timeout, which is {}", to_text(limits.timeout)),
                 to_text(limits.min_time));
}

// What a chart can have on its axes.
std::vector<std::string> axes_of(const Definition& definition) {
  std::vector<std::string> axes{"policy", "workload", "workers", "placement"};
  std::set<std::string> settings;
  for (const auto* entries : {&definition.policies, &definition.workloads}) {
    for (const auto& entry : *entries) {
      for (const auto& [key, value] : entry.choice.with) settings.insert(key);
    }
  }
  axes.insert(axes.end(), settings.begin(), settings.end());
  return axes;
}

std::string speedup_of(const std::string& metric) { return "speedup(" + metric + ")"; }

// What a chart can have upwards: also how many times better a metric is than with the fewest workers.
std::vector<std::string> heights_of(std::vector<std::string> axes, const std::vector<std::string>& metrics) {
  for (const auto& metric : metrics) axes.push_back(speedup_of(metric));
  return axes;
}

bool measures(const std::vector<std::string>& metrics, const record::ReportChart& chart) {
  const bool metric = chart.metric.empty() || std::ranges::count(metrics, chart.metric) > 0;
  const bool height = !chart.y.starts_with("speedup(") || std::ranges::count(metrics, chart.y, speedup_of) > 0;
  return metric && height;
}

void read_report(const TomlSection& root, Definition& definition) {
  const std::vector<std::string> axes = axes_of(definition);
  const std::vector<std::string> metrics = metrics_of(definition);
  const std::vector<std::string> heights = heights_of(axes, metrics);
  std::vector<std::string> labels;
  for (const auto& entry : definition.policies) labels.push_back(entry.choice.label);
  for (const auto& section : root.sections("report")) {
    section.only({"chart", "metric", "x", "y", "against", "title"});
    definition.report.push_back({section.word("chart", "bars", {"bars", "lines", "heat"}),
                                 section.word("metric", "", metrics), section.word("x", "", axes),
                                 section.word("y", "", heights), section.word("against", "", labels),
                                 section.text("title", "")});
  }
}

// `changed`: by overrides, so that a claim may be about what is no longer there.
Definition read_tables(const toml::table& table, const std::string& file, bool changed) {
  const TomlSection root(table, file, "");
  root.only({"question", "analysis", "world", "policy", "workload", "sweep", "runtime", "limits", "report", "claim"});
  Definition definition;
  definition.question = root.text("question", "");
  definition.analysis = root.text("analysis", "");
  const Worlds worlds = read_worlds(root, file);
  definition.worlds = worlds.list;
  definition.machines = worlds.facts;
  definition.policies = read_policies(root, worlds.real());
  definition.workloads = read_workloads(root, worlds.simulated());
  read_sweep(root, worlds, definition);
  check_players(root, definition, changed);
  read_runtime(root, definition);
  read_limits(root, definition);
  read_report(root, definition);
  definition.claims = read_claims(root, definition, changed);
  return definition;
}

void require_cells(const Definition& definition) {
  if (block_of(definition, 0, 0).empty())
    throw record::InputError(definition.file + ": expected a workload that one of its policies can play, got none");
}

bool named_by(const Entry& entry, const std::string& label) {
  return entry.choice.label == label || entry.family == label;
}

}  // namespace

Definition parse_definition(std::string_view text, const std::string& file, const std::vector<std::string>& sets) {
  toml::table table = parse_toml(text, file);
  for (const auto& set : sets) apply_override(table, set);
  Definition definition = read_tables(table, file, !sets.empty());
  definition.name = std::filesystem::path(file).stem().string();
  definition.file = file;
  definition.text = text;
  for (const auto& set : sets) definition.overrides.push_back("--set " + set);
  require_cells(definition);
  return definition;
}

Definition read_definition(const std::filesystem::path& file, const std::vector<std::string>& sets) {
  return parse_definition(record::read_file(file), file.string(), sets);
}

void keep_only(Definition& definition, const std::vector<std::string>& labels) {
  for (const auto& label : labels) {
    std::vector<std::string> known;
    bool found = false;
    for (const auto* entries : {&definition.policies, &definition.workloads}) {
      for (const auto& entry : *entries) {
        known.push_back(entry.choice.label);
        found = found || named_by(entry, label);
      }
    }
    if (!found)
      throw record::InputError(fmt::format("--only {}: expected one of the labels {}, got {}", label,
                                           fmt::join(known, ", "), quoted_word(label, known)));
    definition.overrides.push_back("--only " + label);
  }
  const auto chosen = [&](const Entry& entry) {
    return std::any_of(labels.begin(), labels.end(), [&](const auto& label) { return named_by(entry, label); });
  };
  for (auto* entries : {&definition.policies, &definition.workloads}) {
    if (std::any_of(entries->begin(), entries->end(), chosen)) std::erase_if(*entries, std::not_fn(chosen));
  }
  const std::vector<std::string> metrics = metrics_of(definition);
  std::erase_if(definition.report, [&](const record::ReportChart& chart) { return !measures(metrics, chart); });
  for (auto& chart : definition.report) {
    const bool present = std::any_of(definition.policies.begin(), definition.policies.end(),
                                     [&](const Entry& entry) { return entry.choice.label == chart.against; });
    if (!present) chart.against.clear();
  }
  keep_claims(definition);
  require_cells(definition);
}

}  // namespace rota::experiments
