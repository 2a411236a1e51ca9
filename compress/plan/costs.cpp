#include "compress/plan/costs.h"

#include "compress/plan/execution_plan.h"
#include "compress/plan/integer_model.h"

namespace hone {
namespace {

/// Operations of a block of outputs at one position besides its dot products: rounding and storing.
constexpr double kEpilogue = 8;
/// Operations for 16 values of a map that a step other than a dot reads and writes.
constexpr double kMapStep = 6;
/// HDF5 headers of a tensor and of the file, measured on weights.h5 of our own writer.
constexpr std::int64_t kTensorHeader = 160;
constexpr std::int64_t kFileHeader = 1024;

double ceil_div(std::int64_t value, std::int64_t by) { return static_cast<double>((value + by - 1) / by); }

double dot_cost(const PlanStep& step, const PlanEdge& in, const PlanEdge& out) {
  const bool is_linear = step.layer.op == "linear";
  const double runs = is_linear ? 1 : static_cast<double>(step.layer.kernel);
  const double fours = runs * ceil_div(is_linear ? in.count() : step.layer.kernel * in.channels, 4);
  const double positions = is_linear ? 1 : static_cast<double>(out.height * out.width);
  return positions * ceil_div(step.layer.out, 16) * (fours + kEpilogue);
}

}  // namespace

double kernel_cost(const ModelSpec& spec) {
  const ExecutionPlan plan = make_execution_plan(spec);
  double cost = 0;
  for (const PlanStep& step : plan.steps) {
    const PlanEdge& in = plan.edges[step.in.front()];
    const PlanEdge& out = plan.edges[step.out];
    cost += step.kind == StepKind::dot ? dot_cost(step, in, out) : kMapStep * ceil_div(in.count(), 16);
  }
  return cost;
}

std::int64_t int8_bytes(const ModelSpec& spec) {
  std::int64_t bytes = kFileHeader;
  for (const TensorShape& tensor : tensor_shapes(spec)) {
    std::int64_t count = 1;
    for (const std::int64_t size : tensor.shape) count *= size;
    const bool is_weight = tensor.shape.size() > 1;
    bytes += kTensorHeader + count * (is_weight ? 1 : 4);
    // The scales of a weight are a tensor of their own.
    if (is_weight) bytes += kTensorHeader + tensor.shape.front() * 4;
  }
  return bytes + kTensorHeader * static_cast<std::int64_t>(scaled_edges(make_execution_plan(spec)).size());
}

}  // namespace hone
