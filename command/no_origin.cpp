// The origin of the program that simulates: it looks for nothing that is shipped, and the manifest asks rota for it.
#include "experiments/input/origin.hpp"

rota::experiments::Origin rota::experiments::origin() { return {}; }
