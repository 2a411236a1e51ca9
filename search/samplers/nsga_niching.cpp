#include "search/samplers/nsga_niching.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace hone {
namespace {

/// Weight of the other objectives in the search for the extreme point of one.
constexpr double kOtherWeight = 1e-6;

/// Appends the points that begin with `point` and share out what is `left` over the coordinates from `place` on.
void add_points(ObjectiveVector& point, std::size_t place, std::int64_t left, std::int64_t divisions,
                std::vector<ObjectiveVector>& points) {
  const bool is_last = place + 1 == point.size();
  for (std::int64_t share = is_last ? left : 0; share <= left; ++share) {
    point[place] = static_cast<double>(share) / static_cast<double>(divisions);
    if (is_last) {
      points.push_back(point);
    } else {
      add_points(point, place + 1, left - share, divisions, points);
    }
  }
}

/// The points from the best value of each objective on, in units of the worst value of the extreme points: those that
/// are smallest in all objectives but one.
std::vector<ObjectiveVector> normalised(std::vector<ObjectiveVector> points) {
  const std::size_t objectives = points.front().size();
  ObjectiveVector ideal = points.front();
  for (const ObjectiveVector& point : points) {
    for (std::size_t k = 0; k < objectives; ++k) ideal[k] = std::min(ideal[k], point[k]);
  }
  for (ObjectiveVector& point : points) {
    for (std::size_t k = 0; k < objectives; ++k) point[k] -= ideal[k];
  }
  ObjectiveVector worst(objectives, 0.0);
  for (std::size_t axis = 0; axis < objectives; ++axis) {
    const auto achievement = [&](const ObjectiveVector& point) {
      double most = 0;
      for (std::size_t k = 0; k < objectives; ++k)
        most = std::max(most, k == axis ? point[k] : point[k] / kOtherWeight);
      return most;
    };
    const auto extreme = std::min_element(
        points.begin(), points.end(), [&](const auto& a, const auto& b) { return achievement(a) < achievement(b); });
    for (std::size_t k = 0; k < objectives; ++k) worst[k] = std::max(worst[k], (*extreme)[k]);
  }
  for (ObjectiveVector& point : points) {
    for (std::size_t k = 0; k < objectives; ++k) point[k] /= worst[k] > 0 ? worst[k] : 1;
  }
  return points;
}

/// Squared distance of a point from the line through the origin and a reference point.
double distance_to_line(const ObjectiveVector& point, const ObjectiveVector& reference) {
  const double along = std::inner_product(point.begin(), point.end(), reference.begin(), 0.0) /
                       std::inner_product(reference.begin(), reference.end(), reference.begin(), 0.0);
  double sum = 0;
  for (std::size_t k = 0; k < point.size(); ++k) {
    const double apart = point[k] - along * reference[k];
    sum += apart * apart;
  }
  return sum;
}

/// A point that waits at its nearest reference point.
struct Candidate {
  std::size_t point = 0;
  double distance = 0;
};

struct Niche {
  std::size_t survivors = 0;
  std::vector<Candidate> candidates;
};

std::size_t random_place(std::size_t size, RandomStream& random) {
  return static_cast<std::size_t>(random.index(static_cast<std::int64_t>(size)));
}

/// A random one of the niches that have candidates and of these fewest survivors; one must have candidates.
Niche& emptiest(std::vector<Niche>& niches, RandomStream& random) {
  std::vector<Niche*> least;
  for (Niche& niche : niches) {
    if (niche.candidates.empty()) continue;
    if (!least.empty() && niche.survivors < least.front()->survivors) least.clear();
    if (least.empty() || niche.survivors == least.front()->survivors) least.push_back(&niche);
  }
  return *least[random_place(least.size(), random)];
}

/// The nearest candidate of a niche without survivors, else a random one; it becomes a survivor.
std::size_t take_from(Niche& niche, RandomStream& random) {
  const auto nearest = std::min_element(niche.candidates.begin(), niche.candidates.end(),
                                        [](const auto& a, const auto& b) { return a.distance < b.distance; });
  const auto taken =
      niche.survivors == 0
          ? nearest
          : niche.candidates.begin() + static_cast<std::ptrdiff_t>(random_place(niche.candidates.size(), random));
  const std::size_t point = taken->point;
  niche.candidates.erase(taken);
  ++niche.survivors;
  return point;
}

}  // namespace

std::vector<ObjectiveVector> reference_points(std::size_t objectives, std::int64_t divisions) {
  std::vector<ObjectiveVector> points;
  ObjectiveVector point(objectives);
  add_points(point, 0, divisions, divisions, points);
  return points;
}

std::int64_t divisions_within(std::size_t objectives, std::int64_t population) {
  if (objectives < 2) return 1;
  // There are (divisions + objectives − 1 over divisions) points.
  const auto others = static_cast<std::int64_t>(objectives) - 1;
  std::int64_t count = 1 + others;
  std::int64_t divisions = 1;
  while (count * (divisions + 1 + others) / (divisions + 1) <= population) {
    ++divisions;
    count = count * (divisions + others) / divisions;
  }
  return divisions;
}

std::vector<std::size_t> niched(const std::vector<ObjectiveVector>& points,
                                const std::vector<ObjectiveVector>& references, std::size_t keep,
                                RandomStream& random) {
  if (keep == 0) return {};
  const std::vector<std::size_t> fronts = fronts_of(points);
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return fronts[a] < fronts[b]; });
  const std::size_t last_front = fronts[order[keep - 1]];
  std::erase_if(order, [&](auto i) { return fronts[i] > last_front; });

  std::vector<ObjectiveVector> considered;
  for (const std::size_t i : order) considered.push_back(points[i]);
  considered = normalised(std::move(considered));
  std::vector<std::size_t> survivors;
  std::vector<Niche> niches(references.size());
  for (std::size_t j = 0; j < order.size(); ++j) {
    std::size_t nearest = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t r = 0; r < references.size(); ++r) {
      const double distance = distance_to_line(considered[j], references[r]);
      if (distance < least) nearest = r;
      least = std::min(least, distance);
    }
    if (fronts[order[j]] == last_front) {
      niches[nearest].candidates.push_back({order[j], least});
    } else {
      survivors.push_back(order[j]);
      ++niches[nearest].survivors;
    }
  }
  while (survivors.size() < keep) survivors.push_back(take_from(emptiest(niches, random), random));
  return survivors;
}

}  // namespace hone
