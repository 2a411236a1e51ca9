# What is installed and packed. The tree may lie anywhere: programs find their libraries from where they lie.
#   bin/hone   lib/hone/ hone-worker and libraries   share/hone/ shipped specs and data   share/ manual pages, completions
# Components: `hone` alone runs every command trainer; `worker` is what needs LibTorch; `hone_libraries` and
# `worker_libraries` are the Debian libraries that each links, which a tarball carries and a .deb depends on.

set(part lib/hone)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

install(TARGETS hone RUNTIME_DEPENDENCY_SET hone_needs RUNTIME DESTINATION bin COMPONENT hone)
set_target_properties(hone PROPERTIES INSTALL_RPATH "$ORIGIN/../${part}")
get_property(levelled GLOBAL PROPERTY HONE_LEVELLED_LIBRARIES)
foreach(entry IN LISTS levelled)
  string(REPLACE "=" ";" entry "${entry}")
  list(GET entry 0 target)
  list(GET entry 1 level_folder)  # "" or "/glibc-hwcaps/x86-64-v3"
  install(TARGETS ${target} LIBRARY DESTINATION ${part}${level_folder} COMPONENT hone)
  set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN:$ORIGIN/../..")
endforeach()

# The C library and its parts are the system's, everywhere.
set(system_libraries "^ld-linux" "^linux-vdso" "^lib(c|m|dl|rt|pthread|resolv|util)\\.so")
install(RUNTIME_DEPENDENCY_SET hone_needs PRE_EXCLUDE_REGEXES ${system_libraries} "^libhone_"
  LIBRARY DESTINATION ${part} COMPONENT hone_libraries)

if(HONE_TORCH)
  install(TARGETS hone-worker RUNTIME_DEPENDENCY_SET worker_needs RUNTIME DESTINATION ${part} COMPONENT worker)
  set_target_properties(hone-worker PROPERTIES INSTALL_RPATH "$ORIGIN")
  # LibTorch and the NVIDIA libraries it links are ours to bring; all else comes from Debian.
  install(RUNTIME_DEPENDENCY_SET worker_needs PRE_EXCLUDE_REGEXES ${system_libraries}
    POST_EXCLUDE_REGEXES "^(/usr)?/lib/" LIBRARY DESTINATION ${part} COMPONENT worker)
  install(TARGETS hone-worker RUNTIME_DEPENDENCY_SET worker_system_needs RUNTIME DESTINATION ${part}
    COMPONENT worker_libraries)
  install(RUNTIME_DEPENDENCY_SET worker_system_needs PRE_EXCLUDE_REGEXES ${system_libraries} "^lib(torch|c10|cu)"
    LIBRARY DESTINATION ${part} COMPONENT worker_libraries)
endif()

install(DIRECTORY configs/ DESTINATION share/hone/configs COMPONENT hone FILES_MATCHING PATTERN "*.toml")
install(DIRECTORY configs/examples DESTINATION share/hone/configs COMPONENT hone)
install(DIRECTORY datasets/bundled DESTINATION share/hone/datasets COMPONENT hone)
install(FILES README.md LICENSE DESTINATION share/doc/hone COMPONENT hone)
# Manual pages and completions come out of the program itself.
install(CODE "set(HONE_PROGRAM \"$<TARGET_FILE:hone>\")" COMPONENT hone)
install(SCRIPT cmake/install_pages.cmake COMPONENT hone)
install(SCRIPT cmake/install_licences.cmake COMPONENT hone_libraries)

set(CPACK_PACKAGE_NAME hone)
set(CPACK_PACKAGE_VENDOR "the hone project")
set(CPACK_PACKAGE_CONTACT "the hone project <hone@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Tune, train, shrink: search, training and compression from one TOML file")
set(CPACK_PACKAGE_FILE_NAME hone-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR TGZ)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_PACKAGING_INSTALL_PREFIX /)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/cmake/pack_options.cmake)
include(CPack)
