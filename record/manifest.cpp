// Puts together what the manifest keeps apart.
#include "record/manifest.hpp"

namespace rota::record {

CellRequest whole_request(const Manifest& manifest, const PlannedCell& cell) {
  CellRequest request = cell.request;
  if (request.world != "real") request.machine = manifest.machines.at(request.machine_name);
  return request;
}

}  // namespace rota::record
