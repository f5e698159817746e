// Waits in one poll() for the outputs of programs, their ends, their time limits and the person.
#include "experiments/child/child.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <utility>
#include <vector>

#include "experiments/child/start.hpp"

namespace rota::experiments {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t overflow_kept = 65536;  // of an output that had no end

// One program while it runs. Belongs into one place: its group is killed when it is destroyed.
class Child {
 public:
  static constexpr std::size_t polled = 4;  // how many entries of a poll() are a child's

  Child(const std::vector<std::string>& command, std::string input, double timeout_s, std::span<const unsigned> units,
        std::span<const std::string> environment)
      : input_(std::move(input)),
        begin_(Clock::now()),
        limit_(begin_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(timeout_s))) {
    StartedProgram started = start_program(command, units, environment);
    pid_ = started.pid;
    pidfd_ = std::move(started.pidfd);
    in_ = std::move(started.in);
    out_ = std::move(started.out);
    err_ = std::move(started.err);
  }
  ~Child() {
    if (pid_ > 0) kill_and_reap();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void add_polls(std::vector<pollfd>& polls) const {
    polls.push_back({out_.get(), POLLIN, 0});
    polls.push_back({err_.get(), POLLIN, 0});
    polls.push_back({in_.get(), POLLOUT, 0});
    polls.push_back({pidfd_.get(), POLLIN, 0});
  }

  // What add_polls() asked for, in that order, after the poll().
  void take_polls(const pollfd* polls) {
    if (polls[0].revents != 0) read_from(out_, end_.out);
    if (polls[1].revents != 0) read_from(err_, end_.err);
    if (polls[2].revents != 0) feed();
    if (end_.err.size() > 65536) end_.err.erase(0, end_.err.size() - error_limit);
  }

  // Milliseconds that a poll() may last.
  [[nodiscard]] double patience(Clock::time_point now) const {
    const double left = std::chrono::duration<double, std::milli>(limit_ - now).count();
    // A kernel without pidfd_open is asked for the child's end fifty times a second.
    const double longest = pidfd_.get() < 0 ? 20 : 3.6e6;
    return std::min(std::max(left, 0.0), longest);
  }

  // True if it has ended by itself or has to be killed; then taken_end() says how.
  [[nodiscard]] bool over(Clock::time_point now) {
    if (ended()) return true;
    if (end_.out.size() > output_limit) {
      end_.kind = ChildEnd::Kind::overflowed;
    } else if (now >= limit_) {
      end_.kind = ChildEnd::Kind::expired;
    } else {
      return false;
    }
    return true;
  }

  [[nodiscard]] ChildEnd taken_end() {
    if (pid_ > 0) {
      kill_and_reap();
    } else {
      read_from(out_, end_.out);  // what it printed last
      read_from(err_, end_.err);
    }
    end_.wall_s = std::chrono::duration<double>(Clock::now() - begin_).count();
    if (end_.kind == ChildEnd::Kind::overflowed) end_.out.resize(std::min(end_.out.size(), overflow_kept));
    if (end_.err.size() > error_limit) end_.err.erase(0, end_.err.size() - error_limit);
    return std::move(end_);
  }

 private:
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
    const ssize_t written = ::write(in_.get(), input_.data() + fed_, input_.size() - fed_);
    if (written > 0) fed_ += static_cast<std::size_t>(written);
    const bool again = written < 0 && (errno == EAGAIN || errno == EINTR);
    if (fed_ == input_.size() || (written < 0 && !again)) in_.close();
  }

  bool ended() {
    siginfo_t info{};
    const auto id = static_cast<id_t>(pid_);
    if (::waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != pid_) return false;
    ::kill(-pid_, SIGKILL);  // programs that it started and left behind; not yet reaped, its group is still its own
    int status = 0;
    ::waitpid(pid_, &status, 0);
    end_.kind = WIFSIGNALED(status) ? ChildEnd::Kind::signalled : ChildEnd::Kind::exited;
    end_.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    pid_ = -1;
    return true;
  }

  void kill_and_reap() {
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
  }

  std::string input_;
  std::size_t fed_ = 0;  // bytes of the input that it has been given
  Clock::time_point begin_, limit_;
  ChildEnd end_;
  pid_t pid_ = -1;
  Fd pidfd_, in_, out_, err_;
};

}  // namespace

struct Children::State {
  struct Running {
    std::size_t key;
    std::unique_ptr<Child> child;
  };
  const Interrupt& interrupt;
  std::vector<Running> running = {};
  std::vector<pollfd> polls = {};

  std::optional<Ended> take_ended() {
    const auto now = Clock::now();
    const auto found = std::ranges::find_if(running, [now](const Running& one) { return one.child->over(now); });
    if (found == running.end()) return std::nullopt;
    Ended result{found->key, found->child->taken_end()};
    running.erase(found);
    return result;
  }

  // One poll() for all and what it reports; false because of the Interrupt.
  bool wait_once() {
    const auto now = Clock::now();
    double patience = 3.6e6;
    polls.assign(1, {interrupt.fd(), POLLIN, 0});
    for (const auto& one : running) {
      one.child->add_polls(polls);
      patience = std::min(patience, one.child->patience(now));
    }
    ::poll(polls.data(), polls.size(), static_cast<int>(std::ceil(patience)));
    if (polls[0].revents != 0) return false;
    for (std::size_t i = 0; i < running.size(); ++i) running[i].child->take_polls(&polls[1 + i * Child::polled]);
    return true;
  }
};

Children::Children(const Interrupt& interrupt) : state_(new State{interrupt}) {}
Children::~Children() = default;

void Children::start(std::size_t key, const std::vector<std::string>& command, std::string input, double timeout_s,
                     std::span<const unsigned> units, std::span<const std::string> environment) {
  state_->running.push_back({key, std::make_unique<Child>(command, std::move(input), timeout_s, units, environment)});
}

std::size_t Children::running() const { return state_->running.size(); }

std::optional<Children::Ended> Children::wait() {
  while (!state_->running.empty()) {
    if (auto ended = state_->take_ended()) return ended;
    if (!state_->wait_once()) state_->running.clear();
  }
  return std::nullopt;
}

ChildEnd run_child(const std::vector<std::string>& command, std::string input, double timeout_s,
                   const Interrupt& interrupt) {
  Children children(interrupt);
  children.start(0, command, std::move(input), timeout_s);
  if (auto ended = children.wait()) return std::move(ended->end);
  ChildEnd end;
  end.kind = ChildEnd::Kind::interrupted;
  return end;
}

}  // namespace rota::experiments
