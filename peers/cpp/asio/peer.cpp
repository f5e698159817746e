// Starting and ending Asio's workers, and what is parked in them.
#include "peers/cpp/asio/peer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>

#include "peers/cpp/harness/cell.hpp"

namespace rota::peers {
namespace {

// One event for all: a channel into which nothing is ever sent, and whose end wakes them.
using Event = asio::experimental::concurrent_channel<Executor, void(boost::system::error_code)>;

struct ParkingLot {
  std::vector<Waiter> parked;  // who waits for nothing
  std::unique_ptr<Event> event;
  std::atomic<std::uint64_t> arrived{0}, left{0};
};

Task<> park_on_nothing(ParkingLot& lot, std::uint64_t number) {
  co_await asio::async_initiate<const asio::deferred_t, void()>(
      [&lot, number](auto&& handler) {
        lot.parked[number].keep(std::move(handler));
        lot.arrived.fetch_add(1, std::memory_order_release);
      },
      asio::deferred);
  lot.left.fetch_add(1, std::memory_order_relaxed);
}

Task<> park_on_event(ParkingLot& lot) {
  lot.arrived.fetch_add(1, std::memory_order_release);
  co_await lot.event->async_receive(asio::as_tuple(asio::deferred));
  lot.left.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

AsioPeer::AsioPeer(std::uint32_t workers)
    : workers_(workers), context_(static_cast<int>(workers)), busy_(context_.get_executor()) {
  for (std::uint32_t i = 0; i < workers; ++i) threads_.emplace_back([this] { context_.run(); });
}

AsioPeer::~AsioPeer() {
  busy_.reset();
  for (auto& thread : threads_) thread.join();
}

Clock::time_point AsioPeer::run_one() {
  std::promise<Clock::time_point> first;
  asio::post(context_, [&first] { first.set_value(Clock::now()); });
  return first.get_future().get();
}

std::uint64_t AsioPeer::park(std::uint64_t tasks, bool on_event, const std::function<void()>& all_parked) {
  ParkingLot lot{.parked = std::vector<Waiter>(on_event ? 0 : tasks),
                 .event = std::make_unique<Event>(context_.get_executor())};
  // Spawned by a worker, as by all the other runtimes' users.
  asio::post(context_, [&] {
    for (std::uint64_t i = 0; i < tasks; ++i)
      asio::co_spawn(context_.get_executor(), on_event ? park_on_event(lot) : park_on_nothing(lot, i), asio::detached);
  });
  auto wait_for = [&](const std::atomic<std::uint64_t>& count) {
    while (count.load(std::memory_order_acquire) < tasks) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  wait_for(lot.arrived);
  std::this_thread::sleep_for(std::chrono::milliseconds(10));  // who has arrived is not yet parked
  all_parked();
  asio::post(context_, [&] {
    lot.event->close();
    for (auto& waiter : lot.parked) waiter.post(context_.get_executor());
  });
  wait_for(lot.left);
  return lot.left.load(std::memory_order_relaxed);
}

}  // namespace rota::peers

int main() {
  using namespace rota::peers;
  return run_peer(
      {.name = "asio",
       .runtime = "Boost.Asio " ROTA_PEER_VERSION,
       .workloads = all_workloads,
       .start = [](std::uint32_t workers) -> std::unique_ptr<Peer> { return std::make_unique<AsioPeer>(workers); }});
}
