#include "compress/quality.h"

#include <torch/torch.h>

#include "core/random.h"
#include "trainers/evaluate.h"

namespace hone {
namespace {

constexpr double kSameValue = 0.01;

}  // namespace

at::Tensor deployed_outputs(Predictor& predictor, const TensorData& rows) {
  const at::Tensor inputs = rows.encoded().contiguous();
  const std::int64_t outputs = output_width(predictor.artifact().preprocess.facts);
  at::Tensor result = at::empty({rows.rows(), outputs});
  predictor.run({inputs.const_data_ptr<float>(), static_cast<std::size_t>(inputs.numel())}, rows.rows(),
                {result.data_ptr<float>(), static_cast<std::size_t>(result.numel())});
  if (!rows.classification) result.sub_(rows.target_mean).div_(rows.target_spread);
  return result;
}

std::vector<PairedMetric> paired_resamples(const at::Tensor& source, const at::Tensor& result, const TensorData& rows,
                                           const std::string& metric, std::uint64_t seed, int samples) {
  RandomStream random(seed, -1, "paired-bootstrap");
  std::vector<PairedMetric> metrics;
  TensorData drawn = rows;
  drawn.inputs = at::Tensor();
  for (int sample = 0; sample < samples; ++sample) {
    at::Tensor index = at::empty({rows.rows()}, at::kLong);
    std::int64_t* place = index.data_ptr<std::int64_t>();
    for (std::int64_t i = 0; i < rows.rows(); ++i) place[i] = random.index(rows.rows());
    drawn.targets = rows.targets.index_select(0, index);
    const std::optional<double> before = metric_of(source.index_select(0, index), drawn, metric);
    const std::optional<double> after = metric_of(result.index_select(0, index), drawn, metric);
    // A draw of one class has no AUC.
    if (before && after) metrics.push_back({*before, *after});
  }
  return metrics;
}

double agreement_of(const at::Tensor& source, const at::Tensor& result, bool classification) {
  const at::Tensor same =
      classification ? source.argmax(1).eq(result.argmax(1)) : (source - result).abs().lt(kSameValue).flatten();
  return same.to(at::kDouble).mean().item<double>();
}

}  // namespace hone
