// What `rota check` is asked for, and its command line. It names nothing of what is checked, so that a program without
// the explored world can describe it.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace rota::command {

struct CheckRequest {
  std::string what;              // a subject, or all, mutants, litmus, mechanism, queues
  std::string budget;            // for all of it; empty: what WHAT usually needs
  std::string strategy = "all";  // random, pct, dfs, all
  std::string memory = "all";    // sc, relaxed, all
  std::uint64_t seed = 1;
  unsigned depth = 3;
  unsigned preemptions = 2;
  std::string replay;
  std::string explain;  // an id
  bool weaken = false;
  bool twice = false;
  bool accesses = false;
  bool markdown = false;
  bool json = false;
  std::string program;  // what the replay command begins with; empty: rota check and the subject
};

// The options of the command line, for a program that knows what it checks.
void add_check_options(CLI::App& app, CheckRequest& request);
// The same with what is checked: all of `rota check`, also for who only describes it.
void add_check_words(CLI::App& app, CheckRequest& request);
// The command line of `rota check`. The exit status, if there is nothing to do any more: help, or one line on stderr.
enum class Quiet : std::uint8_t { no, yes };
[[nodiscard]] std::optional<int> parse_check(int argc, char** argv, CheckRequest& request, Quiet quiet = Quiet::no);

}  // namespace rota::command
