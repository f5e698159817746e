// Addresses by the system's resolver and in the kernel's form.
#include "reactor/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <system_error>

namespace rota {
namespace {

// What getaddrinfo() says, which has numbers of its own.
class ResolverErrors final : public std::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "resolver"; }
  [[nodiscard]] std::string message(int error) const override { return gai_strerror(error); }
};

struct Parts {
  std::string host, port;
};

Parts split(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  std::string_view host = text.substr(0, colon);
  const std::string_view port = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  std::uint16_t number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  const bool bare_v6 = !bracketed && host.find(':') != std::string_view::npos;
  if (host.empty() || bare_v6 || port.empty() || read.ec != std::errc() || read.ptr != port.data() + port.size()) {
    throw std::system_error(EINVAL, std::generic_category(),
                            fmt::format("'{}' is no address: expected HOST:PORT or [HOST]:PORT", text));
  }
  return {std::string(host), std::string(port)};
}

}  // namespace

SocketAddress::SocketAddress(std::span<const std::byte> raw) noexcept {
  std::memcpy(&raw_, raw.data(), std::min(raw.size(), sizeof raw_));
}

std::span<const std::byte> SocketAddress::bytes() const noexcept {
  return std::as_bytes(std::span(&raw_, 1)).first(family() == AF_INET ? sizeof raw_.v4 : sizeof raw_.v6);
}

std::uint16_t SocketAddress::port() const noexcept {
  return ntohs(family() == AF_INET ? raw_.v4.sin_port : raw_.v6.sin6_port);
}

std::string SocketAddress::text() const {
  char host[INET6_ADDRSTRLEN] = "?";
  const bool v4 = family() == AF_INET;
  (void)inet_ntop(family(), v4 ? static_cast<const void*>(&raw_.v4.sin_addr) : &raw_.v6.sin6_addr, host, sizeof host);
  return v4 ? fmt::format("{}:{}", host, port()) : fmt::format("[{}]:{}", host, port());
}

SocketAddress resolve(std::string_view host_and_port) {
  static const ResolverErrors errors;
  const Parts parts = split(host_and_port);
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(parts.host.c_str(), parts.port.c_str(), &wanted, &found);
  const std::string sentence = fmt::format("cannot find the address of '{}'", host_and_port);
  if (error == EAI_SYSTEM) throw std::system_error(errno, std::generic_category(), sentence);
  if (error != 0) throw std::system_error(error, errors, sentence);
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);
  return SocketAddress(std::as_bytes(std::span(reinterpret_cast<const char*>(found->ai_addr), found->ai_addrlen)));
}

SocketAddress loopback(std::uint16_t port) noexcept {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return SocketAddress(std::as_bytes(std::span(&address, 1)));
}

SocketAddress local_address(int fd) {
  sockaddr_in6 address{};
  socklen_t size = sizeof address;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) < 0)
    throw std::system_error(errno, std::generic_category(), "cannot read a socket's address");
  return SocketAddress(std::as_bytes(std::span(&address, 1)).first(std::min<std::size_t>(size, sizeof address)));
}

}  // namespace rota
