// Allocators: libraries that take malloc's place in a cell's program, which is started with one of them preloaded. The
// catalogue of peers says which there are beside glibc's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rota::experiments {

// What a policy has unless its definition says otherwise: nothing is preloaded.
inline constexpr std::string_view own_allocator = "glibc";

// One [[allocator]] of workloads/peers/catalogue.toml; workloads/peers/README.md says what each key means.
struct Allocator {
  std::string name, package, library;
};

// What a run's manifest knows of one.
struct AllocatorFacts {
  std::string missing;  // why there is no library: "package libmimalloc2.0"; empty if there is one
  std::string package;  // Debian's
  std::string version;  // the package's; empty where no dpkg tells
  std::string library;  // the file that is preloaded; empty: nothing is
  std::string sha256;   // of that file
  friend bool operator==(const AllocatorFacts&, const AllocatorFacts&) = default;
};

// glibc first, then the catalogue's. Throws InputError with file, line and key.
[[nodiscard]] std::vector<Allocator> allocators();

// Asks dpkg for the version and for where the library is; `name` must be that of one of allocators().
[[nodiscard]] AllocatorFacts allocator_facts(const std::string& name);

// How a policy is called that has no label: "peer:tokio", "peer:tokio mimalloc".
[[nodiscard]] std::string default_label(std::string_view use, std::string_view allocator);

// This program's environment for a cell's program: without what would change its allocator unseen, and with `library`
// preloaded unless it is empty.
[[nodiscard]] std::vector<std::string> cell_environment(const std::string& library);
// The variables that cell_environment() leaves out: LD_PRELOAD, GLIBC_TUNABLES, MALLOC_…, MIMALLOC_….
[[nodiscard]] std::vector<std::string> left_out_variables();

}  // namespace rota::experiments
