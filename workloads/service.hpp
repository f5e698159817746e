// service: requests arrive by a Poisson process and each is a task that works for a drawn time. Latency against load.
//
// Draws      Arrivals and services have random streams of their own, which nothing else reads: with the same settings
//            and workers every policy serves the same requests at the same times (common random numbers).
// Never sent A generator that is behind its schedule goes on as fast as it can, until the schedule's planned length and
//            a tenth more (at least the mean service and, on real threads, a second more) are over: what it has not
//            sent by then is counted as never_sent.
// Deadline   slack times its service after a request's intended start. Priority: 0 for a service below the mean, and
//            one less urgent for each doubling from there.
#pragma once

#include <memory>
#include <stdexcept>

#include "workloads/open_loop.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

struct ServiceConfig {
  host::Shape distribution = host::Shape::exponential;
  Duration mean = std::chrono::microseconds(10);
  double alpha = 1.3;
  double load = 0.5;
  std::uint64_t requests = 20'000;
  double slack = 10;
  std::uint32_t generators = 1;
  std::uint64_t seed = 0;

  static constexpr auto settings() {
    return std::tuple{
        choice("distribution", &ServiceConfig::distribution, "of the service times", host::shapes),
        setting("mean", &ServiceConfig::mean, "service time on average", 1, 1e9),
        setting("alpha", &ServiceConfig::alpha, "of the distribution pareto: smaller has a heavier tail", 1.1, 1.5),
        setting("load", &ServiceConfig::load, "share of the workers' time that the requests ask for", 0.01, 0.99),
        setting("requests", &ServiceConfig::requests, "how many arrive; the first tenth is not counted", 1, 1e9),
        setting("slack", &ServiceConfig::slack, "a request's deadline, in service times after its start", 1, 1e6),
        setting("generators", &ServiceConfig::generators, "threads that send, each an equal share of the load", 1, 64),
        setting("seed", &ServiceConfig::seed, "of arrivals and services, the same for every policy; 0: the run's own",
                0),
    };
  }
};

