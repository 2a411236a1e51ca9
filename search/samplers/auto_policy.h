#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/samplers/ask_effort.h"

namespace hone {

/// The samplers that `auto` mixes.
enum class Arm { gp, branch, trust_region, tpe, cmaes, random };
std::string name_of(Arm arm);

/// All that decides how `auto` proposes: counts, kinds and what the last model learnt, never a clock, so that a replay
/// decides alike.
struct AutoFacts {
  /// Parameters that vary; those with more than two levels and no order among them.
  std::size_t dimensions = 0;
  bool has_unordered = false;
  bool has_conditions = false;
  std::size_t objectives = 1;
  /// Trials of the whole study, when the budget says.
  std::optional<std::int64_t> trials;
  /// Trials that have a value and trials whose value is still to come.
  std::size_t observed = 0;
  std::size_t pending = 0;
  /// Share of the variance of the values that the last Gaussian process took for noise.
  std::optional<double> noise;
  /// Models that a Gaussian process fits for a proposal, and the seconds that it may take for it; nothing = no limit.
  std::size_t models = 1;
  std::optional<double> ask_seconds;
};

struct ArmWeight {
  Arm arm = Arm::gp;
  double weight = 0;
};

/// Which arms propose with which probability; weights sum to 1.
struct AutoPolicy {
  /// One word for notes and events, and why, for people.
  std::string name;
  std::string why;
  std::vector<ArmWeight> arms;
  AskEffort effort = AskEffort::full;
};

/// For people: "smooth (few ordered parameters): gp 85 %, tpe 10 %, random 5 %".
std::string to_text(const AutoPolicy& policy);

/// The table of search.md §16, the first row that fits, then its last one: what a proposal would take too long is left
/// out (ask_effort.h). Shares moved to the Gaussian process where measurements said so (auto_policy.cpp).
AutoPolicy choose_policy(const AutoFacts& facts);

}  // namespace hone
