// HTTP/1.1 for the workload `http`: what its server answers, and whether an answer is the one that its client wants.
//
// The answer to a GET is a body of a given size that begins with the request's target. Connections are kept alive.
// Whole messages are looked for in what was received so far, and parsed by Boost.Beast.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rota::workloads::host {

// Appends a GET of this target, as a browser would send it.
void append_request(std::string& out, std::string_view target);

struct Served {
  std::size_t bytes = 0;       // of the whole requests at the beginning of what was received
  std::uint64_t requests = 0;  // how many those were
  bool last = false;           // the connection ends after their answers: asked for, or no HTTP GET
};
// Appends the answer to each whole request at the beginning of `received`, with bodies of `size` bytes.
[[nodiscard]] Served serve_requests(std::string_view received, std::uint32_t size, std::string& answers);

enum class Answer : std::uint8_t { partial, right, wrong };
// Right: `received` is the whole answer to a GET of `target`, and nothing else.
[[nodiscard]] Answer read_answer(std::string_view received, std::string_view target, std::uint32_t size);

}  // namespace rota::workloads::host
