// The programs behind `rota check POLICY` and `rota check all`: checks the policies that are linked into it.
#include "checks/subjects.hpp"
#include "command/check.hpp"

int main(int argc, char** argv) {
  rota::command::CheckRequest request;
  if (const auto status = rota::command::parse_check(argc, argv, request)) return *status;
  constexpr rota::command::ShippedChecks parts{};
  return rota::command::run_check(request, rota::checks::subjects(), &parts);
}
