#include <algorithm>
#include <limits>

#include "compress/kernels/dot_kernels.h"
#include "compress/plan/quantization.h"

namespace hone {
namespace {

std::int32_t sum_at(const DotJobU8& job, int position, int output) {
  const std::uint8_t* input = job.input + job.places.in_offsets[position];
  const std::int8_t* weight = job.weight + (output / kBlock) * job.weight_dwords * kBlock * 4 + output % kBlock * 4;
  std::int32_t sum = job.start[output];
  for (int r = 0; r < job.places.run_count; ++r) {
    const DotRun& run = job.places.runs[r];
    for (int i = 0; i < run.length; ++i) {
      sum += std::int32_t{input[run.offset + i]} * weight[(i / 4) * kBlock * 4 + i % 4];
    }
    weight += (run.length + 3) / 4 * kBlock * 4;
  }
  return sum;
}

}  // namespace

void dot_u8_scalar(const DotJobU8& job) {
  const DotPlaces& places = job.places;
  for (int place = 0; place * places.pool < places.positions; ++place) {
    for (int output = 0; output < places.outputs; ++output) {
      std::int32_t sum = std::numeric_limits<std::int32_t>::min();
      for (int i = 0; i < places.pool; ++i) sum = std::max(sum, sum_at(job, place * places.pool + i, output));
      const int target = places.out_offsets[place] + output;
      if (job.real_out != nullptr) {
        const float scaled = static_cast<float>(sum) * job.multiplier[output];
        job.real_out[target] = scaled + job.bias[output];
      } else {
        job.out[target] = requantize(sum, {job.multiplier[output], job.bias[output], job.zero_point, job.floor});
      }
    }
  }
}

}  // namespace hone
