#include "configs/data_facts.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/error.h"

namespace hone {
namespace {

DataFacts table_facts() {
  DataFacts facts;
  facts.task = "classification";
  facts.target = "income";
  facts.rows = 10;
  facts.classes = {"no", "yes"};
  facts.class_counts = {6, 4};
  facts.layout.header = true;
  facts.layout.separator = ";";
  facts.layout.missing = {"-"};
  facts.layout.target_column = 2;
  ColumnFacts age;
  age.name = "age";
  age.missing = 1;
  ColumnFacts color;
  color.name = "color";
  color.type = "nominal";
  color.levels = {"blue", "red", "ü"};
  ColumnFacts id;
  id.name = "id";
  id.dropped = true;
  id.why = "constant: every value is 1";
  facts.columns = {age, color, id};
  facts.encoding = {"quantile", "mixed"};
  facts.hash = "abc";
  facts.train_rows = 6;
  facts.validation_rows = 2;
  facts.test_rows = 2;
  return facts;
}

std::string message_of(const nlohmann::json& object) {
  try {
    facts_from_json(object);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(DataFacts, ReadBackFromJsonEqual) {
  const nlohmann::json object = to_json_object(table_facts());
  EXPECT_EQ(to_json_object(facts_from_json(nlohmann::json::parse(object.dump()))), object);
  EXPECT_EQ(facts_from_json(object).columns[1].levels, (std::vector<std::string>{"blue", "red", "ü"}));
  EXPECT_EQ(facts_from_json(object).layout.missing, (std::vector<std::string>{"-"}));
}

TEST(DataFacts, OutputWidthIsClassesOrOne) {
  EXPECT_EQ(output_width(table_facts()), 2);
  DataFacts facts;
  facts.task = "regression";
  EXPECT_EQ(output_width(facts), 1);
}

TEST(DataFacts, CountsKeptColumnsOfAType) {
  EXPECT_EQ(kept_columns(table_facts(), "numeric"), 1);
  EXPECT_EQ(kept_columns(table_facts(), "nominal"), 1);
}

TEST(DataFacts, RefusesJsonThatIsNoFacts) {
  nlohmann::json object = to_json_object(table_facts());
  object["task"] = "sorting";
  EXPECT_EQ(message_of(object), "protocol::bad-facts: the facts of a data set are damaged: `task` is `sorting`");
  object = to_json_object(table_facts());
  object.erase("rows");
  EXPECT_TRUE(message_of(object).starts_with("protocol::bad-facts")) << message_of(object);
  object = to_json_object(table_facts());
  object["shape"] = {1, 0, 8};
  EXPECT_TRUE(message_of(object).starts_with("protocol::bad-facts")) << message_of(object);
  EXPECT_TRUE(message_of(nlohmann::json::array()).starts_with("protocol::bad-facts"));
}

}  // namespace
}  // namespace hone
