// A program that speaks the cell protocol without measuring anything, and misbehaves as its workload's label tells it
// to.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>

#include "experiments/request.hpp"

namespace {

void say(const char* line) {
  std::puts(line);
  std::fflush(stdout);
}

void start() { say(R"({"kind":"start","protocol":1,"pid":1,"pinned":true})"); }

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
  const auto request = rota::experiments::request_from_json(text);
  const std::string& label = request.workload.label;
  start();
  if (const int status = misbehave(label); status >= 0) return status;
  if (label == "slow") ::usleep(50'000);
  if (label != "no metric") metric(40 + request.workers);
  const bool wrong = label == "wrong";
  check(wrong ? "999" : "1000", wrong ? "false" : "true");
  say(wrong ? R"({"kind":"end","status":"wrong"})" : R"({"kind":"end","status":"ok"})");
  if (label == "crash at exit") ::raise(SIGKILL);
  if (label == "hang at exit") hang();
  return wrong ? 1 : 0;
}
