# SPDX-License-Identifier: Apache-2.0
# Imported targets for the LibTorch inside the PyPI wheel. Its own TorchConfig.cmake insists on nvcc, which a CPU machine
# does not have, so they are declared here: torch_cpu and c10, all that core links.

if(FALCONER_LIBTORCH)
    set(libtorch "${FALCONER_LIBTORCH}")
else()
    set(libtorch "${FALCONER_CACHE_FOLDER}/libtorch-${FALCONER_LIBTORCH_VERSION}/torch")
endif()
if(NOT EXISTS "${libtorch}/lib/libtorch_cpu.so")
    message(FATAL_ERROR "LibTorch ${FALCONER_LIBTORCH_VERSION} is not in ${libtorch}. "
        "Run packaging/setup.sh, or name your own with -DFALCONER_LIBTORCH=DIR.")
endif()
message(STATUS "LibTorch: ${libtorch}")

foreach(library c10 torch_cpu)
    add_library(${library} SHARED IMPORTED GLOBAL)
    set_target_properties(${library} PROPERTIES IMPORTED_LOCATION "${libtorch}/lib/lib${library}.so"
        IMPORTED_SONAME "lib${library}.so")
endforeach()
# -idirafter: the wheel also carries fmt and part of protobuf, which must not hide the system's.
target_compile_options(c10 INTERFACE "SHELL:-idirafter ${libtorch}/include"
    "SHELL:-idirafter ${libtorch}/include/torch/csrc/api/include")
target_link_libraries(torch_cpu INTERFACE c10)

# What every translation unit that includes LibTorch's headers needs; they are not clean under our warnings.
add_library(falconer_torch INTERFACE)
target_link_libraries(falconer_torch INTERFACE torch_cpu c10)
target_link_options(falconer_torch INTERFACE -Wl,--allow-shlib-undefined "-Wl,-rpath,${libtorch}/lib")
target_compile_options(falconer_torch INTERFACE -Wno-unused-parameter -Wno-pedantic -Wno-shadow -Wno-deprecated-declarations
    $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)

# One precompiled header for all of them: <ATen/ATen.h> and autograd cost some 10 s a file.
add_library(falconer_torch_pch STATIC "${CMAKE_SOURCE_DIR}/packaging/cmake/torch_pch.cpp")
target_link_libraries(falconer_torch_pch PRIVATE falconer_torch falconer_settings)
target_precompile_headers(falconer_torch_pch PRIVATE <ATen/ATen.h> <torch/csrc/autograd/custom_function.h>
    <torch/csrc/autograd/grad_mode.h> <torch/csrc/autograd/autograd.h>)

function(falconer_use_torch target)
    target_link_libraries(${target} PRIVATE falconer_settings PUBLIC falconer_torch)
    target_precompile_headers(${target} REUSE_FROM falconer_torch_pch)
endfunction()
