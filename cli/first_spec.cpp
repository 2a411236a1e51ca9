#include "cli/first_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>

#include "cli/format.h"
#include "configs/command_template.h"
#include "configs/spec_fields.h"
#include "core/text.h"

namespace hone {

namespace {

std::string quoted(const std::string& text) { return to_toml_value(ParamValue(text)); }

std::string objective_lines(const FirstObjective& objective, const std::string& comment) {
  return fmt::format("[objective]\nmetric = {}{}\ngoal = \"{}\"\n\n", quoted(objective.metric), comment,
                     objective.maximize ? "maximize" : "minimize");
}

FirstObjective objective_for(const DataFacts& facts) {
  return facts.task == "regression" ? FirstObjective{"val_rmse", false} : FirstObjective{"val_accuracy", true};
}

std::string summary_of(const DataFacts& facts) {
  std::string text = count_of(facts.rows, "row");
  if (!facts.shape.empty()) {
    text += fmt::format(" of {} x {} x {} pixels", facts.shape[0], facts.shape[1], facts.shape[2]);
  } else {
    text += fmt::format(", {} numeric and {} nominal columns", kept_columns(facts, "numeric"),
                        kept_columns(facts, "nominal"));
  }
  if (facts.classes.empty()) return text + ", a number to predict";
  const auto rarest = std::min_element(facts.class_counts.begin(), facts.class_counts.end());
  return text + fmt::format(", {} classes, the rarest with {}", facts.classes.size(), count_of(*rarest, "row"));
}

constexpr std::string_view kTrainerLines =
    R"([trainer]
kind = "builtin"
batch_size = 64

)";

constexpr std::string_view kTableModel = R"([model]
family = "mlp"                                    # fully connected layers; `hone explain models` lists the families

# What is searched: options of [trainer] and of the family. Remove a line and its default is used.
[space]
width = {type = "int", low = 32, high = 512, log = true, default = 128}
depth = {type = "int", low = 1, high = 4, default = 2}
dropout = {type = "float", low = 0.0, high = 0.5}
)";

constexpr std::string_view kImageModel = R"([model]
family = "cnn"                                    # blocks of convolutions; `hone explain models` lists the families

# What is searched: options of [trainer] and of the family. Remove a line and its default is used.
[space]
width = {type = "int", low = 16, high = 48, step = 8}
blocks = {type = "int", low = 1, high = 3, default = 2}
dropout = {type = "float", low = 0.0, high = 0.5}
)";

constexpr std::string_view kTrainingSpace =
    R"(learning_rate = {type = "float", low = 1e-4, high = 3e-2, log = true, default = 2e-3}
weight_decay = {type = "float", low = 1e-6, high = 1e-1, log = true}

# Every trial trains 3 epochs; the best third goes on to 9, the best third of those to 27.
[scheduler]
kind = "asha"

[fidelity]
unit = "epochs"
min = 3
max = 27

# The first that is reached ends the search.
[budget]
trials = 30
wall = "20m"

# To shrink the winner within limits:
#   [compress]
#   limits = ["size <= 25%", "latency_p50@batch=32 <= 0.8x"]
)";

std::string usage_comment(const std::string& file) {
  return fmt::format(
      "#   hone check {0}   says what hone makes of it\n"
      "#   hone run {0}     searches; the same command goes on after any interruption\n\n",
      file);
}

/// The names in braces that somebody has to declare, in order, each once: neither built in nor declared where they
/// stand.
std::vector<std::string> undeclared(const std::vector<std::string>& argv, const std::set<std::string>& declared) {
  static const std::regex name(R"(\{([A-Za-z_][A-Za-z0-9_]*)\})");
  std::set<std::string> known = builtin_placeholders();
  known.insert(declared.begin(), declared.end());
  std::vector<std::string> found;
  for (const std::string& word : argv) {
    for (std::sregex_iterator match(word.begin(), word.end(), name), end; match != end; ++match) {
      if (known.insert((*match)[1]).second) found.push_back((*match)[1]);
    }
  }
  return found;
}

/// The names that declare themselves in the command: {lr: 1e-5..1e-1 log}.
std::set<std::string> declared_in(const std::vector<std::string>& argv) {
  std::set<std::string> names;
  for (const std::string& word : argv) {
    for (const TemplatePiece& piece : read_template(word, builtin_placeholders())) {
      if (piece.kind == TemplatePiece::Kind::declaration) names.insert(piece.name);
    }
  }
  return names;
}

}  // namespace

