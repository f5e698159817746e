// The oracles over rows.
#include "checks/theory/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace rota::checks::theory {
namespace {

std::string told(const Rows& rows, std::size_t i) {
  const Row& row = rows[i];
  return fmt::format("request {} (arrived {}, service {}, start {}, end {}, worker {})", i, row.arrival, row.service,
                     row.start, row.end, row.worker);
}

Input input_of(const Rows& rows) {
  Input input;
  input.reserve(rows.size());
  for (const Row& row : rows) input.push_back({row.arrival, row.service});
  return input;
}

Finding differ(const Rows& rows, std::span<const Ns> expected, Ns Row::* field, std::string_view theorem) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].*field != expected[i]) return fmt::format("{}: {} is due at {}", theorem, told(rows, i), expected[i]);
  }
  return {};
}

// +1 or -1 of something at an instant.
struct Step {
  Ns at;
  int present, running;
};

std::vector<Step> steps_of(const Rows& rows) {
  std::vector<Step> steps;
  for (const Row& row : rows) {
    steps.push_back({row.arrival, 1, 0});
    steps.push_back({row.start, 0, 1});
    steps.push_back({row.end, -1, -1});
  }
  std::ranges::sort(steps, {}, &Step::at);
  return steps;
}

Finding one_at_a_time(const Rows& rows, unsigned workers) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return rows[i].start; });
  std::vector<Ns> free(workers, 0);
  for (const std::size_t i : order) {
    if (rows[i].worker >= workers) return told(rows, i) + " was served by a worker that is not there";
    if (rows[i].start < free[rows[i].worker]) return told(rows, i) + " began while its worker served another";
    free[rows[i].worker] = rows[i].end;
  }
  return {};
}

}  // namespace

Finding all_served(const Rows& rows, const Input& input, bool uncut) {
  if (rows.size() != input.size()) return fmt::format("{} rows for {} requests", rows.size(), input.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.arrival != input[i].arrival || row.service != input[i].service)
      return fmt::format("{} was asked for at {} with service {}", told(rows, i), input[i].arrival, input[i].service);
    if (row.start == unset || row.end == unset) return told(rows, i) + " was not served";
    if (row.start < row.arrival) return told(rows, i) + " began before it arrived";
    const Ns took = row.end - row.start;
    if (uncut ? took != row.service : took < row.service)
      return fmt::format("{} took {} instead of {}", told(rows, i), took, row.service);
  }
  return {};
}

Finding follows_lindley(const Rows& rows, Ns overhead) {
  return differ(rows, lindley_starts(input_of(rows), overhead), &Row::start, "Lindley");
}

Finding follows_kiefer_wolfowitz(const Rows& rows, unsigned workers) {
  return differ(rows, kiefer_wolfowitz_starts(input_of(rows), workers), &Row::start, "Kiefer-Wolfowitz");
}

Finding follows_split_lindley(const Rows& rows, unsigned workers) {
  std::vector<Rows> split(workers);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].worker >= workers) return told(rows, i) + " was served by a worker that is not there";
    split[rows[i].worker].push_back(rows[i]);
  }
  for (unsigned worker = 0; worker < workers; ++worker) {
    if (Finding finding = follows_lindley(split[worker])) return fmt::format("worker {}: {}", worker, *finding);
  }
  return {};
}

Finding splits_at_random(const Rows& rows, unsigned workers) {
  std::vector<double> pairs(std::size_t{workers} * workers, 0);
  for (std::size_t i = 0; i + 1 < rows.size(); i += 2) ++pairs[rows[i].worker * workers + rows[i + 1].worker];
  const double due = static_cast<double>(rows.size() / 2) / static_cast<double>(pairs.size());
  double distance = 0;
  for (const double count : pairs) distance += (count - due) * (count - due) / due;
  // The quantile by Wilson and Hilferty: the cube root of a chi-square over its freedom is nearly normal.
  const double freedom = static_cast<double>(pairs.size() - 1), spread = 2 / (9 * freedom);
  const double most = freedom * std::pow(1 - spread + 3.0902 * std::sqrt(spread), 3);
  if (distance <= most) return {};
  return fmt::format("pairs of workers differ from {} each by a chi-square of {:.1f}, beyond {:.1f}", due, distance,
                     most);
}

Finding follows_round_robin(const Rows& rows, Ns quantum) {
  return differ(rows, round_robin_ends(input_of(rows), quantum), &Row::end, "round robin");
}

Finding keeps_busy_periods(const Rows& rows) {
  // Requests are in the system without a break from the first arrival of a busy period to its last end. That the worker
  // never rested between is then that the services add up to its length, which busy_periods() gives by its make.
  const std::vector<Period> due = busy_periods(input_of(rows));
  std::size_t i = 0;
  for (const Period& period : due) {
    Ns first = std::numeric_limits<Ns>::max(), last = 0;
    for (; i < rows.size() && rows[i].arrival <= period.end; ++i) {
      if (rows[i].start < period.begin || rows[i].end > period.end)
        return fmt::format("{} lies outside its busy period {} to {}", told(rows, i), period.begin, period.end);
      first = std::min(first, rows[i].start);
      last = std::max(last, rows[i].end);
    }
    if (first != period.begin || last != period.end)
      return fmt::format("a busy period from {} to {}, where {} to {} is due", first, last, period.begin, period.end);
  }
  return {};
}

Finding keeps_workers_busy(const Rows& rows, unsigned workers) {
  const std::vector<Step> steps = steps_of(rows);
  std::int64_t present = 0, running = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    present += steps[i].present;
    running += steps[i].running;
    if (i + 1 < steps.size() && steps[i + 1].at == steps[i].at) continue;
    if (running != std::min<std::int64_t>(present, workers))
      return fmt::format("from {} on, {} of {} workers serve although {} requests are there", steps[i].at, running,
                         workers, present);
  }
  return one_at_a_time(rows, workers);
}

Finding obeys_little(const Rows& rows, Ns present) {
  const Ns sum =
      std::accumulate(rows.begin(), rows.end(), Ns{0}, [](Ns s, const Row& row) { return s + row.sojourn(); });
  if (sum == present) return {};
  return fmt::format("Little: times in the system add up to {}, requests in the system over time to {}", sum, present);
}

Finding no_slower(const Rows& best, const Rows& other) {
  Ns sum = 0, others = 0;
  for (const Row& row : best) sum += row.sojourn();
  for (const Row& row : other) others += row.sojourn();
  if (sum <= others) return {};
  return fmt::format("times in the system add up to {}, the other policy's to {}", sum, others);
}

Finding within_graham(Ns all, Ns longest, unsigned workers, Ns makespan) {
  const Ns p = workers;
  if (p * makespan >= all && makespan >= longest && p * makespan <= all + (p - 1) * longest) return {};
  return fmt::format("work {}, critical path {}, {} workers: {} is outside {} to {}", all, longest, workers, makespan,
                     std::max((all + p - 1) / p, longest), (all + (p - 1) * longest) / p);
}

}  // namespace rota::checks::theory
