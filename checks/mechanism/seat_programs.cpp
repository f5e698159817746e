// Programs about who drives the reactor, and about ends that meet in it: R1, R2, R4, and W2 of a time-out.
#include <vector>

#include "checks/mechanism/programs.hpp"
#include "checks/mechanism/support.hpp"
#include "runtime/reactor_seat.hpp"
#include "runtime/sleep.hpp"
#include "runtime/sync/event.hpp"

namespace rota::checks::mechanism {
namespace {

// A task of the main thread, in a runtime whose only other worker sleeps and drives, as Runtime::rest does.
class Driven final : public Player {
 public:
  Driven() : Player(std::make_unique<SimulatedReactor<E>>()) {
    workers_.push_back(std::make_unique<Worker<E>>(0, *this, 1));
    parking_.emplace(workers_, reactor(), two_workers());
    seat_.emplace(reactor(), *parking_, true);
  }
  // As a busy worker that looks at the reactor in passing.
  void glance() {
    if (!seat_->try_take()) return;
    poll_without_lock();
    seat_->leave();
  }

  void rest_until_stopped() {
    Worker<E>& self = *workers_[0];
    while (!stop_.load(Order::acquire)) {
      if (self.searching) (void)parking_->end_search(self);
      ReactorSeat<E>::Completions done;
      std::size_t count = 0;
      bool drove = false;
      parking_->announce(self);
      if (!stop_.load(Order::acquire)) {
        drove = seat_->try_take();
        if (drove) {
          poll_without_lock();
          count = seat_->wait(self, done);
        } else {
          saw("slept beside a driver");
          self.parker.park();
        }
      }
      parking_->retract(self);
      if (drove) seat_->leave();
      ReactorSeat<E>::deliver(std::span(done).first(count));
    }
  }
  void stop() {
    stop_.store(true, Order::release);
    parking_->unpark_all();
  }

 private:
  void attend() noexcept override { seat_->attend(); }

  // A poller has state of its own, which it gives to the next with the seat.
  void poll_without_lock() { ++pollers_.write(); }

  std::vector<std::unique_ptr<Worker<E>>> workers_;
  Cell<int> pollers_{0};
  std::optional<Parking<E>> parking_;
  std::optional<ReactorSeat<E>> seat_;
  Atomic<bool> stop_{false};
};

TimePoint soon() { return E::now() + std::chrono::milliseconds(1); }

// A reactor of its own thread, as Driver::thread has it.
class Driver {
 public:
  explicit Driver(Reactor& reactor) : reactor_(reactor) {
    thread_ = start("driver", [this] {
      ReactorSeat<E>::Completions done;
      while (!stop_.load(Order::acquire)) {
        const std::size_t count = reactor_.poll(done, never);
        ReactorSeat<E>::deliver(std::span(done).first(count));
      }
    });
  }
  void end() {
    stop_.store(true, Order::release);
    reactor_.interrupt();
    thread_.join();
  }

 private:
  Reactor& reactor_;
  Atomic<bool> stop_{false};
  E::thread thread_;
};

}  // namespace

void a_driver_leaves_when_a_timer_comes() {
  Driven place;
  E::thread sleeper = start("sleeper", [&] { place.rest_until_stopped(); });
  E::thread leaver = start("leaver", [&] { place.glance(); });
  const TimePoint deadline = soon();
  place.await(sleep_until<E>(deadline));
  require(E::now() >= deadline, "R3", "a timer fired early");
  place.stop();
  sleeper.join();
  leaver.join();
}

void an_earlier_timer_shortens_the_poll() {
  Player place(std::make_unique<SimulatedReactor<E>>());
  const Submitted endless = place.reactor().submit(Op::timer(never), Token{});
  Driver driver(place.reactor());
  place.await(sleep_until<E>(soon()));
  driver.end();
  require(place.reactor().cancel(endless.ticket), "R1", "a timer that has no end ended");
}

void an_interrupt_meets_a_poll() {
  SimulatedReactor<E> reactor;
  E::thread other = start("interrupter", [&] { reactor.interrupt(); });
  std::array<Completion, 2> out;
  require(reactor.poll(out, never) == 0, "R2", "a poll reported what nobody submitted");
  other.join();
}

void a_completion_meets_a_cancel() {
  SimulatedReactor<E> reactor;
  reactor.attach(3);
  const Ticket ticket = reactor.submit(Op::readable(3), Token{}).ticket;
  bool cancelled = false;
  bool completed = false;
  E::thread outside = start("outside", [&] { completed = reactor.complete(ticket, 0); });
  E::thread canceller = start("canceller", [&] { cancelled = reactor.cancel(ticket); });
  std::array<Completion, 2> out;
  const bool reported = reactor.poll(out, only_look) == 1;
  outside.join();
  canceller.join();
  require(cancelled, "R1", "an op that nobody had collected could not be cancelled");
  require(completed || !reported, "R1", "an op was reported that was never completed");
  require(reactor.poll(out, only_look) == 0 && reactor.idle(), "R1", "a cancelled op was reported");
  saw(reported ? "reported" : completed ? "completed" : "cancelled");
}

void an_event_meets_its_timeout() {
  Player place(std::make_unique<SimulatedReactor<E>>());
  Event<E> event;
  Driver driver(place.reactor());
  E::thread setter = start("setter", [&] { event.set(); });
  const bool in_time = place.await(timeout<E>(std::chrono::milliseconds(1), event.wait()));
  saw(in_time ? "in time" : "late");
  require(place.reactor().idle(), "R1", "a time-out that has ended left its timer in the reactor");
  setter.join();
  driver.end();
}

}  // namespace rota::checks::mechanism
