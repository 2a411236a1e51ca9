#include "search/gp/kernel.h"

#include <Eigen/Core>
#include <cmath>

namespace hone {
namespace {

/// Points divided by the length scales, a column each.
Eigen::MatrixXd scaled(const Kernel& kernel, const Points& points) {
  const Eigen::Map<const Eigen::VectorXd> lengths(kernel.lengths.data(), static_cast<Eigen::Index>(points.dimensions));
  const Eigen::Map<const Eigen::MatrixXd> columns(points.values.data(), static_cast<Eigen::Index>(points.dimensions),
                                                  static_cast<Eigen::Index>(points.size()));
  return lengths.cwiseInverse().asDiagonal() * columns;
}

}  // namespace

Kernel make_kernel(const GpParameters& parameters, const std::vector<std::size_t>& groups) {
  Kernel kernel;
  for (const std::size_t group : groups) kernel.lengths.push_back(std::exp(parameters.log_lengths[group]));
  kernel.variance = std::exp(parameters.log_signal_variance);
  return kernel;
}

Covariances covariances(const Kernel& kernel, const Points& a, const Points& b, bool with_slopes) {
  const Eigen::MatrixXd left = scaled(kernel, a);
  const Eigen::MatrixXd right = scaled(kernel, b);
  const Eigen::VectorXd left_norms = left.colwise().squaredNorm();
  const Eigen::VectorXd right_norms = right.colwise().squaredNorm();
  const Eigen::Index rows = left.cols();
  const Eigen::Index columns = right.cols();
  Covariances result;
  result.values.resize(static_cast<std::size_t>(rows * columns));
  if (with_slopes) result.slopes.resize(result.values.size());
  Eigen::Map<Eigen::MatrixXd> values(result.values.data(), rows, columns);
  // r² = ‖a‖² + ‖b‖² − 2ab: one product instead of a loop over coordinates.
  values.noalias() = left.transpose() * right;
  Eigen::ArrayXd q(rows);
  Eigen::ArrayXd decay(rows);
  for (Eigen::Index j = 0; j < columns; ++j) {
    q = (5 * (left_norms.array() + right_norms[j] - 2 * values.col(j).array()).max(0.0)).sqrt();
    decay = kernel.variance * (-q).exp();
    values.col(j) = (1 + q + q.square() / 3) * decay;
    if (with_slopes) Eigen::Map<Eigen::ArrayXd>(result.slopes.data() + j * rows, rows) = 5.0 / 3 * (1 + q) * decay;
  }
  return result;
}

}  // namespace hone
