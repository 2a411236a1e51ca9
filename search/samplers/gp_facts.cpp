#include "search/samplers/gp_facts.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace hone {
namespace {

using nlohmann::json;

json to_json(const GpFacts& facts) {
  return {{"lengths", facts.parameters.log_lengths},
          {"signal", facts.parameters.log_signal_variance},
          {"noise", facts.parameters.log_noise_variance},
          {"singles", facts.parameters.log_single_lengths},
          {"single", facts.parameters.log_single_variance},
          {"warp", to_text(facts.warp)},
          {"fitted", facts.fitted},
          {"warped", facts.warped},
          {"budget", facts.budget}};
}

std::optional<GpFacts> facts_in(const std::string& notes, std::size_t lengths, std::size_t model) {
  if (notes.find("\"models\"") == std::string::npos) return std::nullopt;
  const json all = json::parse(notes, nullptr, /*allow_exceptions=*/false);
  if (!all.is_object() || !all.contains("models") || all.at("models").size() <= model) return std::nullopt;
  const json& object = all.at("models").at(model);
  const auto warp = outcome_warp_named(object.at("warp").get<std::string>());
  GpFacts facts;
  facts.parameters.log_lengths = object.at("lengths").get<std::vector<double>>();
  if (!warp || facts.parameters.log_lengths.size() != lengths) return std::nullopt;
  facts.parameters.log_signal_variance = object.at("signal").get<double>();
  facts.parameters.log_single_lengths = object.at("singles").get<std::vector<double>>();
  facts.parameters.log_single_variance = object.at("single").get<double>();
  facts.parameters.log_noise_variance = object.at("noise").get<double>();
  facts.warp = *warp;
  facts.fitted = object.at("fitted").get<std::size_t>();
  facts.warped = object.at("warped").get<std::size_t>();
  facts.budget = object.at("budget").get<double>();
  return facts;
}

}  // namespace

std::string notes_of(std::string_view arm, std::span<const GpFacts> models) {
  json list = json::array();
  for (const GpFacts& facts : models) list.push_back(to_json(facts));
  return json{{"arm", arm}, {"models", std::move(list)}}.dump();
}

std::optional<GpFacts> newest_facts(const History& history, std::size_t lengths, std::size_t model) {
  for (auto trial = history.trials.rbegin(); trial != history.trials.rend(); ++trial) {
    if (auto facts = facts_in(trial->notes, lengths, model)) return facts;
  }
  return std::nullopt;
}

}  // namespace hone
