# rota_check_policy(TARGET NAME name HEADER header… CLASS "Class<E>"): a program that checks a policy which lives in a
# project of its own, as `rota check` does those of Rota. Headers are written as that project includes them.
#
#   find_package(rota CONFIG REQUIRED PATHS <rota>/build/release NO_DEFAULT_PATH)
#   rota_check_policy(check_mine NAME mine HEADER mine.hpp CLASS "Mine<E>")
#
# The class is looked up in rota::schedulers; write its namespace if it has another.
function(rota_check_policy target)
  cmake_parse_arguments(arg "" "NAME;CLASS" "HEADER" ${ARGN})
  if(NOT arg_NAME OR NOT arg_HEADER OR NOT arg_CLASS)
    message(FATAL_ERROR "rota_check_policy(${target} …) needs NAME, HEADER and CLASS")
  endif()
  set(subject OF checks::Subject MAKER checks/conformance/subject_row.hpp)
  set(sources "${ROTA_ROWS_FOLDER}/../command/check_policy_main.cpp")
  rota_row_source(sources policy "${arg_NAME}" ${subject} HEADER ${arg_HEADER} CLASS "${arg_CLASS}" WORLDS explored)
  rota_table_source(sources ${subject} NAMES "${arg_NAME}")
  rota_table_source(sources OF checks::LocalSubject MAKER checks/subjects.hpp)  # none
  add_executable(${target} ${sources})
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE rota_check_command)
endfunction()
