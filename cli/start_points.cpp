#include "cli/start_points.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/study_files.h"
#include "cli/study_view.h"
#include "core/csv_text.h"
#include "core/files.h"
#include "core/text.h"
#include "search/objective.h"
#include "search/samplers/unseen.h"
#include "search/trial/adopt.h"

namespace hone {

namespace {

constexpr int kBest = 5;

[[noreturn]] void fail(const std::string& message, const Place& place) {
  throw Error("space::bad-start", message, place);
}

/// A table of the spec with the defaults for what it leaves out.
Params from_table(const Params& given, const SearchSpace& space, const std::string& path, const Place& place) {
  Params params = space.completed(given);
  if (const auto complaint = space.complaint_about(params)) fail(path + " cannot be tried: " + *complaint, place);
  return params;
}

/// Parameters that the space does not have are forgotten, those that only it has take their default or middle.
SpaceMap filled(const Params& params, const SearchSpace& space) {
  SpaceMap map;
  for (const SpaceParameter& parameter : space.parameters()) map.added[parameter.spec.name] = parameter.fallback();
  for (const auto& [name, value] : params) {
    const auto parameters = space.parameters();
    const bool is_known = std::any_of(parameters.begin(), parameters.end(),
                                      [&name = name](const SpaceParameter& one) { return one.spec.name == name; });
    if (!is_known) map.dropped.insert(name);
  }
  return map;
}

std::vector<StartPoint> from_study(const std::string& name, const SearchSpace& space, const Place& place) {
  const StudyView study = open_study("studies/" + name);
  StudyState left = study.state;
  std::vector<StartPoint> points;
  std::string complaint = "it has no trial with a value";
  while (static_cast<int>(points.size()) < kBest) {
    const auto best = best_trial(left, study.spec);
    if (!best) break;
    Trial& trial = left.trials[static_cast<std::size_t>(*best)];
    const Adopted found = adopted(space, trial.params, filled(trial.params, space));
    if (found.params) {
      points.emplace_back(*found.params);
    } else {
      complaint = "of trial " + std::to_string(trial.id) + ", " + found.complaint;
    }
    // Repeats for confirmation are never the best: so the next one is found.
    trial.origin = TrialOrigin::confirm;
  }
  if (points.empty()) fail("no trial of the study `" + name + "` fits: " + complaint, place);
  return points;
}

/// The parameter of each column of a table; null for other columns.
std::vector<const SpaceParameter*> columns_of(const CsvRecord& header, const SearchSpace& space) {
  std::vector<const SpaceParameter*> columns;
  for (const std::string& title : header.fields) {
    const SpaceParameter* column = nullptr;
    for (const SpaceParameter& parameter : space.parameters()) {
      if (title == parameter.spec.name || title == "param." + parameter.spec.name) column = &parameter;
    }
    columns.push_back(column);
  }
  return columns;
}

std::vector<StartPoint> from_file(const std::string& file, const SearchSpace& space, const Place& place) {
  const auto text = read_file_if_there(file);
  if (!text) fail("the file " + display_path(file) + " does not exist", place);
  const std::vector<CsvRecord> records = parse_csv_text(*text);
  if (records.empty()) fail("the file " + display_path(file) + " is empty", place);
  const std::vector<const SpaceParameter*> columns = columns_of(records.front(), space);
  if (std::all_of(columns.begin(), columns.end(), [](const auto* column) { return column == nullptr; })) {
    fail("no column of " + display_path(file) + " is called like a parameter of [space]", place);
  }
  std::vector<StartPoint> points;
  for (std::size_t row = 1; row < records.size(); ++row) {
    const CsvRecord& record = records[row];
    Place here;
    here.file = file;
    here.line = here.end_line = record.line;
    here.column = here.end_column = 1;
    Params given;
    for (std::size_t i = 0; i < std::min(columns.size(), record.fields.size()); ++i) {
      if (columns[i] == nullptr || record.fields[i].empty()) continue;
      const auto value = columns[i]->value_of_text(record.fields[i]);
      const std::string& name = columns[i]->spec.name;
      if (!value) fail("`" + record.fields[i] + "` is no value of `" + name + "`", here);
      given[name] = *value;
    }
    points.emplace_back(from_table(given, space, "this line", here));
  }
  return points;
}

/// A clause over parameters that all have a default contradicts them; otherwise the first trial is left out.
void refuse_forbidden_defaults(const SearchSpace& space, const Origins& origins) {
  const auto broken = space.clauses().broken(space.completed({}));
  if (!broken) return;
  for (const SpaceParameter& parameter : space.parameters()) {
    const bool is_read =
        std::find(broken->reads.begin(), broken->reads.end(), parameter.spec.name) != broken->reads.end();
    if (is_read && !parameter.spec.default_value) return;
  }
  throw Error(
      "space::forbidden-default",
      "the defaults of " + join(broken->reads, ", ") + " are not allowed by " + broken->path + ": " + broken->text,
      place_of(origins, broken->path));
}

void refuse_infeasible(const SearchSpace& space, std::uint64_t seed, const Origins& origins) {
  RandomStream random(seed, -1, "feasible");
  if (space.clauses().empty() || draw_allowed(space, random)) return;
  throw Error("space::infeasible", "the clauses of [constraints] allowed none of 20,000 configurations drawn",
              place_of(origins, "constraints"));
}

}  // namespace

void resolve_start_points(ExperimentSpec& spec, const SearchSpace& space, const Origins& origins) {
  refuse_infeasible(space, static_cast<std::uint64_t>(spec.study.seed), origins);
  refuse_forbidden_defaults(space, origins);
  std::vector<StartPoint> resolved;
  for (std::size_t i = 0; i < spec.sampler.start.size(); ++i) {
    const std::string path = "sampler.start[" + std::to_string(i) + "]";
    const Place place = place_of(origins, path);
    if (const auto* params = std::get_if<Params>(&spec.sampler.start[i])) {
      resolved.emplace_back(from_table(*params, space, path, place));
      continue;
    }
    const std::string& from = std::get<std::string>(spec.sampler.start[i]);
    const bool is_study = from.starts_with("study:");
    const std::vector<StartPoint> points =
        is_study ? from_study(from.substr(6), space, place) : from_file(from, space, place);
    resolved.insert(resolved.end(), points.begin(), points.end());
  }
  spec.sampler.start = std::move(resolved);
}

void check_start_points(const LoadedSpec& loaded) {
  ExperimentSpec spec = loaded.spec;
  resolve_start_points(spec, SearchSpace(spec, loaded.origins), loaded.origins);
}

}  // namespace hone
