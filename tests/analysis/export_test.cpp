// Exports against golden text.
#include "analysis/export/export.hpp"

#include <gtest/gtest.h>

#include "analysis/words/json.hpp"
#include "fabricated_run.hpp"

namespace rota::analysis {
namespace {

using testing::TemporaryFolder;

record::Run small_run(const std::filesystem::path& folder) {
  const SettingValues ring{{"ring", 256L}};
  testing::write_run(
      folder, {{.policy = "work \"stealing\", near",
                .workers = 2,
                .block = 1,
                .metrics = {{"ns_per_task", "ns", 41.25}, {"tasks", "1", 1000}},
                .policy_config = ring},
               {.metrics = {{"ns_per_task", "ns", 99}}, .outcome = "wrong", .detail = "tasks: expected 1000, got 999"},
               {.metrics = {{"ns_per_task", "ns", 0.1}}}});
  return record::read_run(folder);
}

TEST(Export, WritesOneCsvRowPerMeasurementOfCellsThatAnsweredRightly) {
  const TemporaryFolder folder;
  EXPECT_EQ(
      export_csv(small_run(folder.path())),
      "experiment,policy,policy_config,workload,workload_config,world,machine,workers,repetition,metric,unit,value\n"
      "fabricated,\"work \"\"stealing\"\", near\",\"{\"\"ring\"\":256}\",spawn,{},real,host,2,1,ns_per_task,ns,41.25\n"
      "fabricated,\"work \"\"stealing\"\", near\",\"{\"\"ring\"\":256}\",spawn,{},real,host,2,1,tasks,1,1000\n"
      "fabricated,fifo,{},spawn,{},real,host,1,0,ns_per_task,ns,0.1\n");
}

TEST(Export, WritesTheSameRowsAsJson) {
  const TemporaryFolder folder;
  const Json rows = Json::parse(export_json(small_run(folder.path())));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(
      rows[0].dump(),
      "{\"experiment\":\"fabricated\",\"policy\":\"work \\\"stealing\\\", near\",\"policy_config\":{\"ring\":256},"
      "\"workload\":\"spawn\",\"workload_config\":{},\"world\":\"real\",\"machine\":\"host\",\"workers\":2,"
      "\"repetition\":1,\"metric\":\"ns_per_task\",\"unit\":\"ns\",\"value\":41.25}");
}

}  // namespace
}  // namespace rota::analysis
