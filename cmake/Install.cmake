# What projects of others use, and what is installed: `cmake --install build/release --prefix …`, or the package that cpack
# makes. find_package(rota) finds either the build folder or the prefix.
#
#   bin/rota               links to the program; it and those that it goes on to lie in libexec/rota
#   include/rota           headers, as they include each other
#   lib/rota               libraries, and the objects that programs are made of
#   lib/cmake/rota         what find_package() reads
#   share/rota             definitions, machines, templates: found from the program's folder on
set(shipped flags settings presets worlds explored simulated reactor runtime schedulers workloads request record
  statistics analysis experiments calibrate checks check_command subjects real_policies local_policies simulated_policies
  real_workloads local_workloads simulated_workloads command_code cell_code simulate_code check_code)
foreach(headers IN ITEMS observing subcommands)
  if(TARGET rota_code_of_${headers})
    list(APPEND shipped code_of_${headers})
    set_target_properties(rota_code_of_${headers} PROPERTIES EXPORT_NAME code_of_${headers})
  endif()
endforeach()
list(TRANSFORM shipped PREPEND rota_)
install(TARGETS ${shipped} EXPORT rota ARCHIVE DESTINATION lib/rota OBJECTS DESTINATION lib/rota)
install(EXPORT rota NAMESPACE rota:: FILE rota-targets.cmake DESTINATION lib/cmake/rota)
export(EXPORT rota NAMESPACE rota:: FILE "${PROJECT_BINARY_DIR}/rota-targets.cmake")

rota_write_rows("${PROJECT_BINARY_DIR}/rota-rows.cmake" schedulers real_policies local_policies simulated_policies workloads
  real_workloads local_workloads simulated_workloads subjects local_subjects)
set(ROTA_CMAKE "${PROJECT_SOURCE_DIR}/cmake")
set(ROTA_SHARE "${PROJECT_SOURCE_DIR}")
configure_file(cmake/rota-config.cmake.in "${PROJECT_BINARY_DIR}/rota-config.cmake" @ONLY)
set(ROTA_CMAKE [[${CMAKE_CURRENT_LIST_DIR}]])
set(ROTA_SHARE [[${CMAKE_CURRENT_LIST_DIR}/../../../share/rota]])
configure_file(cmake/rota-config.cmake.in "${PROJECT_BINARY_DIR}/installed/rota-config.cmake" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/installed/rota-config.cmake" "${PROJECT_BINARY_DIR}/rota-rows.cmake"
  cmake/Compilers.cmake cmake/Packages.cmake cmake/Rows.cmake cmake/Program.cmake cmake/Origin.cmake cmake/Commit.cmake
  cmake/row.cpp.in
  cmake/table.cpp.in cmake/origin.cpp.in DESTINATION lib/cmake/rota)
foreach(folder IN ITEMS worlds reactor runtime schedulers workloads checks record experiments analysis command)
  install(DIRECTORY ${folder} DESTINATION include/rota FILES_MATCHING PATTERN *.hpp)
endforeach()

# The program again, which looks for what is shipped where it is installed; it checks all policies by one program.
set(ORIGIN_SHARE ../../share/rota)
configure_file(cmake/origin.cpp.in "${PROJECT_BINARY_DIR}/installed/origin.cpp" @ONLY)
add_executable(rota_installed "${PROJECT_BINARY_DIR}/installed/origin.cpp")
set_target_properties(rota_installed PROPERTIES OUTPUT_NAME rota
  RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/installed")
target_link_libraries(rota_installed PRIVATE rota_command_code)
install(TARGETS rota_installed rota_cell rota_simulate DESTINATION libexec/rota)
install(PROGRAMS "$<TARGET_FILE:rota-check-all>" DESTINATION libexec/rota RENAME rota-check)
file(CREATE_LINK ../libexec/rota/rota "${PROJECT_BINARY_DIR}/installed/link" SYMBOLIC)
install(FILES "${PROJECT_BINARY_DIR}/installed/link" DESTINATION bin RENAME rota)

install(DIRECTORY experiments/definitions experiments/machines DESTINATION share/rota/experiments)
install(DIRECTORY command/new DESTINATION share/rota/command)
install(FILES peers/catalogue.toml DESTINATION share/rota/peers)
install(FILES cmake/packages.txt DESTINATION share/rota/cmake)
# Which commit this is, asked when it is installed.
set(built_from "${PROJECT_BINARY_DIR}/installed/built-from")
install(CODE "include(\"${PROJECT_SOURCE_DIR}/cmake/Commit.cmake\")
  rota_commit(\"${PROJECT_SOURCE_DIR}\" commit dirty)
  file(WRITE \"${built_from}\" \"\${commit} \${dirty}\\n\")")
install(FILES "${built_from}" DESTINATION share/rota)

add_custom_target(rota_shipped DEPENDS ${shipped} rota_installed rota_cell rota_simulate rota-check-all)
