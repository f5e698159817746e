// The narrow window of an edge-triggered reactor: an edge between a try that would block and the op being queued. This
// program's own recv() lets a test act exactly there.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <utility>

#include "reactor/epoll_reactor.hpp"
#include "tests/reactor/conformance.hpp"

namespace {

std::function<void()> after_next_blocked_receive;  // this program's tests run one after another

}  // namespace

extern "C" ssize_t recv(int fd, void* buffer, size_t size, int flags) {
  const ssize_t count = syscall(SYS_recvfrom, fd, buffer, size, flags, nullptr, nullptr);
  const int error = errno;
  if (count < 0 && error == EAGAIN && after_next_blocked_receive) std::exchange(after_next_blocked_receive, nullptr)();
  errno = error;
  return count;
}

namespace rota {
namespace {

// R1: poll has seen the edge before the op was there, and no second edge will come.
TEST(EpollReactor, MissesNoEdgeBetweenATryAndTheQueueingOfAReceive) {
  EpollReactor<env::Real> reactor;
  auto [near_end, far_end] = socket_pair();
  auto [quiet, quiet_peer] = socket_pair();
  reactor.attach(near_end.fd());
  reactor.attach(quiet.fd());
  std::array<std::byte, 8> unused;
  // Something pending, so that a poll that only looks asks the kernel.
  ASSERT_FALSE(reactor.submit(Op::receive(quiet.fd(), unused), token(1)).complete);

  std::array<Completion, 4> out;
  bool acted = false;
  after_next_blocked_receive = [&, sender = far_end.fd()] {
    EXPECT_EQ(send(sender, "a", 1, MSG_NOSIGNAL), 1);
    EXPECT_EQ(reactor.poll(out, only_look), 0U);
    acted = true;
  };
  std::array<std::byte, 8> buffer;
  const Submitted submitted = reactor.submit(Op::receive(near_end.fd(), buffer), token(2));
  ASSERT_TRUE(acted);
  EXPECT_TRUE(submitted.complete || reactor.poll(out, soon()) == 1);
  EXPECT_EQ(reactor.collect(submitted.ticket), 1);
}

}  // namespace
}  // namespace rota
