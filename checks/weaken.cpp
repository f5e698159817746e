// Weakening, one order at a time.
#include "checks/weaken.hpp"

#include <fmt/format.h>

#include <rapidcheck.h>
#include <algorithm>
#include <string_view>

#include "checks/conformance/generate.hpp"

namespace rota::checks {
namespace {

using HostClock = std::chrono::steady_clock;

constexpr int drawn = 64;

std::vector<Program> draw_programs(const Subject& subject, std::uint64_t seed) {
  const auto generator = programs_for(subject.guarantees);
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

bool same_place(const explore::AccessSite& a, const explore::AccessSite& b) {
  return a.line == b.line && a.column == b.column && std::string_view(a.what) == b.what &&
         std::string_view(a.file) == b.file;
}

std::vector<explore::AccessSite> places(const Subject& subject, const std::vector<Program>& programs,
                                        std::uint64_t seed) {
  std::vector<explore::AccessSite> result;
  for (const Program& program : programs) {
    const explore::Options options{.seed = seed, .max_executions = 50, .sites = true};
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

void try_it(Weakening& weakening, const Subject& subject, const std::vector<Program>& programs,
            const CheckOptions& check) {
  const auto start = HostClock::now();
  explore::Options options{.method = explore::Method::pct,
                           .seed = check.seed,
                           .depth = check.depth,
                           .max_executions = 100,
                           .weakened = weakening.site,
                           .weaker = weakening.to};
  while (weakening.caught.empty()) {
    for (const Program& program : programs) {
      if (HostClock::now() - start > check.budget) return;
      options.method = options.method == explore::Method::pct ? explore::Method::random : explore::Method::pct;
      ++options.seed;
      const explore::Verdict verdict = explore_program(subject, program, options);
      weakening.executions += verdict.executions;
      if (verdict.passed) continue;
      weakening.caught = verdict.failure.id;
      return;
    }
  }
}

std::string_view name(Order order) {
  constexpr std::array<std::string_view, 4> names{"relaxed", "acquire", "release", "acq_rel"};
  return names[static_cast<std::size_t>(order)];
}

}  // namespace

std::vector<Weakening> weaken(const Subject& subject, const CheckOptions& options,
                              const std::function<void(const Weakening&)>& told) {
  const std::vector<Program> programs = draw_programs(subject, options.seed);
  std::vector<Weakening> result;
  for (const auto& site : places(subject, programs, options.seed)) {
    const bool fence = std::string_view(site.what) == "full_fence";
    for (const Order to : fence ? std::vector{Order::relaxed} : weaker_than(site.order)) {
      result.push_back({.site = site, .to = to});
      try_it(result.back(), subject, programs, options);
      if (told) told(result.back());
    }
  }
  return result;
}

std::string in_words(const Weakening& w) {
  const bool fence = std::string_view(w.site.what) == "full_fence";
  return fmt::format("{}:{} {} {} to {}", product_file(w.site.file), w.site.line, w.site.what, name(w.site.order),
                     fence ? "none" : name(w.to));
}

}  // namespace rota::checks
