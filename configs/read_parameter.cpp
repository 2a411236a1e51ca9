#include <algorithm>
#include <cmath>

#include "configs/read_sections.h"
#include "configs/spec_fields.h"
#include "core/text.h"

namespace hone {
namespace {

const std::vector<std::string> kTypes = {"float", "int", "bool", "categorical", "ordinal"};
const std::vector<std::string> kConfidences = {"low", "medium", "high"};

ParameterType type_named(const std::string& word) {
  const auto found = std::find(kTypes.begin(), kTypes.end(), word);
  return static_cast<ParameterType>(found - kTypes.begin());
}

bool is_same_type(const ParamValue& a, const ParamValue& b) {
  return a.index() == b.index() || (is_number(a) && is_number(b));
}

bool is_whole(double value) { return std::floor(value) == value && std::abs(value) <= 9007199254740992.0; }

/// Reads one parameter; each step adds its own mistakes and goes on.
class ParameterReader {
 public:
  ParameterReader(SpecReader& reader, const TomlNode& table, const std::string& path, ParameterSpec& spec)
      : reader_(reader), table_(table), path_(path), spec_(spec) {}

  void read(const std::string& type) {
    spec_.type = type_named(type);
    const bool is_range = spec_.type == ParameterType::float_ || spec_.type == ParameterType::int_;
    const bool is_choice = spec_.type == ParameterType::categorical || spec_.type == ParameterType::ordinal;
    std::vector<std::string> known = {"type", "default", "prior", "confidence", "when"};
    if (is_range) known.insert(known.end(), {"low", "high", "log", "step"});
    if (is_choice) known.push_back("choices");
    if (spec_.type == ParameterType::ordinal) known.push_back("log");
    refuse_others(known, type);
    reader_.read_fields(table_, path_, parameter_fields(), spec_);
    if (is_range) read_range();
    if (is_choice) read_choices();
    spec_.default_value = read_guess("default");
    spec_.prior = read_guess("prior");
    read_confidence();
  }

 private:
  const TomlEntry* entry(std::string_view name) const { return find_entry(table_, name); }
  void error(const std::string& code, const std::string& message, std::string_view key, std::string hint = {}) {
    const TomlEntry* found = entry(key);
    reader_.diagnostics().error(code, path_ + "." + message, found ? found->value.place : table_.place,
                                std::move(hint));
  }

  /// Keys of another type are named as such; the rest are unknown.
  void refuse_others(const std::vector<std::string>& known, const std::string& type) {
    std::vector<std::string> all = field_names(parameter_fields());
    for (const OptionInfo& key : parameter_special_keys()) all.push_back(key.name);
    for (const TomlEntry& written : table_.entries) {
      if (std::find(known.begin(), known.end(), written.name) != known.end()) continue;
      if (std::find(all.begin(), all.end(), written.name) != all.end()) {
        reader_.diagnostics().error("spec::unused-option",
                                    "a parameter of type " + type + " does not read `" + written.name + "`",
                                    written.key);
      } else {
        reader_.diagnostics().error("spec::unknown-key", "unknown key `" + written.name + "` in [" + path_ + "]",
                                    written.key, suggestion_for(written.name, known));
      }
    }
  }

  void require(const std::string& key, const std::string& meaning) {
    if (entry(key) != nullptr) return;
    OptionInfo option;
    option.name = key;
    option.meaning = meaning;
    reader_.report_missing(table_, path_, option);
  }

  void read_range() {
    require("low", "smallest value, inclusive");
    require("high", "largest value, inclusive");
    read_log();
    if (spec_.type == ParameterType::int_) {
      require_whole("low", spec_.low);
      require_whole("high", spec_.high);
      require_whole("step", spec_.step);
    }
    if (!spec_.low || !spec_.high) return;
    if (*spec_.low >= *spec_.high) {
      error("spec::out-of-range",
            "low must be below high, " + to_text(*spec_.high) + " (is " + to_text(*spec_.low) + ")", "low");
      return;
    }
    if (spec_.log == LogScale::natural && *spec_.low <= 0) {
      error("spec::out-of-range", "low must be above 0 where log = true (is " + to_text(*spec_.low) + ")", "low");
    }
    if (spec_.step && *spec_.step > *spec_.high - *spec_.low) {
      error("spec::out-of-range",
            "step must be at most high - low, " + to_text(*spec_.high - *spec_.low) + " (is " + to_text(*spec_.step) +
                ")",
            "step");
    }
  }

  void require_whole(const std::string& key, const std::optional<double>& value) {
    if (!value || is_whole(*value)) return;
    error("spec::wrong-type", key + " must be a whole number for type int (is " + to_text(*value) + ")", key);
  }

