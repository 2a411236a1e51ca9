#include "search/gp/acquisition.h"

#include <cstddef>

namespace hone {
namespace {

void add_scaled(std::vector<double>& sum, double weight, const std::vector<double>& term) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weight * term[i];
}

}  // namespace

void SumOfAcquisitions::add(const Acquisition& term, double weight) { terms_.push_back({&term, weight}); }

std::vector<double> SumOfAcquisitions::values(const Points& points) const {
  std::vector<double> sum(points.size(), 0.0);
  for (const Term& term : terms_) add_scaled(sum, term.weight, term.acquisition->values(points));
  return sum;
}

Acquisition::WithGradients SumOfAcquisitions::with_gradients(const Points& points) const {
  WithGradients sum = {std::vector<double>(points.size(), 0.0), std::vector<double>(points.values.size(), 0.0)};
  for (const Term& term : terms_) {
    const WithGradients found = term.acquisition->with_gradients(points);
    add_scaled(sum.values, term.weight, found.values);
    add_scaled(sum.gradients, term.weight, found.gradients);
  }
  return sum;
}

}  // namespace hone
