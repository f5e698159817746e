// Allocators: libraries that take malloc's place in a cell's program, which is started with one of them preloaded. The
// catalogue of peers says which there are beside glibc's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/facts.hpp"

namespace rota::experiments {

// Asks dpkg for the version and for where the library is; `name` must be that of one of allocators().
[[nodiscard]] record::AllocatorFacts allocator_facts(const std::string& name);

// This program's environment for a cell's program: without what would change its allocator unseen, and with `library`
// preloaded unless it is empty.
[[nodiscard]] std::vector<std::string> cell_environment(const std::string& library);
// The variables that cell_environment() leaves out: LD_PRELOAD, GLIBC_TUNABLES, MALLOC_…, MIMALLOC_….
[[nodiscard]] std::vector<std::string> left_out_variables();

}  // namespace rota::experiments
