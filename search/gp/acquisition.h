#pragma once

#include <vector>

#include "search/gp/points.h"

namespace hone {

/// How much a model wants to see each point, in logarithms: the larger the better.
class Acquisition {
 public:
  virtual ~Acquisition() = default;

  /// The value at each point.
  virtual std::vector<double> values(const Points& points) const = 0;

  /// The same, and the gradients by the coordinates, row-major [points, dimensions].
  struct WithGradients {
    std::vector<double> values;
    std::vector<double> gradients;
  };
  virtual WithGradients with_gradients(const Points& points) const = 0;
};

/// Weighted sum: the logarithm of a product such as expected improvement × probability of being feasible.
class SumOfAcquisitions final : public Acquisition {
 public:
  /// Keeps a reference.
  void add(const Acquisition& term, double weight = 1);

  std::vector<double> values(const Points& points) const override;
  WithGradients with_gradients(const Points& points) const override;

 private:
  struct Term {
    const Acquisition* acquisition = nullptr;
    double weight = 1;
  };
  std::vector<Term> terms_;
};

}  // namespace hone
