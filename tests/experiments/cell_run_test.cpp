// One cell with a real program that answers, crashes, hangs, lies or babbles.
#include "experiments/cell_run.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "experiments/input_error.hpp"

namespace rota::experiments {
namespace {

PlannedCell cell_labelled(const std::string& label, double timeout_s = 30) {
  PlannedCell cell;
  cell.id = "c0001";
  cell.timeout_s = timeout_s;
  cell.request.workload.label = label;
  cell.request.workers = 2;
  return cell;
}

CellResult run(const std::string& label, double timeout_s = 30) {
  const Interrupt interrupt;
  return run_cell(cell_labelled(label, timeout_s), {ROTA_FAKE_CELL}, interrupt)->result;
}

void expect(const std::string& label, Outcome outcome, const std::string& detail, double timeout_s = 30) {
  const CellResult result = run(label, timeout_s);
  EXPECT_EQ(to_text(result.outcome), to_text(outcome)) << label << ": " << result.detail;
  EXPECT_EQ(result.detail, detail) << label;
  if (outcome != Outcome::ok) EXPECT_TRUE(result.figures.empty()) << label;
}

TEST(CellRun, AGoodOneGivesItsFiguresAndAnswers) {
  const CellResult result = run("ok");
  EXPECT_EQ(result.outcome, Outcome::ok);
  EXPECT_EQ(result.figures, (std::vector<Figure>{{"ns_per_task", "ns", 42, 17}}));
  EXPECT_EQ(result.answers, (std::vector<Answer>{{"tasks", "1000", "1000", true}}));
  EXPECT_TRUE(result.pinned);
  EXPECT_GT(result.wall_s, 0);
}

TEST(CellRun, AWrongAnswerDiscardsTheFiguresAndIsShown) {
  const CellResult result = run("wrong");
  EXPECT_EQ(result.outcome, Outcome::wrong);
  EXPECT_EQ(result.detail, "tasks: expected 1000, got 999");
  EXPECT_TRUE(result.figures.empty());
  EXPECT_EQ(result.answers.size(), 1U);
}

TEST(CellRun, ACrashIsNamedByItsSignal) {
  expect("crash", Outcome::crashed, "signal 11 (Segmentation fault)");
  expect("crash at exit", Outcome::crashed, "signal 9 (Killed)");
  expect("status 7", Outcome::crashed, "exit status 7: out of luck");
}

TEST(CellRun, OneThatHangsIsKilledAtItsLimit) {
  expect("hang", Outcome::hung, "still running after 0.2 s", 0.2);
  expect("hang at exit", Outcome::hung, "still running after 0.2 s", 0.2);
}

TEST(CellRun, ARefusalIsItsLastLine) {
  expect("refused", Outcome::refused, "rota: request.policy.use: expected another");
}

TEST(CellRun, WhatBreaksTheProtocolIsNoMeasurement) {
  expect("garbage", Outcome::crashed, "broke the protocol: line 2: expected a JSON object");
  expect("array", Outcome::crashed, "broke the protocol: line 2: expected a JSON object");
  expect("not-a-number", Outcome::crashed, "broke the protocol: line 2.value: expected a number, got null");
  expect("unknown-kind", Outcome::crashed,
         "broke the protocol: line 2.kind: expected start, metric, check or end, got \"opinion\"");
  expect("outcome", Outcome::crashed,
         "broke the protocol: line 2.kind: expected start, metric, check or end, got \"outcome\"");
  expect("silent", Outcome::crashed, "exit status 0 without an end line");
  expect("no metric", Outcome::crashed, "broke the protocol: no metric line");
}

TEST(CellRun, AFloodOfOutputIsStopped) {
  expect("flood", Outcome::crashed, "broke the protocol: more than 16 MiB of output");
}

TEST(CellRun, AProgramThatIsNotThereSaysSo) {
  const Interrupt interrupt;
  const auto end = run_cell(cell_labelled("ok"), {"/no/such/program"}, interrupt);
  EXPECT_EQ(end->result.outcome, Outcome::crashed);
  EXPECT_EQ(end->result.detail, "exit status 127: /no/such/program: cannot be started: No such file or directory");
}

TEST(CellRun, WhatAProgramLeavesBehindHoldsNobodyUp) {
  const CellResult result = run("leaves one behind", 20);
  EXPECT_EQ(result.outcome, Outcome::ok) << result.detail;
}

TEST(CellRun, TheWholeGroupIsKilledAtTheLimit) {
  // The shell waits for a grandchild, which would write the file later.
  const std::string file = ::testing::TempDir() + "rota-orphan";
  std::remove(file.c_str());
  const Interrupt interrupt;
  const auto end = run_cell(cell_labelled("ok", 0.2), {"sh", "-c", "(sleep 1; touch '" + file + "'); :"}, interrupt);
  EXPECT_EQ(end->result.outcome, Outcome::hung);
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  EXPECT_NE(::access(file.c_str(), F_OK), 0);
}

TEST(CellRun, AnInterruptEndsTheCellAsIfItHadNotStarted) {
  const Interrupt interrupt;
  std::thread person([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    ::kill(::getpid(), SIGINT);
  });
  const auto end = run_cell(cell_labelled("hang"), {ROTA_FAKE_CELL}, interrupt);
  person.join();
  EXPECT_FALSE(end.has_value());
  EXPECT_TRUE(interrupt.happened());
}

TEST(CellRun, TheFileIsWhatTheReaderReads) {
  const Interrupt interrupt;
  for (const char* label : {"ok", "wrong", "garbage", "crash"}) {
    const auto end = run_cell(cell_labelled(label), {ROTA_FAKE_CELL}, interrupt);
    EXPECT_EQ(parse_cell_file(end->file, "f"), end->result) << label;
  }
}

TEST(CellRun, ACellFileWithoutItsOutcomeIsRefused) {
  EXPECT_THROW((void)parse_cell_file(R"({"kind":"start","protocol":1})"
                                     "\n",
                                     "f"),
               InputError);
  EXPECT_THROW((void)parse_cell_file("", "f"), InputError);
  EXPECT_THROW((void)parse_cell_file("{\"kind\":\"outc", "f"), InputError);
}

TEST(CellRun, AStatusThatContradictsTheLinesIsBelieved) {
  const std::string start = R"({"kind":"start","protocol":1})"
                            "\n";
  const std::string metric = R"({"kind":"metric","metric":"m","unit":"ns","value":1,"iterations":1})"
                             "\n";
  ChildEnd end;
  end.out = start + metric +
            R"({"kind":"end","status":"ok"})"
            "\n";
  EXPECT_EQ(judge(end, 1).result.outcome, Outcome::ok);
  end.status = 1;
  EXPECT_EQ(judge(end, 1).result.outcome, Outcome::wrong);
  end.status = 0;
  end.out += metric;
  EXPECT_EQ(judge(end, 1).result.detail,
            "broke the protocol: line 4.kind: expected no line after the end line, got \"metric\"");
}

}  // namespace
}  // namespace rota::experiments
