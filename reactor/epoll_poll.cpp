// EpollReactor: waiting, and what is done with what epoll reports.
#include <linux/time_types.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <mutex>
#include <system_error>

#include "reactor/attempt.hpp"
#include "reactor/epoll_reactor.hpp"

namespace rota {
namespace {

using Lock = std::lock_guard<env::Real::mutex>;

int wait_in_nanoseconds(int epoll, std::span<epoll_event> events, Duration timeout) noexcept {
  const auto ns = timeout.count();
  const __kernel_timespec spec{.tv_sec = ns / 1'000'000'000, .tv_nsec = ns % 1'000'000'000};
  const auto* limit = timeout == Duration::max() ? nullptr : &spec;
  return static_cast<int>(syscall(SYS_epoll_pwait2, epoll, events.data(), events.size(), limit, nullptr, 0));
}

int wait_in_milliseconds(int epoll, std::span<epoll_event> events, Duration timeout) noexcept {
  int limit = -1;
  if (timeout != Duration::max()) {
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    limit = static_cast<int>(std::min<std::int64_t>(ms, std::numeric_limits<int>::max()));
  }
  return epoll_wait(epoll, events.data(), static_cast<int>(events.size()), limit);
}

}  // namespace

std::size_t EpollReactor::poll(std::span<Completion> out, TimePoint until) {
  for (;;) {
    const bool ended = wait(until == only_look ? only_look : plan(until));
    for (int i = 0; i < event_count_; ++i) take(events_[static_cast<std::size_t>(i)]);
    const TimePoint now = World::now();
    const Lock lock(mutex_);
    wakes_at_ = TimePoint::min();
    wheel_.advance(now, [this](TimerWheel::Id slot) { ops_.complete(slot, 0); });
    const std::size_t count = ops_.harvest(out);
    if (count > 0 || ended || now >= until) return count;
  }
}

// When to wake; the past if this poll must not wait. From here until poll takes the lock again, whoever submits a timer
// that is due earlier wakes the poller.
TimePoint EpollReactor::plan(TimePoint until) {
  const Lock lock(mutex_);
  if (ops_.any_ready()) return only_look;
  wakes_at_ = std::min(until, wheel_.next_expiry());
  return wakes_at_;
}

// Waits until then, an event or a wake-up; true if it was an interrupt. The wake word is cleared before the caller
// looks at what the wake-up was about, so that a later one is not swallowed.
bool EpollReactor::wait(TimePoint wake_at) {
  const TimePoint now = wake_at == only_look ? only_look : World::now();
  bool may_sleep = wake_at > now;
  std::uint32_t quiet = 0;
  if (may_sleep) may_sleep = wake_word_.compare_exchange(quiet, sleeping, Order::acq_rel, Order::acquire);
  event_count_ = 0;
  if (may_sleep || io_pending_.load(Order::acquire) > 0) {
    const Duration timeout = !may_sleep ? Duration(0) : wake_at == never ? Duration::max() : wake_at - now;
    event_count_ = std::max(0, wait_for_events(timeout));
  }
  return (wake_word_.exchange(0, Order::acq_rel) & interrupted) != 0;
}

// The number of events; -1 if this kernel cannot wait in nanoseconds, which the constructor finds out.
int EpollReactor::wait_for_events(Duration timeout) {
  const int count = nanoseconds_ ? wait_in_nanoseconds(epoll_.fd(), events_, timeout)
                                 : wait_in_milliseconds(epoll_.fd(), events_, timeout);
  if (count >= 0) return count;
  if (errno == EINTR) return 0;
  if (nanoseconds_ && (errno == ENOSYS || errno == EPERM)) return -1;
  throw std::system_error(errno, std::generic_category(), "the reactor cannot wait for events");
}

void EpollReactor::take(const epoll_event& event) {
  if (event.data.fd < 0) return;  // the eventfd: it has done its work by waking
  constexpr std::uint32_t ended = EPOLLHUP | EPOLLERR;
  Descriptor& descriptor = *find(event.data.fd);
  const Lock lock(mutex_);
  if ((event.events & (EPOLLIN | EPOLLRDHUP | ended)) != 0) retry(descriptor, in);
  if ((event.events & (EPOLLOUT | ended)) != 0) retry(descriptor, out);
}

// An edge: counts it, and tries the pending op again. An edge of a former descriptor of the same number does no harm.
void EpollReactor::retry(Descriptor& descriptor, Direction direction) {
  descriptor.edges[direction].fetch_add(1, Order::release);
  const std::uint32_t slot = descriptor.pending[direction].load(Order::relaxed);
  if (slot == OpTable::none) return;
  if (const auto result = attempt(ops_.at(slot).op)) {
    forget_pending(slot);
    ops_.complete(slot, *result);
  }
}

void EpollReactor::interrupt() noexcept { wake(interrupted); }

// The eventfd is written for the first bit that a sleeper gets. A write that comes after the sleeper left for another
// reason only costs a later poll one round.
void EpollReactor::wake(std::uint32_t why) noexcept {
  if (wake_word_.fetch_or(why, Order::acq_rel) != sleeping) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(event_.fd(), &one, sizeof one);
}

}  // namespace rota
