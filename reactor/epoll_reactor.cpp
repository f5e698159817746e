// EpollReactor: submitting, cancelling and collecting ops, and the descriptors they need.
#include "reactor/epoll_reactor.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cerrno>
#include <mutex>
#include <system_error>

#include "reactor/attempt.hpp"

namespace rota {
namespace {

using Lock = std::lock_guard<env::Real::mutex>;

std::system_error failure(const std::string& sentence) { return {errno, std::generic_category(), sentence}; }

}  // namespace

EpollReactor::Descriptor::Descriptor() {
  for (auto& slot : pending) slot.store(OpTable::none, Order::relaxed);
}

EpollReactor::EpollReactor(Precision precision)
    : epoll_(epoll_create1(EPOLL_CLOEXEC)), event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!epoll_ || !event_) throw failure("cannot make an epoll instance and an eventfd");
  epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.fd = -1}};
  if (epoll_ctl(epoll_.fd(), EPOLL_CTL_ADD, event_.fd(), &event) != 0) throw failure("cannot watch an eventfd");
  nanoseconds_ = precision == Precision::best && wait_for_events(Duration(0)) >= 0;
}

EpollReactor::~EpollReactor() {
  for (auto& descriptors : descriptors_) delete[] descriptors.load(Order::relaxed);
}

std::string EpollReactor::note() const {
  return nanoseconds_ ? std::string() : "epoll_pwait2 is not available: timers are rounded up to milliseconds";
}

EpollReactor::Direction EpollReactor::direction_of(Op::Kind kind) noexcept {
  switch (kind) {
    case Op::Kind::send:
    case Op::Kind::connect:
    case Op::Kind::writable:
      return out;
    default:
      return in;
  }
}

Submitted EpollReactor::submit(const Op& op, Token token) {
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

Submitted EpollReactor::submit_timer(const Op& op, Token token) {
  if (op.deadline <= World::now()) return complete_now(op, token, 0);
  const Lock lock(mutex_);
  const Ticket ticket = ops_.add_pending(op, token);
  wheel_.add(op.deadline, ticket.slot);
  if (op.deadline < wakes_at_) {
    wakes_at_ = op.deadline;  // later timers need not wake the poller once more
    wake(look_again);
  }
  return {ticket, false};
}

Submitted EpollReactor::complete_now(const Op& op, Token token, std::int64_t result) {
  const Lock lock(mutex_);
  return {ops_.add_complete(op, token, result), true};
}

bool EpollReactor::cancel(Ticket ticket) {
  const Lock lock(mutex_);
  const OpTable::Record* record = ops_.find(ticket);
  if (record == nullptr) return false;
  if (record->state == OpTable::State::pending) forget_pending(ticket.slot);
  ops_.discard(ticket.slot);
  return true;
}

std::optional<std::int64_t> EpollReactor::collect(Ticket ticket) {
  const Lock lock(mutex_);
  const OpTable::Record* record = ops_.find(ticket);
  if (record == nullptr || record->state == OpTable::State::pending) return std::nullopt;
  return ops_.take(ticket.slot);
}

// Takes a pending op out of what would complete it. Under the lock.
void EpollReactor::forget_pending(std::uint32_t slot) noexcept {
  const Op& op = ops_.at(slot).op;
  if (op.kind == Op::Kind::timer) {
    wheel_.remove(slot);
  } else {
    find(op.fd)->pending[direction_of(op.kind)].store(OpTable::none, Order::release);
    io_pending_.fetch_sub(1, Order::release);
  }
}

void EpollReactor::attach(int fd) {
  Descriptor& descriptor = find_or_make(fd);
  set_nonblocking(fd);
  epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = {.fd = fd}};
  if (epoll_ctl(epoll_.fd(), EPOLL_CTL_ADD, fd, &event) != 0)
    throw failure(fmt::format("descriptor {} cannot be attached to the reactor", fd));
  const Lock lock(mutex_);
  fail_pending(descriptor);  // of a descriptor with this number that was closed without being detached
  descriptor.attached.store(true, Order::release);
}

void EpollReactor::detach(int fd) noexcept {
  Descriptor* descriptor = find(fd);
  if (descriptor == nullptr || !descriptor->attached.load(Order::acquire)) return;
  epoll_ctl(epoll_.fd(), EPOLL_CTL_DEL, fd, nullptr);
  const Lock lock(mutex_);
  descriptor->attached.store(false, Order::release);
  fail_pending(*descriptor);
}

void EpollReactor::fail_pending(Descriptor& descriptor) noexcept {
  for (auto& pending : descriptor.pending) {
    const std::uint32_t slot = pending.load(Order::relaxed);
    if (slot == OpTable::none) continue;
    forget_pending(slot);
    ops_.complete(slot, -ECANCELED);
    if (wakes_at_ != TimePoint::min()) wake(look_again);
  }
}

EpollReactor::Descriptor* EpollReactor::find(int fd) const noexcept {
  const auto index = static_cast<std::size_t>(fd);
  if (fd < 0 || index >= chunk * chunks) return nullptr;
  Descriptor* descriptors = descriptors_[index / chunk].load(Order::acquire);
  return descriptors == nullptr ? nullptr : descriptors + index % chunk;
}

EpollReactor::Descriptor& EpollReactor::find_or_make(int fd) {
  if (fd < 0 || static_cast<std::size_t>(fd) >= chunk * chunks) {
    errno = EBADF;
    throw failure(
        fmt::format("descriptor {} cannot be attached to the reactor: expected 0 to {}", fd, chunk * chunks - 1));
  }
  const Lock lock(mutex_);
  auto& descriptors = descriptors_[static_cast<std::size_t>(fd) / chunk];
  if (descriptors.load(Order::relaxed) == nullptr) descriptors.store(new Descriptor[chunk], Order::release);
  return *find(fd);
}

}  // namespace rota
