// rota check, and the same for a policy in a project of its own: the checks as a command, over a given set of subjects.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "checks/conformance/conformance.hpp"
#include "command/check_request.hpp"

namespace rota::command {

struct CheckPlan {
  std::vector<explored::Memory> memories;
  std::vector<explored::Method> methods;
  std::chrono::nanoseconds budget;
};

// What only Rota itself has beside policies: mechanism, queues, litmus. Null in a policy author's program.
struct ShippedChecks {
  std::span<const std::string> policies;  // those that other programs check; for messages
};

// Returns the exit status: 0 all passed, 1 something failed, 2 the request makes no sense (one line on stderr).
// Without `shipped` only the subjects can be named.
[[nodiscard]] int run_check(const CheckRequest& request, std::span<const checks::Subject> subjects,
                            const ShippedChecks* shipped);

// The parts of it.
[[nodiscard]] CheckPlan plan_of(const CheckRequest& request);
[[nodiscard]] int check_litmus(const CheckRequest& request);
[[nodiscard]] int check_weakened(const CheckRequest& request, const CheckPlan& plan, const checks::Subject& subject);
[[nodiscard]] int explain_id(const CheckRequest& request);
[[nodiscard]] int replay_check(const CheckRequest& request, std::span<const checks::Subject> subjects);

// Output.
// On a terminal: a line that is redrawn, or gone.
void show_working(const std::string& what);
void clear_working();
class CheckTable {
 public:
  explicit CheckTable(const CheckRequest& request) : request_(request) {}
  void add(const checks::Report& report);  // a cell of the table, and what was found
  [[nodiscard]] int close();               // the last line, or the JSON; the exit status

 private:
  static constexpr int name_width = 58;
  static constexpr int cell_width = 10;
  void heading();
  // A suite that never showed what it is about has checked nothing: the classes that are below their floors.
  [[nodiscard]] static std::vector<std::string> vacuous(const checks::Report& report);
  void end_row();
  void tell(std::size_t i) const;
  [[nodiscard]] bool name_is_row(std::size_t i) const;
  [[nodiscard]] bool known(std::size_t i) const;
  [[nodiscard]] static std::string cell(const checks::Report& report);

  const CheckRequest& request_;
  std::vector<checks::Report> reports_;
  std::vector<std::pair<explored::Memory, explored::Method>> columns_;
  std::string row_;         // the name of the row under way; empty: none
  std::string cells_;       // of that row, so far
  std::size_t column_ = 0;  // the next one of it
  std::size_t first_ = 0;   // its first report
};
void show_found(const checks::Found& found, const CheckRequest& request, const std::string& subject);

}  // namespace rota::command
