# cmake -DDATA=… -DROOT=… -DOUT=… -P plant.cmake: writes a copy of one file, with one mutant's defect.
# Fails if the text to be replaced does not stand in the file exactly once: the mutant's data must follow the code.
include("${DATA}")
file(READ "${ROOT}/${file}" text)
get_filename_component(mutant "${DATA}" NAME_WE)

set(parts "old")
foreach(number IN ITEMS 2 3 4)
  if(DEFINED old_${number})
    list(APPEND parts "old_${number}")
  endif()
endforeach()
foreach(part IN LISTS parts)
  string(REPLACE old new replacement "${part}")
  string(FIND "${text}" "${${part}}" first)
  string(FIND "${text}" "${${part}}" last REVERSE)
  if(first EQUAL -1)
    message(FATAL_ERROR "The mutant ${mutant} replaces a text that ${file} does not contain (any more). "
                        "Adapt `${part}` in ${DATA}:\n${${part}}")
  elseif(NOT first EQUAL last)
    message(FATAL_ERROR "The mutant ${mutant} replaces a text that ${file} contains more than once. "
                        "Make `${part}` longer in ${DATA}:\n${${part}}")
  endif()
  string(REPLACE "${${part}}" "${${replacement}}" text "${text}")
endforeach()
file(WRITE "${OUT}/${file}" "${text}")
