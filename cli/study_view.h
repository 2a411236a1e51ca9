#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"
#include "search/study.h"

namespace hone {

/// A study opened to look at, while another process may be writing it: one consistent copy.
struct StudyView {
  std::filesystem::path folder;
  ExperimentSpec spec;
  std::vector<Event> events;
  StudyState state;
  /// A `hone run` works on it now.
  bool running = false;
  /// The spec file as it was typed for `hone run`; empty when unknown.
  std::string spec_file;
};

/// Opens what STUDY names (study_files.h). Throws Error("study::not-found"), Error("store::…").
StudyView open_study(const std::string& argument);

/// The number that TRIAL names: `17`, `best`, `latest`. Throws Error("trial::not-found") saying what there is.
std::int64_t find_trial(const StudyView& study, const std::string& word);

}  // namespace hone
