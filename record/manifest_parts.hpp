// Private to this folder: the parts of a manifest that are tables of their own, as JSON: labels, charts, claims, facts
// of peers, allocators and machines.
#pragma once

#include <string>
#include <string_view>

#include "record/json_text.hpp"
#include "record/manifest.hpp"

namespace rota::record {

[[nodiscard]] Json json_of(const ReportChart& chart);
[[nodiscard]] ReportChart chart_from(const JsonObject& object);

// Only what is set.
[[nodiscard]] Json json_of(const Claim& claim);
[[nodiscard]] Claim claim_from(const JsonObject& object);

[[nodiscard]] Json json_of(const PeerFacts& facts);
[[nodiscard]] PeerFacts peer_from(const JsonObject& object);

[[nodiscard]] Json json_of(const AllocatorFacts& facts);
[[nodiscard]] AllocatorFacts allocator_from(const JsonObject& object);

[[nodiscard]] Json json_of(const MachineFacts& facts);
[[nodiscard]] MachineFacts machine_from(const JsonObject& object);

[[nodiscard]] Json json_of(const Label& label);
[[nodiscard]] Label label_from(const JsonObject& object);

[[nodiscard]] Json json_of(const NotSpoken& pair);
[[nodiscard]] NotSpoken not_spoken_from(const JsonObject& object);

// The record of a peer's build: its name and what json_of() says, as the text of a file.
[[nodiscard]] std::string record_text(const std::string& name, const PeerFacts& facts);
// Throws InputError with `file` at its beginning.
[[nodiscard]] PeerFacts record_from(std::string_view text, const std::string& file);

}  // namespace rota::record
