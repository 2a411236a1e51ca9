#include "trainers/checkpoint.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/hash.h"
#include "core/text.h"
#include "datasets/hdf5_file.h"

namespace hone {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "checkpoint-";
constexpr std::string_view kSuffix = ".h5";
constexpr std::size_t kKept = 2;

json to_json(const EpochReport& report) {
  return {{"epoch", report.epoch}, {"train_loss", report.train_loss}, {"validation", report.validation}};
}

EpochReport report_from(const json& object) {
  EpochReport report;
  report.epoch = object.at("epoch").get<std::int64_t>();
  report.train_loss = object.at("train_loss").get<double>();
  report.validation = object.at("validation").get<std::map<std::string, double>>();
  return report;
}

json to_json(const TrainingState& state, std::int64_t steps) {
  json object = {{"epoch", state.epoch}, {"epochs_without_better", state.epochs_without_better}, {"steps", steps}};
  if (state.best) object["best"] = to_json(state.best->report);
  if (state.last) object["last"] = to_json(*state.last);
  return object;
}

void insert_under(NamedArrays& all, const std::string& folder, NamedArrays part) {
  for (auto& [name, array] : part) all[folder + name] = std::move(array);
}

NamedArrays arrays_under(const NamedArrays& all, const std::string& folder) {
  NamedArrays part;
  for (const auto& [name, array] : all) {
    if (name.starts_with(folder)) part[name.substr(folder.size())] = array;
  }
  return part;
}

/// CRC-32C over names and bytes: HDF5 itself does not notice a changed byte of an array.
std::string checksum(const NamedArrays& arrays, const std::string& state) {
  std::uint32_t crc = crc32c(state);
  for (const auto& [name, array] : arrays) {
    crc = crc32c(name, crc);
    crc = crc32c({reinterpret_cast<const char*>(array.bytes.data()), array.bytes.size()}, crc);
  }
  return std::to_string(crc);
}

/// Epoch of a checkpoint's name; nothing for other names.
std::optional<std::int64_t> epoch_of(const std::string& name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
  return parse_integer(std::string_view(name).substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size()));
}

/// Names of a folder's checkpoints, newest first.
std::vector<std::string> checkpoints_in(const fs::path& folder) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (const auto epoch = epoch_of(name)) found.emplace_back(*epoch, std::move(name));
  }
  std::sort(found.rbegin(), found.rend());
  std::vector<std::string> names;
  for (auto& [epoch, name] : found) names.push_back(std::move(name));
  return names;
}

/// Restores from one file. Throws Error for anything that makes it unusable; the training may then be half restored,
/// and the next file or `start_over` overwrites all of it.
void restore(Training& training, Model& model, const fs::path& file, const std::string& identity) {
  const Hdf5Content content = read_hdf5(file);
  const auto attribute = [&](const std::string& name) {
    const auto found = content.attributes.find(name);
    if (found == content.attributes.end()) throw Error("checkpoint::foreign", "it is no checkpoint");
    return found->second;
  };
  if (attribute("identity") != identity) {
    throw Error("checkpoint::foreign", "it belongs to another model, option, seed or data set");
  }
  const std::string text = attribute("state");
  if (attribute("crc32c") != checksum(content.arrays, text)) throw Error("checkpoint::damaged", "it is damaged");
  const json object = json::parse(text);
  TrainingState state;
  state.epoch = object.at("epoch").get<std::int64_t>();
  state.epochs_without_better = object.at("epochs_without_better").get<std::int64_t>();
  if (object.contains("best")) {
    state.best = BestEpoch{report_from(object["best"]), arrays_under(content.arrays, "best/")};
  }
  if (object.contains("last")) state.last = report_from(object["last"]);
  load_arrays(model, arrays_under(content.arrays, "model/"));
  training.optimizer().restore(arrays_under(content.arrays, "moments/"), object.at("steps").get<std::int64_t>());
  training.state() = std::move(state);
}

}  // namespace

std::string training_identity(const Training& training, const std::string& data_hash) {
  const json all = {{"model", to_json_object(training.model().spec())},
                    {"trainer", to_json_object(training.options())},
                    {"seed", std::to_string(training.seed())},
                    {"data", data_hash}};
  return sha256(all.dump());
}

std::string write_checkpoint(const fs::path& folder, const Training& training, const std::string& identity) {
  Hdf5Content content;
  insert_under(content.arrays, "model/", to_arrays(training.model()));
  insert_under(content.arrays, "moments/", training.optimizer().moments());
  if (training.state().best) insert_under(content.arrays, "best/", training.state().best->tensors);
  const std::string state = to_json(training.state(), training.optimizer().steps()).dump();
  content.attributes = {
      {"format", "1"}, {"identity", identity}, {"state", state}, {"crc32c", checksum(content.arrays, state)}};
  const std::string name = std::string(kPrefix) + std::to_string(training.state().epoch) + std::string(kSuffix);
  write_hdf5(folder / name, content);
  const std::vector<std::string> names = checkpoints_in(folder);
  for (std::size_t i = kKept; i < names.size(); ++i) {
    std::error_code ignored;  // an old checkpoint that stays is only untidy
    fs::remove(folder / names[i], ignored);
  }
  return name;
}

std::string resume_training(Training& training, const fs::path& folder, const std::string& wanted,
                            const std::string& identity, const std::function<void(const std::string&)>& note) {
  if (wanted.empty()) return {};
  std::vector<std::string> candidates = {wanted};
  for (const std::string& name : checkpoints_in(folder)) {
    if (epoch_of(name) < epoch_of(wanted)) candidates.push_back(name);
  }
  const NamedArrays fresh = to_arrays(training.model());
  const NamedArrays no_moments = training.optimizer().moments();
  Model model = training.model();  // shares the tensors
  for (const std::string& name : candidates) {
    try {
      restore(training, model, folder / name, identity);
      return name;
    } catch (const Error& error) {
      note("cannot resume from " + name + ": " + error.diagnostics().front().message);
    } catch (const json::exception&) {
      note("cannot resume from " + name + ": it is damaged");
    }
  }
  load_arrays(model, fresh);
  training.optimizer().restore(no_moments, 0);
  training.state() = {};
  note("the training starts again from nothing");
  return {};
}

}  // namespace hone
