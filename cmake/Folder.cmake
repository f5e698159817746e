# One folder, one target: rota_folder(NAME [OBSERVES] [SOURCES …] [LINK …]) makes rota_NAME with the alias rota::NAME.
# A folder without sources is header-only. OBSERVES: nothing in it is measured or searches, and it is compiled quickly
# rather than to be quick.
function(rota_folder name)
  cmake_parse_arguments(arg "OBSERVES" "" "SOURCES;LINK" ${ARGN})
  if(arg_SOURCES)
    add_library(rota_${name} STATIC ${arg_SOURCES})
    target_link_libraries(rota_${name} PUBLIC rota_flags ${arg_LINK})
    rota_use_precompiled(rota_${name} standard)
    if(arg_OBSERVES)
      rota_compile_quickly(rota_${name})
    endif()
  else()
    add_library(rota_${name} INTERFACE)
    target_link_libraries(rota_${name} INTERFACE rota_flags ${arg_LINK})
  endif()
  add_library(rota::${name} ALIAS rota_${name})
endfunction()

# For what only observes: -O1 in place of the build's own level, except where that is for a debugger.
function(rota_compile_quickly target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# rota_test(NAME SOURCES … LINK … [LABELS …]): one GoogleTest program, its cases found when ctest runs.
# LABELS core: also part of the target core_tests, which is all that the sanitizer builds make.
function(rota_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} rapidcheck rapidcheck_gtest GTest::gtest_main)
  rota_use_precompiled(${name} tests)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 120
    PROPERTIES TIMEOUT 300 LABELS "${arg_LABELS}")
  if("core" IN_LIST arg_LABELS)
    if(NOT TARGET core_tests)
      add_custom_target(core_tests)
    endif()
    add_dependencies(core_tests ${name})
  endif()
endfunction()
