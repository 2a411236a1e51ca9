#pragma once

namespace hone {

/// P(T ≤ t) of Student's t with `degrees` > 0 degrees of freedom, by the incomplete beta function.
double student_t_cdf(double t, double degrees);
/// Inverse of student_t_cdf for p in (0, 1), to about 1e-12.
double student_t_quantile(double p, double degrees);

}  // namespace hone
