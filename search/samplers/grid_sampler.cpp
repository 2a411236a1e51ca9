#include "search/samplers/grid_sampler.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "search/samplers/keyed_permutation.h"
#include "search/samplers/unseen.h"

namespace hone {
namespace {

using nlohmann::json;

constexpr Field<GridOptions> kFields[] = {
    {"levels",
     &GridOptions::levels,
     {.low = 1, .high = 1e6},
     "values of each continuous parameter, both ends included"},
};

constexpr std::uint64_t kMostCombinations = std::uint64_t{1} << 62;
/// Combinations passed over for one proposal before it is drawn at random: a grid that is nearly all forbidden.
constexpr int kLooks = 100'000;

std::string notes_of(std::uint64_t position) { return json{{"arm", "grid"}, {"position", position}}.dump(); }

std::optional<std::uint64_t> position_in(const std::string& notes) {
  if (notes.find(R"("arm":"grid")") == std::string::npos) return std::nullopt;
  const json all = json::parse(notes, nullptr, /*allow_exceptions=*/false);
  if (!all.is_object() || !all.contains("position")) return std::nullopt;
  return all.at("position").get<std::uint64_t>();
}

/// Where to look first: behind the newest trial that says where it was found, and past those that are not seen yet.
std::uint64_t first_position(const History& history, std::int64_t next) {
  for (auto trial = history.trials.rbegin(); trial != history.trials.rend(); ++trial) {
    if (const auto position = position_in(trial->notes)) {
      return *position + static_cast<std::uint64_t>(std::max<std::int64_t>(1, next - trial->id));
    }
  }
  return static_cast<std::uint64_t>(next);
}

}  // namespace

std::span<const Field<GridOptions>> grid_fields() { return kFields; }

GridSampler::GridSampler(const GridOptions& options, const SamplerSpec& sampler, std::uint64_t study_seed)
    : levels_(options.levels), dedupe_(sampler.dedupe), study_seed_(study_seed) {}

std::optional<Suggestion> GridSampler::suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                               RandomStream& random) const {
  std::uint64_t size = 1;
  for (const SpaceParameter& parameter : space.parameters()) {
    size *= std::min(radix(parameter), kMostCombinations / size);
  }
  const KeyedPermutation order(size, study_seed_);
  const Unseen unseen(space, history, dedupe_);
  std::uint64_t position = first_position(history, next);
  for (int look = 0; look < kLooks; ++look, ++position) {
    if (dedupe_ && position >= size) return std::nullopt;
    auto params = combination(space, order(position % size));
    if (params && unseen.has(*params)) return as_suggestion(std::move(params), notes_of(position));
  }
  return as_suggestion(unseen.draw(random), notes_of(position));
}

std::uint64_t GridSampler::radix(const SpaceParameter& parameter) const {
  return static_cast<std::uint64_t>(parameter.levels > 0 ? parameter.levels : levels_);
}

std::optional<Params> GridSampler::combination(const SearchSpace& space, std::uint64_t number) const {
  Params params;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const SpaceParameter& parameter = space.parameters()[i];
    const auto level = static_cast<std::int64_t>(number % radix(parameter));
    number /= radix(parameter);
    if (!space.is_active(i, params)) {
      if (level > 0) return std::nullopt;
    } else if (parameter.levels > 0) {
      params[parameter.spec.name] = parameter.value_of_level(level);
    } else {
      const double unit = levels_ > 1 ? static_cast<double>(level) / static_cast<double>(levels_ - 1) : 0.5;
      params[parameter.spec.name] = parameter.value_at(unit);
    }
  }
  return params;
}

}  // namespace hone
