// The operators new and delete of every program that explores: inside an execution they serve from its arena.
#include "worlds/explored/arena.hpp"
#include "worlds/replace_new.hpp"

ROTA_REPLACE_NEW(rota::explored::Arena)
