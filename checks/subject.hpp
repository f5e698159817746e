// Subject: what is checked. A policy in a runtime, built for one explored world; each world's templates are
// instantiated behind one function, so that programs, oracles and shrinking are compiled once.
#pragma once

#include <string_view>

#include "schedulers/policy.hpp"

namespace rota::checks {

struct Program;

struct Subject {
  std::string_view name;  // a policy's, or a mutant's
  Guarantees guarantees;  // what is promised with the subject's settings
  // Inside an execution: starts a runtime with the subject's settings, and small ones where it has none, runs the
  // program, shuts down.
  void (*run)(const Program& program, const Subject& subject);
  // What the policy promises with these settings; of a subject that no preset is made of, null.
  Guarantees (*guarantees_with)(const SettingValues& with) = nullptr;
  SettingValues with = {}, runtime = {};  // a preset's
  // What it promises with the settings that a program draws; null: the same whatever they are.
  Guarantees (*promised)(const Program& program, const Subject& subject) = nullptr;
  // Checked in the world of one thread: its programs have one worker and no outside, and one schedule each.
  bool one_thread = false;

  // What is promised of this program, and so checked.
  [[nodiscard]] Guarantees promises(const Program& program) const {
    return promised != nullptr ? promised(program, *this) : guarantees;
  }
};

// What the name of such a subject begins with.
inline constexpr std::string_view local_prefix = "local:";

}  // namespace rota::checks
