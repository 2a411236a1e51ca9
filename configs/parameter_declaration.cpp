#include "configs/parameter_declaration.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/text.h"

namespace hone {
namespace {

/// A word of a declaration as TOML.
TomlNode make_node(TomlKind kind, ParamValue value) {
  TomlNode node;
  node.kind = kind;
  node.scalar = std::move(value);
  return node;
}

void put(TomlNode& table, const char* name, TomlNode value) { table.entries.push_back({name, {}, std::move(value)}); }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& word : split(text, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

/// Cuts `= DEFAULT` off the end of `words`; false when something else stands there.
bool take_default(std::vector<std::string>& words, std::optional<std::string>& value) {
  const auto sign = std::find_if(words.begin(), words.end(), [](const std::string& word) { return word[0] == '='; });
  if (sign == words.end()) return true;
  std::string text = sign->substr(1);
  auto next = sign + 1;
  if (text.empty() && next != words.end()) text = *next++;
  if (text.empty() || next != words.end()) return false;
  value = text;
  words.erase(sign, words.end());
  return true;
}

struct Range {
  double low = 0;
  double high = 0;
  /// Both ends are written without point and exponent.
  bool whole = false;
};

/// `LOW..HIGH`; nothing when the ends are no numbers.
std::optional<Range> parse_range(std::string_view word) {
  const std::size_t dots = word.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const std::string_view low = word.substr(0, dots);
  const std::string_view high = word.substr(dots + 2);
  const auto first = parse_number(low);
  const auto last = parse_number(high);
  if (!first || !last) return std::nullopt;
  return Range{*first, *last, parse_integer(low).has_value() && parse_integer(high).has_value()};
}

class RangeReader {
 public:
  explicit RangeReader(Range range) : range_(range), is_int_(range.whole) {}

  /// Takes int, log and step=N in this order; answers what is wrong, or nothing.
  std::string take(const std::vector<std::string>& words) {
    int last = 0;
    for (const std::string& word : words) {
      const int rank = word == "int" ? 1 : word == "log" ? 2 : word.starts_with("step=") ? 3 : 0;
      if (rank == 0) return "`" + word + "` is none of int, log, step=N and = DEFAULT";
      if (rank <= last) return "int, log, step=N and = DEFAULT stand in this order, each once";
      last = rank;
      if (rank == 1) is_int_ = true;
      if (rank == 2) log_ = true;
      if (rank != 3) continue;
      const auto step = parse_number(std::string_view(word).substr(5));
      if (!step || *step <= 0) return "`" + word + "` has no number above 0";
      step_ = *step;
    }
    return "";
  }

  std::variant<TomlNode, DeclarationComplaint> make(const std::optional<std::string>& default_text) const {
    for (const double value : {range_.low, range_.high, step_}) {
      if (is_int_ && std::floor(value) != value) return DeclarationComplaint{"an int has whole ends and a whole step"};
    }
    TomlNode table;
    put(table, "type", make_text_node(is_int_ ? "int" : "float"));
    put(table, "low", number(range_.low));
    put(table, "high", number(range_.high));
    if (log_) put(table, "log", make_node(TomlKind::boolean, true));
    if (step_ > 0) put(table, "step", number(step_));
    if (!default_text) return table;
    const auto value = parse_number(*default_text);
    if (!value || (is_int_ && std::floor(*value) != *value)) {
      return DeclarationComplaint{"the default `" + *default_text + "` is no number of this range"};
    }
    put(table, "default", number(*value));
    return table;
  }

 private:
  TomlNode number(double value) const {
    if (is_int_ && std::abs(value) < 9e18) return make_node(TomlKind::integer, static_cast<std::int64_t>(value));
    return make_node(TomlKind::number, value);
  }

  Range range_;
  bool is_int_;
  bool log_ = false;
  /// 0 = none.
  double step_ = 0;
};

bool begins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
}

bool is_plain_integer(const std::string& word) {
  const auto number = parse_integer(word);
  return number && std::to_string(*number) == word;
}

bool is_plain_number(const std::string& word) {
  return is_plain_integer(word) || (parse_number(word) && word.find_first_of(".eE") != std::string::npos);
}

std::variant<TomlNode, DeclarationComplaint> make_choices(const std::vector<std::string>& words,
                                                          const std::optional<std::string>& default_text) {
  for (const std::string& word : words) {
    if (word.empty() || !begins_word(word[0])) {
      return DeclarationComplaint{"a choice begins with letter, digit or sign (is `" + word + "`)"};
    }
  }
  if (default_text && std::find(words.begin(), words.end(), *default_text) == words.end()) {
    return DeclarationComplaint{"the default `" + *default_text + "` is none of the choices"};
  }
  const bool integers = std::all_of(words.begin(), words.end(), is_plain_integer);
  const bool numbers = std::all_of(words.begin(), words.end(), is_plain_number);
  const auto node_of = [&](const std::string& word) {
    if (integers) return make_node(TomlKind::integer, *parse_integer(word));
    return numbers ? make_node(TomlKind::number, *parse_number(word)) : make_text_node(word);
  };
  const bool rising = numbers && std::is_sorted(words.begin(), words.end(), [](const auto& a, const auto& b) {
                        return *parse_number(a) < *parse_number(b);
                      });
  TomlNode choices;
  choices.kind = TomlKind::array;
  for (const std::string& word : words) choices.items.push_back(node_of(word));
  TomlNode table;
  put(table, "type", make_text_node(rising ? "ordinal" : "categorical"));
  put(table, "choices", std::move(choices));
  if (default_text) put(table, "default", node_of(*default_text));
  return table;
}

}  // namespace

std::variant<TomlNode, DeclarationComplaint> parse_declaration(std::string_view text) {
  std::vector<std::string> words = words_of(text);
  std::optional<std::string> default_text;
  if (!take_default(words, default_text)) return DeclarationComplaint{"one word stands behind `=`, at the end"};
  if (words.empty()) return DeclarationComplaint{"neither LOW..HIGH nor WORD|WORD"};
  if (words[0].find('|') != std::string::npos) {
    if (words.size() > 1) return DeclarationComplaint{"choices hold no blank (`" + words[1] + "`)"};
    return make_choices(split(words[0], '|'), default_text);
  }
  const std::optional<Range> range = parse_range(words[0]);
  if (!range) return DeclarationComplaint{"`" + words[0] + "` is neither LOW..HIGH nor WORD|WORD"};
  RangeReader reader(*range);
  if (std::string why = reader.take({words.begin() + 1, words.end()}); !why.empty()) return DeclarationComplaint{why};
  return reader.make(default_text);
}

}  // namespace hone
