#include "cli/study_session.h"

#include <fmt/format.h>

#include "cli/study_files.h"
#include "core/files.h"
#include "core/hash.h"

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

}  // namespace

StudySession open_session(LoadedSpec loaded, const std::string& spec_file, bool fresh) {
  StudySession session;
  session.folder = study_folder(loaded.spec);
  if (fresh) move_aside(session.folder);
  fs::create_directories(session.folder);
  session.lock = std::make_unique<StudyLock>(session.folder);
  session.store = open_store(session.folder);
  session.before = fold(session.store->load());
  if (const auto before = session.store->meta(kMetaSpec)) {
    session.changes = spec_changes(*before, loaded.resolved);
    require_harmless(session.changes, loaded);
  }
  session.loaded = std::move(loaded);
  session.spec_file = spec_file;
  if (session.before.last_seq == 0) record_spec(session);
  return session;
}

void record_spec(StudySession& session) {
  const std::string& resolved = session.loaded.resolved;
  session.store->set_meta(kMetaSpec, resolved);
  session.store->set_meta(kMetaSpecHash, sha256(resolved));
  session.store->set_meta(kMetaSpecFile, session.spec_file);
  write_file(session.folder / "spec.toml", resolved, Durability::renamed);
}

}  // namespace hone
