// rota check litmus: the explored world's own memory against the axioms.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/litmus/table.hpp"
#include "command/check.hpp"

namespace rota::command {
namespace {

using nlohmann::ordered_json;

constexpr auto litmus_heading = R"(# Litmus tests: what the explored world shows

`./rota check litmus --markdown` prints this page, and a test compares the two. Each test runs by depth-first search to
its end, and the set of outcomes seen must be the one that the axioms allow.

)";

ordered_json to_json(const checks::litmus::Row& row) {
  return {{"test", row.test},         {"orders", row.orders},   {"memory", to_string(row.memory)},
          {"seen", row.seen},         {"allowed", row.allowed}, {"executions", row.executions},
          {"complete", row.complete}, {"passed", row.passed},   {"problem", row.problem}};
}

}  // namespace

int check_litmus(const CheckRequest& request) {
  const auto rows = [&] {
    std::vector<explored::Options> searches;
    if (request.memory != "relaxed") searches.push_back(checks::litmus::exhaustive(explored::Memory::sc));
    if (request.memory != "sc") searches.push_back(checks::litmus::exhaustive(explored::Memory::relaxed));
    return checks::litmus::run_all(
        {}, searches, [](const checks::litmus::Row& row) { show_working(fmt::format("{} {}", row.test, row.orders)); });
  }();
  clear_working();
  bool passed = true;
  for (const auto& row : rows) passed = passed && row.passed;
  if (request.json) {
    ordered_json all = ordered_json::array();
    for (const auto& row : rows) all.push_back(to_json(row));
    fmt::print("{}\n", all.dump(2));
  } else if (request.markdown) {
    std::string table = checks::litmus::markdown_table(rows);
    table.pop_back();  // the empty line at the end
    fmt::print("{}{}", litmus_heading, table);
  } else {
    fmt::print("{}", checks::litmus::text_table(rows, false));
    fmt::print("\nWhat this memory model does not show:\n");
    for (const std::string& limit : explored::limits()) fmt::print("  - {}\n", limit);
  }
  return passed ? 0 : 1;
}

}  // namespace rota::command
