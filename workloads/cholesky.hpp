// cholesky: the graph of a tiled Cholesky factorisation, n tiles wide. It begins and ends with one task and is wide in
// between. Its tasks and its longest path are known; with kernel = real a matrix is factored and the factors checked.
#pragma once

#include <optional>

#include "workloads/graph/cholesky_tasks.hpp"
#include "workloads/graph/run.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E> class Cholesky {
 public:
  enum class Kernel : std::uint8_t { charge, real };

  static constexpr std::string_view name = "cholesky";
  static constexpr std::string_view summary = "the graph of a tiled Cholesky factorisation";
  struct Config {
    std::uint32_t tiles = 16;
    Kernel kernel = Kernel::charge;
    std::uint32_t tile_size = 24;
    Duration potrf{5'000}, trsm{15'000}, syrk{15'000}, gemm{30'000};
    std::uint64_t seed = 1;

    static constexpr auto settings() {
      return std::tuple{
          setting("tiles", &Config::tiles, "rows of tiles: 8 make 120 tasks, 16 make 816, 32 make 5984", 1, 128),
          choice("kernel", &Config::kernel, "what a task does: declared work, or arithmetic on a matrix",
                 std::array{named("charge", Kernel::charge), named("real", Kernel::real)}),
          setting("tile_size", &Config::tile_size, "rows of a tile, for arithmetic", 1, 512),
          setting("potrf", &Config::potrf,
                  "declared work of a task that factors a tile on the diagonal; with arithmetic, "
                  "in a simulated world only, as for the others",
                  0, 1e10),
          setting("trsm", &Config::trsm, "of one that solves for a tile below it", 0, 1e10),
          setting("syrk", &Config::syrk, "of one that updates a tile on the diagonal", 0, 1e10),
          setting("gemm", &Config::gemm, "of one that updates another tile", 0, 1e10),
          setting("seed", &Config::seed, "of the matrix", 0),
      };
    }
    bool complete(SettingError& error) const {
      if (kernel == Kernel::charge || std::uint64_t{tiles} * tile_size <= most_order) return true;
      error = {"tile_size", "at most " + std::to_string(most_order / tiles) + " with so many tiles",
               std::to_string(tile_size)};
      return false;
    }
    static constexpr std::uint64_t most_order = 8192;
  };
  static constexpr std::array metrics{
      MetricInfo{"makespan", "ns", "time from the first spawn until the last task is done"},
      MetricInfo{"tasks_per_s", "1/s", "tasks in a second", false},
  };

  explicit Cholesky(const Config& config)
      : n_(config.tiles),
        matrix_(matrix_of(config)),
        program_(n_, {{config.potrf, config.trsm, config.syrk, config.gemm}}, matrix_ ? &*matrix_ : nullptr),
        run_(program_) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    if (matrix_) matrix_->reset();
    const graph::RoundResult round = run_.run(executor);
    sample.metric("makespan", nanoseconds(round.time));
    sample.metric("tasks_per_s", 1e9 * static_cast<double>(round.tasks) / nanoseconds(round.time));
    check_counts(round, sample);
    if (matrix_) sample.check("small_residual", 1, matrix_->residual() <= 1 ? 1 : 0);
  }

 private:
  using Program = graph::CholeskyTasks<E>;

  static std::optional<graph::Tiles> matrix_of(const Config& config) {
    if (config.kernel == Kernel::charge) return std::nullopt;
    return std::make_optional<graph::Tiles>(config.tiles, config.tile_size, config.seed);
  }

  void check_counts(const graph::RoundResult& round, Sample& sample) const {
    using graph::TileStep;
    const std::uint64_t n = n_, pairs = n * (n - 1) / 2, triples = pairs * (n - std::min<std::uint64_t>(n, 2)) / 3;
    sample.check("potrf", n, program_.count(TileStep::potrf));
    sample.check("trsm", pairs, program_.count(TileStep::trsm));
    sample.check("syrk", pairs, program_.count(TileStep::syrk));
    sample.check("gemm", triples, program_.count(TileStep::gemm));
    sample.check("tasks", n + 2 * pairs + triples, round.tasks);
    // From the step before: one for each tile that is updated, but for the first; and what each reads.
    sample.check("inputs", pairs + 2 * triples + pairs + triples + pairs, round.right_inputs);
    sample.check("wrong_inputs", 0, round.wrong_inputs);
    sample.check("longest_path", 3 * n - 2, round.longest_path);
  }

  const std::uint32_t n_;
  std::optional<graph::Tiles> matrix_;
  Program program_;
  graph::GraphRun<E, Program> run_;
};

}  // namespace rota::workloads
