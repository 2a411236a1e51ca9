#include "search/samplers/auto_policy.h"

#include <fmt/format.h>

namespace hone {

std::string name_of(Arm arm) {
  switch (arm) {
    case Arm::gp:
      return "gp";
    case Arm::tpe:
      return "tpe";
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

AutoPolicy choose_policy(const AutoFacts& facts) {
  if (facts.has_conditions) {
    return {"conditional", "parameters depend on others", {{Arm::tpe, 0.6}, {Arm::gp, 0.35}, {Arm::random, 0.05}}};
  }
  if (!facts.has_unordered && facts.dimensions <= 6) {
    return {"smooth", "few ordered parameters", {{Arm::gp, 0.85}, {Arm::tpe, 0.1}, {Arm::random, 0.05}}};
  }
  if (facts.observed < 25) {
    return {"early", "few values yet", {{Arm::gp, 0.7}, {Arm::tpe, 0.25}, {Arm::random, 0.05}}};
  }
  return {"mixture", "neither model alone", {{Arm::gp, 0.5}, {Arm::tpe, 0.45}, {Arm::random, 0.05}}};
}

}  // namespace hone
