// The operators new and delete of every program that simulates: while a simulated thread runs they serve from its
// memory, which takes back what is deleted.
#include "worlds/simulated/memory.hpp"

using Source = rota::simulated::Memory;

#include "worlds/replace_new.hpp"
