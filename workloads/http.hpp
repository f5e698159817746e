// http: keep-alive HTTP/1.1 over loopback, a client task and a server task for each connection, all in one runtime
// (closed_loop.hpp). Requests and answers are written and parsed as on a real wire (host/http.hpp).
#pragma once

#include <cstring>
#include <string>

#include "workloads/closed_loop.hpp"
#include "workloads/host/http.hpp"

namespace rota::workloads {

inline std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Answers GETs until the other side closes or asks to. Returns how many that were.
template <Env E> Job<E, std::uint64_t> serve_http(Stream<E> client, std::uint32_t size) {
  constexpr std::size_t most_request = 4096;
  std::vector<std::byte> buffer(most_request);
  std::size_t filled = 0;
  std::string answers;
  host::Served all;
  try {
    while (!all.last && filled < buffer.size()) {
      const std::size_t got = co_await client.read(std::span(buffer).subspan(filled));
      if (got == 0) break;
      filled += got;
      answers.clear();
      const host::Served now = host::serve_requests(text_of(std::span(buffer).first(filled)), size, answers);
      co_await client.write_all(std::as_bytes(std::span(answers)));
      all.requests += now.requests;
      all.last = now.last;
      filled -= now.bytes;
      std::memmove(buffer.data(), buffer.data() + now.bytes, filled);  // the beginning of the next request, if any
    }
  } catch (const std::system_error&) {  // clients close by a reset
  }
  co_return all.requests;
}

template <Env E> class HttpClient {
 public:
  HttpClient(std::uint64_t id, std::uint32_t size) : id_(id), size_(size), buffer_(size + most_header) {}

  Job<E, bool> operator()(Stream<E>& server, std::uint64_t round) {
    target_ = "/" + std::to_string(id_) + "/" + std::to_string(round);
    request_.clear();
    host::append_request(request_, target_);
    co_await server.write_all(std::as_bytes(std::span(request_)));
    for (std::size_t filled = 0; filled < buffer_.size();) {
      const std::size_t got = co_await server.read(std::span(buffer_).subspan(filled));
      if (got == 0) co_return false;
      filled += got;
      const auto answer = host::read_answer(text_of(std::span(buffer_).first(filled)), target_, size_);
      if (answer != host::Answer::partial) co_return answer == host::Answer::right;
    }
    co_return false;  // longer than any right answer
  }

 private:
  static constexpr std::size_t most_header = 1024;

  std::uint64_t id_;
  std::uint32_t size_;
  std::string target_, request_;
  std::vector<std::byte> buffer_;
};

template <Env E> class Http {
 public:
  static constexpr std::string_view name = "http";
  static constexpr std::string_view summary = "HTTP/1.1 GETs over loopback, clients and servers in one runtime";
  static constexpr std::string_view real_only = "its sockets are the kernel's";
  struct Config {
    std::uint32_t connections = 100;
    std::uint32_t requests = 20;
    std::uint32_t size = 1024;

    static constexpr auto settings() {
      return std::tuple{
          setting("connections", &Config::connections, "kept-alive connections, each with a client and a server task",
                  1, 30'000),
          setting("requests", &Config::requests, "GETs on each connection, one after the other", 1, 1e9),
          setting("size", &Config::size, "bytes of an answer's body", 1, 1 << 20),
      };
    }
    bool complete(SettingError& error) const { return host::descriptors_fit(connections, 2, "connections", error); }
  };
  static constexpr std::array metrics{
      MetricInfo{"requests_per_s", "1/s", "answered requests in a second, over all connections", false},
      MetricInfo{"rss", "bytes", "resident memory of the program, clients and servers, after an iteration"},
  };
  static constexpr std::array percentiles{
      Percentile{{"latency_p50", "ns", "from a request's sending to its whole answer, parsed and checked: median"},
                 0.5},
      Percentile{{"latency_p99", "ns", "from a request's sending to its whole answer: 99 of 100 were faster"}, 0.99},
  };

  explicit Http(const Config& config) : config_(config) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    const std::uint64_t requests = std::uint64_t{config_.connections} * config_.requests;
    const std::uint32_t size = config_.size;
    const Conversation got = executor.block_on(converse<E>(
        executor, config_.connections, sample.latencies(requests),
        [size](Stream<E> client) { return serve_http<E>(std::move(client), size); },
        [size](std::uint64_t id) { return HttpClient<E>(id, size); }));
    sample.metric("requests_per_s", static_cast<double>(requests) * 1e9 / nanoseconds(got.time));
    sample.metric("rss", static_cast<double>(host::resident_bytes()));
    sample.check("answers", requests, got.answered);
    sample.check("requests", requests, got.served);
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
