# rota_mutants(SOURCES … LINK …): the library rota::mutants, made of copies of production code with planted defects. A
# mutant is a data file in defects/ or harmless/, and nothing else; its parts are variables:
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
#   include       the headers that declare what `check` calls
#   file          the file that is changed, from the root of the repository: old, old_2 … become new, new_2 …
#   form, form_2 … what old and new are:
#                   expression  in one line; which of them is evaluated is chosen at run time
#                   statement   whole lines, which declare nothing that is used below them; chosen at run time
#                   always      a text that another form needs (a declaration, a parameter's name): it changes nothing
#                               by itself, and stands there whatever is chosen
#                   type        cannot be chosen at run time: the mutant has a translation unit of its own
#   in, in_2 …    a longer text that says where `old` is meant, if it stands in the file more than once
#   rename        for a file that is no template: the class that gets a name of its own, with the mutant's copy of it.
#                 It must be of the form `type`
#
# Every changed file is copied once, when the library is built, with all its mutants' texts (plant.cmake), into a folder
# that comes first when a unit of mutants is compiled: whoever includes the file there gets the copy. All production
# templates take their world as a parameter, and the copies' world is a type of its own: they never meet the real ones.
# There is one unit for each class of policies, and one for the checks that need none. Each mutant of a unit enters the
# copies by a function of its own, which says which mutant they are (docs/adr/0021-mutants-are-chosen-at-run-time.md).
set(ROTA_MUTANTS_FOLDER "${CMAKE_CURRENT_LIST_DIR}")
set(ROTA_PLANTED_FOLDER "${PROJECT_BINARY_DIR}/generated/mutants")

# Sets `out` to the headers of the classes that a policy's text names: LifoSlot<E, Fifo<E>> needs two.
function(rota_headers_of policy out)
  string(REGEX MATCHALL "[A-Za-z]+<" classes "${policy}")
  list(TRANSFORM classes REPLACE "<" "")
  list(TRANSFORM classes REPLACE "([a-z])([A-Z])" "\\1_\\2")
  list(TRANSFORM classes TOLOWER)
  list(TRANSFORM classes REPLACE "(.+)" "schedulers/\\1.hpp")
  set(${out} ${classes} PARENT_SCOPE)
endfunction()

