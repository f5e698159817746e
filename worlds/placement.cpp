// Placement: words to processing units, and who is near whom.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <numeric>
#include <utility>

#include "worlds/topology.hpp"

namespace rota {

struct Placement::State {
  Topology topology;
  std::string words;
  bool pinned = false;
  std::vector<unsigned> pus;           // by worker
  std::vector<std::uint32_t> nearest;  // workers - 1 for each worker
};

namespace {

using Units = std::vector<unsigned>;

// For each processing unit its number within its parent, from its place in the core up to its package: a unit with
// small numbers is the first of its core, of its cache, of its node.
using Rank = std::array<unsigned, 6>;

std::vector<Rank> ranks_of(const Topology& topology) {
  std::map<std::vector<unsigned>, std::map<unsigned, unsigned>> children;  // of a path from the package down
  std::vector<Rank> ranks;
  unsigned index = 0;
  for (const Pu& pu : topology.pus()) {
    const std::array<unsigned, 6> parts{pu.package, pu.node, pu.l3, pu.l2, pu.core, index++};
    Rank& rank = ranks.emplace_back();
    std::vector<unsigned> path;
    for (std::size_t level = 0; level < parts.size(); ++level) {
      auto& siblings = children[path];
      rank[parts.size() - 1 - level] =
          siblings.try_emplace(parts[level], static_cast<unsigned>(siblings.size())).first->second;
      path.push_back(parts[level]);
    }
  }
  return ranks;
}

Units all_units(const Topology& topology) {
  Units units(topology.pu_count());
  std::iota(units.begin(), units.end(), 0U);
  return units;
}

Units compact(const Topology& topology) {
  const auto ranks = ranks_of(topology);
  Units units = all_units(topology);
  std::sort(units.begin(), units.end(),
            [&](unsigned a, unsigned b) { return std::pair(ranks[a][0], a) < std::pair(ranks[b][0], b); });
  return units;
}

// The package changes fastest from worker to worker, then the node, and so on down to the place in the core.
Units scatter(const Topology& topology) {
  const auto ranks = ranks_of(topology);
  Units units = all_units(topology);
  std::sort(units.begin(), units.end(), [&](unsigned a, unsigned b) { return ranks[a] < ranks[b]; });
  return units;
}

// Compact inside each node; the nodes take turns.
Units per_node(const Topology& topology) {
  Units units = compact(topology);
  Units placed(topology.node_count());              // how many units of each node there were so far
  std::vector<unsigned> turn(topology.pu_count());  // by unit: in which round its node comes to it
  for (const unsigned unit : units) turn[unit] = placed[topology.pus()[unit].node]++;
  const auto key = [&](unsigned unit) { return std::pair(turn[unit], topology.pus()[unit].node); };
  std::sort(units.begin(), units.end(), [&](unsigned a, unsigned b) { return key(a) < key(b); });
  return units;
}

bool parse_number(std::string_view text, unsigned& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

Units list(const Topology& topology, std::string_view words) {
  const auto refuse = [&] {
    return TopologyError(fmt::format(
        "placement '{}': expected compact, scatter, per-node, none, or a list of processing units such as 0,2,4-7",
        words));
  };
  Units units;
  for (std::size_t begin = 0; begin <= words.size();) {
    const std::size_t end = std::min(words.find(',', begin), words.size());
    const std::string_view item = words.substr(begin, end - begin);
    begin = end + 1;
    const auto dash = item.find('-');
    unsigned first = 0;
    unsigned last = 0;
    if (!parse_number(item.substr(0, dash), first)) throw refuse();
    if (!parse_number(dash == item.npos ? item : item.substr(dash + 1), last) || last < first) throw refuse();
    if (last >= topology.pu_count())
      throw TopologyError(fmt::format("placement '{}': there is no processing unit {}, {} has 0 to {}", words, last,
                                      topology.name(), topology.pu_count() - 1));
    for (; first <= last; ++first) units.push_back(first);
  }
  return units;
}

Units units_for(const Topology& topology, std::string_view words) {
  if (words == "scatter") return scatter(topology);
  if (words == "per-node") return per_node(topology);
  if (words == "compact" || words == "none") return compact(topology);
  return list(topology, words);
}

}  // namespace

Placement::Placement(const Topology& topology, std::string_view words, unsigned workers) {
  if (workers == 0) throw TopologyError("a placement needs at least one worker");
  auto state = std::make_shared<State>(topology, std::string(words));
  state->pinned = words != "none" && topology.why_not_bindable().empty();
  const Units units = units_for(topology, words);
  for (unsigned worker = 0; worker < workers; ++worker) state->pus.push_back(units[worker % units.size()]);
  state_ = state;

  std::vector<std::pair<std::uint64_t, std::uint32_t>> others(workers - 1);  // distance, steps after the worker
  for (unsigned worker = 0; worker < workers; ++worker) {
    for (unsigned step = 1; step < workers; ++step)
      others[step - 1] = {distance(worker, (worker + step) % workers), step};
    std::sort(others.begin(), others.end());
    for (const auto& other : others) state->nearest.push_back((worker + other.second) % workers);
  }
}

unsigned Placement::workers() const { return is_alone() ? 1 : static_cast<unsigned>(state_->pus.size()); }
const Topology& Placement::topology() const {
  if (!is_alone()) return state_->topology;
  static const Topology host = Topology::host();
  return host;
}
const std::string& Placement::words() const {
  static const std::string none = "none";
  return is_alone() ? none : state_->words;
}
bool Placement::pinned() const { return !is_alone() && state_->pinned; }
unsigned Placement::pu(unsigned worker) const { return is_alone() ? 0 : state_->pus.at(worker); }
unsigned Placement::os_pu(unsigned worker) const { return topology().pus()[pu(worker)].os_index; }
unsigned Placement::node(unsigned worker) const { return is_alone() ? 0 : topology().pus()[pu(worker)].node; }

std::uint64_t Placement::distance(unsigned from, unsigned to) const { return topology().distance(pu(from), pu(to)); }

std::span<const std::uint32_t> Placement::nearest(unsigned worker) const {
  if (is_alone()) return {};
  const std::size_t others = workers() - 1;
  return std::span(state_->nearest).subspan(worker * others, others);
}

}  // namespace rota
