// LateReactor: another reactor, made when it is needed first. A runtime of one thread that never waits for time or for
// the outside then makes no system call for it, which is most of what its start would cost.
//
// Threads   One, unlike other reactors: a runtime of the local world, whose calls all come from its owner's thread.
#pragma once

#include <memory>

#include "reactor/reactor.hpp"

namespace rota {

class LateReactor final : public Reactor {
 public:
  using Make = std::unique_ptr<Reactor> (*)();
  explicit LateReactor(Make make) noexcept : make_(make) {}

  [[nodiscard]] Submitted submit(const Op& op, Token token) override { return inner().submit(op, token); }
  bool cancel(Ticket ticket) override { return inner().cancel(ticket); }
  [[nodiscard]] std::optional<std::int64_t> collect(Ticket ticket) override { return inner().collect(ticket); }
  [[nodiscard]] std::size_t poll(std::span<Completion> out, TimePoint until) override {
    return inner().poll(out, until);
  }
  // Nobody can be waiting in a reactor that was never needed, and its thread is here, not there.
  void interrupt() noexcept override {
    if (inner_ != nullptr) inner_->interrupt();
  }
  [[nodiscard]] bool idle() const noexcept override { return inner_ == nullptr || inner_->idle(); }
  void attach(int fd) override { inner().attach(fd); }
  void detach(int fd) noexcept override {
    if (inner_ != nullptr) inner_->detach(fd);
  }
  [[nodiscard]] std::string note() const override { return inner_ == nullptr ? make_()->note() : inner_->note(); }

 private:
  Reactor& inner() {
    if (inner_ == nullptr) inner_ = make_();
    return *inner_;
  }

  const Make make_;
  std::unique_ptr<Reactor> inner_;
};

}  // namespace rota
