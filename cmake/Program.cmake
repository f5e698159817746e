# rota_program(NAME): the programs of a project that has policies and workloads of its own.
#
#   find_package(rota CONFIG REQUIRED)
#   rota_program(rota)
#   rota_policy(random-pick HEADER random_pick.hpp CLASS "mine::RandomPick<E>" WORLDS real local simulated explored)
#   rota_workload(kv-store HEADER kv_store.hpp CLASS "mine::KvStore<E>" WORLDS real simulated)
#
# The rows are those of cmake/Rows.cmake, wherever they stand in the project. The targets are NAME, NAME-cell,
# NAME-simulate and NAME-check; their programs NAME, rota-cell, rota-simulate and rota-check lie beside each other, where
# this is called, and have all that is shipped too. Each row is compiled by itself in each of its worlds, and no other row
# is: the rest is linked out of Rota's libraries. Headers that a row's header includes are also looked for from the
# project's folder, after all others.
function(rota_program name)
  get_property(other GLOBAL PROPERTY ROTA_PROGRAM)
  if(other)
    message(FATAL_ERROR "rota_program(${name}): this project has ${other} already, and all of its rows are in that one")
  endif()
  set_property(GLOBAL PROPERTY ROTA_PROGRAM "${name}")
  cmake_language(EVAL CODE "cmake_language(DEFER CALL rota_make_program [[${name}]])")  # when all rows are named
endfunction()

function(rota_make_program name)
  # What the rows say of themselves is in three of the programs, and compiled once.
  rota_own_sources(described schedulers workloads)
  add_library(${name}-described OBJECT ${described})
  rota_compile_rows(${name}-described)
  target_link_libraries(${name}-described PUBLIC rota::schedulers rota::workloads)

  add_executable(${name})
  rota_origin(${name})
  target_link_libraries(${name} PRIVATE rota::command_code ${name}-described)
  rota_add_part(${name} cell real_policies local_policies real_workloads local_workloads)
  target_link_libraries(${name}-cell PRIVATE ${name}-described)
  rota_add_part(${name} simulate simulated_policies simulated_workloads)
  target_link_libraries(${name}-simulate PRIVATE ${name}-described)
  rota_add_part(${name} check subjects local_subjects)
  target_link_libraries(${name}-check PRIVATE rota::subjects)
  add_dependencies(${name} ${name}-cell ${name}-simulate ${name}-check)  # which it goes on to
endfunction()

# The program rota-PART, with its tables.
function(rota_add_part name part)
  rota_own_sources(sources ${ARGN})
  add_executable(${name}-${part} ${sources})
  rota_compile_rows(${name}-${part})
  set_target_properties(${name}-${part} PROPERTIES OUTPUT_NAME rota-${part})
  target_link_libraries(${name}-${part} PRIVATE rota::${part}_code)
endfunction()

function(rota_compile_rows target)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  target_compile_options(${target} PRIVATE "SHELL:-idirafter \"${PROJECT_SOURCE_DIR}\"")
endfunction()

# rota_own_sources(OUT role…): the sources of the project's rows in these roles, and of the tables of all rows.
function(rota_own_sources out)
  set(sources "")
  foreach(role IN LISTS ARGN)
    foreach(part IN ITEMS kind of world maker)
      get_property(${part} GLOBAL PROPERTY "ROTA_ROLE_${role}_${part}")
    endforeach()
    rota_row_names(names ${kind} "${world}")
    set(table "")
    rota_table_source(table OF "${of}" MAKER ${maker} NAMES ${names})
    set_source_files_properties(${table} PROPERTIES UNITY_GROUP tables)  # those of a program together, but no row
    list(APPEND sources ${table})
    get_property(own GLOBAL PROPERTY ROTA_ROWS_${kind})
    foreach(name IN LISTS names)
      if(NOT name IN_LIST own)
        continue()
      endif()
      foreach(part IN ITEMS HEADER CLASS WORLDS)
        get_property(${part} GLOBAL PROPERTY "ROTA_ROW_${kind}_${name}_${part}")
      endforeach()
      rota_row_source(sources ${kind} "${name}" OF "${of}" MAKER ${maker} HEADER ${HEADER} CLASS "${CLASS}"
        WORLDS ${WORLDS})
    endforeach()
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

# Gives a program the source that says what project it is of, made anew at each build.
function(rota_origin target)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/origin.cpp")
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}" flags)
  add_custom_target(${target}-origin BYPRODUCTS "${source}"
    COMMAND ${CMAKE_COMMAND} "-DPROJECT=${PROJECT_NAME}" "-DFOLDER=${PROJECT_SOURCE_DIR}" "-DBINARY=${PROJECT_BINARY_DIR}"
            "-DSHARE=${ROTA_SHARE}" "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" "-DFLAGS=${flags}"
            "-DOUT=${source}" -P "${ROTA_ROWS_FOLDER}/Origin.cmake"
    COMMENT "Noting which sources these are" VERBATIM)
  target_sources(${target} PRIVATE "${source}")
  add_dependencies(${target} ${target}-origin)
endfunction()
