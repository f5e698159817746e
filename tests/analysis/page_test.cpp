// The report opened in headless Chromium: every chart drawn, no error on the console, hostile labels inert. These tests
// fail, and are not skipped, where there is no Chromium: a page that nobody opened is not tested.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "analysis/page/report.hpp"
#include "fabricated_claims.hpp"

namespace rota::analysis {
namespace {

using testing::TemporaryFolder;

std::string chromium() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
      if (std::string file = folder + "/" + name; ::access(file.c_str(), X_OK) == 0) return file;
    }
  }
  return {};
}

struct Opened {
  std::string dom, console;
};

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return std::move(text).str();
}

// The document after its scripts have run, and what Chromium logged.
Opened open_page(const std::filesystem::path& page, const std::filesystem::path& scratch) {
  const std::string browser = chromium();
  if (browser.empty()) {
    ADD_FAILURE() << "no chromium in PATH; it is needed to test the page (package: chromium)";
    return {};
  }
  const std::string command = fmt::format(
      "timeout 120 '{}' --headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
      "--disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage "
      "--enable-logging=stderr --window-size=1280,2000 --virtual-time-budget=10000 --user-data-dir='{}' --dump-dom "
      "'file://{}' >'{}' 2>'{}'",
      browser, (scratch / "profile").string(), page.string(), (scratch / "dom").string(), (scratch / "log").string());
  EXPECT_EQ(std::system(command.c_str()), 0) << text_of(scratch / "log");
  Opened opened{text_of(scratch / "dom"), {}};
  std::istringstream log(text_of(scratch / "log"));
  for (std::string line; std::getline(log, line);) {
    if (line.find("CONSOLE") != std::string::npos) opened.console += line + "\n";
  }
  return opened;
}

std::string attribute(const std::string& dom, const std::string& name) {
  const auto body = dom.find("<body");
  const std::string tag = dom.substr(body, dom.find('>', body) - body);
  const auto at = tag.find(name + "=\"");
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 2;
  return tag.substr(begin, tag.find('"', begin) - begin);
}

// How many shapes each chart's drawing holds, counted in the document and not by the page itself.
std::vector<std::size_t> shapes_per_chart(const std::string& dom) {
  std::vector<std::size_t> counts;
  const std::string mark = "<div class=\"draw\"";
  for (auto at = dom.find(mark); at != std::string::npos;) {
    const auto end = dom.find("</figure>", at);
    const std::string drawing = dom.substr(at, end - at);
    std::size_t shapes = 0;
    const auto svg = drawing.find("<svg");
    for (const char* shape : {"<path", "<rect", "<circle"}) {
      for (auto found = drawing.find(shape, svg); svg != std::string::npos && found != std::string::npos;
           found = drawing.find(shape, found + 1)) {
        ++shapes;
      }
    }
    counts.push_back(shapes);
    at = dom.find(mark, end);
  }
  return counts;
}

void expect_drawn(const Opened& opened, std::size_t charts) {
  EXPECT_EQ(attribute(opened.dom, "data-charts"), fmt::format("{0}/{0}", charts));
  EXPECT_EQ(attribute(opened.dom, "data-errors"), "");
  EXPECT_EQ(opened.console, "");
  const auto shapes = shapes_per_chart(opened.dom);
  EXPECT_EQ(shapes.size(), charts);
  for (const std::size_t count : shapes) EXPECT_GE(count, 8U) << "a chart holds hardly more than its axes";
}

TEST(Page, DrawsEveryChartOfQuickstart) {
  const TemporaryFolder folder;
  testing::write_quickstart(folder.path());
  const std::vector<record::Run> runs{record::read_run(folder.path())};
  write_report(runs, folder.path() / "report.html");
  const Opened opened = open_page(folder.path() / "report.html", folder.path());
  expect_drawn(opened, 7);
  EXPECT_NE(opened.dom.find("fifo against itself is"), std::string::npos);
  EXPECT_NE(opened.dom.find("still running after 60 s"), std::string::npos) << "discarded cells are shown";
  EXPECT_NE(opened.dom.find("A processor @ 2.50GHz"), std::string::npos) << "the machine is shown";
}

// Bars whose figures span decades, lines over a sweep, gains against a baseline, a map: each kind on one page.
TEST(Page, DrawsEveryKindOfChart) {
  const TemporaryFolder folder;
  testing::write_scaling(folder.path() / "lines");
  std::vector<testing::FabricatedCell> cells;
  for (const unsigned workers : {1U, 2U, 4U, 8U, 16U, 32U}) {
    for (const char* policy : {"fifo", "stealing"}) {
      const double value = policy[0] == 'f' ? 10.0 * workers : 5000.0 / workers;
      for (const char* workload : {"a", "b", "c", "d", "e", "f", "g"}) {
        cells.push_back(
            {.policy = policy, .workload = workload, .workers = workers, .metrics = {{"time", "ns", value}}});
      }
    }
  }
  record::Manifest manifest = testing::plain_manifest();
  for (const auto& [chart, x, against] : {std::array{"bars", "workers", ""},
                                          {"lines", "workers", "fifo"},
                                          {"heat", "policy", "fifo"},
                                          {"bars", "workload", ""}}) {
    record::ReportChart wish;
    wish.chart = chart;
    wish.x = x;
    wish.against = against;
    manifest.report.push_back(wish);
  }
  testing::write_run(folder.path() / "wishes", cells, manifest);
  const std::vector<record::Run> runs{record::read_run(folder.path() / "lines"),
                                      record::read_run(folder.path() / "wishes")};
  write_report(runs, folder.path() / "report.html");
  expect_drawn(open_page(folder.path() / "report.html", folder.path()), 1 + 7 + 7 + 1 + 1);
}

