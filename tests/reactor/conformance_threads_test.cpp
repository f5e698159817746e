// What every reactor promises while several threads use it at once (R1, R2, R4). Run under the thread sanitizer too.
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>

#include "reactor/socket.hpp"
#include "tests/reactor/conformance.hpp"
#include "worlds/random.hpp"

namespace rota {
namespace {

// A thread that polls until it is stopped and hands each completion to `take`.
template <class Take> class Poller {
 public:
  Poller(Reactor& reactor, Take take) : reactor_(reactor), take_(std::move(take)), thread_({}, [this] { run(); }) {}
  ~Poller() {
    stop_.store(true, Order::release);
    reactor_.interrupt();
    thread_.join();
  }

 private:
  void run() {
    std::array<Completion, 16> out;
    while (!stop_.load(Order::acquire)) {
      const std::size_t count = reactor_.poll(out, never);
      for (std::size_t i = 0; i < count; ++i) take_(out[i]);
    }
  }

  Reactor& reactor_;
  Take take_;
  World::atomic<bool> stop_{false};
  World::thread thread_;
};

using Counter = World::atomic<std::uint64_t>;

// Waits until the counter has reached a value; false if it takes so long that a wake-up must have been lost.
bool reaches(const Counter& counter, std::uint64_t value) {
  const TimePoint limit = far();
  while (counter.load(Order::acquire) < value && World::now() < limit) World::relax();
  return counter.load(Order::acquire) >= value;
}

template <class Maker> using ReactorThreads = Conformance<Maker>;
TYPED_TEST_SUITE(ReactorThreads, Makers);
template <class Maker> using ReactorThreadsOnSockets = Conformance<Maker>;
TYPED_TEST_SUITE(ReactorThreadsOnSockets, SocketMakers);

TYPED_TEST(ReactorThreads, LoseNoInterruptHoweverItMeetsThePoll) {  // R2
  Counter ended{0};
  World::atomic<bool> stop{false};
  World::thread sleeper({}, [&] {
    std::array<Completion, 4> out;
    for (std::uint64_t i = 1; !stop.load(Order::acquire); ++i) {
      (void)this->reactor_->poll(out, far());
      ended.store(i, Order::release);
    }
  });
  Random random(1);
  bool lost = false;
  for (std::uint64_t i = 1; i <= 5'000 && !lost; ++i) {
    World::charge({Duration(random.below(3'000))});
    this->reactor_->interrupt();
    lost = !reaches(ended, i);
  }
  EXPECT_FALSE(lost);
  stop.store(true, Order::release);
  this->reactor_->interrupt();
  sleeper.join();
}

TYPED_TEST(ReactorThreads, ShortenThePollForEachEarlierTimer) {  // R4
  Counter fired{0};
  Poller poller(*this->reactor_, [&](const Completion&) { fired.fetch_add(1, Order::release); });
  (void)this->pending(Op::timer(never));
  Random random(2);
  for (std::uint64_t i = 1; i <= 300; ++i) {
    World::charge({Duration(random.below(20'000))});
    const TimePoint deadline = World::now() + Duration(random.below(50'000)) + microseconds(5);
    const Submitted submitted = this->reactor_->submit(Op::timer(deadline), token(i));
    if (submitted.complete) fired.fetch_add(1, Order::release);
    ASSERT_TRUE(reaches(fired, i)) << "timer " << i << " did not shorten the poll";
  }
}

TYPED_TEST(ReactorThreads, CompleteTheTimersOfAllThreads) {  // R1, R4
  Counter done{0};
  Poller poller(*this->reactor_, [&](const Completion& completion) {
    EXPECT_GE(World::now(), TimePoint(Duration(completion.token.epoch)));  // R3
    done.fetch_add(1, Order::release);
  });
  constexpr std::uint64_t each = 2'000;
  const auto submit_many = [&](std::uint64_t seed) {
    Random random(seed);
    for (std::uint64_t i = 0; i < each; ++i) {
      const TimePoint deadline = World::now() + Duration(random.below(300'000));
      const Token mark{nullptr, static_cast<std::uint64_t>(deadline.time_since_epoch().count())};
      const Submitted submitted = this->reactor_->submit(Op::timer(deadline), mark);
      if (submitted.complete) done.fetch_add(1, Order::release);
    }
  };
  World::thread first({}, [&] { submit_many(1); });
  World::thread second({}, [&] { submit_many(2); });
  submit_many(3);
  first.join();
  second.join();
  EXPECT_TRUE(reaches(done, 3 * each));
  EXPECT_EQ(done.load(Order::acquire), 3 * each);
  EXPECT_TRUE(this->reactor_->idle());
}

// R1: a cancel and a completion that meet: exactly one of them has the ticket.
TYPED_TEST(ReactorThreads, EndEachTimerOnceWhenACancelMeetsItsCompletion) {
  Counter completed{0};
  std::uint64_t cancelled = 0;
  std::uint64_t refused = 0;
  constexpr std::uint64_t rounds = 3'000;
  {
    Poller poller(*this->reactor_, [&](const Completion&) { completed.fetch_add(1, Order::release); });
    Random random(4);
    for (std::uint64_t i = 0; i < rounds; ++i) {
      const TimePoint deadline = World::now() + Duration(random.below(10'000));
      const Submitted submitted = this->reactor_->submit(Op::timer(deadline), token(i));
      if (submitted.complete) completed.fetch_add(1, Order::release);
      World::charge({Duration(random.below(20'000))});
      (this->reactor_->cancel(submitted.ticket) ? cancelled : refused)++;
    }
    EXPECT_TRUE(reaches(completed, refused));
  }
  EXPECT_EQ(completed.load(Order::acquire), refused);
  EXPECT_EQ(cancelled + refused, rounds);
  EXPECT_TRUE(this->reactor_->idle());
}

// R1: as above with bytes. What is not cancelled is received once, and after a cancel the buffer is the caller's.
TYPED_TEST(ReactorThreadsOnSockets, LeaveTheBufferAloneOnceAReceiveIsCancelled) {
  auto [near_end, far_end] = socket_pair();
  this->reactor_->attach(near_end.fd());
  Counter completed{0};
  std::uint64_t ours = 0;  // complete at once, or refused to be cancelled
  constexpr std::uint64_t rounds = 3'000;
  {
    Poller poller(*this->reactor_, [&](const Completion& completion) {
      if (this->reactor_->collect(completion.ticket)) completed.fetch_add(1, Order::release);
    });
    World::thread writer({}, [&] {
      Random random(5);
      for (std::uint64_t i = 0; i < rounds; ++i) {
        World::charge({Duration(random.below(8'000))});
        (void)send(far_end.fd(), "a", 1, MSG_NOSIGNAL);  // one byte less does no harm if the socket is full
      }
    });
    std::array<std::byte, 8> buffer;
    Random random(6);
    for (std::uint64_t i = 0; i < rounds; ++i) {
      const Submitted submitted = this->reactor_->submit(Op::receive(near_end.fd(), buffer), token(i));
      World::charge({Duration(random.below(8'000))});
      if (!this->reactor_->cancel(submitted.ticket)) ASSERT_TRUE(reaches(completed, ++ours));
      buffer.fill(std::byte{0xee});  // a write by the reactor from here on is a race, and is seen below
      World::charge({Duration(random.below(2'000))});
      for (const std::byte value : buffer) ASSERT_EQ(value, std::byte{0xee});
    }
    writer.join();
  }
  EXPECT_EQ(completed.load(Order::acquire), ours);
  EXPECT_TRUE(this->reactor_->idle());
}

// One of two ends that pass a number to and fro.
struct End {
  Reactor& reactor;
  Socket socket;
  std::uint64_t number = 0;
  env::FutexParker arrived{};

  std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(&number, 1)); }
  std::int64_t finish(const Op& op) {
    const Submitted submitted = reactor.submit(op, Token{this, 0});
    if (!submitted.complete && !arrived.park_until(far())) return -ETIMEDOUT;
    return reactor.collect(submitted.ticket).value_or(-EPROTO);
  }
};

// R1, end to end: a lost edge, byte or wake-up makes this stand still.
TYPED_TEST(ReactorThreadsOnSockets, PassAMessageToAndFro) {
  auto [left_socket, right_socket] = socket_pair();
  End left{*this->reactor_, std::move(left_socket)};
  End right{*this->reactor_, std::move(right_socket)};
  this->reactor_->attach(left.socket.fd());
  this->reactor_->attach(right.socket.fd());
  Poller poller(*this->reactor_,
                [](const Completion& completion) { (void)static_cast<End*>(completion.token.task)->arrived.unpark(); });
  constexpr std::uint64_t rounds = 5'000;
  World::thread other({}, [&] {
    for (std::uint64_t i = 0; i < rounds; ++i) {
      if (right.finish(Op::receive(right.socket.fd(), right.bytes())) != 8) return;
      ++right.number;
      if (right.finish(Op::send(right.socket.fd(), right.bytes())) != 8) return;
    }
  });
  bool good = true;
  for (std::uint64_t i = 0; good && i < rounds; ++i) {
    good = left.finish(Op::send(left.socket.fd(), left.bytes())) == 8;
    good = good && left.finish(Op::receive(left.socket.fd(), left.bytes())) == 8;
    good = good && left.number == i + 1;
  }
  EXPECT_TRUE(good);
  other.join();
}

}  // namespace
}  // namespace rota
