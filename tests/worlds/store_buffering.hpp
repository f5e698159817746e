// What the explored world's tests share: threads of its world, and the smallest program that weak memory changes.
#pragma once

#include <utility>

#include "worlds/explored/world.hpp"

namespace rota::testing {

using E = env::Explored;

template <class F> E::thread thread(const char* name, F body) {
  return E::thread(ThreadOptions{.name = name, .pu = std::nullopt}, std::move(body));
}

struct Pair {
  E::atomic<int> x{0}, y{0};
};

// Two threads that each write one and read the other: the store buffer's litmus test.
template <class Out> auto store_buffering(Out& out) {
  return [&out] {
    Pair pair;
    int a = 0, b = 0;
    auto one = thread("one", [&] {
      pair.x.store(1, Order::relaxed);
      a = pair.y.load(Order::relaxed);
    });
    auto two = thread("two", [&] {
      pair.y.store(1, Order::relaxed);
      b = pair.x.load(Order::relaxed);
    });
    one.join();
    two.join();
    const explored::OutsideArena outside;
    out.insert({a, b});
  };
}

}  // namespace rota::testing
