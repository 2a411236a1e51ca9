#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/option_tables.h"
#include "cli/run_table.h"
#include "cli/study_view.h"
#include "configs/load_spec.h"
#include "core/files.h"
#include "core/text.h"
#include "search/registry.h"
#include "search/simulate.h"

namespace hone {

namespace {

const std::vector<double> kShares = {0.25, 0.5, 1};

struct SimulateOptions {
  std::string source;
  std::string spec;
  std::vector<std::string> schedulers = {"auto"};
  std::vector<std::string> samplers = {"auto"};
  std::vector<int> slots = {1};
  std::int64_t repeats = 30;
  std::int64_t trials = 0;
};

/// What was recorded, and where.
struct Recorded {
  ExperimentSpec spec;
  std::vector<Trial> trials;
};

Recorded recorded_in(const SimulateOptions& options) {
  const bool is_table = std::filesystem::path(options.source).extension() == ".csv";
  Recorded recorded;
  if (!is_table) {
    StudyView study = open_study(options.source);
    recorded.spec = std::move(study.spec);
    recorded.trials = std::move(study.state.trials);
  } else if (options.spec.empty()) {
    throw Error("study::cannot-simulate",
                "a table does not say what its space is: add --spec SPEC with [space] and "
                "[objective], and [fidelity] where there are curves");
  } else {
    recorded.trials = read_run_table(read_file(options.source), options.source);
  }
  if (options.spec.empty()) return recorded;
  LoadedSpec loaded = load_spec(options.spec, option_tables(), {.set = {}, .purpose = SpecPurpose::ask_tell});
  loaded.diagnostics.throw_if_errors();
  recorded.spec = std::move(loaded.spec);
  return recorded;
}

void check_kinds(const std::string& option, const std::vector<std::string>& words, const std::vector<KindInfo>& kinds) {
  std::vector<std::string> names;
  for (const KindInfo& kind : kinds) names.emplace_back(kind.name);
  for (const std::string& word : words) {
    if (std::find(names.begin(), names.end(), word) != names.end()) continue;
    Diagnostic diagnostic;
    diagnostic.code = "spec::unknown-word";
    diagnostic.message = fmt::format("{} must be some of {} (is {})", option, join(names, ", "), word);
    diagnostic.suggestion = suggestion_for(word, names);
    if (!diagnostic.suggestion.empty()) diagnostic.notes.push_back(diagnostic.suggestion);
    throw Error(std::move(diagnostic));
  }
}

std::vector<SimulationSetting> settings_of(const SimulateOptions& options) {
  std::vector<SimulationSetting> settings;
  for (const std::string& scheduler : options.schedulers) {
    for (const std::string& sampler : options.samplers) {
      for (const int slots : options.slots) settings.push_back({scheduler, sampler, slots});
    }
  }
  return settings;
}

struct Simulated {
  SimulationSetting setting;
  std::vector<SimulatedRegret> regrets;
};

std::string mean_text(const SimulatedMean& value) {
  return fmt::format("{} ± {}", format_short(value.mean, 3), format_short(value.half_width, 2));
}

TextTable table_of(const std::vector<Simulated>& results) {
  TextTable table;
  table.right = {false, false, true};
  table.rows.push_back({"scheduler", "sampler", "slots"});
  for (const double share : kShares) table.rows[0].push_back(fmt::format("regret {}", format_percent(share, 0)));
  for (const double share : kShares) table.rows[0].push_back(fmt::format("normalised {}", format_percent(share, 0)));
  for (const Simulated& result : results) {
    const SimulationSetting& setting = result.setting;
    std::vector<std::string> row = {setting.scheduler, setting.sampler, std::to_string(setting.slots)};
    for (const SimulatedRegret& regret : result.regrets) row.push_back(mean_text(regret.regret));
    for (const SimulatedRegret& regret : result.regrets) row.push_back(mean_text(regret.normalised));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// A row a setting and share, for scripts.
TextTable exact_table(const std::vector<Simulated>& results) {
  TextTable table;
  table.rows.push_back(
      {"scheduler", "sampler", "slots", "share", "regret", "regret_half_width", "normalised", "normalised_half_width"});
  for (const Simulated& result : results) {
    const SimulationSetting& setting = result.setting;
    for (const SimulatedRegret& regret : result.regrets) {
      table.rows.push_back({setting.scheduler, setting.sampler, std::to_string(setting.slots), to_text(regret.share),
                            to_text(regret.regret.mean), to_text(regret.regret.half_width),
                            to_text(regret.normalised.mean), to_text(regret.normalised.half_width)});
    }
  }
  return table;
}

std::string heading(const Simulation& simulation, const ExperimentSpec& spec, std::int64_t repeats, int columns) {
  const RecordedPool& pool = simulation.pool();
  std::string recorded =
      fmt::format("{}; each ask takes the nearest unused one, whose curve is replayed in {}",
                  count_of(std::ssize(pool.runs()), "recorded configuration"),
                  pool.has_seconds() ? "the recorded seconds" : "one second a unit (no seconds were recorded)");
  if (pool.cut() > 0) {
    recorded += fmt::format("; {} ended before {}: the last value is held", pool.cut(),
                            format_units(pool.whole(), spec.fidelity.unit));
  }
  if (pool.outside() > 0) recorded += fmt::format("; {} not in the space", count_of(pool.outside(), "trial"));
  const ObjectiveSpec& objective = spec.objectives.front();
  std::string text = wrap_labelled("pool", recorded, columns, 10);
  text +=
      wrap_labelled("budget",
                    fmt::format("{} slot-hours, as {} of mean length", format_short(simulation.slot_seconds() / 3600),
                                count_of(simulation.trials(), "whole run")),
                    columns, 10);
  text += wrap_labelled(
      "regret",
      fmt::format("best {} seen − best recorded ({}){}; normalised: the median run ({}) is 1; mean ± half the 95 % "
                  "interval of {} repeats, after shares of the slot-hours",
                  objective.metric, format_short(simulation.best()),
                  objective.unit.empty() ? "" : " in " + objective.unit, format_short(simulation.median()), repeats),
      columns, 10);
  return text;
}

nlohmann::json to_json(const SimulatedMean& value) {
  return {{"mean", value.mean}, {"low", value.mean - value.half_width}, {"high", value.mean + value.half_width}};
}

std::string json_text(const Simulation& simulation, const ExperimentSpec& spec, std::int64_t repeats,
                      const std::vector<Simulated>& results) {
  nlohmann::json items = nlohmann::json::array();
  for (const Simulated& result : results) {
    for (const SimulatedRegret& regret : result.regrets) {
      items.push_back({{"scheduler", result.setting.scheduler},
                       {"sampler", result.setting.sampler},
                       {"slots", result.setting.slots},
                       {"share", regret.share},
                       {"slot_hours", regret.share * simulation.slot_seconds() / 3600},
                       {"regret", to_json(regret.regret)},
                       {"normalised", to_json(regret.normalised)}});
    }
  }
  const RecordedPool& pool = simulation.pool();
  const nlohmann::json document = {{"hone", 1},
                                   {"kind", "simulation"},
                                   {"asks", "pool"},
                                   {"metric", spec.objectives.front().metric},
                                   {"repeats", repeats},
                                   {"pool",
                                    {{"configurations", pool.runs().size()},
                                     {"outside", pool.outside()},
                                     {"cut", pool.cut()},
                                     {"recorded_seconds", pool.has_seconds()},
                                     {"best", simulation.best()},
                                     {"median", simulation.median()}}},
                                   {"whole_runs", simulation.trials()},
                                   {"slot_hours", simulation.slot_seconds() / 3600},
                                   {"items", items}};
  return document.dump(2) + "\n";
}

ExitCode simulate(const SimulateOptions& options, Console& console) {
  check_kinds("--scheduler", options.schedulers, scheduler_kinds());
  check_kinds("--sampler", options.samplers, sampler_kinds());
  const Recorded recorded = recorded_in(options);
  const Simulation simulation(recorded.spec, recorded.trials, options.trials);
  const std::vector<SimulationSetting> settings = settings_of(options);
  for (const SimulationSetting& setting : settings) simulation.check(setting);

  std::vector<Simulated> results;
  for (const SimulationSetting& setting : settings) {
    std::int64_t done = 0;
    const std::string name =
        fmt::format("{} {} with {}", setting.scheduler, setting.sampler, count_of(setting.slots, "slot"));
    const auto on_repeat = [&] { console.status(fmt::format("{}: {} of {} searches", name, ++done, options.repeats)); };
    results.push_back({setting, simulation.run(setting, kShares, options.repeats, on_repeat)});
    if (!console.live_line() && console.shows_progress()) {
      console.note(fmt::format("{}: {} searches simulated", name, options.repeats));
    }
  }
  console.clear_status();
  if (console.options().json) {
    console.answer(json_text(simulation, recorded.spec, options.repeats, results));
  } else if (console.options().plain) {
    console.answer(render_tabs(exact_table(results)));
  } else {
    const int columns = console.answer_columns();
    console.answer(heading(simulation, recorded.spec, options.repeats, columns) + "\n" +
                   render_table(table_of(results), columns));
  }
  return ExitCode::ok;
}

}  // namespace

Action declare_simulate(CLI::App& app) {
  auto options = std::make_shared<SimulateOptions>();
  app.add_option("STUDY", options->source, "a study, or a table that `hone export --to csv` wrote")
      ->required()
      ->type_name("STUDY|TABLE.csv");
  app.add_option("--spec", options->spec, "the spec with [space] and [objective]; a table needs one")
      ->type_name("FILE");
  app.add_option("--scheduler", options->schedulers, "schedulers to compare")->delimiter(',')->type_name("KIND,…");
  app.add_option("--sampler", options->samplers, "samplers to compare")->delimiter(',')->type_name("KIND,…");
  app.add_option("--slots", options->slots, "numbers of slots to compare")
      ->delimiter(',')
      ->check(CLI::Range(1, 1024))
      ->type_name("N,…");
  app.add_option("--repeats", options->repeats, "searches a setting, each with its seed (30)")
      ->check(CLI::Range(3, 10000))
      ->type_name("N");
  app.add_option("--trials", options->trials,
                 "the slot-hours of a search, in whole runs (a quarter of the pool, at most 100)")
      ->check(CLI::Range(1, 1000000))
      ->type_name("N");
  app.footer(
      "A search on recorded curves: which settings would have been better. Every combination of --scheduler, --sampler "
      "and --slots is tried; asks take recorded configurations (pool).");
  return [options](Console& console) { return simulate(*options, console); };
}

}  // namespace hone
