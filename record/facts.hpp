// What a run knows of the programs and libraries of others that took part, and of the machines that it simulated: plain
// data.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rota::record {

// What a policy has unless its definition says otherwise: nothing is preloaded.
inline constexpr std::string_view own_allocator = "glibc";

// Of an allocator.
struct AllocatorFacts {
  std::string missing;  // why there is no library: "package libmimalloc2.0"; empty if there is one
  std::string package;  // Debian's
  std::string version;  // the package's; empty where no dpkg tells
  std::string library;  // the file that is preloaded; empty: nothing is
  std::string sha256;   // of that file
  friend bool operator==(const AllocatorFacts&, const AllocatorFacts&) = default;
};

// Of a peer's program: what the record of its build holds, and a run's manifest.
struct PeerFacts {
  std::string title;
  std::string missing;  // why there is no program: "not built", "package libtbb-dev"; empty if there is one
  std::string version;  // "1.24.2", as its start line says it
  std::string compiler;
  std::string program;                          // in the folder where peers are built
  std::string sha256;                           // of the program
  std::map<std::string, std::string> packages;  // name → version
  friend bool operator==(const PeerFacts&, const PeerFacts&) = default;
};

// Of a simulated machine.
struct MachineFacts {
  struct Source {
    std::string table;  // of the machine's file: "load", "costs", …
    std::string sentence;
    friend bool operator==(const Source&, const Source&) = default;
  };
  std::string text;             // its file, whole
  std::string summary;          // half a sentence
  std::vector<Source> sources;  // where the figures of each table come from, in the order of the file
  friend bool operator==(const MachineFacts&, const MachineFacts&) = default;
};

// How a policy is called that has no label: "peer:tokio", "peer:tokio mimalloc".
[[nodiscard]] inline std::string default_label(std::string_view use, std::string_view allocator) {
  std::string label(use);
  if (allocator != own_allocator) label.append(" ").append(allocator);
  return label;
}

}  // namespace rota::record
