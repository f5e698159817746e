// A TCP echo server: echo_server HOST:PORT [POLICY]. It serves until its standard input ends.
#include <array>
#include <cstdio>
#include <exception>

#include "runtime/net/listener.hpp"
#include "schedulers/policies.hpp"
#include "worlds/real.hpp"
#include "worlds/topology.hpp"

namespace {

using namespace rota;
using E = env::Real;  // real threads, real time

// One task for each connection.
Job<E> echo(Stream<E> client) {
  std::array<std::byte, 4096> buffer;
  while (const std::size_t got = co_await client.read(buffer)) co_await client.write_all(std::span(buffer).first(got));
}

Job<E> serve(Executor<E>& executor, const Listener<E>& listener) {
  for (;;) executor.spawn_detached(echo(co_await listener.accept()));
}

int run(const char* address, const char* policy_name) {
  const auto* policy = find(schedulers::policies_in<E>(), policy_name);
  if (policy == nullptr) {
    std::fprintf(stderr, "echo_server: there is no policy '%s'\n", policy_name);
    return 2;
  }
  const auto executor = policy->start(Placement(Topology::host(), "none", 2), {}, {});  // two workers, not pinned
  const Listener<E> listener(*executor, resolve(address));
  std::printf("listening on %s under %s\n", listener.address().text().c_str(), policy_name);
  std::fflush(stdout);
  auto serving = executor->spawn(serve(*executor, listener));
  while (!serving.ended() && std::getchar() != EOF) {
  }
  executor->shutdown();  // cancels whoever still waits, before the listener goes
  const Counters tasks = executor->counters();
  std::printf("%lu tasks, %lu of them cancelled\n", tasks.spawned, tasks.cancelled);
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2 && argc != 3) {
    std::fputs("usage: echo_server HOST:PORT [POLICY]\n", stderr);
    return 2;
  }
  return run(argv[1], argc == 3 ? argv[2] : "work-stealing");
} catch (const std::exception& error) {
  std::fprintf(stderr, "echo_server: %s\n", error.what());
  return 2;
}
