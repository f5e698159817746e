// Replay strings of the mechanism's checks and of the queues.
#include "checks/whole/part_replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "checks/history/queues.hpp"
#include "checks/mechanism/mechanism.hpp"

namespace rota::checks {
namespace {

constexpr std::string_view version = "rota1";
constexpr std::string_view mechanism = "mechanism ";
constexpr std::string_view queue = "queue ";

std::string as_word(std::string_view text) {
  std::string word(text);
  std::replace(word.begin(), word.end(), ' ', ',');
  std::replace(word.begin(), word.end(), '|', '+');
  return word;
}
std::string as_text(std::string_view word) {
  std::string text(word);
  std::replace(text.begin(), text.end(), ',', ' ');
  std::replace(text.begin(), text.end(), '+', '|');
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t end = 0; end != std::string_view::npos;
       text.remove_prefix(end == text.npos ? text.size() : end + 1)) {
    end = text.find('/');
    parts.emplace_back(text.substr(0, end));
  }
  return parts;
}

Replayed refuse(std::string why) {
  Replayed result;
  result.error = std::move(why);
  return result;
}

Replayed outcome(bool passed, explored::Failure failure, std::string_view name) {
  Replayed result;
  result.failed = !passed;
  if (result.failed && failure.id == "diverged")
    return refuse(fmt::format("the schedule does not fit: the code behind '{}' is not that in which it was found ({})",
                              name, failure.sentence));
  result.failure = std::move(failure);
  return result;
}

Replayed replay_mechanism(const explored::Options& options, const std::string& name) {
  for (const MechanismCheck& check : mechanism_checks()) {
    if (check.name != name) continue;
    Report report = check.run(options);
    if (!report.found) return outcome(true, {}, name);
    explored::Failure failure = std::move(report.found->failure);
    if (failure.id == "deadlock") failure.id = report.found->id;
    return outcome(false, std::move(failure), name);
  }
  return refuse(
      fmt::format("the replay string is of the mechanism's check '{}', which this build does not have", name));
}

Replayed replay_queue(const explored::Options& options, const std::string& name, const std::string& script) {
  const auto& known = history::structures();
  const auto structure = std::find_if(known.begin(), known.end(), [&](const auto& s) { return s.name == name; });
  if (structure == known.end())
    return refuse(fmt::format("the replay string is of the queue '{}', which this build does not have", name));
  try {
    Report report = history::check_script(*structure, script, options);
    return report.found ? outcome(false, std::move(report.found->failure), name) : outcome(true, {}, name);
  } catch (const std::invalid_argument& error) {
    return refuse(fmt::format("the replay string's script is wrong: {}", error.what()));
  }
}

}  // namespace

std::string part_replay_text(const Report& report) {
  if (!report.found) return {};
  const std::string_view what = report.what;
  const auto memory = to_string(report.memory);
  const std::string& schedule = report.found->failure.schedule;
  if (what.starts_with(mechanism))
    return fmt::format("{}/mechanism/{}/{}/{}", version, memory, as_word(what.substr(mechanism.size())), schedule);
  if (what.starts_with(queue))
    return fmt::format("{}/queue/{}/{}/{}/{}", version, memory, as_word(what.substr(queue.size())),
                       as_word(report.found->program), schedule);
  return {};
}

bool is_part_replay(std::string_view text) {
  const std::vector<std::string> parts = split(text);
  return parts.size() > 1 && parts[0] == version && (parts[1] == "mechanism" || parts[1] == "queue");
}

Replayed replay_part(std::string_view text) {
  const std::vector<std::string> parts = split(text);
  const bool of_queue = parts[1] == "queue";
  if (parts.size() != (of_queue ? 6 : 5))
    return refuse(fmt::format("the replay string is cut off: expected {}/{}/MEMORY/NAME/{}SCHEDULE", version, parts[1],
                              of_queue ? "SCRIPT/" : ""));
  if (parts[2] != "sc" && parts[2] != "relaxed")
    return refuse(fmt::format("the replay string's memory is '{}': expected sc or relaxed", parts[2]));
  explored::Options options;
  options.memory = parts[2] == "sc" ? explored::Memory::sc : explored::Memory::relaxed;
  options.method = explored::Method::replay;
  options.schedule = parts.back();
  options.max_executions = 1;
  return of_queue ? replay_queue(options, as_text(parts[3]), as_text(parts[4]))
                  : replay_mechanism(options, as_text(parts[3]));
}

}  // namespace rota::checks
