// The signals' flag is an eventfd, so that one poll() waits for a cell and for the person at once.
#include "experiments/child/interrupt.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace rota::experiments {
namespace {

constexpr int caught[] = {SIGINT, SIGTERM};
volatile sig_atomic_t flag_fd = -1;

extern "C" void rota_interrupt(int) {
  const int reason = errno;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(flag_fd, &one, sizeof one);
  errno = reason;
}

}  // namespace

Interrupt::Interrupt() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  flag_fd = fd_;
  struct sigaction action{};
  action.sa_handler = rota_interrupt;
  ::sigaction(caught[0], &action, &before_[0]);
  ::sigaction(caught[1], &action, &before_[1]);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, &before_[2]);
}

Interrupt::~Interrupt() {
  ::sigaction(caught[0], &before_[0], nullptr);
  ::sigaction(caught[1], &before_[1], nullptr);
  ::sigaction(SIGPIPE, &before_[2], nullptr);
  flag_fd = -1;
  ::close(fd_);
}

bool Interrupt::happened() const {
  pollfd poll{fd_, POLLIN, 0};
  return ::poll(&poll, 1, 0) == 1;
}

}  // namespace rota::experiments
