// What every reactor promises of descriptors, on real sockets (R1).
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

#include "reactor/socket.hpp"
#include "tests/reactor/conformance.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota {
namespace {

std::span<const std::byte> text(std::string_view words) { return std::as_bytes(std::span(words)); }

template <class Maker> class ReactorSockets : public Conformance<Maker> {
 protected:
  ReactorSockets() {
    this->reactor_->attach(left_.fd());
    this->reactor_->attach(right_.fd());
  }

  std::string_view received(std::int64_t count) {
    return {reinterpret_cast<const char*>(buffer_.data()), static_cast<std::size_t>(std::max<std::int64_t>(count, 0))};
  }
  // Sends until the kernel takes no more; the number of bytes.
  std::int64_t fill(int fd) {
    std::int64_t total = 0;
    for (;;) {
      const Submitted submitted = this->reactor_->submit(Op::send(fd, buffer_), token(5));
      if (!submitted.complete) return full_ = submitted.ticket, total;
      total += this->reactor_->collect(submitted.ticket).value_or(0);
    }
  }

  std::pair<Socket, Socket> pair_ = socket_pair();
  Socket& left_ = pair_.first;
  Socket& right_ = pair_.second;
  std::array<std::byte, 4096> buffer_{};
  Ticket full_;
};
TYPED_TEST_SUITE(ReactorSockets, AloneSocketMakers);
template <class Maker> using ReactorSocketsFromOutside = ReactorSockets<Maker>;
TYPED_TEST_SUITE(ReactorSocketsFromOutside, SocketMakers);

TYPED_TEST(ReactorSockets, CompleteAtOnceWhatCanBeDoneAtOnce) {
  const Submitted sent = this->reactor_->submit(Op::send(this->left_.fd(), text("hello")), token(1));
  EXPECT_TRUE(sent.complete);
  const Submitted got = this->reactor_->submit(Op::receive(this->right_.fd(), this->buffer_), token(2));
  EXPECT_TRUE(got.complete);
  EXPECT_TRUE(this->reactor_->idle());
  EXPECT_TRUE(this->poll(only_look).empty());  // nothing is reported
  EXPECT_EQ(this->reactor_->collect(sent.ticket), 5);
  EXPECT_EQ(this->received(this->reactor_->collect(got.ticket).value_or(-1)), "hello");
}

TYPED_TEST(ReactorSockets, ReportAReceiveWhenItsBytesArrive) {  // R1
  const Ticket ticket = this->pending(Op::receive(this->right_.fd(), this->buffer_), 3);
  EXPECT_FALSE(this->reactor_->idle());
  EXPECT_TRUE(this->poll(soon()).empty());
  EXPECT_FALSE(this->reactor_->collect(ticket).has_value());
  EXPECT_EQ(this->finish(Op::timer(World::now())), 0);
  ASSERT_EQ(write(this->left_.fd(), "late", 4), 4);
  const auto completions = this->poll(far());
  ASSERT_EQ(completions.size(), 1U);
  EXPECT_EQ(completions[0].ticket, ticket);
  EXPECT_EQ(completions[0].token, token(3));
  EXPECT_EQ(completions[0].source, Completion::Source::io);
  EXPECT_EQ(this->received(this->reactor_->collect(ticket).value_or(-1)), "late");
  EXPECT_TRUE(this->poll(only_look).empty());
}

TYPED_TEST(ReactorSockets, GiveZeroAtTheEndOfAStream) {
  const Ticket ticket = this->pending(Op::receive(this->right_.fd(), this->buffer_));
  this->reactor_->detach(this->left_.fd());
  this->left_.reset();
  ASSERT_EQ(this->poll(far()).size(), 1U);
  EXPECT_EQ(this->reactor_->collect(ticket), 0);
}

TYPED_TEST(ReactorSockets, FailASendToNobodyWithoutASignal) {
  this->reactor_->detach(this->right_.fd());
  this->right_.reset();
  EXPECT_EQ(this->finish(Op::send(this->left_.fd(), text("x"))), -EPIPE);
}

TYPED_TEST(ReactorSockets, HoldASendBackUntilThereIsRoom) {  // R1
  const std::int64_t before = this->fill(this->left_.fd());
  EXPECT_GT(before, 0);
  EXPECT_TRUE(this->poll(only_look).empty());
  std::array<std::byte, 65536> drain;
  std::int64_t read_back = 0;
  for (std::int64_t n = 0; (n = read(this->right_.fd(), drain.data(), drain.size())) > 0;) read_back += n;
  EXPECT_EQ(read_back, before);
  ASSERT_EQ(this->poll(far()).size(), 1U);
  const std::int64_t sent = this->reactor_->collect(this->full_).value_or(-1);
  EXPECT_GT(sent, 0);
  EXPECT_EQ(read(this->right_.fd(), drain.data(), drain.size()), sent);
}

TYPED_TEST(ReactorSockets, SayWhenADescriptorIsReadableOrWritable) {
  EXPECT_EQ(this->finish(Op::writable(this->left_.fd())), 0);
  const Ticket readable = this->pending(Op::readable(this->right_.fd()));
  ASSERT_EQ(write(this->left_.fd(), "x", 1), 1);
  ASSERT_EQ(this->poll(far()).size(), 1U);
  EXPECT_EQ(this->reactor_->collect(readable), 0);
  EXPECT_EQ(this->finish(Op::readable(this->right_.fd())), 0);  // still so: it reads nothing
  EXPECT_EQ(this->finish(Op::receive(this->right_.fd(), this->buffer_)), 1);
}

TYPED_TEST(ReactorSockets, HoldOneOpForEachDirection) {  // R1
  const Ticket receive = this->pending(Op::receive(this->left_.fd(), this->buffer_));
  (void)this->fill(this->left_.fd());  // leaves a pending send beside the receive
  EXPECT_EQ(this->finish(Op::readable(this->left_.fd())), -EBUSY);
  EXPECT_EQ(this->finish(Op::writable(this->left_.fd())), -EBUSY);
  EXPECT_TRUE(this->reactor_->cancel(receive));
  EXPECT_TRUE(this->reactor_->cancel(this->full_));
  EXPECT_TRUE(this->reactor_->idle());
  const Ticket again = this->pending(Op::receive(this->left_.fd(), this->buffer_));
  EXPECT_TRUE(this->reactor_->cancel(again));
}

TYPED_TEST(ReactorSockets, LeaveTheBytesToTheNextReceiveWhenOneIsCancelled) {  // R1
  const Ticket ticket = this->pending(Op::receive(this->right_.fd(), this->buffer_));
  EXPECT_TRUE(this->reactor_->cancel(ticket));
  ASSERT_EQ(write(this->left_.fd(), "kept", 4), 4);
  EXPECT_TRUE(this->poll(only_look).empty());
  EXPECT_EQ(this->buffer_[0], std::byte{0});
  EXPECT_EQ(this->received(this->finish(Op::receive(this->right_.fd(), this->buffer_))), "kept");
}

TYPED_TEST(ReactorSockets, FailPendingOpsWhenADescriptorIsDetached) {  // R1
  const Ticket receive = this->pending(Op::receive(this->left_.fd(), this->buffer_), 8);
  this->reactor_->detach(this->left_.fd());
  const auto completions = this->poll(far());
  ASSERT_EQ(completions.size(), 1U);
  EXPECT_EQ(completions[0].token, token(8));
  EXPECT_EQ(this->reactor_->collect(receive), -ECANCELED);
  EXPECT_EQ(this->finish(Op::receive(this->left_.fd(), this->buffer_)), -EBADF);
  this->reactor_->detach(this->left_.fd());  // no effect
}

TYPED_TEST(ReactorSocketsFromOutside, EndAPollUnderWayWhenADescriptorIsDetached) {  // R1
  (void)this->pending(Op::receive(this->left_.fd(), this->buffer_));
  const TimePoint limit = far();
  World::thread other({}, [&] {
    World::charge({milliseconds(2)});
    this->reactor_->detach(this->left_.fd());
  });
  EXPECT_EQ(this->poll(limit).size(), 1U);
  EXPECT_LT(World::now(), limit);
  other.join();
}

TYPED_TEST(ReactorSockets, AndTimersDoNotKeepEachOtherOut) {
  const TimePoint deadline = soon();
  for (std::uint64_t i = 0; i < 4; ++i) (void)this->pending(Op::timer(deadline), i);
  std::array<std::byte, 1> other;
  (void)this->pending(Op::receive(this->right_.fd(), this->buffer_));
  (void)this->pending(Op::receive(this->left_.fd(), other));
  ASSERT_EQ(write(this->left_.fd(), "x", 1), 1);
  ASSERT_EQ(write(this->right_.fd(), "x", 1), 1);
  while (World::now() < deadline) World::relax();
  std::array<Completion, 1> first, second;
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(this->reactor_->poll(first, far()), 1U);
    ASSERT_EQ(this->reactor_->poll(second, far()), 1U);
    EXPECT_NE(first[0].source, second[0].source);
  }
}

