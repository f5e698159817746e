// Puts together what the manifest keeps apart.
#include "record/manifest.hpp"

namespace rota::record {

CellRequest whole_request(const Manifest& manifest, const PlannedCell& cell) {
  CellRequest request = cell.request;
  if (is_simulated(request.world)) request.machine = manifest.machines.at(request.machine_name).text;
  return request;
}

}  // namespace rota::record
