#pragma once

#include <filesystem>
#include <optional>

#include "cli/console.h"
#include "cli/interrupts.h"
#include "cli/study_data.h"
#include "search/study.h"

namespace hone {

/// What happens to the best trial's model after the search. All folders lie in the study's folder.

/// Copies the model of a trial to best/, whole (copy beside it, then rename). False when the trial left no model
/// folder, as a command may.
bool keep_best_model(const std::filesystem::path& study, std::int64_t trial);

/// Has a worker judge best/ on the test rows, which nothing was chosen by, and writes what it says beside the model
/// (kTestFile). Does nothing when the split has no test rows.
void test_winner(const StudyData& data, const std::filesystem::path& study, const Interrupts& interrupts);

/// The study has recorded a compression of this trial with the same [compress] section.
bool is_compressed(const StudyState& state, const ExperimentSpec& spec, std::int64_t trial);

/// Has a worker compress best/ (or [compress] source) into compressed/ and records the report as an event. Shows the
/// worker's notes as progress.
void compress_winner(Study& study, const StudyData& data, const std::filesystem::path& folder, std::int64_t trial,
                     const Interrupts& interrupts, Console& console);

}  // namespace hone
