// Every interleaving, by recursion over which thread goes next.
#include "checks/litmus/interleavings.hpp"

#include <array>

namespace rota::checks::litmus {
namespace {

struct State {
  std::array<std::size_t, max_threads> next{};
  std::array<std::uint64_t, max_locations> memory{};
  std::array<std::uint64_t, max_registers> registers{};
};

void apply(const Operation& op, State& state) {
  if (op.kind == Kind::fence) return;
  std::uint64_t& word = state.memory[op.location];
  if (op.target >= 0) state.registers[static_cast<std::size_t>(op.target)] = word;
  if (op.kind == Kind::store || op.kind == Kind::exchange) word = op.value;
  if (op.kind == Kind::fetch_add) word += op.value;
  if (op.kind == Kind::compare_exchange && word == op.expected) word = op.value;
}

void walk(const Program& program, const State& state, std::set<std::string>& found) {
  bool ended = true;
  for (std::size_t thread = 0; thread < program.threads.size(); ++thread) {
    if (state.next[thread] == program.threads[thread].size()) continue;
    ended = false;
    State after = state;
    apply(program.threads[thread][after.next[thread]++], after);
    walk(program, after, found);
  }
  if (ended) found.insert(outcome(program, state.registers.data(), state.memory.data()));
}

}  // namespace

std::set<std::string> interleave(const Program& program) {
  std::set<std::string> found;
  walk(program, State{}, found);
  return found;
}

}  // namespace rota::checks::litmus
