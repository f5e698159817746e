// Forks: fork and join inside one task, on its worker's own stack. Parts are plain functions that never suspend; who
// forks one goes on at once, and an idle worker may take the oldest one away.
//
//   std::uint64_t fib(Forks<E>& here, unsigned n) {
//     if (n < 2) return n;
//     const auto [a, b] = here.both([n](Forks<E>& on) { return fib(on, n - 1); },
//                                   [n](Forks<E>& on) { return fib(on, n - 2); });
//     return a + b;
//   }
//   … inside a task:  Forks<E>::here().both(…), or fib(Forks<E>::here(), 32)
//
// Split     A worker's parts form a stack. Its older end is shared: [tail, split) of the word `shared_` may be stolen.
//           What is younger is private and costs its owner no read-modify-write, no fence and no allocation. Who finds
//           nothing to steal leaves a wish; the owner sees it at its next fork and moves the older half of its private
//           parts across the split. After van Dijk and van de Pol, "Lace: non-blocking split deque for work-stealing"
//           (Euro-Par 2014 workshops), with both cursors in one word.
// Contract  both() returns when both parts have ended, each having run exactly once (F1). An exception of a part comes
//           out of both(); if the left one throws, a right one that nobody has begun is dropped. A part holds its
//           worker: it must not wait for a task.
// Waiting   If its part was stolen, the owner runs parts of the thief meanwhile, and of nobody else: so its stack
//           grows no deeper than the work does (leapfrogging; Wagner and Calder, PPoPP 1993). With none left it parks.
// Ordering  (1) publish()'s add to `shared_` (release) is read by (2) the thief's exchange (acq_rel): he sees the
//               entry, the part, and all that was written before the fork.
//           (3) the thief's end of the part (acq_rel) is read by (4) the owner's wait (acquire): what the part wrote
//               is visible after both().
//           An entry is written again only after the part that it held has ended, so after the thief read it. A thief
//           with an old value of `shared_` may exchange it if it is the value again: entries are read after that.
// Cost      fork and join of a part that nobody takes: six stores, three compares, a load of `wish_`, all in the
//           owner's cache and none of them locked. A stolen part: three read-modify-writes, one line to the thief and
//           one back.
#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "runtime/outcome.hpp"
#include "runtime/vocabulary.hpp"
#include "worlds/env.hpp"

