#include "datasets/dataset_store.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/error.h"
#include "core/hash.h"
#include "datasets/hdf5_file.h"

namespace hone {
namespace {

constexpr const char* kFormat = "1";
constexpr std::int64_t kAlignment = 64;

using Locations = std::map<std::string, ArrayLocation>;

std::string_view text_of(const Array& array) {
  return {reinterpret_cast<const char*>(array.bytes.data()), array.bytes.size()};
}

Array text_array(const std::string& text) {
  return make_array<std::uint8_t>({static_cast<std::int64_t>(text.size())},
                                  {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

[[noreturn]] void throw_damaged(const std::filesystem::path& file, const std::string& what) {
  throw Error("data::damaged", "dataset file `" + file.string() + "` " + what, {}, ExitCode::damaged);
}

}  // namespace

std::string content_hash(const NamedArrays& arrays) {
  Sha256 hash;
  for (const auto& [name, array] : arrays) {
    hash.update(name);
    hash.update(text_of(array));
  }
  return hash.hex();
}

DataFacts write_dataset(const std::filesystem::path& file, DataFacts facts, NamedArrays arrays,
                        const std::string& source) {
  facts.hash.clear();
  nlohmann::json schema = to_json_object(facts);
  schema.erase("encoding");  // chosen per study, later
  arrays["schema"] = text_array(schema.dump());
  facts.hash = content_hash(arrays);
  Hdf5Content content;
  content.arrays = std::move(arrays);
  content.attributes = {
      {"format", kFormat}, {"rows", std::to_string(facts.rows)}, {"hash", facts.hash}, {"source", source}};
  write_hdf5(file, content, {.alignment = kAlignment});
  return facts;
}

/// A file mapped read-only for as long as anybody looks at it.
struct Dataset::Mapping {
  explicit Mapping(const std::filesystem::path& file) : path(file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (descriptor < 0 || ::fstat(descriptor, &status) != 0) throw_damaged(file, "cannot be opened");
    bytes = static_cast<std::size_t>(status.st_size);
    start = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (start == MAP_FAILED) throw_damaged(file, "cannot be mapped");
  }
  ~Mapping() { ::munmap(start, bytes); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  /// The array of that name, checked for type and shape; empty when the file has none.
  template <class T>
  std::span<const T> array(const Locations& locations, const std::string& name,
                           const std::vector<std::int64_t>& shape) const {
    const auto found = locations.find(name);
    if (found == locations.end()) return {};
    const ArrayLocation& location = found->second;
    std::uint64_t count = 1;
    for (std::int64_t size : shape) count *= static_cast<std::uint64_t>(size);
    const auto offset = static_cast<std::uint64_t>(location.offset);
    // The file may have been exchanged between the look at its table of arrays and the mapping.
    const bool inside = offset <= bytes && count <= (bytes - offset) / sizeof(T);
    if (location.type != dtype_of<T>() || location.shape != shape || !inside || offset % alignof(T) != 0) {
      throw_damaged(path, "holds an array `" + name + "` that does not fit its schema");
    }
    return {reinterpret_cast<const T*>(static_cast<const char*>(start) + offset), count};
  }

  std::filesystem::path path;
  void* start = MAP_FAILED;
  std::size_t bytes = 0;
};

namespace {

DataFacts facts_in(const std::filesystem::path& file, std::span<const std::uint8_t> schema,
                   const std::map<std::string, std::string>& attributes) {
  DataFacts facts;
  try {
    facts = facts_from_json(nlohmann::json::parse(schema.begin(), schema.end()));
  } catch (const nlohmann::json::exception&) {
    throw_damaged(file, "has a damaged schema");
  }
  facts.hash = attributes.at("hash");
  return facts;
}

/// Codes index tables later: one outside its range must not come in.
template <class T>
void require_codes(const std::filesystem::path& file, std::span<const T> codes, std::size_t first, std::size_t step,
                   std::int64_t low, std::int64_t high) {
  for (std::size_t i = first; i < codes.size(); i += step) {
    if (codes[i] < low || codes[i] >= high) throw_damaged(file, "holds a code that its schema does not know");
  }
}

void require_nominal_codes(const std::filesystem::path& file, std::span<const std::int32_t> codes,
                           const DataFacts& facts) {
  const auto step = static_cast<std::size_t>(kept_columns(facts, "nominal"));
  std::size_t first = 0;
  for (const ColumnFacts& column : facts.columns) {
    if (column.type != "nominal" || column.dropped) continue;
    require_codes(file, codes, first++, step, -1, static_cast<std::int64_t>(column.levels.size()));
  }
}

}  // namespace

Dataset Dataset::open(const std::filesystem::path& file) {
  std::map<std::string, std::string> attributes;
  const Locations locations = locate_arrays(file, &attributes);
  const auto schema = locations.find("schema");
  if (!attributes.contains("format") || !attributes.contains("hash") || schema == locations.end() ||
      schema->second.shape.size() != 1) {
    throw_damaged(file, "is no dataset file of hone");
  }
  if (attributes["format"] != kFormat) {
    throw_damaged(file, "has format " + attributes["format"] + ", this hone reads format " + kFormat);
  }
  const auto mapping = std::make_shared<const Mapping>(file);
  Dataset dataset;
  dataset.mapping_ = mapping;
  dataset.facts_ = facts_in(file, mapping->array<std::uint8_t>(locations, "schema", schema->second.shape), attributes);
  dataset.source_ = attributes["source"];
  const DataFacts& facts = dataset.facts_;
  const std::int64_t rows = facts.rows;
  dataset.numeric_ = mapping->array<float>(locations, "numeric", {rows, kept_columns(facts, "numeric")});
  dataset.nominal_ = mapping->array<std::int32_t>(locations, "nominal", {rows, kept_columns(facts, "nominal")});
  std::vector<std::int64_t> image = {rows};
  image.insert(image.end(), facts.shape.begin(), facts.shape.end());
  dataset.image_ = mapping->array<std::uint8_t>(locations, "image", image);
  const bool classification = facts.task == "classification";
  if (classification) dataset.classes_ = mapping->array<std::int64_t>(locations, "target", {rows});
  if (!classification) dataset.values_ = mapping->array<double>(locations, "target", {rows});
  dataset.parts_ = mapping->array<std::uint8_t>(locations, "part", {rows});

  const bool complete = dataset.numeric_.size() == static_cast<std::size_t>(rows * kept_columns(facts, "numeric")) &&
                        dataset.nominal_.size() == static_cast<std::size_t>(rows * kept_columns(facts, "nominal")) &&
                        dataset.image_.empty() == facts.shape.empty() &&
                        dataset.classes_.size() + dataset.values_.size() == static_cast<std::size_t>(rows) && rows > 0;
  if (!complete) throw_damaged(file, "lacks an array that its schema names");
  require_codes(file, dataset.classes_, 0, 1, 0, static_cast<std::int64_t>(facts.classes.size()));
  require_nominal_codes(file, dataset.nominal_, facts);
  require_codes(file, dataset.parts_, 0, 1, 0, 3);
  return dataset;
}

}  // namespace hone
