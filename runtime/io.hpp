// receive, send, accept, connect for tasks: one op of the reactor each, as an awaitable.
//
// The result is what the reactor gives: bytes, a descriptor or 0, or a negative errno (reactor/reactor.hpp).
// The buffer must live until the await has ended; a cancelled task withdraws its op first, so a buffer in its own frame
// is safe. The descriptor must be attached to the runtime's reactor.
#pragma once

#include <cstddef>
#include <span>

#include "runtime/sleep.hpp"

namespace rota {

template <Env E> class Io : public ReactorAwaitable<E, Io<E>> {
 public:
  explicit Io(const Op& op) noexcept : op_(op) {}
  [[nodiscard]] bool arm(Worker<E>& worker, Waker<E> waker) { return this->start(worker, op_, waker); }
  [[nodiscard]] std::int64_t take() noexcept { return this->result(); }

 private:
  Op op_;
};

template <Env E> [[nodiscard]] Io<E> receive(int fd, std::span<std::byte> into) { return Io<E>(Op::receive(fd, into)); }
template <Env E> [[nodiscard]] Io<E> send(int fd, std::span<const std::byte> from) { return Io<E>(Op::send(fd, from)); }
template <Env E> [[nodiscard]] Io<E> accept(int listener) { return Io<E>(Op::accept(listener)); }
template <Env E> [[nodiscard]] Io<E> connect(int fd, std::span<const std::byte> address) {
  return Io<E>(Op::connect(fd, address));
}

}  // namespace rota
