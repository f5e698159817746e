// EpollReactor: submitting, cancelling, collecting and waiting for ops, and the descriptors they need.
#include "reactor/epoll_reactor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <system_error>

#include "reactor/attempt.hpp"

namespace rota {

template <Env E> EpollReactor<E>::Descriptor::Descriptor() {
  for (auto& slot : pending) slot.store(OpTable::none, Order::relaxed);
}

template <Env E> EpollReactor<E>::EpollReactor(EpollPrecision precision) : epoll_(precision == EpollPrecision::best) {}

template <Env E> EpollReactor<E>::~EpollReactor() {
  for (auto& descriptors : descriptors_) delete[] descriptors.load(Order::relaxed);
}

template <Env E> std::string EpollReactor<E>::note() const {
  return epoll_.nanoseconds() ? std::string() : "epoll_pwait2 is not available: timers are rounded up to milliseconds";
}

template <Env E> typename EpollReactor<E>::Direction EpollReactor<E>::direction_of(Op::Kind kind) noexcept {
  switch (kind) {
    case Op::Kind::send:
    case Op::Kind::connect:
    case Op::Kind::writable:
      return out;
    default:
      return in;
  }
}

template <Env E> Submitted EpollReactor<E>::submit(const Op& op, Token token) {
  if (op.kind == Op::Kind::timer) return submit_timer(op, token);
  Descriptor* descriptor = find(op.fd);
  if (descriptor == nullptr || !descriptor->attached.load(Order::acquire)) return complete_now(op, token, -EBADF);
  const Direction direction = direction_of(op.kind);
  auto& pending = descriptor->pending[direction];
  auto& edges = descriptor->edges[direction];
  if (pending.load(Order::acquire) != OpTable::none) return complete_now(op, token, -EBUSY);

  const std::uint32_t before = edges.load(Order::acquire);
  if (const auto result = attempt(op)) return complete_now(op, token, *result);
  const Lock lock(mutex_);
  if (edges.load(Order::relaxed) != before) {
    if (const auto result = attempt(op)) return {ops_.add_complete(op, token, *result), true};
  }
  if (pending.load(Order::relaxed) != OpTable::none) return {ops_.add_complete(op, token, -EBUSY), true};
  const Ticket ticket = ops_.add_pending(op, token);
  pending.store(ticket.slot, Order::release);
  io_pending_.fetch_add(1, Order::release);
  return {ticket, false};
}

template <Env E> Submitted EpollReactor<E>::submit_timer(const Op& op, Token token) {
  const Lock lock(mutex_);
  if (op.deadline <= looked_) return {Ticket{}, true};
  const Ticket ticket = ops_.add_pending(op, token);
  wheel_.add(op.deadline, ticket.slot);
  if (op.deadline < wakes_at_) {
    wakes_at_ = op.deadline;  // later timers need not wake the poller once more
    wake(look_again);
  }
  return {ticket, false};
}

template <Env E> Submitted EpollReactor<E>::complete_now(const Op& op, Token token, std::int64_t result) {
  const Lock lock(mutex_);
  return {ops_.add_complete(op, token, result), true};
}

template <Env E> bool EpollReactor<E>::cancel(Ticket ticket) {
  const Lock lock(mutex_);
  const OpTable::Record* record = ops_.find(ticket);
  if (record == nullptr) return false;
  if (record->state == OpTable::State::pending) forget_pending(ticket.slot);
  ops_.discard(ticket.slot);
  return true;
}

template <Env E> std::optional<std::int64_t> EpollReactor<E>::collect(Ticket ticket) {
  const Lock lock(mutex_);
  const OpTable::Record* record = ops_.find(ticket);
  if (record == nullptr || record->state == OpTable::State::pending) return std::nullopt;
  return ops_.take(ticket.slot);
}

// Takes a pending op out of what would complete it. Under the lock.
template <Env E> void EpollReactor<E>::forget_pending(std::uint32_t slot) noexcept {
  const Op& op = ops_.at(slot).op;
  if (op.kind == Op::Kind::timer) {
    wheel_.remove(slot);
  } else {
    find(op.fd)->pending[direction_of(op.kind)].store(OpTable::none, Order::release);
    io_pending_.fetch_sub(1, Order::release);
  }
}

template <Env E> void EpollReactor<E>::attach(int fd) {
  Descriptor& descriptor = find_or_make(fd);
  set_nonblocking(fd);
  epoll_.add(fd);
  const Lock lock(mutex_);
  fail_pending(descriptor);  // of a descriptor with this number that was closed without being detached
  descriptor.attached.store(true, Order::release);
}

template <Env E> void EpollReactor<E>::detach(int fd) noexcept {
  Descriptor* descriptor = find(fd);
  if (descriptor == nullptr || !descriptor->attached.load(Order::acquire)) return;
  epoll_.remove(fd);
  const Lock lock(mutex_);
  descriptor->attached.store(false, Order::release);
  fail_pending(*descriptor);
}

template <Env E> void EpollReactor<E>::fail_pending(Descriptor& descriptor) noexcept {
  for (auto& pending : descriptor.pending) {
    const std::uint32_t slot = pending.load(Order::relaxed);
    if (slot == OpTable::none) continue;
    forget_pending(slot);
    ops_.complete(slot, -ECANCELED);
    if (wakes_at_ != TimePoint::min()) wake(look_again);
  }
}

template <Env E> typename EpollReactor<E>::Descriptor* EpollReactor<E>::find(int fd) const noexcept {
  const auto index = static_cast<std::size_t>(fd);
  if (fd < 0 || index >= chunk * chunks) return nullptr;
  Descriptor* descriptors = descriptors_[index / chunk].load(Order::acquire);
  return descriptors == nullptr ? nullptr : descriptors + index % chunk;
}

template <Env E> typename EpollReactor<E>::Descriptor& EpollReactor<E>::find_or_make(int fd) {
  if (fd < 0 || static_cast<std::size_t>(fd) >= chunk * chunks) {
    throw std::system_error(
        EBADF, std::generic_category(),
        fmt::format("descriptor {} cannot be attached to the reactor: expected 0 to {}", fd, chunk * chunks - 1));
  }
  const Lock lock(mutex_);
  auto& descriptors = descriptors_[static_cast<std::size_t>(fd) / chunk];
  if (descriptors.load(Order::relaxed) == nullptr) descriptors.store(new Descriptor[chunk], Order::release);
  return *find(fd);
}

template <Env E> std::size_t EpollReactor<E>::poll(std::span<Completion> out, TimePoint until) {
  for (;;) {
    const bool ended = wait(until == only_look ? only_look : plan(until));
    const TimePoint now = E::now();
    const Lock lock(mutex_);
    looked_ = now;
    wakes_at_ = TimePoint::min();
    const std::size_t count = harvest(out);
    if (count > 0 || ended || now >= until) return count;
  }
}

// Due timers and what else is complete. Each of the two is first in every other poll, so that neither can keep the
// other out for good.
template <Env E> std::size_t EpollReactor<E>::harvest(std::span<Completion> out) {
  timers_first_ = !timers_first_;
  std::size_t count = timers_first_ ? 0 : ops_.harvest(out);
  wheel_.advance(looked_, [&](TimerWheel::Id slot) { out[count++] = ops_.report_timer(slot); }, out.size() - count);
  return timers_first_ ? count + ops_.harvest(out.subspan(count)) : count;
}

// When to wake; the past if this poll must not wait. From here until poll takes the lock again, whoever submits a timer
// that is due earlier wakes the poller.
template <Env E> TimePoint EpollReactor<E>::plan(TimePoint until) {
  const Lock lock(mutex_);
  if (ops_.any_ready()) return only_look;
  wakes_at_ = std::min(until, wheel_.next_expiry());
  return wakes_at_;
}

// Waits until then, an event or a wake-up, and takes what came; true if it was an interrupt. The wake word is cleared
// before the caller looks at what the wake-up was about, so that a later one is not swallowed.
template <Env E> bool EpollReactor<E>::wait(TimePoint wake_at) {
  const TimePoint now = wake_at == only_look ? only_look : E::now();
  bool may_sleep = wake_at > now;
  std::uint32_t quiet = 0;
  if (may_sleep) may_sleep = wake_word_.compare_exchange(quiet, sleeping, Order::acq_rel, Order::acquire);
  std::span<const epoll_event> events;
  if (may_sleep || io_pending_.load(Order::acquire) > 0) {
    const Duration timeout = !may_sleep ? Duration(0) : wake_at == never ? Duration::max() : wake_at - now;
    events = epoll_.wait(timeout);
  }
  const bool ended = (wake_word_.exchange(0, Order::acq_rel) & interrupted) != 0;
  for (const epoll_event& event : events) take(event);
  return ended;
}

template <Env E> void EpollReactor<E>::take(const epoll_event& event) {
  if (event.data.fd < 0) return;  // the bell: it has done its work by waking
  constexpr std::uint32_t ended = EPOLLHUP | EPOLLERR;
  Descriptor& descriptor = *find(event.data.fd);
  const Lock lock(mutex_);
  if ((event.events & (EPOLLIN | EPOLLRDHUP | ended)) != 0) retry(descriptor, in);
  if ((event.events & (EPOLLOUT | ended)) != 0) retry(descriptor, out);
}

// An edge: counts it, and tries the pending op again. An edge of a former descriptor of the same number does no harm.
template <Env E> void EpollReactor<E>::retry(Descriptor& descriptor, Direction direction) {
  descriptor.edges[direction].fetch_add(1, Order::release);
  const std::uint32_t slot = descriptor.pending[direction].load(Order::relaxed);
  if (slot == OpTable::none) return;
  if (const auto result = attempt(ops_.at(slot).op)) {
    forget_pending(slot);
    ops_.complete(slot, *result);
  }
}

template <Env E> void EpollReactor<E>::interrupt() noexcept { wake(interrupted); }

// The bell is rung for the first bit that a sleeper gets. A ring that comes after the sleeper left for another
// reason only costs a later poll one round.
template <Env E> void EpollReactor<E>::wake(std::uint32_t why) noexcept {
  if (wake_word_.fetch_or(why, Order::acq_rel) == sleeping) epoll_.ring();
}

template class EpollReactor<env::Real>;
template class EpollReactor<env::Local>;

}  // namespace rota
