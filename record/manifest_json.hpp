// The manifest as JSON, in a text or in a run's folder.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "record/manifest.hpp"

namespace rota::record {

[[nodiscard]] std::string to_json(const Manifest& manifest);
// Throws InputError with `name` at its beginning.
[[nodiscard]] Manifest manifest_from_json(std::string_view text, const std::string& name);
[[nodiscard]] Manifest read_manifest(const std::filesystem::path& run_folder);
// Appears whole or not at all. Throws InputError if the folder cannot be written.
void write_manifest(const std::filesystem::path& run_folder, const Manifest& manifest);

}  // namespace rota::record
