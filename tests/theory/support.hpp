// What the tests of policies against theory share.
#pragma once

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <functional>
#include <string>

#include "checks/theory/arrivals.hpp"
#include "checks/theory/intervals.hpp"
#include "checks/theory/paths.hpp"
#include "checks/theory/subjects.hpp"

namespace rota::checks::theory {

// Says whom a test is about, and fails if it is about nobody.
class Coverage {
 public:
  explicit Coverage(std::string theorem) : theorem_(std::move(theorem)) {}
  Coverage(const Coverage&) = delete;
  Coverage& operator=(const Coverage&) = delete;
  ~Coverage() {
    EXPECT_FALSE(names_.empty()) << "no policy promises what " << theorem_ << " is about";
    fmt::print("             {}: {}\n", theorem_, names_);
  }
  void add(const Subject& subject) { names_ += (names_.empty() ? "" : ", ") + std::string(subject.name); }

 private:
  std::string theorem_, names_;
};

// Calls `test` for each policy of a class, with a note for failures.
inline void for_each_in(bool (*in)(const Subject&), const std::string& theorem,
                        const std::function<void(const Subject&)>& test) {
  Coverage coverage(theorem);
  for (const Subject& subject : subjects()) {
    if (!in(subject)) continue;
    coverage.add(subject);
    SCOPED_TRACE(subject.name);
    test(subject);
  }
}

inline bool everyone(const Subject&) { return true; }

// An oracle that finds something fails the test.
inline void expect_holds(const Finding& finding, std::string_view where) {
  EXPECT_FALSE(finding.has_value()) << where << ": " << finding.value_or("");
}

// An interval that does not hold what theory says fails the test, and so does one that is too wide to say anything.
inline void expect_holds(const Interval& interval, double theory, std::string_view where) {
  EXPECT_TRUE(interval.holds(theory)) << where << ": " << interval.text() << ", theory " << theory;
  EXPECT_LT(interval.half, .8 * theory) << where << ": " << interval.text() << " says nothing";
}

}  // namespace rota::checks::theory