TYPED_TEST(ReactorSockets, RefuseDescriptorsThatCannotWait) {
  const rota::testing::TemporaryFolder folder;
  const Socket file(open(folder.write("file", "").c_str(), O_RDWR | O_CLOEXEC));
  ASSERT_TRUE(file);
  EXPECT_THROW(this->reactor_->attach(file.fd()), std::system_error);
  EXPECT_THROW(this->reactor_->attach(-1), std::system_error);
  EXPECT_THROW(this->reactor_->attach(this->left_.fd()), std::system_error);  // it is attached already
  EXPECT_EQ(this->finish(Op::receive(file.fd(), this->buffer_)), -EBADF);
  EXPECT_EQ(this->finish(Op::receive(-1, this->buffer_)), -EBADF);
}

TYPED_TEST(ReactorSockets, ConnectAcceptAndTalkOverTcp) {  // R1
  const Socket listener = listen_at(loopback(0));
  this->reactor_->attach(listener.fd());
  const Ticket accept = this->pending(Op::accept(listener.fd()));
  const Socket client = stream_socket();
  this->reactor_->attach(client.fd());
  const SocketAddress address = local_address(listener.fd());
  const Submitted connect = this->reactor_->submit(Op::connect(client.fd(), address.bytes()), token(2));
  const TimePoint limit = far();
  for (std::size_t left = connect.complete ? 1 : 2; left > 0 && World::now() < limit;) left -= this->poll(limit).size();
  EXPECT_EQ(this->reactor_->collect(connect.ticket), 0);
  const Socket server(static_cast<int>(this->reactor_->collect(accept).value_or(-1)));
  ASSERT_TRUE(server);
  this->reactor_->attach(server.fd());
  EXPECT_EQ(this->finish(Op::send(client.fd(), text("ping"))), 4);
  EXPECT_EQ(this->received(this->finish(Op::receive(server.fd(), this->buffer_))), "ping");
}

