#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hone {

/// Weighted products of normal kernels in several dimensions, for sums over all of them at many points. In this library
/// because it is the one that is built for each instruction set. In single precision and lane by lane: the sums have
/// the same bits whatever the set.
class KernelProducts {
 public:
  /// `size` products, each of which starts as the exponential of one of `log_weights`.
  KernelProducts() = default;
  explicit KernelProducts(std::span<const double> log_weights);

  /// Adds a dimension: the kernel of product k is exp(−½ ((x − centres[k]) · sharpness[k])²).
  void add_dimension(std::span<const double> centres, std::span<const double> sharpness);
  std::size_t dimensions() const { return dimensions_; }

  /// One number a product, to be added to the logarithms of the products.
  using Row = std::vector<float>;
  Row make_row(std::span<const double> logs) const;

  /// Memory that sums at many points use again.
  struct Scratch {
    struct Place {
      const float* kernels = nullptr;
      float coordinate = 0;
    };
    std::vector<Place> places;
    Row logs;
  };

  /// Log of the sum of all products at a point [dimensions]. A dimension whose coordinate is negative is left out;
  /// `rows` are added. Products below 2⁻¹²⁴ of the largest count as nothing.
  double log_sum(std::span<const float> point, std::span<const Row* const> rows, Scratch& scratch) const;

 private:
  std::size_t dimensions_ = 0;
  /// Both padded to whole chunks; the padding weighs nothing.
  Row log_weights_;
  /// Per dimension and chunk: sharpness, then centres times sharpness.
  std::vector<float> kernels_;
};

}  // namespace hone
