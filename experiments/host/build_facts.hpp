// What this program was built from.
#pragma once

#include <map>
#include <string>

namespace rota::experiments {

// version, compiler, flags; of a project of somebody else's also project, project_commit, project_dirty,
// project_sources_sha256, project_compiler and project_flags.
[[nodiscard]] std::map<std::string, std::string> build_facts();
// commit and dirty (yes, no) of Rota's sources as they are now, "unknown" where git does not tell; of an installed Rota
// as they were. Runs git.
[[nodiscard]] std::map<std::string, std::string> source_facts();
// Of the file of rota-cell, the program that measures, which lies beside this one; "unknown" if it cannot be read.
[[nodiscard]] std::string binary_sha256();
// Of the program that simulates, which lies there too.
[[nodiscard]] std::string simulator_sha256();

}  // namespace rota::experiments
