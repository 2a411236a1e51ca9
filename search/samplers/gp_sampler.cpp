#include "search/samplers/gp_sampler.h"

#include <algorithm>
#include <vector>

#include "search/samplers/gp_embedding.h"
#include "search/samplers/gp_facts.h"
#include "search/samplers/gp_goal.h"
#include "search/samplers/gp_model.h"
#include "search/samplers/observations.h"
#include "search/samplers/trust_region.h"
#include "search/samplers/unseen.h"
#include "search/samplers/user_prior.h"

namespace hone {
namespace {

constexpr Field<GpOptions> kFields[] = {
    {"candidates",
     &GpOptions::candidates,
     {.low = 16},
     "points looked at for each proposal before the best are refined"},
    {"trust_region",
     &GpOptions::trust_region,
     {},
     "look near the best trial only, in a box that grows with success and shrinks with failure: for many parameters"},
};

/// The best half and the newest half of more observations than `most`, in order of id.
std::vector<Observation> limited(std::vector<Observation> observed, std::size_t most) {
  if (observed.size() <= most) return observed;
  std::sort(observed.begin(), observed.end(), is_better);
  const auto older = [](const Observation& a, const Observation& b) { return a.trial->id < b.trial->id; };
  const auto half = static_cast<std::ptrdiff_t>(most / 2);
  const auto middle = observed.begin() + half;
  std::sort(middle, observed.end(), older);
  observed.erase(middle, observed.end() - half);
  std::sort(observed.begin(), observed.end(), older);
  return observed;
}

}  // namespace

std::span<const Field<GpOptions>> gp_fields() { return kFields; }

GpSampler::GpSampler(const GpOptions& options, const ExperimentSpec& spec)
    : candidates_(options.candidates),
      trust_region_(options.trust_region),
      max_values_(options.max_values),
      initial_(spec.sampler.initial),
      trials_(spec.budget.trials),
      dedupe_(spec.sampler.dedupe),
      study_seed_(static_cast<std::uint64_t>(spec.study.seed)),
      settings_(goal_settings(spec)) {}

std::optional<Suggestion> GpSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                             RandomStream& random) const {
  const Unseen unseen(space, history, dedupe_);
  const GpEmbedding embedding(space);
  const std::int64_t initial = initial_.value_or(initial_points(embedding.lengths(), trials_));
  const std::vector<Observation> observed =
      limited(observations_at_one_budget(history, embedding.lengths() + 1), max_values_);
  const auto needed = static_cast<std::size_t>(std::max<std::int64_t>(2, (initial + 1) / 2));
  if (next < initial || observed.size() < needed || embedding.dimensions() == 0) {
    return start_suggestion(space, unseen, study_seed_, next, random);
  }
  const GpGoal goal = make_goal(embedding, observed, history, settings_, random);
  AcquisitionSearchOptions options;
  options.raw = candidates_;
  const std::vector<std::vector<double>> best = best_known(embedding, observed);
  if (trust_region_) {
    const double length = trust_length(observed, trust_patience(embedding.lengths(), trials_));
    options.box = trust_box(embedding, best.front(), goal.lengths, length);
  }
  if (auto params = best_unseen(embedding, goal.acquisition, goal.lengths, best, options, unseen, random)) {
    return as_suggestion(std::move(params), notes_of(trust_region_ ? "trust-region" : goal.arm, goal.facts));
  }
  return as_suggestion(unseen.draw(random), R"({"arm":"random"})");
}

}  // namespace hone
