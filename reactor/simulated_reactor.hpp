// SimulatedReactor<E>: a reactor that lives inside the world E. Its timers follow E::now(); input and output is
// whatever the program that plays the outside says, by complete(), or what a made-up device gives after its latency.
//
// Threads   As Reactor's. attach_device(), complete() and any_pending(): any thread.
// Locking   One mutex guards the records, the wheel and the descriptors; idle() and interrupt() do without it.
// Waking    The poller parks, until its limit, the next timer or an unpark. A token that was left behind costs a later
//           poll one round. The interrupt is a flag: cleared before the poller looks at what it was about.
// Numbers   A descriptor is any number from 0: no system call ever sees it, and nothing is closed.
#pragma once

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <optional>
#include <system_error>
#include <vector>

#include "reactor/latency.hpp"
#include "reactor/op_table.hpp"
#include "reactor/reactor.hpp"
#include "reactor/timer_wheel.hpp"
#include "worlds/env.hpp"
#include "worlds/trace.hpp"

namespace rota {

template <Env E> class SimulatedReactor final : public Reactor {
 public:
  [[nodiscard]] Submitted submit(const Op& op, Token token) override {
    return op.kind == Op::Kind::timer ? submit_timer(op, token) : submit_io(op, token);
  }

  bool cancel(Ticket ticket) override {
    const Lock lock(mutex_);
    const OpTable::Record* const record = ops_.find(ticket);
    if (record == nullptr) return false;
    if (record->state == OpTable::State::pending) forget_pending(ticket.slot);
    ops_.discard(ticket.slot);
    publish_idle();
    say(Mark::withdraw, ticket);
    return true;
  }

  [[nodiscard]] std::optional<std::int64_t> collect(Ticket ticket) override {
    const Lock lock(mutex_);
    const OpTable::Record* const record = ops_.find(ticket);
    if (record == nullptr || record->state == OpTable::State::pending || record->op.kind == Op::Kind::timer)
      return std::nullopt;
    const std::int64_t result = ops_.take(ticket.slot);
    publish_idle();
    say(Mark::collect, ticket);
    return result;
  }

  [[nodiscard]] std::size_t poll(std::span<Completion> out, TimePoint until) override {
    E::mark(Mark::poll, nullptr, 0);
    for (;;) {
      const bool ended = interrupted_.exchange(false, Order::acq_rel);
      const TimePoint now = E::now();
      TimePoint wake_at;
      {
        const Lock lock(mutex_);
        wheel_.advance(now, [this](TimerWheel::Id slot) { fire(slot); });
        const std::size_t count = ops_.harvest(out);
        for (const Completion& each : out.first(count))
          if (each.source == Completion::Source::timer) say(Mark::collect, each.ticket);
        wakes_at_ = TimePoint::min();
        if (count > 0 || ended || now >= until) {
          publish_idle();
          E::mark(Mark::polled, nullptr, count);
          return count;
        }
        wake_at = wakes_at_ = std::min(until, wheel_.next_expiry());
      }
      (void)parker_.park_until(wake_at);
    }
  }

  // A read-modify-write, although it always writes the same: of several interrupts that end one poll, the poller must
  // see what was written before each of them, and a plain store would hide those before it.
  void interrupt() noexcept override {
    interrupted_.exchange(true, Order::acq_rel);
    E::mark(Mark::interrupt, nullptr, 0);
    (void)parker_.unpark();
  }

  [[nodiscard]] bool idle() const noexcept override { return idle_.load(Order::acquire); }

  void attach(int fd) override {
    const Lock lock(mutex_);
    if (fd < 0 || attached(fd))
      throw std::system_error(fd < 0 ? EBADF : EEXIST, std::generic_category(),
                              "a descriptor cannot be attached to the simulated reactor");
    attached_.push_back(fd);
  }

  // As attach(), and every op on it completes by itself after a latency drawn from the model: a receive or a send with
  // all its bytes (it writes none of them), connect, readable and writable with 0. An accept is refused: -EINVAL.
  void attach_device(int fd, const LatencyModel& model) {
    attach(fd);
    const Lock lock(mutex_);
    devices_.push_back({fd, Latency(model)});
  }

  void detach(int fd) noexcept override {
    bool wake = false;
    {
      const Lock lock(mutex_);
      std::erase(attached_, fd);
      std::erase_if(devices_, [fd](const Device& device) { return device.fd == fd; });
      for (std::size_t i = pending_io_.size(); i-- > 0;) {
        const std::uint32_t slot = pending_io_[i].slot;
        if (ops_.at(slot).op.fd == fd) wake = complete_io(slot, -ECANCELED);
      }
    }
    if (wake) (void)parker_.unpark();
  }

  [[nodiscard]] std::string note() const override {
    return "simulated: its time is the world's, and its input and output are made up by the program under test";
  }

  // The outside's side. What it wrote into the op's buffer before is visible to whoever collects.

  // Ends a pending op that is not a timer. False if the ticket is not one of those.
  bool complete(Ticket ticket, std::int64_t result) {
    bool wake = false;
    {
      const Lock lock(mutex_);
      if (std::find(pending_io_.begin(), pending_io_.end(), ticket) == pending_io_.end()) return false;
      wake = complete_io(ticket.slot, result);
    }
    if (wake) (void)parker_.unpark();
    return true;
  }
  // The op that has been pending longest, timers aside.
  [[nodiscard]] std::optional<Ticket> any_pending() {
    const Lock lock(mutex_);
    return pending_io_.empty() ? std::nullopt : std::optional(pending_io_.front());
  }

 private:
  using Lock = std::lock_guard<typename E::mutex>;
  struct Device {
    int fd;
    Latency latency;
  };

  static void say(Mark mark, Ticket ticket) noexcept {
    E::mark(mark, nullptr, std::uint64_t{ticket.slot} << 32 | ticket.generation);
  }
  static bool outward(Op::Kind kind) noexcept {
    return kind == Op::Kind::send || kind == Op::Kind::connect || kind == Op::Kind::writable;
  }

  Submitted submit_timer(const Op& op, Token token) {
    const bool late = op.deadline <= E::now();
    bool earlier = false;
    Ticket ticket;
    {
      const Lock lock(mutex_);
      if (late) return late_timer(op, token);
      ticket = add_pending(op, token);
      wheel_.add(op.deadline, ticket.slot);
      earlier = op.deadline < wakes_at_;
      if (earlier) wakes_at_ = op.deadline;  // later timers need not wake the poller once more
    }
    if (earlier) (void)parker_.unpark();
    return {ticket, false};
  }

  Submitted submit_io(const Op& op, Token token) {
    Submitted submitted{};
    bool sooner = false;
    {
      const Lock lock(mutex_);
      submitted = add_io(op, token);
      if (!submitted.complete) sooner = start_device(submitted.ticket.slot, op.fd);
    }
    if (sooner) (void)parker_.unpark();
    return submitted;
  }

  // From here on: under the lock.

  Submitted add_io(Op op, Token token) {
    if (!attached(op.fd)) return complete_now(op, token, -EBADF);
    for (const Ticket other : pending_io_) {
      const Op& busy = ops_.at(other.slot).op;
      if (busy.fd == op.fd && outward(busy.kind) == outward(op.kind)) return complete_now(op, token, -EBUSY);
    }
    if (op.kind == Op::Kind::accept) {
      if (device_of(op.fd) != nullptr) return complete_now(op, token, -EINVAL);
      op.kind = Op::Kind::readable;  // or the table would close what it accepted
    }
    const Ticket ticket = add_pending(op, token);
    pending_io_.push_back(ticket);
    return {ticket, false};
  }

  [[nodiscard]] Device* device_of(int fd) noexcept {
    const auto found = std::find_if(devices_.begin(), devices_.end(), [fd](const Device& d) { return d.fd == fd; });
    return found == devices_.end() ? nullptr : &*found;
  }
  // If the op is for a device, sets when it completes. True if a poll is under way that would sleep for longer.
  [[nodiscard]] bool start_device(std::uint32_t slot, int fd) {
    Device* const device = device_of(fd);
    if (device == nullptr) return false;
    const TimePoint due = later(E::now(), device->latency.draw());
    wheel_.add(due, slot);
    if (due >= wakes_at_) return false;
    wakes_at_ = due;
    return true;
  }
  // A timer is due, or a device is done.
  void fire(std::uint32_t slot) noexcept {
    const Op& op = ops_.at(slot).op;
    if (op.kind == Op::Kind::timer) return finish(slot, 0);
    forget_pending(slot);
    const bool moves = op.kind == Op::Kind::receive || op.kind == Op::Kind::send;
    finish(slot, moves ? static_cast<std::int64_t>(op.size) : 0);
  }

  Ticket add_pending(const Op& op, Token token) {
    const Ticket ticket = ops_.add_pending(op, token);
    publish_idle();
    say(Mark::submit, ticket);
    return ticket;
  }
  Submitted complete_now(const Op& op, Token token, std::int64_t result) {
    const Ticket ticket = ops_.add_complete(op, token, result);
    say(Mark::complete, ticket);
    return {ticket, true};
  }
  Submitted late_timer(const Op& op, Token token) {
    const Submitted submitted = complete_now(op, token, 0);
    (void)ops_.take(submitted.ticket.slot);
    say(Mark::collect, submitted.ticket);
    return submitted;
  }
  void finish(std::uint32_t slot, std::int64_t result) noexcept {
    ops_.complete(slot, result);
    say(Mark::complete, {slot, ops_.at(slot).generation});
  }
  // True if a poll is under way, which must now be ended.
  bool complete_io(std::uint32_t slot, std::int64_t result) noexcept {
    forget_pending(slot);
    finish(slot, result);
    return wakes_at_ != TimePoint::min();
  }
  void forget_pending(std::uint32_t slot) noexcept {
    (void)wheel_.remove(slot);
    if (ops_.at(slot).op.kind == Op::Kind::timer) return;
    std::erase_if(pending_io_, [slot](Ticket ticket) { return ticket.slot == slot; });
  }
  [[nodiscard]] bool attached(int fd) const noexcept {
    return std::find(attached_.begin(), attached_.end(), fd) != attached_.end();
  }
  // What is known without the lock. Written when it changes only, so that it costs no step of exploration otherwise.
  void publish_idle() noexcept {
    if (published_ != ops_.idle()) idle_.store(published_ = ops_.idle(), Order::release);
  }

  typename E::mutex mutex_;
  OpTable ops_;  // counts with real atomics, which only ever change under the lock
  TimerWheel wheel_;
  std::vector<int> attached_;
  std::vector<Device> devices_;
  std::vector<Ticket> pending_io_;         // in order of submission
  TimePoint wakes_at_ = TimePoint::min();  // when the poll under way will wake of its own accord; min: none is
  bool published_ = true;

  typename E::template atomic<bool> idle_{true};
  typename E::template atomic<bool> interrupted_{false};
  typename E::parker parker_;
};

}  // namespace rota