# Reads a data file: adds the mutant to its unit, and its file to those that are planted. All of it are properties of the
# directory: ROTA_UNITS, and of each ROTA_UNIT_<unit>_MUTANTS, _SETTINGS, _INCLUDES, _POLICY, _BEFORE, _FOLDER and
# _CONFORMS; ROTA_PLANTED, a list of <folder>/<file>, and of each ROTA_DATA_<folder>/<file>.
function(rota_read_mutant data)
  include("${data}")
  get_filename_component(name "${data}" NAME_WE)
  string(MAKE_C_IDENTIFIER "${name}" id)
  if(NOT policy)
    set(policy "Fifo<E>")
  endif()
  set(includes ${include})
  set(subject "Subject{.name = \"${name}\", .guarantees = {}, .run = nullptr}")
  if(NOT check OR check MATCHES "subject\\(\\)")
    set(subject "subject_of<plant>(\"${name}\")")
    set(conforms ON)
  endif()
  if(conforms OR check MATCHES "Policy")
    rota_headers_of("${policy}" headers)
    list(APPEND includes ${headers} checks/conformance/subject_of.hpp)
    string(MAKE_C_IDENTIFIER "${policy}" unit)
  else()
    set(policy "")
    set(unit structures)
  endif()
  set(folder planted)
  if(form STREQUAL "type")
    set(folder "${id}")
    set(unit "${id}")
  endif()
  if(rename)
    set_property(DIRECTORY PROPERTY ROTA_UNIT_${unit}_BEFORE "#define ${rename} ${rename}_${id}\n")
    list(PREPEND includes "${file}")
  endif()
  if(settings)
    set_property(DIRECTORY APPEND_STRING PROPERTY ROTA_UNIT_${unit}_SETTINGS
      "  if (planted(Plant::${id})) ${settings};\n")
  endif()
  if(promises)
    set(promises "made.guarantees.${promises};\n    made.promised = nullptr;")
  endif()
  set(expression nullptr)
  if(check)
    set(expression "[](const explored::Options& options) -> Report { return chosen_plant = plant, ${check}; }")
  endif()
  set(weak false)
  if(relaxed)
    set(weak true)
  endif()
  list(JOIN expect ", " expect)
  file(READ "${ROTA_MUTANTS_FOLDER}/unit_mutant.in" text)
  string(CONFIGURE "${text}" text @ONLY)

  set_property(DIRECTORY APPEND PROPERTY ROTA_MUTANTS "${id}")
  set_property(DIRECTORY APPEND PROPERTY ROTA_UNITS "${unit}")
  set_property(DIRECTORY APPEND_STRING PROPERTY ROTA_UNIT_${unit}_MUTANTS "${text}")
  set_property(DIRECTORY APPEND PROPERTY ROTA_UNIT_${unit}_INCLUDES ${includes})
  set_property(DIRECTORY PROPERTY ROTA_UNIT_${unit}_POLICY "${policy}")
  set_property(DIRECTORY PROPERTY ROTA_UNIT_${unit}_FOLDER "${folder}")
  if(conforms)
    set_property(DIRECTORY PROPERTY ROTA_UNIT_${unit}_CONFORMS ON)
  endif()
  set_property(DIRECTORY APPEND PROPERTY ROTA_PLANTED "${folder}/${file}")
  set_property(DIRECTORY APPEND PROPERTY "ROTA_DATA_${folder}/${file}" "${data}")
endfunction()

# Appends the source of a unit to the variable `out`.
function(rota_write_unit unit out)
  foreach(part IN ITEMS MUTANTS SETTINGS INCLUDES POLICY BEFORE FOLDER CONFORMS)
    get_property(${part} DIRECTORY PROPERTY ROTA_UNIT_${unit}_${part})
  endforeach()
  list(REMOVE_DUPLICATES INCLUDES)
  list(TRANSFORM INCLUDES REPLACE "(.+)" "#include \"\\1\"\n")
  list(JOIN INCLUDES "" INCLUDES)
  set(TAG "")
  set(WORLD Planted)
  if(NOT FOLDER STREQUAL "planted")
    set(WORLD "world_of_${unit}")
    set(TAG "\nstruct ${WORLD} {};\n")
  endif()
  set(SUBJECT "")
  if(POLICY)
    file(READ "${ROTA_MUTANTS_FOLDER}/unit_policy.in" SUBJECT)
    string(CONFIGURE "${SUBJECT}" SUBJECT @ONLY)
  endif()
  if(CONFORMS AND FOLDER STREQUAL "planted")
    string(APPEND MUTANTS "\nSubject unplanted_${unit}() { return subject_of<Plant::none>(\"${POLICY}\"); }\n")
    set_property(DIRECTORY APPEND PROPERTY ROTA_UNPLANTED "${unit}")
  endif()
  set(source "${ROTA_PLANTED_FOLDER}/unit_${unit}.cpp")
  configure_file("${ROTA_MUTANTS_FOLDER}/unit.cpp.in" "${source}" @ONLY)
  set_source_files_properties("${source}" PROPERTIES COMPILE_OPTIONS "-iquote;${ROTA_PLANTED_FOLDER}/${FOLDER};-O1")
  set(${out} ${${out}} "${source}" PARENT_SCOPE)
endfunction()

