#include "search/gp/kernel_products.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace hone {
namespace {

/// Products that are worked on at once: as many as the widest register holds.
constexpr std::size_t kLanes = 16;
using Floats = float __attribute__((vector_size(kLanes * sizeof(float))));
using Ints = std::int32_t __attribute__((vector_size(kLanes * sizeof(float))));

/// Log of a product that adds nothing, finite so that no infinity enters the sums.
constexpr float kNothing = -1e30F;

void load(const float* from, Floats& to) { std::memcpy(&to, from, sizeof to); }
void store(const Floats& from, float* to) { std::memcpy(to, &from, sizeof from); }

/// Replaces each x ≤ 0 by e^x; below −86 by a number under 2⁻¹²³. Cody and Waite's reduction to |r| ≤ ½ log 2, then a
/// Taylor polynomial: relative error below 2e-7 (the worst of all floats, kernel_products_test).
void exponentiate(Floats& x) {
  constexpr float kRounder = 12582912.0F;  // 1.5 · 2²³: adding it rounds to an integer
  x = x > -86.0F ? x : Floats{} - 86.0F;
  const Floats shifted = x * 1.44269504F + kRounder;
  const Floats n = shifted - kRounder;
  const Floats r = (x - n * 0.693359375F) - n * -2.12194440e-4F;
  Floats e = r * (1.0F / 720) + 1.0F / 120;
  e = e * r + 1.0F / 24;
  e = e * r + 1.0F / 6;
  e = e * r + 0.5F;
  e = e * r + 1.0F;
  e = e * r + 1.0F;
  const Ints exponents = (__builtin_convertvector(n, Ints) + 127) << 23;
  Floats scale;
  std::memcpy(&scale, &exponents, sizeof scale);
  x = e * scale;
}

float largest_of(const Floats& lanes) {
  float largest = lanes[0];
  for (std::size_t i = 1; i < kLanes; ++i) largest = std::max(largest, lanes[i]);
  return largest;
}

double sum_of(const Floats& lanes) {
  double sum = 0;
  for (std::size_t i = 0; i < kLanes; ++i) sum += static_cast<double>(lanes[i]);
  return sum;
}

}  // namespace

KernelProducts::KernelProducts(std::span<const double> log_weights) {
  log_weights_.assign((log_weights.size() + kLanes - 1) / kLanes * kLanes, kNothing);
  std::transform(log_weights.begin(), log_weights.end(), log_weights_.begin(),
                 [](double log) { return std::max(static_cast<float>(log), kNothing); });
}

void KernelProducts::add_dimension(std::span<const double> centres, std::span<const double> sharpness) {
  ++dimensions_;
  const std::size_t begin = kernels_.size();
  kernels_.resize(begin + 2 * log_weights_.size());
  for (std::size_t k = 0; k < centres.size(); ++k) {
    float* chunk = kernels_.data() + begin + k / kLanes * 2 * kLanes;
    chunk[k % kLanes] = static_cast<float>(sharpness[k]);
    chunk[kLanes + k % kLanes] = static_cast<float>(centres[k] * sharpness[k]);
  }
}

KernelProducts::Row KernelProducts::make_row(std::span<const double> logs) const {
  Row row(log_weights_.size());
  std::transform(logs.begin(), logs.end(), row.begin(),
                 [](double log) { return std::max(static_cast<float>(log), kNothing); });
  return row;
}

double KernelProducts::log_sum(std::span<const float> point, std::span<const Row* const> rows, Scratch& scratch) const {
  std::vector<Scratch::Place>& places = scratch.places;
  places.clear();
  for (std::size_t j = 0; j < dimensions_; ++j) {
    if (point[j] >= 0) places.push_back({kernels_.data() + j * 2 * log_weights_.size(), point[j]});
  }
  Row& logs = scratch.logs;
  logs.resize(log_weights_.size());
  Floats top = Floats{} + std::numeric_limits<float>::lowest();
  for (std::size_t k = 0; k < logs.size(); k += kLanes) {
    Floats squares = {};
    for (const Scratch::Place& place : places) {
      Floats sharpness;
      Floats scaled_centre;
      load(place.kernels + 2 * k, sharpness);
      load(place.kernels + 2 * k + kLanes, scaled_centre);
      const Floats z = sharpness * place.coordinate - scaled_centre;
      squares += z * z;
    }
    Floats log;
    load(log_weights_.data() + k, log);
    for (const Row* row : rows) {
      Floats added;
      load(row->data() + k, added);
      log += added;
    }
    log -= 0.5F * squares;
    top = log > top ? log : top;
    store(log, logs.data() + k);
  }
  const float largest = largest_of(top);
  Floats sums = {};
  for (std::size_t k = 0; k < logs.size(); k += kLanes) {
    Floats log;
    load(logs.data() + k, log);
    log -= largest;
    exponentiate(log);
    sums += log;
  }
  return static_cast<double>(largest) + std::log(sum_of(sums));
}

}  // namespace hone