TYPED_TEST(ReactorSockets, FinishAConnectionThatWasStartedBefore) {
  const Socket listener = listen_at(loopback(0));
  const Socket client = start_connect(local_address(listener.fd()));
  this->reactor_->attach(client.fd());
  const SocketAddress address = local_address(listener.fd());
  EXPECT_EQ(this->finish(Op::connect(client.fd(), address.bytes())), 0);
}

TYPED_TEST(ReactorSockets, SayThatAConnectionIsRefused) {
  SocketAddress address;
  {
    const Socket listener = listen_at(loopback(0));
    address = local_address(listener.fd());
  }
  const Socket client = stream_socket();
  this->reactor_->attach(client.fd());
  EXPECT_EQ(this->finish(Op::connect(client.fd(), address.bytes())), -ECONNREFUSED);
}

TYPED_TEST(ReactorSockets, CloseAnAcceptedDescriptorWhoseOpIsCancelled) {  // R1
  const Socket listener = listen_at(loopback(0));
  this->reactor_->attach(listener.fd());
  const Ticket accept = this->pending(Op::accept(listener.fd()));
  const Socket client = start_connect(local_address(listener.fd()));
  ASSERT_EQ(this->poll(far()).size(), 1U);
  EXPECT_TRUE(this->reactor_->cancel(accept));
  this->reactor_->attach(client.fd());
  EXPECT_EQ(this->finish(Op::receive(client.fd(), this->buffer_)), 0);  // the other end is gone
}

TYPED_TEST(ReactorSockets, ForgetADescriptorThatWasClosedWithoutBeingDetached) {
  const int number = this->left_.fd();
  (void)this->pending(Op::receive(number, this->buffer_));
  this->left_.reset();
  auto [other, peer] = socket_pair();
  ASSERT_EQ(other.fd(), number);  // the kernel gives the lowest free number
  this->reactor_->attach(number);
  EXPECT_EQ(this->poll(far()).size(), 1U);  // the former one's receive failed
  const Ticket ticket = this->pending(Op::receive(number, this->buffer_));
  ASSERT_EQ(write(peer.fd(), "new", 3), 3);
  ASSERT_EQ(this->poll(far()).size(), 1U);
  EXPECT_EQ(this->reactor_->collect(ticket), 3);
}

}  // namespace
}  // namespace rota
