#pragma once

#include <span>
#include <vector>

namespace hone {

/// The closed forms as the literature has them (Dixon & Szegő 1978; Ackley 1987; Törn & Žilinskas 1989; Levy &
/// Montalvo 1985), with their best points.
double raw_branin(double x1, double x2);
double raw_hartmann3(std::span<const double> x);
double raw_hartmann6(std::span<const double> x);
double raw_rastrigin(std::span<const double> x);
double raw_ackley(std::span<const double> x);
double raw_levy(std::span<const double> x);

extern const double kBraninBest;
extern const double kHartmann3Best;
extern const double kHartmann6Best;
extern const std::vector<double> kHartmann3Point;
extern const std::vector<double> kHartmann6Point;

}  // namespace hone
