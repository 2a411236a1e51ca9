#include "search/trial/trial.h"

#include <array>
#include <cstddef>

namespace hone {
namespace {

constexpr std::array<std::string_view, 6> kStates = {"waiting", "running", "rested", "completed", "stopped", "failed"};
static_assert(kStates.size() == static_cast<std::size_t>(TrialState::failed) + 1);

constexpr std::array<std::string_view, 8> kOrigins = {"default", "start",   "portfolio", "sampler",
                                                      "copy",    "confirm", "gate",      "reproduce"};
static_assert(kOrigins.size() == static_cast<std::size_t>(TrialOrigin::reproduce) + 1);

template <class Enum, std::size_t n>
std::optional<Enum> find(const std::array<std::string_view, n>& names, std::string_view name) {
  for (std::size_t i = 0; i < n; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(TrialState state) { return kStates[static_cast<std::size_t>(state)]; }
std::optional<TrialState> trial_state_named(std::string_view name) { return find<TrialState>(kStates, name); }

std::string_view name_of(TrialOrigin origin) { return kOrigins[static_cast<std::size_t>(origin)]; }
std::optional<TrialOrigin> trial_origin_named(std::string_view name) { return find<TrialOrigin>(kOrigins, name); }

}  // namespace hone
