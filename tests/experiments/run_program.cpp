// A program that a test can kill: begins a run of a definition and runs its cells.
// Arguments: the definition, the folder for runs, the cell program.
#include <cstdio>

#include "experiments/definition/read.hpp"
#include "experiments/run/runner.hpp"

int main(int argc, char** argv) {
  using namespace rota::experiments;
  if (argc != 4) return 2;
  const auto folder = begin_run(read_definition(argv[1]), argv[2]);
  std::printf("%s\n", folder.c_str());
  std::fflush(stdout);
  return continue_run(folder, {argv[3]}, nullptr).interrupted ? 130 : 0;
}
