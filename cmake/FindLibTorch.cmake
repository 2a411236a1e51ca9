# Finds LibTorch without its own CMake files, whose CUDA part wants a whole toolkit: TORCH_ROOT (variable or environment),
# CMAKE_PREFIX_PATH, else .deps/libtorch as cmake/setup unpacked it. Makes LibTorch::torch (torch_cpu and c10 only).

set(_roots)
foreach(root "${TORCH_ROOT}" "$ENV{TORCH_ROOT}")
  if(root)
    list(APPEND _roots ${root})
  endif()
endforeach()
find_path(LIBTORCH_INCLUDE torch/csrc/api/include/torch/version.h
  HINTS ${_roots} ${CMAKE_SOURCE_DIR}/.deps/libtorch/torch PATH_SUFFIXES include)
cmake_path(GET LIBTORCH_INCLUDE PARENT_PATH LIBTORCH_ROOT)
find_library(LIBTORCH_CPU torch_cpu HINTS ${LIBTORCH_ROOT}/lib NO_DEFAULT_PATH)
find_library(LIBTORCH_C10 c10 HINTS ${LIBTORCH_ROOT}/lib NO_DEFAULT_PATH)
if(LIBTORCH_INCLUDE)
  set(_header ${LIBTORCH_INCLUDE}/torch/headeronly/version.h)
  if(NOT EXISTS ${_header})
    set(_header ${LIBTORCH_INCLUDE}/torch/csrc/api/include/torch/version.h)
  endif()
  file(STRINGS ${_header} _version REGEX "define TORCH_VERSION ")
  string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" LibTorch_VERSION "${_version}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch REQUIRED_VARS LIBTORCH_CPU LIBTORCH_C10 LIBTORCH_INCLUDE
  VERSION_VAR LibTorch_VERSION
  REASON_FAILURE_MESSAGE "run cmake/setup, or set TORCH_ROOT to an unpacked LibTorch 2.11")
mark_as_advanced(LIBTORCH_INCLUDE LIBTORCH_CPU LIBTORCH_C10)

if(LibTorch_FOUND AND NOT TARGET LibTorch::torch)
  add_library(LibTorch::torch INTERFACE IMPORTED)
  target_include_directories(LibTorch::torch INTERFACE ${LIBTORCH_INCLUDE} ${LIBTORCH_INCLUDE}/torch/csrc/api/include)
  target_link_libraries(LibTorch::torch INTERFACE ${LIBTORCH_CPU} ${LIBTORCH_C10})
  # libtorch_cpu needs CUDA libraries that its own rpath finds at run time, not the linker.
  target_link_options(LibTorch::torch INTERFACE -Wl,--allow-shlib-undefined)
endif()
