// A minimal executor: one queue, a loop that runs what is in it, and wakers that put a task back.
#include <condition_variable>
#include <coroutine>
#include <cstdio>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

class Executor;

// A task is a coroutine that says to its executor that it has ended. Its frame frees itself.
struct Task {
  struct promise_type {
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    static std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept;
    static void return_void() {}
    static void unhandled_exception() { std::terminate(); }
    Executor* executor = nullptr;
  };
  std::coroutine_handle<promise_type> frame;
};
using Frame = std::coroutine_handle<Task::promise_type>;

class Executor {
 public:
  void spawn(Task task) {
    task.frame.promise().executor = this;
    ++live_;
    enqueue(task.frame);
  }
  // By any thread: the task may go on. The executor must be told once for each wait.
  void enqueue(Frame frame) {
    const std::lock_guard lock(mutex_);
    ready_.push_back(frame);
    changed_.notify_one();
  }
  // Until every task has ended, and not just until none is ready: those that wait will come back.
  void run() {
    while (live_ > 0) next().resume();
  }
  void ended() noexcept { --live_; }

 private:
  Frame next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty(); });  // sleeps; it does not ask again and again
    const Frame first = ready_.front();
    ready_.pop_front();
    return first;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Frame> ready_;
  int live_ = 0;  // of run()'s thread alone
};

std::suspend_never Task::promise_type::final_suspend() noexcept {
  executor->ended();
  return {};
}

// A door that one task at a time may wait at. The frame and its executor are the waker.
class Door {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    if (waiting_) waiting_.promise().executor->enqueue(std::exchange(waiting_, nullptr));
  }
  static bool await_ready() noexcept { return false; }
  bool await_suspend(Frame frame) {
    const std::lock_guard lock(mutex_);
    if (!open_) waiting_ = frame;
    return !open_;  // false: it does not wait after all
  }
  static void await_resume() noexcept {}

 private:
  std::mutex mutex_;
  bool open_ = false;
  Frame waiting_;
};

Task guest(const char* name, Door& door, Door& next) {
  std::printf("%s waits\n", name);
  co_await door;
  std::printf("%s goes through\n", name);
  next.open();
}

int main() {
  Executor executor;
  Door outer, middle, inner, nowhere;
  executor.spawn(guest("third", inner, nowhere));
  executor.spawn(guest("second", middle, inner));
  executor.spawn(guest("first", outer, middle));
  std::thread outside([&outer] { outer.open(); });  // as a reactor would: from another thread, at any time
  executor.run();
  outside.join();
}
