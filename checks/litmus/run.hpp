// Running the litmus tests: what the explored world shows against what the axioms allow.
//
// Depth-first search without a bound must show exactly that. Every other search, and a bounded one, must show nothing
// else.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checks/litmus/axiomatic.hpp"
#include "checks/litmus/tests.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks::litmus {

struct Row {
  std::string test, orders, text, asked;  // as in LitmusTest
  explored::Memory memory = explored::Memory::relaxed;
  Outcomes seen{};     // by the explored world
  Outcomes allowed{};  // by Model::sc, or by Model::stepwise under relaxed
  std::uint64_t executions = 0;
  bool complete = false;  // the explored world says that it ran every schedule
  std::chrono::nanoseconds time{0};
  bool owes_all = true;  // the search was to show every outcome, not only some of them
  bool passed = false;
  std::string problem{};   // one line, if not passed
  std::string schedule{};  // replays the failure, if the explored world itself reported one
};

// Depth-first search of everything under `memory`, for at most a minute.
[[nodiscard]] explored::Options exhaustive(explored::Memory memory);

[[nodiscard]] Row run(const LitmusTest& test, const explored::Options& options);

// Every test whose name is `name`, or all if it is empty, under each of `searches`. `told` hears of each row as it is
// done. Throws std::invalid_argument, listing the known names, if there is no such test.
[[nodiscard]] std::vector<Row> run_all(const std::string& name, const std::vector<explored::Options>& searches,
                                       const std::function<void(const Row&)>& told = {});

// Exhaustively, first under sc, then under relaxed.
[[nodiscard]] std::vector<Row> run_all(const std::string& name = {});

}  // namespace rota::checks::litmus
