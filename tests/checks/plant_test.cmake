# cmake -DPLANT=… -DWORK=… -P plant_test.cmake: texts are planted side by side where each stands exactly once, or nothing
# is planted at all.
cmake_minimum_required(VERSION 3.25)

# Makes the data file of a mutant called `name`.
function(mutant name data)
  file(WRITE "${WORK}/${name}.cmake" "set(file code.hpp)\n${data}")
endfunction()

# Plants the mutants in `text`: what comes out must be `expected`, or the words of the refusal must match it.
function(plant mutants text expected_result expected)
  file(WRITE "${WORK}/source/code.hpp" "${text}")
  list(TRANSFORM mutants REPLACE "(.+)" "${WORK}/\\1.cmake")
  list(JOIN mutants "," data)
  execute_process(COMMAND ${CMAKE_COMMAND} "-DDATA=${data}" "-DROOT=${WORK}/source" -DFILE=code.hpp "-DOUT=${WORK}/out"
                          -P "${PLANT}"
                  RESULT_VARIABLE result ERROR_VARIABLE words)
  string(REGEX REPLACE "[ \n]+" " " words "${words}")
  if(result EQUAL 0)
    file(READ "${WORK}/out/code.hpp" made)
    if(NOT expected_result STREQUAL "planted" OR NOT made STREQUAL expected)
      message(FATAL_ERROR "`${text}` became\n${made}\ninstead of\n${expected}")
    endif()
  elseif(NOT expected_result STREQUAL "refused" OR NOT words MATCHES "${expected}")
    message(FATAL_ERROR "`${text}` is refused with the words: ${words}")
  endif()
endfunction()

# Expressions.
mutant(going [[
  set(form expression)
  set(old "wait(1)")
  set(new "go")
]])
mutant(staying [[
  set(form expression)
  set(old "wait(1)")
  set(new "stay")
]])
plant(going "a; wait(1); b[1];" planted "a; (planted(Plant::going) ? (go) : (wait(1))); b[1];")
plant("going;staying" "wait(1);" planted "(planted(Plant::going) ? (go) : planted(Plant::staying) ? (stay) : (wait(1)));")
plant(going "a; b;" refused "mutant going replaces a text that code.hpp does not contain")
plant(going "wait(1); wait(1);" refused "mutant going replaces a text that code.hpp contains more than once")

# Statements; lines keep their numbers.
mutant(leaving [[
  set(form statement)
  set(old "  b;\n  c;\n")
  set(new "  x;\n")
]])
plant(leaving "{\n  b;\n  c;\n}\n" planted
  "{\n  if (planted(Plant::leaving)) {\n#line 2\n  x;\n  } else {\n#line 2\n  b;\n  c;\n  }\n#line 4\n}\n")
mutant(going_too [[
  set(form statement)
  set(old "  b;\n  c;\n")
  set(new "")
]])
plant("leaving;going_too" "{\n  b;\n  c;\n}\n" planted
  "{\n  if (planted(Plant::leaving)) {\n#line 2\n  x;\n  } else if (planted(Plant::going_too)) {\n#line 2\n  } else \
{\n#line 2\n  b;\n  c;\n  }\n#line 4\n}\n")
mutant(broken [[
  set(form statement)
  set(old "b;")
  set(new "x;")
]])
plant(broken "b;\n" refused "mutant broken replaces statements, which must be whole lines")

# Where a text stands more than once; a second text; one that is always there.
mutant(second [[
  set(form expression)
  set(in "b = 1")
  set(old "1")
  set(new "2")
  set(form_2 always)
  set(old_2 "int a;\n")
  set(new_2 "int a;\nint c;\n")
]])
plant(second "int a;\na = 1;\nb = 1;\n" planted
  "int a;\nint c;\n#line 2\na = 1;\nb = (planted(Plant::second) ? (2) : (1));\n")
plant(second "int a;\nb = 1; b = 1;" refused "mutant second replaces a text that code.hpp contains more than once")
mutant(formless [[
  set(old "b")
  set(new "c")
]])
plant(formless "b;" refused "mutant formless needs a form: expression, statement, always or type")

# Overlaps: the same place with another text, a part of another text, another form.
mutant(longer [[
  set(form expression)
  set(old "wait(1) + 1")
  set(new "go")
]])
mutant(line [[
  set(form statement)
  set(old "wait(1) + 1;\n")
  set(new "go;\n")
]])
plant("going;longer" "wait(1) + 1;\n" refused "mutants going and longer replace texts of code.hpp that overlap")
mutant(one [[
  set(form expression)
  set(in "wait(1) + 1")
  set(old "1) + 1")
  set(new "2")
]])
plant("going;one" "wait(1) + 1;\n" refused "mutants going and one replace texts of code.hpp that overlap")
plant("longer;line" "wait(1) + 1;\n" refused "mutants longer and line replace texts of code.hpp that overlap")
