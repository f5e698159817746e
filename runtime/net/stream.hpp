// Stream<E>: a connected socket for tasks: read, write, half close.
//
//   Stream<E> peer = co_await Stream<E>::connect(executor, resolve("127.0.0.1:80"));
//   co_await peer.write_all(request);
//   while (const std::size_t got = co_await peer.read(buffer)) …   // 0: the other side has ended its stream
//
// Coroutines co_await these, fibers say fiber.await(peer.read(buffer)) and peer.write_all(fiber, request).
//
// Cost      read and write: a system call and two lock sections of the reactor; if it waits, one more of each. Nothing
//           is allocated, but that write_all in a coroutine has a frame, as every child has. Its end: two calls.
// Threads   Tasks of the runtime that it was made for, on whatever worker. One task reads while another writes; a
//           second one in the same direction is refused (EBUSY). It ends before its runtime, and when no task waits.
// Errors    std::system_error: the kernel's number and what was tried. A peer that has reset the connection is one,
//           its end is none. Nothing raises SIGPIPE. Errors as values: receive<E>(peer.fd(), …), runtime/io.hpp.
// Cancel    A task that is cancelled, or whose timeout passes, while it reads has read nothing; while it writes all,
//           what was written stays so.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include "reactor/socket.hpp"
#include "runtime/fiber.hpp"
#include "runtime/sleep.hpp"

namespace rota {

[[noreturn, gnu::cold]] inline void throw_failed_op(std::int64_t result, const std::string& sentence) {
  throw std::system_error(static_cast<int>(-result), std::generic_category(), sentence);
}

// One read or write of a stream: how many bytes that were.
template <Env E> class Transfer : public ReactorAwaitable<E, Transfer<E>> {
 public:
  Transfer(const Op& op, const char* sentence) noexcept : op_(op), sentence_(sentence) {}
  [[nodiscard]] bool arm(Worker<E>& worker, Waker<E> waker) { return this->start(worker, op_, waker); }
  [[nodiscard]] std::size_t take() {
    const std::int64_t result = this->result();
    if (result < 0) throw_failed_op(result, sentence_);
    return static_cast<std::size_t>(result);
  }

 private:
  Op op_;
  const char* sentence_;
};

template <Env E> class Stream {
 public:
  // Gives a connection to this address.
  class Connect : public ReactorAwaitable<E, Connect> {
   public:
    Connect(Executor<E>& executor, const SocketAddress& address)
        : address_(address), socket_(executor.reactor(), stream_socket(address.family())) {}

    [[nodiscard]] bool arm(Worker<E>& worker, Waker<E> waker) {
      return this->start(worker, Op::connect(socket_.fd(), address_.bytes()), waker);
    }
    [[nodiscard]] Stream take() {
      const std::int64_t result = this->result();
      if (result < 0) throw_failed_op(result, "cannot connect to " + address_.text());
      return Stream(std::move(socket_));
    }

   private:
    SocketAddress address_;
    Attached socket_;
  };

  // Of a socket that is connected already.
  Stream(Executor<E>& executor, Socket connected) : socket_(executor.reactor(), std::move(connected)) {}

  [[nodiscard]] static Connect connect(Executor<E>& executor, const SocketAddress& address) {
    return Connect(executor, address);
  }

  // Gives how many bytes were read, at least one and at most into.size(); 0 at the end. `into` must not be empty.
  [[nodiscard]] Transfer<E> read(std::span<std::byte> into) const {
    return Transfer<E>(Op::receive(fd(), into), "cannot read from a stream");
  }
  // Gives how many bytes were written, at least one.
  [[nodiscard]] Transfer<E> write(std::span<const std::byte> from) const {
    return Transfer<E>(Op::send(fd(), from), "cannot write to a stream");
  }
  [[nodiscard]] Job<E> write_all(std::span<const std::byte> from) const {
    while (!from.empty()) from = from.subspan(co_await write(from));
  }
  void write_all(FiberContext<E>& fiber, std::span<const std::byte> from) const {
    while (!from.empty()) from = from.subspan(fiber.await(write(from)));
  }

  // Nothing more will be written: the other side reads what was, and then the end. Reading goes on.
  void end_writing() const { shut_down_sending(fd()); }
  [[nodiscard]] int fd() const noexcept { return socket_.fd(); }

 private:
  explicit Stream(Attached socket) noexcept : socket_(std::move(socket)) {}

  Attached socket_;
};

}  // namespace rota
