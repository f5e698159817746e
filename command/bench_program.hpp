// A program of micro benchmarks (Google Benchmark's command line), run from outside, one benchmark at a time.
#pragma once

#include <string>
#include <vector>

#include "experiments/child/interrupt.hpp"

namespace rota::command {

// All throw std::runtime_error if the program does not end well, or was interrupted.
class BenchProgram {
 public:
  BenchProgram(std::string path, const experiments::Interrupt& interrupt)  // which must outlive it
      : path_(std::move(path)), interrupt_(interrupt) {}

  // Those that the regular expression finds.
  [[nodiscard]] std::vector<std::string> names(const std::string& filter) const;
  // One of them, in ns, after at least so many seconds of it.
  [[nodiscard]] double time(const std::string& benchmark, double min_time_s) const;

 private:
  [[nodiscard]] std::string output_of(std::vector<std::string> options, double limit_s) const;

  std::string path_;
  const experiments::Interrupt& interrupt_;
};

}  // namespace rota::command
