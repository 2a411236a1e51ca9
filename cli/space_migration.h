#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "search/trial/adopt.h"

namespace hone {

/// What the user says about a changed space, as typed.
struct MigrationOptions {
  /// A study, and the spec with the new [space].
  std::string study;
  std::string spec;
  /// NAME=VALUE for parameters that are new, OLD=NEW, and names that are gone.
  std::vector<std::string> defaults;
  std::vector<std::string> renames;
  std::vector<std::string> drops;
  /// Only say what would happen.
  bool dry_run = false;
};

/// What became of a study.
struct Migration {
  std::filesystem::path folder;
  /// "added b; renamed lr -> rate; widened width".
  std::string changes;
  std::int64_t usable = 0;
  /// Trials that the new space cannot hold, with the reason of the first.
  std::vector<std::int64_t> outside;
  std::string complaint;
};

/// Takes a study over to the [space] and the clauses of [constraints] of another spec: its trials are encoded anew and
/// go on teaching; those that the new space cannot hold keep their record and teach nothing, and if they wait or rest
/// they are stopped. All is one transaction of events. Throws Error("study::busy"), Error("space::cannot-migrate") for
/// a parameter of which nobody says what became, and Error("study::changed-spec") when the spec says another search.
Migration migrate_space(const MigrationOptions& options);

}  // namespace hone
