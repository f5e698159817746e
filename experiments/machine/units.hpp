// Private to this folder: the parts of a machine file that all its tables share, and the tables that tell which units
// the machine has. Errors are TomlSection's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/input/toml_section.hpp"
#include "experiments/machine/machine.hpp"

namespace rota::experiments {

// XML itself, not the name of a file with it.
[[nodiscard]] bool is_xml(std::string_view text);

// The table, whose source is noted in the machine; it must have one.
[[nodiscard]] TomlSection sourced(const TomlSection& section, const std::string& table, MachineFile& machine);
// The same for a table that must be there.
[[nodiscard]] TomlSection required_table(const TomlSection& root, const std::string& table, MachineFile& machine);
[[nodiscard]] double read_number(const TomlSection& section, std::string_view key, double least, double most);

// [topology] of the file machine.file.
[[nodiscard]] Topology read_topology(const TomlSection& root, MachineFile& machine);
// All [[speed]]: a factor for each unit, or nothing at all if there is none.
[[nodiscard]] std::vector<double> read_speed(const TomlSection& root, const Topology& topology, MachineFile& machine);

}  // namespace rota::experiments
