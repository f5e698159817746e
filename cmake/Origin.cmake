# Where a project stands now, as C++: cmake -DPROJECT=… -DFOLDER=… -DBINARY=… -DSHARE=… -DCOMPILER=… -DFLAGS=… -DOUT=…
# -P Origin.cmake, at each build of a rota_program(). OUT is written only if something is new.
#
# The hash of the sources is that of what `sha256sum` prints of all C++ and CMake files below FOLDER, sorted, without those
# in hidden folders and in build folders:
#   find . \( -name CMakeLists.txt -o -name '*.hpp' … \) -printf '%P\n' | LC_ALL=C sort | xargs sha256sum | sha256sum
set(ORIGIN_SHARE "${SHARE}")
set(ORIGIN_PROJECT "${PROJECT}")
set(ORIGIN_COMPILER "${COMPILER}")
set(ORIGIN_FLAGS "${FLAGS}")

include("${CMAKE_CURRENT_LIST_DIR}/Commit.cmake")
cmake_path(RELATIVE_PATH BINARY BASE_DIRECTORY "${FOLDER}" OUTPUT_VARIABLE own)
if(own MATCHES "^\\.")  # not below the folder
  set(own "")
endif()
rota_commit("${FOLDER}" ORIGIN_COMMIT ORIGIN_DIRTY BUT "${own}")

set(patterns "")
foreach(name IN ITEMS CMakeLists.txt *.cmake *.h *.hh *.hpp *.hxx *.ipp *.inl *.c *.cc *.cpp *.cxx)
  list(APPEND patterns "${FOLDER}/${name}")
endforeach()
file(GLOB_RECURSE files RELATIVE "${FOLDER}" ${patterns})
file(GLOB_RECURSE builds RELATIVE "${FOLDER}" "${FOLDER}/CMakeCache.txt")
list(SORT files)
set(sums "")
foreach(file IN LISTS files)
  set(is_source TRUE)
  if(file MATCHES "(^|/)\\.")
    set(is_source FALSE)
  endif()
  foreach(build IN LISTS builds)
    string(REGEX REPLACE "CMakeCache.txt$" "" build "${build}")
    string(FIND "${file}" "${build}" at)
    if(build AND at EQUAL 0)
      set(is_source FALSE)
    endif()
  endforeach()
  if(is_source)
    file(SHA256 "${FOLDER}/${file}" sum)
    string(APPEND sums "${sum}  ${file}\n")
  endif()
endforeach()
string(SHA256 ORIGIN_SOURCES_SHA256 "${sums}")

configure_file("${CMAKE_CURRENT_LIST_DIR}/origin.cpp.in" "${OUT}" @ONLY)
