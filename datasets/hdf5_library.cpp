#include "datasets/hdf5_library.h"

#include <cstdlib>
#include <string>

#include "datasets/hdf5_file.h"

namespace hone {

std::unique_lock<std::mutex> lock_hdf5() {
  static std::mutex mutex;
  std::unique_lock<std::mutex> lock(mutex);
  static const int no_plugins = setenv("HDF5_PLUGIN_PRELOAD", "::", 1);
  static_cast<void>(no_plugins);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // every thread has an error stack of its own
  return lock;
}

std::string hdf5_version() {
  const auto lock = lock_hdf5();
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  H5get_libversion(&major, &minor, &release);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

hid_t hdf5_type(DType type) {
  switch (type) {
    case DType::f32:
      return H5T_IEEE_F32LE;
    case DType::f64:
      return H5T_IEEE_F64LE;
    case DType::u8:
      return H5T_STD_U8LE;
    case DType::s8:
      return H5T_STD_I8LE;
    case DType::i16:
      return H5T_STD_I16LE;
    case DType::i32:
      return H5T_STD_I32LE;
    case DType::i64:
      return H5T_STD_I64LE;
  }
  return -1;
}

}  // namespace hone
