# Read by cpack for each kind of package: the small tarball is hone with what it links, the .deb is all of it and
# depends on Debian's libraries.
if(CPACK_GENERATOR STREQUAL DEB)
  set(CPACK_COMPONENTS_ALL hone worker)
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
  set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY OFF)  # only a tarball unpacks into a folder of its own
  # Found beside the programs, by no package's list.
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CPACK_TEMPORARY_DIRECTORY}/usr/lib/hone)
else()
  set(CPACK_COMPONENTS_ALL hone hone_libraries)
endif()
