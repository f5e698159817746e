// What tests with peers share: a shipped folder of their own with a catalogue, in which any program can play a peer.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "experiments/host/sha256.hpp"
#include "experiments/peers/records.hpp"
#include "record/files.hpp"
#include "tests/experiments/programs.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments::testing {

namespace fs = std::filesystem;

inline const std::string quick_peer = R"([[peer]]
name = "quick"
title = "Quick"
family = "fake"
program = "quick"
packages = ["bash"]
version = "bash"
plays = "stealing"
workloads = ["spawn-join"]
)";

inline const std::string fake_catalogue = quick_peer + R"(
[[peer]]
name = "single"
title = "Single"
family = "fake"
program = "single"
packages = ["bash"]
version = "bash"
plays = "fifo"
workloads = ["spawn-join", "yield"]
most_workers = 1

[[peer]]
name = "absent"
title = "Absent"
family = "other"
program = "absent"
packages = ["bash", "no-such-package-in-debian"]
version = "bash"
plays = "fifo"
workloads = ["spawn-join"]
)";

// One that every Debian has and no program needs, one that none has, and one whose library is not in its package.
inline const std::string fake_allocators = R"(
[[allocator]]
name = "other"
package = "libc6"
library = "libBrokenLocale.so.1"

[[allocator]]
name = "absent"
package = "no-such-package-in-debian"
library = "libabsent.so.1"

[[allocator]]
name = "empty"
package = "libc6"
library = "libabsent.so.1"
)";

// While it lives, ROTA_SHARE is its folder.
class PeerShare {
 public:
  explicit PeerShare(const std::string& catalogue = fake_catalogue) {
    if (const char* before = ::getenv("ROTA_SHARE")) before_ = before;
    fs::create_directories(folder_.path() / "peers");
    fs::create_directories(peers() / "fake" / "bin");
    (void)folder_.write("peers/catalogue.toml", catalogue);
    ::setenv("ROTA_SHARE", folder_.path().c_str(), 1);
  }
  ~PeerShare() {
    if (before_.empty()) {
      ::unsetenv("ROTA_SHARE");
    } else {
      ::setenv("ROTA_SHARE", before_.c_str(), 1);
    }
  }
  PeerShare(const PeerShare&) = delete;
  PeerShare& operator=(const PeerShare&) = delete;

  [[nodiscard]] fs::path catalogue() const { return folder_.path() / "peers" / "catalogue.toml"; }
  [[nodiscard]] fs::path peers() const { return folder_.path() / "build" / "peers"; }
  [[nodiscard]] fs::path program(const std::string& name) const { return peers() / "fake" / "bin" / name; }

  // Puts the program there with its record, as a build does. More bytes make it another build of the same behaviour.
  void build(const std::string& name, const std::string& version = "1.0", const std::string& more = "") const {
    record::write_file_whole(program(name), record::read_file(fake_cell) + more);
    fs::permissions(program(name), fs::perms::owner_all);
    write_record(name, {.title = "",
                        .missing = "",
                        .version = version,
                        .compiler = "by hand",
                        .program = "fake/bin/" + name,
                        .sha256 = sha256_hex(record::read_file(program(name))),
                        .packages = {{"bash", version + "-1"}}});
  }

 private:
  rota::testing::TemporaryFolder folder_;
  std::string before_;
};

}  // namespace rota::experiments::testing
