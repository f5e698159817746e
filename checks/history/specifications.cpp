// The sequential specifications, call by call.
#include "checks/history/specifications.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace rota::checks::history {
namespace {

template <class L> Values take_up_to(L& line, std::size_t most) {
  Values taken;
  while (taken.size() < most && !line.empty()) taken.push(line.take_front());
  return taken;
}

template <class L> void mix(std::size_t& hash, const L& line) {
  hash = (hash ^ line.size()) * 0x100000001b3U;
  for (const int value : line) hash = (hash ^ static_cast<std::size_t>(value)) * 0x100000001b3U;
}
constexpr std::size_t hash_start = 0xcbf29ce484222325U;

// Adds a step of `operation` that comes after the step added last.
void add_step(const Operation& operation, Call call, const Values& result, bool first, std::vector<Operation>& out) {
  Operation step = operation;
  step.call = call;
  step.result = result;
  step.after = first ? nothing_before : static_cast<std::uint8_t>(out.size() - 1);
  out.push_back(step);
}

bool only_looks(Call call) { return call == Call::length || call == Call::empty || call == Call::none; }
bool adds(Call call) { return call == Call::push || call == Call::push_chain || call == Call::try_send; }
bool obtained_nothing(const Operation& operation) {
  switch (operation.call) {
    case Call::push:
    case Call::try_send:
    case Call::retract:
    case Call::claim:
      return operation.result == Values{0};
    case Call::push_chain:
    case Call::announce:
    case Call::close:
      return false;
    default:
      return operation.result.empty();
  }
}

}  // namespace

bool Fifo::apply(const Operation& operation) {
  switch (operation.call) {
    case Call::push:
    case Call::try_send: {
      const bool fits = !closed && inside.size() < capacity;
      if (fits) inside.push(operation.argument[0]);
      return operation.gave(fits);
    }
    case Call::push_chain:
      for (const int value : operation.argument) inside.push(value);
      return true;
    case Call::pop:
    case Call::try_receive:
      return operation.gave(take_up_to(inside, 1));
    case Call::pop_batch:
      return operation.gave(take_up_to(inside, static_cast<std::size_t>(operation.argument[0])));
    case Call::take_all:
      return operation.gave(take_up_to(inside, inside.size()));
    case Call::length:
      return operation.gave(Values{static_cast<int>(inside.size())});
    case Call::empty:
      return operation.gave(inside.empty());
    case Call::close:
      return closed = true;
    default:
      return false;
  }
}

std::size_t Fifo::hash() const {
  std::size_t hash = hash_start + (closed ? 1 : 0);
  mix(hash, inside);
  return hash;
}

unsigned Rings::choices(const Operation& operation) const {
  return operation.call == Call::take ? static_cast<unsigned>((rings[operation.object].inside.size() + 1) / 2) : 1;
}

bool Rings::apply(const Operation& operation, unsigned choice) {
  Ring& ring = rings[operation.object];
  switch (operation.call) {
    case Call::push: {
      const bool fits = room(ring) > 0;
      if (fits) ring.inside.push(operation.argument[0]);
      return operation.gave(fits);
    }
    case Call::pop: {
      const Values taken = take_up_to(ring.inside, 1);
      if (ring.claimed) ring.held = static_cast<std::uint8_t>(ring.held + taken.size());
      return operation.gave(taken);
    }
    case Call::take_half:
      return operation.gave(take_up_to(ring.inside, ring.claimed ? 0 : ring.inside.size() / 2));
    case Call::steal_half:  // one that found nothing
      return operation.gave(Values{}) && (ring.claimed || ring.inside.empty());
    case Call::take:
      return take(operation, choice + 1);
    case Call::publish:
      return publish(rings[operation.other]);
    case Call::release:
      ring.claimed = false;
      ring.held = 0;
      return true;
    case Call::empty:
      return operation.gave(ring.inside.empty());
    default:
      return false;
  }
}

bool Rings::take(const Operation& operation, std::size_t count) {
  Ring& victim = rings[operation.object];
  Ring& thief = rings[operation.other];
  if (victim.claimed || count > room(thief) + 1) return false;
  victim.claimed = true;
  victim.held = static_cast<std::uint8_t>(count);
  thief.moving = take_up_to(victim.inside, count);
  return operation.gave(Values{thief.moving.take_front()});
}

bool Rings::publish(Ring& ring) {
  while (!ring.moving.empty()) ring.inside.push(ring.moving.take_front());
  return ring.inside.size() + ring.held <= capacity;
}

void Rings::steps(const Operation& operation, std::vector<Operation>& out) {
  const bool nothing = !operation.pending() && operation.result.empty();
  if (operation.call != Call::steal_half || nothing) return out.push_back(operation);
  add_step(operation, Call::take, operation.result, true, out);
  add_step(operation, Call::publish, {}, false, out);
  add_step(operation, Call::release, {}, false, out);
}

