// rota cell: one measurement, by the program rota-cell, which lies beside this one.
#include <CLI/CLI.hpp>
#include <array>

#include "command/beside.hpp"
#include "command/command.hpp"

namespace rota::command {

void add_cell(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("cell", "One measurement: a JSON request on standard input, JSON lines on standard output");
  command->footer("Exit status: 0 measured, 1 a wrong answer, 2 the request is refused, 3 the measurement failed.");
  command->callback(
      [&context] { context.status = become("rota-cell", std::array{std::string("rota-cell")}, "./rota run"); });
}

}  // namespace rota::command
