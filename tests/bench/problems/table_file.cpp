#include "tests/bench/problems/table_file.h"

#include <hdf5.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/error.h"

namespace hone {
namespace {

/// An HDF5 identifier that closes itself.
class Handle {
 public:
  Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {
    if (id < 0) throw Error("bench::missing-data", "the table lacks a part or is damaged");
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close_(id_); }
  operator hid_t() const { return id_; }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

/// All elements of an array or attribute of variable-length texts, read by `read(memory type, target)`.
template <class Read>
std::vector<std::string> read_texts(hid_t space, std::size_t count, const Read& read) {
  const Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  std::vector<char*> pointers(count, nullptr);
  if (read(type, pointers.data()) < 0) throw Error("bench::missing-data", "the table has a text that cannot be read");
  std::vector<std::string> texts(pointers.begin(), pointers.end());
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
  return texts;
}

std::string text_attribute(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  const Handle space(H5Aget_space(attribute), H5Sclose);
  return read_texts(space, 1, [&](hid_t type, void* target) { return H5Aread(attribute, type, target); }).front();
}

std::vector<ParamValue> read_levels(hid_t dataset) {
  const Handle space(H5Dget_space(dataset), H5Sclose);
  const Handle type(H5Dget_type(dataset), H5Tclose);
  const auto count = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space));
  const auto read = [&](hid_t memory, void* target) {
    return H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, target);
  };
  std::vector<ParamValue> levels;
  if (H5Tget_class(type) == H5T_STRING) {
    for (const std::string& text : read_texts(space, count, read)) levels.emplace_back(text);
  } else if (H5Tget_class(type) == H5T_INTEGER) {
    std::vector<std::int64_t> numbers(count);
    read(H5T_NATIVE_INT64, numbers.data());
    levels.assign(numbers.begin(), numbers.end());
  } else {
    std::vector<double> numbers(count);
    read(H5T_NATIVE_DOUBLE, numbers.data());
    levels.assign(numbers.begin(), numbers.end());
  }
  return levels;
}

/// The number before the underscore of `3_learning_rate_init`: the axis order.
std::size_t axis_of(const std::string& name) {
  std::size_t number = 0;
  std::from_chars(name.data(), name.data() + name.size(), number);
  return number;
}

std::vector<TableAxis> read_axes(hid_t file) {
  const Handle group(H5Gopen2(file, "parameters", H5P_DEFAULT), H5Gclose);
  H5G_info_t info;
  H5Gget_info(group, &info);
  std::vector<TableAxis> axes(info.nlinks);
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    std::array<char, 256> name{};
    H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT);
    const Handle dataset(H5Dopen2(group, name.data(), H5P_DEFAULT), H5Dclose);
    TableAxis& axis = axes.at(axis_of(name.data()));
    axis.name = text_attribute(dataset, "name");
    axis.ordinal = text_attribute(dataset, "kind") == "ordinal";
    axis.levels = read_levels(dataset);
  }
  return axes;
}

}  // namespace

TableFile read_table(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) {
    throw Error("bench::missing-data", "`" + path.string() + "` does not exist");
  }
  const Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  const Handle objective(H5Dopen2(file, "objective", H5P_DEFAULT), H5Dclose);
  const Handle space(H5Dget_space(objective), H5Sclose);
  TableFile table;
  table.goal = text_attribute(objective, "direction") == "maximize" ? Goal::maximize : Goal::minimize;
  table.axes = read_axes(file);
  table.values.resize(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
  std::size_t configurations = 1;
  for (const TableAxis& axis : table.axes) configurations *= axis.levels.size();
  table.seeds = table.values.size() / configurations;
  const herr_t done = H5Dread(objective, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, table.values.data());
  if (done < 0 || table.seeds * configurations != table.values.size()) {
    throw Error("bench::missing-data", "`" + path.string() + "` has an objective that does not fit its axes");
  }
  return table;
}

}  // namespace hone