std::string spec_for_data(const std::string& file, const std::string& source, const std::string& target,
                          const DataFacts& facts, const std::optional<FirstObjective>& objective) {
  std::string text = as_comment(summary_of(facts) + ".") + usage_comment(file);
  text += fmt::format("[dataset]\nsource = {}\n", quoted(source));
  text += fmt::format("target = {}{}\n", parse_integer(target) ? target : quoted(target),
                      target == "-1" ? "                                       # the last column" : "");
  if (!facts.shape.empty()) {
    text += fmt::format("shape = [{}, {}, {}]\n", facts.shape[0], facts.shape[1], facts.shape[2]);
  }
  text +=
      "split = {kind = \"holdout\", validation = 0.2, test = 0.2, seed = 0}   # test rows are read once, at the "
      "end\n\n";
  const std::string others = facts.task == "regression" ? "val_mae, val_r2" : "val_auc, val_log_loss, val_f1_macro";
  text += objective_lines(objective.value_or(objective_for(facts)), "   # or " + others);
  text += kTrainerLines;
  text += facts.shape.empty() ? kTableModel : kImageModel;
  text += kTrainingSpace;
  return text;
}

std::string spec_for_command(const std::string& file, const std::vector<std::string>& argv,
                             const std::optional<FirstObjective>& objective) {
  const FirstObjective judged = objective.value_or(FirstObjective{"loss", false});
  std::vector<std::string> words;
  for (const std::string& word : argv) words.push_back(quoted(word));
  std::string text =
      as_comment("hone starts the command once for each trial, never through a shell, and reads what it prints.") +
      usage_comment(file);
  text += objective_lines(judged, "   # the number that the command prints");
  text += "[trainer]\nkind = \"command\"\n";
  text += fmt::format("command = [{}]\n", join(words, ", "));
  text += "# The number is found by itself in lines such as " + judged.metric + "=0.12 or " + judged.metric +
          ": 0.12, the last one counts; `hone check --try " + file + "` says so.\n\n";
  const std::set<std::string> declared = declared_in(argv);
  std::vector<std::string> names = undeclared(argv, declared);
  if (names.empty() && declared.empty()) names.push_back("rate");
  if (!names.empty()) {
    text +=
        "# What is searched: each name stands in braces in the command, and in the command's environment as\n"
        "# HONE_PARAM_NAME. Put in the ranges that make sense. There are also int, bool, categorical and ordinal.\n"
        "[space]\n";
  }
  for (const std::string& name : names) {
    text += fmt::format("{} = {{type = \"float\", low = 1e-4, high = 1.0, log = true}}\n", name);
  }
  text += "\n# The first that is reached ends the search.\n[budget]\ntrials = 30\nwall = \"8h\"\n";
  return text;
}

std::string spec_to_begin_with(const std::string& file) {
  const std::string program =
      R"(awk -v x={x} -v y={y} 'BEGIN { print "loss=" (x - 1) * (x - 1) + 10 * (y - x * x) ^ 2 }')";
  std::string text =
      as_comment(
          "A study of a few seconds that needs nothing but a shell: the lowest point of a curved valley. Put "
          "your own command, metric and ranges in.") +
      usage_comment(file);
  text += objective_lines({"loss", false}, "   # the number that the command prints");
  text += fmt::format(
      "[trainer]\nkind = \"command\"\n"
      "command = [\"sh\", \"-c\", '''{}''']\n"
      "metrics = {{from = \"stdout\", regex = '(?P<metric>loss)=(?P<value>\\S+)'}}\n\n",
      program);
  text +=
      "[space]\nx = {type = \"float\", low = -2.0, high = 2.0}\ny = {type = \"float\", low = -1.0, high = 3.0}\n\n"
      "[budget]\ntrials = 40\n";
  return text;
}

std::string as_comment(const std::string& text) {
  std::string lines;
  for (const std::string& line : split(std::string(trim(wrap_labelled("", text, 100, 0))), '\n')) {
    lines += "# " + line + "\n";
  }
  return lines;
}

std::string with_section_comments(const std::string& canonical) {
  std::string text;
  for (const std::string& line : split(std::string(trim(canonical)), '\n')) {
    if (!line.empty() && line.front() == '[') {
      for (const SectionInfo& section : section_infos()) {
        if (line == "[" + section.name + "]") text += as_comment(section.sentence);
      }
    }
    text += line + "\n";
  }
  return text;
}

namespace {

/// Bytes of a {NAME: DECL} that begins here, blanks included; 0 for anything else.
std::size_t declaration_at(std::string_view text) {
  if (text.front() != '{') return 0;
  const std::size_t length = text.find('}') + 1;  // 0 without a brace
  const auto pieces = read_template(text.substr(0, length), builtin_placeholders());
  return pieces.size() == 1 && pieces.front().kind == TemplatePiece::Kind::declaration ? length : 0;
}

}  // namespace

std::optional<std::vector<std::string>> split_command_line(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;  // of a word
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
      word += line[++i];
      inside = true;
    } else if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        word += c;
      }
    } else if (const std::size_t length = declaration_at(std::string_view(line).substr(i)); length > 0) {
      word += line.substr(i, length);
      i += length - 1;
      inside = true;
    } else if (c == '\'' || c == '"') {
      quote = c;
      inside = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (inside) words.push_back(word);
      word.clear();
      inside = false;
    } else {
      word += c;
      inside = true;
    }
  }
  if (quote != '\0') return std::nullopt;
  if (inside) words.push_back(word);
  return words;
}

}  // namespace hone
