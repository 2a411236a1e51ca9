#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/code_identity.h"
#include "search/study_state.h"

namespace hone {

/// What `hone run` does with a study that is finished (cli.md §5: never green for nothing).
enum class IfFinished { show, extend, new_, fail };
/// Nothing for another word.
std::optional<IfFinished> if_finished_named(const std::string& word);

/// The newest of studies/NAME, studies/NAME-2, …, as --if-finished new began them after `first`.
std::filesystem::path newest_follow_up(const std::filesystem::path& first);
/// The one that --if-finished new begins after `newest`.
std::filesystem::path next_follow_up(const std::filesystem::path& first, const std::filesystem::path& newest);
/// Whether there is a study that is finished.
bool is_finished_study(const std::filesystem::path& folder);

/// The budget of the spec as often as it was given: trials, units and wall time.
void extend_budget(BudgetSpec& budget, std::int64_t extensions);

/// Whether trials would run other code now than the study's newest launch did.
bool runs_other_code(const StudyState& state, const CodeIdentity& code);

/// Throws for a finished study that must not be shown as if all were well: Error("study::finished", exit 1) for fail,
/// Error("study::changed-code", exit 1) for show when the code is another one.
void judge_finished(IfFinished wanted, const std::string& name, const StudyState& state, const CodeIdentity& code);
/// Throws Error("study::changed-code", exit 2) for an unfinished study under --strict-code.
void require_same_code(const std::string& name, const StudyState& state, const CodeIdentity& code);

}  // namespace hone
