// The mechanism, explored: the parts of runtime/ that every policy relies on, each in programs of its own, as small as
// the question allows. They run the production templates in the explored world.
//
//   for (const MechanismCheck& check : mechanism_checks()) report(check.run({.method = explored::Method::dfs}));
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "checks/report.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

struct MechanismCheck {
  std::string_view name;   // "parking: a sleep meets a submit"
  std::string_view ids;    // of docs/invariants.md, which it can break, separated by spaces
  std::string_view stuck;  // the id that it breaks if it cannot go on (a deadlock)
  // What some execution must show, or the check has checked nothing: labels of Report::classes. Filled from the left.
  std::array<std::string_view, 4> shows;
  void (*program)();
  // Within this bound dfs in relaxed memory ends in a second or three. Without one it is a proof.
  unsigned preemptions = explored::Options::unlimited;

  // Explores the program. Report::complete: every schedule within the options' bound was run. Classes: executions that
  // showed each label, as a share.
  [[nodiscard]] Report run(const explored::Options& options) const;
  // The same as the explored world says it, with the sites and the trace if asked for. The way to run `program`: it
  // needs things that are made outside the world.
  [[nodiscard]] explored::Verdict explore(const explored::Options& options) const;
};

[[nodiscard]] std::span<const MechanismCheck> mechanism_checks();

}  // namespace rota::checks
