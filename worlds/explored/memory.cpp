// WeakMemory: see the header for the model.
#include "worlds/explored/memory.hpp"

namespace rota::explored {

Record& WeakMemory::newest(const Location& location) {
  if (location.newest == nullptr) {
    auto* record = static_cast<Record*>(Arena::allocate(sizeof(Record), alignof(Record)));
    *record = Record{};
    record->value = location.initial;
    record->seen.time[0] = 1;  // everybody's past begins with the first thread's
    location.newest = record;
  }
  return *location.newest;
}

void WeakMemory::readable(const Location& location, ThreadId self, const Knowledge& k, Candidates& options) const {
  Record* record = &newest(location);
  options.add(record);
  if (!relaxed_ || k.fresh) return;
  while (!k.now.visible.knows_any(record->seen) && record->older != nullptr) {
    record = record->older;
    if (record->stale[self] < stale_reads) options.add(record);
  }
}

void WeakMemory::writable(const Location& location, ThreadId, const Knowledge& k, Candidates& options) const {
  Record* record = &newest(location);
  options.add(record);
  if (!relaxed_) return;
  while (!k.now.visible.knows_any(record->seen) && record->older != nullptr) {
    record = record->older;
    if (!record->followed) options.add(record);
  }
}

void WeakMemory::exchangeable(const Location& location, ThreadId self, const Knowledge& k,
                              const std::uint64_t* expected, Candidates& options) const {
  Record* record = &newest(location);
  options.add(record);
  if (!relaxed_ || k.fresh) return;
  while (!k.now.visible.knows_any(record->seen) && record->older != nullptr) {
    record = record->older;
    const bool succeeds = expected == nullptr || record->value == *expected;
    if (succeeds ? !record->followed : record->stale[self] < stale_reads) options.add(record);
  }
}

void WeakMemory::learn(const Record& from, Order order, Knowledge& k) noexcept {
  if (!from.has_message) return;
  if (acquires(order)) {
    k.now.join(from.message);
  } else {
    k.acquired.join(from.message);
    k.has_acquired = true;
  }
}

std::uint64_t WeakMemory::load(Record& from, const Location& location, Order order, ThreadId self, Knowledge& k) const {
  if (from.seen.time[self] == 0) from.seen.time[self] = k.now.visible.time[self];
  if (&from != location.newest) ++from.stale[self];
  learn(from, order, k);
  return from.value;
}

Record* WeakMemory::insert(Location& location, Record& behind, std::uint64_t value, ThreadId self, const Knowledge& k) {
  auto* record = static_cast<Record*>(Arena::allocate(sizeof(Record), alignof(Record)));
  record->value = value;
  record->older = &behind;
  record->seen = Clock{};
  record->seen.time[self] = k.now.visible.time[self];
  record->has_message = record->followed = false;
  record->stale = {};
  if (location.newest == &behind) {
    location.newest = record;
  } else {
    Record* newer = location.newest;
    while (newer->older != &behind) newer = newer->older;
    newer->older = record;
  }
  return record;
}

void WeakMemory::store(Record& behind, Location& location, std::uint64_t value, Order order, ThreadId self,
                       Knowledge& k) const {
  Record* const record = insert(location, behind, value, self, k);
  if (releases(order) || k.has_released) {
    record->message = releases(order) ? k.now : k.released;
    record->has_message = true;
  }
}

void WeakMemory::exchange(Record& from, Location& location, std::uint64_t value, Order order, ThreadId self,
                          Knowledge& k) const {
  if (from.seen.time[self] == 0) from.seen.time[self] = k.now.visible.time[self];
  learn(from, order, k);
  from.followed = true;
  Record* const record = insert(location, from, value, self, k);
  if (releases(order) || k.has_released) {
    record->message = releases(order) ? k.now : k.released;
    record->has_message = true;
  }
  if (from.has_message) {  // the release sequence goes on
    if (!record->has_message) record->message = Views{};
    record->message.join(from.message);
    record->has_message = true;
  }
}

void WeakMemory::full_fence(ThreadId, Knowledge& k) {
  if (k.has_acquired) k.now.join(k.acquired);
  k.has_acquired = false;
  k.acquired = Views{};
  k.now.visible.join(fences_);
  fences_ = k.now.visible;
  k.released = k.now;
  k.has_released = true;
}

}  // namespace rota::explored
