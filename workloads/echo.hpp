// echo: TCP connections over loopback, a client task and a server task for each, all in one runtime. A closed loop: a
// client sends its next request when it has the answer, so latency is from the actual start and load follows speed.
#pragma once

#include <cstring>
#include <string>
#include <system_error>

#include "reactor/socket.hpp"
#include "runtime/executor.hpp"
#include "runtime/io.hpp"
#include "runtime/sync/latch.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

// A socket that the runtime's reactor knows, until it is closed.
template <class E> class Attached {
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

// Sends back what comes, until the other side closes. Returns how many bytes that were.
template <class E> Job<E, std::uint64_t> serve(Executor<E>& executor, Socket accepted, std::uint32_t size) {
  const Attached<E> connection(executor, std::move(accepted));
  set_no_delay(connection.fd());
  std::vector<std::byte> buffer(size);
  std::uint64_t bytes = 0;
  for (;;) {
    const std::int64_t got = co_await receive<E>(connection.fd(), buffer);
    if (got <= 0) co_return bytes;
    std::span<const std::byte> rest(buffer.data(), static_cast<std::size_t>(got));
    while (!rest.empty()) {
      const std::int64_t sent = co_await send<E>(connection.fd(), rest);
      if (sent < 0) co_return bytes;
      rest = rest.subspan(static_cast<std::size_t>(sent));
      bytes += static_cast<std::uint64_t>(sent);
    }
  }
}

template <class E>
Job<E, std::uint64_t> accept_all(Executor<E>& executor, int listener, std::uint64_t connections, std::uint32_t size) {
  std::vector<JoinHandle<E, std::uint64_t>> servers;
  servers.reserve(connections);
  while (servers.size() < connections) {
    const std::int64_t fd = co_await accept<E>(listener);
    if (fd < 0) throw std::system_error(static_cast<int>(-fd), std::generic_category(), "cannot accept a connection");
    servers.push_back(executor.spawn(serve<E>(executor, Socket(static_cast<int>(fd)), size)));
  }
  std::uint64_t bytes = 0;
  for (auto& server : servers) bytes += co_await server;
  co_return bytes;
}

// Where the clients wait until all are connected.
template <class E> struct StartLine {
  explicit StartLine(std::uint64_t clients) : ready(clients) {}
  Latch<E> ready;
  Event<E> go;
};

// One request and its whole answer; false if the connection failed or the answer is not what was sent.
template <class E> Job<E, bool> exchange(int fd, std::span<const std::byte> request, std::span<std::byte> answer) {
  for (auto rest = request; !rest.empty();) {
    const std::int64_t sent = co_await send<E>(fd, rest);
    if (sent < 0) co_return false;
    rest = rest.subspan(static_cast<std::size_t>(sent));
  }
  for (auto rest = answer; !rest.empty();) {
    const std::int64_t got = co_await receive<E>(fd, rest);
    if (got <= 0) co_return false;
    rest = rest.subspan(static_cast<std::size_t>(got));
  }
  co_return std::memcmp(request.data(), answer.data(), request.size()) == 0;
}

// Returns how many right answers it got, and writes how long each took. Never throws: the others would wait for it.
template <class E>
Job<E, std::uint64_t> talk(const Attached<E>& connection, std::uint16_t port, std::uint32_t size, std::uint64_t id,
                           std::span<std::int64_t> latencies, StartLine<E>& line) {
  const sockaddr_in address = loopback(port);
  std::vector<std::byte> request(size);
  std::vector<std::byte> answer(size);
  const bool connected = co_await connect<E>(connection.fd(), bytes(address)) == 0;
  line.ready.count_down();
  co_await line.go.wait();
  std::uint64_t right = 0;
  for (std::int64_t& latency : latencies) {
    const TimePoint start = E::now();
    const std::uint64_t mark = id << 32 | right;  // no two requests are alike
    std::memcpy(request.data(), &mark, std::min<std::size_t>(size, sizeof mark));
    if (!connected || !co_await exchange<E>(connection.fd(), request, answer)) break;
    latency = (E::now() - start).count();
    ++right;
  }
  co_return right;
}

struct Echoed {
  std::uint64_t messages = 0, bytes = 0;
  Duration time{};
};

template <class E> struct EchoConfig {
  std::uint32_t connections = 100;
  std::uint32_t rounds = 20;
  std::uint32_t size = 64;

  static constexpr auto settings() {
    return std::tuple{
        setting("connections", &EchoConfig::connections, "connections, each with a client and a server task", 1,
                30'000),
        setting("rounds", &EchoConfig::rounds, "requests on each connection, one after the other", 1, 1e9),
        setting("size", &EchoConfig::size, "bytes of a request and of its answer", 1, 1 << 20),
    };
  }
  bool complete(SettingError& error) const { return host::descriptors_fit(connections, 2, "connections", error); }
};

template <class E>
Job<E, Echoed> echo_all(Executor<E>& executor, const EchoConfig<E>& config, std::span<std::int64_t> latencies) {
  StartLine<E> line(config.connections);
  const Attached<E> listener(executor, listen_loopback(static_cast<int>(config.connections)));
  const std::uint16_t port = port_of(listener.fd());
  auto acceptor = executor.spawn(accept_all<E>(executor, listener.fd(), config.connections, config.size));
  std::vector<Attached<E>> sockets;
  std::vector<JoinHandle<E, std::uint64_t>> clients;
  sockets.reserve(config.connections);
  clients.reserve(config.connections);
  for (std::uint32_t i = 0; i < config.connections; ++i) {
    sockets.emplace_back(executor, stream_socket());
    host::reset_on_close(sockets.back().fd());
    const auto own = latencies.subspan(std::size_t{i} * config.rounds, config.rounds);
    clients.push_back(executor.spawn(talk<E>(sockets.back(), port, config.size, i, own, line)));
  }
  co_await line.ready.wait();

  Echoed result;
  const TimePoint start = E::now();
  line.go.set();
  for (auto& client : clients) result.messages += co_await client;
  result.time = E::now() - start;

  sockets.clear();                                            // the servers see the end of their streams
  if (result.messages < latencies.size()) acceptor.cancel();  // one that failed may never have connected
  try {
    result.bytes = co_await acceptor;
  } catch (const TaskCancelled&) {
    result.bytes = 0;
  }
  co_return result;
}

template <class E> class Echo {
 public:
  static constexpr std::string_view name = "echo";
  static constexpr std::string_view summary = "TCP echo over loopback, clients and servers in one runtime";
  static constexpr std::string_view real_only = "its sockets are the kernel's";
  using Config = EchoConfig<E>;
  static constexpr std::array metrics{
      MetricInfo{"requests_per_s", "1/s", "answered requests in a second, over all connections", false},
  };
  static constexpr std::array percentiles{
      Percentile{{"latency_p50", "ns", "from a request's sending to its whole answer: median"}, 0.5},
      Percentile{{"latency_p99", "ns", "from a request's sending to its whole answer: 99 of 100 were faster"}, 0.99},
  };

  explicit Echo(const Config& config) : config_(config) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    const std::uint64_t messages = std::uint64_t{config_.connections} * config_.rounds;
    const Echoed got = executor.block_on(echo_all<E>(executor, config_, sample.latencies(messages)));
    sample.metric("requests_per_s", static_cast<double>(messages) * 1e9 / nanoseconds(got.time));
    sample.check("messages", messages, got.messages);
    sample.check("bytes", messages * config_.size, got.bytes);
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
