#include "configs/data_facts.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/error.h"

namespace hone {
namespace {

nlohmann::json column_to_json(const ColumnFacts& column) {
  return {{"name", column.name},       {"type", column.type},       {"levels", column.levels},
          {"missing", column.missing}, {"dropped", column.dropped}, {"why", column.why}};
}

ColumnFacts column_from_json(const nlohmann::json& object) {
  ColumnFacts column;
  object.at("name").get_to(column.name);
  object.at("type").get_to(column.type);
  object.at("levels").get_to(column.levels);
  object.at("missing").get_to(column.missing);
  object.at("dropped").get_to(column.dropped);
  object.at("why").get_to(column.why);
  return column;
}

nlohmann::json layout_to_json(const TableLayout& layout) {
  return {{"separator", layout.separator},
          {"header", layout.header},
          {"missing", layout.missing},
          {"target_column", layout.target_column}};
}

TableLayout layout_from_json(const nlohmann::json& object) {
  TableLayout layout;
  object.at("separator").get_to(layout.separator);
  object.at("header").get_to(layout.header);
  object.at("missing").get_to(layout.missing);
  object.at("target_column").get_to(layout.target_column);
  return layout;
}

InputEncoding encoding_from_json(const nlohmann::json& object) {
  return {object.at("numeric").get<std::string>(), object.at("categories").get<std::string>()};
}

void require(bool holds, std::string_view what) {
  if (!holds) throw Error("protocol::bad-facts", "the facts of a data set are damaged: " + std::string(what));
}

/// What everybody who works from facts takes for granted.
void check(const DataFacts& facts) {
  require(facts.task == "classification" || facts.task == "regression", "`task` is `" + facts.task + "`");
  require(facts.rows >= 0, "`rows` is negative");
  require(facts.shape.empty() || facts.shape.size() == 3, "`shape` must be [channels, height, width]");
  for (std::int64_t size : facts.shape) require(size > 0 && size <= 1 << 20, "`shape` must hold positive sizes");
  require(facts.classes.size() == facts.class_counts.size(), "`classes` and `class_counts` differ in length");
  require(facts.task == "regression" || !facts.classes.empty(), "a classification task without classes");
  for (const ColumnFacts& column : facts.columns) {
    require(column.type == "numeric" || column.type == "nominal", "a column of type `" + column.type + "`");
  }
}

}  // namespace

nlohmann::json to_json_object(const DataFacts& facts) {
  nlohmann::json columns = nlohmann::json::array();
  for (const ColumnFacts& column : facts.columns) columns.push_back(column_to_json(column));
  return {{"task", facts.task},
          {"target", facts.target},
          {"layout", layout_to_json(facts.layout)},
          {"rows", facts.rows},
          {"shape", facts.shape},
          {"classes", facts.classes},
          {"class_counts", facts.class_counts},
          {"columns", columns},
          {"encoding", {{"numeric", facts.encoding.numeric}, {"categories", facts.encoding.categories}}},
          {"hash", facts.hash},
          {"train_rows", facts.train_rows},
          {"validation_rows", facts.validation_rows},
          {"test_rows", facts.test_rows}};
}

DataFacts facts_from_json(const nlohmann::json& object) {
  DataFacts facts;
  try {
    object.at("task").get_to(facts.task);
    object.at("target").get_to(facts.target);
    facts.layout = layout_from_json(object.at("layout"));
    object.at("rows").get_to(facts.rows);
    object.at("shape").get_to(facts.shape);
    object.at("classes").get_to(facts.classes);
    object.at("class_counts").get_to(facts.class_counts);
    for (const nlohmann::json& column : object.at("columns")) facts.columns.push_back(column_from_json(column));
    if (object.contains("encoding")) facts.encoding = encoding_from_json(object.at("encoding"));
    object.at("hash").get_to(facts.hash);
    object.at("train_rows").get_to(facts.train_rows);
    object.at("validation_rows").get_to(facts.validation_rows);
    object.at("test_rows").get_to(facts.test_rows);
  } catch (const nlohmann::json::exception& problem) {
    require(false, problem.what());
  }
  check(facts);
  return facts;
}

std::int64_t kept_columns(const DataFacts& facts, std::string_view type) {
  return std::count_if(facts.columns.begin(), facts.columns.end(),
                       [&](const ColumnFacts& column) { return column.type == type && !column.dropped; });
}

std::int64_t output_width(const DataFacts& facts) {
  return facts.task == "classification" ? static_cast<std::int64_t>(facts.classes.size()) : 1;
}

}  // namespace hone
