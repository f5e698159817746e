// Programs for `startup` to start, written as shell scripts. And this program is one whose main() has begun.
#pragma once

#include <sys/stat.h>

#include <string>

#include "tests/support/temporary_folder.hpp"
#include "workloads/host/probe.hpp"

namespace rota::workloads::testing {

// A shell script that is there as long as this object.
class Script {
 public:
  explicit Script(const std::string& text) : path_(folder_.write("script", "#!/bin/sh\n" + text)) {
    chmod(path_.c_str(), 0700);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  rota::testing::TemporaryFolder folder_;
  std::string path_;
};

// What a program says that was asked for a probe.
inline const std::string probe_answer = R"(
echo '{"kind":"metric","metric":"program_rss","unit":"bytes","value":4096000.0,"iterations":1}'
echo '{"kind":"metric","metric":"ready","unit":"ns","value":10250.5,"iterations":1}'
)";

inline const bool main_has_begun = (host::main_begins(), true);

}  // namespace rota::workloads::testing
