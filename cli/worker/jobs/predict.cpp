#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/worker/compute.h"
#include "cli/worker/job.h"
#include "compress/predictor.h"
#include "core/files.h"

namespace hone {
namespace {

/// A field of a CSV line, quoted where its text asks for it.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// Shortest text that reads back as the same float.
std::string number_text(float value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::vector<double> softmax(std::span<const float> logits) {
  const double most = *std::max_element(logits.begin(), logits.end());
  std::vector<double> shares;
  double sum = 0;
  for (const float logit : logits) {
    shares.push_back(std::exp(logit - most));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

std::string header(const DataFacts& facts, bool proba) {
  std::string line = csv_field(facts.target.empty() ? "prediction" : facts.target);
  for (const std::string& name : facts.classes) {
    if (proba) line += "," + csv_field("p_" + name);
  }
  return line + "\n";
}

std::string prediction(const DataFacts& facts, std::span<const float> outputs, bool proba) {
  if (facts.task == "regression") return number_text(outputs[0]) + "\n";
  const auto best = std::max_element(outputs.begin(), outputs.end()) - outputs.begin();
  std::string line = csv_field(facts.classes[static_cast<std::size_t>(best)]);
  if (proba) {
    for (const double share : softmax(outputs)) line += "," + number_text(static_cast<float>(share));
  }
  return line + "\n";
}

}  // namespace

int run_predict(const nlohmann::json& brief, LineWriter& lines) {
  prepare_compute(brief);
  const std::unique_ptr<Predictor> predictor = make_predictor(brief.at("model").get<std::string>());
  const Preprocess& preprocess = predictor->artifact().preprocess;
  std::int64_t rows = 0;
  const std::vector<float> inputs = encode_file(preprocess, brief.at("input").get<std::string>(), &rows);
  const auto outputs = static_cast<std::size_t>(output_width(preprocess.facts));
  std::vector<float> results(static_cast<std::size_t>(rows) * outputs);
  predictor->run(inputs, rows, results);

  const bool proba = brief.value("proba", false);
  std::string text = header(preprocess.facts, proba);
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
    text += prediction(preprocess.facts, std::span<const float>(results).subspan(row * outputs, outputs), proba);
  }
  const std::filesystem::path folder = brief.at("folder").get<std::string>();
  write_file(folder / "predictions.csv", text, Durability::renamed);
  lines.result(folder, {{"rows", rows}, {"output", "predictions.csv"}});
  return 0;
}

}  // namespace hone
