#include "search/samplers/cmaes_notes.h"

#include <nlohmann/json.hpp>

namespace hone {
namespace {

using nlohmann::json;

json to_json(const CmaesRun& run) {
  json object = {{"population", run.population}, {"sigma", run.sigma}, {"large", run.large}};
  if (run.limit) object["limit"] = *run.limit;
  return object;
}

CmaesRun run_in(const json& object) {
  CmaesRun run;
  run.population = object.at("population").get<std::int64_t>();
  run.sigma = object.at("sigma").get<double>();
  run.large = object.at("large").get<bool>();
  if (object.contains("limit")) run.limit = object.at("limit").get<std::int64_t>();
  return run;
}

}  // namespace

std::string to_notes(const CmaesNote& note) {
  json object = {{"run", note.run}, {"generation", note.generation}, {"draw", note.draw}};
  if (note.parents) object["parents"] = *note.parents;
  if (note.start) object["start"] = to_json(*note.start);
  return json{{"arm", "cmaes"}, {"cmaes", std::move(object)}}.dump();
}

std::optional<CmaesNote> cmaes_note_in(const std::string& notes) {
  if (notes.find("\"cmaes\":{") == std::string::npos) return std::nullopt;
  const json all = json::parse(notes, nullptr, /*allow_exceptions=*/false);
  if (!all.is_object() || !all.contains("cmaes")) return std::nullopt;
  const json& object = all.at("cmaes");
  CmaesNote note;
  note.run = object.at("run").get<std::int64_t>();
  note.generation = object.at("generation").get<std::int64_t>();
  note.draw = object.at("draw").get<std::int64_t>();
  if (object.contains("parents")) note.parents = object.at("parents").get<std::vector<std::int64_t>>();
  if (object.contains("start")) note.start = run_in(object.at("start"));
  return note;
}

}  // namespace hone
