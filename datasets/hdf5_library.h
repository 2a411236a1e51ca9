#pragma once

#include <hdf5.h>

#include <mutex>
#include <utility>

#include "datasets/array.h"

namespace hone {

/// An HDF5 identifier that closes itself. Negative = the call failed.
class Hdf5Handle {
 public:
  Hdf5Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Handle(const Hdf5Handle&) = delete;
  Hdf5Handle& operator=(const Hdf5Handle&) = delete;
  ~Hdf5Handle() { close(); }
  bool close() { return id_ < 0 || close_(std::exchange(id_, -1)) >= 0; }
  bool valid() const { return id_ >= 0; }
  operator hid_t() const { return id_; }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

/// HDF5 keeps global state: one call at a time, no plugins, no error stack on stderr. Hold the lock over every call.
std::unique_lock<std::mutex> lock_hdf5();

/// The type of numbers as it stands in files: little endian.
hid_t hdf5_type(DType type);

}  // namespace hone
