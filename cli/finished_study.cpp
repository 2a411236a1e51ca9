#include "cli/finished_study.h"

#include <fmt/format.h>

#include "cli/study_files.h"
#include "core/text.h"
#include "search/store/store.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

fs::path numbered(const fs::path& first, int number) {
  return number == 1 ? first : first.parent_path() / fmt::format("{}-{}", first.filename().string(), number);
}

/// A study of this name may also be somebody's own: only one that says what it follows counts.
bool follows(const fs::path& folder, const fs::path& first) {
  if (!fs::exists(folder / kStoreFile)) return false;
  return open_store_to_read(folder)->meta(kMetaFollows) == first.filename().string();
}

int newest_number(const fs::path& first) {
  int number = 1;
  while (follows(numbered(first, number + 1), first)) ++number;
  return number;
}

std::string changes_since(const StudyState& state, const CodeIdentity& code) {
  const std::string changed = code_changes(state.code_parts, code.parts);
  return fmt::format("{} ({} -> {})", changed.empty() ? "its code" : changed, state.launched_code, code.hash);
}

Error changed_code(const std::string& message, const std::string& remedy, ExitCode exit_code) {
  Diagnostic diagnostic;
  diagnostic.code = "study::changed-code";
  diagnostic.message = message;
  diagnostic.notes.push_back("help: " + remedy);
  return Error(diagnostic, exit_code);
}

}  // namespace

std::optional<IfFinished> if_finished_named(const std::string& word) {
  if (word == "show") return IfFinished::show;
  if (word == "extend") return IfFinished::extend;
  if (word == "new") return IfFinished::new_;
  if (word == "fail") return IfFinished::fail;
  return std::nullopt;
}

fs::path newest_follow_up(const fs::path& first) { return numbered(first, newest_number(first)); }

fs::path next_follow_up(const fs::path& first, const fs::path& newest) {
  int number = newest == first ? 2 : newest_number(first) + 1;
  while (fs::exists(numbered(first, number))) ++number;
  return numbered(first, number);
}

bool is_finished_study(const fs::path& folder) {
  return fs::exists(folder / kStoreFile) && fold(open_store_to_read(folder)->load()).closed;
}

void extend_budget(BudgetSpec& budget, std::int64_t extensions) {
  const std::int64_t times = 1 + extensions;
  if (budget.trials) *budget.trials *= times;
  if (budget.units) *budget.units *= static_cast<double>(times);
  if (budget.wall) *budget.wall *= static_cast<double>(times);
}

bool runs_other_code(const StudyState& state, const CodeIdentity& code) {
  return !state.launched_code.empty() && !code.hash.empty() && state.launched_code != code.hash;
}

void judge_finished(IfFinished wanted, const std::string& name, const StudyState& state, const CodeIdentity& code) {
  const std::string remedy = "--if-finished new starts another study, --if-finished extend adds the budget again";
  if (wanted == IfFinished::fail) {
    Diagnostic diagnostic;
    diagnostic.code = "study::finished";
    diagnostic.message = fmt::format("nothing ran: {} is finished ({})", name, state.closed_reason);
    diagnostic.notes.push_back("help: " + remedy);
    throw Error(diagnostic, ExitCode::answer_no);
  }
  if (wanted != IfFinished::show || !runs_other_code(state, code)) return;
  throw changed_code(
      fmt::format("nothing ran: {} is finished, and since then changed: {}", name, changes_since(state, code)), remedy,
      ExitCode::answer_no);
}

void require_same_code(const std::string& name, const StudyState& state, const CodeIdentity& code) {
  if (!runs_other_code(state, code)) return;
  throw changed_code(fmt::format("{} is unfinished, and since it began changed: {}", name, changes_since(state, code)),
                     "without --strict-code it goes on and marks later trials; --new NAME starts another study",
                     ExitCode::usage);
}

}  // namespace hone
