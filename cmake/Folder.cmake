# One folder, one target: rota_folder(NAME [OBSERVES] [SOURCES …] [LINK …]) makes rota_NAME with the alias rota::NAME.
# A folder without sources is header-only. OBSERVES: nothing in it is measured or searches, and it is compiled quickly
# rather than to be quick (cmake/Precompiled.cmake).
function(rota_folder name)
  cmake_parse_arguments(arg "OBSERVES" "" "SOURCES;LINK" ${ARGN})
  if(arg_SOURCES)
    add_library(rota_${name} STATIC ${arg_SOURCES})
    target_link_libraries(rota_${name} PUBLIC rota_flags ${arg_LINK})
    if(arg_OBSERVES)
      rota_use_precompiled(rota_${name} observing)
    else()
      rota_use_precompiled(rota_${name} standard)
    endif()
  else()
    add_library(rota_${name} INTERFACE)
    target_link_libraries(rota_${name} INTERFACE rota_flags ${arg_LINK})
  endif()
  add_library(rota::${name} ALIAS rota_${name})
endfunction()

# rota_test(NAME [OPTIMIZED] SOURCES … LINK … [LABELS …] [SHARDS n]): one GoogleTest program.
# OPTIMIZED: what it tests are templates, which it compiles as the program does. Others test what lies in libraries, and
# are compiled quickly.
# NAME.1 … NAME.n share its cases among n processes, two if nothing is said, and leave in test-results/ what each case
# came to, which tests/support/results.py counts. Each case also is a test of its own, with the label `single`, found
# when ctest runs: for who asks for some by name. The presets ending in -one have these, the others the shards.
# LABELS core: also part of the target core_tests, which is all that the sanitizer builds make.
function(rota_test name)
  cmake_parse_arguments(arg "OPTIMIZED" "SHARDS" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} rapidcheck rapidcheck_gtest GTest::gtest_main)
  if(arg_OPTIMIZED)
    rota_use_precompiled(${name} tests)
  else()
    rota_use_precompiled(${name} observing_tests)
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
