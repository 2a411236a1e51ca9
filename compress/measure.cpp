#include "compress/measure.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "core/random.h"
#include "core/statistics.h"

namespace hone {
namespace {

constexpr double kBlockSeconds = 1e-4;
constexpr int kResamples = 1000;

/// Calls of one predictor on fixed random rows.
class Caller {
 public:
  Caller(Predictor& predictor, std::int64_t batch, std::uint64_t seed) : predictor_(predictor), batch_(batch) {
    const Preprocess& preprocess = predictor.artifact().preprocess;
    const DataFacts& facts = preprocess.facts;
    classifies_ = facts.task != "regression" &&
                  (!facts.shape.empty() || static_cast<std::int64_t>(preprocess.mean.size()) == input_width(facts));
    const std::int64_t width = input_width(facts);
    RandomStream random(seed, -1, "latency-rows");
    for (std::int64_t i = 0; i < batch * width; ++i) {
      // Within two spreads of what training saw; encoded rows are standardised already.
      const std::size_t statistic =
          preprocess.mean.empty() ? 0 : static_cast<std::size_t>(i % width) * preprocess.mean.size() / width;
      const double unit = random.uniform(-2, 2);
      rows_.push_back(
          static_cast<float>(classifies_ ? preprocess.mean[statistic] + unit * preprocess.spread[statistic] : unit));
    }
    classes_.resize(static_cast<std::size_t>(batch));
    values_.resize(static_cast<std::size_t>(batch * output_width(facts)));
  }

  void call() {
    if (classifies_) {
      predictor_.classify(rows_, batch_, classes_);
    } else {
      predictor_.run(rows_, batch_, values_);
    }
  }

  /// Milliseconds a call, over `calls` of them.
  double milliseconds(int calls) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) call();
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    return taken.count() / calls;
  }

  /// Calls that fill a block, after a warm-up.
  int calls_of_block() {
    milliseconds(20);
    return std::clamp(static_cast<int>(kBlockSeconds * 1e3 / milliseconds(20)), 1, 1000);
  }

 private:
  Predictor& predictor_;
  std::int64_t batch_;
  bool classifies_ = true;
  std::vector<float> rows_;
  std::vector<std::int64_t> classes_;
  std::vector<float> values_;
};

}  // namespace

LatencyFigure measure_latency(Predictor& source, Predictor& result, std::int64_t batch, std::uint64_t seed) {
  Caller a(source, batch, seed);
  Caller b(result, batch, seed);
  const int a_calls = a.calls_of_block();
  const int b_calls = b.calls_of_block();
  std::vector<double> a_ms;
  std::vector<double> b_ms;
  for (int block = 0; block < kLatencyBlocks; ++block) {
    a_ms.push_back(a.milliseconds(a_calls));
    b_ms.push_back(b.milliseconds(b_calls));
  }

  LatencyFigure figure;
  figure.batch = batch;
  figure.source_p50_ms = median(a_ms);
  figure.result_p50_ms = median(b_ms);
  figure.speedup = figure.source_p50_ms / figure.result_p50_ms;
  RandomStream random(seed, batch, "latency-bootstrap");
  std::vector<double> ratios;
  std::vector<double> a_sample(a_ms.size());
  std::vector<double> b_sample(b_ms.size());
  for (int sample = 0; sample < kResamples; ++sample) {
    for (std::size_t i = 0; i < a_ms.size(); ++i) {
      const std::int64_t block = random.index(kLatencyBlocks);
      a_sample[i] = a_ms[block];
      b_sample[i] = b_ms[block];
    }
    ratios.push_back(median(a_sample) / median(b_sample));
  }
  figure.speedup_low = quantile(ratios, 0.025);
  figure.speedup_high = quantile(ratios, 0.975);
  return figure;
}

}  // namespace hone
