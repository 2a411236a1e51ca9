#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/spec_changes.h"
#include "configs/load_spec.h"
#include "search/store/store.h"
#include "search/study.h"

namespace hone {

/// A study that this process alone may change: its folder, lock and store, and the spec it goes on with.
struct StudySession {
  std::filesystem::path folder;
  LoadedSpec loaded;
  std::string spec_file;
  std::unique_ptr<StudyLock> lock;
  std::unique_ptr<Store> store;
  /// What was there before this process.
  StudyState before;
  /// Harmless differences to the spec it had before.
  std::vector<SpecChange> changes;
};

/// Takes a study's lock and opens or makes its store. Throws Error("study::busy", exit 7) when another process works on
/// it and Error("study::changed-spec") when the spec is another search now. `fresh` moves an old study to
/// <parent>/.old/<name>-<n> first. `spec_file` is the spec as it was typed.
StudySession open_session(LoadedSpec loaded, const std::string& spec_file, bool fresh);

/// Keeps in the study which spec decides from now on, where it changed; before record_spec.
void note_spec_change(const StudySession& session, Study& study);

/// From now on this is the study's spec. Called once what the changes ask for is in the store: a death before it finds
/// the same changes again. A new study has its spec from the start.
void record_spec(StudySession& session);

}  // namespace hone
