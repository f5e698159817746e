// EpollReactor: the reactor on epoll. The system calls are done at submit, and again when epoll says that they can
// succeed.
//
// Locking   One mutex guards records, wheel and descriptors. The first try at submit and the wait itself are outside.
// Edges     Descriptors are edge-triggered: an edge that arrives between a try that would block and the op being queued
//           must not be missed. So poll counts the edges of each descriptor, and submit tries again under the lock if
//           the count moved since before its first try.
// Waking    One word: a bit for "interrupted", one for "look again" (an earlier timer, a detached descriptor) and one
//           while the poller sleeps. Only whoever sets a bit on a sleeper writes the eventfd.
// Cost      An op that succeeds at once: its system call and two lock sections (submit, collect). One that waits: one
//           more of each. A poll that only looks and has no pending input or output: a clock reading and a lock
//           section.
// Precision Nanoseconds (epoll_pwait2), plus the kernel's timer slack of the polling thread. Where the kernel has no
//           such call: milliseconds, rounded up, and note() says so.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <memory>

#include "reactor/op_table.hpp"
#include "reactor/reactor.hpp"
#include "reactor/socket.hpp"
#include "reactor/timer_wheel.hpp"
#include "worlds/real.hpp"

namespace rota {

class EpollReactor final : public Reactor {
 public:
  enum class Precision : std::uint8_t { best, milliseconds };

  // std::system_error if the system is out of descriptors.
  explicit EpollReactor(Precision precision = Precision::best);
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
  using World = env::Real;
  enum Direction : unsigned { in = 0, out = 1 };
  enum : std::uint32_t { interrupted = 1, look_again = 2, sleeping = 4 };  // bits of wake_word_

  struct Descriptor {
    World::atomic<bool> attached{false};
    World::atomic<std::uint32_t> edges[2];    // by Direction; moved under the lock
    World::atomic<std::uint32_t> pending[2];  // slot of the pending op or none; written under the lock
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
  bool wait(TimePoint wake_at);
  int wait_for_events(Duration timeout);
  void take(const epoll_event& event);
  void retry(Descriptor& descriptor, Direction direction);
  void wake(std::uint32_t why) noexcept;

  Socket epoll_;
  Socket event_;  // edge-triggered too: each write is a new edge, so nobody has to read it
  bool nanoseconds_ = true;

  alignas(line_pair) World::atomic<std::uint32_t> wake_word_{0};
  World::atomic<std::uint32_t> io_pending_{0};  // changed under the lock

  alignas(line_pair) World::mutex mutex_;
  OpTable ops_;
  TimerWheel wheel_;
  TimePoint wakes_at_ = TimePoint::min();  // when the poll under way will wake of its own accord; min: none is

  std::array<World::atomic<Descriptor*>, chunks> descriptors_;
  std::array<epoll_event, 128> events_;  // the poller's alone
  int event_count_ = 0;
};

}  // namespace rota
