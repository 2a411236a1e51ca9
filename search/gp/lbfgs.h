#pragma once

#include <deque>
#include <limits>
#include <span>
#include <vector>

namespace hone {

struct LbfgsOptions {
  int iterations = 30;
  /// Ends when no component of the projected gradient is larger.
  double tolerance = 1e-2;
  std::size_t memory = 8;
};

/// Minimises a smooth function in a box: limited-memory BFGS (Nocedal 1980) on the coordinates that are free to move,
/// steps projected onto the box (Bertsekas 1982), Armijo line search with quadratic interpolation.
///
/// Asks and is told instead of calling, so that many searches can step together in one product:
/// `while (!search.done()) search.tell(f(search.query()), f'(search.query()));`
class Lbfgs {
 public:
  Lbfgs(std::vector<double> start, std::vector<double> low, std::vector<double> high, const LbfgsOptions& options);

  bool done() const { return done_; }
  /// Where the function is wanted next.
  const std::vector<double>& query() const { return query_; }
  /// The function there; not finite = a place to stay away from.
  void tell(double value, std::span<const double> gradient);

  /// The best point so far and its value; the start and infinity before the first answer.
  const std::vector<double>& best() const { return point_; }
  double best_value() const { return value_; }

 private:
  struct Pair {
    std::vector<double> step;
    std::vector<double> change;
    double curvature;
  };

  void remember(std::span<const double> gradient);
  void choose_direction();
  void aim();
  void shorten(double value, double slope);
  bool is_free(std::size_t i) const;

  std::vector<double> low_;
  std::vector<double> high_;
  LbfgsOptions options_;
  std::vector<double> point_;
  double value_ = std::numeric_limits<double>::infinity();
  std::vector<double> gradient_;
  std::vector<double> direction_;
  std::vector<double> query_;
  std::deque<Pair> pairs_;
  double length_ = 1;
  int iteration_ = 0;
  int shortened_ = 0;
  bool done_ = false;
};

}  // namespace hone
