// Programs drawn at random, and simpler programs than a given one. Every program they give keeps the rules (problem()).
#pragma once

#include <rapidcheck/Gen.h>

#include <vector>

#include "checks/conformance/program.hpp"
#include "checks/subject.hpp"

namespace rota::checks {

// Programs for a subject, which must outlive the generator: its guarantees and its world say what may be in them.
// RapidCheck's size, 0 to 100, bounds the number of tasks and steps.
[[nodiscard]] rc::Gen<Program> programs_for(const Subject& subject);

// Does a task of the program keep its worker until another has ended that the subject, with the settings of this
// program, does not promise to run meanwhile? Then a deadlock is the program's.
[[nodiscard]] bool asks_too_much(const Subject& subject, const Program& program);

// The program, and lazily all that follow from it by simpler().
[[nodiscard]] rc::Shrinkable<Program> shrinkable(const Program& program);

// Programs one step simpler, the boldest first: without early shutdown, a worker, the outside, a task, half of a task's
// steps, one step; with a step done in a simpler way.
[[nodiscard]] std::vector<Program> simpler(const Program& program);

// `program` without this task and without the steps that name it. Those that it spawned are spawned by main.
[[nodiscard]] Program without_task(const Program& program, std::size_t task);

}  // namespace rota::checks
