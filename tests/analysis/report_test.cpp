// The page as text: self-contained, under a strict content policy, and safe from what labels say.
#include "analysis/page/report.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "analysis/page/assets.hpp"
#include "fabricated_run.hpp"
#include "record/input_error.hpp"
#include "shown.hpp"

namespace rota::analysis {
namespace {

using testing::TemporaryFolder;

std::size_t count(std::string_view text, std::string_view word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + word.size())) ++found;
  return found;
}

std::string page_of(const std::filesystem::path& folder) {
  const std::vector<record::Run> runs{record::read_run(folder)};
  return report_page(runs);
}

TEST(Report, IsUnderAPolicyThatForbidsEveryFetch) {
  const TemporaryFolder folder;
  testing::write_quickstart(folder.path());
  const std::string page = page_of(folder.path());
  const auto policy = page.find(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'; img-src data:\">");
  EXPECT_NE(policy, std::string::npos);
  EXPECT_LT(policy, page.find("<style>")) << "the policy must stand before whatever it governs";
  EXPECT_EQ(page.find("{{"), page.find("{{", page.find(chart_library()))) << "a mark of the template was not replaced";
}

TEST(Report, NamesNoAddressOutsideTheLibrary) {
  const TemporaryFolder folder;
  testing::write_quickstart(folder.path());
  std::string page = page_of(folder.path());
  const auto library = page.find(chart_library());
  ASSERT_NE(library, std::string::npos);
  page.erase(library, chart_library().size());
  EXPECT_EQ(page.find("http://"), std::string::npos);
  EXPECT_EQ(page.find("https://"), std::string::npos);
  EXPECT_EQ(page.find("@import"), std::string::npos);
  EXPECT_EQ(count(page, " src="), 0U);
  // The library's are names of XML vocabularies and the address of a license.
  EXPECT_EQ(count(chart_library(), "http://") + count(chart_library(), "https://"),
            count(chart_library(), "http://www.w3.org/") +
                count(chart_library(), "https://github.com/ecomfe/zrender/blob/master/LICENSE"));
}

TEST(Report, EscapesHostileLabelsInDataAndTitle) {
  const std::string hostile = "</script><script>window.owned = 1</script><!-- {{data}}";
  const TemporaryFolder folder, plain;
  record::Manifest manifest = testing::plain_manifest();
  manifest.experiment = hostile;
  testing::write_run(folder.path(),
                     {{.policy = hostile,
                       .workload = hostile,
                       .metrics = {{hostile, "ns", 1}},
                       .policy_config = {{hostile, hostile}}}},
                     manifest);
  testing::write_quickstart(plain.path());
  const std::string page = page_of(folder.path()), usual = page_of(plain.path());
  EXPECT_EQ(count(page, "<script"), count(usual, "<script"));
  EXPECT_EQ(count(page, "</script"), count(usual, "</script"));
  EXPECT_EQ(count(page, "<!--"), count(usual, "<!--"));
  EXPECT_NE(page.find("<title>&lt;/script&gt;"), std::string::npos);
}

TEST(Report, KeepsTheDataWholeThroughEscaping) {
  const Json data{{"label", "a < b </script> \u2028 \"quoted\""}};
  const std::string safe = script_json(data);
  EXPECT_EQ(safe.find('<'), std::string::npos);
  EXPECT_EQ(Json::parse(safe), data);
}

TEST(Report, HoldsASectionForEveryRun) {
  const TemporaryFolder folder;
  testing::write_quickstart(folder.path() / "one");
  testing::write_scaling(folder.path() / "two");
  const std::vector<record::Run> runs{record::read_run(folder.path() / "one"), record::read_run(folder.path() / "two")};
  const auto file = folder.path() / "report.html";
  write_report(runs, file);
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  EXPECT_EQ(text.str(), report_page(runs));
  EXPECT_NE(text.str().find("<title>quickstart, spawn-scaling · Rota</title>"), std::string::npos);
  EXPECT_THROW(write_report(runs, folder.path() / "absent" / "report.html"), record::InputError);
}

TEST(Report, OfARunWithoutAnyFigureStillStands) {
  const TemporaryFolder folder;
  testing::write_run(folder.path(),
                     {{.metrics = {}, .outcome = "crashed", .detail = "signal 11 (Segmentation fault)"}});
  const Json data = testing::page_of(record::read_run(folder.path()));
  EXPECT_TRUE(data["charts"].empty());
  EXPECT_EQ(data["trust"]["discarded"][0]["detail"], "signal 11 (Segmentation fault)");
}

TEST(Report, SaysWhichPolicyHadAnotherAllocator) {
  const TemporaryFolder folder;
  testing::write_run(folder.path(),
                     {{.policy = "fifo mimalloc", .metrics = {{"wall", "ns", 5}}, .allocator = "mimalloc"},
                      {.policy = "fifo", .metrics = {{"wall", "ns", 6}}}});
  const Json data = testing::page_of(record::read_run(folder.path()));
  for (const auto& policy : data["policies"])
    EXPECT_EQ(policy["allocator"], policy["label"] == "fifo mimalloc" ? "mimalloc" : "");
  EXPECT_EQ(data["workloads"][0]["allocator"], "");
}

}  // namespace
}  // namespace rota::analysis
