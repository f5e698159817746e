// Where a program comes from. Each has a source of its own for it, which CMake writes (cmake/origin.cpp.in).
#pragma once

#include <string_view>

namespace rota::experiments {

struct Origin {
  // What is shipped beside the program: a checkout of Rota, or the folder share/rota that was installed. From the
  // program's own folder on, unless it is a whole path.
  std::string_view share;

  // Of a project with policies or workloads of its own: as it was when the program was built. All empty: Rota's own.
  std::string_view project;         // its name
  std::string_view commit;          // "unknown" where git does not tell
  std::string_view dirty;           // whether it differs from that commit: yes, no, unknown
  std::string_view sources_sha256;  // of its sources (cmake/Origin.cmake says of which)
  std::string_view compiler, flags;
};

// Of this program.
[[nodiscard]] Origin origin();

}  // namespace rota::experiments
