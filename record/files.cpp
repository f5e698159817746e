// Reads whole files and writes them atomically.
#include "record/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "record/input_error.hpp"

namespace rota::record {
namespace {

class File {
 public:
  File(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] bool opened() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }
  bool close() { return fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

[[noreturn]] void refuse_folder(const std::filesystem::path& path) {
  throw InputError(
      fmt::format("{}: expected a folder that can be written, got: {}", path.string(), std::strerror(errno)));
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  const File file(path, O_RDONLY);
  std::string text;
  char buffer[65536];
  ssize_t got = file.opened() ? 1 : -1;
  while (got > 0) {
    got = ::read(file.fd(), buffer, sizeof buffer);
    if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
    if (got < 0 && errno == EINTR) got = 1;
  }
  if (got < 0)
    throw InputError(fmt::format("{}: expected a file that can be read, got: {}", path.string(), std::strerror(errno)));
  return text;
}

void write_file_whole(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::path temporary = path;
  temporary += ".tmp";
  File file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.opened() || !write_all(file.fd(), text) || ::fsync(file.fd()) != 0 || !file.close() ||
      ::rename(temporary.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    ::unlink(temporary.c_str());
    errno = reason;
    refuse_folder(path);
  }
  const File folder(path.parent_path().empty() ? "." : path.parent_path(), O_RDONLY | O_DIRECTORY);
  if (folder.opened()) ::fsync(folder.fd());
}

}  // namespace rota::record
