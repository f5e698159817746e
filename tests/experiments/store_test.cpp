// results.db: rows as the cells say, the same whether they came one by one or all at once.
#include "experiments/run/store.hpp"
#include "experiments/definition/read.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <vector>

#include "experiments/run/runner.hpp"
#include "shipped_machines.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> query(const fs::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  std::vector<std::string> rows;
  EXPECT_EQ(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  const auto add = [](void* to, int columns, char** values, char**) {
    std::string row;
    for (int i = 0; i < columns; ++i) row += std::string(i == 0 ? "" : "|") + (values[i] == nullptr ? "" : values[i]);
    static_cast<std::vector<std::string>*>(to)->push_back(row);
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), add, &rows, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  sqlite3_close(db);
  return rows;
}

std::vector<std::string> everything(const fs::path& file) {
  std::vector<std::string> all;
  for (const char* sql : {"select * from cell order by id", "select * from measurement order by cell, metric",
                          "select * from matrix order by cell, name, row, col", "select * from fact order by key"}) {
    for (auto& row : query(file, sql)) all.push_back(std::move(row));
  }
  return all;
}

const char* const definition = R"([[policy]]
use = "stealing"
[[workload]]
label = "ok"
use = "spawn-join"
[[workload]]
label = "wrong"
use = "spawn-join"
[sweep]
repetitions = 2
)";

fs::path finished_run(const fs::path& out) {
  const auto folder = begin_run(parse_definition(definition, "x.toml"), out);
  (void)continue_run(folder, {ROTA_FAKE_CELL}, nullptr);
  return folder;
}

TEST(Store, HoldsEveryCellAndTheFiguresOfTheGoodOnes) {
  const rota::testing::TemporaryFolder out;
  const auto db = finished_run(out.path()) / "results.db";
  EXPECT_EQ(query(db, "select count(*) from cell"), std::vector<std::string>{"8"});
  EXPECT_EQ(
      query(db,
            "select distinct policy, policy_use, policy_config, workload_config, world, machine, workers, placement, "
            "outcome, detail from cell where workload = 'wrong' and policy = 'stealing'"),
      std::vector<std::string>{
          "stealing|stealing|{\"ring\":256,\"victim\":\"random\"}|"
          "{\"body\":\"job\",\"tasks\":1000}|real|host|1|compact|wrong|tasks: expected 1000, got 999"});
  EXPECT_EQ(query(db,
                  "select distinct c.workload, metric, unit, value, iterations from measurement join cell c on c.id = "
                  "measurement.cell"),
            std::vector<std::string>{"ok|ns_per_task|ns|41.0|17"});
  EXPECT_EQ(query(db, "select value from fact where key = 'experiment'"), std::vector<std::string>{"x"});
}

TEST(Store, NamesTheMachineOfSimulatedCellsAndHoldsTheirMatrices) {
  const testing::ShippedMachines shipped;
  const rota::testing::TemporaryFolder out;
  const auto folder = begin_run(parse_definition(R"([world]
kind = ["real", "sim"]
machine = ["four", "eight"]
[[policy]]
use = "stealing"
[[workload]]
label = "matrix"
use = "spawn-join"
[sweep]
repetitions = 1
)",
                                                 "x.toml"),
                                out.path());
  (void)continue_run(folder, {ROTA_FAKE_CELL}, nullptr);
  const auto db = folder / "results.db";
  EXPECT_EQ(query(db, "select world, machine, count(*) from cell group by 1, 2 order by 1, 2"),
            (std::vector<std::string>{"real|host|2", "sim|eight|1", "sim|four|1"}));
  EXPECT_EQ(query(db,
                  "select name, row, col, value from matrix join cell on id = cell where machine = 'four' and "
                  "value > 0 order by row, col"),
            (std::vector<std::string>{"steals|0|0|5", "steals|0|1|1", "steals|1|1|7", "steals|1|2|2"}));
  EXPECT_EQ(query(db, "select count(*) from fact where key = 'machine four' and value like '%[topology]%'"),
            std::vector<std::string>{"1"});
  const auto before = everything(db);
  fs::remove(db);
  rebuild_store(record::read_run(folder));
  EXPECT_EQ(everything(db), before);
}

TEST(Store, RebuiltFromTheCellsItIsTheSame) {
  const rota::testing::TemporaryFolder out;
  const auto folder = finished_run(out.path());
  const auto before = everything(folder / "results.db");
  EXPECT_GT(before.size(), 10U);
  fs::remove(folder / "results.db");
  rebuild_store(record::read_run(folder));
  EXPECT_EQ(everything(folder / "results.db"), before);
}

TEST(Store, AddingACellTwiceIsAddingItOnce) {
  const rota::testing::TemporaryFolder out;
  const auto folder = finished_run(out.path());
  const auto before = everything(folder / "results.db");
  const auto run = record::read_run(folder);
  Store store(folder / "results.db", run.manifest);
  for (const auto& row : run.cells) store.add(row.plan, row.result);
  EXPECT_EQ(everything(folder / "results.db"), before);
}

TEST(Store, AFileThatIsNoDatabaseIsRefused) {
  const rota::testing::TemporaryFolder out;
  const auto file = out.write("results.db", std::string(4096, 'x'));
  EXPECT_THROW(Store(file, record::Manifest{}), record::InputError);
}

}  // namespace
}  // namespace rota::experiments
