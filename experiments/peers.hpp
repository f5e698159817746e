// Peers: programs around runtimes of others that speak the cell protocol and stand where a policy stands. The catalogue
// says which there are, the records of `rota peers build` what was built of them here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rota::experiments {

// One table of workloads/peers/catalogue.toml; workloads/peers/README.md says what each key means.
struct Peer {
  std::string name, title, family, program;
  std::vector<std::string> packages;
  std::string version;  // the package whose version is the peer's
  std::string plays;    // a policy of Rota's own
  std::vector<std::string> workloads;
  std::uint32_t most_workers = 0;  // 0: any number
  bool own_memory = false;         // it does not use malloc

  [[nodiscard]] bool speaks(std::string_view workload) const;
  [[nodiscard]] bool can_have(std::uint32_t workers) const { return most_workers == 0 || workers <= most_workers; }
};

// What is known of a peer's program: what its record holds, and a run's manifest.
struct PeerFacts {
  std::string title;
  std::string missing;  // why there is no program: "not built", "package libtbb-dev"; empty if there is one
  std::string version;  // "1.24.2", as its start line says it
  std::string compiler;
  std::string program;                          // in peers_folder()
  std::string sha256;                           // of the program
  std::map<std::string, std::string> packages;  // name → version
  friend bool operator==(const PeerFacts&, const PeerFacts&) = default;
};

// "tokio" of "peer:tokio", which is what a definition calls it; nothing if `use` names a policy of Rota's own.
[[nodiscard]] std::optional<std::string> peer_name(std::string_view use);
[[nodiscard]] std::string peer_use(std::string_view name);

// In the catalogue's order; none if no catalogue is shipped. Throws InputError with file, line and key.
[[nodiscard]] std::vector<Peer> catalogue();

// Where peers are built: build/peers beside what is shipped.
[[nodiscard]] std::filesystem::path peers_folder();

// What the last build wrote down; whether its program is still there is not looked at. Throws InputError if the record
// is damaged.
[[nodiscard]] std::optional<PeerFacts> recorded(const std::string& name);
// The same, or why there is no program. Asks dpkg if there is none.
[[nodiscard]] PeerFacts facts_of(const Peer& peer);
// Replaces the record. Throws InputError if it cannot be written.
void write_record(const std::string& name, const PeerFacts& facts);

// Those of these Debian packages that are installed, with their versions; nothing where there is no dpkg.
[[nodiscard]] std::optional<std::map<std::string, std::string>> installed_packages(std::span<const std::string> names);

}  // namespace rota::experiments
