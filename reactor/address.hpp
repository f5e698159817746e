// SocketAddress: one end of a TCP connection, IPv4 or IPv6, as text and as the kernel takes it.
//
// Threads   A value.
// Errors    resolve() and local_address() throw std::system_error with a sentence; all else cannot fail.
#pragma once

#include <netinet/in.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rota {

class SocketAddress {
 public:
  SocketAddress() = default;  // of no family: the kernel refuses it
  // What the kernel has written; longer than the longest of the two families is cut off.
  explicit SocketAddress(std::span<const std::byte> raw) noexcept;

  // As Op::connect takes it: keep the address until the op is collected.
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept;
  [[nodiscard]] int family() const noexcept { return raw_.any.sa_family; }
  [[nodiscard]] std::uint16_t port() const noexcept;
  [[nodiscard]] std::string text() const;  // 127.0.0.1:80, [::1]:80

 private:
  union {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6{};
  } raw_;
};

// HOST:PORT or [HOST]:PORT, the port a number. An address in digits is only read; a name is looked up by the system's
// resolver, which may block this thread for seconds: do it before tasks need the worker. The first answer counts.
[[nodiscard]] SocketAddress resolve(std::string_view host_and_port);

// 127.0.0.1 and a port.
[[nodiscard]] SocketAddress loopback(std::uint16_t port) noexcept;

// Where this socket is bound: its port, if the kernel chose one.
[[nodiscard]] SocketAddress local_address(int fd);

}  // namespace rota
