// Policies, workloads and settings as JSON and as text.
#include "command/show.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rota::command {

using nlohmann::ordered_json;

namespace {

struct OrderWords {
  Ordering order;
  std::string_view name, sentence;
};
constexpr std::array orders{
    OrderWords{Ordering::none, "none", "none promised"},
    OrderWords{Ordering::per_producer_fifo, "per-producer-fifo",
               "tasks of one producer are picked in the order it enqueued them"},
    OrderWords{Ordering::fifo, "fifo", "first in, first out"},
    OrderWords{Ordering::lifo, "lifo", "the newest first; who yields goes behind all"},
    OrderWords{Ordering::by_remaining, "by-remaining", "of tasks whose authors told: the least work left first"},
    OrderWords{Ordering::by_deadline, "by-deadline", "of tasks whose authors told: the earliest deadline first"},
    OrderWords{Ordering::by_priority, "by-priority", "of tasks whose authors told: the most urgent class first"},
    OrderWords{Ordering::by_attained, "by-attained", "the task that has run for the least time first"},
};
const OrderWords& words_of(Ordering order) { return *std::ranges::find(orders, order, &OrderWords::order); }

}  // namespace

std::string_view to_text(Ordering order) { return words_of(order).name; }

std::vector<std::string> sentences(const Guarantees& guarantees) {
  std::vector<std::string> result;
  result.push_back(fmt::format("order: {} (P5)", words_of(guarantees.order).sentence));
  result.push_back(guarantees.starvation_factor == 0
                       ? "starvation: no bound promised (P4)"
                       : fmt::format("starvation: bounded, factor {} (P4)", guarantees.starvation_factor));
  result.emplace_back(guarantees.work_conserving
                          ? "work conserving: no worker sleeps while it could obtain a task (P2)"
                          : "not work conserving: a worker may sleep while others have tasks queued (P2)");
  result.emplace_back(guarantees.deterministic ? "deterministic: same inputs, same order of picks (P7)"
                                               : "not deterministic (P7)");
  if (guarantees.fair_shares)
    result.emplace_back("shares: groups that wait are served by their weights, but for a lag of a few runs (P9)");
  if (guarantees.kept_workers > 0)
    result.push_back(fmt::format("kept: the first {} workers, but never all, run only tasks of at most {} left (P10)",
                                 guarantees.kept_workers, rota::to_text(guarantees.kept_for)));
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
                      {"deterministic", policy.guarantees.deterministic},
                      {"fair_shares", policy.guarantees.fair_shares},
                      {"kept_workers", policy.guarantees.kept_workers},
                      {"kept_for", rota::to_text(policy.guarantees.kept_for)}}},
                    {"config", settings_json(policy.settings)}};
  if (!policy.leaves_out.empty()) json["leaves_out"] = policy.leaves_out;
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
