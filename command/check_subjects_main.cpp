// The programs behind `rota check POLICY` and `rota check all`: checks the policies that are linked into it. Of an
// installed Rota, and of somebody else's project, it is the one behind `rota check` at all.
#include <fmt/format.h>

#include "checks/subjects.hpp"
#include "command/check.hpp"

int main(int argc, char** argv) {
  rota::command::CheckRequest request;
  if (const auto status = rota::command::parse_check(argc, argv, request)) return *status;
  if (request.what == "mutants") {
    fmt::print(stderr,
               "rota: check mutants: they are planted into Rota's own sources; './rota check mutants' in a "
               "checkout checks them\n");
    return 2;
  }
  constexpr rota::command::ShippedChecks parts{};
  return rota::command::run_check(request, rota::checks::subjects(), &parts);
}
