#include "search/samplers/acquisition_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "search/gp/lbfgs.h"
#include "search/samplers/sobol_sequence.h"

namespace hone {
namespace {

using Unit = std::vector<double>;

constexpr std::size_t kBestStarts = 3;
constexpr std::size_t kDrawnStarts = 4;
constexpr int kRounds = 3;
constexpr LbfgsOptions kSteps = {.iterations = 40, .tolerance = 1e-2, .memory = 8};
/// Ordered parameters with more levels move as if they were continuous and are snapped afterwards.
constexpr std::int64_t kSweptLevels = 16;

/// Points that are valued together: what they need of a thousand observations fits the second cache.
constexpr std::size_t kBlock = 64;

struct Scored {
  Unit unit;
  double value = 0;
};

/// By falling value; equal values in the order of their coordinates, so that the order is total.
bool is_ahead(const Scored& a, const Scored& b) { return a.value != b.value ? a.value > b.value : a.unit < b.unit; }

class Search {
 public:
  Search(const GpEmbedding& embedding, const Acquisition& acquisition, const std::vector<double>& lengths,
         const AcquisitionSearchOptions& options, RandomStream& random)
      : embedding_(embedding), acquisition_(acquisition), lengths_(lengths), options_(options), random_(random) {
    for (std::size_t i = 0; i < parameters().size(); ++i) {
      const SpaceParameter& parameter = parameters()[i];
      if (parameter.levels == 1) continue;
      const bool moves = !parameter.is_unordered() && (parameter.levels == 0 || parameter.levels > kSweptLevels);
      if (moves) moving_.push_back(i);
      has_levels_ = has_levels_ || parameter.levels > 0;
    }
  }

  std::vector<Scored> raw_points(const std::vector<Unit>& best) {
    const std::int64_t raw = options_.raw;
    std::vector<Unit> units;
    const SobolSequence sequence(parameters().size(), random_.bits());
    const std::int64_t perturbed = best.empty() ? 0 : raw / 3;
    for (std::int64_t i = 0; i < raw - perturbed; ++i) {
      units.push_back(within_box(sequence.point(static_cast<std::uint32_t>(i))));
    }
    for (std::int64_t i = 0; i < perturbed; ++i) {
      units.push_back(perturb(best[static_cast<std::size_t>(i) % best.size()]));
    }
    for (Unit& unit : units) embedding_.snap(unit);
    if (options_.is_allowed) {
      units.erase(std::remove_if(units.begin(), units.end(), [&](const Unit& unit) { return !is_allowed(unit); }),
                  units.end());
    }
    return scored(std::move(units));
  }

  std::vector<Scored> starts(const std::vector<Scored>& raw, const std::vector<Unit>& best) {
    std::vector<Scored> starts(raw.begin(), raw.begin() + std::min<std::ptrdiff_t>(kBestStarts, std::ssize(raw)));
    if (!best.empty() && is_allowed(best.front())) starts.push_back(scored({best.front()}).front());
    double total = 0;
    for (const Scored& point : raw) total += std::exp(point.value - raw.front().value);
    for (std::size_t i = 0; i < kDrawnStarts && !raw.empty(); ++i) {
      double left = random_.uniform() * total;
      std::size_t chosen = 0;
      while (chosen + 1 < raw.size() && (left -= std::exp(raw[chosen].value - raw.front().value)) > 0) ++chosen;
      starts.push_back(raw[chosen]);
    }
    return starts;
  }

  void refine(std::vector<Scored>& points) {
    for (int round = 0; round < kRounds; ++round) {
      if (!moving_.empty()) step(points);
      if (!has_levels_ || !sweep(points)) return;
    }
  }

 private:
  std::span<const SpaceParameter> parameters() const { return embedding_.space().parameters(); }

  bool is_allowed(const Unit& unit) const { return !options_.is_allowed || options_.is_allowed(unit); }

  double low_of(std::size_t parameter) const { return options_.box ? options_.box->low[parameter] : 0; }
  double high_of(std::size_t parameter) const { return options_.box ? options_.box->high[parameter] : 1; }

