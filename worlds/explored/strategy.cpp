// The strategies that draw their choices: random and PCT; and the one that repeats them: replay.
#include "worlds/explored/strategy.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <utility>

#include "worlds/explored/arena.hpp"
#include "worlds/random.hpp"

namespace rota::explored {

void Strategy::access(unsigned, const Access&) {}
void Strategy::yielded(unsigned) {}
void Strategy::end() {}

unsigned index_of(const ThreadChoice& choice, unsigned thread) noexcept {
  if (choice.current_ready && thread == choice.current) return 0;
  const unsigned others = choice.current_ready ? choice.ready & ~(1U << choice.current) : choice.ready;
  const auto below = static_cast<unsigned>(std::popcount(others & ((1U << thread) - 1)));
  return below + (choice.current_ready ? 1 : 0);
}

unsigned thread_at(const ThreadChoice& choice, unsigned index) noexcept {
  if (choice.current_ready && index-- == 0) return choice.current;
  unsigned others = choice.current_ready ? choice.ready & ~(1U << choice.current) : choice.ready;
  for (; index > 0; --index) others &= others - 1;
  return static_cast<unsigned>(std::countr_zero(others));
}

namespace {

// Values: the newest in half of the cases, else any.
unsigned draw_value(Random& random, unsigned options) { return (random() & 1) != 0 ? 0 : random.below(options); }

class RandomWalk final : public Strategy {
 public:
  explicit RandomWalk(std::uint64_t seed) : random_(seed) {}
  bool begin() override { return true; }
  unsigned thread(const ThreadChoice& choice, const Access*) override {
    const auto ready = static_cast<unsigned>(std::popcount(choice.ready));
    return thread_at(choice, ready == 1 ? 0 : random_.below(ready));
  }
  unsigned value(unsigned options) override { return draw_value(random_, options); }

 private:
  Random random_;
};

// Burckhardt, Kothari, Musuvathi, Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding bugs"
// (ASPLOS 2010): random priorities, lowered at depth - 1 random steps. A bug that needs `depth` ordering constraints
// among n threads and k steps is met with a chance of at least 1 / (n k^(depth - 1)).
class Pct final : public Strategy {
 public:
  Pct(std::uint64_t seed, unsigned depth) : random_(seed), depth_(depth) {}
  bool begin() override {
    for (unsigned t = 0; t < thread_slots; ++t) priority_[t] = (depth_ + 1 + random_.below(1 << 16)) * 16 + t;
    changes_.clear();
    for (unsigned c = 1; c < depth_; ++c) changes_.push_back(random_.below(std::max(longest_, 1U)));
    step_ = 0;
    lowest_ = 15 * depth_;
    return true;
  }
  unsigned thread(const ThreadChoice& choice, const Access*) override {
    if (std::find(changes_.begin(), changes_.end(), step_++) != changes_.end()) lower(choice.current);
    longest_ = std::max(longest_, step_);
    unsigned best = static_cast<unsigned>(std::countr_zero(choice.ready));
    for (unsigned t = best; t < thread_slots; ++t) {
      if ((choice.ready >> t & 1) != 0 && priority_[t] > priority_[best]) best = t;
    }
    return best;
  }
  unsigned value(unsigned options) override { return draw_value(random_, options); }
  // Who spins lets the others go first, or the highest priority could spin for ever.
  void yielded(unsigned thread) override { lower(thread); }

 private:
  void lower(unsigned thread) {
    if (lowest_ == 0) {
      for (unsigned& p : priority_) p += 1024;
      lowest_ = 1024;
    }
    priority_[thread] = --lowest_;
  }
  Random random_;
  const unsigned depth_;
  std::array<unsigned, thread_slots> priority_{};
  HostVector<unsigned> changes_;
  unsigned step_ = 0, longest_ = 0, lowest_ = 0;
};

// Digits are choices; '_' and a digit stand for that many zeros.
constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";

unsigned digit(char c) {
  const auto place = digits.find(c);
  if (place == std::string_view::npos)
    throw std::invalid_argument(std::string("a schedule consists of 0-9, a-z and _, not of '") + c + "'");
  return static_cast<unsigned>(place);
}

class Replay final : public Strategy {
 public:
  explicit Replay(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '_') {
        choices_.push_back(digit(text[i]));
      } else if (++i == text.size()) {
        throw std::invalid_argument("a schedule does not end with '_'");
      } else {
        choices_.insert(choices_.end(), digit(text[i]), 0);
      }
    }
  }
  bool begin() override { return !std::exchange(begun_, true); }
  unsigned thread(const ThreadChoice& choice, const Access*) override {
    const auto ready = static_cast<unsigned>(std::popcount(choice.ready));
    return thread_at(choice, ready == 1 ? 0 : next(ready));
  }
  unsigned value(unsigned options) override { return next(options); }
  [[nodiscard]] const char* diverged() const override {
    if (misfit_) return "the schedule asks for a choice that the program does not offer there";
    if (place_ < choices_.size()) return "the program ended before the schedule did";
    return nullptr;
  }

 private:
  unsigned next(unsigned options) {
    if (place_ == choices_.size()) return 0;
    const unsigned choice = choices_[place_++];
    if (choice < options) return choice;
    misfit_ = true;
    return 0;
  }
  HostVector<unsigned> choices_;
  std::size_t place_ = 0;
  bool begun_ = false, misfit_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_random(std::uint64_t seed) { return std::make_unique<RandomWalk>(seed); }
std::unique_ptr<Strategy> make_pct(std::uint64_t seed, unsigned depth) { return std::make_unique<Pct>(seed, depth); }
std::unique_ptr<Strategy> make_replay(const std::string& schedule) { return std::make_unique<Replay>(schedule); }

void ScheduleText::add(unsigned index) noexcept {
  if (length_ < most) index_[length_++] = static_cast<std::uint8_t>(index);
}

std::string ScheduleText::text() const {
  std::string text;
  for (std::size_t i = 0; i < length_;) {
    std::size_t zeros = 0;
    while (i + zeros < length_ && zeros < digits.size() - 1 && index_[i + zeros] == 0) ++zeros;
    if (zeros > 2) {
      text += '_';
      text += digits[zeros];
      i += zeros;
    } else {
      text += digits[index_[i++]];
    }
  }
  return text;
}

}  // namespace rota::explored
