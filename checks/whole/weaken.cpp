// Weakening, one order at a time.
#include "checks/whole/weaken.hpp"

#include <fmt/format.h>

#include <rapidcheck.h>
#include <algorithm>
#include <string_view>

#include "checks/conformance/generate.hpp"
#include "checks/history/queues.hpp"
#include "checks/mechanism/mechanism.hpp"

namespace rota::checks {
namespace {

using HostClock = std::chrono::steady_clock;

constexpr int drawn = 64;

std::vector<Program> draw_programs(const Subject& subject, std::uint64_t seed) {
  const auto generator = programs_for(subject);
  rc::Random random(seed);
  std::vector<Program> programs;
  for (int i = 0; i < drawn; ++i) programs.push_back(generator(random.split(), 10 + 10 * (i % 10)).value());
  return programs;
}

// The path from the root of the source tree; empty for files that are no part of what is checked.
std::string_view product_file(std::string_view path) {
  for (const std::string_view folder : {"/runtime/", "/schedulers/"}) {
    if (const auto at = path.rfind(folder); at != std::string_view::npos) return path.substr(at + 1);
  }
  return path.find("/rota/") == std::string_view::npos && path.find("/checks/") == std::string_view::npos &&
                 path.find("/worlds/") == std::string_view::npos && path.find("/reactor/") == std::string_view::npos &&
                 path.find("/include/c++/") == std::string_view::npos
             ? path
             : std::string_view();
}

bool same_place(const explored::AccessSite& a, const explored::AccessSite& b) {
  return a.line == b.line && a.column == b.column && a.kind == b.kind && std::string_view(a.file) == b.file;
}

std::vector<explored::AccessSite> places(const Subject& subject, const std::vector<Program>& programs,
                                         std::uint64_t seed) {
  std::vector<explored::AccessSite> result;
  for (const Program& program : programs) {
    const explored::Options options{.seed = seed, .max_executions = 50, .sites = true};
    for (const auto& site : explore_program(subject, program, options).sites) {
      const bool known = std::any_of(result.begin(), result.end(), [&](const auto& s) { return same_place(s, site); });
      if (!known && !product_file(site.file).empty()) result.push_back(site);
    }
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) {
    return std::tuple(product_file(a.file), a.line, a.column) < std::tuple(product_file(b.file), b.line, b.column);
  });
  return result;
}

std::vector<Order> weaker_than(Order order) {
  switch (order) {
    case Order::acq_rel:
      return {Order::acquire, Order::release};
    case Order::acquire:
    case Order::release:
      return {Order::relaxed};
    case Order::relaxed:
      break;
  }
  return {};
}

bool reaches(const std::vector<explored::AccessSite>& sites, const explored::AccessSite& site) {
  return std::any_of(sites.begin(), sites.end(), [&](const auto& s) { return same_place(s, site); });
}

// The mechanism's checks, each with the places that it reaches.
struct Probe {
  const MechanismCheck* check;
  std::vector<explored::AccessSite> sites;
};

std::vector<Probe> mechanism_probes() {
  std::vector<Probe> probes;
  for (const MechanismCheck& check : mechanism_checks()) {
    const explored::Options options{.max_executions = 200, .sites = true};
    probes.push_back({&check, check.explore(options).sites});
  }
  return probes;
}

class Attempt {
 public:
  Attempt(Weakening& weakening, const CheckOptions& check)
      : weakening_(weakening), check_(check), end_(HostClock::now() + check.budget) {}

  // The mechanism first: its programs are small. Some of pct's schedules find at once what depth-first search, which
  // comes to its end, finds late.
  void by_mechanism(const std::vector<Probe>& probes) {
    for (const explored::Method method : {explored::Method::pct, explored::Method::dfs}) {
      for (const Probe& probe : probes) {
        if (!open() || !reaches(probe.sites, weakening_.site)) continue;
        explored::Options options = weakened(method);
        options.preemptions = probe.check->preemptions;
        if (method == explored::Method::pct) options.max_executions = 1000;
        options.budget = std::max<std::chrono::nanoseconds>(end_ - HostClock::now(), std::chrono::milliseconds(1));
        explored::Verdict verdict = probe.check->explore(options);
        if (verdict.failure.id == "deadlock") verdict.failure.id = probe.check->stuck;
        count(verdict, std::string(probe.check->name));
      }
    }
  }

  void by_structures() {
    if (std::string_view(weakening_.site.file).find("/queue/") == std::string_view::npos) return;
    for (const history::Structure& structure : history::structures()) {
      for (const explored::Method method : {explored::Method::dfs, explored::Method::pct}) {
        if (!open()) return;
        explored::Options options = weakened(method);
        options.preemptions = check_.preemptions;
        options.budget =
            std::max<std::chrono::nanoseconds>((end_ - HostClock::now()) / 4, std::chrono::milliseconds(1));
        const Report report = history::check_structure(structure, options);
        weakening_.executions += report.executions;
        if (!report.passed) caught(report.found ? report.found->id : "?", report.what);
      }
    }
  }

  void by_conformance(const Subject& subject, const std::vector<Program>& programs) {
    while (open()) {
      for (const Program& program : programs) {
        if (!open()) return;
        method_ = method_ == explored::Method::pct ? explored::Method::random : explored::Method::pct;
        explored::Options options = weakened(method_);
        options.max_executions = 100;
        options.seed = ++seed_;
        count(explore_program(subject, program, options), "conformance");
      }
    }
  }

 private:
  [[nodiscard]] bool open() const { return weakening_.caught.empty() && HostClock::now() < end_; }
  [[nodiscard]] explored::Options weakened(explored::Method method) const {
    return {.method = method,
            .seed = check_.seed,
            .depth = check_.depth,
            .weakened = weakening_.site,
            .weaker = weakening_.to};
  }
  void count(const explored::Verdict& verdict, const std::string& by) {
    weakening_.executions += verdict.executions;
    if (!verdict.passed) caught(verdict.failure.id, by);
  }
  void caught(const std::string& id, const std::string& by) {
    weakening_.caught = id;
    weakening_.by = by;
  }

  Weakening& weakening_;
  const CheckOptions& check_;
  const HostClock::time_point end_;
  explored::Method method_ = explored::Method::random;
  std::uint64_t seed_ = 0;
};

}  // namespace

std::vector<Weakening> weaken(const Subject& subject, const CheckOptions& options,
                              const std::function<void(const Weakening&)>& told) {
  const std::vector<Program> programs = draw_programs(subject, options.seed);
  const std::vector<Probe> probes = mechanism_probes();
  std::vector<Weakening> result;
  for (const auto& site : places(subject, programs, options.seed)) {
    const bool fence = site.kind == explored::AccessKind::full_fence;
    for (const Order to : fence ? std::vector{Order::relaxed} : weaker_than(site.order)) {
      result.push_back({.site = site, .to = to});
      Attempt attempt(result.back(), options);
      attempt.by_mechanism(probes);
      attempt.by_structures();
      attempt.by_conformance(subject, programs);
      if (told) told(result.back());
    }
  }
  return result;
}

std::string in_words(const Weakening& w) {
  const bool fence = w.site.kind == explored::AccessKind::full_fence;
  return fmt::format("{}:{} {} {} to {}", product_file(w.site.file), w.site.line, to_string(w.site.kind),
                     to_string(w.site.order), fence ? "none" : to_string(w.to));
}

}  // namespace rota::checks
