// TimerWheel: digits, lists and bitmaps.
#include "reactor/timer_wheel.hpp"

#include <algorithm>
#include <bit>

namespace rota {

TimerWheel::TimerWheel() = default;

std::uint64_t TimerWheel::tick_of(TimePoint point) noexcept {
  const auto ns = point.time_since_epoch().count();
  return ns <= 0 ? 0 : static_cast<std::uint64_t>(ns) >> tick_bits;
}

void TimerWheel::add(TimePoint deadline, Id id) {
  if (id >= nodes_.size()) nodes_.resize(std::max<std::size_t>(id + std::size_t{1}, nodes_.size() * 2));
  nodes_[id].deadline = deadline;
  link(id);
}

bool TimerWheel::remove(Id id) noexcept {
  if (!contains(id)) return false;
  unlink(id);
  return true;
}

// Appends, so that equal deadlines stay in order of add: equal ticks are always in the same list.
void TimerWheel::link(Id id) noexcept {
  Node& node = nodes_[id];
  const std::uint64_t tick = std::max(tick_of(node.deadline), current_);
  const std::uint64_t differing = tick ^ current_;
  const unsigned level = differing == 0 ? 0 : (std::bit_width(differing) - 1) / digit_bits;
  const unsigned slot = (tick >> (level * digit_bits)) % slots;
  const unsigned place = level * slots + slot;

  List& list = lists_[place];
  node.place = static_cast<std::uint16_t>(place);
  node.previous = list.last;
  node.next = none;
  if (list.last != none) {
    if (level == 0 && node.deadline < nodes_[list.last].deadline) disordered_ |= std::uint64_t{1} << slot;
    nodes_[list.last].next = id;
  } else {
    list.first = id;
  }
  list.last = id;
  occupied_[level] |= std::uint64_t{1} << slot;
  occupied_levels_ |= 1U << level;
}

void TimerWheel::unlink(Id id) noexcept {
  Node& node = nodes_[id];
  List& list = lists_[node.place];
  (node.previous == none ? list.first : nodes_[node.previous].next) = node.next;
  (node.next == none ? list.last : nodes_[node.next].previous) = node.previous;
  if (list.first == none) vacate(node.place);
  node.place = nowhere;
}

// The list there is empty now.
void TimerWheel::vacate(unsigned place) noexcept {
  const unsigned level = place / slots;
  const std::uint64_t slot = std::uint64_t{1} << (place % slots);
  occupied_[level] &= ~slot;
  if (occupied_[level] == 0) occupied_levels_ &= ~(1U << level);
  if (level == 0) disordered_ &= ~slot;
}

// Leaves of a list what begins with `rest`.
void TimerWheel::cut(unsigned place, Id rest) noexcept {
  if (rest == none) {
    lists_[place] = {};
    vacate(place);
  } else {
    lists_[place].first = rest;
    nodes_[rest].previous = none;
  }
}

// The earliest list: in the lowest level in use, since a level's timers are all due before those above it.
unsigned TimerWheel::first_place() const noexcept {
  const auto level = static_cast<unsigned>(std::countr_zero(occupied_levels_));
  return level * slots + static_cast<unsigned>(std::countr_zero(occupied_[level]));
}

// The first tick that belongs to a place: the current tick's digits above its level, its slot, zeros below.
std::uint64_t TimerWheel::start_of(unsigned place) const noexcept {
  const unsigned shift = place / slots * digit_bits;
  const std::uint64_t above = current_ >> shift >> digit_bits << digit_bits << shift;
  return above | (static_cast<std::uint64_t>(place % slots) << shift);
}

TimePoint TimerWheel::next_expiry() const noexcept {
  if (empty()) return never;
  const unsigned place = first_place();
  if (place >= slots) return TimePoint(Duration(start_of(place) << tick_bits));
  TimePoint earliest = nodes_[lists_[place].first].deadline;
  if ((disordered_ >> place & 1) == 0) return earliest;
  for (Id id = lists_[place].first; id != none; id = nodes_[id].next)
    earliest = std::min(earliest, nodes_[id].deadline);
  return earliest;
}

// Spreads a list of a higher level over the levels below; the wheel already stands at the list's first tick.
void TimerWheel::cascade(unsigned place) noexcept {
  const List list = lists_[place];
  lists_[place] = {};
  vacate(place);
  for (Id id = list.first; id != none;) {
    const Id next = nodes_[id].next;
    link(id);
    id = next;
  }
}

// Of the lowest level.
void TimerWheel::sort(unsigned place) {
  List& list = lists_[place];
  scratch_.clear();
  for (Id id = list.first; id != none; id = nodes_[id].next)
    scratch_.push_back({nodes_[id].deadline, static_cast<std::uint32_t>(scratch_.size()), id});
  std::sort(scratch_.begin(), scratch_.end(), [](const Due& a, const Due& b) {
    return a.deadline != b.deadline ? a.deadline < b.deadline : a.position < b.position;
  });
  list = {};
  for (const Due& due : scratch_) {
    nodes_[due.id].previous = list.last;
    nodes_[due.id].next = none;
    (list.last == none ? list.first : nodes_[list.last].next) = due.id;
    list.last = due.id;
  }
  disordered_ &= ~(std::uint64_t{1} << place);
}

// Moves the wheel towards now, as far as to the first timer. True if that is due: it is the first of the first place.
bool TimerWheel::go_to_next(TimePoint now) {
  const std::uint64_t target = std::max(tick_of(now), current_);
  while (!empty()) {
    const unsigned place = first_place();
    const std::uint64_t start = start_of(place);
    if (start > target) break;
    current_ = std::max(current_, start);
    if (place >= slots) {
      cascade(place);
      continue;
    }
    if ((disordered_ >> place & 1) != 0) sort(place);
    return nodes_[lists_[place].first].deadline <= now;
  }
  current_ = target;
  return false;
}

}  // namespace rota
