#include "search/gp/hypervolume_boxes.h"

#include <algorithm>
#include <limits>

namespace hone {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A strip of the plane of the first two objectives: [left, right) × (−∞, top) is not dominated from `start` of the
/// third objective on.
struct Strip {
  double left = 0;
  double right = 0;
  double top = 0;
  double start = 0;
};

ImprovementBox box_of(const Strip& strip, double end) {
  return {{strip.left, -kInfinity, strip.start}, {strip.right, strip.top, end}};
}

/// Cuts what a point dominates off the strips, which lie side by side with falling tops. What changes is closed at the
/// point's third value.
void cut(std::vector<Strip>& strips, const FrontPoint& point, std::vector<ImprovementBox>& closed) {
  const auto is_cut = [&](const Strip& strip) { return strip.right > point[0] && strip.top > point[1]; };
  const auto first = std::find_if(strips.begin(), strips.end(), is_cut);
  if (first == strips.end()) return;
  const auto last = std::find_if_not(first, strips.end(), is_cut);
  for (auto strip = first; strip != last; ++strip) {
    if (point[2] > strip->start) closed.push_back(box_of(*strip, point[2]));
  }
  std::vector<Strip> instead;
  if (first->left < point[0]) instead.push_back({first->left, point[0], first->top, point[2]});
  instead.push_back({std::max(point[0], first->left), (last - 1)->right, point[1], point[2]});
  strips.insert(strips.erase(first, last), instead.begin(), instead.end());
}

}  // namespace

std::vector<ImprovementBox> improvement_boxes(std::vector<FrontPoint> points, const FrontPoint& reference,
                                              std::size_t objectives) {
  for (FrontPoint& point : points) point[2] = objectives == 3 ? point[2] : -kInfinity;
  std::sort(points.begin(), points.end(), [](const FrontPoint& a, const FrontPoint& b) { return a[2] < b[2]; });
  const double end = objectives == 3 ? reference[2] : kInfinity;
  std::vector<Strip> strips = {{-kInfinity, reference[0], reference[1], -kInfinity}};
  std::vector<ImprovementBox> boxes;
  for (const FrontPoint& point : points) {
    if (point[2] < end) cut(strips, point, boxes);
  }
  for (const Strip& strip : strips) boxes.push_back(box_of(strip, end));
  return boxes;
}

}  // namespace hone
