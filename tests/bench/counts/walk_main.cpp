// rota_walk: walks every path in the real world, for a program that watches it from outside.
//
//   valgrind --tool=callgrind --collect-atstart=no rota_walk instructions    a dump SCENE/PATH/OPERATIONS for each walk
//   valgrind --tool=lackey --trace-mem=yes rota_walk lines    a store to `where` before each measured part, and behind
//   it
#include <fmt/format.h>
#include <sys/mman.h>
#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstring>
#include <deque>

#include "tests/bench/counts/scenes.hpp"

namespace rota::bench {
namespace {

class Toggle final : public Meter {
 public:
  void begin() noexcept override { CALLGRIND_TOGGLE_COLLECT; }
  void end() noexcept override { CALLGRIND_TOGGLE_COLLECT; }
};

// callgrind reads the name of a dump later than it is given.
const char* kept(std::string text) {
  static std::deque<std::string> all;
  return all.emplace_back(std::move(text)).c_str();
}

void count_instructions(const std::string& name, std::size_t least, Metered how, const Walk& walk) {
  if (name.ends_with("/timer fire")) return;  // where in the wheel a timer lies depends on the clock
  Toggle meter;
  walk(2 * least, meter);
  CALLGRIND_ZERO_STATS;
  for (const std::size_t operations : {least, 2 * least}) {
    for (int i = 0; i < repeats(how); ++i) walk(operations, meter);
    CALLGRIND_DUMP_STATS_AT(kept(fmt::format("{}/{}", name, operations * repeats(how))));
  }
}

// A byte for the beginning and one for the end of each walk, where nothing else is, so that the reader of the trace
// knows them.
constexpr std::uintptr_t where = 0x3'0000'0000;
constexpr std::size_t most_walks = 1024;
std::size_t walks = 0;

class Store final : public Meter {
 public:
  void begin() noexcept override { byte(2 * walks) = 1; }
  void end() noexcept override { byte(2 * walks + 1) = 1; }

 private:
  static volatile char& byte(std::size_t number) noexcept { return reinterpret_cast<volatile char*>(where)[number]; }
};

void make_room_for_stores() {
  void* const wanted = reinterpret_cast<void*>(where);
  constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  if (mmap(wanted, 2 * most_walks, PROT_READ | PROT_WRITE, flags, -1, 0) != wanted)
    throw std::runtime_error("the place for the stores is taken");
}

// Only where there is one worker, for others would leave their own accesses in between; and not what walks long, for a
// trace of it is longer still.
void show_lines(const std::string& name, std::size_t least, Metered how, const Walk& walk) {
  if (how != Metered::once || name.starts_with("other ") || least > 96 || walks + 3 >= most_walks) return;
  Store ignored;
  ++walks;
  walk(2 * least, ignored);
  for (const std::size_t operations : {least, 2 * least}) {
    Store meter;
    ++walks;
    walk(operations, meter);
    fmt::print("{{\"walk\": {}, \"path\": \"{}\", \"operations\": {}}}\n", walks, name, operations);
  }
}

int walk_all(const char* what) {
  fmt::print("{{\"compiler\": \"{}\"}}\n", __VERSION__);
  if (std::strcmp(what, "lines") == 0) {
    make_room_for_stores();
    visit_paths<env::Real>(show_lines);
  } else {
    visit_paths<env::Real>(count_instructions);
    visit_finish<Probed<env::Real>>(count_instructions);
  }
  return 0;
}

}  // namespace
}  // namespace rota::bench

int main(int count, char** words) try {
  return rota::bench::walk_all(count > 1 ? words[1] : "instructions");
} catch (const std::exception& error) {
  fmt::print(stderr, "rota_walk: {}\n", error.what());
  return 1;
}
