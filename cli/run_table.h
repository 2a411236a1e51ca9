#pragma once

#include <string>
#include <vector>

#include "cli/study_view.h"
#include "search/trial/trial.h"

namespace hone {

/// A study in long form: a line for each report of each trial, one without a step for a final line and for a trial that
/// reported nothing. What `hone export` writes and notebooks read.
///
/// Columns: trial, step, state, origin, failure, budget (of the newest launch), seconds, seed; then param.NAME in the
/// order of the space; then the metrics by name, in the user's direction. A metric named like one of the first becomes
/// metric.NAME. Absent cells are empty in CSV, absent members in JSON.

/// RFC 4180, numbers in the shortest form that reads back equal; texts that a spreadsheet would take for a formula
/// are quoted.
std::string run_table_csv(const StudyView& study);
/// {"hone":1,"kind":"runs","study":NAME,"columns":[…],"items":[{…}]}.
std::string run_table_json(const StudyView& study);

/// The trials of such a CSV text: id, parameters (texts and numbers as they look), seed, state, budget, curve and final
/// metrics. Throws Error("table::bad-line") with its place.
std::vector<Trial> read_run_table(const std::string& text, const std::string& file);

}  // namespace hone
