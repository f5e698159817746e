// EpollSet by system call.
#include "reactor/epoll_set.hpp"

#include <fmt/format.h>
#include <linux/time_types.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

namespace rota {
namespace {

std::system_error failure(const std::string& sentence) { return {errno, std::generic_category(), sentence}; }

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

EpollSet::EpollSet(bool nanoseconds)
    : epoll_(epoll_create1(EPOLL_CLOEXEC)), bell_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!epoll_ || !bell_) throw failure("cannot make an epoll instance and an eventfd");
  epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.fd = -1}};
  if (epoll_ctl(epoll_.fd(), EPOLL_CTL_ADD, bell_.fd(), &event) != 0) throw failure("cannot watch an eventfd");
  nanoseconds_ = nanoseconds && wait_for_events(Duration(0)) >= 0;
}

void EpollSet::add(int fd) {
  epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = {.fd = fd}};
  if (epoll_ctl(epoll_.fd(), EPOLL_CTL_ADD, fd, &event) != 0)
    throw failure(fmt::format("descriptor {} cannot be attached to the reactor", fd));
}

void EpollSet::remove(int fd) noexcept { epoll_ctl(epoll_.fd(), EPOLL_CTL_DEL, fd, nullptr); }

std::span<const epoll_event> EpollSet::wait(Duration timeout) {
  const int count = std::max(0, wait_for_events(timeout));
  return std::span(events_).first(static_cast<std::size_t>(count));
}

// The number of events; -1 if this kernel cannot wait in nanoseconds, which the constructor finds out.
int EpollSet::wait_for_events(Duration timeout) {
  const int count = nanoseconds_ ? wait_in_nanoseconds(epoll_.fd(), events_, timeout)
                                 : wait_in_milliseconds(epoll_.fd(), events_, timeout);
  if (count >= 0) return count;
  if (errno == EINTR) return 0;
  if (nanoseconds_ && (errno == ENOSYS || errno == EPERM)) return -1;
  throw std::system_error(errno, std::generic_category(), "the reactor cannot wait for events");
}

void EpollSet::ring() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(bell_.fd(), &one, sizeof one);
}

}  // namespace rota
