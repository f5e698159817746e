# Headers that are parsed once for a build folder instead of once for each source: rota_precompile(NAME HEADERS …) makes
# the precompiled header NAME, rota_use_precompiled(TARGET NAME) compiles a target's sources with it.
#
# DEFINED_AS names targets whose definitions the sources will have: a header that was parsed without them is refused.
# The last header is the one that is compiled, the others come before it. Only headers of the system, so that it is the
# same file, byte for byte, wherever the tree lies, and a compiler cache serves every copy. A source still includes what
# it uses: the lint of headers compiles each without any of this.
#
# WITH_CODE: functions of these headers are compiled once too, into an object that whoever uses them links; the sources
# themselves are not optimized. For what only observes: a subcommand takes 2 s to compile instead of 12.
option(ROTA_PRECOMPILED "Parse the system's headers once for a build folder" ON)

function(rota_precompile name)
  cmake_parse_arguments(arg "WITH_CODE" "" "HEADERS;DEFINED_AS" ${ARGN})
  if(NOT ROTA_PRECOMPILED OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}")
  if(ROTA_SANITIZE)
    list(APPEND flags -fsanitize=${ROTA_SANITIZE} -fno-omit-frame-pointer)
  endif()
  set(with_code "")
  if(arg_WITH_CODE)
    list(APPEND flags -O0)
    set(with_code -fpch-codegen)
  endif()
  list(POP_BACK arg_HEADERS last)
  find_file(ROTA_HEADER_OF_${name} "${last}" REQUIRED)
  mark_as_advanced(ROTA_HEADER_OF_${name})
  set(includes "")
  foreach(header IN LISTS arg_HEADERS)
    list(APPEND includes -include ${header})
  endforeach()
  set(definitions "")
  foreach(target IN LISTS arg_DEFINED_AS)
    get_target_property(its ${target} INTERFACE_COMPILE_DEFINITIONS)
    if(its)
      list(TRANSFORM its PREPEND -D)
      list(APPEND definitions ${its})
    endif()
    get_target_property(its ${target} INTERFACE_COMPILE_OPTIONS)  # where GoogleTest has them
    if(its)
      list(FILTER its INCLUDE REGEX "^-D")
      list(APPEND definitions ${its})
    endif()
  endforeach()
  set(file "${PROJECT_BINARY_DIR}/precompiled/${name}.pch")
  file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/precompiled")
  add_custom_command(OUTPUT "${file}"
    COMMAND ${CMAKE_CXX_COMPILER_LAUNCHER} ${CMAKE_CXX_COMPILER} ${flags} ${with_code} ${definitions} -std=c++20
            ${includes} -fpch-instantiate-templates -Xclang -fno-pch-timestamp -Wno-pragma-once-outside-header
            -x c++-header "${ROTA_HEADER_OF_${name}}" -o "${file}"
    DEPENDS "${CMAKE_CURRENT_FUNCTION_LIST_FILE}"
    COMMENT "Precompiling ${name} headers" VERBATIM)
  add_custom_target(rota_precompiled_${name} DEPENDS "${file}")
  set_property(TARGET rota_precompiled_${name} PROPERTY ROTA_FILE "${file}")
  if(arg_WITH_CODE)
    set(object "${PROJECT_BINARY_DIR}/precompiled/${name}.o")
    add_custom_command(OUTPUT "${object}"
      COMMAND ${CMAKE_CXX_COMPILER} ${flags} -ffunction-sections -c "${file}" -o "${object}" DEPENDS "${file}"
      COMMENT "Compiling ${name} headers" VERBATIM)
    add_library(rota_code_of_${name} STATIC "${object}")
    set_target_properties(rota_code_of_${name} PROPERTIES LINKER_LANGUAGE CXX)
    # Among all functions of the headers are private ones that call what no library has: they go before they are missed.
    # And shared libraries keep to their own copies.
    target_link_options(rota_code_of_${name} INTERFACE
      LINKER:--gc-sections,--exclude-libs,librota_code_of_${name}.a)
  endif()
endfunction()

function(rota_use_precompiled target name)
  if(TARGET rota_precompiled_${name})
    get_property(file TARGET rota_precompiled_${name} PROPERTY ROTA_FILE)
    target_compile_options(${target} PRIVATE "SHELL:-include-pch \"${file}\"")
    add_dependencies(${target} rota_precompiled_${name})
  endif()
  if(TARGET rota_code_of_${name})
    target_compile_options(${target} PRIVATE -O0)
    target_link_libraries(${target} PRIVATE rota_code_of_${name})
  endif()
endfunction()

# What most sources include …
set(standard algorithm array atomic bit charconv chrono cmath compare concepts coroutine cstddef cstdint cstdio cstdlib
  cstring deque exception filesystem fstream functional initializer_list iterator limits map memory mutex new numeric optional
  set span sstream stdexcept string string_view system_error thread tuple type_traits utility variant vector
  fmt/format.h)
rota_precompile(standard HEADERS ${standard} DEFINED_AS rota_flags)
# … and what every test does …
if(ROTA_TESTS)
  set(tests rapidcheck.h gtest/gtest.h)
  set(defined_as rota_flags GTest::gtest rapidcheck)
  rota_precompile(tests HEADERS ${standard} ${tests} DEFINED_AS ${defined_as})
endif()
# … and what those do that only observe, the program's subcommands, and their tests.
set(with_code "")
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR ROTA_SANITIZE)  # for a debugger, each source has its own
  set(with_code WITH_CODE)
endif()
rota_precompile(observing ${with_code} HEADERS ${standard} nlohmann/json.hpp DEFINED_AS rota_flags)
rota_precompile(subcommands ${with_code} HEADERS ${standard} nlohmann/json.hpp CLI/CLI.hpp DEFINED_AS rota_flags)
if(ROTA_TESTS)
  rota_precompile(observing_tests ${with_code} HEADERS ${standard} nlohmann/json.hpp ${tests} DEFINED_AS ${defined_as})
endif()
