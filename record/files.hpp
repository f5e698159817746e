// Whole files: read at once, or written so that they appear whole or not at all, also when the machine stops.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace rota::record {

// Throws InputError "<path>: expected a file that can be read, got <reason>".
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// Writes beside the file under a temporary name, fsyncs, renames, fsyncs the folder.
// Throws InputError "<path>: expected a folder that can be written, got <reason>".
void write_file_whole(const std::filesystem::path& path, std::string_view text);

}  // namespace rota::record
