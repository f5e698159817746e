// nqueens: in how many ways n queens fit on a board of n by n so that none attacks another. A task for each queen that
// is placed in the first rows; the rows below are searched by the task of the last one. Solutions are known.
#pragma once

#include <array>
#include <bit>

#include "runtime/executor.hpp"
#include "workloads/graph/computed.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

inline constexpr std::array<std::uint64_t, 14> queens_solutions{1,  0,   0,   2,    10,    4,     40,
                                                                92, 352, 724, 2680, 14200, 73712, 365596};

// Queens in the first `row` rows; the masks say which columns of the next row they attack.
struct QueensBoard {
  std::uint32_t size, row = 0;
  std::uint32_t columns = 0, falling = 0, rising = 0;

  [[nodiscard]] bool full() const noexcept { return row == size; }
  [[nodiscard]] std::uint32_t free_columns() const noexcept {
    return ((std::uint32_t{1} << size) - 1) & ~(columns | falling | rising);
  }
  // With a queen in the next row, in the column of this one bit.
  [[nodiscard]] QueensBoard with(std::uint32_t column) const noexcept {
    return {size, row + 1, columns | column, (falling | column) << 1, (rising | column) >> 1};
  }
};

struct QueensCounts {
  std::uint64_t solutions = 0, placed = 0, tasks = 0;
  QueensCounts& operator+=(const QueensCounts& other) {
    solutions += other.solutions;
    placed += other.placed;
    tasks += other.tasks;
    return *this;
  }
};

// Places the queens of the rows before `end`, one after the other. A board of `end` rows is a solution.
inline QueensCounts place_queens(const QueensBoard& board, std::uint32_t end) {
  if (board.row == end) return {1, 0, 0};
  QueensCounts counts;
  for (std::uint32_t free = board.free_columns(); free != 0; free &= free - 1) {
    counts += place_queens(board.with(free & -free), end);
    ++counts.placed;
  }
  return counts;
}

struct QueensWork {
  std::uint32_t cutoff;
  Duration queen_time;
};

// Apart from the tasks that spawn others, so that its frame has no room for them.
template <Env E> Job<E, QueensCounts> search_board(const QueensWork& work, QueensBoard board) {
  QueensCounts counts = place_queens(board, board.size);
  declare_computed<E>(static_cast<std::int64_t>(counts.placed) * work.queen_time);
  counts.tasks = 1;
  co_return counts;
}

template <Env E> Job<E, QueensCounts> queens(Executor<E>& executor, const QueensWork& work, QueensBoard board) {
  std::array<JoinHandle<E, QueensCounts>, queens_solutions.size()> below;
  std::size_t spawned = 0;
  for (std::uint32_t free = board.free_columns(); free != 0; free &= free - 1) {
    const QueensBoard next = board.with(free & -free);
    below[spawned++] = executor.spawn(next.row < work.cutoff && !next.full() ? queens<E>(executor, work, next)
                                                                             : search_board<E>(work, next));
  }
  QueensCounts counts{0, spawned, 1};
  for (std::size_t i = 0; i < spawned; ++i) counts += co_await below[i];
  co_return counts;
}

struct TimedQueens {
  QueensCounts counts;
  Duration time;
};

template <Env E> Job<E, TimedQueens> time_queens(Executor<E>& executor, const QueensWork& work, std::uint32_t n) {
  const TimePoint start = E::now();
  const QueensCounts counts = co_await queens<E>(executor, work, QueensBoard{n});
  co_return TimedQueens{counts, E::now() - start};
}

template <Env E> class NQueens {
 public:
  static constexpr std::string_view name = "nqueens";
  static constexpr std::string_view summary = "all ways to place n queens: a task for each queen in the first rows";
  struct Config {
    std::uint32_t n = 10;
    std::uint32_t cutoff = 4;
    Duration queen_time{4};

    static constexpr auto settings() {
      return std::tuple{
          setting("n", &Config::n, "queens, and rows and columns of the board", 1, queens_solutions.size()),
          setting("cutoff", &Config::cutoff, "rows in which each queen is a task; below, its task goes on alone", 1,
                  queens_solutions.size()),
          setting("queen_time", &Config::queen_time,
                  "time to place a queen below those rows, in a simulated world; the real one takes its own", 0, 1e6),
      };
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"wall", "ns", "time of the whole search"},
      MetricInfo{"ns_per_task", "ns", "wall time over all tasks"},
  };

  explicit NQueens(const Config& config)
      : n_(config.n), work_{config.cutoff, config.queen_time}, tasks_(1 + queens_placed(n_, work_.cutoff)) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    const TimedQueens got = executor.block_on(time_queens<E>(executor, work_, n_));
    sample.metric("wall", nanoseconds(got.time));
    sample.metric("ns_per_task", nanoseconds_per(got.time, tasks_));
    sample.check("solutions", queens_solutions[n_ - 1], got.counts.solutions);
    sample.check("tasks", tasks_, got.counts.tasks);
  }

 private:
  // How many queens a search of the first rows places.
  static std::uint64_t queens_placed(std::uint32_t n, std::uint32_t rows) {
    return place_queens(QueensBoard{n}, std::min(n, rows)).placed;
  }

  const std::uint32_t n_;
  const QueensWork work_;
  const std::uint64_t tasks_;
};

}  // namespace rota::workloads
