#include "search/samplers/auto_sampler.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "search/samplers/auto_policy.h"
#include "search/samplers/branch.h"
#include "search/samplers/gp_embedding.h"
#include "search/samplers/gp_facts.h"
#include "search/samplers/gp_model.h"
#include "search/samplers/gp_sampler.h"
#include "search/samplers/observations.h"
#include "search/samplers/tpe_sampler.h"
#include "search/samplers/unseen.h"

namespace hone {
namespace {

using nlohmann::json;

/// Share of noise in the values as the newest model saw it.
std::optional<double> noise_in(const SearchSpace& space, const History& history) {
  const auto model = newest_facts(history, GpEmbedding(space).lengths());
  if (!model) return std::nullopt;
  // The model's values have variance 1.
  return std::exp(model->parameters.log_noise_variance);
}

AutoFacts facts_of(const SearchSpace& space, const History& history, const ExperimentSpec& spec) {
  AutoFacts facts;
  facts.objectives = spec.objectives.empty() ? 1 : spec.objectives.size();
  facts.noise = noise_in(space, history);
  for (const SpaceParameter& parameter : space.parameters()) {
    if (parameter.levels != 1) ++facts.dimensions;
    facts.has_unordered = facts.has_unordered || (parameter.is_unordered() && parameter.levels > 2);
    facts.has_conditions = facts.has_conditions || parameter.when.has_value();
  }
  facts.trials = spec.budget.trials;
  facts.observed = observations(history).size();
  facts.pending = discouraging(history, /*learn_failures=*/false).size();
  facts.models = facts.objectives + spec.constraints.outcome.size();
  if (const auto seconds = median_trial_seconds(history)) facts.ask_seconds = spec.sampler.ask_limit * *seconds;
  return facts;
}

Arm drawn(const AutoPolicy& policy, RandomStream& random) {
  double left = random.uniform();
  for (const ArmWeight& arm : policy.arms) {
    if ((left -= arm.weight) < 0) return arm.arm;
  }
  return policy.arms.back().arm;
}

/// The policy of the newest proposal; nothing when `auto` made none yet.
std::optional<std::string> newest_policy(const History& history) {
  for (auto trial = history.trials.rbegin(); trial != history.trials.rend(); ++trial) {
    if (trial->notes.find("\"policy\"") == std::string::npos) continue;
    const json notes = json::parse(trial->notes, nullptr, /*allow_exceptions=*/false);
    if (notes.is_object() && notes.contains("policy")) return notes.at("policy").get<std::string>();
  }
  return std::nullopt;
}

/// A proposal of a Gaussian process that knows one branch only; nothing where it proposes what is forbidden or was
/// tried.
std::optional<Suggestion> proposed_in_branch(const GpOptions& options, const ExperimentSpec& spec,
                                             const SearchSpace& space, const History& history, std::int64_t next,
                                             RandomStream& random) {
  const auto branch = draw_branch(space, history, random);
  if (!branch) return std::nullopt;
  ExperimentSpec started = spec;
  started.sampler.initial = 1;
  auto suggestion = GpSampler(options, started).suggest(branch->space, branch->history, next, random);
  if (!suggestion || !Unseen(space, history, spec.sampler.dedupe).has(suggestion->params)) return std::nullopt;
  json notes = json::parse(suggestion->notes);
  notes["arm"] = "branch";
  suggestion->notes = notes.dump();
  return suggestion;
}

}  // namespace

AutoPolicy first_policy(const SearchSpace& space, const ExperimentSpec& spec) {
  return choose_policy(facts_of(space, History{}, spec));
}

std::optional<Suggestion> AutoSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                               RandomStream& random) const {
  const AutoPolicy policy = choose_policy(facts_of(space, history, spec_));
  std::optional<Suggestion> suggestion = proposed(drawn(policy, random), policy.effort, space, history, next, random);
  if (!suggestion) return std::nullopt;
  json notes = json::parse(suggestion->notes);
  notes["policy"] = policy.name;
  suggestion->notes = notes.dump();
  if (newest_policy(history) != policy.name) suggestion->decision = to_text(policy);
  return suggestion;
}

std::optional<Suggestion> AutoSampler::proposed(Arm arm, AskEffort effort, const SearchSpace& space,
                                                const History& history, std::int64_t next, RandomStream& random) const {
  ExperimentSpec spec = spec_;
  if (!spec.sampler.initial) spec.sampler.initial = initial_points(GpEmbedding(space).lengths(), spec.budget.trials);
  GpOptions options;
  if (effort != AskEffort::full) options.candidates = kFewerPoints;
  if (effort == AskEffort::part_of_values) options.max_values = kPartOfValues;
  // All arms begin with the same Sobol points.
  if (next < *spec.sampler.initial) arm = Arm::gp;
  switch (arm) {
    case Arm::branch:
      if (auto suggestion = proposed_in_branch(options, spec, space, history, next, random)) return suggestion;
      [[fallthrough]];
    case Arm::gp:
      return GpSampler(options, spec).suggest(space, history, next, random);
    case Arm::trust_region:
      options.trust_region = true;
      return GpSampler(options, spec).suggest(space, history, next, random);
    case Arm::tpe: {
      const auto seed = static_cast<std::uint64_t>(spec.study.seed);
      return TpeSampler(TpeOptions{}, spec.sampler, seed).suggest(space, history, next, random);
    }
    case Arm::cmaes:
      return cmaes_.suggest(space, history, next, random);
    case Arm::random:
      break;
  }
  return as_suggestion(Unseen(space, history, spec.sampler.dedupe).draw(random), R"({"arm":"random"})");
}

}  // namespace hone
