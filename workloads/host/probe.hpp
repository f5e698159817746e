// Starting a program that measures its own start: the cell protocol's side of the workload `startup`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/executor.hpp"

namespace rota::workloads::host {

struct ProbeRequest {
  std::string_view program;  // empty: this one, which must then be `rota`
  std::string_view policy;   // with its default settings
  std::uint64_t workers;
  const RuntimeConfig& runtime;
};

struct ProbeEnd {
  int status = 0;              // as the shell would show it: 128 + signal if it was killed
  std::uint64_t peak_rss = 0;  // bytes, as the program itself reports; 0 if it does not
};

// Starts `PROGRAM cell`, gives it the request for one no-op block_on, and returns when it has exited.
// std::runtime_error if it cannot be started.
[[nodiscard]] ProbeEnd probe_startup(const ProbeRequest& request);

}  // namespace rota::workloads::host
