# SPDX-License-Identifier: Apache-2.0
# Compiler settings shared by every target of the project.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(FALCONER_CCACHE ccache)
if(FALCONER_CCACHE)
    # Without this sloppiness ccache passes over every file that uses a precompiled header; with a base folder another clone
    # of the project finds what was compiled in this one.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${FALCONER_CCACHE}")
endif()

# Where packaging/setup.sh keeps what it fetched; packaging/common.sh and core/hub look in the same place.
set(FALCONER_LIBTORCH_VERSION 2.15.0)
set(FALCONER_ARROW_VERSION 26.0.1)
set(FALCONER_ARROW_SOVERSION 2600)
if(DEFINED ENV{FALCONER_CACHE})
    set(FALCONER_CACHE_FOLDER "$ENV{FALCONER_CACHE}")
elseif(DEFINED ENV{XDG_CACHE_HOME})
    set(FALCONER_CACHE_FOLDER "$ENV{XDG_CACHE_HOME}/falconer")
else()
    set(FALCONER_CACHE_FOLDER "$ENV{HOME}/.cache/falconer")
endif()

find_program(FALCONER_NVCC nvcc
    HINTS /usr/local/cuda/bin "${FALCONER_CACHE_FOLDER}/libtorch-${FALCONER_LIBTORCH_VERSION}/nvidia/cu13/bin")
if(FALCONER_REQUIRE_CUDA AND NOT FALCONER_NVCC)
    message(FATAL_ERROR "The cuda preset needs nvcc: install the CUDA toolkit 13, or use the preset release.")
endif()

add_library(falconer_settings INTERFACE)
target_include_directories(falconer_settings INTERFACE "${CMAKE_SOURCE_DIR}")
# Qt's lower-case keywords (slots, signals, emit) break LibTorch's headers, so they are off everywhere.
target_compile_definitions(falconer_settings INTERFACE QT_NO_KEYWORDS)
target_compile_options(falconer_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror
    # g++ 12 reports false positives of these inside the standard library at -O2 and above
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized;-Wno-stringop-overflow;-Wno-array-bounds>"
    # numbers must not depend on whether the compiler fuses a multiply and an add
    -ffp-contract=off)
if(FALCONER_SANITIZE)
    target_compile_options(falconer_settings INTERFACE -fsanitize=${FALCONER_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(falconer_settings INTERFACE -fsanitize=${FALCONER_SANITIZE})
endif()