std::size_t Rings::hash() const {
  std::size_t hash = hash_start;
  for (const Ring& ring : rings) {
    mix(hash, ring.inside);
    mix(hash, ring.moving);
    hash = (hash ^ (ring.held * 2U + (ring.claimed ? 1 : 0))) * 0x100000001b3U;
  }
  return hash;
}

unsigned Deques::choices(const Operation& operation) const { return operation.call == Call::take ? 2 : 1; }

bool Deques::apply(const Operation& operation, unsigned choice) {
  Values& line = inside[operation.object];
  Values& moved = moving[operation.other];
  switch (operation.call) {
    case Call::push: {
      const bool fits = line.size() < capacity;
      if (fits) line.push(operation.argument[0]);
      return operation.gave(fits);
    }
    case Call::pop:
      return operation.gave(line.empty() ? Values{} : Values{line.take_back()});
    case Call::pop_oldest:
      return operation.gave(take_up_to(line, 1));
    case Call::take:  // one more on the way to the thief's own deque, or none
      if (choice == 1) moved = take_up_to(line, 1);
      return true;
    case Call::publish:
      for (; !moved.empty(); moved.take_front()) inside[operation.other].push(moved[0]);
      return inside[operation.other].size() <= capacity;
    default:
      return false;
  }
}

void Deques::steps(const Operation& operation, std::vector<Operation>& out) const {
  if (operation.call == Call::take_half) {
    const std::size_t count = operation.pending() ? capacity : operation.result.size();
    for (std::size_t i = 0; i < count; ++i)
      add_step(operation, Call::pop_oldest, operation.pending() ? Values{} : Values{operation.result[i]}, i == 0, out);
  } else if (operation.call == Call::steal_half) {
    add_step(operation, Call::pop_oldest, operation.result, true, out);
    // How many it wants follows from a length that may be long past, so all that may fit could come.
    const std::size_t more = operation.pending() || !operation.result.empty() ? capacity - 1 : 0;
    for (std::size_t i = 0; i < more; ++i) {
      add_step(operation, Call::take, {}, false, out);
      add_step(operation, Call::publish, {}, false, out);
    }
  } else {
    out.push_back(operation);
  }
}

std::size_t Deques::hash() const {
  std::size_t hash = hash_start;
  for (const Values& line : inside) mix(hash, line);
  for (const Values& line : moving) mix(hash, line);
  return hash;
}

unsigned Idle::choices(const Operation& operation) const {
  return operation.call == Call::claim_any && operation.pending() ? static_cast<unsigned>(workers) : 1;
}

bool Idle::apply(const Operation& operation, unsigned choice) {
  switch (operation.call) {
    case Call::announce:
      bits |= std::uint64_t{1} << operation.object;
      return true;
    case Call::retract:
    case Call::claim:
      return operation.gave(clear(operation.object));
    case Call::claim_any:
      return clear(operation.pending() ? choice : static_cast<unsigned>(operation.result[0]));
    case Call::absent:
      return (bits >> operation.object & 1) == 0;
    case Call::none:
      return operation.gave(bits == 0);
    default:
      return false;
  }
}

bool Idle::clear(unsigned worker) {
  const std::uint64_t before = std::exchange(bits, bits & ~(std::uint64_t{1} << worker));
  return before != bits;
}

void Idle::steps(const Operation& operation, std::vector<Operation>& out) const {
  if (operation.call != Call::claim_any || operation.pending() || !operation.result.empty())
    return out.push_back(operation);
  for (std::size_t worker = 0; worker < workers; ++worker) {
    add_step(operation, Call::absent, {}, true, out);
    out.back().object = static_cast<std::uint8_t>(worker);
  }
}

std::vector<Operation> effects_only(History history) {
  std::vector<Operation> result;
  for (const Operation& operation : history) {
    if (operation.pending() || !(only_looks(operation.call) || obtained_nothing(operation)))
      result.push_back(operation);
  }
  return result;
}

std::string lost_or_doubled(History history) {
  std::map<int, int> balance;  // how often in, less how often out
  for (const Operation& operation : history) {
    if (only_looks(operation.call)) continue;
    if (adds(operation.call)) {
      for (const int value : operation.argument) balance[value] += obtained_nothing(operation) ? 0 : 1;
    } else {
      for (const int value : operation.result) balance[value] -= 1;
    }
  }
  for (const auto& [value, left] : balance) {
    if (left > 0) return fmt::format("task {} went in and never came out", value);
    if (left < 0) return fmt::format("task {} came out more often than it went in", value);
  }
  return {};
}

}  // namespace rota::checks::history
