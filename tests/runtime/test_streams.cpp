// Streams and listeners on real sockets, for coroutines and for fibers: the ends of connections, what fails and what is
// cancelled.
#include <fcntl.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>

#include "runtime/net/listener.hpp"
#include "tests/support/bodies.hpp"

namespace rota::testing {
namespace {

using namespace std::chrono_literals;

std::span<const std::byte> text(std::string_view chars) { return std::as_bytes(std::span(chars)); }

// What joining throws, which must be a system_error with this number.
template <class Join> std::string error_of(Join& join, int number) {
  try {
    (void)join.join_blocking();
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::error_code(number, std::generic_category())) << error.what();
    return error.what();
  }
  return "no error";
}

std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

// Two ends of one connection, over TCP. One worker and one queue: settle() lets everything run that can.
template <class Body> class Streams : public WithBody<Body> {
 protected:
  Streams() {
    auto accepted = this->spawn([&] { return listener_.accept(); }, keep(server_));
    this->spawn([&] { return Stream<E>::connect(this->runtime, listener_.address()); }, keep(client_)).join_blocking();
    accepted.join_blocking();
  }
  static auto keep(std::optional<Stream<E>>& place) {
    return [&place](Stream<E> stream) {
      place.emplace(std::move(stream));
      return true;
    };
  }
  static auto size() {
    return [](std::size_t count) { return count; };
  }
  std::size_t write(const Stream<E>& stream, std::string_view chars) {
    return this->spawn([&] { return stream.write(text(chars)); }, size()).join_blocking();
  }
  // What one read gives.
  std::string read(const Stream<E>& stream) {
    const std::size_t count = this->spawn([&] { return stream.read(buffer_); }, size()).join_blocking();
    return {reinterpret_cast<const char*>(buffer_.data()), count};
  }
  auto start_reading(const Stream<E>& stream) {
    auto join = this->spawn([&] { return stream.read(buffer_); }, size());
    this->settle();
    return join;
  }
  // The client's end goes by a reset.
  void reset_client() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ASSERT_EQ(setsockopt(client_->fd(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), 0);
    client_.reset();
  }

  std::array<std::byte, 256> buffer_{};
  Listener<E> listener_{this->runtime, loopback(0)};
  std::optional<Stream<E>> client_, server_;
};
TYPED_TEST_SUITE(Streams, BothBodies);

TYPED_TEST(Streams, CarryBytesBothWays) {
  EXPECT_EQ(this->write(*this->client_, "ping"), 4U);
  EXPECT_EQ(this->read(*this->server_), "ping");
  auto reading = this->start_reading(*this->client_);
  EXPECT_EQ(this->write(*this->server_, "pong!"), 5U);
  EXPECT_EQ(reading.join_blocking(), 5U);
}

TYPED_TEST(Streams, SayWhereNobodyListens) {
  SocketAddress nobody;
  {
    nobody = Listener<E>(this->runtime, loopback(0)).address();
  }
  const auto before = open_descriptors();
  auto join = this->spawn([&] { return Stream<E>::connect(this->runtime, nobody); }, [](Stream<E>) { return true; });
  const std::string said = error_of(join, ECONNREFUSED);
  EXPECT_NE(said.find("cannot connect to " + nobody.text() + ": "), std::string::npos) << said;
  EXPECT_EQ(open_descriptors(), before);
}

TYPED_TEST(Streams, MayEndInOneDirectionAlone) {
  EXPECT_EQ(this->write(*this->client_, "last words"), 10U);
  this->client_->end_writing();
  EXPECT_EQ(this->read(*this->server_), "last words");
  EXPECT_EQ(this->read(*this->server_), "");
  EXPECT_EQ(this->write(*this->server_, "heard"), 5U);
  EXPECT_EQ(this->read(*this->client_), "heard");
  auto join = this->spawn([&] { return this->client_->write(text("more")); }, this->size());
  EXPECT_NE(error_of(join, EPIPE).find("cannot write to a stream: "), std::string::npos);
}

TYPED_TEST(Streams, EndWhenTheyAreDestroyed) {
  const int fd = this->client_->fd();
  this->client_.reset();
  EXPECT_EQ(fcntl(fd, F_GETFD), -1);
  EXPECT_EQ(this->read(*this->server_), "");
}

TYPED_TEST(Streams, SayThatThePeerHasResetTheConnection) {
  auto reading = this->start_reading(*this->server_);
  this->reset_client();
  EXPECT_NE(error_of(reading, ECONNRESET).find("cannot read from a stream: "), std::string::npos);
  auto writing = this->spawn([&] { return this->server_->write(text("x")); }, this->size());
  EXPECT_NE(error_of(writing, EPIPE).find("cannot write to a stream: "), std::string::npos);
}

TYPED_TEST(Streams, LeaveToTheNextReadWhatACancelledOneWaitedFor) {
  auto reading = this->start_reading(*this->server_);
  EXPECT_FALSE(this->runtime.reactor().idle());
  reading.cancel();
  EXPECT_THROW(reading.join_blocking(), TaskCancelled);
  EXPECT_TRUE(this->runtime.reactor().idle()) << "the read was withdrawn";
  EXPECT_EQ(this->write(*this->client_, "kept"), 4U);
  EXPECT_EQ(this->read(*this->server_), "kept");
}

TYPED_TEST(Streams, LeaveToTheNextReadWhatOneWithATimeoutWaitedFor) {
  std::optional<Transfer<E>> read;
  auto reading = this->spawn(
      [&] {
        read.emplace(Op::receive(this->server_->fd(), this->buffer_), "cannot read");
        return timeout<E>(1ms, *read);
      },
      [](std::optional<std::size_t> got) { return got.has_value(); });
  EXPECT_FALSE(reading.join_blocking());
  EXPECT_EQ(this->write(*this->client_, "late"), 4U);
  EXPECT_EQ(this->read(*this->server_), "late");
}

TYPED_TEST(Streams, RefuseASecondReader) {
  auto first = this->start_reading(*this->server_);
  auto second = this->start_reading(*this->server_);
  (void)error_of(second, EBUSY);
  EXPECT_EQ(this->write(*this->client_, "x"), 1U);
  EXPECT_EQ(first.join_blocking(), 1U);
}

TYPED_TEST(Streams, BelongToOneRuntime) {
  auto other = rt(1);
  auto join = TypeParam::spawn(other, [&] { return this->server_->read(this->buffer_); }, this->size());
  (void)error_of(join, EBADF);
}

TYPED_TEST(Streams, LeaveToTheNextAcceptWhatACancelledOneWaitedFor) {
  auto accepting = this->spawn([&] { return this->listener_.accept(); }, [](Stream<E>) { return true; });
  this->settle();
  accepting.cancel();
  EXPECT_THROW(accepting.join_blocking(), TaskCancelled);
  EXPECT_TRUE(this->runtime.reactor().idle()) << "the accept was withdrawn";
  const Socket client = start_connect(this->listener_.address());
  this->spawn([&] { return this->listener_.accept(); }, this->keep(this->server_)).join_blocking();
  EXPECT_EQ(send(client.fd(), "new", 3, 0), 3);
  EXPECT_EQ(this->read(*this->server_), "new");
}

// Accepted at once, but the task has used up its budget and gives way, and is cancelled before it takes what it has.
TYPED_TEST(Streams, CloseWhatWasAcceptedForATaskThatIsCancelled) {
  auto strict = rt(1, {.budget = 1});
  const Listener<E> listener(strict, loopback(0));
  const Socket client = start_connect(listener.address());
  std::optional<HeldWorker> held(strict);
  auto accepting = TypeParam::spawn(strict, [&] { return listener.accept(); }, [](Stream<E>) { return true; });
  auto cancelling = strict.spawn([](auto& other) -> Job<E> {
    other.cancel();
    co_return;
  }(accepting));
  held.reset();
  cancelling.join_blocking();
  EXPECT_THROW(accepting.join_blocking(), TaskCancelled);
  pollfd wanted{.fd = client.fd(), .events = POLLIN, .revents = 0};
  ASSERT_EQ(poll(&wanted, 1, 20'000), 1) << "the other end is open still";
  EXPECT_EQ(recv(client.fd(), this->buffer_.data(), 1, 0), 0);
}

// A listener whose queue is full keeps a client waiting.
TYPED_TEST(Streams, GiveUpAConnectionWhoseTaskIsCancelled) {
  const Listener<E> full(this->runtime, loopback(0), 0);
  const Socket first = start_connect(full.address());
  const auto before = open_descriptors();
  auto connecting =
      this->spawn([&] { return Stream<E>::connect(this->runtime, full.address()); }, [](Stream<E>) { return true; });
  this->settle();
  EXPECT_FALSE(connecting.ended());
  connecting.cancel();
  EXPECT_THROW(connecting.join_blocking(), TaskCancelled);
  EXPECT_TRUE(this->runtime.reactor().idle());
  EXPECT_EQ(open_descriptors(), before);
}

TYPED_TEST(Streams, SayWhereNothingCanBeAccepted) {
  auto first = this->spawn([&] { return this->listener_.accept(); }, [](Stream<E>) { return true; });
  this->settle();
  auto second = this->spawn([&] { return this->listener_.accept(); }, [](Stream<E>) { return true; });
  const std::string said = error_of(second, EBUSY);
  EXPECT_NE(said.find("cannot accept a connection on " + this->listener_.address().text() + ": "), std::string::npos);
  first.cancel();
  EXPECT_THROW(first.join_blocking(), TaskCancelled);
}

}  // namespace
}  // namespace rota::testing
