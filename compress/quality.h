#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "compress/predictor.h"
#include "datasets/tensor/tensor_data.h"

namespace hone {

/// What the deployed path answers for some rows: float32 [rows, outputs], logits or standardised values.
at::Tensor deployed_outputs(Predictor& predictor, const TensorData& rows);

/// A metric of a source and of a result on the same rows.
struct PairedMetric {
  double source = 0;
  double result = 0;
};

/// Draws `samples` resamples of the rows and gives both metrics of each.
std::vector<PairedMetric> paired_resamples(const at::Tensor& source, const at::Tensor& result, const TensorData& rows,
                                           const std::string& metric, std::uint64_t seed, int samples = 400);

/// Share of rows for which both name the same class; for regression, whose outputs differ by less than 1 % of the
/// target's spread.
double agreement_of(const at::Tensor& source, const at::Tensor& result, bool classification);

}  // namespace hone
