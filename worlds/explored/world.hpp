// env::ExploredAs<Tag>: the explored world. Every shared access is a step of its machine, which decides
// who goes on and what a load returns (machine.hpp, memory.hpp). Tag makes worlds distinct types: production templates
// in one, copies with a planted defect in another, in one program.
//
// Use it inside explore() only. One thread of the operating system explores at a time.
#pragma once

#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include "worlds/env.hpp"
#include "worlds/explored/machine.hpp"

namespace rota::env {

struct ByDefault {};

template <class Tag> struct ExploredAs {
  static constexpr bool timeless = true;
  static constexpr bool traced = true;
  using Site = explored::Site;

  template <class T> class atomic {
    static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));

   public:
    atomic() noexcept { location_.initial = word(T{}); }
    explicit atomic(T value) noexcept { location_.initial = word(value); }
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    [[nodiscard]] T load(Order o, Site site = Site::current()) const {
      return value(explored::machine().load(location_, o, site));
    }
    void store(T v, Order o, Site site = Site::current()) { explored::machine().store(location_, word(v), o, site); }
    T exchange(T v, Order o, Site site = Site::current()) {
      return update(o, site, explored::AccessKind::exchange, [v](T) { return v; });
    }
    bool compare_exchange(T& expected, T desired, Order success, Order failure, Site site = Site::current()) {
      std::uint64_t seen = word(expected);
      const bool done = explored::machine().compare_exchange(location_, seen, word(desired), success, failure, site);
      expected = value(seen);
      return done;
    }
    T fetch_add(T v, Order o, Site site = Site::current()) {
      return update(o, site, explored::AccessKind::fetch_add, [v](T old) { return static_cast<T>(old + v); });
    }
    T fetch_sub(T v, Order o, Site site = Site::current()) {
      return update(o, site, explored::AccessKind::fetch_sub, [v](T old) { return static_cast<T>(old - v); });
    }
    T fetch_or(T v, Order o, Site site = Site::current()) {
      return update(o, site, explored::AccessKind::fetch_or, [v](T old) { return static_cast<T>(old | v); });
    }
    T fetch_and(T v, Order o, Site site = Site::current()) {
      return update(o, site, explored::AccessKind::fetch_and, [v](T old) { return static_cast<T>(old & v); });
    }

   private:
    static std::uint64_t word(T v) noexcept {
      std::uint64_t result = 0;
      std::memcpy(&result, &v, sizeof(T));
      return result;
    }
    static T value(std::uint64_t w) noexcept {
      T result;
      std::memcpy(&result, &w, sizeof(T));
      return result;
    }
    template <class F> T update(Order o, Site site, explored::AccessKind kind, F change) {
      return value(explored::machine().update(location_, o, site, kind,
                                              [change](std::uint64_t old) { return word(change(value(old))); }));
    }
    explored::Location location_;
  };

  template <class T> class cell {
   public:
    cell() = default;
    explicit cell(T value) : value_(std::move(value)) {}
    [[nodiscard]] const T& read() const {
      explored::machine().read(plain_);
      return value_;
    }
    [[nodiscard]] T& write() {
      explored::machine().write(plain_);
      return value_;
    }
    void write(T value) { write() = std::move(value); }

   private:
    T value_{};
    mutable explored::Plain plain_;
  };

  class parker {
   public:
    void park(Site site = Site::current()) { (void)park_until(never, site); }
    bool park_until(TimePoint deadline, Site site = Site::current()) {
      return explored::machine().park(token_, deadline, site);
    }
    [[nodiscard]] bool unpark(Site site = Site::current()) { return explored::machine().unpark(token_, site); }
    [[nodiscard]] bool begin_wait_elsewhere(Site site = Site::current()) {
      return explored::machine().begin_wait_elsewhere(token_, site);
    }
    bool end_wait_elsewhere(Site site = Site::current()) {
      return explored::machine().end_wait_elsewhere(token_, site);
    }

   protected:
    explored::Token token_;
  };

  class mutex {
   public:
    mutex() = default;
    mutex(const mutex&) = delete;
    mutex& operator=(const mutex&) = delete;
    void lock(Site site = Site::current()) { explored::machine().lock(lock_, site); }
    [[nodiscard]] bool try_lock(Site site = Site::current()) { return explored::machine().try_lock(lock_, site); }
    void unlock() { explored::machine().unlock(lock_); }

   private:
    explored::Lock lock_;
  };

  class thread {
   public:
    thread() = default;
    template <class F> thread(ThreadOptions options, F body) {
      auto* const heap = new F(std::move(body));
      id_ = explored::machine().spawn(options.name, [](void* f) { (*static_cast<F*>(f))(); }, heap);
    }
    void join(Site site = Site::current()) { explored::machine().join(id_, site); }

   private:
    explored::ThreadId id_ = 0;
  };

  using stack = explored::ArenaStack;

  static void full_fence(Site site = Site::current()) { explored::machine().full_fence(site); }
  [[nodiscard]] static TimePoint now(Site site = Site::current()) { return explored::machine().now(site); }
  static void relax(Site site = Site::current()) { explored::machine().relax(site); }
  static void pause() noexcept {}  // the rounds are bounded, and what they look at are steps already
  [[nodiscard]] static NodeId node() noexcept { return anywhere; }
  static void charge(Cost) noexcept {}  // work takes no time here: all that matters is its order
  static void mark(Mark mark, const void* subject, std::uint64_t value) {
    explored::machine().mark(mark, subject, value);
  }

  // Small, so that a few tasks reach wrap-around, overflow and refill.
  [[nodiscard]] static constexpr std::size_t slot(std::size_t bytes) noexcept { return bytes; }
  [[nodiscard]] static constexpr std::size_t capacity(std::size_t wanted) noexcept { return wanted < 4 ? wanted : 4; }

  [[nodiscard]] static void* context() { return explored::machine().context(); }
  static void set_context(void* pointer) { explored::machine().set_context(pointer); }

  template <class T> [[nodiscard]] static T& global() {
    static const char kind = 0;
    void*& object = explored::machine().global(&kind);
    if (object == nullptr) object = new T();
    return *static_cast<T*>(object);
  }

  [[nodiscard]] static void* pages(std::size_t bytes, std::size_t alignment) {
    return explored::Arena::allocate(bytes, alignment);
  }
  static void release_pages(void*, std::size_t) noexcept {}
};

using Explored = ExploredAs<ByDefault>;
static_assert(Env<Explored>);

}  // namespace rota::env
