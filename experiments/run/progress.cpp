// Draws the progress of a run.
#include "experiments/run/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace rota::experiments {
namespace {

std::size_t columns_of(std::FILE* out) {
  winsize size{};
  return ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

}  // namespace

std::string bar(std::size_t done, std::size_t total, std::size_t width) {
  const std::size_t full = total == 0 ? width : width * std::min(done, total) / total;
  return "[" + std::string(full, '#') + std::string(width - full, '-') + "]";
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::max(0.0, seconds) + 0.5);
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string_view first_columns(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  const auto continues = [&] { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80; };
  while (at < text.size() && columns > 0) {
    ++at;
    while (continues()) ++at;
    --columns;
  }
  return text.substr(0, at);
}

std::optional<double> seconds_left(const Share& real, const Share& simulated) {
  if (real.ended + simulated.ended == 0) return std::nullopt;
  const auto left = [](const Share& share, const Share& other) {
    const Share& like = share.ended > 0 ? share : other;
    return like.seconds / static_cast<double>(like.ended) * static_cast<double>(share.total - share.done);
  };
  return left(real, simulated) + left(simulated, real);
}

Progress::Progress(std::FILE* out, const Share& real, const Share& simulated)
    : out_(out),
      terminal_(out != nullptr && ::isatty(::fileno(out)) == 1),
      real_(real),
      simulated_(simulated),
      before_(std::chrono::steady_clock::now()) {}

std::string Progress::time_left() const {
  const auto seconds = seconds_left(real_, simulated_);
  return seconds ? clock_text(*seconds) : "-:--";
}

void Progress::draw(const std::string& what) {
  const std::string failures = failed_ == 0 ? "" : fmt::format("  {} failed", failed_);
  const std::string line =
      fmt::format("{} {}/{}{}  {} left  {}", bar(done(), total(), 24), done(), total(), failures, time_left(), what);
  fmt::print(out_, "\r{}\x1b[K", first_columns(line, columns_of(out_) - 1));
  std::fflush(out_);
}

void Progress::starting(const record::PlannedCell& cell) {
  if (terminal_) draw(cell.key);
}

void Progress::ended(const record::PlannedCell& cell, const record::CellResult& result) {
  const auto now = std::chrono::steady_clock::now();
  Share& share = is_simulated(cell.request.world) ? simulated_ : real_;
  ++share.done;
  const bool good = result.outcome == record::Outcome::ok, missing = result.outcome == record::Outcome::missing;
  const double seconds = std::chrono::duration<double>(now - std::exchange(before_, now)).count();
  if (!missing) {  // one that was not run says nothing about how long the others take
    ++share.ended;
    share.seconds += seconds;
  }
  if (!good && !missing) ++failed_;
  if (out_ == nullptr) return;
  const std::string text = good ? "ok" : fmt::format("{}: {}", to_text(result.outcome), result.detail);
  if (terminal_ && (good || missing)) return draw(cell.key);
  fmt::print(out_, "{}[{}/{}] {} {} {:.2f} s {}\n", terminal_ ? "\r\x1b[K" : "", done(), total(), cell.id, cell.key,
             result.wall_s, text);
  if (terminal_) draw(cell.key);
  std::fflush(out_);
}

void Progress::close() {
  if (terminal_) fmt::print(out_, "\r\x1b[K");
  if (out_ != nullptr) std::fflush(out_);
}

}  // namespace rota::experiments
