// Topology: the machine as an immutable value (this host, an hwloc synthetic string, or an hwloc XML file), and
// Placement: which processing unit each worker stands on, with the distances that follow.
//
// Both are cheap to copy (shared, immutable state) and safe to read from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rota {

// hwloc refused a description, or a placement cannot be made; what() is one sentence for the user.
struct TopologyError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One processing unit (hardware thread) with the logical indices of what it is part of.
struct Pu {
  unsigned os_index;  // what the kernel calls it; meaningful for binding only on this system
  unsigned core, l2, l3, node, package;
};

class Topology {
 public:
  static Topology host();
  static Topology synthetic(const std::string& description);  // "numa:4 core:8 pu:2"
  static Topology xml_file(const std::string& path);
  static Topology xml_text(const std::string& xml);
  // The same machine with this matrix of NUMA distances (nodes × nodes, row by row; hwloc synthetic strings carry
  // none).
  [[nodiscard]] Topology with_distances(std::span<const std::uint64_t> matrix) const;

  [[nodiscard]] const std::string& name() const;  // "this host", the synthetic string, the file
  [[nodiscard]] std::span<const Pu> pus() const;  // in logical order: neighbours share the most
  [[nodiscard]] unsigned pu_count() const, core_count() const, node_count() const, package_count() const;
  // SLIT-like distance between NUMA nodes, 10 = local; 10 and 20 where the machine does not tell.
  [[nodiscard]] std::uint64_t node_distance(unsigned from, unsigned to) const;
  [[nodiscard]] bool has_node_distances() const;
  // How far apart two processing units (logical indices) are: first what they share, then node distance. 0 = the same.
  [[nodiscard]] std::uint64_t distance(unsigned from, unsigned to) const;

  [[nodiscard]] bool is_this_system() const;
  // Empty if threads can be bound to this topology; else the reason, beginning "not this system" for descriptions.
  [[nodiscard]] std::string why_not_bindable() const;

  [[nodiscard]] std::string xml() const;  // with distances
  // A synthetic string for a machine with the same units, which share the same; empty where none can say it.
  [[nodiscard]] std::string synthetic_text() const;
  [[nodiscard]] std::string tree() const;  // an indented drawing for a terminal

 private:
  struct State;
  explicit Topology(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

// Where the workers stand. Words: compact (neighbouring cores, one worker a core before hyper-threads), scatter (as far
// apart as possible), per-node (one on each NUMA node in turn, so that nodes fill evenly, compact inside each node),
// none (not pinned: the kernel decides, distances as compact), or a list "0,2,4-7" of logical processing units. More
// workers than units wrap around. Whoever takes these words on a real and on a simulated machine means the same by
// them.
class Placement {
 public:
  Placement(const Topology& topology, std::string_view words, unsigned workers);
  // One worker, not pinned, on a machine that nobody has looked at: asking hwloc takes a millisecond or two, which a
  // program with one worker need not spend. topology() looks.
  [[nodiscard]] static Placement alone() noexcept { return Placement(); }

  [[nodiscard]] unsigned workers() const;
  [[nodiscard]] const Topology& topology() const;
  [[nodiscard]] const std::string& words() const;
  [[nodiscard]] bool pinned() const;                    // words != "none" and the topology can be bound
  [[nodiscard]] unsigned pu(unsigned worker) const;     // logical index
  [[nodiscard]] unsigned os_pu(unsigned worker) const;  // for the kernel
  [[nodiscard]] unsigned node(unsigned worker) const;
  [[nodiscard]] std::uint64_t distance(unsigned from, unsigned to) const;  // between workers
  // All other workers, nearest first; equally near ones in rotation after `worker`, so that thieves spread.
  [[nodiscard]] std::span<const std::uint32_t> nearest(unsigned worker) const;

 private:
  struct State;
  Placement() noexcept = default;
  [[nodiscard]] bool is_alone() const noexcept { return state_ == nullptr; }
  std::shared_ptr<const State> state_;
};

}  // namespace rota
