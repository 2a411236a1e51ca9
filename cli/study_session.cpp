#include "cli/study_session.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/study_files.h"
#include "core/files.h"
#include "core/hash.h"
#include "core/text.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

void move_aside(const fs::path& folder) {
  if (!fs::exists(folder)) return;
  const StudyLock lock(folder);
  const fs::path name = (folder / "").lexically_normal().parent_path();
  const fs::path old = name.parent_path() / ".old";
  fs::create_directories(old);
  int number = 1;
  while (fs::exists(old / fmt::format("{}-{}", name.filename().string(), number))) ++number;
  fs::rename(folder, old / fmt::format("{}-{}", name.filename().string(), number));
}

/// Keeps who works on the study: on another build a suggestion may differ in its last bits.
void note_build(Store& store) {
  const std::string builds = store.meta(kMetaBuilds).value_or("");
  const std::string own = this_build();
  const std::vector<std::string> known = split(builds, ',');
  const bool is_known =
      std::any_of(known.begin(), known.end(), [&](const std::string& build) { return trim(build) == own; });
  if (!is_known) store.set_meta(kMetaBuilds, builds.empty() ? own : builds + ", " + own);
}

}  // namespace

StudySession open_session(LoadedSpec loaded, const std::string& spec_file, bool fresh) {
  StudySession session;
  session.folder = study_folder(loaded.spec);
  if (fresh) move_aside(session.folder);
  fs::create_directories(session.folder);
  session.lock = std::make_unique<StudyLock>(session.folder);
  session.store = open_store(session.folder);
  session.before = fold(session.store->load());
  note_build(*session.store);
  if (const auto before = session.store->meta(kMetaSpec)) {
    session.changes = spec_changes(*before, loaded.resolved);
    require_harmless(session.changes, loaded);
  }
  session.loaded = std::move(loaded);
  session.spec_file = spec_file;
  if (session.before.last_seq == 0) record_spec(session);
  return session;
}

void note_spec_change(const StudySession& session, Study& study) {
  if (!session.changes.empty()) study.change_spec(*session.store->meta(kMetaSpec), session.loaded.resolved);
}

void record_spec(StudySession& session) {
  const std::string& resolved = session.loaded.resolved;
  session.store->set_meta(kMetaSpec, resolved);
  session.store->set_meta(kMetaSpecHash, sha256(resolved));
  session.store->set_meta(kMetaSpecFile, session.spec_file);
  write_file(session.folder / "spec.toml", resolved, Durability::renamed);
}

}  // namespace hone
