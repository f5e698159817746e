// Sockets by system call.
#include "reactor/socket.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

namespace rota {
namespace {

int checked(int result, std::string_view sentence) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), std::string(sentence));
  return result;
}

struct Raw {
  explicit Raw(const SocketAddress& address)
      : data(reinterpret_cast<const sockaddr*>(address.bytes().data())),
        size(static_cast<socklen_t>(address.bytes().size())) {}
  const sockaddr* data;
  socklen_t size;
};

}  // namespace

void Socket::reset(int fd) noexcept {
  if (fd_ >= 0) close(fd_);
  fd_ = fd;
}

Socket stream_socket(int family) {
  Socket result(checked(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "cannot make a TCP socket"));
  set_no_delay(result.fd());
  return result;
}

Socket listen_at(const SocketAddress& address, int backlog) {
  Socket result = stream_socket(address.family());
  const std::string sentence = fmt::format("cannot listen on {}", address.text());
  // Not where the kernel chooses: it might give one port to two sockets, of which only one can listen then.
  const int reuse = address.port() != 0;
  checked(setsockopt(result.fd(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse), sentence);
  const Raw raw(address);
  checked(bind(result.fd(), raw.data, raw.size), sentence);
  checked(listen(result.fd(), backlog), sentence);
  return result;
}

Socket start_connect(const SocketAddress& address) {
  Socket result = stream_socket(address.family());
  const Raw raw(address);
  const int started = connect(result.fd(), raw.data, raw.size);
  if (started < 0 && errno == EINPROGRESS) return result;
  checked(started, fmt::format("cannot connect to {}", address.text()));
  return result;
}

std::pair<Socket, Socket> socket_pair() {
  int fds[2];
  checked(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), "cannot make a pair of sockets");
  return {Socket(fds[0]), Socket(fds[1])};
}

void shut_down_sending(int fd) { checked(shutdown(fd, SHUT_WR), "cannot end a stream"); }

void set_nonblocking(int fd) {
  const int flags = checked(fcntl(fd, F_GETFL), "cannot read a descriptor's flags");
  checked(fcntl(fd, F_SETFL, flags | O_NONBLOCK), "cannot make a descriptor non-blocking");
}

void set_no_delay(int fd) {
  const int on = 1;
  checked(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "cannot switch off Nagle's delay");
}

}  // namespace rota
