#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/format.h"
#include "cli/option_tables.h"
#include "cli/study_files.h"
#include "cli/study_view.h"
#include "cli/trial_models.h"
#include "configs/load_spec.h"
#include "core/text.h"
#include "search/registry.h"
#include "search/store/store.h"
#include "search/study_verify.h"

namespace hone {

namespace {

Policies policies_of(const std::string& resolved, const StudyView& study) {
  LoadedSpec loaded = load_spec_text(resolved, (study.folder / "spec.toml").string(), study.folder, option_tables(),
                                     {.set = {}, .purpose = SpecPurpose::look});
  loaded.diagnostics.throw_if_errors();
  complete_fidelity(loaded.spec);
  return Policies{loaded.spec, SearchSpace(loaded.spec, loaded.origins), make_sampler(loaded.spec),
                  make_scheduler(loaded.spec)};
}

nlohmann::json difference_json(const std::optional<LogDifference>& difference) {
  if (!difference) return nullptr;
  return {{"seq", difference->seq},
          {"trial", difference->trial},
          {"what", difference->what},
          {"logged", nlohmann::json::parse(difference->logged)},
          {"derived", nlohmann::json::parse(difference->derived)}};
}

std::string verdict_text(const Verification& result, const StudyView& study) {
  const std::string study_text = study.spec.study.name;
  const auto events = static_cast<std::int64_t>(study.events.size());
  if (!result.difference) {
    const std::string copies =
        result.copies > 0 ? fmt::format("{} {}, ", result.copies, result.copies == 1 ? "copy" : "copies") : "";
    return fmt::format("{}: {} intact; {}, {}{} and {} derived again, bit for bit\n", study_text,
                       count_of(events, "event"), count_of(result.suggestions, "suggestion"), copies,
                       count_of(result.promotions, "promotion"), count_of(result.stops, "stop"));
  }
  const LogDifference& difference = *result.difference;
  return fmt::format(
      "{}: {} intact, but trial {} is not what the log leads to (event {}, {})\n  logged   {}\n  derived  {}\n",
      study_text, count_of(events, "event"), difference.trial, difference.seq, difference.what, difference.logged,
      difference.derived);
}

/// Builds that proposed trials of the study; "" when only this one did.
std::string other_builds(const StudyView& study) {
  const std::string builds = open_store_to_read(study.folder)->meta(kMetaBuilds).value_or("");
  return builds.empty() || builds == this_build() ? "" : builds;
}

ExitCode verify(const std::string& argument, Console& console) {
  const StudyView study = open_study(argument);
  const std::string resolved = open_store_to_read(study.folder)->meta(kMetaSpec).value();
  const Verification result =
      verify_study(study.events, resolved, [&](const std::string& text) { return policies_of(text, study); });
  const std::string builds = result.difference ? other_builds(study) : "";
  if (console.options().json) {
    const nlohmann::json document = {{"command", "verify"},
                                     {"study", study.spec.study.name},
                                     {"events", study.events.size()},
                                     {"trials", result.trials},
                                     {"suggestions", result.suggestions},
                                     {"promotions", result.promotions},
                                     {"copies", result.copies},
                                     {"stops", result.stops},
                                     {"comparable", builds.empty()},
                                     {"difference", difference_json(result.difference)}};
    console.answer(document.dump(2) + "\n");
  } else {
    console.answer(verdict_text(result, study));
    if (!builds.empty()) {
      console.say(fmt::format("incomparable: {} proposed, this is {}", builds, this_build()));
    }
  }
  return result.difference ? ExitCode::answer_no : ExitCode::ok;
}

}  // namespace

Action declare_verify(CLI::App& app) {
  auto study = std::make_shared<std::string>();
  app.add_option("STUDY", *study, "spec, folder or store file of the study");
  return [study](Console& console) { return verify(*study, console); };
}

}  // namespace hone
