// The command line of `rota run`, for the subcommand itself and for what must know before it which worlds a run needs.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/definition/definition.hpp"

namespace rota::command {

struct RunOptions {
  std::vector<std::string> definitions, only, sets;
  std::string resume;
  std::string out = "runs";
  std::optional<std::uint64_t> seed;
  bool dry_run = false;
  bool yes_noisy = false;
  bool json = false;
};

// The options are filled when the command line is parsed.
[[nodiscard]] std::shared_ptr<RunOptions> add_run_options(CLI::App& command);

// Every definition that is named, changed as the options say. Throws InputError.
[[nodiscard]] std::vector<experiments::Definition> read_definitions(const RunOptions& options);

}  // namespace rota::command
