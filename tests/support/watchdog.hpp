// A watchdog for tests that would hang if a wake-up were lost: it says what it knows, and ends the program.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace rota::testing {

class Watchdog {
 public:
  // `report` is called, from another thread, if nothing was fed for a minute.
  explicit Watchdog(std::function<std::string()> report) : report_(std::move(report)), thread_([this] { watch(); }) {}
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog() {
    {
      const std::scoped_lock lock(mutex_);
      over_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  // Progress was made.
  void feed() {
    const std::scoped_lock lock(mutex_);
    ++fed_;
  }

 private:
  void watch() {
    std::unique_lock lock(mutex_);
    for (long seen = -1; !over_;) {
      if (std::exchange(seen, fed_) == fed_) {
        std::fprintf(stderr, "no progress for a minute after %ld steps: %s\n", fed_, report_().c_str());
        std::abort();
      }
      changed_.wait_for(lock, std::chrono::minutes(1), [this] { return over_; });
    }
  }

  std::function<std::string()> report_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  long fed_ = 0;
  std::thread thread_;
};

}  // namespace rota::testing
