#include "search/gp/symmetric_eigen.h"

#include <Eigen/Eigenvalues>

namespace hone {

SymmetricEigen symmetric_eigen(std::span<const double> matrix, std::size_t size) {
  const auto n = static_cast<Eigen::Index>(size);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(Eigen::Map<const Eigen::MatrixXd>(matrix.data(), n, n));
  SymmetricEigen result;
  result.values.assign(solver.eigenvalues().data(), solver.eigenvalues().data() + n);
  result.vectors.assign(solver.eigenvectors().data(), solver.eigenvectors().data() + n * n);
  return result;
}

}  // namespace hone
