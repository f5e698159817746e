// R1, R2, R3, R4: ops, interrupts, timers, and who drives the reactor.
//
// The reactor's marks are set under its lock, so they stand in the order of its deeds. Deadlines are known only if the
// program tells them (deadline_note, awake_note).
#pragma once

#include "checks/oracle/sentence.hpp"

namespace rota::checks {

struct R1 {
  static constexpr std::string_view id = "R1";
  static constexpr Marks watches = Marks::of(Mark::submit, Mark::complete, Mark::withdraw, Mark::collect, Mark::polled);
  static Judgement see(const View& view, const TraceEvent& event);
  static Judgement at_rest(const View& view);
  static Judgement end(const View& view, Ending ending);
};

struct R2 {
  static constexpr std::string_view id = "R2";
  static constexpr Marks watches{};
  static Judgement at_rest(const View& view);
};

struct R3 {
  static constexpr std::string_view id = "R3";
  static constexpr Marks watches = Marks::of(Mark::complete, Mark::note);
  static Judgement see(const View& view, const TraceEvent& event);
  static Judgement at_rest(const View& view);
};

struct R4 {
  static constexpr std::string_view id = "R4";
  static constexpr Marks watches = Marks::of(Mark::poll);
  static Judgement see(const View& view, const TraceEvent& event);
  static Judgement at_rest(const View& view);
};

}  // namespace rota::checks
