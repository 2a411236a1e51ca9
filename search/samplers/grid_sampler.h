#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "configs/experiment_spec.h"
#include "configs/fields.h"
#include "search/samplers/sampler.h"

namespace hone {

struct GridOptions {
  std::int64_t levels = 10;
};
std::span<const Field<GridOptions>> grid_fields();

/// Every combination of values once, in an order shuffled by the study's seed, so that any number of first trials is
/// spread over the whole grid. Continuous parameters take `levels` values, both ends among them, evenly on their scale.
///
/// Combinations that differ only in inactive parameters count once; what the clauses forbid is passed over, and what
/// was tried. Ends with the grid; without dedupe it begins again. Of more than 2⁶² combinations, whose end nobody sees,
/// it knows 2⁶².
class GridSampler final : public Sampler {
 public:
  /// Reads `dedupe` of the section.
  GridSampler(const GridOptions& options, const SamplerSpec& sampler, std::uint64_t study_seed);

  std::optional<Suggestion> suggest(const SearchSpace& space, const History& history, std::int64_t next,
                                    RandomStream& random) const override;

 private:
  /// The configuration of a combination; nothing when one with other values of inactive parameters stands for it.
  std::optional<Params> combination(const SearchSpace& space, std::uint64_t number) const;

  std::uint64_t radix(const SpaceParameter& parameter) const;

  std::int64_t levels_;
  bool dedupe_;
  std::uint64_t study_seed_;
};

}  // namespace hone
