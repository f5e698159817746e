// Reads the catalogue's allocators, asks dpkg for their libraries, and makes the environments of cells.
#include "experiments/peers/allocators.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "experiments/child/child.hpp"
#include "experiments/host/packages.hpp"
#include "experiments/host/sha256.hpp"
#include "experiments/peers/catalogue.hpp"
#include "record/files.hpp"
#include "record/input_error.hpp"

namespace rota::experiments {
namespace {

constexpr std::string_view preload = "LD_PRELOAD=";

// "NAME=value" of the environment: an allocator, or a setting of one.
bool concerns_allocators(std::string_view variable) {
  for (const std::string_view name :
       {preload, std::string_view("GLIBC_TUNABLES="), std::string_view("MALLOC_"), std::string_view("MIMALLOC_")}) {
    if (variable.starts_with(name)) return true;
  }
  return false;
}

// The package's file of this name; empty if it has none.
std::string file_of(const std::string& package, const std::string& name) {
  const ChildEnd end = run_child({"dpkg-query", "-L", package}, "", 10, Interrupt());
  if (end.kind != ChildEnd::Kind::exited || end.status != 0) return {};
  std::string_view lines = end.out;
  while (!lines.empty()) {
    const std::size_t length = std::min(lines.find('\n'), lines.size());
    const std::filesystem::path file(lines.substr(0, length));
    lines.remove_prefix(std::min(length + 1, lines.size()));
    std::error_code none;
    if (file.filename() == name && std::filesystem::exists(file, none)) return file;
  }
  return {};
}

}  // namespace

record::AllocatorFacts allocator_facts(const std::string& name) {
  const auto known = allocators();
  const auto found = std::ranges::find(known, name, &Allocator::name);
  if (found == known.end())
    throw record::InputError(fmt::format("expected an allocator that there is, got \"{}\"", name));
  record::AllocatorFacts facts;
  facts.package = found->package;
  const auto installed = installed_packages(std::span(&facts.package, 1));
  if (installed && installed->contains(facts.package)) facts.version = installed->at(facts.package);
  if (found->library.empty()) return facts;
  facts.missing = "package " + facts.package;
  if (facts.version.empty()) return facts;
  facts.library = file_of(facts.package, found->library);
  facts.missing = facts.library.empty() ? fmt::format("no {} in the package {}", found->library, facts.package) : "";
  if (!facts.library.empty()) facts.sha256 = sha256_hex(record::read_file(facts.library));
  return facts;
}

std::vector<std::string> cell_environment(const std::string& library) {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!concerns_allocators(*variable)) result.emplace_back(*variable);
  }
  if (!library.empty()) result.push_back(fmt::format("{}{}", preload, library));
  return result;
}

std::vector<std::string> left_out_variables() {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    if (concerns_allocators(text)) result.emplace_back(text.substr(0, text.find('=')));
  }
  std::ranges::sort(result);
  return result;
}

}  // namespace rota::experiments
