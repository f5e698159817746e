// Runs the cells of a definition, and tells on standard error what is happening: for whoever has cells run.
#pragma once

#include <filesystem>
#include <string>

#include "command/command.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/run/runner.hpp"

namespace rota::command {

inline constexpr int interrupted = 130;  // what a shell reports for Ctrl-C

enum class Warn : std::uint8_t { no, yes };

// Makes the run's folder in `out`. Throws InputError if it cannot be written.
[[nodiscard]] std::filesystem::path begin_run(const experiments::Definition& definition, const std::string& out,
                                              Warn noisy_host = Warn::yes);

// Does what is missing of the run in this folder.
[[nodiscard]] experiments::RunEnd run_cells(const std::filesystem::path& folder, const Context& context);

}  // namespace rota::command
