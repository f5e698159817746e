// "Your turn", for a thread that waits: by parking, and by a lock and a condition.
#pragma once

#include <condition_variable>
#include <mutex>

#include "peers/cpp/threads/park.hpp"

namespace rota::peers {

class Turn {
 public:
  void give() { parker_.unpark(); }
  void take() { parker_.park(); }

 private:
  ThreadParker parker_;
};

class LockedTurn {
 public:
  void give() {
    {
      const std::lock_guard lock(mutex_);
      given_ = true;
    }
    changed_.notify_one();
  }
  void take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return given_; });
    given_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool given_ = false;
};

}  // namespace rota::peers
