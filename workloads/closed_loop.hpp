// A closed loop over TCP: connections over loopback, a client task and a server task for each, all in one runtime. A
// client asks again when it has its answer, so latency is from the actual start and load follows speed.
//
//   Serve    (Stream<E> client) -> Job<E, std::uint64_t>: a server, until the other side closes or resets the
//            connection; counts what it likes, and does not throw.
//   Client   made by make_client(id); client(stream, round) -> Job<E, bool> asks once and says if the answer was right.
#pragma once

#include <optional>
#include <span>
#include <system_error>
#include <vector>

#include "runtime/net/listener.hpp"
#include "runtime/sync/latch.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E, class Serve>
Job<E, std::uint64_t> accept_all(Executor<E>& executor, const Listener<E>& listener, std::uint64_t connections,
                                 Serve serve) {
  std::vector<JoinHandle<E, std::uint64_t>> servers;
  servers.reserve(connections);
  while (servers.size() < connections) servers.push_back(executor.spawn(serve(co_await listener.accept())));
  std::uint64_t served = 0;
  for (auto& server : servers) served += co_await server;
  co_return served;
}

// Where the clients wait until all are connected.
template <Env E> struct StartLine {
  explicit StartLine(std::uint64_t clients) : ready(clients) {}
  Latch<E> ready;
  Event<E> go;
};

// Returns how many right answers it got, and writes how long each took. The connection is left to the caller, who
// closes it when all have ended. Never throws: the others would wait for it.
template <Env E, class Client>
Job<E, std::uint64_t> talk(Executor<E>& executor, const SocketAddress& server, std::optional<Stream<E>>& connection,
                           std::span<std::int64_t> latencies, StartLine<E>& line, Client client) {
  try {
    connection.emplace(co_await Stream<E>::connect(executor, server));
    host::reset_on_close(connection->fd());
  } catch (const std::system_error&) {  // then there will be no answers
  }
  line.ready.count_down();
  co_await line.go.wait();
  std::uint64_t right = 0;
  if (!connection) co_return right;
  try {
    for (std::int64_t& latency : latencies) {
      const TimePoint start = E::now();
      if (!co_await client(*connection, right)) break;
      latency = (E::now() - start).count();
      ++right;
    }
  } catch (const std::system_error&) {  // a connection that failed gives no more of them
  }
  co_return right;
}

struct Conversation {
  std::uint64_t answered = 0, served = 0;  // as the clients and as the servers count
  Duration time{};                         // from the first request to the last answer
};

// `latencies` has one place for each request; each client has an equal share of them.
template <Env E, class Serve, class MakeClient>
Job<E, Conversation> converse(Executor<E>& executor, std::uint32_t connections, std::span<std::int64_t> latencies,
                              Serve serve, MakeClient make_client) {
  StartLine<E> line(connections);
  const Listener<E> listener(executor, loopback(0), static_cast<int>(connections));
  auto acceptor = executor.spawn(accept_all<E>(executor, listener, connections, serve));
  std::vector<std::optional<Stream<E>>> streams(connections);
  std::vector<JoinHandle<E, std::uint64_t>> clients;
  clients.reserve(connections);
  const std::size_t rounds = latencies.size() / connections;
  for (std::uint32_t i = 0; i < connections; ++i) {
    clients.push_back(executor.spawn(talk<E>(executor, listener.address(), streams[i],
                                             latencies.subspan(i * rounds, rounds), line, make_client(i))));
  }
  co_await line.ready.wait();

  Conversation result;
  const TimePoint start = E::now();
  line.go.set();
  for (auto& client : clients) result.answered += co_await client;
  result.time = E::now() - start;

  streams.clear();                                            // the servers see the end of their streams
  if (result.answered < latencies.size()) acceptor.cancel();  // one that failed may never have connected
  try {
    result.served = co_await acceptor;
  } catch (const TaskCancelled&) {
    result.served = 0;
  }
  co_return result;
}

}  // namespace rota::workloads
