// What the conformance tests of every reactor share. A reactor joins by a line in Makers,
// and in SocketMakers if its descriptors are the kernel's.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <vector>

#include "reactor/epoll_reactor.hpp"
#include "reactor/reactor.hpp"
#include "reactor/simulated_reactor.hpp"
#include "worlds/local.hpp"
#include "worlds/real.hpp"

namespace rota {

struct Epoll {
  static std::unique_ptr<Reactor> make() { return std::make_unique<EpollReactor<env::Real>>(); }
};
struct EpollInMilliseconds {
  static std::unique_ptr<Reactor> make() {
    return std::make_unique<EpollReactor<env::Real>>(EpollPrecision::milliseconds);
  }
};
struct EpollOfOneThread {
  static std::unique_ptr<Reactor> make() { return std::make_unique<EpollReactor<env::Local>>(); }
};
struct Simulated {  // on real threads and in real time
  static std::unique_ptr<Reactor> make() { return std::make_unique<SimulatedReactor<env::Real>>(); }
};
using Makers = testing::Types<Epoll, EpollInMilliseconds, Simulated>;
using SocketMakers = testing::Types<Epoll, EpollInMilliseconds>;
// For tests that use the reactor from one thread.
using AloneMakers = testing::Types<Epoll, EpollInMilliseconds, EpollOfOneThread, Simulated>;
using AloneSocketMakers = testing::Types<Epoll, EpollInMilliseconds, EpollOfOneThread>;

using World = env::Real;
using std::chrono::microseconds;
using std::chrono::milliseconds;

// A deadline that no correct reactor lets a test reach.
inline TimePoint far() { return World::now() + std::chrono::seconds(20); }
// Far enough that a thread which is held up for a while still submits in time.
inline TimePoint soon() { return World::now() + milliseconds(50); }
inline Token token(std::uint64_t number) { return {nullptr, number}; }

template <class Maker> class Conformance : public testing::Test {
 protected:
  // One poll with room for 64; what it reported.
  std::vector<Completion> poll(TimePoint until) {
    std::array<Completion, 64> out;
    const std::size_t count = reactor_->poll(out, until);
    return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count)};
  }

  // Submits, waits if need be, collects. For ops that are alone in the reactor.
  std::int64_t finish(const Op& op) {
    const Submitted submitted = reactor_->submit(op, token(77));
    if (!submitted.complete) {
      const auto completions = poll(far());
      if (completions.size() != 1 || completions[0].ticket != submitted.ticket) return -EPROTO;
      EXPECT_EQ(completions[0].token, token(77));
      EXPECT_EQ(completions[0].source, op.kind == Op::Kind::timer ? Completion::Source::timer : Completion::Source::io);
    }
    if (op.kind == Op::Kind::timer) return reactor_->cancel(submitted.ticket) ? -EPROTO : 0;
    const auto result = reactor_->collect(submitted.ticket);
    EXPECT_FALSE(reactor_->collect(submitted.ticket).has_value());
    return result.value_or(-EPROTO);
  }

  Ticket pending(const Op& op, std::uint64_t number = 0) {
    const Submitted submitted = reactor_->submit(op, token(number));
    EXPECT_FALSE(submitted.complete);
    return submitted.ticket;
  }

  std::unique_ptr<Reactor> reactor_ = Maker::make();
};

}  // namespace rota
