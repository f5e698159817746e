// The records of `rota peers build`: what was built of the peers here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "experiments/peers/catalogue.hpp"
#include "record/facts.hpp"

namespace rota::experiments {

// Where peers are built: build/peers beside what is shipped.
[[nodiscard]] std::filesystem::path peers_folder();

// What the last build wrote down; whether its program is still there is not looked at. Throws InputError if the record
// is damaged.
[[nodiscard]] std::optional<record::PeerFacts> recorded(const std::string& name);
// The same, or why there is no program. Asks dpkg if there is none.
[[nodiscard]] record::PeerFacts facts_of(const Peer& peer);
// Replaces the record. Throws InputError if it cannot be written.
void write_record(const std::string& name, const record::PeerFacts& facts);

}  // namespace rota::experiments
