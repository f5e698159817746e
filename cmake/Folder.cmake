# One folder, one target: rota_folder(NAME [OBSERVES] [ROOMS] [SOURCES …] [ALONE …] [LINK …]) makes rota_NAME with the alias
# rota::NAME. A folder without sources is header-only. OBSERVES: nothing in it is measured or searches, and it is compiled
# quickly rather than to be quick (cmake/Precompiled.cmake). ROOMS: the SOURCES of each room, that is of each folder in it,
# are compiled as one, which takes a third of the time; those that are ALONE are not: they name things as others do.
function(rota_folder name)
  cmake_parse_arguments(arg "OBSERVES;ROOMS" "" "SOURCES;ALONE;LINK" ${ARGN})
  if(NOT arg_SOURCES AND NOT arg_ALONE)
    add_library(rota_${name} INTERFACE)
    target_link_libraries(rota_${name} INTERFACE rota_flags ${arg_LINK})
    add_library(rota::${name} ALIAS rota_${name})
    set_target_properties(rota_${name} PROPERTIES EXPORT_NAME ${name})
    return()
  endif()
  add_library(rota_${name} STATIC ${arg_SOURCES} ${arg_ALONE})
  add_library(rota::${name} ALIAS rota_${name})
  set_target_properties(rota_${name} PROPERTIES EXPORT_NAME ${name})
  target_link_libraries(rota_${name} PUBLIC rota_flags ${arg_LINK})
  if(arg_OBSERVES)
    rota_use_precompiled(rota_${name} observing)
  else()
    rota_use_precompiled(rota_${name} standard)
  endif()
  if(arg_ROOMS)
    foreach(source IN LISTS arg_SOURCES)
      cmake_path(GET source PARENT_PATH room)
      set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "room_${room}")
    endforeach()
    set_target_properties(rota_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  endif()
endfunction()

# rota_test(NAME [OPTIMIZED] [UNRACED] SOURCES … [ALONE …] LINK … [LABELS …] [SHARDS n]): one GoogleTest program. Its SOURCES
# are compiled as one, since they instantiate the same templates: a third of the time. Those that are ALONE are not: they
# name things as others do.
# OPTIMIZED: what it tests are templates, which it compiles as the program does. Others test what lies in libraries, and
# are compiled quickly.
# NAME.1 … NAME.n share its cases among n processes, two if nothing is said, and leave in test-results/ what each case
# came to, which tests/support/results.py counts. Each case also is a test of its own, with the label `single`, found
# when ctest runs: for who asks for some by name. The presets ending in -one have these, the others the shards.
# LABELS core: also part of the target core_tests, which is all that the sanitizer builds make; UNRACED: what it tests is
# no meeting of threads, so that the thread sanitizer's build leaves it out.
function(rota_test name)
  cmake_parse_arguments(arg "OPTIMIZED;UNRACED" "SHARDS" "SOURCES;ALONE;LINK;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES} ${arg_ALONE})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  set_source_files_properties(${arg_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_link_libraries(${name} PRIVATE ${arg_LINK} rapidcheck rapidcheck_gtest GTest::gtest_main)
  if(arg_OPTIMIZED)
    rota_use_precompiled(${name} tests)
  else()
    rota_use_precompiled(${name} observing_tests)
  endif()
  if(arg_UNRACED AND ROTA_SANITIZE STREQUAL "thread")
    list(REMOVE_ITEM arg_LABELS core)
  endif()
  if(NOT arg_SHARDS)
    set(arg_SHARDS 2)
  endif()
  foreach(shard RANGE 1 ${arg_SHARDS})
    math(EXPR index "${shard} - 1")
    add_test(NAME ${name}.${shard}
      COMMAND ${name} "--gtest_output=xml:${PROJECT_BINARY_DIR}/test-results/${name}.${shard}.xml")
    set_tests_properties(${name}.${shard} PROPERTIES TIMEOUT 900 LABELS "shard;${arg_LABELS}"
      # A death test begins anew: a fork of a process in which threads have run may hang.
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${arg_SHARDS};GTEST_SHARD_INDEX=${index};GTEST_DEATH_TEST_STYLE=threadsafe")
  endforeach()
  set(single single)
  if("core" IN_LIST arg_LABELS)
    set(single single-core)
    if(NOT TARGET core_tests)
      add_custom_target(core_tests)
    endif()
    add_dependencies(core_tests ${name})
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 120 PROPERTIES TIMEOUT 300 LABELS ${single})
endfunction()
