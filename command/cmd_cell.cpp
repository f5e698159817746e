// rota cell: one measurement. Reads a request on standard input and goes on to the program that measures it, which lies
// beside this one: rota-cell, or rota-simulate for the simulated world.
#include <sys/mman.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <iostream>
#include <iterator>
#include <system_error>

#include "command/beside.hpp"
#include "command/command.hpp"
#include "record/request_json.hpp"

namespace rota::command {
namespace {

// Standard input once more, from its beginning.
void give_back(const std::string& text) {
  const int fd = memfd_create("request", 0);
  if (fd < 0 || write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      lseek(fd, 0, SEEK_SET) < 0 || dup2(fd, STDIN_FILENO) < 0)
    throw std::system_error(errno, std::generic_category(), "the request cannot be passed on");
}

int go_on() {
  const std::string text{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  const std::string program = is_simulated(record::request_from_json(text).world) ? "rota-simulate" : "rota-cell";
  give_back(text);
  return become(program, std::array{program}, "./rota cell");
}

}  // namespace

void add_cell(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("cell", "One measurement: a JSON request on standard input, JSON lines on standard output");
  command->footer("Exit status: 0 measured, 1 a wrong answer, 2 the request is refused, 3 the measurement failed.");
  command->callback([&context] { context.status = go_on(); });
}

}  // namespace rota::command
