// Cache lines from one pinned thread to another, lines of one's own, and lines of nobody.
#include <array>
#include <numeric>
#include <span>

#include "experiments/calibrate/parts.hpp"
#include "worlds/random.hpp"

namespace rota::experiments {
namespace {

using env::Real;

// One line that is used, on a pair of lines of its own: processors fetch lines in pairs.
struct alignas(line_pair) Slot {
  Real::atomic<Slot*> next{nullptr};
  Real::atomic<std::uintptr_t> word{std::uintptr_t{0}};  // the address of the next too
  Real::atomic<std::uint64_t> data{std::uint64_t{0}};    // for stores
};

// Slots on one ring in random order, so that no prefetcher guesses the next.
class Ring {
 public:
  explicit Ring(std::size_t slots)
      : bytes_((slots * sizeof(Slot) + huge_page - 1) / huge_page * huge_page),
        memory_(Real::pages(bytes_, huge_page)),
        slots_(static_cast<Slot*>(memory_), slots) {
    std::vector<std::uint32_t> order(slots);
    std::iota(order.begin(), order.end(), 0U);
    Random random(1);
    for (std::size_t i = slots - 1; i > 0; --i)
      std::swap(order[i], order[random.below(static_cast<std::uint32_t>(i + 1))]);
    for (auto& slot : slots_) new (&slot) Slot;
    for (std::size_t i = 0; i < slots; ++i) {
      order_.push_back(&slots_[order[i]]);
      Slot& slot = slots_[order[i]];
      slot.next.store(&slots_[order[(i + 1) % slots]], Order::relaxed);
      slot.word.store(reinterpret_cast<std::uintptr_t>(slot.next.load(Order::relaxed)), Order::relaxed);
    }
  }
  ~Ring() { Real::release_pages(memory_, bytes_); }
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  [[nodiscard]] std::span<Slot* const> order() const { return order_; }

 private:
  std::size_t bytes_;
  void* memory_;
  std::span<Slot> slots_;
  std::vector<Slot*> order_;
};

// Few enough for a first-level cache, enough to forget the clock.
constexpr std::size_t slots_moved = 256;

void use(const void* pointer) { asm volatile("" : : "r"(pointer) : "memory"); }

// Picoseconds for each slot of one pass.
template <class Pass> Ps time_of(std::size_t slots, Pass pass) {
  const TimePoint begin = Real::now();
  pass();
  return to_ps(Real::now() - begin) / static_cast<Ps>(slots);
}

Ps chase(Slot* from, std::size_t steps) {
  return time_of(steps, [&] {
    for (std::size_t i = 0; i < steps; ++i) from = from->next.load(Order::relaxed);
    use(from);
  });
}
Ps load_each(std::span<Slot* const> slots) {
  return time_of(slots.size(), [&] {
    for (Slot* slot : slots) use(slot->next.load(Order::relaxed));
  });
}
Ps store_each(std::span<Slot* const> slots) {
  return time_of(slots.size(), [&] {
    for (Slot* slot : slots) slot->data.store(1, Order::release);
  });
}
// A store waits in the store buffer until a fence drains it: with one after each, the line's way is in the time. Where
// the next is stands in the line itself, or the processor would fetch it meanwhile.
Ps store_chain(Slot* to, std::size_t steps) {
  return time_of(steps, [&] {
    for (std::size_t i = 0; i < steps; ++i) {
      to->data.store(1, Order::release);
      Real::full_fence();
      to = to->next.load(Order::relaxed);
    }
    use(to);
  });
}
// Each address is what the update before it returned, so that none begins early.
Ps update_chain(Slot* from, std::size_t steps) {
  std::uintptr_t nothing = 0;
  asm volatile("" : "+r"(nothing));  // an update known to add nothing is compiled as a fence and a load
  return time_of(steps, [&] {
    for (std::size_t i = 0; i < steps; ++i)
      from = reinterpret_cast<Slot*>(from->word.fetch_add(nothing, Order::acq_rel));
    use(from);
  });
}

// The owner and the taker take turns: even the owner's, odd the taker's.
class Turns {
 public:
  template <class Deed> void take(std::uint64_t turn, Deed deed) {
    while (turn_.load(Order::acquire) != turn) Real::relax();
    deed();
    turn_.store(turn + 1, Order::release);
  }

 private:
  alignas(line_pair) Real::atomic<std::uint64_t> turn_{std::uint64_t{0}};
};

template <class Take> Ps taken(Ring& ring, unsigned taker, unsigned owner, std::size_t rounds, Take take) {
  Turns turns;
  std::vector<Ps> times(rounds);
  Real::thread other({.name = "calibrate", .pu = owner}, [&] {
    for (std::size_t i = 0; i < rounds; ++i)
      turns.take(2 * i, [&] { (void)update_chain(ring.order()[0], slots_moved); });
  });
  on_unit(taker, [&] {
    for (std::size_t i = 0; i < rounds; ++i) turns.take(2 * i + 1, [&] { times[i] = take(); });
  });
  other.join();
  return median(std::move(times));
}

}  // namespace

LineCosts line_transfer(unsigned taker, unsigned owner, std::size_t rounds) {
  Ring ring(slots_moved);
  const auto order = ring.order();
  return {taken(ring, taker, owner, rounds, [&] { return chase(order[0], order.size()); }),
          taken(ring, taker, owner, rounds,
                [&] {
                  const Ps far = store_chain(order[0], order.size());
                  const Ps own = store_chain(order[0], order.size());
                  return std::max<Ps>(far - own, 0) + store_each(order);
                }),
          taken(ring, taker, owner, rounds, [&] { return update_chain(order[0], order.size()); })};
}

LineCosts line_hits(unsigned unit, std::size_t rounds) {
  const Ring ring(slots_moved);
  std::vector<Ps> loads(rounds);
  std::vector<Ps> stores(rounds);
  std::vector<Ps> updates(rounds);
  on_unit(unit, [&] {
    for (std::size_t i = 0; i < rounds; ++i) {
      updates[i] = update_chain(ring.order()[0], slots_moved);
      stores[i] = store_each(ring.order());
      loads[i] = load_each(ring.order());
    }
  });
  return {median(std::move(loads)), median(std::move(stores)), median(std::move(updates))};
}

Ps memory_load(unsigned unit, std::size_t bytes, std::size_t loads) {
  constexpr std::size_t part = 1000;  // short, so that most parts are not interrupted
  std::vector<Ps> times(loads / part);
  on_unit(unit, [&] {
    const Ring ring(bytes / sizeof(Slot));  // made here, so that it lies on the unit's own node
    for (std::size_t i = 0; i < times.size(); ++i)
      times[i] = chase(ring.order()[ring.order().size() / times.size() * i], part);
  });
  return median(std::move(times));
}

}  // namespace rota::experiments
