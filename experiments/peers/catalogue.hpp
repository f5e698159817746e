// The catalogue: which peers there are (programs around runtimes of others that speak the cell protocol and stand where
// a policy stands), and which allocators may take malloc's place in a cell's program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rota::experiments {

// One table of peers/catalogue.toml; peers/README.md says what each key means.
struct Peer {
  std::string name, title, family, program;
  std::vector<std::string> packages;
  std::string version;  // the package whose version is the peer's
  std::string plays;    // a policy of Rota's own
  std::vector<std::string> workloads;
  std::uint32_t most_workers = 0;  // 0: any number
  bool own_memory = false;         // it does not use malloc

  [[nodiscard]] bool speaks(std::string_view workload) const;
  [[nodiscard]] bool can_have(std::uint32_t workers) const { return most_workers == 0 || workers <= most_workers; }
};

// One [[allocator]] of peers/catalogue.toml; peers/README.md says what each key means.
struct Allocator {
  std::string name, package, library;
};

// In the catalogue's order; none if no catalogue is shipped. Throws InputError with file, line and key.
[[nodiscard]] std::vector<Peer> catalogue();

// glibc first, then the catalogue's. Throws InputError with file, line and key.
[[nodiscard]] std::vector<Allocator> allocators();

}  // namespace rota::experiments
