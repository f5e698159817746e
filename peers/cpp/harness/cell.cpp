// Reading requests, printing answers.
#include "peers/cpp/harness/cell.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "peers/cpp/harness/play.hpp"
#include "workloads/host/probe.hpp"

namespace rota::peers {
namespace {

using Json = nlohmann::ordered_json;

constexpr int protocol = 1;
constexpr int broken = 3;  // neither an answer nor a refusal: the measurement itself failed

std::string all_of_standard_input() {
  std::string result;
  char buffer[4096];
  for (ssize_t count = 0; (count = read(STDIN_FILENO, buffer, sizeof buffer)) > 0;)
    result.append(buffer, static_cast<std::size_t>(count));
  return result;
}

SettingValue plain(const std::string& key, const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float()) return value.get<double>();
  if (value.is_string()) return value.get<std::string>();
  throw Refused(fmt::format("request.workload.with.{}: expected a plain value", key));
}

// The member of an object, or the default if there is none. Refused if it has another type.
template <class T> T member(const Json& object, const char* key, T otherwise) {
  const auto found = object.find(key);
  if (found == object.end()) return otherwise;
  try {
    return found->get<T>();
  } catch (const Json::exception&) {
    throw Refused(fmt::format("request.{}: a value of this type was not expected: {}", key, found->dump()));
  }
}

Duration time_of(const Json& json, const char* key, const char* otherwise) {
  const auto text = member<std::string>(json, key, otherwise);
  Duration result{};
  if (!parse_duration(text, result))
    throw Refused(fmt::format("request.{}: expected a duration such as \"100ms\", got \"{}\"", key, text));
  return result;
}

void refuse_other_worlds(const PeerInfo& info, const Json& json) {
  if (!json.is_object()) throw Refused("request: expected a JSON object");
  if (const int got = member(json, "protocol", 0); got != protocol)
    throw Refused(fmt::format("request.protocol: expected {}, got {}", protocol, got));
  if (const auto world = member<std::string>(json, "world", "real"); world != "real")
    throw Refused(fmt::format("request.world: a peer runs in the world \"real\" only, got \"{}\"", world));
  const Json policy = member(json, "policy", Json::object());
  if (!policy.is_object()) throw Refused("request.policy: expected an object");
  const auto use = member<std::string>(policy, "use", "");
  if (!use.empty() && use != info.name && use != "peer:" + std::string(info.name))
    throw Refused(fmt::format("request.policy.use: expected \"peer:{}\", got \"{}\"", info.name, use));
  if (const Json with = member(policy, "with", Json::object()); !with.empty())
    throw Refused(fmt::format("request.policy.with: {} has no settings, got {}", info.name, with.dump()));
}

Request request_of(const PeerInfo& info, const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  refuse_other_worlds(info, json);
  Request result{.peer = info, .workload = {}, .settings = {}, .effort = {}, .expect = {}};
  const Json workload = member(json, "workload", Json::object());
  if (!workload.is_object()) throw Refused("request.workload: expected an object");
  result.workload = member<std::string>(workload, "use", "");
  const Json with = member(workload, "with", Json::object());
  for (const auto& [key, value] : with.items()) result.settings.emplace(key, plain(key, value));
  const auto workers = member<std::int64_t>(json, "workers", 1);
  if (workers < 1 || workers > 1024)
    throw Refused(fmt::format("request.workers: expected an integer from 1 to 1024, got {}", workers));
  result.workers = static_cast<std::uint32_t>(workers);
  result.effort.min_time = time_of(json, "min_time", "100ms");
  result.effort.max_iterations = member<std::uint64_t>(json, "max_iterations", 1000);
  const Json expect = member(json, "expect", Json::object());
  for (const auto& [name, answer] : expect.items())
    result.expect.emplace_back(name, answer.is_string() ? answer.get<std::string>() : answer.dump());
  return result;
}

void print_line(const Json& json) {
  fmt::print("{}\n", json.dump(-1, ' ', false, Json::error_handler_t::replace));
  std::fflush(stdout);
}

// What the request expects of checks, as checks beside the workload's own.
void add_expected(const Request& request, workloads::Result& result) {
  const std::vector<workloads::Check> own = result.checks;
  for (const auto& [name, expected] : request.expect) {
    const auto found = std::ranges::find(own, name, &workloads::Check::name);
    result.checks.push_back({name, expected, found == own.end() ? "no such check" : found->got});
  }
}

bool print_result(const workloads::Result& result) {
  bool right = true;
  for (const auto& m : result.measurements)
    print_line(
        {{"kind", "metric"}, {"metric", m.metric}, {"unit", m.unit}, {"value", m.value}, {"iterations", m.iterations}});
  for (const auto& check : result.checks) {
    right = right && check.ok();
    print_line({{"kind", "check"},
                {"name", check.name},
                {"expected", check.expected},
                {"got", check.got},
                {"ok", check.ok()}});
  }
  print_line({{"kind", "end"}, {"status", right ? "ok" : "wrong"}});
  return right;
}

int play(const Request& request) {
  const Play play = play_of(request);
  print_line({{"kind", "start"},
              {"protocol", protocol},
              {"pid", ::getpid()},
              {"pinned", false},
              {"runtime", request.peer.runtime}});
  const workloads::Plan plan{.metrics = play.metrics, .percentiles = play.percentiles, .once = play.once};
  std::unique_ptr<Peer> peer;
  std::function<void(workloads::Sample&)> iterate = play.by_itself;
  if (!iterate) {
    peer = request.start();
    iterate = [&](workloads::Sample& sample) { play.on_one(*peer, sample); };
  }
  workloads::Result result = workloads::run_iterations(plan, request.effort, iterate);
  add_expected(request, result);
  return print_result(result) ? 0 : 1;
}

}  // namespace

int run_peer(const PeerInfo& info) {
  workloads::host::main_begins();
  try {
    Request request = request_of(info, all_of_standard_input());
    request.reading = World::now() - workloads::host::main_began();
    return play(request);
  } catch (const Refused& error) {
    fmt::print(stderr, "rota-peer-{}: {}\n", info.name, error.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "rota-peer-{}: the measurement failed: {}\n", info.name, error.what());
    return broken;
  }
}

}  // namespace rota::peers
