#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "search/gp/acquisition.h"
#include "search/gp/fantasy_posterior.h"
#include "search/gp/hypervolume_boxes.h"
#include "search/gp/outcome_map.h"

namespace hone {

/// Logarithm of the expected hypervolume improvement of two or three objectives over the front of the posterior means,
/// exact for independent models, averaged over what pending trials may bring.
///
/// The volume that a point y adds to a box [l, u) of improvement_boxes is Π_k [(u_k − y_k)⁺ − (l_k − y_k)⁺], so that
/// the expectation is Σ_boxes Π_k [EI_k(u_k) − EI_k(l_k)] with EI_k(c) = σ_k h((c − μ_k)/σ_k) (search.md §15; Emmerich
/// et al. 2016, eq. 13 for two). A model's units may be warped ones: then lengths are measured in the user's units,
/// taken as linear in the model's between two edges of the front, which multiplies each difference by a slope. Summed
/// in logs, so that value and gradient live where the improvement is 1e-300. Deviation from search.md §15: three
/// objectives are exact as well instead of sampled.
class LogHypervolumeImprovement final : public Acquisition {
 public:
  /// One model an objective, all of the same points. `pending` and, of each objective, `normals` as in
  /// FantasyPosterior. Only what is better than the `reference` in every objective counts. `eligible` says of each
  /// known point whether it may stand in the front; empty = all may.
  LogHypervolumeImprovement(const std::vector<const GaussianProcess*>& models, const Points& pending,
                            const std::vector<std::vector<double>>& normals, const std::vector<double>& reference,
                            const std::vector<bool>& eligible = {}, const std::vector<OutcomeMap>& units = {});

  std::vector<double> values(const Points& points) const override;
  WithGradients with_gradients(const Points& points) const override;

 private:
  /// An interval between two edges of an objective; no low edge = from −infinity.
  struct Interval {
    std::optional<std::size_t> low;
    std::size_t high = 0;
  };
  /// The boxes of a draw over the distinct edges of each objective, so that each edge is looked at once a point.
  struct Boxes {
    std::array<std::vector<double>, 3> edges;
    /// Growth of the measured unit in the model's unit below each edge, down to the one before.
    std::array<std::vector<double>, 3> slopes;
    std::vector<std::array<Interval, 3>> intervals;
  };
  struct Term;

  void add_boxes(const std::vector<ImprovementBox>& boxes, const std::vector<OutcomeMap>& units);
  /// The logarithm of each box's expectation with its derivatives, all boxes of all draws.
  void add_terms(std::size_t draw, std::span<const double> means, std::span<const double> deviations,
                 std::vector<Term>& terms) const;
  WithGradients evaluate(const Points& points, bool with_gradients) const;

  std::vector<FantasyPosterior> posteriors_;
  /// One a draw.
  std::vector<Boxes> boxes_;
};

}  // namespace hone
