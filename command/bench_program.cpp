// Runs a program of micro benchmarks and reads what it prints.
#include "command/bench_program.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "experiments/child/child.hpp"

namespace rota::command {
namespace {

using experiments::ChildEnd;

constexpr double list_limit_s = 60, run_limit_s = 300;

// A regular expression that only this name matches.
std::string exactly(const std::string& name) {
  std::string pattern = "^";
  for (const char c : name) {
    if (std::string_view(R"(\^$.|?*+()[]{})").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern + "$";
}

double nanoseconds(const nlohmann::json& told) {
  static const std::map<std::string, double> units{{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
  return told.at("real_time").get<double>() * units.at(told.at("time_unit").get<std::string>());
}

}  // namespace

std::string BenchProgram::output_of(std::vector<std::string> options, double limit_s) const {
  options.insert(options.begin(), path_);
  const ChildEnd end = experiments::run_child(options, "", limit_s, interrupt_);
  if (end.kind == ChildEnd::Kind::interrupted) throw std::runtime_error("interrupted");
  if (end.kind == ChildEnd::Kind::exited && end.status == 0) return end.out;
  const std::string how = end.kind == ChildEnd::Kind::exited      ? fmt::format("ended with status {}", end.status)
                          : end.kind == ChildEnd::Kind::signalled ? fmt::format("ended by signal {}", end.status)
                          : end.kind == ChildEnd::Kind::expired   ? "took too long"
                                                                  : "printed too much";
  throw std::runtime_error(fmt::format("{} {} {}: {}", path_, options[1], how, end.err.substr(0, end.err.find('\n'))));
}

std::vector<std::string> BenchProgram::names(const std::string& filter) const {
  std::istringstream lines(output_of({"--benchmark_list_tests=true", "--benchmark_filter=" + filter}, list_limit_s));
  std::vector<std::string> names;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) names.push_back(line);
  }
  return names;
}

double BenchProgram::time(const std::string& benchmark, double min_time_s) const {
  const std::string told = output_of({"--benchmark_filter=" + exactly(benchmark), "--benchmark_format=json",
                                      fmt::format("--benchmark_min_time={}", min_time_s)},
                                     run_limit_s);
  try {
    const auto one = nlohmann::json::parse(told).at("benchmarks").at(0);
    if (one.value("error_occurred", false)) throw std::runtime_error(one.value("error_message", ""));
    return nanoseconds(one);
  } catch (const std::exception& error) {
    throw std::runtime_error(fmt::format("{}: {} gave no time: {}", path_, benchmark, error.what()));
  }
}

}  // namespace rota::command
