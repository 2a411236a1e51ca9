#include "search/trial/scale.h"

#include <algorithm>
#include <cmath>

namespace hone {

Scale::Scale(LogScale log, double low, double high, double step) : log_(log) {
  // ε a hundredth of the range: two decades between the sparse and the dense end; a step at least, so that the padded
  // end stays below the ceiling.
  ceiling_ = high + std::max((high - low) / 100, step);
  double padded_low = low - step / 2;
  // A step wider than twice the lower bound would pad below zero, where the log ends.
  if (log == LogScale::natural && padded_low <= 0) padded_low = low / 2;
  start_ = forward(padded_low);
  length_ = forward(high + step / 2) - start_;
}

double Scale::to_unit(double x) const { return length_ > 0 ? (forward(x) - start_) / length_ : 0.5; }

double Scale::from_unit(double unit) const { return backward(start_ + unit * length_); }

double Scale::forward(double x) const {
  switch (log_) {
    case LogScale::natural:
      return std::log(x);
    case LogScale::reverse:
      return -std::log(ceiling_ - x);
    case LogScale::none:
      break;
  }
  return x;
}

double Scale::backward(double t) const {
  switch (log_) {
    case LogScale::natural:
      return std::exp(t);
    case LogScale::reverse:
      return ceiling_ - std::exp(-t);
    case LogScale::none:
      break;
  }
  return t;
}

}  // namespace hone
