// A closed loop over TCP: connections over loopback, a client task and a server task for each, all in one runtime. A
// client asks again when it has its answer, so latency is from the actual start and load follows speed.
//
//   Serve    (Socket accepted) -> Job<E, std::uint64_t>: a server, until the other side closes; counts what it likes.
//   Client   made by make_client(id); client(fd, round) -> Job<E, bool> asks once and says if the answer was right.
#pragma once

#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "reactor/socket.hpp"
#include "runtime/executor.hpp"
#include "runtime/io.hpp"
#include "runtime/sync/latch.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

// A socket that the runtime's reactor knows, until it is closed.
template <Env E> class Attached {
 public:
  Attached(Executor<E>& executor, Socket socket) : reactor_(&executor.reactor()), socket_(std::move(socket)) {
    reactor_->attach(socket_.fd());
  }
  Attached(Attached&& other) noexcept = default;
  Attached& operator=(Attached&&) = delete;
  ~Attached() {
    if (socket_) reactor_->detach(socket_.fd());
  }
  [[nodiscard]] int fd() const noexcept { return socket_.fd(); }

 private:
  Reactor* reactor_;
  Socket socket_;
};

// False if the connection failed.
template <Env E> Job<E, bool> send_all(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const std::int64_t sent = co_await send<E>(fd, bytes);
    if (sent < 0) co_return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  co_return true;
}

template <Env E, class Serve>
Job<E, std::uint64_t> accept_all(Executor<E>& executor, int listener, std::uint64_t connections, Serve serve) {
  std::vector<JoinHandle<E, std::uint64_t>> servers;
  servers.reserve(connections);
  while (servers.size() < connections) {
    const std::int64_t fd = co_await accept<E>(listener);
    if (fd < 0) throw std::system_error(static_cast<int>(-fd), std::generic_category(), "cannot accept a connection");
    servers.push_back(executor.spawn(serve(Socket(static_cast<int>(fd)))));
  }
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

// Returns how many right answers it got, and writes how long each took. Never throws: the others would wait for it.
template <Env E, class Client>
Job<E, std::uint64_t> talk(const Attached<E>& connection, std::uint16_t port, std::span<std::int64_t> latencies,
                           StartLine<E>& line, Client client) {
  const sockaddr_in address = loopback(port);
  const bool connected = co_await connect<E>(connection.fd(), bytes(address)) == 0;
  line.ready.count_down();
  co_await line.go.wait();
  std::uint64_t right = 0;
  for (std::int64_t& latency : latencies) {
    const TimePoint start = E::now();
    if (!connected || !co_await client(connection.fd(), right)) break;
    latency = (E::now() - start).count();
    ++right;
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
  const Attached<E> listener(executor, listen_loopback(static_cast<int>(connections)));
  const std::uint16_t port = port_of(listener.fd());
  auto acceptor = executor.spawn(accept_all<E>(executor, listener.fd(), connections, serve));
  std::vector<Attached<E>> sockets;
  std::vector<JoinHandle<E, std::uint64_t>> clients;
  sockets.reserve(connections);
  clients.reserve(connections);
  const std::size_t rounds = latencies.size() / connections;
  for (std::uint32_t i = 0; i < connections; ++i) {
    sockets.emplace_back(executor, stream_socket());
    host::reset_on_close(sockets.back().fd());
    clients.push_back(
        executor.spawn(talk<E>(sockets.back(), port, latencies.subspan(i * rounds, rounds), line, make_client(i))));
  }
  co_await line.ready.wait();

  Conversation result;
  const TimePoint start = E::now();
  line.go.set();
  for (auto& client : clients) result.answered += co_await client;
  result.time = E::now() - start;

  sockets.clear();                                            // the servers see the end of their streams
  if (result.answered < latencies.size()) acceptor.cancel();  // one that failed may never have connected
  try {
    result.served = co_await acceptor;
  } catch (const TaskCancelled&) {
    result.served = 0;
  }
  co_return result;
}

}  // namespace rota::workloads
