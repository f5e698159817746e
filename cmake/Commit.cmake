# rota_commit(FOLDER COMMIT DIRTY [BUT path]): sets the two variables to the commit that git tells of a folder, and to
# whether what is in the folder differs from it (yes, no); both are "unknown" if git does not tell. BUT: a path in it that
# does not count.
function(rota_commit folder commit dirty)
  cmake_parse_arguments(arg "" "BUT" "" ${ARGN})
  set(git git --no-optional-locks -C "${folder}")
  set(but "")
  if(arg_BUT)
    set(but ":(exclude)${arg_BUT}")
  endif()
  execute_process(COMMAND ${git} rev-parse --verify --quiet HEAD
    RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  execute_process(COMMAND ${git} status --porcelain -- . ${but}
    RESULT_VARIABLE status2 OUTPUT_VARIABLE changes ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(${dirty} yes PARENT_SCOPE)
  if(NOT "${status} ${status2}" STREQUAL "0 0")
    set(said unknown)
    set(${dirty} unknown PARENT_SCOPE)
  elseif(changes STREQUAL "")
    set(${dirty} no PARENT_SCOPE)
  endif()
  set(${commit} "${said}" PARENT_SCOPE)
endfunction()
