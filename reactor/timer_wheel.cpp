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
    if (place == sorted_ && node.deadline < nodes_[list.last].deadline) sorted_ = nowhere;
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
  if (list.first == none) {
    const unsigned level = node.place / slots;
    occupied_[level] &= ~(std::uint64_t{1} << (node.place % slots));
    if (occupied_[level] == 0) occupied_levels_ &= ~(1U << level);
    if (node.place == sorted_) sorted_ = nowhere;
  }
  node.place = nowhere;
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
  if (place == sorted_) return earliest;
  for (Id id = lists_[place].first; id != none; id = nodes_[id].next)
    earliest = std::min(earliest, nodes_[id].deadline);
  return earliest;
}

// Spreads a list of a higher level over the levels below; the wheel already stands at the list's first tick.
void TimerWheel::cascade(unsigned place) noexcept {
  const List list = lists_[place];
  lists_[place] = {};
  const unsigned level = place / slots;
  occupied_[level] &= ~(std::uint64_t{1} << (place % slots));
  if (occupied_[level] == 0) occupied_levels_ &= ~(1U << level);
  for (Id id = list.first; id != none;) {
    const Id next = nodes_[id].next;
    link(id);
    id = next;
  }
}

void TimerWheel::sort(unsigned place) {
  List& list = lists_[place];
  scratch_.clear();
  for (Id id = list.first; id != none; id = nodes_[id].next)
    scratch_.push_back({nodes_[id].deadline, static_cast<std::uint32_t>(scratch_.size()), id});
  const auto earlier = [](const Due& a, const Due& b) {
    return a.deadline != b.deadline ? a.deadline < b.deadline : a.position < b.position;
  };
  if (!std::is_sorted(scratch_.begin(), scratch_.end(), earlier)) {
    std::sort(scratch_.begin(), scratch_.end(), earlier);
    list = {};
    for (const Due& due : scratch_) {
      nodes_[due.id].previous = list.last;
      nodes_[due.id].next = none;
      (list.last == none ? list.first : nodes_[list.last].next) = due.id;
      list.last = due.id;
    }
  }
  sorted_ = static_cast<std::uint16_t>(place);
}

// Removes the earliest timer if it is due, moving the wheel as far towards now as that allows.
TimerWheel::Id TimerWheel::next_due(TimePoint now) {
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
    if (place != sorted_) sort(place);
    const Id id = lists_[place].first;
    if (nodes_[id].deadline > now) return none;
    unlink(id);
    return id;
  }
  current_ = target;
  return none;
}

}  // namespace rota
