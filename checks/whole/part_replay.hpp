// Replay strings of the parts: a failing execution of one of the mechanism's checks, or of a queue's script.
//
//   rota1/mechanism/relaxed/parking:,a,sleep,meets,a,submit/_4z0_9…
//   rota1/queue/relaxed/local-ring/4@-2,push:0,+,pop:0/0_3…
//   version, kind, memory, name [, script], schedule; blanks are written as commas, bars as plus signs
#pragma once

#include <string>
#include <string_view>

#include "checks/conformance/replay.hpp"
#include "checks/report.hpp"

namespace rota::checks {

// Of a report's finding; empty if the report is of something else, or has none.
[[nodiscard]] std::string part_replay_text(const Report& report);

// Is it one of these, rather than a policy's?
[[nodiscard]] bool is_part_replay(std::string_view text);
[[nodiscard]] Replayed replay_part(std::string_view text);

}  // namespace rota::checks
