// The hot paths one by one, with what is counted of each beside its time (tests/bench/counts.toml), and the floors that
// they are held against: the same without a runtime. The label of a path names its floor.
#include <benchmark/benchmark.h>

#include <toml++/toml.h>

#include <atomic>
#include <memory>
#include <string>

#include "runtime/runtime.hpp"
#include "schedulers/work_stealing.hpp"
#include "tests/bench/paths.hpp"
#include "worlds/local.hpp"
#include "worlds/real.hpp"

namespace {

using namespace rota;
using namespace rota::bench;
using benchmark::Counter;

class Clock final : public Meter {
 public:
  void begin() noexcept override { start_ = env::Real::now(); }
  void end() noexcept override { sum_ += env::Real::now() - start_; }
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(sum_).count(); }

 private:
  TimePoint start_;
  Duration sum_{};
};

template <Env E> std::unique_ptr<Executor<E>> start(unsigned workers) {
  using Policy = schedulers::WorkStealing<E>;
  return std::make_unique<Runtime<E, Policy>>(Placement(Topology::host(), "compact", workers), RuntimeConfig{},
                                              typename Policy::Config{}, make_reactor<E>());
}

// What is stored of "SCENE/PATH"; nothing if the table is not there.
void show_counts(benchmark::State& state, const std::string& name) {
  static const toml::table table = [] {
    try {
      return toml::parse_file(ROTA_COUNTS);
    } catch (const toml::parse_error&) {
      return toml::table();
    }
  }();
  for (const char* const key : {"rmw", "fences", "allocations", "lines", "instructions"}) {
    if (const auto figure = table["counts"][name][key].value<double>()) state.counters[key] = Counter(*figure);
  }
}

template <Env E> void walk(benchmark::State& state, const Path<E>& path, const std::string& scene) {
  const auto executor = start<E>(path.others == Others::asleep ? 2 : 1);
  const std::size_t operations = path.least;
  double sum = 0;
  for (auto _ : state) {
    Clock clock;
    path.run(*executor, operations, clock);
    state.SetIterationTime(clock.seconds());
    sum += clock.seconds();
  }
  state.counters["ns"] = 1e9 * sum / (static_cast<double>(state.iterations()) * static_cast<double>(operations));
  show_counts(state, scene + "/" + std::string(path.name));
  state.SetLabel("floor: " + std::string(path.floor));
}

// A path that naps takes much longer than what is measured of it: so many iterations, not so much time.
template <Env E> bool naps(const Path<E>& path) { return path.each || path.name == "timer fire"; }

template <Env E> void add_paths(const std::string& prefix, const std::string& scene) {
  for (const Path<E>& path : paths<E>()) {
    if (one_thread<E> && (path.others == Others::asleep || path.run == &remote_spawn_path<E>)) continue;
    const std::string where = path.others == Others::asleep ? "other asleep" : scene;
    auto* const added =
        benchmark::RegisterBenchmark((prefix + std::string(path.name)).c_str(),
                                     [&path, where](benchmark::State& state) { walk(state, path, where); });
    added->UseManualTime();
    if (naps(path)) added->Iterations(5);
  }
}

[[maybe_unused]] const bool registered = [] {
  add_paths<env::Real>("path/", "alone");
  add_paths<env::Local>("path, one thread/", "one thread");
  return true;
}();

}  // namespace
