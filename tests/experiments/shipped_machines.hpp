// Machine files of the tests' own, and a share folder that ships them.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace rota::experiments::testing {

using rota::testing::TemporaryFolder;

// The text of a machine file with this hwloc synthetic topology.
inline std::string machine_text(const std::string& topology) {
  std::string text = "summary = \"made up\"\n[topology]\nsynthetic = \"" + topology + "\"\nsource = \"made up\"\n";
  for (const char* table : {"load", "store", "update"}) {
    text += std::string("[") + table + "]\nsource = \"made up\"\n";
    for (const char* level : {"self", "core", "l2", "l3", "node", "package", "remote"})
      text += std::string(level) + " = \"10ns\"\n";
  }
  text += "[costs]\nsource = \"made up\"\n";
  for (const char* cost : {"fence", "memory", "relax", "park", "unpark", "wake_up", "clock", "spawn", "look", "resume",
                           "preempt", "allocate"})
    text += std::string(cost) + " = \"20ns\"\n";
  return text + "[away]\nsource = \"made up\"\npackage = 1.1\nremote = 1.4\n";
}

inline const std::string four_cores = "pack:1 numa:1 l3:1 core:4 pu:1";
inline const std::string eight_cores = "pack:2 numa:1 l3:1 core:4 pu:1";

// While one lives, the shipped machines are `four` and `eight`, so named by their processing units.
class ShippedMachines {
 public:
  ShippedMachines() {
    std::filesystem::create_directories(folder_.path() / "experiments/machines");
    (void)folder_.write("experiments/machines/four.toml", machine_text(four_cores));
    (void)folder_.write("experiments/machines/eight.toml", machine_text(eight_cores));
    ::setenv("ROTA_SHARE", folder_.path().c_str(), 1);
  }
  ~ShippedMachines() { ::unsetenv("ROTA_SHARE"); }
  ShippedMachines(const ShippedMachines&) = delete;
  ShippedMachines& operator=(const ShippedMachines&) = delete;

  [[nodiscard]] std::filesystem::path file(const std::string& name) const {
    return folder_.path() / "experiments/machines" / (name + ".toml");
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace rota::experiments::testing
