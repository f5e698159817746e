# The package for Debian: cpack -G DEB in a build folder, which `./rota package` does. It needs dpkg-dev and file.
set(CPACK_PACKAGE_NAME rota)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_CONTACT "The maintainers of Rota")
set(CPACK_PACKAGE_VENDOR Rota)
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # what the programs need
# What a project with policies of its own needs beside it: as a build of Rota does.
file(STRINGS cmake/packages.txt needed REGEX "^[a-z].* run$")
list(TRANSFORM needed REPLACE " .*" "")
list(JOIN needed ", " CPACK_DEBIAN_PACKAGE_SUGGESTS)
install(FILES LICENSE DESTINATION share/doc/rota RENAME copyright)
include(CPack)
