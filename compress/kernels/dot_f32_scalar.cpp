#include <algorithm>
#include <limits>

#include "compress/kernels/dot_kernels.h"

namespace hone {
namespace {

float sum_at(const DotJobF32& job, int position, int output) {
  const float* input = job.input + job.places.in_offsets[position];
  const float* weight = job.weight + (output / kBlock) * job.weight_columns * kBlock + output % kBlock;
  float sum = job.bias[output];
  for (int r = 0; r < job.places.run_count; ++r) {
    const DotRun& run = job.places.runs[r];
    for (int i = 0; i < run.length; ++i, weight += kBlock) sum += input[run.offset + i] * *weight;
  }
  return sum;
}

}  // namespace

void dot_f32_scalar(const DotJobF32& job) {
  const DotPlaces& places = job.places;
  for (int place = 0; place * places.pool < places.positions; ++place) {
    for (int output = 0; output < places.outputs; ++output) {
      float sum = job.relu ? 0.0F : -std::numeric_limits<float>::infinity();
      for (int i = 0; i < places.pool; ++i) sum = std::max(sum, sum_at(job, place * places.pool + i, output));
      job.out[places.out_offsets[place] + output] = sum;
    }
  }
}

}  // namespace hone