template <Env E> class Service {
 public:
  static constexpr std::string_view name = "service";
  static constexpr std::string_view summary = "an open loop: Poisson arrivals, drawn service times; latency under load";
  using Config = ServiceConfig;
  static constexpr std::array metrics{
      MetricInfo{"latency_p99", "ns", "from a request's intended start to its end: 99 of 100 were faster"},
      MetricInfo{"latency_p50", "ns", "from a request's intended start to its end: median"},
      MetricInfo{"latency_p999", "ns", "from a request's intended start to its end: 999 of 1000 were faster"},
      MetricInfo{"latency_mean", "ns", "from a request's intended start to its end: mean"},
      MetricInfo{"wait_mean", "ns", "latency from the intended start, less the service asked for: mean"},
      MetricInfo{"actual_p99", "ns", "from a request's actual sending to its end: 99 of 100 were faster"},
      MetricInfo{"achieved_load", "1", "work sent, for each worker and time until the last sending", false},
      MetricInfo{"never_sent", "1", "requests that the generators were too late to send"},
      MetricInfo{"late", "1", "share of the requests that ended after their deadline"},
  };

  explicit Service(const Config& config) : config_(config) {}
  [[nodiscard]] static bool once() { return true; }

  void iterate(Executor<E>& executor, Sample& sample) {
    std::vector<Ledger<E>> ledgers(executor.workers());
    std::vector<std::unique_ptr<LoadGenerator<E>>> generators;
    for (std::uint32_t i = 0; i < config_.generators; ++i) {
      generators.push_back(std::make_unique<LoadGenerator<E>>(executor, ledgers, offer(i, executor)));
    }
    const TimePoint start = later(E::now(), std::chrono::microseconds(200));  // the workers find out that they are idle
    std::vector<typename E::thread> threads;
    for (auto& generator : generators) {
      threads.emplace_back(ThreadOptions{.name = "load", .pu = std::nullopt},
                           [one = generator.get(), start] { one->send_all(start); });
    }
    for (auto& thread : threads) thread.join();
    wait_for_the_last(generators, ledgers);
    report(start, generators, ledgers, sample);
  }

 private:
  using Generators = std::vector<std::unique_ptr<LoadGenerator<E>>>;
  using Ledgers = std::vector<Ledger<E>>;

  // A generator's share. Poisson processes with independent streams add up to one.
  [[nodiscard]] Offer offer(std::uint32_t index, const Executor<E>& executor) const {
    const std::uint64_t seed = config_.seed != 0 ? config_.seed : executor.config().seed;
    const std::uint64_t share = config_.requests / config_.generators;
    const std::uint64_t more = index < config_.requests % config_.generators ? 1 : 0;
    const double gap =
        nanoseconds(config_.mean) * config_.generators / (config_.load * static_cast<double>(executor.workers()));
    const auto planned = static_cast<std::int64_t>(gap * static_cast<double>(share));
    constexpr Duration hiccup = real_time<E> ? std::chrono::seconds(1) : Duration(0);
    return {.service = host::Distribution(config_.distribution, config_.mean, config_.alpha),
            .services = Random::stream(seed, 2 * index + 1),
            .arrivals = host::PoissonArrivals(Random::stream(seed, 2 * index), gap),
            .requests = share + more,
            .slack = config_.slack,
            .planned = Duration(planned),
            .patience = std::max({hiccup, config_.mean, Duration(planned / 10)}),
            .size_unit = config_.mean};
  }

  // Looks, now and then: a counter that all workers write would be what is measured.
  void wait_for_the_last(const Generators& generators, const Ledgers& ledgers) {
    std::uint64_t sent = 0;
    for (const auto& generator : generators) sent += generator->sent();
    const Duration pause =
        std::clamp<Duration>(config_.mean, std::chrono::microseconds(10), std::chrono::milliseconds(1));
    typename E::parker parker;
    for (;;) {
      std::uint64_t completed = 0;
      for (const auto& ledger : ledgers) completed += ledger.completed();
      if (completed == sent) return;
      (void)parker.park_until(later(E::now(), pause));
    }
  }

  void report(TimePoint start, const Generators& generators, Ledgers& ledgers, Sample& sample) {
    std::uint64_t completed = 0, never_sent = 0;
    Duration drawn{0};
    TimePoint last = start + Duration(1);
    for (const auto& generator : generators) {
      if (generator->error()) std::rethrow_exception(generator->error());
      never_sent += generator->never_sent();
      drawn += generator->drawn();
      last = std::max(last, generator->last());
    }
    Ledger<E> all;
    for (const auto& ledger : ledgers) {
      completed += ledger.completed();
      all.merge(ledger);
    }
    if (all.from_intended.count() == 0)
      throw std::runtime_error(
          "the load generator fell behind at once and no request was counted: ask for less load, "
          "longer services or more generators");
    report_latencies(all, sample);
    sample.metric("achieved_load",
                  nanoseconds(drawn) / (nanoseconds(last - start) * static_cast<double>(ledgers.size())));
    sample.metric("never_sent", static_cast<double>(never_sent));
    sample.check("requests", config_.requests, completed + never_sent);
    sample.check("work", static_cast<std::uint64_t>(drawn.count()), static_cast<std::uint64_t>(all.work.count()));
  }

  static void report_latencies(const Ledger<E>& all, Sample& sample) {
    const auto count = static_cast<double>(all.from_intended.count());
    sample.metric("latency_p99", all.from_intended.quantile(0.99));
    sample.metric("latency_p50", all.from_intended.quantile(0.5));
    sample.metric("latency_p999", all.from_intended.quantile(0.999));
    sample.metric("latency_mean", all.from_intended.mean());
    sample.metric("wait_mean", nanoseconds(all.waited) / count);
    sample.metric("actual_p99", all.from_sent.quantile(0.99));
    sample.metric("late", static_cast<double>(all.late) / count);
  }

  const Config config_;
};

}  // namespace rota::workloads
