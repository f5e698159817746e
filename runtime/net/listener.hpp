// Listener<E>: a socket that takes connections, for tasks.
//
//   const Listener<E> listener(executor, resolve("0.0.0.0:7"));
//   for (;;) executor.spawn(serve(co_await listener.accept())).detach();
//
// Cost      accept: a system call, two lock sections of the reactor, and what a Stream costs to make: one call.
// Threads   Tasks of the runtime that it was made for; one of them accepts at a time, a second is refused (EBUSY). It
//           ends before its runtime, and when no task waits on it.
// Errors    std::system_error: the kernel's number, what was tried and where. Too many open descriptors (EMFILE) is
//           one; a client that has gone before it was accepted is none.
// Cancel    A task that is cancelled, or whose timeout passes, while it accepts takes no connection away.
#pragma once

#include <cerrno>
#include <utility>

#include "runtime/net/stream.hpp"

namespace rota {

template <Env E> class Listener {
 public:
  // Gives the next connection, as a Stream of this runtime's.
  class Accept : public ReactorAwaitable<E, Accept> {
   public:
    explicit Accept(const Listener& listener) noexcept : listener_(&listener) {}
    ~Accept() { (void)accepted(); }

    [[nodiscard]] bool arm(Worker<E>& worker, Waker<E> waker) {
      return this->start(worker, Op::accept(listener_->socket_.fd()), waker);
    }
    [[nodiscard]] Stream<E> take() {
      Socket socket = accepted();
      if (!socket) throw_failed_op(error_, "cannot accept a connection on " + listener_->address_.text());
      return Stream<E>(*listener_->executor_, std::move(socket));
    }

   private:
    // What came and was not taken yet, owned.
    [[nodiscard]] Socket accepted() noexcept {
      const std::int64_t fd = this->settle().value_or(-ECANCELED);
      if (fd >= 0) return Socket(static_cast<int>(fd));
      error_ = fd;
      return {};
    }

    const Listener* listener_;
    std::int64_t error_ = 0;
  };

  // `backlog`: connections that may wait to be accepted. At port 0 the kernel chooses one.
  Listener(Executor<E>& executor, const SocketAddress& address, int backlog = 1024)
      : executor_(&executor),
        socket_(executor.reactor(), listen_at(address, backlog)),
        address_(local_address(socket_.fd())) {}

  [[nodiscard]] Accept accept() const noexcept { return Accept(*this); }
  // Where it listens, with the port that the kernel chose.
  [[nodiscard]] const SocketAddress& address() const noexcept { return address_; }

 private:
  Executor<E>* executor_;
  Attached socket_;
  SocketAddress address_;
};

}  // namespace rota
