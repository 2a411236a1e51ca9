#include "tests/bench/problems/raw_forms.h"

#include <array>
#include <cmath>
#include <numbers>

namespace hone {
namespace {

using std::numbers::pi;

template <std::size_t N>
using Rows = std::array<std::array<double, N>, 4>;

constexpr std::array<double, 4> kHartmannWeights = {1.0, 1.2, 3.0, 3.2};
constexpr Rows<3> kWidths3 = {{{3, 10, 30}, {0.1, 10, 35}, {3, 10, 30}, {0.1, 10, 35}}};
constexpr Rows<3> kCentres3 = {
    {{0.3689, 0.1170, 0.2673}, {0.4699, 0.4387, 0.7470}, {0.1091, 0.8732, 0.5547}, {0.0381, 0.5743, 0.8828}}};
constexpr Rows<6> kWidths6 = {
    {{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}}};
constexpr Rows<6> kCentres6 = {{{0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
                                {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
                                {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
                                {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}}};

template <std::size_t N>
double hartmann(std::span<const double> x, const Rows<N>& widths, const Rows<N>& centres) {
  double value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    double exponent = 0;
    for (std::size_t j = 0; j < N; ++j) exponent += widths[i][j] * (x[j] - centres[i][j]) * (x[j] - centres[i][j]);
    value -= kHartmannWeights[i] * std::exp(-exponent);
  }
  return value;
}

}  // namespace

// Best points by Newton steps from the published ones, to double precision.
const double kBraninBest = 0.39788735772973816;
const double kHartmann3Best = -3.8627797873326624;
const double kHartmann6Best = -3.322368011415515;
const std::vector<double> kHartmann3Point = {0.11458887665506895, 0.5556488946169301, 0.8525469846866774};
const std::vector<double> kHartmann6Point = {0.20168951100670543, 0.15001069182345797, 0.476873974221897,
                                             0.2753324304940561,  0.31165161660011326, 0.6573005340656204};

double raw_branin(double x1, double x2) {
  const double parabola = x2 - 5.1 / (4 * pi * pi) * x1 * x1 + 5 / pi * x1 - 6;
  return parabola * parabola + 10 * (1 - 1 / (8 * pi)) * std::cos(x1) + 10;
}

double raw_hartmann3(std::span<const double> x) { return hartmann(x, kWidths3, kCentres3); }
double raw_hartmann6(std::span<const double> x) { return hartmann(x, kWidths6, kCentres6); }

double raw_rastrigin(std::span<const double> x) {
  double value = 0;
  for (double z : x) value += 10 + z * z - 10 * std::cos(2 * pi * z);
  return value;
}

double raw_ackley(std::span<const double> x) {
  const double n = static_cast<double>(x.size());
  double squares = 0;
  double waves = 0;
  for (double z : x) {
    squares += z * z;
    waves += std::cos(2 * pi * z);
  }
  return 20 - 20 * std::exp(-0.2 * std::sqrt(squares / n)) + std::exp(1.0) - std::exp(waves / n);
}

double raw_levy(std::span<const double> x) {
  const auto w = [&](std::size_t i) { return 1 + (x[i] - 1) / 4; };
  const auto square = [](double z) { return z * z; };
  const std::size_t last = x.size() - 1;
  double value = square(std::sin(pi * w(0))) + square(w(last) - 1) * (1 + square(std::sin(2 * pi * w(last))));
  for (std::size_t i = 0; i < last; ++i) {
    value += square(w(i) - 1) * (1 + 10 * square(std::sin(pi * w(i) + 1)));
  }
  return value;
}

}  // namespace hone
