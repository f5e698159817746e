// The subcommands of `rota`: each adds itself to the command line and leaves the exit status in the context.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace rota::command {

struct Context {
  int status = 0;                       // 0 success, 1 a check or a measurement failed, 2 bad usage or bad input
  std::vector<std::string> argv0_cell;  // the command that runs one cell: this program and the word "cell"
};

void add_judge(CLI::App& app, Context& context);
void add_list(CLI::App& app, Context& context);
void add_bench_gate(CLI::App& app, Context& context);
void add_describe(CLI::App& app, Context& context);
void add_run(CLI::App& app, Context& context);
void add_check(CLI::App& app, Context& context);
void add_report(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_topology(CLI::App& app, Context& context);
void add_calibrate(CLI::App& app, Context& context);
void add_peers(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);
void add_cell(CLI::App& app, Context& context);
void add_new(CLI::App& app, Context& context);
void add_needs(CLI::App& app, Context& context);
void add_completion(CLI::App& app, Context& context);
void add_man(CLI::App& app, Context& context);

// What `rota list KIND` prints; of all kinds if it is empty.
void print_list(const std::string& kind, bool json);

}  // namespace rota::command
