// rota check: starts the program rota-check, which lies beside this one.
#include <CLI/CLI.hpp>

#include "command/beside.hpp"
#include "command/command.hpp"

namespace rota::command {
namespace {

int start_check(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"rota check"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return become("rota-check", words, "./rota check");
}

}  // namespace

void add_check(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("check", "Search a policy, or Rota itself, for violated invariants");
  command->prefix_command();
  command->set_help_flag();  // rota-check has the help
  command->callback([command, &context] { context.status = start_check(command->remaining()); });
}

}  // namespace rota::command
