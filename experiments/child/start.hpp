// Private to this folder: starts one program in a group of its own, with a pipe for each of its three streams.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rota::experiments {

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    close();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  ~Fd() { close(); }
  [[nodiscard]] int get() const { return fd_; }  // -1 once closed, which poll() skips
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_;
};

struct StartedProgram {
  pid_t pid = -1;   // of the program, and of its group
  Fd pidfd;         // closed on a kernel without pidfd_open
  Fd in, out, err;  // this end of its streams; they do not block
};

// As Children::start() says. Throws std::system_error.
[[nodiscard]] StartedProgram start_program(const std::vector<std::string>& command, std::span<const unsigned> units,
                                           std::span<const std::string> environment);

}  // namespace rota::experiments
