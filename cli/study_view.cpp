#include "cli/study_view.h"

#include <fmt/format.h>

#include "cli/finished_study.h"
#include "cli/option_tables.h"
#include "cli/study_choice.h"
#include "cli/study_files.h"
#include "cli/trial_models.h"
#include "configs/load_spec.h"
#include "core/text.h"
#include "search/store/store.h"

namespace hone {

StudyView open_study(const std::string& argument) {
  StudyView view;
  view.folder = find_study(argument);
  const std::unique_ptr<Store> store = open_store_to_read(view.folder);
  const std::optional<std::string> text = store->meta(kMetaSpec);
  if (!text) {
    throw Error("store::damaged", fmt::format("{} holds no spec", (view.folder / kStoreFile).string()), {},
                ExitCode::damaged);
  }
  LoadedSpec loaded = load_spec_text(*text, (view.folder / "spec.toml").string(), view.folder, option_tables(),
                                     {.set = {}, .purpose = SpecPurpose::look});
  loaded.diagnostics.throw_if_errors();
  view.spec = std::move(loaded.spec);
  complete_fidelity(view.spec);
  view.events = store->load();
  view.state = fold(view.events);
  extend_budget(view.spec.budget, view.state.extensions);
  view.running = StudyLock::is_held(view.folder);
  view.spec_file = store->meta(kMetaSpecFile).value_or("");
  return view;
}

std::int64_t find_trial(const StudyView& study, const std::string& word) {
  const auto count = static_cast<std::int64_t>(study.state.trials.size());
  if (count == 0) throw Error("trial::not-found", "the study has no trial yet");
  if (word == "latest") return count - 1;
  if (word == "best") {
    if (const auto best = choice_of(study.state, study.spec).trial) return *best;
    throw Error("trial::not-found", "no trial has a score yet", {}, ExitCode::answer_no);
  }
  const std::optional<std::int64_t> number = parse_integer(word);
  if (!number) {
    throw Error("trial::bad-name",
                fmt::format("a trial is a number, `best` or `latest` (is `{}`)", without_controls(word)));
  }
  if (*number < 0 || *number >= count) {
    const std::string there = count == 1 ? "there is only trial 0" : fmt::format("they run from 0 to {}", count - 1);
    throw Error("trial::not-found", fmt::format("there is no trial {}; {}", *number, there));
  }
  return *number;
}

}  // namespace hone
