// Writes results.db.
#include "experiments/run/store.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <string>

#include "record/input_error.hpp"
#include "record/request_json.hpp"

namespace rota::experiments {
namespace {

constexpr const char* tables = R"(
create table if not exists cell(id text primary key, block int, policy text, policy_use text, policy_config text,
  workload text, workload_use text, workload_config text, world text, machine text, workers int, placement text, repetition int,
  outcome text, detail text, wall_s real);
create table if not exists measurement(cell text references cell, metric text, unit text, value real, iterations int);
create index if not exists measurement_cell on measurement(cell);
create table if not exists matrix(cell text references cell, name text, row int, col int, value int);
create index if not exists matrix_cell on matrix(cell);
create table if not exists fact(key text primary key, value text);
)";

[[noreturn]] void fail(sqlite3* db) {
  throw record::InputError(
      fmt::format("results.db: expected a database that can be written, got: {}", sqlite3_errmsg(db)));
}

void run_sql(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db);
}

// One statement; values are bound in the order of the calls, once() runs it and makes it ready for the next row.
class Statement {
 public:
  Statement(sqlite3* db, const char* sql) : db_(db) {
    if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK) fail(db);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& operator<<(const std::string& text) {
    sqlite3_bind_text(statement_, ++next_, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& operator<<(std::uint64_t number) {
    sqlite3_bind_int64(statement_, ++next_, static_cast<sqlite3_int64>(number));
    return *this;
  }
  Statement& operator<<(double number) {
    sqlite3_bind_double(statement_, ++next_, number);
    return *this;
  }
  void once() {
    if (sqlite3_step(statement_) != SQLITE_DONE) fail(db_);
    sqlite3_reset(statement_);
    next_ = 0;
  }

 private:
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 0;
};

// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(sqlite3* db) : db_(db) { run_sql(db_, "begin immediate"); }
  ~Transaction() {
    if (db_ != nullptr) sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    run_sql(db_, "commit");
    db_ = nullptr;
  }

 private:
  sqlite3* db_;
};

}  // namespace

void Store::Close::operator()(sqlite3* db) const { sqlite3_close(db); }

Store::Store(const std::filesystem::path& file, const record::Manifest& manifest) {
  sqlite3* db = nullptr;
  const int opened = sqlite3_open(file.c_str(), &db);
  db_.reset(db);
  if (opened != SQLITE_OK) fail(db);
  sqlite3_busy_timeout(db, 5000);
  // Speed over safety: what a power cut destroys here is rebuilt from cells/.
  run_sql(db, "pragma synchronous = off");
  Transaction transaction(db);
  run_sql(db, tables);
  write_facts(manifest);
  transaction.commit();
}

void Store::write_facts(const record::Manifest& manifest) {
  std::map<std::string, std::string> facts{{"experiment", manifest.experiment},
                                           {"question", manifest.question},
                                           {"created", manifest.created},
                                           {"seed", fmt::format("{}", manifest.seed)},
                                           {"binary_sha256", manifest.binary_sha256},
                                           {"tracing", manifest.tracing}};
  for (const auto& [name, machine] : manifest.machines) facts["machine " + name] = machine.text;
  for (const auto& [key, value] : manifest.build) facts["build " + key] = value;
  for (const auto& [key, value] : manifest.host) facts["host " + key] = value;
  for (const auto& [name, known] : manifest.allocators)
    facts["allocator " + name] = known.missing.empty() ? known.package + " " + known.version : known.missing;
  Statement insert(db_.get(), "insert or replace into fact values(?, ?)");
  for (const auto& [key, value] : facts) (insert << key << value).once();
}

void Store::add_figures(const std::string& cell, const record::CellResult& result) {
  (Statement(db_.get(), "delete from measurement where cell = ?") << cell).once();
  Statement insert(db_.get(), "insert into measurement values(?, ?, ?, ?, ?)");
  for (const auto& figure : result.figures)
    (insert << cell << figure.metric << figure.unit << figure.value << figure.iterations).once();
}

void Store::add_matrices(const std::string& cell, const record::CellResult& result) {
  (Statement(db_.get(), "delete from matrix where cell = ?") << cell).once();
  Statement insert(db_.get(), "insert into matrix values(?, ?, ?, ?, ?)");
  for (const auto& [name, rows] : result.matrices) {
    for (std::uint64_t row = 0; row < rows.size(); ++row) {
      for (std::uint64_t column = 0; column < rows[row].size(); ++column)
        (insert << cell << name << row << column << rows[row][column]).once();
    }
  }
}

void Store::add(const record::PlannedCell& cell, const record::CellResult& result) {
  const record::CellRequest& request = cell.request;
  Transaction transaction(db_.get());
  (Statement(db_.get(), "insert or replace into cell values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
   << cell.id << std::uint64_t{cell.block} << request.policy.label << request.policy.use
   << record::to_json(request.policy.with) << request.workload.label << request.workload.use
   << record::to_json(request.workload.with) << std::string(to_text(request.world)) << record::machine_of(request)
   << std::uint64_t{request.workers} << request.placement << std::uint64_t{request.repetition}
   << std::string(to_text(result.outcome)) << result.detail << result.wall_s)
      .once();
  add_figures(cell.id, result);
  add_matrices(cell.id, result);
  transaction.commit();
}

void rebuild_store(const record::Run& run) {
  const auto fresh = run.folder / "results.db.new";
  std::filesystem::remove(fresh);
  {
    Store store(fresh, run.manifest);
    for (const auto& cell : run.cells) {
      if (cell.result.outcome != record::Outcome::pending) store.add(cell.plan, cell.result);
    }
  }
  std::filesystem::remove(run.folder / "results.db-journal");  // of the file that is replaced
  std::filesystem::rename(fresh, run.folder / "results.db");
}

}  // namespace rota::experiments
