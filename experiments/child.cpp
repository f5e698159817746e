// Starts a program with three pipes and waits in one poll() for its output, its end, its time limit and the person.
#include "experiments/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace rota::experiments {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t overflow_kept = 65536;  // of an output that had no end

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

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

struct Pipe {
  Fd read, write;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    read = Fd(ends[0]);
    write = Fd(ends[1]);
  }
};

void unblock(const Fd& fd) { ::fcntl(fd.get(), F_SETFL, O_NONBLOCK); }

// Runs in the new program between fork and exec: system calls only.
[[noreturn]] void become(char* const* argv, pid_t parent, int in, int out, int err) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  ::execvp(argv[0], argv);
  const char* const parts[] = {argv[0], ": cannot be started: ", std::strerror(errno), "\n"};
  for (const char* text : parts) {
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text, std::strlen(text));
  }
  ::_exit(127);
}

class Child {
 public:
  Child(const std::vector<std::string>& command, std::string_view input) : input_(input) {
    std::vector<char*> argv;
    for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    Pipe in, out, err;
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ < 0) fail("fork");
    if (pid_ == 0) become(argv.data(), parent, in.read.get(), out.write.get(), err.write.get());
    ::setpgid(pid_, pid_);  // here too: the group must exist before it can be killed
    pidfd_ = Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
    in_ = std::move(in.write);
    out_ = std::move(out.read);
    err_ = std::move(err.read);
    for (const Fd* fd : {&in_, &out_, &err_}) unblock(*fd);
  }
  ~Child() {
    if (pid_ > 0) kill_and_reap();
  }

  ChildEnd wait(double timeout_s, const Interrupt& interrupt) {
    const auto begin = Clock::now();
    const auto limit = begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(timeout_s));
    ChildEnd end;
    while (!ended(end)) {
      if (!wait_once(limit, interrupt, end)) break;
    }
    if (pid_ > 0) {
      kill_and_reap();
    } else {
      read_from(out_, end.out);  // what it printed last
      read_from(err_, end.err);
    }
    end.wall_s = std::chrono::duration<double>(Clock::now() - begin).count();
    if (end.kind == ChildEnd::Kind::overflowed) end.out.resize(std::min(end.out.size(), overflow_kept));
    if (end.err.size() > error_limit) end.err.erase(0, end.err.size() - error_limit);
    return end;
  }

 private:
  // One poll and what it reports; false if the child has to be killed, with the reason in `end`.
  bool wait_once(Clock::time_point limit, const Interrupt& interrupt, ChildEnd& end) {
    pollfd polls[] = {{out_.get(), POLLIN, 0},
                      {err_.get(), POLLIN, 0},
                      {in_.get(), POLLOUT, 0},
                      {pidfd_.get(), POLLIN, 0},
                      {interrupt.fd(), POLLIN, 0}};
    const auto left = std::chrono::duration<double, std::milli>(limit - Clock::now()).count();
    if (left <= 0) return end.kind = ChildEnd::Kind::expired, false;
    // A kernel without pidfd_open is asked for the child's end fifty times a second.
    const double longest = pidfd_.get() < 0 ? 20 : 3.6e6;
    ::poll(polls, 5, static_cast<int>(std::ceil(std::min(left, longest))));
    if (polls[4].revents != 0) return end.kind = ChildEnd::Kind::interrupted, false;
    if (polls[0].revents != 0) read_from(out_, end.out);
    if (polls[1].revents != 0) read_from(err_, end.err);
    if (polls[2].revents != 0) feed();
    if (end.err.size() > 65536) end.err.erase(0, end.err.size() - error_limit);
    if (end.out.size() > output_limit) return end.kind = ChildEnd::Kind::overflowed, false;
    return true;
  }

  static void read_from(Fd& fd, std::string& text) {
    char buffer[65536];
    while (fd.get() >= 0 && text.size() <= output_limit) {
      const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return;
      if (got <= 0) return fd.close();
      text.append(buffer, static_cast<std::size_t>(got));
    }
  }

  void feed() {
    const ssize_t written = ::write(in_.get(), input_.data(), input_.size());
    if (written > 0) input_.remove_prefix(static_cast<std::size_t>(written));
    const bool again = written < 0 && (errno == EAGAIN || errno == EINTR);
    if (input_.empty() || (written < 0 && !again)) in_.close();
  }

  bool ended(ChildEnd& end) {
    siginfo_t info{};
    const auto id = static_cast<id_t>(pid_);
    if (::waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != pid_) return false;
    ::kill(-pid_, SIGKILL);  // programs that it started and left behind; not yet reaped, its group is still its own
    int status = 0;
    ::waitpid(pid_, &status, 0);
    end.kind = WIFSIGNALED(status) ? ChildEnd::Kind::signalled : ChildEnd::Kind::exited;
    end.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    pid_ = -1;
    return true;
  }

  void kill_and_reap() {
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
  }

  std::string_view input_;
  pid_t pid_ = -1;
  Fd pidfd_, in_, out_, err_;
};

}  // namespace

ChildEnd run_child(const std::vector<std::string>& command, std::string_view input, double timeout_s,
                   const Interrupt& interrupt) {
  return Child(command, input).wait(timeout_s, interrupt);
}

}  // namespace rota::experiments
