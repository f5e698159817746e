// Draws a machine: boxes in boxes, one square for each processing unit.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>

#include "command/machine_show.hpp"

namespace rota::command {
namespace {

// A colour for each node in turn: the same lightness, so that none stands out.
constexpr std::array colours{"#3b6fb6", "#c2662d", "#3f8f5b", "#8a5fb0", "#b8486b", "#2f8c97", "#8c7a2b", "#6b6f78"};

constexpr double pad = 12;    // inside a box, and between boxes
constexpr double label = 20;  // the line of text at the top of a box
constexpr double margin = 28;
constexpr double header = 64;

struct Box {
  std::string name;
  std::vector<Box> inside;
  std::vector<std::vector<unsigned>> cores;  // of a box with none inside: their processing units
  unsigned depth = 0;
  double width = 0, height = 0;
};

// Columns of a grid of so many: a full grid a bit wider than high, if the number allows it.
std::size_t columns_of(std::size_t count) {
  const auto root = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  for (std::size_t columns = root; columns <= 2 * root; ++columns) {
    if (count % columns == 0) return columns;
  }
  return root;
}

// Tree.

struct Kind {
  const char* name;
  unsigned Pu::* part;
};
constexpr std::array kinds{Kind{"package", &Pu::package}, Kind{"node", &Pu::node}, Kind{"L3", &Pu::l3},
                           Kind{"L2", &Pu::l2}};

std::vector<std::vector<unsigned>> grouped(std::span<const Pu> pus, const std::vector<unsigned>& units,
                                           unsigned Pu::* part) {
  std::map<unsigned, std::vector<unsigned>> groups;
  for (const unsigned unit : units) groups[pus[unit].*part].push_back(unit);
  std::vector<std::vector<unsigned>> result;
  for (auto& [index, group] : groups) result.push_back(std::move(group));
  return result;
}

// A cache that only one core has is not worth a box.
bool is_private(std::span<const Pu> pus, const std::vector<unsigned>& units, const Kind& kind) {
  return kind.part != &Pu::package && kind.part != &Pu::node && grouped(pus, units, &Pu::core).size() == 1;
}

// What holds just one box of the next kind shares one with it: "package 0 · node 0".
void add_boxes(Box& into, std::span<const Pu> pus, const std::vector<unsigned>& units, std::size_t kind) {
  if (kind == kinds.size()) {
    into.cores = grouped(pus, units, &Pu::core);
    return;
  }
  const auto groups = grouped(pus, units, kinds[kind].part);
  if (is_private(pus, groups[0], kinds[kind])) return add_boxes(into, pus, units, kinds.size());
  // Without an L3, what shares an L2 counts as sharing one: the L2 says it.
  if (kinds[kind].part == &Pu::l3 && groups == grouped(pus, units, &Pu::l2))
    return add_boxes(into, pus, units, kind + 1);
  const auto name = [&](const auto& group) {
    return fmt::format("{} {}", kinds[kind].name, pus[group[0]].*kinds[kind].part);
  };
  if (groups.size() == 1) {
    into.name += (into.name.empty() ? "" : " · ") + name(groups[0]);
    return add_boxes(into, pus, units, kind + 1);
  }
  for (const auto& group : groups) {
    into.inside.push_back({name(group), {}, {}, into.depth + 1});
    add_boxes(into.inside.back(), pus, group, kind + 1);
  }
}

// Sizes.

void measure(Box& box, double cell) {
  const bool leaf = box.inside.empty();
  double part_width = cell;
  double part_height = cell;
  for (auto& part : box.inside) {
    measure(part, cell);
    part_width = std::max(part_width, part.width);
    part_height = std::max(part_height, part.height);
  }
  const std::size_t count = leaf ? box.cores.size() : box.inside.size();
  const std::size_t columns = columns_of(count);
  const double gap = leaf ? cell / 8 : pad;
  const auto along = [&](std::size_t many, double part) { return static_cast<double>(many) * (part + gap) - gap; };
  const double text = 7.2 * static_cast<double>(box.name.size());
  box.width = std::max(along(columns, part_width), text) + 2 * pad;
  box.height = along((count + columns - 1) / columns, part_height) + 2 * pad + (box.name.empty() ? 0 : label);
}

// Drawing.

class Drawing {
 public:
  Drawing(const Topology& topology, const std::vector<double>& speed, const Placement* placement)
      : topology_(topology), speed_(speed), placed_(placement != nullptr) {
    for (unsigned worker = 0; placement != nullptr && worker < placement->workers(); ++worker)
      workers_[placement->pu(worker)].push_back(worker);
  }

  void draw(const Box& box, double x, double y, double cell) {
    const char* fill = box.depth % 2 == 0 ? "#f5f6f8" : "#ffffff";
    add(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="8" fill="{}" stroke="#c9ced6"/>)", x, y,
        box.width, box.height, fill);
    if (!box.name.empty()) add(R"(<text x="{:.1f}" y="{:.1f}" class="name">{}</text>)", x + pad, y + pad + 8, box.name);
    const double top = y + pad + (box.name.empty() ? 0 : label);
    const bool leaf = box.inside.empty();
    const std::size_t count = leaf ? box.cores.size() : box.inside.size();
    const std::size_t columns = columns_of(count);
    const double width = leaf ? cell + cell / 8 : box.inside[0].width + pad;
    const double height = leaf ? cell + cell / 8 : box.inside[0].height + pad;
    for (std::size_t i = 0; i < count; ++i) {
      const double left = x + pad + static_cast<double>(i % columns) * width;
      const double upper = top + static_cast<double>(i / columns) * height;
      if (leaf) {
        core(box.cores[i], left, upper, cell);
      } else {
        draw(box.inside[i], left, upper, cell);
      }
    }
  }

