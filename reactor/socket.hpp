// Socket: an owned descriptor. Attached: one that a reactor knows. And the calls that make sockets.
//
// Threads   A Socket is its owner's; the calls are for any thread.
// Errors    std::system_error with a sentence that says what was tried.
#pragma once

#include <sys/socket.h>

#include <utility>

#include "reactor/address.hpp"
#include "reactor/reactor.hpp"

namespace rota {

// Owns a descriptor and closes it.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int fd) noexcept : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    if (this != &other) reset(std::exchange(other.fd_, -1));
    return *this;
  }
  ~Socket() { reset(); }

  [[nodiscard]] int fd() const noexcept { return fd_; }
  [[nodiscard]] explicit operator bool() const noexcept { return fd_ >= 0; }
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }
  void reset(int fd = -1) noexcept;

 private:
  int fd_ = -1;
};

// A socket that a reactor knows until it is closed. The reactor must outlive it, and nobody may submit an op for it
// while it ends or afterwards; what is pending then completes with -ECANCELED.
class Attached {
 public:
  // std::system_error if the reactor refuses the descriptor, which is closed then.
  Attached(Reactor& reactor, Socket socket) : reactor_(&reactor), socket_(std::move(socket)) {
    reactor_->attach(socket_.fd());
  }
  Attached(Attached&& other) noexcept = default;
  Attached& operator=(Attached&&) = delete;
  ~Attached() {
    if (socket_) reactor_->detach(socket_.fd());
  }
  [[nodiscard]] int fd() const noexcept { return socket_.fd(); }

 private:
  Reactor* reactor_;
  Socket socket_;
};

// A TCP socket of that family (AF_INET, AF_INET6): non-blocking, close-on-exec, without Nagle's delay.
[[nodiscard]] Socket stream_socket(int family = AF_INET);
// Listens there, as stream_socket() does else; at port 0 the kernel chooses one (local_address). What it accepts has no
// Nagle's delay either. A given port may be taken again while connections of a former listener fade away.
[[nodiscard]] Socket listen_at(const SocketAddress& address, int backlog = 1024);
// A stream socket whose connection has been started; Op::connect with the same address completes it.
[[nodiscard]] Socket start_connect(const SocketAddress& address);
// Two connected stream sockets of this process (AF_UNIX), non-blocking.
[[nodiscard]] std::pair<Socket, Socket> socket_pair();
// Tells the peer that nothing more will come: it reads what was sent and then the end. Reading goes on.
void shut_down_sending(int fd);

void set_nonblocking(int fd);
void set_no_delay(int fd);

}  // namespace rota
