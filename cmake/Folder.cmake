# One folder, one target: rota_folder(NAME [SOURCES …] [LINK …]) makes rota_NAME with the alias rota::NAME.
# A folder without sources is header-only.
function(rota_folder name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  if(arg_SOURCES)
    add_library(rota_${name} STATIC ${arg_SOURCES})
    target_link_libraries(rota_${name} PUBLIC rota_flags ${arg_LINK})
  else()
    add_library(rota_${name} INTERFACE)
    target_link_libraries(rota_${name} INTERFACE rota_flags ${arg_LINK})
  endif()
  add_library(rota::${name} ALIAS rota_${name})
endfunction()

# rota_test(NAME SOURCES … LINK … [LABELS …]): one GoogleTest program, its cases found when ctest runs.
# LABELS core: also part of the target core_tests, which is all that the sanitizer builds make.
function(rota_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} rapidcheck rapidcheck_gtest GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 120
    PROPERTIES TIMEOUT 300 LABELS "${arg_LABELS}")
  if("core" IN_LIST arg_LABELS)
    if(NOT TARGET core_tests)
      add_custom_target(core_tests)
    endif()
    add_dependencies(core_tests ${name})
  endif()
endfunction()
