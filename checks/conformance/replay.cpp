// Writing, reading and running replay strings.
#include "checks/conformance/replay.hpp"

#include <fmt/format.h>

#include <array>

#include "checks/conformance/explore_program.hpp"

namespace rota::checks {
namespace {

constexpr std::string_view version = "rota2";
constexpr std::array<std::string_view, 2> memory_names{"sc", "relaxed"};  // in the order of explored::Memory

// FNV-1a, folded to 16 bits: a slip of the hand shows, nothing more is asked of it.
std::string checksum(std::string_view subject, std::string_view program) {
  std::uint32_t hash = 2166136261U;
  for (const std::string_view part : {subject, std::string_view("/"), program}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return fmt::format("{:04x}", (hash ^ (hash >> 16)) & 0xffffU);
}

}  // namespace

std::string replay_text(const Subject& subject, explored::Memory memory, const Program& program,
                        std::string_view schedule) {
  const std::string text = to_text(program);
  return fmt::format("{}/{}/{}/{}/{}/{}", version, subject.name, memory_names[static_cast<std::size_t>(memory)], text,
                     checksum(subject.name, text), schedule);
}

ParsedReplay parse_replay(std::string_view text) {
  ParsedReplay result;
  std::array<std::string_view, 6> parts;
  std::string_view rest = text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = i + 1 < parts.size() ? rest.find('/') : std::string_view::npos;
    parts[i] = rest.substr(0, end);
    if (i == 0 && parts[0] != version) {
      result.error = fmt::format("the replay string is of another version: it begins with '{}', this build reads {}",
                                 parts[0], version);
      return result;
    }
    if (end == std::string_view::npos && i + 1 < parts.size()) {
      result.error =
          fmt::format("the replay string is cut off: expected {}/SUBJECT/MEMORY/PROGRAM/CHECKSUM/SCHEDULE", version);
      return result;
    }
    if (end != std::string_view::npos) rest.remove_prefix(end + 1);
  }
  const auto [version_part, subject, memory, program, sum, schedule] = parts;
  result.subject = subject;
  result.schedule = schedule;
  if (memory != memory_names[0] && memory != memory_names[1]) {
    result.error = fmt::format("the replay string's memory is '{}': expected sc or relaxed", memory);
    return result;
  }
  result.memory = memory == memory_names[0] ? explored::Memory::sc : explored::Memory::relaxed;
  auto [parsed, error] = parse_program(program);
  result.program = std::move(parsed);
  if (!error.empty()) {
    result.error = fmt::format("the replay string's program is wrong: {}", error);
  } else if (checksum(subject, program) != sum) {
    result.error = "the replay string's schedule belongs to another subject or program: its checksum differs";
  }
  return result;
}

Replayed replay(const Subject& subject, std::string_view text) {
  Replayed result;
  const ParsedReplay parsed = parse_replay(text);
  result.error = parsed.error;
  if (result.error.empty() && parsed.subject != subject.name)
    result.error = fmt::format("the replay string is of the subject {}, not of {}", parsed.subject, subject.name);
  const std::string misfit = subject.one_thread ? problem_in_one_thread(parsed.program) : "";
  if (result.error.empty() && !misfit.empty())
    result.error = fmt::format("the replay string's program does not fit {}: {}", subject.name, misfit);
  if (!result.error.empty()) return result;

  explored::Options options;
  options.memory = parsed.memory;
  options.method = explored::Method::replay;
  options.schedule = parsed.schedule;
  options.max_executions = 1;
  explored::Verdict verdict = explore_program(subject, parsed.program, options);
  result.failed = !verdict.passed;
  result.failure = std::move(verdict.failure);
  if (result.failed && result.failure.id == "diverged")
    result.error = fmt::format(
        "the schedule does not fit: the code of {} or of the runtime is not that in which it was "
        "found ({})",
        subject.name, result.failure.sentence);
  return result;
}

}  // namespace rota::checks
