// The system calls behind each kind of op.
#include "reactor/attempt.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace rota {
namespace {

long call(const Op& op) noexcept {
  switch (op.kind) {
    case Op::Kind::receive:
      return recv(op.fd, op.buffer, op.size, MSG_DONTWAIT);
    case Op::Kind::send:
      return send(op.fd, op.buffer, op.size, MSG_DONTWAIT | MSG_NOSIGNAL);
    case Op::Kind::accept:
      return accept4(op.fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    case Op::Kind::connect:
      // Also the way to ask how a connection under way has ended: SO_ERROR alone cannot tell success from "not yet".
      return connect(op.fd, static_cast<const sockaddr*>(op.buffer), static_cast<socklen_t>(op.size));
    default:
      errno = EINVAL;
      return -1;
  }
}

std::optional<std::int64_t> look(const Op& op) noexcept {
  pollfd wanted{
      .fd = op.fd, .events = static_cast<short>(op.kind == Op::Kind::readable ? POLLIN : POLLOUT), .revents = 0};
  const int ready = ::poll(&wanted, 1, 0);
  if (ready < 0 && errno != EINTR) return -errno;
  if (ready <= 0) return std::nullopt;
  return (wanted.revents & POLLNVAL) != 0 ? -EBADF : 0;
}

// Whether the same call may succeed at once if it is made again.
bool transient(const Op& op, int error) noexcept {
  // A connection that was reset while it waited to be accepted is its client's business.
  return error == EINTR || (op.kind == Op::Kind::accept && error == ECONNABORTED);
}

bool would_wait(const Op& op, int error) noexcept {
  if (op.kind == Op::Kind::connect) return error == EINPROGRESS || error == EALREADY;
  return error == EAGAIN || error == EWOULDBLOCK;
}

}  // namespace

std::optional<std::int64_t> attempt(const Op& op) noexcept {
  if (op.kind == Op::Kind::readable || op.kind == Op::Kind::writable) return look(op);
  for (;;) {
    const long result = call(op);
    if (result >= 0) return result;
    const int error = errno;
    if (transient(op, error)) continue;
    if (would_wait(op, error)) return std::nullopt;
    if (op.kind == Op::Kind::connect && error == EISCONN) return 0;
    return -error;
  }
}

}  // namespace rota
