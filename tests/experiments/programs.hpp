// Where the programs lie that these tests start.
#pragma once

namespace rota::experiments::testing {

extern const char* const fake_cell;    // measures nothing, and behaves as its workload's label says
extern const char* const run_program;  // begins a run

}  // namespace rota::experiments::testing
