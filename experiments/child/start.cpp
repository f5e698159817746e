// Starts programs: fork, then system calls only until the other program is there.
#include "experiments/child/start.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

namespace rota::experiments {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

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

// A set of processing units as the kernel takes it.
class UnitSet {
 public:
  explicit UnitSet(std::span<const unsigned> units) {
    for (const unsigned unit : units) {
      if (words_.size() <= unit / bits) words_.resize(unit / bits + 1);
      words_[unit / bits] |= 1UL << (unit % bits);
    }
  }
  // Of the calling thread; true if the set is empty. A system call only.
  [[nodiscard]] bool confine() const {
    return words_.empty() || ::syscall(SYS_sched_setaffinity, 0, words_.size() * sizeof words_[0], words_.data()) == 0;
  }

 private:
  static constexpr std::size_t bits = 8 * sizeof(unsigned long);
  std::vector<unsigned long> words_;
};

std::vector<char*> pointers(std::span<const std::string> texts) {
  std::vector<char*> result;
  for (const auto& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

[[noreturn]] void give_up(const char* program, const char* what) {
  const char* const parts[] = {program, what, std::strerror(errno), "\n"};
  for (const char* text : parts) {
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text, std::strlen(text));
  }
  ::_exit(127);
}

// Runs in the new program between fork and exec: system calls only.
[[noreturn]] void become(char* const* argv, char* const* variables, pid_t parent, int in, int out, int err,
                         const UnitSet& units) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  if (!units.confine()) give_up(argv[0], ": cannot be confined to its processing units: ");
  ::execvpe(argv[0], argv, variables);
  give_up(argv[0], ": cannot be started: ");
}

}  // namespace

StartedProgram start_program(const std::vector<std::string>& command, std::span<const unsigned> units,
                             std::span<const std::string> environment) {
  const std::vector<char*> argv = pointers(command), variables = pointers(environment);
  const UnitSet set(units);
  Pipe in, out, err;
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) fail("fork");
  if (pid == 0)
    become(argv.data(), environment.empty() ? environ : variables.data(), parent, in.read.get(), out.write.get(),
           err.write.get(), set);
  ::setpgid(pid, pid);  // here too: the group must exist before it can be killed
  StartedProgram started{.pid = pid,
                         .pidfd = Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))),
                         .in = std::move(in.write),
                         .out = std::move(out.read),
                         .err = std::move(err.read)};
  for (const Fd* fd : {&started.in, &started.out, &started.err}) unblock(*fd);
  return started;
}

}  // namespace rota::experiments
