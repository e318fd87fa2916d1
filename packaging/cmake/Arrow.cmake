# SPDX-License-Identifier: Apache-2.0
# Arrow C++ inside the PyPI wheel pyarrow, for Parquet and Arrow files. Optional: without it core/data says, at such a
# file, that this build cannot read it.

if(FALCONER_ARROW STREQUAL "")
    set(arrow "${FALCONER_CACHE_FOLDER}/pyarrow-${FALCONER_ARROW_VERSION}/pyarrow")
else()
    set(arrow "${FALCONER_ARROW}")
endif()
set(FALCONER_HAS_ARROW OFF)
if(FALCONER_ARROW STREQUAL "OFF")
    message(STATUS "Arrow: left out")
elseif(EXISTS "${arrow}/libparquet.so.${FALCONER_ARROW_SOVERSION}" AND EXISTS "${arrow}/include/arrow/api.h")
    set(FALCONER_HAS_ARROW ON)
    message(STATUS "Arrow: ${arrow}")
    add_library(falconer_arrow INTERFACE)
    foreach(library arrow parquet)
        add_library(${library} SHARED IMPORTED GLOBAL)
        set_target_properties(${library} PROPERTIES
            IMPORTED_LOCATION "${arrow}/lib${library}.so.${FALCONER_ARROW_SOVERSION}"
            IMPORTED_SONAME "lib${library}.so.${FALCONER_ARROW_SOVERSION}")
        target_link_libraries(falconer_arrow INTERFACE ${library})
    endforeach()
    target_include_directories(falconer_arrow SYSTEM INTERFACE "${arrow}/include")
    target_link_options(falconer_arrow INTERFACE "-Wl,-rpath,${arrow}")
elseif(NOT FALCONER_ARROW STREQUAL "")
    message(FATAL_ERROR "Arrow ${FALCONER_ARROW_VERSION} is not in ${arrow}.")
else()
    message(STATUS "Arrow: not found in ${arrow}; Parquet files will not be read (packaging/setup.sh fetches it)")
endif()
