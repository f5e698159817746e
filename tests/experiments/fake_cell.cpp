// A program that speaks the cell protocol without measuring anything, and misbehaves as its workload's label tells it
// to.
#include <sched.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "record/request.hpp"
#include "record/request_json.hpp"

namespace {

void say(const char* line) {
  std::puts(line);
  std::fflush(stdout);
}

// As a peer it names its runtime, unless it is told to name another one or none.
void start(const rota::record::CellRequest& request) {
  const std::string& label = request.workload.label;
  nlohmann::json line{{"kind", "start"}, {"protocol", 1}, {"pid", 1}, {"pinned", true}};
  if (request.policy.use.starts_with("peer:") && label != "no version")
    line["runtime"] = label == "another version" ? "fake 9.9" : "fake 1.0";
  say(line.dump().c_str());
}

// The processing units that it may use, as an answer.
void say_units() {
  cpu_set_t set;
  std::string units;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return;
  for (int unit = 0; unit < CPU_SETSIZE; ++unit) {
    if (CPU_ISSET(unit, &set)) units += (units.empty() ? "" : ",") + std::to_string(unit);
  }
  say(nlohmann::json{{"kind", "check"}, {"name", "units"}, {"expected", units}, {"got", units}, {"ok", true}}
          .dump()
          .c_str());
}

bool is_loaded(const std::string& library) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.ends_with(library)) return true;
  }
  return false;
}

// What it was started with instead of malloc, and the settings of allocators in its environment, as answers.
void say_allocator() {
  std::string preloaded = "nothing", settings;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text(*variable), name = text.substr(0, text.find('='));
    if (name == "LD_PRELOAD") {
      const auto library = std::filesystem::canonical(text.substr(name.size() + 1));
      preloaded = library.filename().string() + (is_loaded(library) ? "" : ", which is not loaded");
    }
    if (name == "GLIBC_TUNABLES" || name.find("MALLOC_") != std::string::npos) settings += name;
  }
  for (const auto& [name, got] : {std::pair{"preloaded", preloaded}, std::pair{"settings", settings}})
    say(nlohmann::json{{"kind", "check"}, {"name", name}, {"expected", got}, {"got", got}, {"ok", true}}
            .dump()
            .c_str());
}

void metric(double value) {
  std::printf(R"({"kind":"metric","metric":"ns_per_task","unit":"ns","value":%g,"iterations":17})"
              "\n",
              value);
}

void check(const char* got, const char* ok) {
  std::printf(R"({"kind":"check","name":"tasks","expected":"1000","got":"%s","ok":%s})"
              "\n",
              got, ok);
}

[[noreturn]] void hang() {
  for (;;) ::pause();
}

// What it was given as its machine, as an answer.
void say_machine(const rota::record::CellRequest& request) {
  const nlohmann::json line{{"kind", "check"},
                            {"name", request.machine_name},
                            {"expected", request.machine},
                            {"got", request.machine},
                            {"ok", true}};
  say(line.dump().c_str());
}

// Cells that look for each other in the folder ROTA_FAKE_COMPANY: each leaves two files there, one while it runs and
// one for ever.
class Company {
 public:
  explicit Company(const rota::record::CellRequest& request)
      : folder_(std::getenv("ROTA_FAKE_COMPANY")),
        mine_(folder_ / "running" / std::to_string(::getpid())),
        arrived_(folder_ / to_text(request.world)) {
    std::filesystem::create_directories(mine_.parent_path());
    std::filesystem::create_directories(arrived_);
    std::ofstream(arrived_ / std::to_string(::getpid()));
    std::ofstream{mine_};
  }
  ~Company() { std::filesystem::remove(mine_); }
  Company(const Company&) = delete;
  Company& operator=(const Company&) = delete;

  [[nodiscard]] std::ptrdiff_t running() const { return files_in(mine_.parent_path()); }
  [[nodiscard]] std::ptrdiff_t arrived() const { return files_in(arrived_); }

 private:
  static std::ptrdiff_t files_in(const std::filesystem::path& folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
  }
  std::filesystem::path folder_, mine_, arrived_;
};

// "company": a simulated cell waits for another one, a real one must be alone. "few": at most ROTA_FAKE_MOST at a time.
int company(const rota::record::CellRequest& request) {
  const std::string& label = request.workload.label;
  if (label != "company" && label != "few") return -1;
  const Company others(request);
  if (label == "few") {
    ::usleep(30'000);
    return others.running() <= std::atoi(std::getenv("ROTA_FAKE_MOST")) ? -1 : 7;
  }
  if (!is_simulated(request.world)) {
    const bool before = others.running() == 1;
    ::usleep(30'000);
    return before && others.running() == 1 ? -1 : 7;
  }
  for (int tries = 0; others.arrived() < 2; ++tries) {
    if (tries == 1000) return 7;
    ::usleep(5'000);
  }
  return -1;
}

// Leaves a program behind that keeps the pipes open and would go on for ever.
void leave_one_behind() {
  if (::fork() == 0) hang();
}

int misbehave(const std::string& label) {
  if (label == "crash") {
    ::signal(SIGSEGV, SIG_DFL);  // a sanitizer has its own
    ::raise(SIGSEGV);
  }
  if (label == "hang") hang();
  if (label == "garbage") say("Segmentation fault, just kidding \xff");
  if (label == "array") say("[1,2]");
  if (label == "not-a-number") say(R"({"kind":"metric","metric":"m","unit":"ns","value":null,"iterations":1})");
  if (label == "unknown-kind") say(R"({"kind":"opinion"})");
  if (label == "outcome") say(R"({"kind":"outcome","outcome":"ok","detail":"","wall_s":0})");
  if (label.ends_with("matrix")) say(R"({"kind":"matrix","name":"steals","rows":[[5,1,0],[0,7,2]]})");
  if (label == "silent") return 0;
  if (label == "leaves one behind") leave_one_behind();
  if (label == "flood") {
    for (;;) say(R"({"kind":"metric","metric":"m","unit":"ns","value":1,"iterations":1})");
  }
  if (label == "refused") {
    std::fputs("first line\nrota: request.policy.use: expected another\n", stderr);
    return 2;
  }
  if (label == "status 7") {
    std::fputs("out of luck\n", stderr);
    return 7;
  }
  return -1;
}

}  // namespace

int main() {
  const std::string text{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  const auto request = rota::record::request_from_json(text);
  const std::string& label = request.workload.label;
  start(request);
  if (label == "units") say_units();
  if (label == "allocator") say_allocator();
  if (const int status = misbehave(label); status >= 0) return status;
  if (label == "slow") ::usleep(50'000);
  if (label != "no metric") metric(40 + request.workers);
  if (is_simulated(request.world)) say_machine(request);
  if (const int status = company(request); status >= 0) return status;
  const bool wrong = label.starts_with("wrong");
  check(wrong ? "999" : "1000", wrong ? "false" : "true");
  say(wrong ? R"({"kind":"end","status":"wrong"})" : R"({"kind":"end","status":"ok"})");
  if (label == "crash at exit") ::raise(SIGKILL);
  if (label == "hang at exit") hang();
  return wrong ? 1 : 0;
}
