#include <algorithm>

#include "compress/kernels/network.h"
#include "compress/plan/integer_reference.h"
#include "core/error.h"
#include "core/random.h"

namespace hone {
namespace {

/// A row whose codes are all `code`, as real values.
void fill_row(std::span<float> row, std::uint8_t code, EdgeScale scale) {
  std::fill(row.begin(), row.end(), real_value(code, scale));
}

/// One row of zeros, one of 255 and two random ones: extremes show saturation, random codes wrong places.
std::vector<float> test_rows(const IntegerModel& model) {
  const std::size_t width = static_cast<std::size_t>(model.plan.edges.front().count());
  std::vector<float> rows(4 * width);
  const EdgeScale scale = model.scales.front();
  fill_row(std::span(rows).subspan(0, width), 0, scale);
  fill_row(std::span(rows).subspan(width, width), 255, scale);
  RandomStream random(0, -1, "self-test");
  for (std::size_t i = 2 * width; i < rows.size(); ++i) {
    rows[i] = real_value(static_cast<std::uint8_t>(random.index(256)), scale);
  }
  return rows;
}

/// Largest products that occur, 255 · ±127, over one step: where vpmaddubsw would saturate.
IntegerModel worst_case() {
  IntegerModel model;
  model.plan.edges = {{"input", 70, 1, 1}, {"worst", 17, 1, 1}};
  IntegerStep step;
  step.plan.layer.name = "worst";
  step.plan.layer.op = "linear";
  step.plan.layer.out = 17;
  step.plan.in = {0};
  step.plan.out = 1;
  for (int i = 0; i < 17 * 70; ++i) step.weight.push_back(i % 3 == 0 ? std::int8_t{-127} : std::int8_t{127});
  step.multiplier.assign(17, 1.0F);
  step.bias.assign(17, 0.25F);
  step.real_output = true;
  model.plan.steps = {step.plan};
  model.plan.output = 1;
  model.scales.resize(2);
  model.steps = {std::move(step)};
  return model;
}

bool equals_reference(const IntegerModel& model, Isa isa) {
  const std::unique_ptr<Network> network = make_integer_network(model, isa);
  const std::vector<float> input = test_rows(model);
  const IntegerResult expected = run_integer_reference(model, quantize_input(model, input), 4);
  std::vector<float> output(expected.output.size());
  network->run(input, 4, InputMap(network->input_edge()).quantized(network->input_scale()), output);
  return output == expected.output;
}

}  // namespace

std::unique_ptr<Network> make_tested_integer_network(const IntegerModel& model) {
  for (const Isa isa : isas_here()) {
    if (isa == Isa::avx512) continue;  // the same kernels as avx2
    if (equals_reference(worst_case(), isa) && equals_reference(model, isa)) return make_integer_network(model, isa);
  }
  throw Error("model::unsupported", "no int8 kernel of this machine agrees with the integer reference", {},
              ExitCode::bug);
}

}  // namespace hone
