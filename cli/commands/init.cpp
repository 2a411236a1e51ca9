#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <memory>

#include "cli/commands/verb.h"
#include "cli/first_spec.h"
#include "cli/format.h"
#include "cli/interrupts.h"
#include "cli/option_tables.h"
#include "cli/report/results.h"
#include "cli/study_data.h"
#include "cli/study_files.h"
#include "cli/study_view.h"
#include "configs/load_spec.h"
#include "core/files.h"
#include "core/text.h"
#include "search/store/store.h"

namespace hone {

namespace {

namespace fs = std::filesystem;

struct InitOptions {
  std::string file;
  std::string data;
  std::string target = "-1";
  std::string command;
  std::string from;
  std::string minimize;
  std::string maximize;
};

/// A spec to write and where.
struct NewSpec {
  std::string text;
  std::string file;
};

std::optional<FirstObjective> objective_of(const InitOptions& options) {
  if (!options.minimize.empty()) return FirstObjective{options.minimize, false};
  if (!options.maximize.empty()) return FirstObjective{options.maximize, true};
  return std::nullopt;
}

/// `name` as the stem of a spec: letters, digits, - and _ of it, up to its first point.
std::string spec_name(const fs::path& path) {
  std::string name;
  for (const char c : path.filename().string()) {
    if (c == '.' && !name.empty()) break;
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' ? c : '_';
  }
  return name + ".toml";
}

NewSpec from_data(const InitOptions& options) {
  NewSpec made;
  made.file = options.file.empty() ? spec_name(options.data) : options.file;
  if (!fs::exists(options.data)) {
    throw Error("data::no-source", fmt::format("there is no data file; looked for {}", without_controls(options.data)));
  }
  ExperimentSpec spec;
  spec.study.name = fs::path(made.file).stem().string();
  spec.dataset.source = fs::absolute(options.data).lexically_normal().string();
  spec.dataset.target = options.target;
  const Interrupts interrupts;
  const StudyData data = import_data(spec, data_folder(study_folder(spec)), interrupts);
  // Below the spec it is found wherever both are moved to.
  const fs::path folder = fs::absolute(made.file).lexically_normal().parent_path();
  const fs::path relative = fs::path(spec.dataset.source).lexically_relative(folder);
  const bool is_below = !relative.empty() && *relative.begin() != "..";
  made.text = spec_for_data(made.file, is_below ? relative.string() : spec.dataset.source, options.target, data.facts,
                            objective_of(options));
  return made;
}

NewSpec from_command(const InitOptions& options) {
  const auto argv = split_command_line(options.command);
  if (!argv || argv->empty()) {
    throw Error("usage::arguments", fmt::format("--command holds no command, or a quote that is not closed: {}",
                                                without_controls(options.command)));
  }
  const auto script = std::find_if(argv->begin() + 1, argv->end(), [](const std::string& word) {
    return word.find('.') != std::string::npos && word.front() != '-' && fs::exists(word);
  });
  NewSpec made;
  made.file = options.file.empty() ? spec_name(script == argv->end() ? argv->front() : *script) : options.file;
  made.text = spec_for_command(made.file, *argv, objective_of(options));
  return made;
}

NewSpec from_study(const InitOptions& options) {
  const StudyView study = open_study(options.from);
  NewSpec made;
  made.file = options.file.empty() ? study.spec.study.name + "-next.toml" : options.file;
  const std::string kept = open_store_to_read(study.folder)->meta(kMetaSpec).value();
  const std::string name = fs::path(made.file).stem().string();
  const LoadedSpec loaded =
      load_spec_text(kept, "spec.toml", study.folder, option_tables(),
                     {.set = {fmt::format("study.name=\"{}\"", name)}, .purpose = SpecPurpose::look});
  loaded.diagnostics.throw_if_errors();
  std::string head = fmt::format("Made from the study {}.", display_path(study.folder));
  const Results results = make_results(study);
  if (const TrialResult* best = results.best_trial()) {
    head += fmt::format(" Its best trial, {}: {} {} with {}.", best->id, results.metric, format_score(best->value),
                        format_params(best->params));
  }
  made.text = as_comment(head);
  made.text += "\n" + with_section_comments(loaded.resolved);
  return made;
}

NewSpec make_spec(const InitOptions& options) {
  if (!options.data.empty()) return from_data(options);
  if (!options.command.empty()) return from_command(options);
  if (!options.from.empty()) return from_study(options);
  const std::string file = options.file.empty() ? "hone.toml" : options.file;
  return {spec_to_begin_with(file), file};
}

ExitCode init(const InitOptions& options, Console& console) {
  const NewSpec made = make_spec(options);
  if (fs::exists(made.file)) {
    throw Error("file::exists", fmt::format("{} is there already and was left alone; name another: hone init FILE …",
                                            without_controls(made.file)));
  }
  write_file(made.file, made.text);
  const LoadedSpec loaded = load_spec(made.file, option_tables());
  console.diagnose(loaded.diagnostics.list());
  const int columns = console.answer_columns();
  console.answer(wrap_labelled("wrote", made.file, columns, 7) +
                 wrap_labelled("next", "hone run " + made.file, columns, 7));
  return ExitCode::ok;
}

}  // namespace

Action declare_init(CLI::App& app) {
  auto options = std::make_shared<InitOptions>();
  app.add_option("FILE", options->file, "the spec to write, else one named after data, command or study");
  CLI::Option* data =
      app.add_option("--data", options->data, "for the built-in trainers: a table or images")->type_name("DATA.csv");
  app.add_option("--target", options->target, "the column to predict, by name or number; -1: the last")
      ->needs(data)
      ->type_name("COLUMN");
  CLI::Option* command = app.add_option("--command", options->command,
                                        "for a command of yours, quoted as a whole; {name} in it is searched")
                             ->type_name("'COMMAND'");
  CLI::Option* from =
      app.add_option("--from", options->from, "what a study was run with, under another name")->type_name("STUDY");
  data->excludes(command)->excludes(from);
  command->excludes(from);
  CLI::Option* minimize =
      app.add_option("--minimize", options->minimize, "the metric that is judged, lower is better")->type_name("NAME");
  app.add_option("--maximize", options->maximize, "the metric that is judged, higher is better")
      ->excludes(minimize)
      ->type_name("NAME");
  app.footer(
      "Writes a commented spec that runs as it is; a file that is there is never overwritten. --data has the worker "
      "read "
      "the data. Without an option: a study of a few seconds to begin with.");
  return [options](Console& console) { return init(*options, console); };
}

}  // namespace hone