  /// A point of the cube moved to the same place of the box.
  Unit within_box(Unit unit) const {
    for (std::size_t i = 0; i < unit.size(); ++i) unit[i] = low_of(i) + (high_of(i) - low_of(i)) * unit[i];
    return unit;
  }

  Points points_of(std::span<const Unit> units) const {
    Points points = {embedding_.dimensions(), {}};
    for (const Unit& unit : units) points.add(embedding_.coordinates(unit));
    return points;
  }

  std::vector<Scored> scored(std::vector<Unit> units) const {
    std::vector<Scored> result;
    for (std::size_t first = 0; first < units.size(); first += kBlock) {
      const std::span block = std::span(units).subspan(first, std::min(kBlock, units.size() - first));
      const std::vector<double> values = acquisition_.values(points_of(block));
      for (std::size_t i = 0; i < block.size(); ++i) result.push_back({std::move(block[i]), values[i]});
    }
    return result;
  }

  /// Ordered parameters move by a normal of one of three widths, of the others one or two are drawn anew.
  Unit perturb(Unit unit) {
    constexpr double kWidths[] = {0.1, 0.03, 0.01};
    const double width = kWidths[random_.index(3)];
    std::vector<std::size_t> unordered;
    for (std::size_t i = 0; i < unit.size(); ++i) {
      if (parameters()[i].is_unordered()) {
        unordered.push_back(i);
      } else {
        unit[i] = std::clamp(unit[i] + width * random_.normal(), low_of(i), high_of(i));
      }
    }
    if (unordered.empty()) return unit;
    const std::int64_t flips = random_.index(3);
    for (std::int64_t flip = 0; flip < flips; ++flip) {
      unit[unordered[static_cast<std::size_t>(random_.index(std::ssize(unordered)))]] = random_.uniform();
    }
    return unit;
  }

  /// The length in which L-BFGS measures a moving parameter.
  double length_of(std::size_t parameter) const {
    return std::min(1.0, lengths_[embedding_.groups()[*embedding_.slope_coordinate(parameter)]]);
  }

  /// L-BFGS on the moving parameters of all points together; each keeps what it gains once snapped.
  void step(std::vector<Scored>& points) {
    std::vector<Lbfgs> searches;
    for (const Scored& point : points) {
      const std::vector<bool> active = embedding_.active(point.unit);
      std::vector<double> start;
      std::vector<double> low;
      std::vector<double> high;
      for (const std::size_t i : moving_) {
        start.push_back(point.unit[i] / length_of(i));
        // An inactive parameter stays where it is.
        low.push_back(active[i] ? std::min(low_of(i) / length_of(i), start.back()) : start.back());
        high.push_back(active[i] ? std::max(high_of(i) / length_of(i), start.back()) : start.back());
      }
      searches.emplace_back(std::move(start), std::move(low), std::move(high), kSteps);
    }
    for (;;) {
      std::vector<std::size_t> waiting;
      std::vector<Unit> units;
      for (std::size_t s = 0; s < searches.size(); ++s) {
        while (!searches[s].done() && !is_allowed(snapped(points[s].unit, searches[s]))) {
          searches[s].tell(std::numeric_limits<double>::infinity(), {});
        }
        if (searches[s].done()) continue;
        waiting.push_back(s);
        units.push_back(moved(points[s].unit, searches[s].query()));
      }
      if (waiting.empty()) break;
      const auto found = acquisition_.with_gradients(points_of(units));
      for (std::size_t w = 0; w < waiting.size(); ++w) {
        std::vector<double> gradient;
        for (const std::size_t i : moving_) {
          const std::size_t coordinate = w * embedding_.dimensions() + *embedding_.slope_coordinate(i);
          gradient.push_back(-found.gradients[coordinate] * length_of(i));
        }
        searches[waiting[w]].tell(-found.values[w], gradient);
      }
    }
    std::vector<Unit> ends;
    for (std::size_t s = 0; s < searches.size(); ++s) {
      ends.push_back(moved(points[s].unit, searches[s].best()));
      embedding_.snap(ends.back());
      if (!is_allowed(ends.back())) ends.back() = points[s].unit;
    }
    keep_better(points, scored(std::move(ends)));
  }

