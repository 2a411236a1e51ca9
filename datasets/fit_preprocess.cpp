#include <algorithm>
#include <cmath>
#include <numeric>

#include "datasets/preprocess.h"

namespace hone {
namespace {

/// Mean and standard deviation (of the rows at hand, not an estimate) of what `visit` shows; a spread of 0 becomes 1.
struct Moments {
  double mean = 0;
  double spread = 1;
};

template <class ForEach>
Moments moments_of(ForEach for_each) {
  double sum = 0;
  double count = 0;
  for_each([&](double value) {
    sum += value;
    count += 1;
  });
  Moments moments;
  if (count == 0) return moments;
  moments.mean = sum / count;
  double squares = 0;
  for_each([&](double value) { squares += (value - moments.mean) * (value - moments.mean); });
  if (squares > 0) moments.spread = std::sqrt(squares / count);
  return moments;
}

/// A spread that vanishes in float32 would divide by 0.
float usable_spread(double spread) {
  const auto rounded = static_cast<float>(spread);
  return std::isnormal(rounded) ? rounded : 1;
}

void fit_channels(const Dataset& dataset, std::span<const std::int64_t> rows, Preprocess& preprocess) {
  const std::vector<std::int64_t>& shape = dataset.facts().shape;
  const std::int64_t plane = shape[1] * shape[2];
  for (std::int64_t channel = 0; channel < shape[0]; ++channel) {
    Moments moments;
    if (preprocess.facts.encoding.numeric != "none") {
      moments = moments_of([&](auto&& visit) {
        for (std::int64_t row : rows) {
          for (std::uint8_t pixel : dataset.image().subspan((row * shape[0] + channel) * plane, plane)) visit(pixel);
        }
      });
    }
    preprocess.mean.push_back(static_cast<float>(moments.mean));
    preprocess.spread.push_back(usable_spread(moments.spread));
  }
}

/// Known values of a kept numeric column, ascending.
std::vector<float> sorted_values(const Dataset& dataset, std::span<const std::int64_t> rows, std::int64_t column) {
  const std::int64_t columns = kept_columns(dataset.facts(), "numeric");
  std::vector<float> values;
  for (std::int64_t row : rows) {
    const float value = dataset.numeric()[row * columns + column];
    if (!std::isnan(value)) values.push_back(value);
  }
  std::sort(values.begin(), values.end());
  return values;
}

/// Quantile of ascending values, linear between them (Hyndman and Fan 1996, type 7).
float quantile_of(const std::vector<float>& sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double share = place - static_cast<double>(below);
  return static_cast<float>((1 - share) * sorted[below] + share * sorted[below + 1]);
}

/// TabM's count of quantiles: between 10 and 1,000, about one for 30 rows.
std::vector<float> quantiles_of(const std::vector<float>& sorted) {
  const std::size_t count = std::clamp<std::size_t>(sorted.size() / 30, 10, 1000);
  std::vector<float> quantiles;
  for (std::size_t i = 0; i < count; ++i) {
    quantiles.push_back(quantile_of(sorted, static_cast<double>(i) / static_cast<double>(count - 1)));
  }
  return quantiles;
}

void fit_numeric(const std::string& kind, std::vector<float> sorted, Preprocess& preprocess) {
  if (sorted.empty()) sorted = {0};  // no training row has a value: every one is filled alike
  const float median = quantile_of(sorted, 0.5);
  Moments moments;
  if (kind == "standard") {
    moments = moments_of([&](auto&& visit) {
      for (float value : sorted) visit(value);
    });
  } else if (kind == "robust") {
    moments.mean = median;
    moments.spread = static_cast<double>(quantile_of(sorted, 0.75)) - quantile_of(sorted, 0.25);
    // Mostly one value: half the range takes the place of the quartiles' distance.
    if (!(moments.spread > 0)) moments.spread = (static_cast<double>(sorted.back()) - sorted.front()) / 2;
  }
  preprocess.mean.push_back(static_cast<float>(moments.mean));
  preprocess.spread.push_back(usable_spread(moments.spread));
  preprocess.fill.push_back(median);
  if (kind == "quantile") preprocess.quantiles.push_back(quantiles_of(sorted));
}

/// Levels with slots of their own: those of two training rows and more, the most frequent where there are too many,
/// among equals the earlier.
std::vector<std::int32_t> levels_with_slots(const std::vector<std::int64_t>& counts) {
  std::vector<std::int32_t> levels(counts.size());
  std::iota(levels.begin(), levels.end(), 0);
  std::erase_if(levels, [&](std::int32_t level) { return counts[level] < 2; });
  if (std::ssize(levels) > kMostLevelSlots) {
    std::stable_sort(levels.begin(), levels.end(),
                     [&](std::int32_t a, std::int32_t b) { return counts[a] > counts[b]; });
    levels.resize(kMostLevelSlots);
    std::sort(levels.begin(), levels.end());
  }
  return levels;
}

NominalFit fit_nominal(const Dataset& dataset, std::span<const std::int64_t> rows, std::int64_t index,
                       const ColumnFacts& column) {
  const std::int64_t columns = kept_columns(dataset.facts(), "nominal");
  std::vector<std::int64_t> counts(column.levels.size());
  NominalFit fit;
  for (std::int64_t row : rows) {
    const std::int32_t code = dataset.nominal()[row * columns + index];
    if (code < 0) fit.missing_seen = true;
    if (code >= 0) counts[static_cast<std::size_t>(code)] += 1;
  }
  const auto rare_slot = static_cast<std::int32_t>(slots_of(column)) - 2;
  fit.slots.assign(counts.size(), rare_slot);
  const std::vector<std::int32_t> kept = levels_with_slots(counts);
  const bool own_place = std::ssize(counts) <= kMostLevelSlots;
  for (std::size_t i = 0; i < kept.size(); ++i) fit.slots[kept[i]] = own_place ? kept[i] : static_cast<std::int32_t>(i);
  for (std::size_t level = 0; level < counts.size(); ++level) {
    fit.rare_seen = fit.rare_seen || (counts[level] > 0 && fit.slots[level] == rare_slot);
  }
  return fit;
}

}  // namespace

Preprocess fit_preprocess(const Dataset& dataset, std::span<const std::int64_t> train_rows,
                          const InputEncoding& encoding) {
  Preprocess preprocess;
  preprocess.facts = dataset.facts();
  preprocess.facts.encoding = encoding;
  if (!dataset.image().empty()) fit_channels(dataset, train_rows, preprocess);
  std::int64_t numeric = 0;
  std::int64_t nominal = 0;
  for (const ColumnFacts& column : preprocess.facts.columns) {
    if (column.dropped) continue;
    if (column.type == "numeric") {
      fit_numeric(encoding.numeric, sorted_values(dataset, train_rows, numeric++), preprocess);
    } else {
      preprocess.nominal.push_back(fit_nominal(dataset, train_rows, nominal++, column));
    }
  }
  if (!dataset.values().empty()) {
    const Moments target = moments_of([&](auto&& visit) {
      for (std::int64_t row : train_rows) visit(dataset.values()[row]);
    });
    preprocess.target_mean = target.mean;
    preprocess.target_spread = target.spread;
    const auto [low, high] = std::minmax_element(train_rows.begin(), train_rows.end(), [&](auto a, auto b) {
      return dataset.values()[a] < dataset.values()[b];
    });
    preprocess.target_low = dataset.values()[*low];
    preprocess.target_high = dataset.values()[*high];
  }
  return preprocess;
}

}  // namespace hone
