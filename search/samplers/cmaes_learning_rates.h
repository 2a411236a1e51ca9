#pragma once

#include <cstddef>
#include <vector>

#include "search/samplers/cmaes_distribution.h"

namespace hone {

/// Learning rates of mean and covariance that follow the signal in the updates: under noise and on rugged functions
/// steps become small enough for chance to average out (LRA-CMA-ES: Nomura, Akimoto, Ono 2023, algorithm 1).
class CmaesLearningRates {
 public:
  CmaesLearningRates(std::size_t dimensions, bool separable);

  /// The distribution a part of the way from `before` to its update `after`; the rates move on.
  CmaesDistribution adapted(const CmaesDistribution& before, CmaesDistribution after);

  double mean_rate() const { return mean_.rate; }
  double covariance_rate() const { return covariance_.rate; }

 private:
  /// Signal and noise of the steps of one part, in coordinates where the distribution is standard normal.
  struct Part {
    double memory = 0;
    double rate = 1;
    /// Moving averages of the steps and of their squared lengths.
    std::vector<double> average = {};
    double square = 0;

    void learn(const std::vector<double>& step);
  };

  Part mean_;
  Part covariance_;
};

}  // namespace hone
