#pragma once

#include <map>
#include <string>
#include <vector>

#include "configs/load_spec.h"

namespace hone {

/// One key whose value in the spec is another than when the study began.
struct SpecChange {
  /// Dotted path, "space.lr.low".
  std::string path;
  /// As TOML; empty = not written.
  std::string before;
  std::string after;
  /// Only how much is spent or how it is reported: the search so far stays valid ([budget], [resources], [report],
  /// [compress], study.tags).
  bool harmless = false;
};

/// Every value of a resolved spec as TOML, by dotted path.
std::map<std::string, std::string> flat_values(const std::string& resolved);

/// Differences between two resolved specs, by path.
std::vector<SpecChange> spec_changes(const std::string& before, const std::string& after);

/// Throws Error("study::changed-spec") with the place of every change that makes it another search, and what to do.
void require_harmless(const std::vector<SpecChange>& changes, const LoadedSpec& loaded);

/// "budget.trials 30 -> 60, resources.slots not set -> 4".
std::string changes_text(const std::vector<SpecChange>& changes);

}  // namespace hone
