// One cell with a real program that answers, crashes, hangs, lies or babbles.
#include "experiments/run/cell_run.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "record/input_error.hpp"
#include "record/request_json.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments {
namespace {

record::PlannedCell cell_labelled(const std::string& label, double timeout_s = 30) {
  record::PlannedCell cell;
  cell.id = "c0001";
  cell.timeout_s = timeout_s;
  cell.request.workload.label = label;
  cell.request.workers = 2;
  return cell;
}

CellEnd run_cell(const record::PlannedCell& cell, const std::vector<std::string>& command) {
  const Interrupt interrupt;
  return judge(run_child(command, cell_input({}, cell), cell.timeout_s, interrupt), cell.timeout_s);
}

record::CellResult run(const std::string& label, double timeout_s = 30) {
  return run_cell(cell_labelled(label, timeout_s), {ROTA_FAKE_CELL}).result;
}

// A file that programs append numbers to, one a line.
struct TemporaryFile {
  const rota::testing::TemporaryFolder folder;
  const std::string path = (folder.path() / "file").string();
  [[nodiscard]] std::vector<pid_t> numbers() const {
    std::ifstream in(path);
    return {std::istream_iterator<pid_t>(in), {}};
  }
  [[nodiscard]] std::size_t lines() const { return numbers().size(); }
};

void expect(const std::string& label, record::Outcome outcome, const std::string& detail, double timeout_s = 30) {
  const record::CellResult result = run(label, timeout_s);
  EXPECT_EQ(to_text(result.outcome), to_text(outcome)) << label << ": " << result.detail;
  EXPECT_EQ(result.detail, detail) << label;
  if (outcome != record::Outcome::ok) EXPECT_TRUE(result.figures.empty()) << label;
}

TEST(CellRun, AGoodOneGivesItsFiguresAndAnswers) {
  const record::CellResult result = run("ok");
  EXPECT_EQ(result.outcome, record::Outcome::ok);
  EXPECT_EQ(result.figures, (std::vector<record::Figure>{{"ns_per_task", "ns", 42, 17}}));
  EXPECT_EQ(result.answers, (std::vector<record::Answer>{{"tasks", "1000", "1000", true}}));
  EXPECT_TRUE(result.pinned);
  EXPECT_GT(result.wall_s, 0);
}

TEST(CellRun, AWrongAnswerDiscardsTheFiguresAndIsShown) {
  const record::CellResult result = run("wrong");
  EXPECT_EQ(result.outcome, record::Outcome::wrong);
  EXPECT_EQ(result.detail, "tasks: expected 1000, got 999");
  EXPECT_TRUE(result.figures.empty());
  EXPECT_EQ(result.answers.size(), 1U);
}

TEST(CellRun, ACrashIsNamedByItsSignal) {
  expect("crash", record::Outcome::crashed, "signal 11 (Segmentation fault)");
  expect("crash at exit", record::Outcome::crashed, "signal 9 (Killed)");
  expect("status 7", record::Outcome::crashed, "exit status 7: out of luck");
}

TEST(CellRun, OneThatHangsIsKilledAtItsLimit) {
  expect("hang", record::Outcome::hung, "still running after 0.2 s", 0.2);
  expect("hang at exit", record::Outcome::hung, "still running after 0.2 s", 0.2);
}

TEST(CellRun, ARefusalIsItsLastLine) {
  expect("refused", record::Outcome::refused, "rota: request.policy.use: expected another");
}

TEST(CellRun, WhatBreaksTheProtocolIsNoMeasurement) {
  expect("garbage", record::Outcome::crashed, "broke the protocol: line 2: expected a JSON object");
  expect("array", record::Outcome::crashed, "broke the protocol: line 2: expected a JSON object");
  expect("not-a-number", record::Outcome::crashed, "broke the protocol: line 2.value: expected a number, got null");
  expect("unknown-kind", record::Outcome::crashed,
         "broke the protocol: line 2.kind: expected start, metric, check, matrix or end, got \"opinion\"");
  expect("outcome", record::Outcome::crashed,
         "broke the protocol: line 2.kind: expected start, metric, check, matrix or end, got \"outcome\"");
  expect("silent", record::Outcome::crashed, "exit status 0 without an end line");
  expect("no metric", record::Outcome::crashed, "broke the protocol: no metric line");
}

TEST(CellRun, MatricesAreKeptBesideTheFigures) {
  const record::CellResult result = run("matrix");
  EXPECT_EQ(result.outcome, record::Outcome::ok) << result.detail;
  EXPECT_EQ(result.matrices, (std::vector<record::Matrix>{{"steals", {{5, 1, 0}, {0, 7, 2}}}}));
  EXPECT_EQ(result.figures.size(), 1U);
  EXPECT_TRUE(run("wrong matrix").matrices.empty());
}

TEST(CellRun, AMatrixThatIsNoneBreaksTheProtocol) {
  const std::string expected = "expected an array of arrays of the same length, of integers from 0, got ";
  for (const auto& [rows, got] : std::map<std::string, std::string>{
           {"[]", "none"}, {"[[1],[2,3]]", "[2,3]"}, {"[[1,-2]]", "-2"}, {"[1]", "1"}, {"[[]]", "[]"}}) {
    ChildEnd end;
    end.out = R"({"kind":"matrix","name":"steals","rows":)" + rows + "}\n";
    EXPECT_EQ(judge(end, 1).result.detail, "broke the protocol: line 1.rows: " + expected + got);
  }
}

TEST(CellRun, ASimulatedCellIsGivenTheTextOfItsMachine) {
  record::PlannedCell cell = cell_labelled("ok");
  cell.request.world = record::World::simulated;
  cell.request.machine_name = "four";
  record::Manifest manifest;
  manifest.machines["four"].text = "the text\n";
  manifest.machines["other"].text = "another";
  const record::CellRequest request = record::request_from_json(cell_input(manifest, cell));
  EXPECT_EQ(request.machine, "the text\n");
  EXPECT_EQ(request.machine_name, "four");
}

TEST(CellRun, AFloodOfOutputIsStopped) {
  expect("flood", record::Outcome::crashed, "broke the protocol: more than 16 MiB of output");
}

TEST(CellRun, AProgramThatIsNotThereSaysSo) {
  const auto end = run_cell(cell_labelled("ok"), {"/no/such/program"});
  EXPECT_EQ(end.result.outcome, record::Outcome::crashed);
  EXPECT_EQ(end.result.detail, "exit status 127: /no/such/program: cannot be started: No such file or directory");
}

TEST(CellRun, WhatAProgramLeavesBehindHoldsNobodyUp) {
  const record::CellResult result = run("leaves one behind", 20);
  EXPECT_EQ(result.outcome, record::Outcome::ok) << result.detail;
}

TEST(CellRun, TheWholeGroupIsKilledAtTheLimit) {
  // The shell waits for a grandchild, which would write the file later.
  const std::string file = ::testing::TempDir() + "rota-orphan";
  std::remove(file.c_str());
  const auto end = run_cell(cell_labelled("ok", 0.2), {"sh", "-c", "(sleep 1; touch '" + file + "'); :"});
  EXPECT_EQ(end.result.outcome, record::Outcome::hung);
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  EXPECT_NE(::access(file.c_str(), F_OK), 0);
}

TEST(CellRun, AnInterruptEndsTheCell) {
  const Interrupt interrupt;
  std::thread person([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    ::kill(::getpid(), SIGINT);
  });
  const ChildEnd end = run_child({ROTA_FAKE_CELL}, cell_input({}, cell_labelled("hang")), 30, interrupt);
  person.join();
  EXPECT_EQ(end.kind, ChildEnd::Kind::interrupted);
  EXPECT_TRUE(interrupt.happened());
}

TEST(Children, RunBesideEachOtherAndEndInTheirOwnOrder) {
  const TemporaryFile file;
  const Interrupt interrupt;
  Children children(interrupt);
  EXPECT_FALSE(children.wait().has_value());
  const std::string after_eight = "until test -e '" + file.path + "'; do sleep 0.01; done; sleep 0.3; echo seven";
  children.start(7, {"sh", "-c", after_eight}, "", 30);
  children.start(8, {"sh", "-c", "cat; echo eight >&2; touch '" + file.path + "'"}, std::string(200'000, 'x'),
                 30);  // more than a pipe holds
  EXPECT_EQ(children.running(), 2U);
  const auto first = children.wait(), second = children.wait();
  children.start(9, {"sleep", "60"}, "", 0.1);
  const auto third = children.wait();
  EXPECT_EQ(first->key, 8U);
  EXPECT_EQ(first->end.out.size(), 200'000U);
  EXPECT_EQ(first->end.err, "eight\n");
  EXPECT_EQ(second->key, 7U);
  EXPECT_EQ(second->end.out, "seven\n");
  EXPECT_EQ(third->key, 9U);
  EXPECT_EQ(third->end.kind, ChildEnd::Kind::expired);
  EXPECT_FALSE(children.wait().has_value());
}

TEST(Children, AnInterruptKillsAllOfThem) {
  const TemporaryFile pids;
  const Interrupt interrupt;
  Children children(interrupt);
  for (std::size_t i = 0; i < 3; ++i)
    children.start(i, {"sh", "-c", "echo $$ >> '" + pids.path + "'; exec sleep 60"}, "", 30);
  std::thread person([&] {
    while (pids.lines() < 3) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ::kill(::getpid(), SIGINT);
  });
  EXPECT_FALSE(children.wait().has_value());
  person.join();
  EXPECT_EQ(children.running(), 0U);
  for (const pid_t pid : pids.numbers()) EXPECT_NE(::kill(pid, 0), 0) << pid;
}

TEST(CellRun, TheFileIsWhatTheReaderReads) {
  for (const char* label : {"ok", "wrong", "garbage", "crash", "matrix"}) {
    const auto end = run_cell(cell_labelled(label), {ROTA_FAKE_CELL});
    EXPECT_EQ(record::parse_cell_file(end.file, "f"), end.result) << label;
  }
}

TEST(CellRun, ACellFileWithoutItsOutcomeIsRefused) {
  EXPECT_THROW((void)record::parse_cell_file(R"({"kind":"start","protocol":1})"
                                             "\n",
                                             "f"),
               record::InputError);
  EXPECT_THROW((void)record::parse_cell_file("", "f"), record::InputError);
  EXPECT_THROW((void)record::parse_cell_file("{\"kind\":\"outc", "f"), record::InputError);
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
  EXPECT_EQ(judge(end, 1).result.outcome, record::Outcome::ok);
  end.status = 1;
  EXPECT_EQ(judge(end, 1).result.outcome, record::Outcome::wrong);
  end.status = 0;
  end.out += metric;
  EXPECT_EQ(judge(end, 1).result.detail,
            "broke the protocol: line 4.kind: expected no line after the end line, got \"metric\"");
}

}  // namespace
}  // namespace rota::experiments
