#include "compress/plan/quantization.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "compress/plan/calibration.h"
#include "compress/plan/integer_reference.h"
#include "core/error.h"
#include "tests/compress/random_models.h"

namespace hone {
namespace {

TEST(Quantization, HoldsZeroExactlyAndCoversTheRange) {
  const EdgeScale edge = edge_scale(-1.0F, 3.0F);
  EXPECT_EQ(real_value(static_cast<std::uint8_t>(edge.zero_point), edge), 0.0F);
  EXPECT_EQ(quantize_value(-1.0F, edge), 0);
  EXPECT_EQ(quantize_value(3.0F, edge), 255);
  EXPECT_EQ(quantize_value(99.0F, edge), 255);
  EXPECT_EQ(edge_scale(2.0F, 5.0F).zero_point, 0);
  EXPECT_EQ(edge_scale(-5.0F, -2.0F).zero_point, 255);
}

TEST(Quantization, AConstantEdgeHasAScaleAboveZero) {
  EXPECT_GT(edge_scale(0.0F, 0.0F).scale, 0.0F);
  EXPECT_EQ(quantize_value(0.0F, edge_scale(0.0F, 0.0F)), edge_scale(0.0F, 0.0F).zero_point);
}

TEST(Quantization, RoundsHalfToEvenAfterTwoRoundings) {
  EXPECT_EQ(requantize(1, {0.5F, 0.0F, 10, 0}), 10);
  EXPECT_EQ(requantize(3, {0.5F, 0.0F, 10, 0}), 12);
  EXPECT_EQ(requantize(-100, {1.0F, 0.0F, 10, 10}), 10);
  EXPECT_EQ(requantize(std::numeric_limits<std::int32_t>::max(), {1.0F, 0.0F, 3, 0}), 255);
  EXPECT_EQ(requantize(std::numeric_limits<std::int32_t>::min(), {1.0F, 0.0F, 3, 0}), 0);
}

TEST(Quantization, WeightsHaveAScalePerOutputAndADeadChannelAFiniteOne) {
  const std::vector<float> weight = {1.0F, -2.0F, 0.0F, 0.0F, 0.5F, 0.25F};
  const QuantizedWeight quantized = quantize_weight(weight, 3);
  EXPECT_EQ(quantized.values, (std::vector<std::int8_t>{64, -127, 0, 0, 127, 64}));
  EXPECT_FLOAT_EQ(quantized.scale[0], 2.0F / 127.0F);
  EXPECT_FLOAT_EQ(quantized.scale[1], 0.02F / 127.0F);
}

TEST(Calibration, AutoIsNeverWorseThanAnyOther) {
  RandomStream random(1, -1, "calibration");
  std::vector<float> values;
  for (int i = 0; i < 20000; ++i) values.push_back(static_cast<float>(std::abs(random.normal())));
  values[7] = 60.0F;  // an outlier that minmax follows
  const Calibration best = calibrate(values, 10, "auto");
  for (const std::string& name : calibrator_names()) {
    EXPECT_LE(best.error, calibrate(values, 10, name).error) << name;
  }
  EXPECT_NE(name_of(best.calibrator), "minmax");
}

TEST(Calibration, RefusesAnUnknownCalibrator) {
  const std::vector<float> values = {1.0F};
  try {
    calibrate(values, 1, "minmx");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics().front().message,
              "calibrators must be auto, minmax, mean_minmax, percentile or mse (is minmx)");
    EXPECT_EQ(error.diagnostics().front().suggestion, "did you mean `minmax`?");
  }
}

/// The integer model must stay near the fp32 one: what it defines is an approximation of that, not something else.
TEST(IntegerReference, StaysNearTheFloatModelOnRandomGraphs) {
  RandomStream random(2, -1, "integer-reference");
  for (int trial = 0; trial < 20; ++trial) {
    const ModelSpec spec = random_model(random);
    ModelArtifact artifact;
    artifact.model = spec;
    artifact.tensors = random_tensors(spec, random);
    const std::vector<float> input = random_values(16 * row_size(spec), random);
    const EdgeValues values = run_float_reference(spec, artifact.tensors, input, 16);
    std::map<std::string, EdgeScale> scales;
    for (const auto& [name, edge] : values) scales[name] = calibrate(edge, 1, "minmax").scale;
    const IntegerModel model = make_integer_model(quantize_model(artifact, scales));
    const IntegerResult result = run_integer_reference(model, quantize_input(model, input), 16);
    const std::vector<float>& expected = values.at(spec.layers.back().name);
    double error = 0;
    double energy = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      error += std::pow(result.output[i] - expected[i], 2);
      energy += std::pow(expected[i], 2);
    }
    // 8 bits through up to ten layers of random weights: a few per cent; a wrong zero point or order gives 100 %.
    EXPECT_LT(std::sqrt(error / energy), 0.15) << to_toml(spec);
  }
}

}  // namespace
}  // namespace hone
