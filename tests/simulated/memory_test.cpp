// Where a simulated program's objects lie.
#include "worlds/simulated/memory.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <memory>

#include "tests/simulated/machines.hpp"
#include "worlds/random.hpp"

namespace rota::testing {
namespace {

using simulated::Memory;

std::int64_t offset(const void* pointer) { return static_cast<std::int64_t>(Memory::offset(pointer)); }

TEST(SimulatedMemory, ServesOperatorNewOnlyWhileASimulatedThreadRuns) {
  const auto before = std::make_unique<int>(1);
  simulated::Machine machine(machine_of("core:2 pu:1"));
  bool inside = false;
  bool stack = true;
  machine.run([&] {
    inside = Memory::owns(std::make_unique<int>(2).get());
    stack = Memory::owns(&inside);
  });
  EXPECT_TRUE(inside);
  EXPECT_FALSE(stack);
  EXPECT_FALSE(Memory::owns(before.get()));
  EXPECT_FALSE(Memory::owns(std::make_unique<int>(3).get()));
}

TEST(SimulatedMemory, GivesTheSameOffsetsForTheSameRequests) {  // P7
  const auto offsets = [] {
    simulated::Machine machine(machine_of("core:4 pu:1"));
    Log log;
    machine.run([&] {
      std::vector<E::thread> threads;
      for (unsigned i = 0; i < 4; ++i) {
        threads.emplace_back(on(i), [&log, i] {
          Random random(i);
          std::vector<std::unique_ptr<std::byte[]>> held;
          for (int n = 0; n < 50; ++n) {
            held.push_back(std::make_unique<std::byte[]>(1 + random.below(5000)));
            log(offset(held.back().get()));
            E::charge({nanoseconds(random.below(20))});
            if (random.below(2) == 0) held.erase(held.begin());
          }
        });
      }
      for (auto& thread : threads) thread.join();
    });
    return log.entries();
  };
  const Entries first = offsets();
  const auto disturbance = std::make_unique<std::array<int, 1000>>();
  EXPECT_EQ(offsets(), first);
}

TEST(SimulatedMemory, GivesBackWhatWasFreedLast) {
  simulated::Machine machine(machine_of("core:2 pu:1"));
  Log log;
  machine.run([&] {
    auto one = std::make_unique<std::array<int, 25>>();
    auto two = std::make_unique<std::array<int, 25>>();
    const auto first = offset(one.get());
    const auto second = offset(two.get());
    one.reset(), two.reset();
    one = std::make_unique<std::array<int, 25>>();
    two = std::make_unique<std::array<int, 25>>();
    log(offset(one.get()) == second);
    log(offset(two.get()) == first);
    for (int i = 0; i < 100'000; ++i) log.entries().size() < 3 ? void(std::make_unique<std::array<int, 25>>()) : void();
    log(offset(std::make_unique<std::array<int, 25>>().get()) - first < 4096);
  });
  EXPECT_EQ(log.entries(), (Entries{1, 1, 1}));
}

// Blocks that are held lie apart and as they were asked to, whatever is asked for and freed in between.
RC_GTEST_PROP(SimulatedMemory, KeepsBlocksApartAndAligned, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  simulated::Machine machine(machine_of("core:2 pu:1"));
  bool apart = true;
  bool aligned = true;
  machine.run([&] {
    struct Block {
      unsigned char* at;
      std::size_t bytes, alignment;
      unsigned char fill;
    };
    Random random(seed);
    std::vector<Block> held;
    const auto free_one = [&] {
      const std::size_t i = random.below(static_cast<std::uint32_t>(held.size()));
      for (std::size_t k = 0; k < held[i].bytes; ++k) apart = apart && held[i].at[k] == held[i].fill;
      ::operator delete(held[i].at, std::align_val_t(held[i].alignment));
      held[i] = held.back();
      held.pop_back();
    };
    for (int n = 0; n < 300; ++n) {
      const std::size_t bytes = random.below(1U << (3 + random.below(12)));
      const std::size_t alignment = std::size_t{16} << random.below(9);
      auto* const at = static_cast<unsigned char*>(::operator new(bytes, std::align_val_t(alignment)));
      const auto fill = static_cast<unsigned char>(n);
      std::fill_n(at, bytes, fill);
      aligned = aligned && reinterpret_cast<std::uintptr_t>(at) % alignment == 0;
      held.push_back({at, bytes, alignment, fill});
      if (random.below(3) == 0) free_one();
    }
    while (!held.empty()) free_one();
  });
  RC_ASSERT(apart);
  RC_ASSERT(aligned);
}

TEST(SimulatedMemory, GivesPagesAsTheyAreAskedFor) {
  simulated::Machine machine(machine_of("core:2 pu:1"));
  Log log;
  machine.run([&] {
    for (const std::size_t alignment : {std::size_t{4096}, std::size_t{65536}, huge_page}) {
      void* const pages = E::pages(3 * alignment, alignment);
      log(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(pages) % alignment));
      std::fill_n(static_cast<std::byte*>(pages), 3 * alignment, std::byte{1});
      E::release_pages(pages, 3 * alignment);
    }
  });
  EXPECT_EQ(log.entries(), (Entries{0, 0, 0}));
}

// What a former machine's program left behind may be freed later; it does not come back.
TEST(SimulatedMemory, OfAFormerMachineIsNotGivenAgain) {
  struct Big {
    std::byte bytes[40];
  };
  Big* left = nullptr;
  simulated::Machine(machine_of("core:2 pu:1")).run([&] { left = new Big(); });
  simulated::Machine machine(machine_of("core:2 pu:1"));
  bool again = true;
  machine.run([&] {
    std::array<Big*, 8> others;
    for (auto& other : others) other = new Big();
    again = others[0] == others[1];
  });
  EXPECT_FALSE(again);
  EXPECT_TRUE(Memory::owns(left));
}

}  // namespace
}  // namespace rota::testing
