// Where the thread stands that wakes from outside.
#include "workloads/host/outside.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <thread>
#include <vector>

namespace rota::workloads::host {
namespace {

std::vector<unsigned> allowed() {
  cpu_set_t set;
  std::vector<unsigned> result;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return result;
  for (unsigned processor = 0; processor < CPU_SETSIZE; ++processor) {
    if (CPU_ISSET(processor, &set)) result.push_back(processor);
  }
  return result;
}

// Where a thread may run that stood outside while workers stood there.
std::vector<unsigned> left_by(const std::vector<unsigned>& workers) {
  std::vector<unsigned> result;
  workers_stand_on(workers);
  std::thread([&result] {
    stand_outside();
    result = allowed();
  }).join();
  workers_stand_on({});
  return result;
}

TEST(Outside, KeepsOffTheWorkersProcessorsIfThereAreOthers) {
  std::vector<unsigned> all = allowed();
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(left_by({}), all);
  EXPECT_EQ(left_by(all), all) << "there are no others";
  if (all.size() == 1) return;  // then the line above was all that there is to see
  const std::vector<unsigned> others(all.begin() + 1, all.end());
  EXPECT_EQ(left_by({all.front()}), others);
}

}  // namespace
}  // namespace rota::workloads::host
