// Judges a cell by how its program ended and by every line that it printed.
#include "experiments/run/cell_run.hpp"

#include <cmath>
#include <csignal>
#include <cstring>

#include "record/json_text.hpp"
#include "record/request_json.hpp"

namespace rota::experiments {
namespace {

// What the lines say, before the way in which the program ended is looked at.
struct Talk {
  std::vector<record::Json> lines;
  std::string fault;          // the first line that breaks the protocol
  std::string wrong_answers;  // "tasks: expected 1000, got 999"
  std::string status;         // of the end line
  bool started = false;       // there was a start line
  std::string runtime;        // that it named
  std::size_t metrics = 0;
};

void take_metric(const record::JsonObject& line, Talk& talk) {
  for (const char* key : {"metric", "unit"}) (void)line.text(key);
  (void)line.natural("iterations", ~std::uint64_t{0});
  if (!std::isfinite(line.number("value"))) line.fail("value", "a finite number", "another");
  ++talk.metrics;
}

void take_check(const record::JsonObject& line, Talk& talk) {
  const std::string name = line.text("name");
  const std::string expected = line.text("expected");
  const std::string got = line.text("got");
  if (line.flag("ok")) return;
  talk.wrong_answers +=
      fmt::format("{}{}: expected {}, got {}", talk.wrong_answers.empty() ? "" : "; ", name, expected, got);
}

void take_matrix(const record::JsonObject& line) {
  (void)line.text("name");
  (void)line.rows("rows");
}

void take_start(const record::JsonObject& line, Talk& talk) {
  if (line.natural("protocol", 1'000'000) != record::cell_protocol) line.fail("protocol", "1", "another");
  if (line.has("pinned")) (void)line.flag("pinned");
  if (line.has("runtime")) talk.runtime = line.text("runtime");
  talk.started = true;
}

void take(const record::JsonObject& line, Talk& talk) {
  const std::string kind = line.text("kind");
  if (!talk.status.empty()) line.fail("kind", "no line after the end line", "\"" + kind + "\"");
  if (kind == "metric") return take_metric(line, talk);
  if (kind == "check") return take_check(line, talk);
  if (kind == "matrix") return take_matrix(line);
  if (kind == "start") return take_start(line, talk);
  if (kind != "end") line.fail("kind", "start, metric, check, matrix or end", "\"" + kind + "\"");
  talk.status = line.text("status");
  if (talk.status != "ok" && talk.status != "wrong") line.fail("status", "ok or wrong", "\"" + talk.status + "\"");
}

Talk listen(std::string_view out) {
  Talk talk;
  for (std::size_t number = 1; !out.empty(); ++number) {
    const std::size_t end = std::min(out.find('\n'), out.size());
    const std::string_view text = out.substr(0, end);
    out.remove_prefix(std::min(end + 1, out.size()));
    if (text.empty()) continue;
    record::Json json = record::Json::parse(text, nullptr, false);
    if (!json.is_object()) {
      if (talk.fault.empty()) talk.fault = fmt::format("line {}: expected a JSON object", number);
      talk.lines.push_back(record::Json{{"kind", "garbage"}, {"text", std::string(text.substr(0, error_limit))}});
      continue;
    }
    try {
      take({json, fmt::format("line {}", number)}, talk);
    } catch (const record::InputError& error) {
      if (talk.fault.empty()) talk.fault = error.what();
    }
    talk.lines.push_back(std::move(json));
  }
  return talk;
}

std::string last_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::size_t begin = text.rfind('\n');
  return begin == std::string::npos ? text : text.substr(begin + 1);
}

using Verdict = std::pair<record::Outcome, std::string>;

Verdict verdict_of_exit(const Talk& talk, const ChildEnd& end) {
  const std::string last = last_line(end.err);
  const std::string because = last.empty() ? "" : ": " + last;
  if (end.status == 2) return {record::Outcome::refused, last.empty() ? "exit status 2" : last};
  if (end.status > 1) return {record::Outcome::crashed, fmt::format("exit status {}{}", end.status, because)};
  if (!talk.fault.empty()) return {record::Outcome::crashed, "broke the protocol: " + talk.fault};
  if (!talk.wrong_answers.empty()) return {record::Outcome::wrong, talk.wrong_answers};
  if (talk.status.empty())
    return {record::Outcome::crashed, fmt::format("exit status {} without an end line{}", end.status, because)};
  if (talk.status == "wrong" || end.status == 1)
    return {record::Outcome::wrong, "it says that its answer is wrong" + because};
  if (talk.metrics == 0) return {record::Outcome::crashed, "broke the protocol: no metric line"};
  return {record::Outcome::ok, ""};
}

// "tokio 1.24.2" is of the version "1.24.2".
bool is_of_version(const std::string& runtime, const std::string& version) {
  return runtime.substr(runtime.rfind(' ') + 1) == version;
}

Verdict verdict_of(const Talk& talk, const ChildEnd& end, double timeout_s, const std::string& version) {
  if (!version.empty() && talk.started && !is_of_version(talk.runtime, version))
    return {record::Outcome::refused,
            fmt::format("expected version {}, as the manifest says, got {}", version,
                        talk.runtime.empty() ? "a start line without a runtime" : talk.runtime)};
  switch (end.kind) {
    case ChildEnd::Kind::signalled:
      return {record::Outcome::crashed, fmt::format("signal {} ({})", end.status, ::strsignal(end.status))};
    case ChildEnd::Kind::expired:
      return {record::Outcome::hung, fmt::format("still running after {:g} s", timeout_s)};
    case ChildEnd::Kind::overflowed:
      return {record::Outcome::crashed,
              fmt::format("broke the protocol: more than {} MiB of output", output_limit >> 20)};
    default:
      return verdict_of_exit(talk, end);
  }
}

record::Json outcome_line(const Verdict& verdict, double wall_s, record::Json exit, const std::string& err) {
  return record::Json{{"kind", "outcome"},        {"outcome", std::string(to_text(verdict.first))},
                      {"detail", verdict.second}, {"wall_s", wall_s},
                      {"exit", std::move(exit)},  {"stderr", err}};
}

CellEnd end_of(const std::vector<record::Json>& lines) {
  CellEnd result;
  for (const auto& line : lines) result.file += record::one_line(line) + "\n";
  result.result = record::parse_cell_file(result.file, "cell");
  return result;
}

}  // namespace

CellEnd judge(const ChildEnd& end, double timeout_s, const std::string& version) {
  Talk talk = listen(end.out);
  const Verdict verdict = verdict_of(talk, end, timeout_s, version);
  const bool by_itself = end.kind == ChildEnd::Kind::exited;
  talk.lines.push_back(
      outcome_line(verdict, end.wall_s, by_itself ? record::Json(end.status) : record::Json(nullptr), end.err));
  return end_of(talk.lines);
}

CellEnd not_started(record::Outcome outcome, const std::string& detail) {
  return end_of({outcome_line({outcome, detail}, 0, nullptr, "")});
}

std::string cell_input(const record::Manifest& manifest, const record::PlannedCell& cell) {
  return to_json(record::whole_request(manifest, cell)) + "\n";
}

}  // namespace rota::experiments
