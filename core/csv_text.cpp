#include "core/csv_text.h"

namespace hone {
namespace {

class CsvCutter {
 public:
  explicit CsvCutter(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  std::vector<CsvRecord> cut() {
    std::vector<CsvRecord> records;
    while (at_ < text_.size()) {
      CsvRecord record;
      record.line = line_;
      do record.fields.push_back(field());
      while (take(','));
      end_line();
      if (record.fields.size() > 1 || !record.fields.front().empty()) records.push_back(std::move(record));
    }
    return records;
  }

 private:
  bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool take(char c) {
    if (!is_at(c)) return false;
    ++at_;
    return true;
  }
  void end_line() {
    take('\r');
    if (take('\n')) ++line_;
  }

  std::string field() {
    if (take('"')) return quoted();
    std::string text;
    while (at_ < text_.size() && !is_at(',') && !is_at('\n')) text += text_[at_++];
    if (text.ends_with('\r')) text.pop_back();
    return text;
  }

  std::string quoted() {
    std::string text;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"' && !take('"')) break;
      if (c == '\n') ++line_;
      text += c;
    }
    // Text behind the closing quote belongs to nothing.
    while (at_ < text_.size() && !is_at(',') && !is_at('\n')) ++at_;
    return text;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

std::vector<CsvRecord> parse_csv_text(std::string_view text) { return CsvCutter(text).cut(); }

}  // namespace hone
