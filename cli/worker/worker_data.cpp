#include "cli/worker/worker_data.h"

#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "core/error.h"

namespace hone {
namespace {

/// What tells a file from another one under the same name.
std::string stamp(const std::string& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) throw Error("file::unreadable", "there is no file " + file);
  return file + " " + std::to_string(info.st_ino) + " " + std::to_string(info.st_size) + " " +
         std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec);
}

std::shared_ptr<const WorkerData> load(const std::string& file, const std::string& split, const InputEncoding& encoding,
                                       int fold, c10::Device device) {
  Dataset dataset = Dataset::open(file);
  const Folds folds = read_split(split);
  if (static_cast<std::int64_t>(folds.size()) != dataset.rows()) {
    throw Error("data::bad-split", split + " splits " + std::to_string(folds.size()) + " rows, the data set has " +
                                       std::to_string(dataset.rows()));
  }
  auto data = std::make_shared<WorkerData>();
  data->rows = rows_of(folds, fold);
  data->preprocess = fit_preprocess(dataset, data->rows.train, encoding);
  data->train = make_tensor_data(data->preprocess, dataset, data->rows.train, device);
  data->validation = make_tensor_data(data->preprocess, dataset, data->rows.validation, device);
  data->dataset = std::move(dataset);
  return data;
}

}  // namespace

std::shared_ptr<const WorkerData> open_worker_data(const nlohmann::json& dataset, int fold, c10::Device device) {
  struct Kept {
    std::string key;
    std::shared_ptr<const WorkerData> data;
  };
  static Kept kept;  // one worker runs one job at a time
  const auto file = dataset.at("file").get<std::string>();
  const auto split = dataset.at("split").get<std::string>();
  const InputEncoding encoding = {dataset.value("numeric", InputEncoding{}.numeric),
                                  dataset.value("categories", InputEncoding{}.categories)};
  const std::string key = stamp(file) + "\n" + stamp(split) + "\n" + encoding.numeric + "\n" + encoding.categories +
                          "\n" + std::to_string(fold) + "\n" + device.str();
  if (kept.key != key) {
    kept = {};  // two data sets need not fit at once
    kept = {key, load(file, split, encoding, fold, device)};
  }
  return kept.data;
}

}  // namespace hone
