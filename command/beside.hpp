// The programs that lie beside this one.
#pragma once

#include <span>
#include <string>

namespace rota::command {

// The path of the program of that name.
[[nodiscard]] std::string beside(const std::string& program);

// Becomes that program, with these words as its arguments (the first is what it takes for its own name). Returns only
// if that fails: prints one line that says who builds it, and gives the exit status.
[[nodiscard]] int become(const std::string& program, std::span<const std::string> words, const std::string& built_by);

}  // namespace rota::command
