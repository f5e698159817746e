// EpollReactor<E>: the reactor on epoll, for the world of measurement (env::Real) and for that of one thread
// (env::Local). The system calls are done at submit, and again when epoll says that they can succeed.
//
// Locking   One mutex guards records, wheel and descriptors. The first try at submit and the wait itself are outside.
//           In the local world it is nothing, nor is anything else here a locked instruction then.
// Edges     Descriptors are edge-triggered: an edge that arrives between a try that would block and the op being queued
//           must not be missed. So poll counts the edges of each descriptor, and submit tries again under the lock if
//           the count moved since before its first try.
// Waking    One word: a bit for "interrupted", one for "look again" (an earlier timer, a detached descriptor) and one
//           while the poller sleeps. Only whoever sets a bit on a sleeper rings the bell.
// Clock     Read by poll alone. Whether a timer is late already, submit knows from poll's last reading.
// Cost      A timer: two lock sections (submit, its share of a poll's). Input or output that succeeds at once: its
//           system call and two lock sections (submit, collect); if it waits, one more of each. A poll that only looks
//           and has no pending input or output: a clock reading and a lock section.
// Precision Nanoseconds (epoll_pwait2), plus the kernel's timer slack of the polling thread. Where the kernel has no
//           such call: milliseconds, rounded up, and note() says so.
#pragma once

#include <array>
#include <memory>

#include "reactor/epoll_set.hpp"
#include "reactor/op_table.hpp"
#include "reactor/reactor.hpp"
#include "reactor/timer_wheel.hpp"
#include "worlds/local.hpp"
#include "worlds/real.hpp"

namespace rota {

enum class EpollPrecision : std::uint8_t { best, milliseconds };

template <Env E> class EpollReactor final : public Reactor {
 public:
  // std::system_error if the system is out of descriptors.
  explicit EpollReactor(EpollPrecision precision = EpollPrecision::best);
  ~EpollReactor() override;

  [[nodiscard]] Submitted submit(const Op& op, Token token) override;
  bool cancel(Ticket ticket) override;
  [[nodiscard]] std::optional<std::int64_t> collect(Ticket ticket) override;
  [[nodiscard]] std::size_t poll(std::span<Completion> out, TimePoint until) override;
  void interrupt() noexcept override;
  [[nodiscard]] bool idle() const noexcept override { return ops_.idle(); }
  void attach(int fd) override;
  void detach(int fd) noexcept override;
  [[nodiscard]] std::string note() const override;

 private:
  template <class T> using Atomic = typename E::template atomic<T>;
  using Lock = std::lock_guard<typename E::mutex>;
  enum Direction : unsigned { in = 0, out = 1 };
  enum : std::uint32_t { interrupted = 1, look_again = 2, sleeping = 4 };  // bits of wake_word_

  struct Descriptor {
    Atomic<bool> attached{false};
    Atomic<std::uint32_t> edges[2];    // by Direction; moved under the lock
    Atomic<std::uint32_t> pending[2];  // slot of the pending op or none; written under the lock
    Descriptor();
  };
  static constexpr std::size_t chunk = 1024, chunks = 1024;  // descriptors 0 … 1 048 575

  static Direction direction_of(Op::Kind kind) noexcept;
  [[nodiscard]] Descriptor* find(int fd) const noexcept;
  Descriptor& find_or_make(int fd);
  Submitted submit_timer(const Op& op, Token token);
  Submitted complete_now(const Op& op, Token token, std::int64_t result);
  void forget_pending(std::uint32_t slot) noexcept;
  void fail_pending(Descriptor& descriptor) noexcept;

  TimePoint plan(TimePoint until);
  std::size_t harvest(std::span<Completion> out);
  bool wait(TimePoint wake_at);
  void take(const epoll_event& event);
  void retry(Descriptor& descriptor, Direction direction);
  void wake(std::uint32_t why) noexcept;

  EpollSet epoll_;

  alignas(line_pair) Atomic<std::uint32_t> wake_word_{0};
  Atomic<std::uint32_t> io_pending_{0};  // changed under the lock

  alignas(line_pair) typename E::mutex mutex_;
  OpTable ops_;
  TimerWheel wheel_;
  TimePoint wakes_at_ = TimePoint::min();  // when the poll under way will wake of its own accord; min: none is
  TimePoint looked_ = TimePoint::min();    // when a poll read the clock last
  bool timers_first_ = false;              // in the last poll

  std::array<Atomic<Descriptor*>, chunks> descriptors_;
};

extern template class EpollReactor<env::Real>;
extern template class EpollReactor<env::Local>;

}  // namespace rota
