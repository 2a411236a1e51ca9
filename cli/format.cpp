#include "cli/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "core/text.h"

namespace hone {

namespace {

constexpr int kNarrowIndent = 2;
constexpr int kColumnGap = 2;

std::vector<int> column_widths(const TextTable& table) {
  std::vector<int> widths;
  for (const auto& row : table.rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  return widths;
}

}  // namespace

std::string format_time_utc(std::int64_t time_us) {
  const std::time_t seconds = static_cast<std::time_t>(time_us / 1000000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string format_percent(double share, int digits) { return fmt::format("{:.{}f} %", 100 * share, digits); }

std::string format_seconds(double seconds) {
  if (seconds < 1) return fmt::format("{:.0f} ms", 1000 * seconds);
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  return format_clock(seconds);
}

std::string format_score(const std::optional<double>& value) { return value ? format_short(*value, 5) : "-"; }

std::string format_units(double count, const std::string& unit) {
  const bool one = count == 1 && !unit.empty() && unit.back() == 's';
  return format_short(count) + " " + (one ? unit.substr(0, unit.size() - 1) : unit);
}

std::string format_params(const Params& params) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : params) {
    const double* number = std::get_if<double>(&value);
    parts.push_back(name + " = " + (number != nullptr ? format_short(*number, 4) : without_controls(to_text(value))));
  }
  return join(parts, ", ");
}

std::string to_toml_value(const ParamValue& value) {
  if (std::holds_alternative<std::string>(value)) return nlohmann::json(std::get<std::string>(value)).dump();
  std::string text = to_text(value);
  // TOML tells integers from floats by their looks.
  if (std::holds_alternative<double>(value) && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string wrap_labelled(std::string_view label, std::string_view text, int columns, int label_width) {
  std::string line(label);
  line.append(static_cast<std::size_t>(std::max(0, label_width - display_width(label))), ' ');
  std::string result;
  int used = std::max(label_width, display_width(label));
  bool fresh = true;
  const auto new_line_prefix = [&](int indent) {
    line.assign(static_cast<std::size_t>(indent), ' ');
    used = indent;
    fresh = true;
  };
  const auto new_line = [&](int indent) {
    line.erase(line.find_last_not_of(' ') + 1);
    result += line + "\n";
    new_line_prefix(indent);
  };
  for (const std::string& word : split(text, ' ')) {
    if (word.empty()) continue;
    const int width = display_width(word);
    if (!fresh && used + 1 + width > columns) new_line(label_width);
    // A path that does not fit beside the label gets a line of its own.
    if (fresh && used + width > columns && used > kNarrowIndent) {
      if (line.find_first_not_of(' ') == std::string::npos) {
        new_line_prefix(kNarrowIndent);
      } else {
        new_line(kNarrowIndent);
      }
    }
    line += fresh ? word : " " + word;
    used += width + (fresh ? 0 : 1);
    fresh = false;
  }
  return result + line + "\n";
}

std::string render_table(const TextTable& table, int columns) {
  const std::vector<int> widths = column_widths(table);
  std::string text;
  for (const auto& row : table.rows) {
    std::string line;
    int used = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const int gap = i == 0 ? 0 : kColumnGap;
      if (used + gap + std::min(widths[i], 4) > columns) break;
      const int room = std::min(widths[i], columns - used - gap);
      const std::string cell = fit_width(row[i], room);
      const std::string pad(static_cast<std::size_t>(std::max(0, room - display_width(cell))), ' ');
      line.append(static_cast<std::size_t>(gap), ' ');
      line += i < table.right.size() && table.right[i] ? pad + cell : cell + pad;
      used += gap + room;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

int width_of(const TextTable& table) {
  const std::vector<int> widths = column_widths(table);
  int width = std::max(0, kColumnGap * (static_cast<int>(widths.size()) - 1));
  for (const int one : widths) width += one;
  return width;
}

std::string render_tabs(const TextTable& table) {
  std::string text;
  for (const auto& row : table.rows) {
    std::vector<std::string> cells = row;
    for (std::string& cell : cells) {
      std::replace_if(
          cell.begin(), cell.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    }
    text += join(cells, "\t") + "\n";
  }
  return text;
}

}  // namespace hone
