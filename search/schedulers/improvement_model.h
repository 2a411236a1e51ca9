#pragma once

#include <vector>

#include "search/gp/cholesky.h"

namespace hone {

/// How much an interval of training with some parameters improved the objective.
struct Improvement {
  /// Unit coordinates of the parameters.
  std::vector<double> point;
  /// Number of the interval.
  double time = 0;
  /// Larger is better.
  double gain = 0;
};

/// Gaussian process of PB2 (Parker-Holder, Nguyen and Roberts 2020, §4; Bogunovic, Scarlett and Cevher 2016): k((x, t),
/// (x', t')) = σ² exp(−‖x − x'‖²/ℓ)·(1 − ε)^(|t − t'|/2), so that old intervals say less. Gains are standardised and
/// clipped to ±2. ℓ, ε ≤ ½ and the noise are the likeliest ones of a grid, σ² follows from each.
class ImprovementModel {
 public:
  /// Of more than 200 gains the newest. `pending`: points of `time` whose gains are still to come; they count as gains
  /// of 0, the mean, which leaves the others' say but narrows what is unknown around them.
  ImprovementModel(std::vector<Improvement> known, const std::vector<std::vector<double>>& pending, double time);

  /// Upper confidence bound at a point at the model's time: μ + √β σ with β = .2 log(.4 n), n = what is known.
  double upper_bound(const std::vector<double>& point) const;

 private:
  struct Shape {
    double length = 0.3;
    double forgetting = 0.1;
    double noise = 0.1;
  };

  double correlation(const Shape& shape, const Improvement& a, const Improvement& b) const;
  /// Log likelihood with σ² at its best; keeps factor, weights and σ² of this shape.
  double fit(const Shape& shape);

  std::vector<Improvement> data_;
  double time_ = 0;
  double beta_ = 0;
  Shape shape_;
  Cholesky factor_;
  std::vector<double> weights_;
  double variance_ = 1;
};

}  // namespace hone
