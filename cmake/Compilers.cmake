# Which compilers may compile Rota's headers: for Rota itself, and for projects of others (cmake/rota-config.cmake.in).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR
    "g++ ${CMAKE_CXX_COMPILER_VERSION} miscompiles C++20 coroutines without a warning: a condition such as "
    "'if (co_await x)' in a coroutine whose outermost block has no local variable never finishes, and temporaries in "
    "an awaited expression are destroyed twice. Use clang-19 (the reference compiler) or g++ 13 or newer: "
    "-DCMAKE_CXX_COMPILER=clang++-19")
elseif(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16
       OR CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 20)
  message(STATUS "rota: not tried with ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}, only with clang 16 and 19")
endif()
