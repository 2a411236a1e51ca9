#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hone {

/// A trial that was run again: the value it was chosen by and those of its repeats on fresh seeds, in the user's
/// direction.
struct Repeated {
  std::int64_t trial = 0;
  double first = 0;
  std::vector<double> fresh;
};

struct Interval {
  double low = 0;
  double high = 0;
};

/// What the fresh seeds say of one candidate. The first value is no part of it: it was chosen for being good.
struct Confirmed {
  std::int64_t trial = 0;
  double first = 0;
  std::int64_t repeats = 0;
  double mean = 0;
  /// t interval of the mean by the candidate's own spread; nothing with one repeat.
  std::optional<Interval> interval;
  /// The mean drawn towards that of all candidates, and its interval; nothing while no candidate has two repeats.
  double shrunk = 0;
  std::optional<Interval> shrunk_interval;
};

struct Confirmation {
  /// Those with at least one fresh value, in the order given.
  std::vector<Confirmed> candidates;
  /// The trial that the rule chooses among those with an interval; nothing when none has one.
  std::optional<std::int64_t> chosen;
};

/// Estimates of what each candidate is really worth, by the normal-normal model of empirical Bayes: within-candidate
/// variance s² pooled, between-candidate variance by moments (DerSimonian and Laird 1986, eq. 8; never below 0),
/// estimate μ + B(m − μ) with B = τ²/(τ² + s²/n) (Efron and Morris 1973), its variance with that of μ (Morris 1983).
/// Intervals have error `alpha`. Rule `lower_bound` chooses the best pessimistic end of the shrunk interval, `mean` the
/// best shrunk estimate; of equal ones the better mean, then the first.
Confirmation confirm_statistics(const std::vector<Repeated>& repeated, bool maximize, const std::string& rule,
                                double alpha);

}  // namespace hone
