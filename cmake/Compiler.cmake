# Which compilers may build Rota, and with which flags.
include("${CMAKE_CURRENT_LIST_DIR}/Compilers.cmake")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release or RelWithDebInfo" FORCE)
endif()

add_library(rota_flags INTERFACE)
add_library(rota::flags ALIAS rota_flags)
set_target_properties(rota_flags PROPERTIES EXPORT_NAME flags)
target_compile_features(rota_flags INTERFACE cxx_std_20)
# Warnings are asked for where Rota is compiled, and not in projects that use it.
set(warnings -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
target_compile_options(rota_flags INTERFACE "$<BUILD_INTERFACE:${warnings}>")
# What is installed names no place of this machine: neither by std::source_location nor in symbols.
target_compile_options(rota_flags INTERFACE
  "$<BUILD_INTERFACE:$<$<CONFIG:Release>:-ffile-prefix-map=${PROJECT_BINARY_DIR}/=;-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=>>")
# Everywhere, whether a source formats or not: what is precompiled for all of them does.
get_target_property(formatting fmt::fmt INTERFACE_COMPILE_DEFINITIONS)
target_compile_definitions(rota_flags INTERFACE ${formatting})
target_include_directories(rota_flags INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR};${PROJECT_BINARY_DIR}/generated>" "$<INSTALL_INTERFACE:include/rota>")
if(ROTA_SANITIZE)
  target_compile_options(rota_flags INTERFACE -fsanitize=${ROTA_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(rota_flags INTERFACE -fsanitize=${ROTA_SANITIZE})
endif()
