// env::ExploredLocalAs<Tag>: the explored world of one thread, as env::Local is the real one: a thread that waits runs
// the loop of its runtime meanwhile. It shows what a runtime and a policy do there, in which order and until when, and
// not what several threads do to each other: there is one schedule of every program.
//
// Mutexes   are the explored world's: env::Local's do nothing, so that whoever comes back to a lock that he holds is
//           found here, as a deadlock, and nowhere else.
// Leaking   The loop and who waits for rest are of one execution: they go with its arena.
#pragma once

#include "worlds/contract.hpp"
#include "worlds/explored/world.hpp"

namespace rota::env {

template <class Tag> struct ExploredLocalAs : ExploredAs<Tag> {
  using World = ExploredAs<Tag>;
  using Site = explored::Site;

  static constexpr bool one_thread = true;

  class Loop {
   public:
    virtual void run_until(const bool& unparked) = 0;

   protected:
    ~Loop() = default;
  };
  static bool set_loop(Loop* loop) {
    if (loop != nullptr && here().loop != nullptr) return false;
    here().loop = loop;
    return true;
  }

  // Told that nothing is left to run and no deadline is pending, while the worker that found it so is parked. It lets
  // the thread that waits for rest go on.
  class Watch {
   public:
    virtual void at_rest() = 0;

   protected:
    ~Watch() = default;
  };
  // nullptr: nobody waits for rest, and a thread that comes to it waits for ever.
  static void set_watch(Watch* watch) { here().watch = watch; }

  class parker : public World::parker {
   public:
    void park(Site site = Site::current()) { (void)park_until(never, site); }
    bool park_until(TimePoint deadline, Site site = Site::current()) {
      if (World::context() == nullptr) {
        run_loop(site);
      } else if (deadline == never && !this->token_.set && here().watch != nullptr) {
        here().watch->at_rest();
        if (!this->token_.set) return false;
      }
      return World::parker::park_until(deadline, site);
    }

   private:
    // A loop that comes back early has done something, or spins for nothing: that is a deadlock.
    void run_loop(Site site) {
      if (here().loop == nullptr)
        contract_failure("usage", "a thread of the local world parks and has no runtime that could unpark it");
      for (here().loop->run_until(this->token_.set); !this->token_.set; here().loop->run_until(this->token_.set))
        World::relax(site);
    }
  };

  struct thread {
    void join() noexcept {}
  };

 private:
  struct Here {
    Loop* loop = nullptr;
    Watch* watch = nullptr;
  };
  static Here& here() { return World::template global<Here>(); }
};

using ExploredLocal = ExploredLocalAs<ByDefault>;
static_assert(Env<ExploredLocal>);

}  // namespace rota::env
