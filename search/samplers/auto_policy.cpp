#include "search/samplers/auto_policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace hone {
namespace {

/// Beyond so many values a Gaussian process learns from a part of them only, and others learn more from all.
constexpr std::size_t kLongHistory = 1000;
/// Values after which a long study of numbers goes on with CMA-ES, started from the best of them.
constexpr std::size_t kWarmedUp = 300;
constexpr std::int64_t kLongStudy = 1000;
/// Dimensions beyond which improvement is looked for near the best only.
constexpr std::size_t kManyDimensions = 20;
/// Trials at once beyond which the model cannot tell proposals apart.
constexpr std::size_t kManyPending = 16;
/// Before so many values ranks say little (search.md §8) and the Gaussian process leads on all kinds of problems (§16).
constexpr std::size_t kFewValues = 25;
/// Up to this share of noise the model explains the values: where it does it is far ahead of the others (§19).
constexpr double kSmooth = 1e-3;

bool is_numeric(const AutoFacts& facts) { return !facts.has_unordered && !facts.has_conditions; }

/// The rows by what is searched and how much of it is known.
AutoPolicy policy_of_situation(const AutoFacts& facts);

/// With no more thought than the time of a trial is worth.
AutoPolicy hastened(AutoPolicy policy, const AutoFacts& facts) {
  const auto has_model = [](const ArmWeight& arm) { return arm.arm == Arm::gp || arm.arm == Arm::trust_region; };
  if (std::none_of(policy.arms.begin(), policy.arms.end(), has_model)) return policy;
  policy.effort = affordable_effort(facts.ask_seconds, facts.observed, facts.dimensions, facts.models);
  if (policy.effort == AskEffort::full) return policy;
  policy.name += fmt::format("+{}", name_of(policy.effort));
  policy.why += ", but trials are short beside a proposal (ask_limit)";
  if (policy.effort == AskEffort::ranks_only) policy.arms = {{Arm::tpe, 0.95}, {Arm::random, 0.05}};
  return policy;
}

}  // namespace

std::string name_of(Arm arm) {
  switch (arm) {
    case Arm::gp:
      return "gp";
    case Arm::branch:
      return "gp in a branch";
    case Arm::trust_region:
      return "trust region";
    case Arm::tpe:
      return "tpe";
    case Arm::cmaes:
      return "cmaes";
    case Arm::random:
      return "random";
  }
  return "";
}

std::string to_text(const AutoPolicy& policy) {
  std::string text = policy.name + " (" + policy.why + "):";
  for (const ArmWeight& arm : policy.arms) {
    if (&arm != &policy.arms.front()) text += ",";
    text += fmt::format(" {} {:.0f} %", name_of(arm.arm), 100 * arm.weight);
  }
  return text;
}

AutoPolicy choose_policy(const AutoFacts& facts) { return hastened(policy_of_situation(facts), facts); }

namespace {

AutoPolicy policy_of_situation(const AutoFacts& facts) {
  const bool is_long = facts.trials.value_or(0) > kLongStudy;
  if (facts.objectives == 1 && is_numeric(facts) && is_long && facts.observed >= kWarmedUp) {
    return {"long", "many trials of numbers", {{Arm::cmaes, 0.85}, {Arm::tpe, 0.1}, {Arm::random, 0.05}}};
  }
  if (facts.observed > kLongHistory) {
    return {"many-values", "more values than a Gaussian process can use", {{Arm::tpe, 0.95}, {Arm::random, 0.05}}};
  }
  if (facts.objectives > 1) {
    return {"objectives", "several objectives", {{Arm::gp, 0.9}, {Arm::tpe, 0.05}, {Arm::random, 0.05}}};
  }
  if (facts.has_conditions) {
    // A model of all branches goes on refining the one that leads, although another may be better at its best. So some
    // turns go to a branch of its own, each as often as the others.
    return {"conditional",
            "parameters depend on others",
            {{Arm::gp, 0.45}, {Arm::branch, 0.3}, {Arm::tpe, 0.2}, {Arm::random, 0.05}}};
  }
  if (facts.pending > kManyPending) {
    return {"parallel", "many trials at once", {{Arm::gp, 0.5}, {Arm::tpe, 0.4}, {Arm::random, 0.1}}};
  }
  if (is_numeric(facts) && facts.dimensions > kManyDimensions) {
    return {"high-dimensional",
            "many parameters",
            {{Arm::trust_region, 0.6}, {Arm::gp, 0.3}, {Arm::tpe, 0.08}, {Arm::random, 0.02}}};
  }
  if (facts.observed < kFewValues) {
    return {"early", "few values yet", {{Arm::gp, 0.97}, {Arm::random, 0.03}}};
  }
  if (facts.noise && *facts.noise < kSmooth) {
    return {"smooth", "the model explains the values", {{Arm::gp, 0.97}, {Arm::random, 0.03}}};
  }
  return {"rugged",
          "the model leaves much unexplained, ranks may say more",
          {{Arm::gp, 0.75}, {Arm::tpe, 0.22}, {Arm::random, 0.03}}};
}

}  // namespace
}  // namespace hone
