# Which compilers may build Rota, and with which flags.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR
    "g++ ${CMAKE_CXX_COMPILER_VERSION} miscompiles C++20 coroutines without a warning: a condition such as "
    "'if (co_await x)' in a coroutine whose outermost block has no local variable never finishes, and temporaries in "
    "an awaited expression are destroyed twice. Use clang-19 (the reference compiler) or g++ 13 or newer: "
    "-DCMAKE_CXX_COMPILER=clang++-19")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release or RelWithDebInfo" FORCE)
endif()

add_library(rota_flags INTERFACE)
target_compile_features(rota_flags INTERFACE cxx_std_20)
target_compile_options(rota_flags INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
# Everywhere, whether a source formats or not: what is precompiled for all of them does.
get_target_property(formatting fmt::fmt INTERFACE_COMPILE_DEFINITIONS)
target_compile_definitions(rota_flags INTERFACE ${formatting})
target_include_directories(rota_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
if(ROTA_SANITIZE)
  target_compile_options(rota_flags INTERFACE -fsanitize=${ROTA_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(rota_flags INTERFACE -fsanitize=${ROTA_SANITIZE})
endif()
