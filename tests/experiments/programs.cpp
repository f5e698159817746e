// The programs that CMake made for these tests.
#include "tests/experiments/programs.hpp"

namespace rota::experiments::testing {

constinit const char* const fake_cell = ROTA_FAKE_CELL;
constinit const char* const run_program = ROTA_RUN_PROGRAM;

}  // namespace rota::experiments::testing
