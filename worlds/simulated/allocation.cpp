// The operators new and delete of every program that simulates: while a simulated thread runs they serve from its
// memory, which takes back what is deleted.
#include "worlds/replace_new.hpp"
#include "worlds/simulated/memory.hpp"

ROTA_REPLACE_NEW(rota::simulated::Memory)
