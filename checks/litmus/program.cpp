// Reading litmus programs from text.
#include "checks/litmus/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace rota::checks::litmus {
namespace {

constexpr std::string_view location_names = "xyz";

[[noreturn]] void refuse(std::string_view word, std::string_view wanted) {
  throw std::invalid_argument(fmt::format("litmus program: '{}' where {} was expected", word, wanted));
}

std::uint8_t location(std::string_view word) {
  const std::size_t at = word.size() == 1 ? location_names.find(word[0]) : std::string_view::npos;
  if (at == std::string_view::npos) refuse(word, "x, y or z");
  return static_cast<std::uint8_t>(at);
}

std::uint64_t digit(std::string_view word, std::string_view wanted, std::uint64_t below) {
  if (word.size() != 1 || word[0] < '0' || word[0] > '9') refuse(word, wanted);
  const auto value = static_cast<std::uint64_t>(word[0] - '0');
  if (value >= below) refuse(word, wanted);
  return value;
}

Kind kind(const std::string& word) {
  constexpr std::string_view letters = "RWXACF";
  constexpr Kind kinds[] = {Kind::load, Kind::store, Kind::exchange, Kind::fetch_add, Kind::compare_exchange,
                            Kind::fence};
  const std::size_t at = letters.find(word[0]);
  if (at == std::string_view::npos) refuse(word, "an operation (R, W, X, A, C or F)");
  return kinds[at];
}

Order order(const std::string& word, Kind kind) {
  const std::string_view suffix = std::string_view(word).substr(1);
  if (suffix.empty()) return Order::relaxed;
  if (suffix == "acq" && reads(kind)) return Order::acquire;
  if (suffix == "rel" && kind != Kind::load && kind != Kind::fence) return Order::release;
  if (suffix == "ar" && reads(kind) && kind != Kind::load) return Order::acq_rel;
  refuse(word, "an order this operation can have");
}

Operation parse_operation(const std::string& text) {
  std::istringstream in(text);
  std::string word;
  if (!(in >> word)) refuse(text, "an operation");
  Operation op;
  op.kind = kind(word);
  op.order = order(word, op.kind);
  const auto next = [&] { return word.clear(), in >> word, std::string_view(word); };
  if (op.kind != Kind::fence) op.location = location(next());
  if (op.kind == Kind::compare_exchange) op.expected = digit(next(), "a digit", 10);
  if (op.kind != Kind::fence && op.kind != Kind::load) op.value = digit(next(), "a digit", 10);
  if (in >> word) {
    if (!reads(op.kind) || word[0] != 'r') refuse(word, "the end of the operation");
    op.target = static_cast<int>(digit(std::string_view(word).substr(1), "r0 to r7", max_registers));
  }
  if (op.kind == Kind::load && op.target < 0) refuse(text, "a load with its register");
  if (in >> word) refuse(word, "the end of the operation");
  return op;
}

std::vector<std::string> split(std::string_view text, std::string_view by) {
  std::vector<std::string> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(by, at);
    parts.emplace_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return parts;
    at = end + by.size();
  }
}

}  // namespace

Program parse(std::string_view text, std::string_view finals) {
  Program program;
  unsigned written = 0;
  for (const std::string& thread : split(text, "||")) {
    auto& operations = program.threads.emplace_back();
    for (const std::string& part : split(thread, ";")) {
      const Operation op = operations.emplace_back(parse_operation(part));
      if (op.target < 0) continue;
      if ((written >> op.target & 1U) != 0) refuse(part, "a register that is not yet written");
      written |= 1U << op.target;
      program.registers = std::max(program.registers, static_cast<unsigned>(op.target) + 1);
    }
  }
  if (written != (1U << program.registers) - 1) refuse(text, "a program without gaps in its registers");
  if (program.threads.size() > max_threads) refuse(text, "at most four threads");
  for (const char name : finals) program.finals.push_back(location(std::string_view(&name, 1)));
  return program;
}

std::string outcome(const Program& program, const std::uint64_t* registers, const std::uint64_t* memory) {
  std::string text;
  for (unsigned i = 0; i < program.registers; ++i) text += fmt::format("r{}={} ", i, registers[i]);
  for (const std::uint8_t at : program.finals) text += fmt::format("{}={} ", location_names[at], memory[at]);
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace rota::checks::litmus
