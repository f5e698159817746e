// Starting a program that measures its own start: the cell protocol's side of the workload `startup`. And the start of
// this program, for when it is the one that is started.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/executor.hpp"

namespace rota::workloads::host {

// The first thing that a program's main() does, if it can be asked for a probe.
void main_begins() noexcept;
// When it did so, by the real world's clock. std::logic_error if it never did.
[[nodiscard]] TimePoint main_began();
// What main() did since then is no part of getting ready: reading what to do, for instance, which a program of the
// runtime's own users need not. One thread at a time.
void leave_out(TimePoint since) noexcept;
// From the beginning of main() until then, without what was left out.
[[nodiscard]] Duration getting_ready(TimePoint until);

struct ProbeRequest {
  std::string_view program;  // empty: this one, which must then be rota-cell
  std::string_view policy;   // with its default settings
  std::uint64_t workers;
  const RuntimeConfig& runtime;
};

struct ProbeEnd {
  int status = 0;  // as the shell would show it: 128 + signal if it was killed
  // As the program itself reports them, if it does.
  std::optional<double> peak_rss;  // bytes
  std::optional<double> ready;     // ns, from the beginning of its main() to its first task
};

// Starts `PROGRAM cell`, gives it the request for one empty task, and returns when it has exited.
// std::runtime_error if it cannot be started.
[[nodiscard]] ProbeEnd probe_startup(const ProbeRequest& request);

}  // namespace rota::workloads::host
