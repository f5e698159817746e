// What rota check prints.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "checks/interleaving.hpp"
#include "command/check.hpp"

namespace rota::command {
namespace {

using nlohmann::ordered_json;

double seconds(std::chrono::nanoseconds time) { return static_cast<double>(time.count()) * 1e-9; }

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

ordered_json to_json(const checks::Report& report, const std::vector<std::string>& vacuous) {
  ordered_json result{{"subject", report.subject},
                      {"what", report.what},
                      {"memory", to_string(report.memory)},
                      {"strategy", to_string(report.method)},
                      {"passed", report.passed && vacuous.empty()},
                      {"checked_too_little", vacuous},
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

void clear_working() {
  if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K");
}

void show_working(const std::string& what) {
  if (isatty(STDERR_FILENO) == 0) return;
  fmt::print(stderr, "\r\033[K  … {:.100}", what);
  std::fflush(stderr);
}

void CheckTable::add(const checks::Report& report) {
  reports_.push_back(report);
  if (request_.json) return;
  if (reports_.size() == 1) heading();
  const std::string_view what = report.what;
  const std::string name(what == "conformance"            ? std::string_view(report.subject)
                         : what.starts_with("mechanism ") ? what.substr(10)
                                                          : what);
  if (name != row_) {
    end_row();
    row_ = name;
    first_ = reports_.size() - 1;
  }
  for (; column_ < columns_.size() && columns_[column_] != std::pair(report.memory, report.method); ++column_)
    cells_ += fmt::format("{:>{}}", "", cell_width);
  cells_ += fmt::format("{:>{}}", cell(report), cell_width);
  if (++column_ == columns_.size()) end_row();
}

// A row is printed whole, since on a terminal the line below it is redrawn all the time; then what it found.
void CheckTable::end_row() {
  clear_working();
  if (!row_.empty()) {
    fmt::print("{:<{}}{}\n", row_, name_width, cells_);
    for (std::size_t i = first_; i < reports_.size() && name_is_row(i); ++i) tell(i);
    std::fflush(stdout);
  }
  row_.clear();
  cells_.clear();
  column_ = 0;
}

bool CheckTable::name_is_row(std::size_t i) const {
  return reports_[i].subject == reports_[first_].subject && reports_[i].what == reports_[first_].what;
}

void CheckTable::tell(std::size_t i) const {
  const checks::Report& report = reports_[i];
  for (const std::string& below : vacuous(report))
    fmt::print("  {} {} checked too little: {}\n", to_string(report.memory), to_string(report.method), below);
  if (!report.found || known(i)) return;
  const std::string_view what = report.what;
  show_found(*report.found, request_,
             what.starts_with("mechanism ") ? "mechanism"
             : what.starts_with("queue ")   ? "queues"
                                            : report.subject);
}

// Was the same program found to break the same invariant by an earlier search? Once is enough to read.
bool CheckTable::known(std::size_t i) const {
  const auto same = [&](const checks::Report& earlier) {
    return earlier.found && earlier.found->id == reports_[i].found->id &&
           earlier.found->program == reports_[i].found->program;
  };
  return std::any_of(reports_.begin() + static_cast<std::ptrdiff_t>(first_),
                     reports_.begin() + static_cast<std::ptrdiff_t>(i), same);
}

// Under dfs the programs are few; what they showed says little about the suite.
std::vector<std::string> CheckTable::vacuous(const checks::Report& report) {
  if (report.what != "conformance" || report.method == explored::Method::dfs || !report.passed) return {};
  return checks::below_floors(report);
}

void CheckTable::heading() {
  const CheckPlan plan = plan_of(request_);
  for (const auto memory : plan.memories) {
    for (const auto method : plan.methods) columns_.emplace_back(memory, method);
  }
  fmt::print("{:<{}}", "executions", name_width);
  for (const auto& [memory, method] : columns_) fmt::print("{:>{}}", to_string(memory), cell_width);
  fmt::print("\n{:<{}}", "", name_width);
  for (const auto& [memory, method] : columns_) fmt::print("{:>{}}", to_string(method), cell_width);
  fmt::print("\n");
}

std::string CheckTable::cell(const checks::Report& report) {
  if (!report.passed) return "FAILED";
  const std::uint64_t n = report.executions;
  const std::string count = n < 10'000 ? fmt::format("{}", n) : fmt::format("{} k", n / 1000);
  return report.complete ? count + " all" : count;
}

int CheckTable::close() {
  end_row();
  std::size_t failed = 0;
  std::uint64_t executions = 0;
  for (const auto& report : reports_) {
    failed += report.passed && vacuous(report).empty() ? 0 : 1;
    executions += report.executions;
  }
  if (request_.json) {
    ordered_json all = ordered_json::array();
    for (const auto& report : reports_) all.push_back(to_json(report, vacuous(report)));
    fmt::print("{}\n", all.dump(2));
  } else if (failed == 0) {
    fmt::print(
        "\n{} checks passed, {} executions. \"all\": every schedule within the bound was run, of the programs that "
        "were tried; elsewhere that nothing was found is no proof.\n",
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
  if (found.replay.empty()) return;
  const std::string program = request.program.empty() ? fmt::format("rota check {}", subject) : request.program;
  fmt::print("  again      {} --replay {}\n\n", program, found.replay);
}

}  // namespace rota::command
