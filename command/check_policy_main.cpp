// Checks one policy: `rota check` as a program of a policy's author (cmake/CheckPolicy.cmake).
#include <fmt/format.h>

#include "checks/subjects.hpp"
#include "command/check.hpp"

int main(int argc, char** argv) {
  const auto subjects = rota::rows<rota::checks::Subject>();
  const std::string name(subjects.front().name);
  CLI::App app(fmt::format("Searches the policy {} for violated invariants (rota's docs/checking.md).", name));
  rota::command::CheckRequest request;
  request.what = name;
  request.program = argv[0];
  rota::command::add_check_options(app, request);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return rota::command::run_check(request, subjects, nullptr);
}
