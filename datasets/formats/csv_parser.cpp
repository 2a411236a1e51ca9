#include "datasets/formats/csv_parser.h"

#include "core/text.h"

namespace hone {
namespace {

class CsvParser {
 public:
  CsvParser(const std::string& file, std::string_view text, char separator, Complaints& complaints)
      : file_(file), text_(text), separator_(separator), complaints_(complaints) {}

  ParsedCsv parse(std::optional<std::size_t> most_lines) {
    std::size_t lines = 0;
    while (at_ < text_.size() && !complaints_.full() && (!most_lines || lines < *most_lines)) {
      if (skip_blank_line()) continue;
      if (!read_line()) break;
      keep_line();
      ++lines;
    }
    return std::move(parsed_);
  }

 private:
  bool at_line_end() const {
    return at_ == text_.size() || text_[at_] == '\n' ||
           (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
  }
  bool at_blank() const {
    return at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t') && text_[at_] != separator_;
  }

  void skip_line_end() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size()) ++at_;
  }

  bool skip_blank_line() {
    const std::size_t start = at_;
    while (at_blank()) ++at_;
    if (at_line_end()) {
      skip_line_end();
      return true;
    }
    at_ = start;
    return false;
  }

  /// Cells of one line into line_; false when the rest of the text makes no sense.
  bool read_line() {
    line_.clear();
    for (;;) {
      while (at_blank()) ++at_;
      const bool quoted = at_ < text_.size() && text_[at_] == '"';
      if (quoted ? !read_quoted() : !read_plain()) return false;
      if (at_line_end()) break;
      ++at_;  // the separator
    }
    line_end_ = at_;
    skip_line_end();
    return true;
  }

  bool read_plain() {
    const std::size_t begin = at_;
    while (!at_line_end() && text_[at_] != separator_) ++at_;
    std::size_t end = at_;
    while (end > begin && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
    line_.push_back({begin, end - begin, -1});
    return true;
  }

  bool read_quoted() {
    const std::size_t quote = at_++;
    const std::size_t begin = at_;
    bool doubled = false;
    for (;; ++at_) {
      at_ = text_.find('"', at_);
      if (at_ == std::string_view::npos) {
        complaints_.add("data::open-quote", "a quoted value does not end: `\"` is missing",
                        place_in(file_, text_, quote, 1));
        return false;
      }
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
      doubled = true;
      ++at_;
    }
    line_.push_back({begin, at_ - begin, doubled ? unescape(begin, at_ - begin) : -1});
    ++at_;
    while (at_blank()) ++at_;
    if (at_line_end() || text_[at_] == separator_) return true;
    complaints_.add("data::text-after-quote", "text stands after the closing `\"` of a quoted value",
                    place_in(file_, text_, at_, 1), "a quote inside a quoted value is written `\"\"`");
    while (!at_line_end() && text_[at_] != separator_) ++at_;
    return true;
  }

  std::ptrdiff_t unescape(std::size_t begin, std::size_t length) {
    std::string plain;
    for (std::size_t i = begin; i < begin + length; ++i) {
      plain += text_[i];
      if (text_[i] == '"') ++i;
    }
    parsed_.unescaped.push_back(std::move(plain));
    return static_cast<std::ptrdiff_t>(parsed_.unescaped.size()) - 1;
  }

  void keep_line() {
    if (parsed_.columns == 0) parsed_.columns = line_.size();
    if (line_.size() == parsed_.columns) {
      parsed_.cells.insert(parsed_.cells.end(), line_.begin(), line_.end());
      return;
    }
    const bool long_line = line_.size() > parsed_.columns;
    const std::size_t from = long_line ? line_[parsed_.columns].begin : line_end_;
    complaints_.add("data::ragged-line",
                    "the line has " + count_of(static_cast<std::int64_t>(line_.size()), "value") +
                        ", the first line has " + std::to_string(parsed_.columns),
                    place_in(file_, text_, from, long_line ? line_end_ - from : 0));
  }

  const std::string& file_;
  std::string_view text_;
  char separator_;
  Complaints& complaints_;
  ParsedCsv parsed_;
  std::vector<CsvTable::Cell> line_;
  std::size_t line_end_ = 0;
  std::size_t at_ = 0;
};

}  // namespace

ParsedCsv parse_csv(const std::string& file, std::string_view text, char separator,
                    std::optional<std::size_t> most_lines, Complaints& complaints) {
  return CsvParser(file, text, separator, complaints).parse(most_lines);
}

}  // namespace hone
