// The oracle of the litmus tests: the outcomes of a program by the axioms of RC11, found by writing down every
// candidate execution and keeping those that obey. It shares nothing with the explored world, which never sees an
// axiom.
//
// The axioms (Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing Sequential Consistency in C/C++11, PLDI 2017), for
// programs whose accesses are all atomic and whose only sequentially consistent operation is the full fence:
//   rb  = rf⁻¹ ; mo                             eco = (rf ∪ mo ∪ rb)⁺
//   rs  = [W] ; (rf ; [RMW])*                   a release sequence: its head and read-modify-writes only, as in C++20
//   sw  = ([W rel] ∪ [F] ; sb ; [W]) ; rs ; rf ; ([R acq] ∪ [R] ; sb ; [F])
//   hb  = (sb ∪ sw)⁺
//   coherence       hb ; eco? has no pair of an event with itself
//   atomicity       nothing stands in mo between what a read-modify-write reads and what it writes; since it is one
//                   event here, that is to say that eco has no pair of an event with itself
//   SC              [F] ; (hb ∪ hb ; eco ; hb) ; [F] is acyclic
//   no thin air     sb ∪ rf is acyclic: RC11 has no load buffering
// The explored world takes steps one after the other, so for it fences too stand in one order with sb and rf:
//   in steps        sb ∪ rf ∪ psc is acyclic, where psc is the relation of the axiom SC
// This differs from RC11 only where fences in two threads show that a third one's load and later store, which do not
// synchronise, changed places: load buffering again. It is a named limit of the explored world and pinned by a test.
// Locations begin as 0; the initial stores come before everything in sb.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "checks/litmus/program.hpp"

namespace rota::checks::litmus {

enum class Model : std::uint8_t {
  sc,         // interleavings; each load reads the newest store
  stepwise,   // rc11 and "in steps": what the explored world shows
  rc11,       // the axioms of the paper
  buffering,  // rc11 without its last axiom: what C++20 leaves open and some processors do
};

using Outcomes = std::set<std::string>;

// Every outcome the model allows. Exponential in the size of the program; at most 21 operations.
[[nodiscard]] Outcomes allowed(const Program& program, Model model);

}  // namespace rota::checks::litmus
