// echo: TCP connections over loopback, a client task and a server task for each, all in one runtime (closed_loop.hpp).
#pragma once

#include <algorithm>
#include <cstring>

#include "workloads/closed_loop.hpp"

namespace rota::workloads {

// Sends back what comes, until the other side closes. Returns how many bytes that were.
template <Env E> Job<E, std::uint64_t> serve_echo(Stream<E> client, std::uint32_t size) {
  std::vector<std::byte> buffer(size);
  std::uint64_t bytes = 0;
  try {
    while (const std::size_t got = co_await client.read(buffer)) {
      co_await client.write_all(std::span(buffer).first(got));
      bytes += got;
    }
  } catch (const std::system_error&) {  // clients close by a reset
  }
  co_return bytes;
}

// Sends a request and wants it back as it was.
template <Env E> class EchoClient {
 public:
  EchoClient(std::uint64_t id, std::uint32_t size) : id_(id), request_(size), answer_(size) {}

  Job<E, bool> operator()(Stream<E>& server, std::uint64_t round) {
    const std::uint64_t mark = id_ << 32 | round;  // no two requests are alike
    std::memcpy(request_.data(), &mark, std::min<std::size_t>(request_.size(), sizeof mark));
    co_await server.write_all(request_);
    for (std::span<std::byte> rest(answer_); !rest.empty();) {
      const std::size_t got = co_await server.read(rest);
      if (got == 0) co_return false;
      rest = rest.subspan(got);
    }
    co_return request_ == answer_;
  }

 private:
  std::uint64_t id_;
  std::vector<std::byte> request_, answer_;
};

template <Env E> struct EchoConfig {
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

template <Env E> class Echo {
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
    const std::uint32_t size = config_.size;
    const Conversation got = executor.block_on(converse<E>(
        executor, config_.connections, sample.latencies(messages),
        [size](Stream<E> client) { return serve_echo<E>(std::move(client), size); },
        [size](std::uint64_t id) { return EchoClient<E>(id, size); }));
    sample.metric("requests_per_s", static_cast<double>(messages) * 1e9 / nanoseconds(got.time));
    sample.check("messages", messages, got.answered);
    sample.check("bytes", messages * config_.size, got.served);
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
