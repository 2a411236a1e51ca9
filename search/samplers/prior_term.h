#pragma once

#include <optional>
#include <vector>

#include "search/gp/acquisition.h"
#include "search/samplers/gp_embedding.h"
#include "search/samplers/user_prior.h"

namespace hone {

/// Logarithm of the user's priors, relative to uniform ones: the product over the active parameters that have one.
/// Beside an acquisition, with the weight β/n, it is πBO (Hvarfner et al. 2022, "πBO: Augmenting Acquisition Functions
/// with User Beliefs for Bayesian Optimization", eq. 6). A twentieth of each prior is spread evenly: a normal's tail is
/// surer than any user.
class PriorTerm final : public Acquisition {
 public:
  /// Keeps a reference.
  explicit PriorTerm(const GpEmbedding& embedding);

  std::vector<double> values(const Points& points) const override;
  WithGradients with_gradients(const Points& points) const override;

 private:
  const GpEmbedding& embedding_;
  /// One a parameter.
  std::vector<std::optional<UserPrior>> priors_;
};

}  // namespace hone
