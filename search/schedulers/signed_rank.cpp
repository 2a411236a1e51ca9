#include "search/schedulers/signed_rank.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace hone {

double signed_rank_p_value(std::vector<double> differences) {
  std::erase(differences, 0.0);
  std::sort(differences.begin(), differences.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  // Ranks times two, so that the mean ranks of ties are whole.
  std::vector<std::size_t> ranks(differences.size());
  std::size_t total = 0;
  std::size_t positive = 0;
  for (std::size_t first = 0, end = 0; first < differences.size(); first = end) {
    while (end < differences.size() && std::abs(differences[end]) == std::abs(differences[first])) ++end;
    for (std::size_t i = first; i < end; ++i) {
      ranks[i] = first + end + 1;
      total += ranks[i];
      if (differences[i] > 0) positive += ranks[i];
    }
  }
  // Probability of each sum, one rank after the other.
  std::vector<double> chances(total + 1, 0.0);
  chances[0] = 1;
  std::size_t reach = 0;
  for (const std::size_t rank : ranks) {
    reach += rank;
    for (std::size_t sum = reach + 1; sum-- > 0;)
      chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2;
  }
  double p = 0;
  for (std::size_t sum = positive; sum <= total; ++sum) p += chances[sum];
  return std::min(p, 1.0);
}

}  // namespace hone
