// Sockets by system call.
#include "reactor/socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace rota {
namespace {

int checked(int result, const char* sentence) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), sentence);
  return result;
}

const sockaddr* generic(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

}  // namespace

void Socket::reset(int fd) noexcept {
  if (fd_ >= 0) close(fd_);
  fd_ = fd;
}

sockaddr_in loopback(std::uint16_t port) noexcept {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

Socket stream_socket() {
  Socket result(checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "cannot make a TCP socket"));
  set_no_delay(result.fd());
  return result;
}

Socket listen_loopback(int backlog) {
  Socket result = stream_socket();
  const sockaddr_in address = loopback(0);
  checked(bind(result.fd(), generic(address), sizeof address), "cannot bind a socket to 127.0.0.1");
  checked(listen(result.fd(), backlog), "cannot listen on 127.0.0.1");
  return result;
}

Socket start_connect_loopback(std::uint16_t port) {
  Socket result = stream_socket();
  const sockaddr_in address = loopback(port);
  const int started = connect(result.fd(), generic(address), sizeof address);
  if (started < 0 && errno == EINPROGRESS) return result;
  checked(started, "cannot start a connection to 127.0.0.1");
  return result;
}

std::pair<Socket, Socket> socket_pair() {
  int fds[2];
  checked(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), "cannot make a pair of sockets");
  return {Socket(fds[0]), Socket(fds[1])};
}

std::uint16_t port_of(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  checked(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), "cannot read a socket's address");
  return ntohs(address.sin_port);
}

void set_nonblocking(int fd) {
  const int flags = checked(fcntl(fd, F_GETFL), "cannot read a descriptor's flags");
  checked(fcntl(fd, F_SETFL, flags | O_NONBLOCK), "cannot make a descriptor non-blocking");
}

void set_no_delay(int fd) {
  const int on = 1;
  checked(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "cannot switch off Nagle's delay");
}

}  // namespace rota
