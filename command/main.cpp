// The program `rota`: parses the command line, runs one subcommand, and turns every error into one line and a status.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "command/command.hpp"
#include "command/unknown_word.hpp"
#include "experiments/host/build_facts.hpp"
#include "record/input_error.hpp"
#include "worlds/topology.hpp"

namespace rota::command {
namespace {

constexpr auto footer = R"(
Exit status: 0 success, 1 a check or a measurement failed, 2 bad usage or bad input.

The first minute:
  rota run quickstart             four policies, six workloads, under a minute
  rota report latest              a page with the charts of that run
  rota check work-stealing        is it right? searches for violated invariants
  rota list                       what there is; rota describe NAME says more)";

int bad(const std::string& line) {
  fmt::print(stderr, "rota: {}\n", line);
  return 2;
}

int parse(CLI::App& app, Context& context, int argc, char** argv) try {
  app.parse(argc, argv);
  return context.status;
} catch (const CLI::Success& help) {
  return app.exit(help);
} catch (const CLI::ParseError& error) {
  return bad(fmt::format("{} (see 'rota --help')", sentence_of(app, error)));
} catch (const record::InputError& error) {
  return bad(error.what());
} catch (const TopologyError& error) {
  return bad(error.what());
} catch (const std::exception& error) {
  fmt::print(stderr, "rota: {}\n", error.what());
  return 1;
}

int run(int argc, char** argv) {
  CLI::App app("Rota: write a scheduling policy once, measure it on real threads, prove it under exploration.", "rota");
  app.require_subcommand(1);
  app.set_version_flag("--version", "rota " + experiments::build_facts().at("version"));
  app.footer(footer);
  app.option_defaults()->always_capture_default();
  Context context;
  context.argv0_cell = {"/proc/self/exe", "cell"};
  for (const auto add :
       {add_run, add_check, add_judge, add_report, add_export, add_list, add_describe, add_topology, add_calibrate,
        add_bench_gate, add_peers, add_new, add_doctor, add_cell, add_needs, add_completion, add_man})
    add(app, context);
  return parse(app, context, argc, argv);
}

}  // namespace
}  // namespace rota::command

int main(int argc, char** argv) { return rota::command::run(argc, argv); }
