// Starting and ending Boost.Fiber's workers, and what it is parked in.
#include "peers/cpp/boost_fiber/peer.hpp"

#include <unistd.h>

#include "peers/cpp/harness/cell.hpp"

namespace rota::peers {

FiberPeer::FiberPeer(std::uint32_t workers) : workers_(workers) {
  for (std::uint32_t i = 0; i < workers; ++i) threads_.emplace_back([this, i] { work(i); });
}

FiberPeer::~FiberPeer() {
  inbox_.close();
  for (auto& thread : threads_) thread.join();
}

// The first worker takes orders; the fibers that it makes of them, and those that they make, run on all.
void FiberPeer::work(std::uint32_t worker) {
  if (workers_ > 1) fibers::use_scheduling_algorithm<fibers::algo::shared_work>(true);
  if (worker > 0) {
    std::unique_lock lock(ending_mutex_);
    ending_.wait(lock, [this] { return ended_; });
    return;
  }
  for (Order order; inbox_.pop(order) == fibers::channel_op_status::success;) spawn_first(std::move(order)).detach();
  const std::lock_guard lock(ending_mutex_);
  ended_ = true;
  ending_.notify_all();
}

Clock::time_point FiberPeer::run_one() {
  return run([] {
    Clock::time_point first;
    spawn_first([&first] { first = Clock::now(); }).join();
    return first;
  });
}

std::uint64_t FiberPeer::park(std::uint64_t tasks, bool on_event, const std::function<void()>& all_parked) {
  std::vector<fibers::fiber> joins;
  joins.reserve(tasks);
  std::vector<fibers::context*> parked(on_event ? 0 : tasks);
  std::atomic<std::uint64_t> arrived{0}, left{0};
  fibers::mutex mutex;
  fibers::condition_variable open;
  bool is_open = false;
  auto wait = [&](std::uint64_t number) {
    arrived.fetch_add(1, std::memory_order_relaxed);
    if (on_event) {
      std::unique_lock lock(mutex);
      open.wait(lock, [&] { return is_open; });
    } else {
      parked[number] = fibers::context::active();
      fibers::context::active()->suspend();
    }
    left.fetch_add(1, std::memory_order_relaxed);
  };
  run([&] {
    for (std::uint64_t i = 0; i < tasks; ++i) joins.push_back(spawn([&wait, i] { wait(i); }));
    // Who has arrived is not yet parked; with more than one worker only time tells.
    while (arrived.load(std::memory_order_relaxed) < tasks) boost::this_fiber::sleep_for(std::chrono::milliseconds(1));
    boost::this_fiber::sleep_for(std::chrono::milliseconds(10));
    all_parked();
    {
      const std::lock_guard lock(mutex);
      is_open = true;
    }
    open.notify_all();
    for (auto* context : parked) fibers::context::active()->schedule(context);
    for (auto& join : joins) join.join();
  });
  return left.load(std::memory_order_relaxed);
}

}  // namespace rota::peers

int main() {
  using namespace rota::peers;
  // Two pages of each stack are touched: a quarter of the memory.
  const auto most_stacks = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) / 8;
  return run_peer(
      {.name = "boost-fiber",
       .runtime = "Boost.Fiber " ROTA_PEER_VERSION,
       .workloads = all_workloads,
       .any_body = true,
       .most_tasks = most_stacks,
       .parked_tasks = 10'000,
       .start = [](std::uint32_t workers) -> std::unique_ptr<Peer> { return std::make_unique<FiberPeer>(workers); }});
}