  void read_log() {
    const TomlEntry* log = entry("log");
    if (log == nullptr) return;
    const std::string* word = text_of(log->value);
    if (log->value.kind == TomlKind::boolean) {
      spec_.log = std::get<bool>(log->value.scalar) ? LogScale::natural : LogScale::none;
    } else if (word != nullptr && *word == "reverse") {
      spec_.log = LogScale::reverse;
    } else {
      reader_.wrong_type(log->value, path_ + ".log", "true, false or \"reverse\"");
    }
  }

  void read_choices() {
    require("choices", "the values to choose from, at least two");
    const TomlEntry* choices = entry("choices");
    if (choices == nullptr) return;
    if (choices->value.kind != TomlKind::array) {
      reader_.wrong_type(choices->value, path_ + ".choices", "a list");
      return;
    }
    bool good = true;
    for (std::size_t i = 0; i < choices->value.items.size(); ++i) {
      const TomlNode& item = choices->value.items[i];
      const auto value = reader_.read_scalar(item, path_ + ".choices[" + std::to_string(i) + "]");
      good = good && value.has_value();
      if (value) add_choice(*value, item);
    }
    if (good && choices->value.items.size() < 2) {
      error("spec::out-of-range",
            "choices must be at least 2 (are " + std::to_string(choices->value.items.size()) + ")", "choices");
    }
    make_numbers_alike();
    if (spec_.type == ParameterType::ordinal) read_log();
    if (good && spec_.log != LogScale::none) check_log_choices();
  }

  /// A scale between choices: rising numbers, above 0 for a natural one.
  void check_log_choices() {
    for (std::size_t i = 0; i < spec_.choices.size(); ++i) {
      const ParamValue& value = spec_.choices[i];
      const std::string one = "choices[" + std::to_string(i) + "] ";
      const std::string is = " where log is set (is " + to_text(value) + ")";
      if (!is_number(value)) return error("spec::wrong-type", one + "must be a number" + is, "choices");
      if (spec_.log == LogScale::natural && as_number(value) <= 0) {
        return error("spec::out-of-range", one + "must be above 0" + is, "choices");
      }
      if (i > 0 && as_number(value) <= as_number(spec_.choices[i - 1])) {
        return error("spec::out-of-range", one + "must be above the choice before it" + is, "choices");
      }
    }
  }

  void add_choice(const ParamValue& value, const TomlNode& item) {
    if (!spec_.choices.empty() && !is_same_type(spec_.choices.front(), value)) {
      reader_.diagnostics().error("spec::wrong-type",
                                  path_ + ".choices must all be of one type (`" + to_text(value) + "` is " +
                                      std::string(kind_words(item.kind)) + ")",
                                  item.place);
      return;
    }
    const bool twice = std::any_of(spec_.choices.begin(), spec_.choices.end(),
                                   [&](const ParamValue& other) { return is_same_value(other, value); });
    if (twice) {
      reader_.diagnostics().error("spec::out-of-range", path_ + ".choices hold `" + to_text(value) + "` twice",
                                  item.place);
      return;
    }
    spec_.choices.push_back(value);
  }

  /// [1, 2.5] are two numbers: integers beside floats become floats.
  void make_numbers_alike() {
    const auto is_float = [](const ParamValue& value) { return std::holds_alternative<double>(value); };
    if (std::none_of(spec_.choices.begin(), spec_.choices.end(), is_float)) return;
    for (ParamValue& value : spec_.choices) value = as_number(value);
  }

  std::optional<ParamValue> read_guess(std::string_view key) {
    const TomlEntry* written = entry(key);
    if (written == nullptr) return std::nullopt;
    return read_parameter_value(reader_, written->value, path_ + "." + std::string(key), spec_);
  }

  void read_confidence() {
    const TomlEntry* written = entry("confidence");
    if (written == nullptr) return;
    if (entry("prior") == nullptr) {
      reader_.diagnostics().error("spec::unused-option", "a parameter without `prior` does not read `confidence`",
                                  written->key, "write prior = the value you believe in");
      return;
    }
    const auto word = reader_.read_word(written->value, kConfidences, path_ + ".confidence");
    if (!word) return;
    const auto found = std::find(kConfidences.begin(), kConfidences.end(), *word);
    spec_.confidence = static_cast<Confidence>(found - kConfidences.begin());
  }

  SpecReader& reader_;
  const TomlNode& table_;
  const std::string& path_;
  ParameterSpec& spec_;
};

}  // namespace

std::optional<ParameterSpec> read_parameter(SpecReader& reader, const TomlNode& table, const std::string& name,
                                            const std::string& path) {
  ParameterSpec spec;
  spec.name = name;
  const TomlEntry* type = find_entry(table, "type");
  if (type == nullptr) {
    reader.report_missing(table, path, parameter_special_keys().front());
    return std::nullopt;
  }
  const auto word = reader.read_word(type->value, kTypes, path + ".type");
  if (!word) return std::nullopt;
  ParameterReader(reader, table, path, spec).read(*word);
  return spec;
}

}  // namespace hone
