#include <nlohmann/json.hpp>

#include "configs/spec_json.h"
#include "core/error.h"

namespace hone {

namespace {

/// Reads a member into `target` when it is there.
template <class T>
void read(const nlohmann::json& object, const char* key, T& target) {
  if (const auto found = object.find(key); found != object.end()) found->get_to(target);
}

}  // namespace

nlohmann::json to_json_object(const SplitSpec& spec) {
  return {{"kind", spec.kind}, {"validation", spec.validation}, {"test", spec.test},
          {"seed", spec.seed}, {"stratify", spec.stratify},     {"by", spec.by}};
}

SplitSpec split_spec_from_json(const nlohmann::json& object) {
  try {
    SplitSpec spec;
    read(object, "kind", spec.kind);
    read(object, "validation", spec.validation);
    read(object, "test", spec.test);
    read(object, "seed", spec.seed);
    read(object, "stratify", spec.stratify);
    read(object, "by", spec.by);
    return spec;
  } catch (const nlohmann::json::exception& error) {
    throw Error("protocol::bad-brief", std::string("the brief's split cannot be read: ") + error.what());
  }
}

nlohmann::json to_json_object(const DatasetSpec& spec) {
  nlohmann::json object = {{"source", spec.source},
                           {"format", spec.format},
                           {"shape", spec.shape},
                           {"target", spec.target},
                           {"task", spec.task},
                           {"split", to_json_object(spec.split)},
                           {"header", spec.header},
                           {"columns", spec.columns},
                           {"separator", spec.separator},
                           {"missing", spec.missing},
                           {"drop", spec.drop},
                           {"numeric", spec.numeric},
                           {"relabel", spec.relabel},
                           {"image_size", spec.image_size},
                           {"categorical", spec.categorical},
                           {"integers", spec.integers},
                           {"categories", spec.categories}};
  object["files"] = {{"train", spec.files.train}, {"validation", spec.files.validation}, {"test", spec.files.test}};
  if (spec.limit) object["limit"] = *spec.limit;
  return object;
}

DatasetSpec dataset_spec_from_json(const nlohmann::json& object) {
  try {
    DatasetSpec spec;
    read(object, "source", spec.source);
    if (object.contains("files")) {
      read(object.at("files"), "train", spec.files.train);
      read(object.at("files"), "validation", spec.files.validation);
      read(object.at("files"), "test", spec.files.test);
    }
    read(object, "format", spec.format);
    read(object, "shape", spec.shape);
    read(object, "target", spec.target);
    read(object, "task", spec.task);
    if (object.contains("split")) spec.split = split_spec_from_json(object.at("split"));
    read(object, "header", spec.header);
    read(object, "columns", spec.columns);
    read(object, "separator", spec.separator);
    read(object, "missing", spec.missing);
    read(object, "drop", spec.drop);
    read(object, "numeric", spec.numeric);
    read(object, "relabel", spec.relabel);
    read(object, "image_size", spec.image_size);
    read(object, "categorical", spec.categorical);
    read(object, "integers", spec.integers);
    read(object, "categories", spec.categories);
    if (object.contains("limit")) spec.limit = object.at("limit").get<std::int64_t>();
    return spec;
  } catch (const nlohmann::json::exception& error) {
    throw Error("protocol::bad-brief", std::string("the brief's dataset cannot be read: ") + error.what());
  }
}

}  // namespace hone
