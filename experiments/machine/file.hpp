// Machine files: a simulated machine as data (experiments/machines/NAME.toml; docs/machines.md tells the format).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/machine/machine.hpp"

namespace rota::experiments {

struct ShippedMachine {
  std::string name;
  std::filesystem::path file;
};
[[nodiscard]] std::vector<ShippedMachine> shipped_machines();  // sorted by name

// Throws InputError "<file>:<line>: <key>: expected …, got …". `file` names the text in errors and the machine by its
// stem; an XML file named in the text is looked for beside it.
[[nodiscard]] MachineFile parse_machine_file(std::string_view toml, const std::string& file);
[[nodiscard]] simulated::Model parse_machine(std::string_view toml, const std::string& file);

// A path (it has a slash or ends in .toml) or the name of a shipped machine. Throws InputError that lists the names, or
// says what is wrong with the file.
[[nodiscard]] MachineFile find_machine(const std::string& name_or_path);

}  // namespace rota::experiments