namespace rota {

template <Env E> class Forks;
template <Env E> class Worker;

// What a part returns. Nothing counts as something, so that parts without a result need no code of their own.
struct Nothing {};
template <Env E, class F>
using PartResult = std::conditional_t<std::is_void_v<std::invoke_result_t<F&, Forks<E>&>>, Nothing,
                                      std::invoke_result_t<F&, Forks<E>&>>;

template <Env E, class F> PartResult<E, F> run_part(F& body, Forks<E>& on) {
  if constexpr (std::is_void_v<std::invoke_result_t<F&, Forks<E>&>>) {
    body(on);
    return {};
  } else {
    return body(on);
  }
}

// A part that was forked. It lies on its owner's stack. Only a thief calls `run`: the owner knows what it forked.
//
//   state   open ──stolen──► its thief ──owner parks──► its owner, awaited
//                                └───────────end───────────┴──► ended, and unpark the owner who awaits it
template <Env E> class Part {
 public:
  using Run = void (*)(Part&, Forks<E>&) noexcept;
  explicit Part(Run run) noexcept : run_(run), state_(open) {}
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

 private:
  friend class Forks<E>;
  static constexpr std::uintptr_t open = 0, ended = 1, awaited = 2;

  const Run run_;
  typename E::template atomic<std::uintptr_t> state_;
};

template <Env E> class alignas(line_pair_of<E>) Forks {
 public:
  static constexpr std::uint32_t most = 4096;  // parts open at once on one worker; more than that just run
  static constexpr auto patience =
      static_cast<std::uint32_t>(E::capacity(64));  // looks at a stolen part, or for one, before a worker parks

  explicit Forks(Worker<E>& self) noexcept : self_(self) {}

  // Of the worker whose task this is. UsageError on other threads.
  [[nodiscard]] static Forks& here();

  // Runs both, the right one perhaps elsewhere; returns their results. By the owner's thread.
  template <class F, class G> std::pair<PartResult<E, F>, PartResult<E, G>> both(F&& left, G&& right) {
    Right<std::remove_reference_t<G>> forked(right);
    if (!push(forked)) {
      auto first = run_part<E>(left, *this);
      return {std::move(first), run_part<E>(right, *this)};
    }
    auto first = run_left(left, forked);
    if (take_back()) [[likely]]
      return {std::move(first), run_part<E>(right, *this)};
    wait_for(forked);
    return {std::move(first), forked.take()};
  }

  // The oldest shared part of `victim`, which this thread must run(). nullptr if there is none; then the victim knows
  // that one is wished for.
  [[nodiscard]] Part<E>* steal_from(Forks& victim) noexcept {
    std::uint64_t seen = victim.shared_.load(Order::acquire);
    while (tail_of(seen) < split_of(seen)) {
      if (!victim.shared_.compare_exchange(seen, seen + pack(1, 0), Order::acq_rel, Order::acquire)) continue;  // (2)
      Part<E>* const part = victim.entries_[tail_of(seen)].read();
      part->state_.store(reinterpret_cast<std::uintptr_t>(this), Order::release);
      return part;
    }
    if (!victim.wish_.load(Order::relaxed)) victim.wish_.store(true, Order::relaxed);
    return nullptr;
  }
  void run(Part<E>& part) noexcept {
    part.run_(part, *this);
    const std::uintptr_t before = part.state_.exchange(Part<E>::ended, Order::acq_rel);  // (3); it may be gone now
    if ((before & Part<E>::awaited) != 0) reinterpret_cast<Forks*>(before & ~Part<E>::awaited)->unpark();
  }
  // Would steal_from() find something? Any thread.
  [[nodiscard]] bool sharing() const noexcept {
    const std::uint64_t seen = shared_.load(Order::acquire);
    return tail_of(seen) < split_of(seen);
  }

 private:
  // What it comes to is made by a thief and taken by the owner, if there is a thief: else there is nothing to destroy.
  template <class G> struct Right final : Part<E> {
    explicit Right(G& part) noexcept : Part<E>(&run_here), body(part) {}
    ~Right() {}
    static void run_here(Part<E>& part, Forks& on) noexcept {
      auto& self = static_cast<Right&>(part);
      auto* const outcome = new (&self.outcome) Outcome<PartResult<E, G>>();
      try {
        outcome->set_value(run_part<E>(self.body, on));
      } catch (...) {
        outcome->set_exception(std::current_exception());
      }
    }
    PartResult<E, G> take() {
      struct Destroy {
        Right& right;
        ~Destroy() { std::destroy_at(&right.outcome); }
      } destroy{*this};
      return outcome.take();
    }
    G& body;
    union {
      Outcome<PartResult<E, G>> outcome;
    };
  };

  // If the left part throws, the right one may not outlive its stack.
  template <class F, class G> [[gnu::always_inline]] PartResult<E, F> run_left(F& left, Right<G>& forked) try {
    return run_part<E>(left, *this);
  } catch (...) {
    if (!take_back()) {
      wait_for(forked);
      std::destroy_at(&forked.outcome);
    }
    throw;
  }

  bool push(Part<E>& part) noexcept {
    if (head_ == room_) [[unlikely]]
      if (!make_room()) return false;
    entries_[head_++].write(&part);
    if (wish_.load(Order::relaxed)) [[unlikely]]
      publish();
    return true;
  }
  // Takes the youngest part back from whoever might have taken it. False if somebody did.
  bool take_back() noexcept { return --head_ >= split_ || unshare(); }

  // Entries are made at the first fork: most workers never need them.
  [[gnu::noinline]] bool make_room() noexcept {
    if (room_ == most) return false;
    entries_.reset(new (std::nothrow) Entry[most]);
    if (entries_ == nullptr) return false;
    room_ = most;
    self_.executor().forks_begin(self_);
    return true;
  }

  [[gnu::noinline]] void publish() noexcept {
    wish_.store(false, Order::relaxed);
    const std::uint32_t count = (head_ - split_ + 1) / 2;
    split_ += count;
    shared_.fetch_add(count, Order::release);  // (1)
    self_.executor().call_idle(self_);         // fences
    if (Forks* const helper = helper_.exchange(nullptr, Order::acq_rel)) helper->unpark();
  }

  // The youngest part is shared. All younger ones are gone, so it is the one below the split.
  [[gnu::noinline]] bool unshare() noexcept {
    std::uint64_t seen = shared_.load(Order::acquire);
    while (tail_of(seen) < split_of(seen)) {
      if (shared_.compare_exchange(seen, seen - 1, Order::acq_rel, Order::acquire)) {
        --split_;
        return true;
      }
    }
    // All shared parts are stolen, and nobody can take what is not there: the cursors may be set back.
    split_ = head_;
    shared_.store(pack(head_, head_), Order::release);
    return false;
  }

  // Until the part has ended: (4) sees (3).
  [[gnu::noinline]] void wait_for(Part<E>& part) noexcept {
    Forks* thief = nullptr;
    std::uint32_t looks = 0;
    for (std::uintptr_t seen; (seen = part.state_.load(Order::acquire)) != Part<E>::ended;) {  // (4)
      if (thief == nullptr) thief = reinterpret_cast<Forks*>(seen);  // null for a moment, while he is taking it
      Part<E>* const his = thief == nullptr ? nullptr : steal_from(*thief);
      if (his != nullptr) {
        run(*his);
        looks = 0;
      } else if (thief == nullptr || ++looks < patience) {
        E::relax();
      } else {
        park(part, *thief);
      }
    }
  }
  // Parks until the part has ended or its thief shares some of his parts. He shares and then looks for a helper, this
  // says that it would help and then looks for what he shares; each with a full fence between.
  void park(Part<E>& part, Forks& thief) noexcept {
    auto seen = reinterpret_cast<std::uintptr_t>(&thief);
    const std::uintptr_t mine = reinterpret_cast<std::uintptr_t>(this) | Part<E>::awaited;
    if (!part.state_.compare_exchange(seen, mine, Order::acq_rel, Order::acquire) && seen == Part<E>::ended) return;
    Forks* const other = thief.helper_.exchange(this, Order::acq_rel);
    if (other != nullptr && other != this) other->unpark();  // it may offer its help again
    E::full_fence();
    if (!thief.sharing()) self_.parker.park();
  }
  // A token in the parker of a worker that does not wait here makes it look around once more, no harm.
  void unpark() noexcept { (void)self_.parker.unpark(); }

  static constexpr std::uint64_t pack(std::uint32_t tail, std::uint32_t split) noexcept {
    return (std::uint64_t{tail} << 32) | split;
  }
  static constexpr std::uint32_t tail_of(std::uint64_t word) noexcept { return static_cast<std::uint32_t>(word >> 32); }
  static constexpr std::uint32_t split_of(std::uint64_t word) noexcept { return static_cast<std::uint32_t>(word); }

  using Entry = typename E::template cell<Part<E>*>;

  std::uint32_t head_ = 0;   // parts that are open
  std::uint32_t split_ = 0;  // the one of shared_: parts from here on are private
  std::uint32_t room_ = 0;
  Worker<E>& self_;
  std::unique_ptr<Entry[]> entries_;
  alignas(line_pair_of<E>) typename E::template atomic<bool> wish_{false};  // written by thieves, read at each fork
  alignas(line_pair_of<E>) typename E::template atomic<std::uint64_t> shared_{std::uint64_t{0}};
  typename E::template atomic<Forks*> helper_{nullptr};  // a worker that waits for a part which is run here
};

}  // namespace rota