  Unit moved(Unit unit, const std::vector<double>& place) const {
    for (std::size_t k = 0; k < moving_.size(); ++k) unit[moving_[k]] = place[k] * length_of(moving_[k]);
    return unit;
  }

  /// Where a search wants to look, snapped.
  Unit snapped(const Unit& unit, const Lbfgs& search) const {
    Unit place = moved(unit, search.query());
    embedding_.snap(place);
    return place;
  }

  bool keep_better(std::vector<Scored>& points, std::vector<Scored> others) const {
    bool any = false;
    for (std::size_t s = 0; s < points.size(); ++s) {
      if (!(others[s].value > points[s].value)) continue;
      points[s] = std::move(others[s]);
      any = true;
    }
    return any;
  }

  /// Tries the other levels of one parameter after the other; whether any point gained.
  bool sweep(std::vector<Scored>& points) const {
    bool any = false;
    for (std::size_t i = 0; i < parameters().size(); ++i) {
      const SpaceParameter& parameter = parameters()[i];
      if (parameter.levels < 2) continue;
      std::vector<Unit> units;
      std::vector<std::size_t> owners;
      for (std::size_t s = 0; s < points.size(); ++s) {
        for (const double place : alternatives(i, points[s].unit[i])) {
          Unit unit = points[s].unit;
          unit[i] = place;
          if (!is_allowed(unit)) continue;
          units.push_back(std::move(unit));
          owners.push_back(s);
        }
      }
      std::vector<Scored> tried = scored(std::move(units));
      for (std::size_t t = 0; t < tried.size(); ++t) {
        if (!(tried[t].value > points[owners[t]].value)) continue;
        points[owners[t]] = std::move(tried[t]);
        any = true;
      }
    }
    return any;
  }

  /// Unit coordinates of the levels to try: all, or both neighbours of a parameter that moves.
  std::vector<double> alternatives(std::size_t index, double unit) const {
    const SpaceParameter& parameter = parameters()[index];
    const std::int64_t level = parameter.level_of(parameter.value_at(unit));
    const bool moves = std::find(moving_.begin(), moving_.end(), index) != moving_.end();
    const std::int64_t first = moves ? std::max<std::int64_t>(level - 1, 0) : 0;
    const std::int64_t last = moves ? std::min(level + 1, parameter.levels - 1) : parameter.levels - 1;
    std::vector<double> places;
    for (std::int64_t other = first; other <= last; ++other) {
      if (other != level) places.push_back(parameter.unit_of(parameter.value_of_level(other)));
    }
    return places;
  }

  const GpEmbedding& embedding_;
  const Acquisition& acquisition_;
  const std::vector<double>& lengths_;
  const AcquisitionSearchOptions& options_;
  RandomStream& random_;
  std::vector<std::size_t> moving_;
  bool has_levels_ = false;
};

}  // namespace

std::vector<std::vector<double>> search_acquisition(const GpEmbedding& embedding, const Acquisition& acquisition,
                                                    const std::vector<double>& lengths,
                                                    const std::vector<std::vector<double>>& best,
                                                    const AcquisitionSearchOptions& options, RandomStream& random) {
  Search search(embedding, acquisition, lengths, options, random);
  std::vector<Scored> all = search.raw_points(best);
  std::sort(all.begin(), all.end(), is_ahead);
  std::vector<Scored> refined = search.starts(all, best);
  search.refine(refined);
  all.insert(all.end(), refined.begin(), refined.end());
  std::sort(all.begin(), all.end(), is_ahead);
  std::vector<std::vector<double>> units;
  for (Scored& point : all) units.push_back(std::move(point.unit));
  return units;
}

}  // namespace hone
