// The operators new and delete of every program that explores: inside an execution they serve from its arena.
#include "worlds/virtual/arena.hpp"

using Source = rota::explore::Arena;

#include "worlds/replace_new.hpp"
