#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "configs/load_spec.h"

namespace hone {

/// Option tables small enough to know by heart.
inline OptionInfo sample_option(std::string name, OptionType type, Limits limits) {
  OptionInfo option;
  option.name = std::move(name);
  option.type = type;
  option.limits = limits;
  option.meaning = "meaning of " + option.name;
  return option;
}

inline OptionTables sample_tables() {
  static constexpr std::string_view kOptimizers[] = {"adamw", "sgd"};
  const OptionInfo width = sample_option("width", OptionType::integer, {.low = 1, .high = 4096, .searchable = true});
  OptionTables tables;
  tables.samplers = {{"random", "draws", {}},
                     {"tpe", "models", {sample_option("candidates", OptionType::integer, {.low = 1})}}};
  tables.schedulers = {{"none", "all at once", {}},
                       {"asha", "promotes", {sample_option("eta", OptionType::number, {.low = 2})}}};
  tables.families = {
      {"linear", "one layer", {}},
      {"mlp",
       "many layers",
       {width, sample_option("dropout", OptionType::number, {.low = 0, .high = 0.9, .searchable = true})}},
      {"cnn", "for images", {width, sample_option("blocks", OptionType::integer, {.low = 1, .searchable = true})}}};
  tables.trainer = {
      sample_option("optimizer", OptionType::text, {.words = kOptimizers, .searchable = true}),
      sample_option("learning_rate", OptionType::number, {.low = 0, .above_low = true, .searchable = true}),
      sample_option("dropout", OptionType::number, {.low = 0, .high = 0.9, .searchable = true}),
      sample_option("nesterov", OptionType::boolean, {.searchable = true}),
      sample_option("patience", OptionType::integer, {.low = 1})};
  return tables;
}

/// A spec of single-line sections: a good one with some lines exchanged by their key, removed ("-model") or added.
inline std::string with_lines(std::vector<std::string> base, const std::vector<std::string>& changes) {
  const auto key_of = [](const std::string& line) { return line.substr(0, line.find_first_of(" .")); };
  for (const std::string& change : changes) {
    bool exchanged = false;
    for (std::string& line : base) {
      const bool removed = change == "-" + key_of(line);
      if (!removed && (line.empty() || key_of(line) != key_of(change))) continue;
      line = removed ? "" : change;
      exchanged = true;
    }
    if (!exchanged) base.push_back(change);
  }
  std::string text;
  for (const std::string& line : base) text += line + "\n";
  return text;
}

inline std::string builtin_spec(const std::vector<std::string>& changes = {}) {
  return with_lines({"dataset = {source = \"digits.csv\", target = -1}",
                     "objective = {metric = \"val_accuracy\", goal = \"maximize\"}", "trainer = {kind = \"builtin\"}",
                     "model = {family = \"mlp\"}", "budget = {trials = 30}"},
                    changes);
}

inline std::string command_spec(const std::vector<std::string>& changes = {}) {
  return with_lines({"objective = {metric = \"loss\", goal = \"minimize\"}",
                     "trainer = {kind = \"command\", command = [\"./train\", \"--lr={lr}\"]}", "budget = {trials = 30}",
                     "space = {lr = {type = \"float\", low = 1e-5, high = 1e-1, log = true}}"},
                    changes);
}

inline LoadedSpec load_sample(const std::string& text, const std::vector<std::string>& set = {}) {
  return load_spec_text(text, "nightly.toml", "/specs", sample_tables(), {set});
}

/// All diagnostics as a user sees them. Each must end in the pointer to its page, which is left out here.
inline std::string mistakes_in(const std::string& text, const std::vector<std::string>& set = {}) {
  std::string shown;
  const LoadedSpec loaded = load_sample(text, set);
  for (Diagnostic diagnostic : loaded.diagnostics.list()) {
    EXPECT_FALSE(diagnostic.notes.empty());
    if (diagnostic.notes.empty()) continue;
    EXPECT_EQ(diagnostic.notes.back(), "help: hone explain " + diagnostic.code);
    diagnostic.notes.pop_back();
    const auto source = [&](const std::string& file) {
      return file == "nightly.toml" ? std::optional(text) : std::nullopt;
    };
    shown += render_diagnostic(diagnostic, source, false);
  }
  return shown;
}

}  // namespace hone
