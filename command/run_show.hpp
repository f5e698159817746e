// What `rota run` says: what it would do, and what came of it; as text for people and as JSON for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "experiments/definition/definition.hpp"
#include "experiments/run/runner.hpp"
#include "record/run.hpp"

namespace rota::command {

// One JSON document on standard output; bytes that are not UTF-8 are replaced.
void print_json(const nlohmann::ordered_json& json);
[[nodiscard]] std::string text_of(const nlohmann::ordered_json& json);

// What is in a definition: name, question, analysis, file, worlds, policies, workloads, workers, placements,
// repetitions.
[[nodiscard]] nlohmann::ordered_json to_json(const experiments::Definition& definition);

// The cells of one block, and how long all take.
void print_plan(const experiments::Definition& definition);
[[nodiscard]] nlohmann::ordered_json plan_json(const experiments::Definition& definition);

// The tables of figures and claims, what is missing and how to get it, what failed.
void print_run(const record::Run& run, const experiments::RunEnd& end);
// The same as an object (docs/json.md).
[[nodiscard]] nlohmann::ordered_json run_json(const record::Run& run);

}  // namespace rota::command
