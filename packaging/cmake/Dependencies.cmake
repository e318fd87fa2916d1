# SPDX-License-Identifier: Apache-2.0
# Every library that the rooms use, found once for all of them; packaging/setup.sh installs them.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(Protobuf REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PCRE2_32 REQUIRED IMPORTED_TARGET libpcre2-32)
if(FALCONER_WORKBENCH)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Charts Concurrent Core DBus Gui LinguistTools Svg Widgets)
endif()
set(FALCONER_ARROW "" CACHE STRING "Folder of an unpacked pyarrow package; empty: the one that packaging/setup.sh fetched; OFF: none")
include(Arrow)
