#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/random.h"
#include "search/samplers/user_prior.h"
#include "search/trial/space_parameter.h"

namespace hone {

/// The kernels of a Parzen mixture in one parameter, one an observation and the prior's last (Bergstra et al. 2011;
/// kernels and widths as in search.md §2 and §8): normals cut to the unit interval, over levels their mass on each, or
/// the weights of unordered levels.
class ParzenKernels {
 public:
  /// `coordinates` are those of TrialPoints; the kernel of an absent one is the prior's. The prior kernel is as wide as
  /// the space, or `prior`. Keeps a reference to the parameter.
  ParzenKernels(const SpaceParameter& parameter, std::optional<UserPrior> prior,
                const std::vector<double>& coordinates);

  const SpaceParameter& parameter() const { return *parameter_; }
  bool is_continuous() const { return parameter_->levels == 0; }

  /// Of continuous parameters, per kernel: centre, 1/width, and the logarithm of the density at the centre.
  const std::vector<double>& centres() const { return centres_; }
  const std::vector<double>& sharpness() const { return sharpness_; }
  std::vector<double> log_peaks() const;
  /// Log probability of a level of any other parameter under every kernel.
  std::vector<double> log_probabilities(std::int64_t level) const;

  /// A coordinate drawn from a kernel.
  double draw(std::size_t kernel, RandomStream& random) const;

 private:
  void place(const std::vector<double>& coordinates);

  const SpaceParameter* parameter_;
  std::optional<UserPrior> prior_;
  /// Kernels with a place of their own, the prior's included.
  double own_ = 1;
  /// Ordered: centre, 1/width, and the cdf of the uncut normal at 0 and at 1.
  std::vector<double> centres_;
  std::vector<double> sharpness_;
  std::vector<double> below_;
  std::vector<double> above_;
  /// Ordered levels: the first kernel of the same place and width.
  std::vector<std::size_t> twins_;
  /// Unordered: observed level per kernel, −1 for the prior and where there is none.
  std::vector<std::int64_t> levels_;
};

}  // namespace hone
