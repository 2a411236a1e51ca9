#include "trainers/artifact/model_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "configs/toml_document.h"
#include "core/error.h"
#include "core/text.h"

namespace hone {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

// ---------------------------------------------------------------------------------------------------------- writing

/// The shortest text that reads back as the same float, also when it is read as a double first.
std::string float_text(float value) {
  const std::string text = fmt::format("{}", value);
  if (static_cast<float>(parse_number(text).value_or(0)) == value) return text;
  return fmt::format("{}", static_cast<double>(value));
}

std::string floats_text(const std::vector<float>& values) {
  std::vector<std::string> texts;
  for (float value : values) texts.push_back(float_text(value));
  return "[" + join(texts, ", ") + "]";
}

/// Texts, integers, booleans and lists of them are written alike in JSON and TOML but for the DEL character.
std::string value_text(const json& value) {
  if (value.is_array()) {
    std::vector<std::string> texts;
    for (const json& item : value) texts.push_back(value_text(item));
    return "[" + join(texts, ", ") + "]";
  }
  std::string text = value.dump();
  for (std::size_t at = text.find('\x7f'); at != std::string::npos; at = text.find('\x7f', at)) {
    text.replace(at, 1, "\\u007F");
  }
  return text;
}

std::string line(const std::string& key, const std::string& value) { return key + " = " + value + "\n"; }

std::string table_text(const std::string& head, const json& table) {
  std::string text = "\n" + head + "\n";
  for (const auto& [key, value] : table.items()) {
    if (!value.is_object()) text += line(key, value_text(value));
  }
  return text;
}

std::string integers_text(const std::vector<std::int32_t>& values) { return value_text(json(values)); }

std::string numeric_text(const Preprocess& preprocess, std::size_t index) {
  std::string text = line("mean", float_text(preprocess.mean.at(index)));
  text += line("spread", float_text(preprocess.spread.at(index)));
  text += line("fill", float_text(preprocess.fill.at(index)));
  if (!preprocess.quantiles.empty()) text += line("quantiles", floats_text(preprocess.quantiles.at(index)));
  return text;
}

std::string nominal_text(const NominalFit& fit) {
  return line("slots", integers_text(fit.slots)) + line("rare_seen", fit.rare_seen ? "true" : "false") +
         line("missing_seen", fit.missing_seen ? "true" : "false");
}

std::string columns_text(const Preprocess& preprocess, const json& columns) {
  std::string text;
  std::size_t numeric = 0;
  std::size_t nominal = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ColumnFacts& column = preprocess.facts.columns[i];
    json members = columns[i];
    if (column.type == "numeric") members.erase("levels");
    if (!column.dropped) members.erase("why");
    text += table_text("[[column]]", members);
    if (column.dropped) continue;
    text +=
        column.type == "numeric" ? numeric_text(preprocess, numeric++) : nominal_text(preprocess.nominal.at(nominal++));
  }
  return text;
}

std::string preprocess_text(const Preprocess& preprocess) {
  std::string text;
  if (!preprocess.facts.shape.empty()) {
    text += line("mean", floats_text(preprocess.mean)) + line("spread", floats_text(preprocess.spread));
  }
  if (preprocess.facts.task == "regression") {
    text += line("target_mean", fmt::format("{}", preprocess.target_mean));
    text += line("target_spread", fmt::format("{}", preprocess.target_spread));
    if (std::isfinite(preprocess.target_low)) text += line("target_low", fmt::format("{}", preprocess.target_low));
    if (std::isfinite(preprocess.target_high)) text += line("target_high", fmt::format("{}", preprocess.target_high));
  }
  return text.empty() ? text : "\n[preprocess]\n" + text;
}

// ---------------------------------------------------------------------------------------------------------- reading

json to_json(const TomlNode& node) {
  if (node.kind == TomlKind::table) {
    json object = json::object();
    for (const TomlEntry& entry : node.entries) object[entry.name] = to_json(entry.value);
    return object;
  }
  if (node.kind == TomlKind::array) {
    json array = json::array();
    for (const TomlNode& item : node.items) array.push_back(to_json(item));
    return array;
  }
  if (node.kind == TomlKind::date || node.kind == TomlKind::refused) return nullptr;
  return std::visit([](const auto& value) -> json { return value; }, node.scalar);
}

/// Facts as facts_from_json wants them: the columns back in their place, what was left out with its default.
DataFacts read_facts(const json& root) {
  json facts = root.at("data");
  facts["columns"] = json::array();
  for (json column : root.value("column", json::array())) {
    if (!column.contains("levels")) column["levels"] = json::array();
    if (!column.contains("why")) column["why"] = "";
    facts["columns"].push_back(std::move(column));
  }
  return facts_from_json(facts);
}

