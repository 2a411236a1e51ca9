#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/explain_options.h"
#include "cli/option_tables.h"
#include "cli/spec_changes.h"
#include "cli/spec_facts.h"
#include "cli/trial_models.h"
#include "configs/codes.h"
#include "core/text.h"
#include "search/samplers/auto_sampler.h"

namespace hone {

namespace {

struct ExplainOptions {
  std::string what;
  std::vector<std::string> set;
};

std::string indented(std::string_view text) {
  std::string result;
  for (const std::string& line : split(text, '\n')) result += "    " + line + "\n";
  return result;
}

std::string code_text(const CodePage& page, const Console& console, int columns) {
  std::string text = console.styled(Style::bold, page.code) + "\n\n";
  text += wrap_labelled("", page.explanation, columns, 0);
  if (!page.wrong.empty()) text += "\nWrong:\n" + indented(page.wrong);
  if (!page.right.empty()) text += "\nRight:\n" + indented(page.right);
  return text;
}

std::string origin_text(const Origin& origin) {
  if (origin.from == "file") {
    return origin.value.known() ? fmt::format("{}:{}", origin.value.file, origin.value.line) : "file";
  }
  return origin.from;
}

/// Every written key with its value and where it came from; [space] has a table of its own.
TextTable values_table(const LoadedSpec& loaded) {
  TextTable table{{{"key", "value", "from"}}, {}};
  for (const auto& [path, value] : flat_values(loaded.resolved)) {
    if (path.rfind("space.", 0) == 0) continue;
    const auto origin = loaded.origins.find(path);
    table.rows.push_back({path, value, origin == loaded.origins.end() ? "derived" : origin_text(origin->second)});
  }
  return table;
}

/// The sampler, and with `auto` what it begins with.
std::string sampler_text(const ExperimentSpec& spec, const SearchSpace& space) {
  if (spec.sampler.kind != "auto") return spec.sampler.kind;
  return "auto, begins " + to_text(first_policy(space, spec));
}

ExitCode explain_spec(const ExplainOptions& options, Console& console) {
  LoadedSpec loaded = load_spec(options.what, option_tables(), {options.set});
  loaded.diagnostics.throw_if_errors();
  console.diagnose(loaded.diagnostics.list());
  complete_fidelity(loaded.spec);
  const SearchSpace space(loaded.spec, loaded.origins);
  const TextTable values = values_table(loaded);
  const TextTable defaults = defaults_table(loaded);
  if (console.options().json) {
    nlohmann::json items = nlohmann::json::array();
    for (const TextTable* table : {&values, &defaults}) {
      for (std::size_t i = 1; i < table->rows.size(); ++i) {
        const auto& row = table->rows[i];
        items.push_back({{"key", row[0]}, {"value", row[1]}, {"from", row[2]}});
      }
    }
    const nlohmann::json document = {{"hone", 1},
                                     {"kind", "spec"},
                                     {"study", {{"name", loaded.spec.study.name}}},
                                     {"space", space_size_text(space)},
                                     {"sampler", sampler_text(loaded.spec, space)},
                                     {"rungs", rungs_text(loaded.spec)},
                                     {"budget", budget_limits_text(loaded.spec)},
                                     {"items", items}};
    console.answer(document.dump(2) + "\n");
    return ExitCode::ok;
  }
  const int columns = console.answer_columns();
  std::string text = render_table(values, columns);
  if (console.options().verbose > 0) text += "\n" + render_table(defaults, columns);
  if (!loaded.spec.space.empty()) text += "\n" + render_table(space_table(loaded.spec), columns);
  text += "\n" + wrap_labelled("space", space_size_text(space), columns, 10);
  text += wrap_labelled("sampler", sampler_text(loaded.spec, space), columns, 10);
  text += wrap_labelled("rungs", rungs_text(loaded.spec), columns, 10);
  text += wrap_labelled("budget", budget_limits_text(loaded.spec), columns, 10);
  console.answer(text);
  if (console.options().verbose == 0) console.note("-v also shows what was not written and so has its default");
  return ExitCode::ok;
}

ExitCode explain(const ExplainOptions& options, Console& console) {
  const int columns = console.answer_columns(100);
  if (options.what.empty()) {
    console.answer(topics_text(columns));
    return ExitCode::ok;
  }
  if (const CodePage* page = find_code_page(options.what)) {
    console.answer(code_text(*page, console, columns));
    return ExitCode::ok;
  }
  if (const auto text = topic_text(options.what, columns)) {
    console.answer(*text);
    return ExitCode::ok;
  }
  if (std::filesystem::exists(options.what)) return explain_spec(options, console);
  std::vector<std::string> known = topic_names();
  for (const std::string& code : code_names()) known.push_back(code);
  Diagnostic diagnostic;
  diagnostic.code = "usage::unknown-topic";
  diagnostic.message = fmt::format("`{}` is no file, no error code and no topic", without_controls(options.what));
  diagnostic.suggestion = suggestion_for(options.what, known);
  diagnostic.notes.push_back("help: hone explain");
  throw Error(diagnostic);
}

}  // namespace

Action declare_explain(CLI::App& app) {
  auto options = std::make_shared<ExplainOptions>();
  app.add_option("WHAT", options->what, "a spec file, an error code like spec::unknown-key, or a topic");
  app.add_option("--set", options->set, "lay a value over the spec: --set budget.trials=10")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  app.footer(
      "Topics: samplers schedulers models trainer, a sampler, scheduler or family by name, a section of the spec.");
  return [options](Console& console) { return explain(*options, console); };
}

}  // namespace hone
