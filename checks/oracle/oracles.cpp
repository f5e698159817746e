// Oracles: each mark goes to those who watch it, by a table made at compile time.
#include "checks/oracle/oracles.hpp"

#include <array>
#include <tuple>

#include "checks/oracle/events.hpp"
#include "checks/oracle/order.hpp"
#include "checks/oracle/queues.hpp"
#include "checks/oracle/shares.hpp"
#include "checks/oracle/tasks.hpp"
#include "checks/oracle/wakes.hpp"

namespace rota::checks {

struct Oracles::Set {
  // One event may break several rules. The first of this list names it: the cause before its consequences, what is lost
  // for ever (P1) or never woken (W1) before the shutdown that hangs on it (P6).
  std::tuple<P1, W6, W2, W3, W1, P6, T3, T2, W4, T1, P10, P5, P9, P4, P3, P2, R2, R1, R3, R4> all;
  View view;

  template <Mark M> static Judgement told(Set& set, const TraceEvent& event) {
    Judgement found;
    std::apply([&](auto&... oracle) { (void)(set.ask<M>(oracle, event, found) || ...); }, set.all);
    return found;
  }
  template <Mark M, class O> [[gnu::always_inline]] bool ask(O& oracle, const TraceEvent& event, Judgement& found) {
    if constexpr (O::watches.contains(M)) {
      found = oracle.see(view, event);
      return found.has_value();
    }
    return false;
  }

  Judgement at_rest() const {
    Judgement found;
    const auto ask = [&](const auto& oracle) {
      if constexpr (requires { oracle.at_rest(view); }) found = oracle.at_rest(view);
      return found.has_value();
    };
    std::apply([&](const auto&... oracle) { (void)(ask(oracle) || ...); }, all);
    return found;
  }

  Judgement end(Ending ending) const {
    Judgement found;
    const auto ask = [&](const auto& oracle) {
      if constexpr (requires { oracle.end(view, ending); }) found = oracle.end(view, ending);
      return found.has_value();
    };
    std::apply([&](const auto&... oracle) { (void)(ask(oracle) || ...); }, all);
    return found;
  }

  static constexpr std::size_t marks = all_marks.size();
  using Told = Judgement (*)(Set&, const TraceEvent&);
  template <std::size_t... M> static constexpr std::array<Told, marks> table(std::index_sequence<M...>) {
    return {&told<static_cast<Mark>(M)>...};
  }
  static constexpr bool quiescent(const TraceEvent& event) {
    return event.mark == Mark::note && event.value == quiescent_note;
  }
};

Oracles::Oracles() : set_(std::make_unique<Set>()) {}
Oracles::~Oracles() = default;

void Oracles::reset(const Facts& facts) {
  set_->view.reset(facts);
  const auto reset = [&](auto& oracle) {
    if constexpr (requires { oracle.reset(facts); }) oracle.reset(facts);
  };
  std::apply([&](auto&... oracle) { (reset(oracle), ...); }, set_->all);
}

Judgement Oracles::see(const TraceEvent& event) {
  static constexpr auto table = Set::table(std::make_index_sequence<Set::marks>{});
  Judgement found = table[static_cast<std::size_t>(event.mark)](*set_, event);
  if (!found && Set::quiescent(event)) found = set_->at_rest();
  if (!found) set_->view.take_in(event);
  return found;
}

Judgement Oracles::end(Ending ending) {
  Judgement found;
  if (ending == Ending::deadlock) found = set_->at_rest();
  return found ? found : set_->end(ending);
}

Judgement judge(Trace trace, const Facts& facts, Ending ending) {
  Oracles oracles;
  oracles.reset(facts);
  for (const TraceEvent& event : trace) {
    if (Judgement found = oracles.see(event)) return found;
  }
  return oracles.end(ending);
}

}  // namespace rota::checks