TEST(Page, DrawsAndMarksWhatIsSimulated) {
  const TemporaryFolder folder;
  testing::write_both_worlds(folder.path() / "both");
  testing::write_numa(folder.path() / "numa");
  const std::vector<record::Run> runs{record::read_run(folder.path() / "both"),
                                      record::read_run(folder.path() / "numa")};
  write_report(runs, folder.path() / "report.html");
  const Opened opened = open_page(folder.path() / "report.html", folder.path());
  // What a reader sees, without the data that it was made from.
  const auto begin = opened.dom.find("<main");
  const std::string shown = opened.dom.substr(begin, opened.dom.find("</main>") - begin);
  // Maps of two worlds, three workloads, the prediction, four policies' time; then six wishes, time, steals of three.
  expect_drawn(opened, 2 + 3 + 1 + 4 + 6 + 4 + 3);
  for (const char* text :
       {"How far the prediction is from the measurement", "Against 24 figures measured",
        "Nothing in this run was measured", "Run sim-vs-real to see the error on this host", "Where the time went",
        "Steals between nodes", "stated, not measured", "a paper about the update of lines", "fifo (simulated)",
        ">sim: host<", ">sim: 8s-256c<", "spawn 10k (measured and simulated)", "What the simulator counted"}) {
    EXPECT_NE(shown.find(text), std::string::npos) << text;
  }
  EXPECT_EQ(shown.find("No A/A pair"), std::string::npos) << "simulated cells need none";
  EXPECT_NE(shown.find("stroke-dasharray=\"7,4\""), std::string::npos) << "simulated lines are dashed";
  EXPECT_NE(shown.find("dot hatched"), std::string::npos);
}

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++found;
  return found;
}

TEST(Page, ShowsEveryClaimWithItsVerdict) {
  const TemporaryFolder folder;
  testing::write_claims(folder.path());
  const std::vector<record::Run> runs{record::read_run(folder.path())};
  write_report(runs, folder.path() / "report.html");
  const Opened opened = open_page(folder.path() / "report.html", folder.path());
  expect_drawn(opened, 4);
  const auto begin = opened.dom.find("<section class=\"claims\"");
  const std::string shown = opened.dom.substr(begin, opened.dom.find("</section>", begin) - begin);
  EXPECT_EQ(count(shown, "class=\"verdict good\""), 4U);
  EXPECT_EQ(count(shown, "class=\"verdict near\""), 2U);
  EXPECT_EQ(count(shown, "class=\"verdict bad\""), 2U);
  EXPECT_EQ(count(shown, "class=\"verdict unknown\""), 4U);
  EXPECT_EQ(count(shown, "class=\"figure "), 9U) << "a dot for each claim about which there is a figure";
  EXPECT_EQ(count(shown, "class=\"ours\""), 4U) << "a diamond for each policy that plays a part";
  EXPECT_EQ(count(shown, "<tr class=\"where\">"), 4U) << "three of stated figures, one of lines";
  for (const char* text : {"within a factor of 2", "does not hold here", "met, within noise", "not met", "10 – 50 ns",
                           "1.24× above what is stated: each yield passes through", "14.8× above", "4× better",
                           "met against the others, but peer:go: missing: not built", "within 1.1×",
                           "peer:threads: crashed: signal 11", "no HTTP server among", "at most 160 bytes"}) {
    EXPECT_NE(shown.find(text), std::string::npos) << text;
  }
  EXPECT_NE(opened.dom.find("missing: not built"), std::string::npos) << "the table of peers says so too";
  EXPECT_NE(opened.dom.find("peer:go · 18 cells of 3 workloads"), std::string::npos);
}

TEST(Page, RunsNothingThatALabelSays) {
  const std::string hostile = "</script><script>document.body.dataset.owned = 1</script><img src=x onerror=alert(1)>";
  const TemporaryFolder folder;
  record::Manifest manifest = testing::plain_manifest();
  manifest.question = hostile;
  manifest.host["cpu"] = hostile;
  std::vector<testing::FabricatedCell> cells;
  for (const std::string& policy : {std::string("fifo"), hostile}) {
    cells.push_back({.policy = policy, .workload = hostile, .metrics = {{hostile, "ns", 5}}});
  }
  cells.push_back({.metrics = {}, .outcome = "crashed", .detail = hostile});
  manifest.claims = {testing::stated_claim(hostile, 1, 2, hostile), testing::line_claim({hostile}, {"fifo"}, 1)};
  manifest.claims[0].where = manifest.claims[0].why = manifest.claims[1].row = hostile;
  for (record::Claim& claim : manifest.claims) claim.workload = claim.metric = hostile;
  testing::write_run(folder.path(), cells, manifest);
  const std::vector<record::Run> runs{record::read_run(folder.path())};
  write_report(runs, folder.path() / "report.html");
  const Opened opened = open_page(folder.path() / "report.html", folder.path());
  expect_drawn(opened, 1);
  EXPECT_EQ(attribute(opened.dom, "data-owned"), "");
  EXPECT_EQ(opened.dom.find("<img"), std::string::npos);
}

}  // namespace
}  // namespace rota::analysis
