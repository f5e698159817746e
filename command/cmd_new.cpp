// rota new: makes a policy, a workload or an experiment of one's own, out of the files in command/new: in the project
// that is here, or in a new one.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <sstream>

#include "command/command.hpp"
#include "experiments/definition/find.hpp"
#include "experiments/input/share.hpp"
#include "record/files.hpp"
#include "record/input_error.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"

namespace rota::command {
namespace {

namespace fs = std::filesystem;
using record::InputError;

// What is made: files of a kind, by their templates, and the lines that name them in the project's CMakeLists.txt.
struct Kind {
  const char* name;
  std::vector<std::pair<const char*, const char*>> files;  // template, and what its file's name ends in
};

const std::array kinds{
    Kind{"policy", {{"header.hpp.in", ".hpp"}, {"test.cpp.in", "_test.cpp"}, {"experiment.toml.in", ".toml"}}},
    Kind{"workload", {{"header.hpp.in", ".hpp"}, {"experiment.toml.in", ".toml"}}},
    Kind{"experiment", {{"experiment.toml.in", ".toml"}}},
};

fs::path templates() { return experiments::share_folder() / "command" / "new"; }

bool is_taken(const std::string& kind, const std::string& name) {
  if (kind == "policy") return find(schedulers::policies(), name) != nullptr;
  if (kind == "workload") return find(workloads::workloads(), name) != nullptr;
  return std::ranges::count(experiments::shipped_definitions(), name, &experiments::ShippedDefinition::name) > 0;
}

// "RandomPick" of "random-pick".
std::string class_of(const std::string& name) {
  std::string result;
  bool begins = true;
  for (const char c : name) {
    if (c != '-') result += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    begins = c == '-';
  }
  return result;
}

void check_name(const Kind& kind, const std::string& name) {
  if (!std::regex_match(name, std::regex("[a-z][a-z0-9]*(-[a-z0-9]+)*")))
    throw InputError(
        fmt::format("new {}: expected a name of small letters and digits, as random-pick, got '{}'", kind.name, name));
  if (is_taken(kind.name, name))
    throw InputError(fmt::format("new {0}: expected a name that no {0} has, got '{1}'", kind.name, name));
  const std::string used = record::read_file(templates() / kind.name / kind.files.front().first);
  if (std::regex_search(used, std::regex("\\b" + class_of(name) + "\\b")))
    throw InputError(
        fmt::format("new {}: expected a name whose class is called otherwise than what its header uses, "
                    "got '{}', of which it is {}",
                    kind.name, name, class_of(name)));
}

// Debian's packages that a build needs.
std::string packages() {
  std::istringstream lines(record::read_file(experiments::share_folder() / "cmake" / "packages.txt"));
  std::string all, line;
  while (std::getline(lines, line)) {
    std::string package, kind;
    if (std::istringstream(line) >> package >> kind && kind == "run") all += (all.empty() ? "" : " ") + package;
  }
  return all;
}

std::string filled(std::string text, const std::map<std::string, std::string>& values) {
  for (const auto& [key, value] : values) {
    for (std::size_t at = 0; (at = text.find(key, at)) != std::string::npos; at += value.size())
      text.replace(at, key.size(), value);
  }
  return text;
}

// The program of the project in this folder, by its CMakeLists.txt; nothing if that is none of ours.
std::optional<std::string> program_here() {
  std::smatch found;
  if (!fs::exists("CMakeLists.txt")) return std::nullopt;
  const std::string text = record::read_file("CMakeLists.txt");
  if (!std::regex_search(text, found, std::regex(R"((^|\n)[ \t]*rota_program\([ \t]*([^ \t\n)]+))")))
    return std::nullopt;
  return found[2];
}

using Files = std::vector<std::pair<fs::path, std::string>>;  // and their texts

Files files_of(const Kind& kind, const std::string& name, const fs::path& folder, bool here,
               const std::map<std::string, std::string>& values) {
  Files files;
  const auto add = [&](const fs::path& file, const fs::path& from) {
    files.emplace_back((folder / file).lexically_normal(), filled(record::read_file(templates() / from), values));
  };
  if (!here) {
    add("CMakeLists.txt", "project/CMakeLists.txt.in");
    add("README.md", "project/README.md.in");
    add(".gitignore", "project/gitignore.in");
  }
  for (const auto& [from, ending] : kind.files) {
    const bool is_source = std::string_view(ending) != ".toml";
    add((is_source ? values.at("@FILE@") : name) + ending, fs::path(kind.name) / from);
  }
  return files;
}

void write_all(const Files& files) {
  for (const auto& [file, text] : files) {
    if (fs::exists(fs::symlink_status(file)))
      throw InputError(fmt::format("new: expected no {}, got one; nothing was written", file.string()));
  }
  for (const auto& [file, text] : files) {
    if (file.has_parent_path()) fs::create_directories(file.parent_path());
    record::write_file_whole(file, text);
  }
}

// What CMake has to be told, where it does not look by itself.
std::string where_rota_is() {
  const fs::path share = experiments::shipped_folder();
  if (!fs::exists(share / "built-from")) return " -DCMAKE_PREFIX_PATH=PREFIX";
  const fs::path prefix = share.parent_path().parent_path();
  return prefix == "/usr" || prefix == "/usr/local" ? "" : " -DCMAKE_PREFIX_PATH=" + prefix.string();
}

void tell(const Files& files, const std::string& lines, const fs::path& folder, bool here) {
  for (const auto& [file, text] : files) fmt::print("made     {}\n", file.string());
  if (here) {
    fmt::print("added to CMakeLists.txt:\n{}\n", lines);
    return fmt::print(
        "To build and to test it:\n  cmake --build build\n  ctest --test-dir build --output-on-failure\n");
  }
  const std::string at = folder.string();
  fmt::print("\nTo build and to test it{}:\n", fs::exists(experiments::shipped_folder() / "built-from")
                                                   ? ""
                                                   : ", after './rota install PREFIX' in Rota's checkout");
  fmt::print(
      "  cmake -S {0} -B {0}/build -G Ninja -DCMAKE_CXX_COMPILER=clang++-19{1}\n  cmake --build {0}/build\n"
      "  ctest --test-dir {0}/build --output-on-failure\n",
      at, where_rota_is());
}

void make(const Kind& kind, const std::string& name) {
  check_name(kind, name);
  const auto program = program_here();
  const fs::path folder = program ? fs::path() : fs::path(name);
  if (!program && fs::exists(fs::symlink_status(folder)))
    throw InputError(fmt::format("new: expected no {} here, got one; nothing was written", name));
  std::string file = name;
  std::ranges::replace(file, '-', '_');
  const std::map<std::string, std::string> values{{"@NAME@", name},
                                                  {"@FILE@", file},
                                                  {"@CLASS@", class_of(name)},
                                                  {"@PROGRAM@", program.value_or("rota")},
                                                  {"@PACKAGES@", packages()}};
  const std::string lines = filled(record::read_file(templates() / kind.name / "rows.cmake.in"), values);
  Files files = files_of(kind, name, folder, program.has_value(), values);
  if (!program) files.front().second += lines;
  write_all(files);
  if (program) record::write_file_whole("CMakeLists.txt", record::read_file("CMakeLists.txt") + lines);
  tell(files, lines, folder, program.has_value());
}

}  // namespace

void add_new(CLI::App& app, Context&) {
  CLI::App* command = app.add_subcommand(
      "new", "Make a policy, a workload or an experiment of one's own: files that build, with a test");
  command->require_subcommand(1);
  command->footer(
      "In the folder of a project that 'rota new' made, it is added to that one; elsewhere a folder of its name is "
      "made.\n"
      "No file is ever overwritten.");
  for (const Kind& kind : kinds) {
    auto name = std::make_shared<std::string>();
    CLI::App* one = command->add_subcommand(kind.name, fmt::format("Make the {} NAME", kind.name));
    one->add_option("NAME", *name, "small letters, digits and -, as random-pick")->required();
    one->callback([&kind, name] { make(kind, *name); });
  }
}

}  // namespace rota::command
