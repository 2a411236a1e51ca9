# How every target of hone is built: one function for a library of the house, one for the torch header they share.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# A built program finds its libraries from where it lies: its folder may be moved.
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # The sloppiness lets ccache serve files compiled with the precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CCACHE_NOHASHDIR=1
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE_PROGRAM})
endif()

add_library(hone_options INTERFACE)
target_include_directories(hone_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
# Floating point must not depend on the compiler's mood: suggestions are reproduced bit for bit.
target_compile_options(hone_options INTERFACE -Wall -Wextra -ffp-contract=off $<$<BOOL:${HONE_WERROR}>:-Werror>)
if(HONE_SANITIZE)
  target_compile_options(hone_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
  target_link_options(hone_options INTERFACE -fsanitize=address,undefined)
else()
  target_compile_options(hone_options INTERFACE $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2> -fstack-protector-strong)
  target_link_options(hone_options INTERFACE -Wl,-z,relro,-z,now)
endif()

# All .cpp files of the folders (not below them), so that a new file needs no line here.
function(hone_sources OUT)
  set(sources)
  foreach(folder IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  set(${OUT} ${sources} PARENT_SCOPE)
endfunction()

# hone_library(NAME [TORCH] FOLDERS … [WITHOUT file…] [LINK …]) makes the static library hone_NAME.
function(hone_library NAME)
  cmake_parse_arguments(ARG "TORCH" "" "FOLDERS;WITHOUT;LINK" ${ARGN})
  hone_sources(sources ${ARG_FOLDERS})
  if(ARG_WITHOUT)
    list(REMOVE_ITEM sources ${ARG_WITHOUT})
  endif()
  list(TRANSFORM sources PREPEND ${CMAKE_SOURCE_DIR}/)
  if(NOT sources)
    add_library(hone_${NAME} INTERFACE)
    target_link_libraries(hone_${NAME} INTERFACE hone_options ${ARG_LINK})
    return()
  endif()
  add_library(hone_${NAME} STATIC ${sources})
  target_link_libraries(hone_${NAME} PUBLIC hone_options ${ARG_LINK})
  if(ARG_TORCH)
    hone_use_torch(hone_${NAME})
  endif()
endfunction()

# hone_levelled_library(NAME FOLDERS … WITH file… LINK …) makes the shared library hone_NAME for plain x86-64 beside the
# programs, and the same again for each higher level below glibc-hwcaps, where the loader looks first on machines that
# have the instructions. `WITH` are files of lower layers that it carries itself, so that it needs no other of our
# libraries.
function(hone_levelled_library NAME)
  cmake_parse_arguments(ARG "" "" "FOLDERS;WITH;LINK" ${ARGN})
  hone_sources(sources ${ARG_FOLDERS})
  list(APPEND sources ${ARG_WITH})
  list(TRANSFORM sources PREPEND ${CMAKE_SOURCE_DIR}/)
  set(place ${CMAKE_BINARY_DIR}/bin)
  add_library(hone_${NAME} SHARED ${sources})
  set_target_properties(hone_${NAME} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${place})
  set(targets hone_${NAME})
  set_property(GLOBAL APPEND PROPERTY HONE_LEVELLED_LIBRARIES hone_${NAME}=)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL x86_64 AND NOT HONE_SANITIZE)
    foreach(level x86-64-v3 x86-64-v4)
      set(target hone_${NAME}_${level})
      add_library(${target} SHARED ${sources})
      set_target_properties(${target} PROPERTIES
        OUTPUT_NAME hone_${NAME} LIBRARY_OUTPUT_DIRECTORY ${place}/glibc-hwcaps/${level})
      # g++ 12 takes the deliberately undefined registers of its own AVX-512 header for mistakes.
      target_compile_options(${target} PRIVATE -march=${level} -Wno-uninitialized -Wno-maybe-uninitialized)
      add_dependencies(hone_${NAME} ${target})
      list(APPEND targets ${target})
      set_property(GLOBAL APPEND PROPERTY HONE_LEVELLED_LIBRARIES ${target}=/glibc-hwcaps/${level})
    endforeach()
  endif()
  foreach(target IN LISTS targets)
    target_link_libraries(${target} PUBLIC hone_options ${ARG_LINK})
    # Its own functions, not those of the program with the same names, which were built for plain x86-64.
    target_link_options(${target} PRIVATE -Wl,-Bsymbolic)
  endforeach()
endfunction()

# hone_limbo_library() makes the library hone_limbo of search/limbo from a limbo that is found, never vendored: LIMBO_ROOT
# is its folder (the one with src/limbo), NLopt its C++ library. No other target meets their headers and macros.
function(hone_limbo_library)
  find_path(LIMBO_INCLUDE limbo/model/gp.hpp HINTS ${LIMBO_ROOT} PATH_SUFFIXES src include REQUIRED
    DOC "Folder of limbo's headers")
  find_path(NLOPT_INCLUDE nlopt.hpp REQUIRED DOC "Folder of NLopt's C++ header")
  find_library(NLOPT_LIBRARY nlopt REQUIRED DOC "NLopt")
  find_library(NLOPT_CXX_LIBRARY nlopt_cxx REQUIRED DOC "NLopt for C++")
  hone_library(limbo FOLDERS search/limbo LINK Eigen3::Eigen)
  target_include_directories(hone_limbo SYSTEM PRIVATE ${LIMBO_INCLUDE} ${NLOPT_INCLUDE})
  target_compile_definitions(hone_limbo PRIVATE USE_NLOPT)
  target_link_libraries(hone_limbo PRIVATE ${NLOPT_CXX_LIBRARY} ${NLOPT_LIBRARY})
endfunction()

# The precompiled header of everything that includes torch; all torch targets share its flags.
function(hone_torch_header)
  file(WRITE ${CMAKE_BINARY_DIR}/generated/torch_header.cpp.new "// Carries the precompiled header.\n")
  configure_file(${CMAKE_BINARY_DIR}/generated/torch_header.cpp.new ${CMAKE_BINARY_DIR}/generated/torch_header.cpp COPYONLY)
  add_library(hone_torch_header OBJECT ${CMAKE_BINARY_DIR}/generated/torch_header.cpp)
  target_link_libraries(hone_torch_header PUBLIC hone_options LibTorch::torch)
  target_compile_options(hone_torch_header PRIVATE -fpch-preprocess)
  target_precompile_headers(hone_torch_header PRIVATE <torch/torch.h> <nlohmann/json.hpp>)
endfunction()

function(hone_use_torch TARGET)
  target_link_libraries(${TARGET} PUBLIC LibTorch::torch)
  target_compile_options(${TARGET} PRIVATE -fpch-preprocess)
  target_precompile_headers(${TARGET} REUSE_FROM hone_torch_header)
endfunction()

# version.cpp is the only generated source: project version and git hash.
function(hone_version TARGET)
  execute_process(COMMAND git -C ${CMAKE_SOURCE_DIR} describe --always --dirty --abbrev=12
    OUTPUT_VARIABLE HONE_GIT_HASH OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT HONE_GIT_HASH)
    set(HONE_GIT_HASH unknown)
  endif()
  configure_file(${CMAKE_SOURCE_DIR}/cmake/version.cpp.in ${CMAKE_BINARY_DIR}/generated/version.cpp @ONLY)
  target_sources(${TARGET} PRIVATE ${CMAKE_BINARY_DIR}/generated/version.cpp)
endfunction()
