// Policies, workloads and settings as JSON and as text.
#include "command/show.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rota::command {

using nlohmann::ordered_json;

std::string_view to_text(Ordering order) {
  switch (order) {
    case Ordering::none:
      return "none";
    case Ordering::per_producer_fifo:
      return "per-producer-fifo";
    case Ordering::fifo:
      return "fifo";
  }
  return "none";
}

std::vector<std::string> sentences(const Guarantees& guarantees) {
  std::vector<std::string> result;
  switch (guarantees.order) {
    case Ordering::none:
      result.emplace_back("order: none promised (P5)");
      break;
    case Ordering::per_producer_fifo:
      result.emplace_back("order: tasks of one producer are picked in the order it enqueued them (P5)");
      break;
    case Ordering::fifo:
      result.emplace_back("order: first in, first out (P5)");
      break;
  }
  result.push_back(guarantees.starvation_factor == 0
                       ? "starvation: no bound promised (P4)"
                       : fmt::format("starvation: bounded, factor {} (P4)", guarantees.starvation_factor));
  result.emplace_back(guarantees.work_conserving
                          ? "work conserving: no worker sleeps while it could obtain a task (P2)"
                          : "not work conserving: a worker may sleep while others have tasks queued (P2)");
  result.emplace_back(guarantees.deterministic ? "deterministic: same inputs, same order of picks (P7)"
                                               : "not deterministic (P7)");
  return result;
}

namespace {

ordered_json settings_json(const std::vector<SettingInfo>& settings) {
  ordered_json result = ordered_json::array();
  for (const auto& s : settings) {
    ordered_json one{
        {"name", s.name}, {"type", s.type}, {"default", s.default_value}, {"expected", s.expected}, {"help", s.help}};
    if (!s.choices.empty()) one["choices"] = s.choices;
    result.push_back(std::move(one));
  }
  return result;
}

ordered_json worlds_json(const Worlds& worlds) {
  ordered_json result = ordered_json::array();
  for (const auto& world : names(worlds)) result.push_back(world);
  return result;
}

}  // namespace

ordered_json to_json(const SettingValues& values) {
  ordered_json result = ordered_json::object();
  for (const auto& [name, value] : values)
    std::visit([&, key = name](const auto& plain) { result[key] = plain; }, value);
  return result;
}

std::vector<std::string_view> names(const Worlds& worlds) {
  std::vector<std::string_view> result;
  if (worlds.real) result.emplace_back("real");
  if (worlds.local) result.emplace_back("local");
  if (worlds.simulated) result.emplace_back("simulated");
  if (worlds.explored) result.emplace_back("explored");
  return result;
}

ordered_json to_json(const schedulers::PolicyInfo& policy) {
  ordered_json json{{"name", policy.name},
                    {"summary", policy.summary},
                    {"worlds", worlds_json(policy.worlds)},
                    {"guarantees",
                     {{"order", to_text(policy.guarantees.order)},
                      {"starvation_factor", policy.guarantees.starvation_factor},
                      {"work_conserving", policy.guarantees.work_conserving},
                      {"deterministic", policy.guarantees.deterministic}}},
                    {"config", settings_json(policy.settings)}};
  if (policy.source.empty()) return json;
  json["preset"] = {{"family", policy.family},
                    {"with", to_json(policy.with)},
                    {"runtime", to_json(policy.runtime)},
                    {"source", policy.source}};
  return json;
}

ordered_json to_json(const workloads::WorkloadInfo& workload) {
  ordered_json metrics = ordered_json::array();
  for (const auto& metric : workload.metrics) {
    metrics.push_back({{"name", metric.name},
                       {"unit", metric.unit},
                       {"help", metric.help},
                       {"better", metric.lower_is_better ? "lower" : "higher"}});
  }
  return {{"name", workload.name},
          {"summary", workload.summary},
          {"worlds", worlds_json(workload.worlds)},
          {"config", settings_json(workload.settings)},
          {"metrics", std::move(metrics)}};
}

void print_settings(const std::vector<SettingInfo>& settings) {
  if (settings.empty()) fmt::print("  none\n");
  std::size_t width = 0;
  std::size_t value_width = 0;
  for (const auto& s : settings) {
    width = std::max(width, s.name.size());
    value_width = std::max(value_width, s.default_value.size());
  }
  for (const auto& s : settings)
    fmt::print("  {:<{}}  {:<{}}  {} ({})\n", s.name, width, s.default_value, value_width, s.help, s.expected);
}

}  // namespace rota::command
