// A simulated machine as its file says it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "worlds/simulated/costs.hpp"

namespace rota::experiments {

// Where the figures of one table come from.
struct MachineSource {
  std::string table;  // "topology", "load", …; "speed" for each [[speed]]
  std::string sentence;
};

struct MachineFile {
  std::string name;     // the file's name without folder and ending
  std::string summary;  // half a sentence
  std::filesystem::path file;
  std::string text;  // TOML that stands by itself: a topology's XML file is inside
  simulated::Model model;
  std::vector<MachineSource> sources;
};

}  // namespace rota::experiments