Preprocess read_preprocess(const json& root) {
  Preprocess preprocess;
  preprocess.facts = read_facts(root);
  const json fitted = root.value("preprocess", json::object());
  if (!preprocess.facts.shape.empty()) {
    fitted.at("mean").get_to(preprocess.mean);
    fitted.at("spread").get_to(preprocess.spread);
  }
  for (const json& column : root.value("column", json::array())) {
    if (column.at("dropped").get<bool>()) continue;
    if (column.at("type") == "nominal") {
      preprocess.nominal.push_back({column.at("slots").get<std::vector<std::int32_t>>(),
                                    column.at("rare_seen").get<bool>(), column.at("missing_seen").get<bool>()});
      continue;
    }
    preprocess.mean.push_back(column.at("mean").get<float>());
    preprocess.spread.push_back(column.at("spread").get<float>());
    preprocess.fill.push_back(column.at("fill").get<float>());
    if (column.contains("quantiles")) preprocess.quantiles.push_back(column.at("quantiles").get<std::vector<float>>());
  }
  preprocess.target_mean = fitted.value("target_mean", 0.0);
  preprocess.target_spread = fitted.value("target_spread", 1.0);
  preprocess.target_low = fitted.value("target_low", preprocess.target_low);
  preprocess.target_high = fitted.value("target_high", preprocess.target_high);
  return preprocess;
}

void require(bool holds, const std::string& what, const std::string& file) {
  if (!holds) throw Error("model::bad-preprocess", "`" + file + "` " + what, Place{file}, ExitCode::damaged);
}

void check_slots(const Preprocess& preprocess, const std::string& file) {
  auto fit = preprocess.nominal.begin();
  for (const ColumnFacts& column : preprocess.facts.columns) {
    if (column.dropped || column.type != "nominal") continue;
    const bool fits = fit->slots.size() == column.levels.size() &&
                      std::all_of(fit->slots.begin(), fit->slots.end(),
                                  [&](std::int32_t slot) { return slot >= 0 && slot <= slots_of(column) - 2; });
    require(fits, "holds slots that do not fit the levels of column `" + column.name + "`", file);
    ++fit;
  }
}

void check_quantiles(const Preprocess& preprocess, const std::string& file) {
  const bool wanted = preprocess.facts.encoding.numeric == "quantile";
  require(preprocess.quantiles.size() == (wanted ? preprocess.fill.size() : 0),
          "must hold quantiles for each number of a model of encoding quantile", file);
  for (const std::vector<float>& quantiles : preprocess.quantiles) {
    const bool fits = quantiles.size() > 1 && std::is_sorted(quantiles.begin(), quantiles.end()) &&
                      std::all_of(quantiles.begin(), quantiles.end(), [](float value) { return std::isfinite(value); });
    require(fits, "holds quantiles that do not ascend", file);
  }
}

void check(const Preprocess& preprocess, const std::string& file) {
  const DataFacts& facts = preprocess.facts;
  const std::int64_t expected = facts.shape.empty() ? kept_columns(facts, "numeric") : facts.shape[0];
  require(std::ssize(preprocess.mean) == expected && std::ssize(preprocess.spread) == expected,
          "must hold a mean and a spread for each channel", file);
  for (float mean : preprocess.mean) require(std::isfinite(mean), "holds a mean that is no number", file);
  for (float fill : preprocess.fill) require(std::isfinite(fill), "holds a fill that is no number", file);
  for (float spread : preprocess.spread) {
    require(std::isfinite(spread) && spread > 0, "holds a spread that is not above 0", file);
  }
  require(std::isfinite(preprocess.target_spread) && preprocess.target_spread > 0,
          "holds a target_spread that is not above 0", file);
  require(preprocess.target_low <= preprocess.target_high, "holds a target_low above target_high", file);
  check_slots(preprocess, file);
  if (facts.shape.empty()) check_quantiles(preprocess, file);
}

}  // namespace

std::string write_model_toml(const ModelText& content) {
  const json facts = to_json_object(content.preprocess.facts);
  std::string text =
      "# A model of hone: weights.h5 holds its tensors, card.json where it comes from and how good it is.\n";
  text += line("format", std::to_string(kFormat)) + line("dtype", "\"f32\"") + to_toml(content.model);
  json data = facts;
  data.erase("columns");
  text += table_text("[data]", data) + table_text("[data.layout]", facts.at("layout")) +
          table_text("[data.encoding]", facts.at("encoding"));
  return text + preprocess_text(content.preprocess) + columns_text(content.preprocess, facts.at("columns"));
}

ModelText read_model_toml(const std::string& text, const std::string& file_name) {
  Diagnostics diagnostics;
  const std::optional<TomlNode> document = parse_toml(text, file_name, diagnostics);
  diagnostics.throw_if_errors();
  const json root = to_json(*document);
  const auto format = root.find("format");
  if (format == root.end() || *format != kFormat) {
    const std::string is = format == root.end() ? "none" : format->dump();
    throw Error("model::newer-format", "`" + file_name + "` has format " + is + ", this hone reads format 1",
                Place{file_name}, ExitCode::damaged);
  }
  ModelText content;
  content.model = model_from_toml(text, file_name);
  try {
    content.preprocess = read_preprocess(root);
  } catch (const json::exception& problem) {
    require(false, std::string("holds preprocessing that cannot be read: ") + problem.what(), file_name);
  }
  check(content.preprocess, file_name);
  return content;
}

}  // namespace hone
