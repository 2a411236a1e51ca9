#include "cli/data_text.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "cli/format.h"
#include "cli/spec_facts.h"
#include "core/text.h"

namespace hone {
namespace {

constexpr int kLabelWidth = 10;

std::string rows_text(const DataFacts& facts, const std::array<std::int64_t, 3>& parts) {
  std::string text = with_thousands(facts.rows);
  if (parts[0] == facts.rows) return text;
  text += fmt::format(" ({} train", with_thousands(parts[0]));
  if (parts[1] > 0) text += fmt::format(", {} validation", with_thousands(parts[1]));
  if (parts[2] > 0) text += fmt::format(", {} test", with_thousands(parts[2]));
  return text + ")";
}

std::string task_text(const DataFacts& facts) {
  std::string text = facts.task + " of " + without_controls(facts.target);
  constexpr std::size_t kShown = 20;
  for (std::size_t code = 0; code < facts.classes.size() && code < kShown; ++code) {
    text += fmt::format("{} {} ({})", code == 0 ? ":" : ",", without_controls(facts.classes[code]),
                        with_thousands(facts.class_counts[code]));
  }
  if (facts.classes.size() > kShown) text += fmt::format(", and {} more", facts.classes.size() - kShown);
  return text;
}

std::string column_text(const ColumnFacts& column) {
  if (column.dropped) return "left out: " + column.why;
  std::string text = column.type;
  if (column.type == "nominal") text += ", " + count_of(static_cast<std::int64_t>(column.levels.size()), "level");
  if (column.missing > 0) text += ", " + with_thousands(column.missing) + " missing";
  return text;
}

}  // namespace

std::string data_text(const nlohmann::json& inspection, int columns) {
  const DataFacts facts = facts_from_json(inspection.at("facts"));
  const auto parts = inspection.at("part_rows").get<std::array<std::int64_t, 3>>();
  std::string text =
      wrap_labelled("source", without_controls(inspection.at("source").get<std::string>()), columns, kLabelWidth);
  text += wrap_labelled("rows", rows_text(facts, parts) + "; no line was rejected", columns, kLabelWidth);
  text += wrap_labelled("task", task_text(facts), columns, kLabelWidth);
  text += wrap_labelled("hash", facts.hash, columns, kLabelWidth);
  if (!facts.shape.empty()) {
    text += wrap_labelled(
        "images",
        fmt::format("{} x {} pixels, {}", facts.shape[1], facts.shape[2], count_of(facts.shape[0], "channel")), columns,
        kLabelWidth);
  } else {
    text += wrap_labelled("columns",
                          fmt::format("{}, of them {} numeric and {} nominal used", facts.columns.size(),
                                      kept_columns(facts, "numeric"), kept_columns(facts, "nominal")),
                          columns, kLabelWidth);
  }
  for (const ColumnFacts& column : facts.columns) {
    text += wrap_labelled("", without_controls(column.name) + ": " + without_controls(column_text(column)), columns,
                          kLabelWidth);
  }
  for (const auto& sentence : inspection.at("wrong")) {
    text += wrap_labelled("wrong", without_controls(sentence.get<std::string>()), columns, kLabelWidth);
  }
  return text;
}

void warn_of_dropped(const DataFacts& facts, Console& console) {
  for (const ColumnFacts& column : facts.columns) {
    const bool asked = column.why.starts_with("left out by") || column.why.starts_with("names the part");
    if (!column.dropped || asked) continue;
    console.warn("data::dropped-column", fmt::format("column `{}` is left out: {}", without_controls(column.name),
                                                     without_controls(column.why)));
  }
}

}  // namespace hone
