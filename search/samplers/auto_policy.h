#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hone {

/// The samplers that `auto` mixes.
enum class Arm { gp, tpe, random };
std::string name_of(Arm arm);

/// All that decides how `auto` proposes: counts and kinds, never a clock, so that a replay decides alike.
struct AutoFacts {
  /// Parameters that vary, with and without an order.
  std::size_t dimensions = 0;
  bool has_unordered = false;
  bool has_conditions = false;
  /// Trials of the whole study, when the budget says.
  std::optional<std::int64_t> trials;
  /// Trials that have a value and trials whose value is still to come.
  std::size_t observed = 0;
  std::size_t pending = 0;
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
};

/// For people: "smooth (few ordered parameters): gp 85 %, tpe 10 %, random 5 %".
std::string to_text(const AutoPolicy& policy);

/// The table of search.md §16.
AutoPolicy choose_policy(const AutoFacts& facts);

}  // namespace hone