# Adds the command that plants a file, and appends the copy to the variable `out`.
function(rota_plant_file planted out)
  get_property(data DIRECTORY PROPERTY "ROTA_DATA_${planted}")
  string(REGEX REPLACE "^([^/]+)/.*" "\\1" folder "${planted}")
  string(REGEX REPLACE "^[^/]+/(.*)" "\\1" file "${planted}")
  list(JOIN data "," joined)
  add_custom_command(OUTPUT "${ROTA_PLANTED_FOLDER}/${planted}"
    COMMAND ${CMAKE_COMMAND} "-DDATA=${joined}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DFILE=${file}"
            "-DOUT=${ROTA_PLANTED_FOLDER}/${folder}" -P "${ROTA_MUTANTS_FOLDER}/plant.cmake"
    DEPENDS ${data} "${PROJECT_SOURCE_DIR}/${file}" "${ROTA_MUTANTS_FOLDER}/plant.cmake"
    COMMENT "Planting mutants in ${file}" VERBATIM)
  set(${out} ${${out}} "${ROTA_PLANTED_FOLDER}/${planted}" PARENT_SCOPE)
endfunction()

# Sets `declarations` to those of a function for each of `ids`, and `calls` to calls of them.
function(rota_table type prefix ids declarations calls)
  set(declared "")
  foreach(id IN LISTS ids)
    string(APPEND declared "${type} ${prefix}${id}();\n")
  endforeach()
  list(TRANSFORM ids REPLACE "(.+)" "${prefix}\\1()")
  list(JOIN ids ", " ids)
  set(${declarations} "${declared}" PARENT_SCOPE)
  set(${calls} "${ids}" PARENT_SCOPE)
endfunction()

function(rota_mutants)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  foreach(folder IN ITEMS "${ROTA_MUTANTS_FOLDER}/defects" "${ROTA_MUTANTS_FOLDER}/harmless")
    file(GLOB mutants "${folder}/*.cmake")  # sorted
    # A folder changes when a file comes or goes. CONFIGURE_DEPENDS would look through it at each build, and ninja would
    # never again say that there is nothing to do.
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${folder}" ${mutants})
    foreach(mutant IN LISTS mutants)
      rota_read_mutant("${mutant}")
    endforeach()
  endforeach()

  get_property(units DIRECTORY PROPERTY ROTA_UNITS)
  list(REMOVE_DUPLICATES units)
  set(sources "")
  foreach(unit IN LISTS units)
    rota_write_unit("${unit}" sources)
  endforeach()

  get_property(planted DIRECTORY PROPERTY ROTA_PLANTED)
  list(REMOVE_DUPLICATES planted)
  set(copies "")
  foreach(file IN LISTS planted)
    rota_plant_file("${file}" copies)
  endforeach()
  add_custom_target(rota_planted DEPENDS ${copies})

  get_property(ids DIRECTORY PROPERTY ROTA_MUTANTS)
  get_property(unplanted DIRECTORY PROPERTY ROTA_UNPLANTED)
  list(JOIN ids ",\n  " ROTA_PLANTS)
  rota_table(Mutant mutant_ "${ids}" ROTA_MUTANT_DECLARATIONS ROTA_MUTANT_CALLS)
  rota_table(Subject unplanted_ "${unplanted}" ROTA_UNPLANTED_DECLARATIONS ROTA_UNPLANTED_CALLS)
  set(table "${ROTA_PLANTED_FOLDER}/mutants.cpp")
  configure_file("${ROTA_MUTANTS_FOLDER}/mutants.cpp.in" "${table}" @ONLY)
  configure_file("${ROTA_MUTANTS_FOLDER}/planted.hpp.in" "${ROTA_PLANTED_FOLDER}/planted.hpp" @ONLY)
  file(GLOB_RECURSE stale "${ROTA_PLANTED_FOLDER}/*")  # copies and units of another list
  list(REMOVE_ITEM stale ${copies} ${sources} "${table}" "${ROTA_PLANTED_FOLDER}/planted.hpp")
  if(stale)
    file(REMOVE ${stale})
  endif()

  rota_folder(mutants SOURCES "${table}" ${sources} ${arg_SOURCES} LINK ${arg_LINK})
  add_dependencies(rota_mutants rota_planted)
endfunction()
