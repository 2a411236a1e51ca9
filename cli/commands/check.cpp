#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command_program.h"
#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/interrupts.h"
#include "cli/no_metric.h"
#include "cli/spec_facts.h"
#include "cli/spec_options.h"
#include "cli/start_points.h"
#include "cli/study_data.h"
#include "cli/study_files.h"
#include "cli/trial_models.h"
#include "cli/try_trial.h"
#include "configs/dataset_files.h"
#include "core/files.h"
#include "core/process.h"
#include "core/text.h"
#include "search/executors/local_executor.h"
#include "search/samplers/feasible_share.h"

namespace hone {

namespace {

constexpr std::int64_t kDraws = 1000;

struct CheckOptions {
  SpecOptions spec;
  bool no_data = false;
  bool try_one = false;
  bool strict = false;
};

/// One verified thing.
struct Verified {
  std::string what;
  std::string text;
};

std::string data_text(const DatasetSpec& dataset, const DataFacts& facts) {
  std::string text =
      fmt::format("{}: {} rows", display_path(source_paths(dataset).front()), with_thousands(facts.rows));
  if (!facts.shape.empty()) {
    text += fmt::format(" of {} x {} x {} pixels", facts.shape[0], facts.shape[1], facts.shape[2]);
  } else {
    text += fmt::format(", {}", count_of(static_cast<std::int64_t>(facts.columns.size()), "column"));
  }
  if (!facts.classes.empty()) {
    const auto [least, most] = std::minmax_element(facts.class_counts.begin(), facts.class_counts.end());
    text += fmt::format(", {} classes ({} to {} rows each)", facts.classes.size(), *least, *most);
  } else {
    text += fmt::format(", target {}", facts.target);
  }
  return text + ", hash " + facts.hash.substr(0, 12);
}

std::string split_text(const DataFacts& facts) {
  return fmt::format("{} train, {} validation, {} test rows", with_thousands(facts.train_rows),
                     with_thousands(facts.validation_rows), with_thousands(facts.test_rows));
}

void verify_data(const ExperimentSpec& spec, const SearchSpace& space, std::vector<Verified>& verified) {
  const Interrupts interrupts;
  const TemporaryFolder folder;
  StudyData data = import_data(spec, data_folder(study_folder(spec)), interrupts);
  split_data(spec, folder.path() / kSplitFile, data, interrupts);
  verified.push_back({"data", data_text(spec.dataset, data.facts)});
  verified.push_back({"split", split_text(data.facts)});
  const WeightRange range = weight_range(spec, space, data.facts, kDraws);
  verified.push_back(
      {"models", fmt::format("{}: {} to {} weights in {} configurations drawn", spec.model.family,
                             with_thousands(range.low), with_thousands(range.high), with_thousands(range.drawn))});
}

constexpr std::int64_t kFeasibleDraws = 100'000;
/// Of draws; a smaller share makes every proposal a search.
constexpr double kRareShare = 0.01;

/// How much of the space the clauses allow; a small share is a warning. Throws Error("space::infeasible") for none.
void verify_clauses(const ExperimentSpec& spec, const SearchSpace& space, const Origins& origins,
                    std::vector<Verified>& verified, Diagnostics& warnings) {
  if (space.clauses().empty()) return;
  RandomStream random(static_cast<std::uint64_t>(spec.study.seed), -1, "feasible");
  const FeasibleShare share = feasible_share(space, kFeasibleDraws, random);
  const Place place = place_of(origins, "constraints");
  if (share.allowed == 0) {
    throw Error("space::infeasible",
                "the clauses of [constraints] allowed none of " + with_thousands(share.draws) + " configurations drawn",
                place);
  }
  const auto [low, high] = share.interval();
  const std::string percent =
      fmt::format("{:.3g} % (95 % interval: {:.3g} to {:.3g} %)", 100 * share.share(), 100 * low, 100 * high);
  verified.push_back({"feasible", fmt::format("{} of {} drawn", percent, with_thousands(share.draws))});
  if (share.share() >= kRareShare) return;
  warnings.warning("space::rarely-feasible", "the clauses of [constraints] allow only " + percent + " of the space",
                   place);
}

std::vector<Verified> verify(const CheckOptions& options, const LoadedSpec& loaded, Diagnostics& warnings) {
  ExperimentSpec spec = loaded.spec;
  complete_fidelity(spec);
  const SearchSpace space(spec, loaded.origins);
  std::vector<Verified> verified;
  if (spec.trainer.kind == "command") {
    require_command_program(loaded, options.spec.has_file() ? options.spec.file : "spec.toml");
    verified.push_back({"command", join(spec.trainer.command, " ")});
  } else if (options.no_data) {
    verified.push_back({"data", "not looked at (--no-data)"});
  } else {
    require_source(loaded);
    verify_data(spec, space, verified);
  }
  verified.push_back({"space", space_size_text(space)});
  verify_clauses(spec, space, loaded.origins, verified, warnings);
  resolve_start_points(spec, space, loaded.origins);
  if (!spec.sampler.start.empty()) {
    verified.push_back({"start", count_of(static_cast<std::int64_t>(spec.sampler.start.size()), "configuration")});
  }
  verified.push_back({"rungs", rungs_text(spec)});
  verified.push_back({"budget", budget_limits_text(spec)});
  verified.push_back({"slots", fmt::format("{} on {}", slots_text(plan_slots(spec)),
                                           count_of(static_cast<std::int64_t>(usable_cores().size()), "core"))});
  if (spec.compress.wanted) verified.push_back({"compress", join(spec.compress.limits, ", ")});
  return verified;
}

std::string metrics_text(const Trial& trial) {
  std::map<std::string, double> metrics =
      trial.curve.empty() ? std::map<std::string, double>() : trial.curve.back().metrics;
  for (const auto& [name, value] : trial.final_metrics) metrics[name] = value;
  std::vector<std::string> parts;
  for (const auto& [name, value] : metrics) parts.push_back(name + " " + format_short(value));
  std::string text = join(parts, ", ");
  if (trial.curve.size() > 1)
    text += fmt::format(" after {}", count_of(static_cast<std::int64_t>(trial.curve.size()), "report"));
  return text;
}

/// Runs one smallest trial; false when it has no result.
bool verify_trial(const CheckOptions& options, const LoadedSpec& loaded, std::vector<Verified>& verified,
                  Diagnostics& warnings, Console& console) {
  const std::filesystem::path file =
      std::filesystem::absolute(options.spec.has_file() ? options.spec.file : "spec.toml");
  const TriedTrial tried = try_trial(loaded, file.lexically_normal().parent_path(), console);
  const Trial& trial = tried.trial;
  const bool is_good = trial.failure == FailureClass::none;
  const std::string how =
      is_good ? "ended well" : fmt::format("failed ({}): {}", name_of(trial.failure), trial.message);
  verified.push_back(
      {"trial", fmt::format("{} in {}: {}", how, format_seconds(trial.seconds), format_params(trial.params))});
  if (const std::string text = metrics_text(trial); !text.empty()) verified.push_back({"metrics", text});
  if (!tried.found.empty()) verified.push_back({"", tried.found});
  if (trial.failure == FailureClass::no_result && loaded.spec.trainer.kind == "command") {
    warnings.add(no_metric_diagnostic(loaded.spec, trial.id, tried.output));
  }
  return is_good;
}

ExitCode check(const CheckOptions& options, Console& console) {
  const LoadedSpec loaded = load_spec(options.spec, console);
  const std::size_t shown = loaded.diagnostics.list().size();
  Diagnostics found = loaded.diagnostics;
  std::vector<Verified> verified = verify(options, loaded, found);
  const bool is_good = !options.try_one || verify_trial(options, loaded, verified, found, console);
  const auto& warnings = found.list();
  console.diagnose(std::span(warnings).subspan(shown));
  if (console.options().json) {
    nlohmann::json items = nlohmann::json::array();
    for (const Verified& item : verified) items.push_back({{"what", item.what}, {"text", item.text}});
    const nlohmann::json document = {{"hone", 1},
                                     {"kind", "check"},
                                     {"study", {{"name", loaded.spec.study.name}}},
                                     {"warnings", warnings.size()},
                                     {"items", items}};
    console.answer(document.dump(2) + "\n");
  } else {
    const int columns = console.answer_columns();
    const std::string name = options.spec.has_file() ? options.spec.file : "command line";
    std::string text =
        wrap_labelled("spec",
                      warnings.empty() ? name + ": no mistakes"
                                       : name + ": " + count_of(static_cast<std::int64_t>(warnings.size()), "warning"),
                      columns, 10);
    for (const Verified& item : verified) text += wrap_labelled(item.what, item.text, columns, 10);
    console.answer(text);
  }
  return !is_good || (options.strict && !warnings.empty()) ? ExitCode::answer_no : ExitCode::ok;
}

}  // namespace

Action declare_check(CLI::App& app) { return declare_check(app, {}); }

Action declare_check(CLI::App& app, const std::vector<std::string>& command) {
  auto options = std::make_shared<CheckOptions>();
  options->spec.command = command;
  declare_spec_options(app, options->spec);
  app.add_flag("--no-data", options->no_data, "do not read the data");
  app.add_flag("--try", options->try_one, "run one smallest trial and say which metrics were understood, and where");
  app.add_flag("--strict", options->strict, "warnings exit 1");
  return [options](Console& console) { return check(*options, console); };
}

}  // namespace hone
