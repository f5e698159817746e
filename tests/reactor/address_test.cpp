// Addresses as text, and the sockets that are made with them.
#include "reactor/address.hpp"

#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "reactor/socket.hpp"

namespace rota {
namespace {

std::string error_of(auto call, int number) {
  try {
    call();
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), number) << error.what();
    return error.what();
  }
  return "no error";
}

RC_GTEST_PROP(Address, IsReadAsItIsWritten, ()) {
  const auto port = *rc::gen::arbitrary<std::uint16_t>();
  std::string text;
  if (*rc::gen::arbitrary<bool>()) {
    const auto parts = *rc::gen::container<std::array<std::uint8_t, 4>>(rc::gen::arbitrary<std::uint8_t>());
    for (const auto part : parts) text += (text.empty() ? "" : ".") + std::to_string(part);
  } else {
    text = "[fe80::" + std::to_string(*rc::gen::inRange(1, 9999)) + "]";
  }
  text += ":" + std::to_string(port);
  const SocketAddress address = resolve(text);
  RC_ASSERT(address.text() == text);
  RC_ASSERT(address.port() == port);
}

TEST(Address, SaysWhatItExpectedInsteadOfThis) {
  for (const char* text : {"", "localhost", "1.2.3.4:", ":80", "1.2.3.4:65536", "1.2.3.4:-1", "1.2.3.4:8x", "::1:80"}) {
    const std::string said = error_of([&] { (void)resolve(text); }, EINVAL);
    EXPECT_NE(said.find("'" + std::string(text) + "' is no address: expected HOST:PORT or [HOST]:PORT"),
              std::string::npos)
        << said;
  }
}

TEST(Address, OfNobodySaysWhoWasLookedFor) {
  const std::string host(70, 'x');  // no name has so long a part, so nobody is asked
  try {
    (void)resolve(host + ":80");
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_STREQ(error.code().category().name(), "resolver");
    EXPECT_NE(std::string(error.what()).find("cannot find the address of '" + host + ":80': "), std::string::npos);
  }
}

TEST(Sockets, SayWhichAddressIsInUse) {
  const Socket listener = listen_at(loopback(0));
  const SocketAddress taken = local_address(listener.fd());
  EXPECT_EQ(taken.text(), "127.0.0.1:" + std::to_string(taken.port()));
  const std::string said = error_of([&] { (void)listen_at(taken); }, EADDRINUSE);
  EXPECT_NE(said.find("cannot listen on " + taken.text() + ": "), std::string::npos) << said;
}

// Accepts, without a reactor.
Socket accept_from(const Socket& listener) {
  pollfd wanted{.fd = listener.fd(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(poll(&wanted, 1, 20'000), 1);
  return Socket(accept4(listener.fd(), nullptr, nullptr, SOCK_CLOEXEC));
}

TEST(Sockets, ListenAgainWhereAConnectionStillFadesAway) {
  const SocketAddress address = local_address(listen_at(loopback(0)).fd());  // a free port, from now on a given one
  Socket listener = listen_at(address);
  Socket client = start_connect(address);
  Socket server = accept_from(listener);
  ASSERT_TRUE(server);
  server.reset();  // who closes first keeps the port in TIME_WAIT
  char end = 0;
  pollfd wanted{.fd = client.fd(), .events = POLLIN, .revents = 0};
  ASSERT_EQ(poll(&wanted, 1, 20'000), 1);
  EXPECT_EQ(read(client.fd(), &end, 1), 0);
  client.reset();
  listener.reset();
  EXPECT_NO_THROW((void)listen_at(address));
}

TEST(Sockets, AcceptWithoutNaglesDelay) {
  const Socket listener = listen_at(loopback(0));
  const Socket client = start_connect(local_address(listener.fd()));
  const Socket server = accept_from(listener);
  for (const Socket* socket : {&client, &server}) {
    int on = 0;
    socklen_t size = sizeof on;
    ASSERT_EQ(getsockopt(socket->fd(), IPPROTO_TCP, TCP_NODELAY, &on, &size), 0);
    EXPECT_NE(on, 0);
  }
}

}  // namespace
}  // namespace rota
