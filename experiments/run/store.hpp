// Store: results.db of a run, for SQL. It has one writer and holds nothing that manifest.json and cells/ do not: it can
// be removed and rebuilt at any time.
#pragma once

#include <filesystem>
#include <memory>

#include "record/run.hpp"

struct sqlite3;

namespace rota::experiments {

class Store {
 public:
  // Opens or creates the file, its tables and its facts. Throws InputError if it cannot.
  Store(const std::filesystem::path& file, const record::Manifest& manifest);

  // Adds a cell with its figures, or replaces it by what is given: doing it twice is doing it once.
  void add(const record::PlannedCell& cell, const record::CellResult& result);

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  void write_facts(const record::Manifest& manifest);
  void add_figures(const std::string& cell, const record::CellResult& result);
  void add_matrices(const std::string& cell, const record::CellResult& result);
  std::unique_ptr<sqlite3, Close> db_;
};

// Makes results.db anew from the run's files; the old one is replaced at the end.
void rebuild_store(const record::Run& run);

}  // namespace rota::experiments
