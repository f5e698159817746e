// rota check: starts the program rota-check, which lies beside this one.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "command/command.hpp"

namespace rota::command {
namespace {

int start_check(const std::vector<std::string>& arguments) {
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "rota-check";
  std::vector<std::string> words{"rota check"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  fmt::print(stderr, "rota: {}: {}; './rota check' builds it\n", program.string(), std::strerror(errno));
  return 2;
}

}  // namespace

void add_check(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("check", "Search a policy, or Rota itself, for violated invariants");
  command->prefix_command();
  command->set_help_flag();  // rota-check has the help
  command->callback([command, &context] { context.status = start_check(command->remaining()); });
}

}  // namespace rota::command
