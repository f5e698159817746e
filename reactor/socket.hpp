// Socket: an owned descriptor, and the few socket calls that tests and workloads need. Errors are std::system_error
// with a sentence.
#pragma once

#include <netinet/in.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace rota {

// Owns a descriptor and closes it. One that is attached to a reactor is detached first, by whoever attached it.
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

// 127.0.0.1 and a port, as Op::connect takes it: Op::connect(fd, bytes(address)). Keep it until the op is collected.
[[nodiscard]] sockaddr_in loopback(std::uint16_t port) noexcept;
[[nodiscard]] inline std::span<const std::byte> bytes(const sockaddr_in& address) noexcept {
  return std::as_bytes(std::span(&address, 1));
}

// A TCP socket, non-blocking, close-on-exec, without Nagle's delay.
[[nodiscard]] Socket stream_socket();
// Listens on 127.0.0.1 at a port that the kernel chooses (port_of); non-blocking.
[[nodiscard]] Socket listen_loopback(int backlog = 1024);
// A stream socket whose connection to 127.0.0.1 has been started; Op::connect with the same address completes it.
[[nodiscard]] Socket start_connect_loopback(std::uint16_t port);
// Two connected stream sockets of this process (AF_UNIX), non-blocking.
[[nodiscard]] std::pair<Socket, Socket> socket_pair();

[[nodiscard]] std::uint16_t port_of(int fd);
void set_nonblocking(int fd);
void set_no_delay(int fd);

}  // namespace rota
