// The replay string: one word that names a failing execution, for another process or another day.
//
//   rota2/work-stealing/relaxed/w2:t0=s1,u:t1=k0/5b1e/0120_3010…
//   format version, subject, memory, program, checksum of subject and program, schedule
#pragma once

#include <string>
#include <string_view>

#include "checks/conformance/program.hpp"
#include "checks/subject.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

[[nodiscard]] std::string replay_text(const Subject& subject, explored::Memory memory, const Program& program,
                                      std::string_view schedule);

struct ParsedReplay {
  std::string subject;  // whom to look up for replay()
  explored::Memory memory = explored::Memory::relaxed;
  Program program;
  std::string schedule;
  std::string error;  // one sentence: which part is wrong, or from another version; empty: good
};
[[nodiscard]] ParsedReplay parse_replay(std::string_view text);

struct Replayed {
  std::string error;          // the string cannot be replayed, and why; empty: it was
  bool failed = false;        // did the execution fail?
  explored::Failure failure;  // if so: with trace, steps and hash
};
// `subject` must be the one that the text names.
[[nodiscard]] Replayed replay(const Subject& subject, std::string_view text);

}  // namespace rota::checks
