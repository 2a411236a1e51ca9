#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/console.h"
#include "core/error.h"
#include "core/files.h"
#include "search/trial/event.h"

namespace hone {

/// A small study of known content: four trials of a built-in trainer on budgets 3, 9, 27; trial 1 is the best and was
/// compressed, trial 3 failed. `hostile` is put into every text a trial or a data set can carry.
struct StudySample {
  std::string spec;
  std::vector<Event> events;
};
StudySample make_study_sample(const std::string& hostile = "");

/// The same with many trials of made-up curves, for the size and the looks of the page.
StudySample make_large_sample(int trials);

/// Writes the store of a sample into a study folder, with model folders as far as readers look at them.
void write_study(const std::filesystem::path& folder, const StudySample& sample);

/// What a run of the program printed and how it ended.
struct ProgramRun {
  ExitCode code = ExitCode::ok;
  std::string out;
  std::string err;
};

/// Runs the program inside this process in `folder`, with streams that are no terminals and an empty environment.
ProgramRun run_in(const std::filesystem::path& folder, const std::vector<std::string>& arguments);
/// The same on a terminal of this width without colours.
ProgramRun run_on_terminal(const std::filesystem::path& folder, int columns, const std::vector<std::string>& arguments);

}  // namespace hone
