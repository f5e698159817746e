// What rota check prints.
#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "checks/interleaving.hpp"
#include "command/check.hpp"

namespace rota::command {
namespace {

using nlohmann::ordered_json;

double seconds(std::chrono::nanoseconds time) { return static_cast<double>(time.count()) * 1e-9; }

std::string coverage(const checks::Report& report) {
  if (report.method != explore::Method::dfs) return {};
  return report.complete ? "every schedule within the bound" : "not every schedule";
}

ordered_json to_json(const checks::Found& found) {
  return {{"id", found.id},
          {"sentence", found.sentence},
          {"program", found.program},
          {"replay", found.replay},
          {"trace_hash", fmt::format("{:016x}", found.failure.trace_hash)},
          {"executions", found.executions},
          {"seconds", seconds(found.time)},
          {"shrink_steps", found.shrinks},
          {"interleaving", checks::interleaving_table(found.failure, checks::Detail::events)}};
}

ordered_json to_json(const checks::Report& report) {
  ordered_json result{{"subject", report.subject},
                      {"what", report.what},
                      {"memory", to_text(report.memory)},
                      {"strategy", to_text(report.method)},
                      {"passed", report.passed},
                      {"complete", report.complete},
                      {"programs", report.programs},
                      {"executions", report.executions},
                      {"steps", report.steps},
                      {"seconds", seconds(report.time)},
                      {"classes", report.classes}};
  if (report.found) result["found"] = to_json(*report.found);
  return result;
}

}  // namespace

std::string_view to_text(explore::Memory memory) { return memory == explore::Memory::sc ? "sc" : "relaxed"; }

std::string_view to_text(explore::Method method) {
  switch (method) {
    case explore::Method::random:
      return "random";
    case explore::Method::pct:
      return "pct";
    case explore::Method::dfs:
      return "dfs";
    case explore::Method::replay:
      break;
  }
  return "replay";
}

void clear_working() {
  if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K");
}

void show_working(const std::string& what) {
  if (isatty(STDERR_FILENO) == 0) return;
  fmt::print(stderr, "\r\033[K  … {:.100}", what);
  std::fflush(stderr);
}

void CheckTable::add(const checks::Report& report) {
  clear_working();
  reports_.push_back(report);
  if (request_.json) return;
  const std::string name = report.what == "conformance" ? report.subject : report.what;
  fmt::print("{:<44}  {:<7}  {:<6}  {:>9} executions  {:>6.1f} s  {}", name, to_text(report.memory),
             to_text(report.method), report.executions, seconds(report.time), report.passed ? "passed" : "FAILED");
  if (report.passed && !coverage(report).empty()) fmt::print("  {}", coverage(report));
  fmt::print("\n");
  if (report.found) show_found(*report.found, request_, report.subject);
  std::fflush(stdout);
}

int CheckTable::close() {
  clear_working();
  std::size_t failed = 0;
  std::uint64_t executions = 0;
  for (const auto& report : reports_) {
    failed += report.passed ? 0 : 1;
    executions += report.executions;
  }
  if (request_.json) {
    ordered_json all = ordered_json::array();
    for (const auto& report : reports_) all.push_back(to_json(report));
    fmt::print("{}\n", all.dump(2));
  } else if (failed == 0) {
    fmt::print("{} checks passed, {} executions. Nothing found is no proof but where it says every schedule.\n",
               reports_.size(), executions);
  } else {
    fmt::print("{} of {} checks failed\n", failed, reports_.size());
  }
  return failed == 0 ? 0 : 1;
}

void show_found(const checks::Found& found, const CheckRequest& request, const std::string& subject) {
  fmt::print("\n  {}: {}\n", found.id, found.sentence);
  if (!found.program.empty())
    fmt::print("\n  program    {}\n             ({} executions and {:.1f} s until it failed; {} steps shorter)\n",
               found.program, found.executions, seconds(found.time), found.shrinks);
  const auto detail = request.accesses ? checks::Detail::accesses : checks::Detail::events;
  if (const std::string table = checks::interleaving_table(found.failure, detail); !table.empty()) {
    fmt::print("\n");
    for (std::size_t begin = 0; begin < table.size();) {
      const std::size_t end = table.find('\n', begin);
      fmt::print("  {}\n", table.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  fmt::print("\n  trace hash {:016x}\n", found.failure.trace_hash);
  if (!found.replay.empty()) fmt::print("  again      rota check {} --replay {}\n\n", subject, found.replay);
}

}  // namespace rota::command
