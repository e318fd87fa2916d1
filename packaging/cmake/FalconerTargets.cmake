# SPDX-License-Identifier: Apache-2.0
# One target per room; one executable per test file.

# falconer_room(NAME core/base SOURCES … LINKS … [TORCH]): a static library falconer_<name>.
function(falconer_room name)
    cmake_parse_arguments(ARG "TORCH" "" "SOURCES;LINKS" ${ARGN})
    add_library(falconer_${name} STATIC ${ARG_SOURCES})
    target_link_libraries(falconer_${name} PUBLIC ${ARG_LINKS} PRIVATE falconer_settings)
    target_include_directories(falconer_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    if(ARG_TORCH)
        falconer_use_torch(falconer_${name})
    endif()
endfunction()

# falconer_test(tst_name LINKS … [TORCH] [LABELS …] [TIMEOUT seconds]): tst_name.cpp, a Qt Test, run by CTest.
function(falconer_test name)
    cmake_parse_arguments(ARG "TORCH" "TIMEOUT" "LINKS;LABELS;SOURCES" ${ARGN})
    if(ARG_TORCH AND NOT FALCONER_TORCH)
        return()
    endif()
    add_executable(${name} ${name}.cpp ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${name} PRIVATE ${ARG_LINKS} falconer_test_support falconer_settings Qt6::Test)
    if(ARG_TORCH)
        falconer_use_torch(${name})
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    # A damaged file may make Arrow ask for petabytes: it must get nothing and say so, as without a sanitizer.
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT
        "QT_QPA_PLATFORM=offscreen;FALCONER_BIN=${CMAKE_BINARY_DIR}/bin;ASAN_OPTIONS=allocator_may_return_null=1;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan.supp allocator_may_return_null=1")
endfunction()
