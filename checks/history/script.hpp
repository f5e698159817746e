// A script: a small program on one structure, as data and as one line of text.
//
// Text      [fences] CAPACITY[@FIRST] SETUP | THREAD 1 | THREAD 2 …
//           for example  4@-2 push:0 push:0 | push:0 pop:0 | steal_half:0:1
//           A call is NAME:OBJECT[:MORE]. MORE is the second object of steal_half, and the number of tasks of
//           push_chain and pop_batch. "fences": a full fence before and after each call. Tasks are numbered from 1 in
//           the order in which the text puts them in. FIRST is where a ring's cursors begin. Thread 0 makes the calls
//           of SETUP before it starts the others, and empties the structure after they ended.
// Owners    Of structures with owners, thread t owns object t - 1; thread 0 may stand in for any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "worlds/random.hpp"

namespace rota::checks::history {

struct Script {
  std::size_t capacity = 4;
  int first = 0;
  bool fences = false;
  std::size_t tasks = 0;                           // numbered 1 … tasks
  std::size_t objects = 1;                         // as many as the calls name
  std::vector<std::vector<Operation>> threads{1};  // [0]: the setup
};

// What the calls of one kind of structure may be.
struct Grammar {
  std::vector<Call> owner;   // made on one's own object; the first of them fills it
  std::vector<Call> anyone;  // made on any
  bool owned = false;        // thread t owns object t - 1; else all share object 0
};

// Throws std::invalid_argument with what was expected, and where.
[[nodiscard]] Script parse_script(std::string_view text, const Grammar& grammar);
[[nodiscard]] std::string draw_script(Random& random, const Grammar& grammar);

}  // namespace rota::checks::history
