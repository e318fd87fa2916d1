# SPDX-License-Identifier: Apache-2.0
# cmake -DNM=… -DARCHIVE=… -P check_symbols.cmake: a weak function in an object that was compiled for a newer instruction set
# could replace the same function of every other object, and crash on an older processor.
execute_process(COMMAND "${NM}" "${ARCHIVE}" OUTPUT_VARIABLE output RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "nm failed on ${ARCHIVE}")
endif()
string(REPLACE "\n\n" ";" members "${output}")
set(checked 0)
foreach(member IN LISTS members)
    if(NOT member MATCHES " T [^\n]*kernels[0-9]*avx")
        continue()
    endif()
    math(EXPR checked "${checked} + 1")
    if(member MATCHES " W ([^\n]*)") # V, weak data such as the code books, does no harm
        message(FATAL_ERROR "${CMAKE_MATCH_1} has external linkage in an object with instruction set flags:\n${member}")
    endif()
endforeach()
if(checked EQUAL 0 AND X86)
    message(FATAL_ERROR "No AVX object found in ${ARCHIVE}")
endif()
message(STATUS "${checked} objects checked")
