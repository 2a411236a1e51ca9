#pragma once

#include <vector>

namespace hone {

/// One-sided p-value of the Wilcoxon signed-rank test (Wilcoxon 1945) that paired differences lie above 0: the
/// probability of a rank sum of the positive ones as large as this or larger when signs are a matter of chance. Exact
/// by counting all signs, ties with their mean ranks; differences of 0 are left out (1 when nothing is left).
double signed_rank_p_value(std::vector<double> differences);

}  // namespace hone
