// The thread that is no worker is let out of its processors, and nobody else is.
#include "peers/cpp/harness/roaming.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace rota::peers {
namespace {

// How many processors the calling thread may run on.
int allowed() {
  cpu_set_t set;
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : -1;
}

// As the runner does to a peer's process with one worker. False if it cannot.
bool confine_to_one() {
  cpu_set_t one;
  CPU_ZERO(&one);
  const int here = ::sched_getcpu();
  if (here < 0) return false;
  CPU_SET(here, &one);
  return ::sched_setaffinity(0, sizeof one, &one) == 0;
}

struct Seen {
  bool confined = false, elsewhere = false;
  int roaming = 0, worker = 0;
};

// On a thread of its own, which starts a worker before it roams.
Seen roam_beside_a_worker() {
  Seen seen;
  std::thread([&seen] {
    seen.confined = confine_to_one();
    std::promise<void> roamed;
    std::thread worker([&] {
      roamed.get_future().wait();
      seen.worker = allowed();
    });
    const int here = ::sched_getcpu();
    roam();
    seen.elsewhere = ::sched_getcpu() != here;
    seen.roaming = allowed();
    roamed.set_value();
    worker.join();
  }).join();
  return seen;
}

TEST(Roaming, LetsAThreadOutToAnotherProcessorAndNoWorker) {
  const int before = allowed();
  if (before < 2 || !roam_beside_a_worker().confined) GTEST_SKIP() << "threads cannot be confined here";
  for (int tries = 0; tries < 20; ++tries) {
    const Seen seen = roam_beside_a_worker();
    EXPECT_TRUE(seen.elsewhere);
    EXPECT_EQ(seen.roaming, before - 1);
    EXPECT_EQ(seen.worker, 1);
  }
}

}  // namespace
}  // namespace rota::peers
