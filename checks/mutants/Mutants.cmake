# rota_mutants(SOURCES … LINK …): the library rota::mutants, made of copies of production code with one planted
# defect each. A mutant is a data file in defects/ or harmless/, and nothing else; its parts are variables:
#
#   defect        what is wrong, or only different, as a sentence
#   seen_in       where it shipped; not for harmless ones
#   expect        the ids of docs/invariants.md of which one must catch it, and `race` where plain data is what breaks
#                 first; not for harmless ones
#   relaxed       ON if only weak memory shows it
#   policy        the class that is checked with it, for the world E; Fifo<E> if it is not there
#   settings      changes to the policy's small settings, as C++ about `config`
#   promises      a change to the policy's guarantees, as C++
#   check         what checks it if conformance cannot: C++ for a Report, from `options` and `subject()`
#   include       the header that declares what `check` calls
#   file          the file that is changed, from the root of the repository; old, old_2 … become new, new_2 …
#   rename        for a file that is no template: the class that gets a name of its own, with the mutant's copy of it
#
# The changed file is written when the library is built, into a folder that comes first when the mutant's one source is
# compiled: whoever includes the file there gets the copy. All production templates take their world as a parameter and
# the mutant's world is a type of its own, so a mutant's code never meets the real one, or another mutant's.
set(ROTA_MUTANTS_FOLDER "${CMAKE_CURRENT_LIST_DIR}")

# Appends the mutant's source to ROTA_MUTANT_SOURCES and its name to ROTA_MUTANT_IDS, both properties of the directory.
function(rota_add_mutant data)
  include("${data}")
  get_filename_component(name "${data}" NAME_WE)
  string(MAKE_C_IDENTIFIER "${name}" id)
  set(folder "${PROJECT_BINARY_DIR}/generated/mutants/${name}")
  list(JOIN expect ", " expect)
  set(check_function "")
  set(subject "make_subject<E, Policy, adjust>(\"${name}\")")
  set(subject_header "checks/conformance/subject_of.hpp")
  if(check AND NOT check MATCHES "subject\\(\\)")  # conformance has no part in it, and need not be compiled
    set(subject "{.name = \"${name}\", .guarantees = {}, .run = nullptr}")
    set(subject_header "checks/subject.hpp")
  endif()
  if(check)
    set(check_function "Report check(const explored::Options& options) { return ${check}; }")
    set(check check)
  else()
    set(check nullptr)
  endif()
  if(NOT policy)
    set(policy "Fifo<E>")
  endif()
  if(relaxed)
    set(relaxed true)
  else()
    set(relaxed false)
  endif()
  set(before "")
  set(after "")
  if(rename)
    string(APPEND before "#define ${rename} ${rename}_${id}\n")
    string(APPEND after "#include \"${file}\"\n")
  endif()
  if(include)
    string(APPEND after "#include \"${include}\"\n")
  endif()
  if(promises)
    set(promises "made.guarantees.${promises};")
  endif()
  if(settings)
    set(settings "${settings};")
  endif()
  configure_file("${ROTA_MUTANTS_FOLDER}/mutant.cpp.in" "${folder}/mutant.cpp" @ONLY)
  file(GLOB_RECURSE stale "${folder}/*")  # of a time when the mutant changed another file
  list(REMOVE_ITEM stale "${folder}/mutant.cpp" "${folder}/${file}")
  if(stale)
    file(REMOVE ${stale})
  endif()
  add_custom_command(OUTPUT "${folder}/${file}"
    COMMAND ${CMAKE_COMMAND} "-DDATA=${data}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DOUT=${folder}"
            -P "${ROTA_MUTANTS_FOLDER}/plant.cmake"
    DEPENDS "${data}" "${PROJECT_SOURCE_DIR}/${file}" "${ROTA_MUTANTS_FOLDER}/plant.cmake"
    COMMENT "Mutant ${name}" VERBATIM)
  set_source_files_properties("${folder}/mutant.cpp" PROPERTIES
    OBJECT_DEPENDS "${folder}/${file}" COMPILE_OPTIONS "-iquote;${folder};-O1")
  set_property(DIRECTORY APPEND PROPERTY ROTA_MUTANT_SOURCES "${folder}/mutant.cpp")
  set_property(DIRECTORY APPEND PROPERTY ROTA_MUTANT_IDS "${id}")
endfunction()

function(rota_mutants)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  file(GLOB all CONFIGURE_DEPENDS "${ROTA_MUTANTS_FOLDER}/defects/*.cmake" "${ROTA_MUTANTS_FOLDER}/harmless/*.cmake")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${all})
  foreach(data IN LISTS all)
    rota_add_mutant("${data}")
  endforeach()
  get_property(sources DIRECTORY PROPERTY ROTA_MUTANT_SOURCES)
  get_property(ids DIRECTORY PROPERTY ROTA_MUTANT_IDS)
  set(ROTA_MUTANT_DECLARATIONS "")
  foreach(id IN LISTS ids)
    string(APPEND ROTA_MUTANT_DECLARATIONS "Mutant mutant_${id}();\n")
  endforeach()
  list(TRANSFORM ids REPLACE "(.+)" "mutant_\\1()")
  list(JOIN ids ", " ROTA_MUTANT_CALLS)
  set(table "${PROJECT_BINARY_DIR}/generated/mutants/mutants.cpp")
  configure_file("${ROTA_MUTANTS_FOLDER}/mutants.cpp.in" "${table}" @ONLY)
  rota_folder(mutants SOURCES "${table}" ${sources} ${arg_SOURCES} LINK ${arg_LINK})
endfunction()
