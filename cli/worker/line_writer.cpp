#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cli/worker/job.h"
#include "core/diagnostics.h"
#include "core/files.h"

namespace hone {
namespace {

using nlohmann::json;

[[maybe_unused]] bool is_finite(const json& value) {
  if (value.is_number_float()) return std::isfinite(value.get<double>());
  for (const json& part : value) {
    if (part.is_structured() ? !is_finite(part) : part.is_number_float() && !std::isfinite(part.get<double>())) {
      return false;
    }
  }
  return true;
}

}  // namespace

void LineWriter::write(const json& line) {
  assert(is_finite(line));
  std::string text = line.dump(-1, ' ', false, json::error_handler_t::replace);
  text += '\n';
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t put = ::write(fd_, rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw std::runtime_error(std::string("cannot write a report line: ") + std::strerror(errno));
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
}

void LineWriter::note(const std::string& text) { write({{"note", text}}); }

void LineWriter::diagnostic(const Diagnostic& diagnostic) { write({{"diagnostic", to_json_object(diagnostic)}}); }

void LineWriter::result(const std::filesystem::path& folder, const json& content) {
  write_file(folder / "result.json", content.dump() + "\n", Durability::renamed);
  write({{"result", "result.json"}});
}

}  // namespace hone
