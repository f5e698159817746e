// The recursions.
#include "checks/theory/recursions.hpp"

#include <algorithm>
#include <deque>

namespace rota::checks::theory {

// W[i+1] = max(0, W[i] + S[i] - (A[i+1] - A[i])).
std::vector<Ns> lindley_starts(std::span<const Request> input, Ns overhead) {
  std::vector<Ns> starts;
  starts.reserve(input.size());
  Ns wait = 0;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (i > 0)
      wait = std::max<Ns>(0, wait + input[i - 1].service + overhead - (input[i].arrival - input[i - 1].arrival));
    starts.push_back(input[i].arrival + wait);
  }
  return starts;
}

// The sorted vector of what each worker has left to do: a request takes the least entry.
std::vector<Ns> kiefer_wolfowitz_starts(std::span<const Request> input, unsigned workers) {
  std::vector<Ns> starts, left(workers, 0);
  starts.reserve(input.size());
  for (std::size_t i = 0; i < input.size(); ++i) {
    const Ns gap = i > 0 ? input[i].arrival - input[i - 1].arrival : 0;
    for (Ns& entry : left) entry = std::max<Ns>(0, entry - gap);
    starts.push_back(input[i].arrival + left.front());
    const Ns taken = left.front() + input[i].service;
    const auto place = std::upper_bound(left.begin() + 1, left.end(), taken);
    std::move(left.begin() + 1, place, left.begin());
    *(place - 1) = taken;
  }
  return starts;
}

std::vector<Ns> round_robin_ends(std::span<const Request> input, Ns quantum) {
  struct Waiting {
    std::size_t request;
    Ns left;
  };
  std::vector<Ns> ends(input.size(), unset);
  std::deque<Waiting> queue;
  Ns now = 0;
  std::size_t next = 0;
  const auto take_in = [&] {
    for (; next < input.size() && input[next].arrival <= now; ++next) queue.push_back({next, input[next].service});
  };
  while (next < input.size() || !queue.empty()) {
    if (queue.empty()) now = std::max(now, input[next].arrival);
    take_in();
    Waiting first = queue.front();
    queue.pop_front();
    const Ns slice = std::min(quantum, first.left);
    now += slice;
    first.left -= slice;
    take_in();
    if (first.left == 0) {
      ends[first.request] = now;
    } else {
      queue.push_back(first);
    }
  }
  return ends;
}

std::vector<Period> busy_periods(std::span<const Request> input) {
  std::vector<Period> periods;
  for (const Request& request : input) {
    if (periods.empty() || request.arrival > periods.back().end) periods.push_back({request.arrival, request.arrival});
    periods.back().end += request.service;
  }
  return periods;
}

}  // namespace rota::checks::theory
