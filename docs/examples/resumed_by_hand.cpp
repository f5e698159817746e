// A task resumed by hand: a coroutine, a waker that does nothing, and main() where a scheduler would be.
#include <coroutine>
#include <cstdio>
#include <exception>

// Whoever keeps a task waiting calls this when it may go on. Here nobody listens.
struct Waker {
  void wake() const { std::puts("  waker: called, and does nothing"); }
};

class Task {
 public:
  struct promise_type {
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    static std::suspend_always initial_suspend() noexcept { return {}; }  // making it runs nothing
    static std::suspend_always final_suspend() noexcept { return {}; }    // its result stays until it is destroyed
    static void unhandled_exception() { std::terminate(); }
    void return_value(int result) { value = result; }
    int value = 0;
  };

  explicit Task(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() { frame_.destroy(); }

  // Goes on to the next place where it waits, on this thread. True if it has ended.
  bool resume() {
    frame_.resume();
    return frame_.done();
  }
  int value() const { return frame_.promise().value; }

 private:
  std::coroutine_handle<promise_type> frame_;
};

// One letter, for one task.
struct Mailbox {
  const int* letter = nullptr;
  const Waker* waiting = nullptr;

  void put(const int& text) {
    letter = &text;
    if (waiting != nullptr) waiting->wake();
  }
};

struct Wait {
  Mailbox& box;
  const Waker& waker;
  static bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept { box.waiting = &waker; }
  static void await_resume() noexcept {}
};

// It cannot know why it was resumed, and so it looks again each time.
Task read_letter(Mailbox& box, const Waker& waker) {
  while (box.letter == nullptr) {
    std::puts("  task: no letter, so it waits");
    co_await Wait{box, waker};
  }
  std::puts("  task: has its letter");
  co_return *box.letter;
}

int main() {
  Mailbox box;
  const Waker waker;
  const int letter = 42;
  Task task = read_letter(box, waker);
  std::puts("made: nothing has run yet");
  std::printf("resumed: %s\n", task.resume() ? "ended" : "waits");
  std::printf("resumed for nothing: %s\n", task.resume() ? "ended" : "waits");
  box.put(letter);
  std::puts("the letter is there: nothing happens by itself");
  std::printf("resumed: %s, ", task.resume() ? "ended" : "waits");
  std::printf("with %d\n", task.value());
}
