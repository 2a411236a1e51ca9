#pragma once

#include <filesystem>
#include <string>

#include "cli/console.h"
#include "configs/load_spec.h"
#include "search/trial/trial.h"

namespace hone {

/// One trial, run for a look.
struct TriedTrial {
  Trial trial;
  /// Where the metrics of a command were found, "`loss` from name=value on stdout; also `acc`".
  std::string found;
  /// What it printed on stdout.
  std::string output;
};

/// Runs the first trial of the spec with its smallest budget in a temporary folder, of which nothing stays. Throws what
/// ends a study at once: a program that cannot start, a wrong call.
TriedTrial try_trial(const LoadedSpec& loaded, const std::filesystem::path& spec_folder, Console& console);

}  // namespace hone
