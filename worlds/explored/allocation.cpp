// The operators new and delete of every program that explores: inside an execution they serve from its arena.
#include "worlds/explored/arena.hpp"

using Source = rota::explored::Arena;

#include "worlds/replace_new.hpp"
