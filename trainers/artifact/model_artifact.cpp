#include "trainers/artifact/model_artifact.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "core/hash.h"
#include "datasets/hdf5_file.h"
#include "trainers/artifact/check_tensors.h"
#include "trainers/artifact/model_toml.h"

namespace hone {
namespace {

constexpr const char* kText = "model.toml";
constexpr const char* kWeights = "weights.h5";
constexpr const char* kCard = "card.json";
constexpr std::string_view kEdge = "edge/";
constexpr std::string_view kScale = "/scale";
constexpr std::string_view kZeroPoint = "/zero_point";

/// On disk an edge is one array {scale, zero point}: two would cost 250 bytes of headers for 8 bytes.
NamedArrays pack_edges(NamedArrays tensors) {
  NamedArrays packed;
  for (auto& [name, array] : tensors) {
    if (!name.starts_with(kEdge)) {
      packed[name] = std::move(array);
    } else if (name.ends_with(kScale)) {
      const std::string edge = name.substr(0, name.size() - kScale.size());
      const auto zero = tensors.at(edge + std::string(kZeroPoint)).as<std::int32_t>()[0];
      const std::array<float, 2> both = {array.as<float>()[0], static_cast<float>(zero)};
      packed[edge] = make_array<float>({2}, both);
    }
  }
  return packed;
}

NamedArrays unpack_edges(NamedArrays packed, const std::filesystem::path& file) {
  NamedArrays tensors;
  for (auto& [name, array] : packed) {
    if (!name.starts_with(kEdge)) {
      tensors[name] = std::move(array);
      continue;
    }
    const bool fits = array.type == DType::f32 && array.count() == 2;
    const float zero = fits ? array.as<float>()[1] : -1;
    if (!(zero >= 0 && zero <= 255) || zero != static_cast<float>(static_cast<std::int32_t>(zero))) {
      throw Error("model::bad-tensor", "`" + name + "` in `" + file.string() + "` is no scale and zero point", {},
                  ExitCode::damaged);
    }
    const std::array<float, 1> scale = {array.as<float>()[0]};
    const std::array<std::int32_t, 1> zero_point = {static_cast<std::int32_t>(zero)};
    tensors[name + std::string(kScale)] = make_array<float>({1}, scale);
    tensors[name + std::string(kZeroPoint)] = make_array<std::int32_t>({1}, zero_point);
  }
  return tensors;
}

nlohmann::json parse_card(const std::string& text, const std::filesystem::path& file) {
  const nlohmann::json card = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (card.is_object()) return card;
  throw Error("model::damaged", "`" + file.string() + "` is no JSON object", {}, ExitCode::damaged);
}

void check_hash(const nlohmann::json& card, const std::filesystem::path& folder, const char* name,
                const std::string& bytes) {
  const auto files = card.find("files");
  const bool listed = files != card.end() && files->is_object() && files->contains(name);
  if (listed && files->at(name) == sha256(bytes)) return;
  throw Error("model::damaged",
              "`" + (folder / name).string() + "` " +
                  (listed ? "was changed after the model was written: its SHA-256 is not the one in card.json"
                          : "has no SHA-256 in card.json"),
              {}, ExitCode::damaged);
}

void require_files(const std::filesystem::path& folder) {
  for (const char* name : {kCard, kText, kWeights}) {
    std::error_code problem;
    if (std::filesystem::exists(folder / name, problem)) continue;
    throw Error("model::missing", "`" + folder.string() + "` is no model folder: it has no " + name);
  }
}

void write_files(const std::filesystem::path& folder, const ModelArtifact& artifact) {
  nlohmann::json card = parse_card(artifact.card, folder / kCard);
  const std::string text = write_model_toml({artifact.model, artifact.preprocess});
  write_file(folder / kText, text, Durability::renamed);
  write_hdf5(folder / kWeights, {pack_edges(artifact.tensors), {}}, {.publish = false});
  card["files"] = {{kText, sha256(text)}, {kWeights, sha256_of_file(folder / kWeights)}};
  write_file(folder / kCard, card.dump(2) + "\n", Durability::renamed);
}

}  // namespace

void write_artifact(const std::filesystem::path& folder, const ModelArtifact& artifact) {
  check_tensors(artifact);
  const std::filesystem::path temporary = temporary_beside(folder);
  try {
    std::filesystem::create_directories(temporary);
    write_files(temporary, artifact);
    publish_folder(temporary, folder);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove_all(temporary, ignored);
    throw;
  }
}

ModelArtifact load_artifact(const std::filesystem::path& folder) {
  require_files(folder);
  ModelArtifact artifact;
  artifact.card = read_file(folder / kCard);
  const nlohmann::json card = parse_card(artifact.card, folder / kCard);
  const std::string text = read_file(folder / kText);
  check_hash(card, folder, kText, text);
  check_hash(card, folder, kWeights, read_file(folder / kWeights));
  ModelText content = read_model_toml(text, (folder / kText).string());
  artifact.model = std::move(content.model);
  artifact.preprocess = std::move(content.preprocess);
  artifact.tensors = unpack_edges(read_hdf5(folder / kWeights).arrays, folder / kWeights);
  check_tensors(artifact);
  return artifact;
}

std::int64_t weights_bytes(const std::filesystem::path& folder) {
  require_files(folder);
  return static_cast<std::int64_t>(std::filesystem::file_size(folder / kWeights));
}

}  // namespace hone