  template <class... Args> void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  // The units of a core stand side by side in its square. A slow unit is a smaller one.
  void core(const std::vector<unsigned>& units, double x, double y, double cell) {
    const double width = cell / static_cast<double>(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
      const double speed = speed_.empty() ? 1 : std::min(1.0, speed_[units[i]]);
      const double scale = 0.5 + 0.5 * speed;
      const double side = (units.size() > 1 ? width - 1.5 : width) * scale;
      const double high = cell * scale;
      const double left = x + static_cast<double>(i) * width + (width - side) / 2;
      unit(units[i], left, y + (cell - high) / 2, side, high);
    }
  }

  void unit(unsigned unit, double x, double y, double width, double height) {
    const char* colour = colours[topology_.pus()[unit].node % colours.size()];
    const auto found = workers_.find(unit);
    const bool taken = found != workers_.end();
    add(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="3" fill="{}" fill-opacity="{}" stroke="{}" stroke-opacity="{}"><title>{}</title></rect>)",
        x, y, width, height, colour, taken ? "1" : "0.08", colour, taken ? "1" : "0.45", title(unit));
    if (placed_ && !taken) return;  // numbers are workers then
    const std::string words =
        taken ? fmt::format("{}{}", found->second[0], found->second.size() > 1 ? "+" : "") : fmt::format("{}", unit);
    const double size =
        std::min(height * 0.42, width * 1.5 / static_cast<double>(std::max<std::size_t>(2, words.size())));
    add(R"(<text x="{:.1f}" y="{:.1f}" font-size="{:.1f}" class="{}" {}>{}</text>)", x + width / 2,
        y + height / 2 + size * 0.35, size, taken ? "worker" : "unit", taken ? "" : fmt::format("fill=\"{}\"", colour),
        words);
  }

  [[nodiscard]] std::string title(unsigned unit) const {
    const Pu& pu = topology_.pus()[unit];
    std::string text =
        fmt::format("unit {}: core {}, L3 {}, node {}, package {}", unit, pu.core, pu.l3, pu.node, pu.package);
    if (!speed_.empty()) text += fmt::format(", speed {}", speed_[unit]);
    if (const auto found = workers_.find(unit); found != workers_.end())
      text += fmt::format("; worker {}", fmt::join(found->second, ", "));
    return text;
  }

  const Topology& topology_;
  const std::vector<double>& speed_;
  const bool placed_;
  std::map<unsigned, std::vector<unsigned>> workers_;
  std::string text_;
};

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return result;
}

std::string legend(const std::vector<double>& speed, const Placement* placement) {
  std::string text =
      placement == nullptr
          ? "Each square is a processing unit with its number, a colour is a NUMA node."
          : fmt::format(
                "{} {}, {}: full squares, with their numbers. Pale squares are free units. A colour is a NUMA node.",
                placement->workers(), placement->workers() == 1 ? "worker" : "workers", placement->words());
  if (std::ranges::any_of(speed, [](double factor) { return factor < 1; })) text += " Small squares are slower.";
  return text;
}

}  // namespace

std::string topology_svg(const std::string& title, const Topology& topology, const std::vector<double>& speed,
                         const Placement* placement) {
  const double cell = topology.pu_count() <= 16 ? 56 : topology.pu_count() <= 96 ? 36 : 30;
  std::vector<unsigned> units(topology.pu_count());
  for (unsigned unit = 0; unit < units.size(); ++unit) units[unit] = unit;
  Box all;
  add_boxes(all, topology.pus(), units, 0);
  measure(all, cell);
  const std::string words = legend(speed, placement);
  const double text = 7.0 * static_cast<double>(std::max(words.size(), title.size()));
  const double width = std::max(all.width, text) + 2 * margin;
  Drawing drawing(topology, speed, placement);
  drawing.add(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}">)",
      width, header + all.height + 2 * margin);
  drawing.add(
      "<style>text{{font-family:system-ui,'Helvetica Neue',Arial,sans-serif}}.title{{font-size:18px;"
      "font-weight:600;fill:#1d2330}}.legend{{font-size:13px;fill:#5b6473}}.name{{font-size:12px;fill:#5b6473}}"
      ".worker{{fill:#fff;font-weight:600;text-anchor:middle}}.unit{{text-anchor:middle;fill-opacity:.55}}</style>");
  drawing.add(R"(<rect width="100%" height="100%" fill="#fff"/>)");
  drawing.add(R"(<text x="{:.0f}" y="{:.0f}" class="title">{}</text>)", margin, margin + 16, escaped(title));
  drawing.add(R"(<text x="{:.0f}" y="{:.0f}" class="legend">{}</text>)", margin, margin + 40, escaped(words));
  drawing.draw(all, margin, margin + header, cell);
  return drawing.text() + "</svg>\n";
}

}  // namespace rota::command
