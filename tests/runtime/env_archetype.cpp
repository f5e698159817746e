// A world that has what the concept Env asks for and nothing more. That reactor, runtime and policies compile in it
// says that they ask for nothing more. No program is made of this: the test compiles it and throws it away.
#include "reactor/simulated_reactor.hpp"
#include "runtime/io.hpp"
#include "runtime/runtime.hpp"
#include "runtime/sleep.hpp"
#include "runtime/sync/channel.hpp"
#include "runtime/sync/event.hpp"
#include "runtime/sync/latch.hpp"
#include "runtime/sync/semaphore.hpp"
#include "runtime/work.hpp"
#include "schedulers/all_policies.hpp"
#include "worlds/stack.hpp"

namespace rota {

struct Archetype {
  template <class T> class atomic {
   public:
    atomic();
    explicit atomic(T value);
    atomic(const atomic&) = delete;
    T load(Order) const;
    void store(T, Order);
    T exchange(T, Order);
    bool compare_exchange(T& expected, T desired, Order success, Order failure);
    T fetch_add(T, Order);
    T fetch_sub(T, Order);
    T fetch_or(T, Order);
    T fetch_and(T, Order);

   private:
    T value_;  // its size and alignment are T's at least
  };
  template <class T> class cell {
   public:
    cell();
    explicit cell(T value);
    const T& read() const;
    T& write();
    void write(T value);
  };
  struct parker {
    void park();
    bool park_until(TimePoint);
    bool unpark();
    bool begin_wait_elsewhere();
    bool end_wait_elsewhere();
  };
  struct mutex {
    void lock();
    void unlock();
    bool try_lock();
  };
  using stack = Stack;
  struct thread {
    thread();
    template <class F> thread(ThreadOptions, F);
    void join();
  };
  static void* context();
  static void set_context(void*);
  static void relax();
  static void full_fence();
  static TimePoint now();
  static void charge(Cost);
  static NodeId node();
  static constexpr std::size_t capacity(std::size_t wanted) { return wanted; }
  static std::size_t slot(std::size_t);
  template <class T> static T& global();
  static void* pages(std::size_t bytes, std::size_t alignment);
  static void release_pages(void*, std::size_t);
  static void mark(Mark, const void*, std::uint64_t);
};
static_assert(Env<Archetype>);

using E = Archetype;

template <class... P> struct Runtimes {
  static void start(const Placement& placement) { (static_cast<void>(Runtime<E, P>(placement, {}, {}, nullptr)), ...); }
};
void start(const Placement& placement) { schedulers::AllPolicies<E, Runtimes>::start(placement); }

template class SimulatedReactor<E>;
template class Event<E>;
template class Latch<E>;
template class Semaphore<E>;
template class Mutex<E>;
template class Channel<E, int>;
template class Oneshot<E, int>;

// What a program calls.
Job<E, int> program(Executor<E>& executor) {
  co_await work(executor, Cost{});
  co_await sleep_for<E>(Duration(1));
  (void)co_await receive<E>(0, {});
  co_return co_await executor.spawn_fiber([](FiberContext<E>& fiber) {
    fiber.yield();
    return 1;
  });
}
int run(Executor<E>& executor) { return executor.block_on(program(executor)); }

}  // namespace rota
