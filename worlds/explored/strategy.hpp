// Strategy: who goes on, and which of several values is read. Three functions decide; the rest is information.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace rota::explored {

// Pseudo thread: its step advances the clock to the next deadline.
inline constexpr unsigned clock_thread = 8;
inline constexpr unsigned thread_slots = 9;

struct ThreadChoice {
  unsigned ready;      // mask: who can go on
  unsigned current;    // who took the last step
  bool current_ready;  // another choice is a preemption
};

// What a thread would do next, or did: the object, and whether others would notice.
struct Access {
  const void* object = nullptr;
  bool writes = false;
  bool orders_only = false;    // never ready together with what it depends on: no alternative order to look for
  const void* also = nullptr;  // of a pending access: a second object
};

class Strategy {
 public:
  static constexpr unsigned prune = ~0U;

  virtual ~Strategy() = default;
  // Before an execution. False: there is no further schedule.
  virtual bool begin() = 0;
  // At every step. A thread of choice.ready, or prune: the rest of this execution is equivalent to one that was run.
  virtual unsigned thread(const ThreadChoice& choice, const Access* pending) = 0;
  // options >= 2; 0 is the newest value, or the newest place.
  virtual unsigned value(unsigned options) = 0;
  // What the current step touches.
  virtual void access(unsigned thread, const Access& access);
  virtual void yielded(unsigned thread);  // it spins
  virtual void end();

  // Asked once begin() has said no: was every schedule within the bound run?
  [[nodiscard]] virtual bool complete() const { return false; }
  // Not empty: the program did not behave as in an earlier execution of the same choices.
  [[nodiscard]] virtual const char* diverged() const { return nullptr; }
};

[[nodiscard]] std::unique_ptr<Strategy> make_random(std::uint64_t seed);
[[nodiscard]] std::unique_ptr<Strategy> make_pct(std::uint64_t seed, unsigned depth);
[[nodiscard]] std::unique_ptr<Strategy> make_dfs(unsigned preemptions);
// Runs `schedule` once. Throws std::invalid_argument with a sentence if it is not one.
[[nodiscard]] std::unique_ptr<Strategy> make_replay(const std::string& schedule);

// A schedule as text: the index chosen at every point with several options. Of threads, 0 is the one that ran last if
// it is ready, then the others by number.
class ScheduleText {
 public:
  void clear() noexcept { length_ = 0; }
  void add(unsigned index) noexcept;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::uint64_t size() const noexcept { return length_; }

 private:
  static constexpr std::size_t most = 1 << 16;
  std::unique_ptr<std::uint8_t[]> index_ = std::make_unique<std::uint8_t[]>(most);
  std::size_t length_ = 0;
};

[[nodiscard]] unsigned index_of(const ThreadChoice& choice, unsigned thread) noexcept;
[[nodiscard]] unsigned thread_at(const ThreadChoice& choice, unsigned index) noexcept;

}  // namespace rota::explored
