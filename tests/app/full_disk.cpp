// SPDX-License-Identifier: Apache-2.0
// Loaded with LD_PRELOAD. Files below FALCONER_TEST_DISK get FALCONER_TEST_DISK_BYTES bytes in all; after them write()
// fails as it does on a full disk: the last one writes what still fits. A file FALCONER_TEST_DISK.room beside the
// folder makes room.
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <string>

#include <dlfcn.h>
#include <limits.h>
#include <unistd.h>

namespace {

std::atomic<long long>& bytesLeft()
{
    static std::atomic<long long> left([] {
        const char* value = std::getenv("FALCONER_TEST_DISK_BYTES");
        return value ? std::atoll(value) : LLONG_MAX;
    }());
    return left;
}

bool liesOnTheDisk(int descriptor)
{
    const char* disk = std::getenv("FALCONER_TEST_DISK");
    char path[PATH_MAX];
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t length = disk ? ::readlink(link.c_str(), path, sizeof path) : -1;
    return length > 0 && std::string(path, static_cast<std::size_t>(length)).rfind(std::string(disk) + "/", 0) == 0;
}

} // namespace

extern "C" ssize_t write(int descriptor, const void* data, size_t bytes)
{
    using Write = ssize_t (*)(int, const void*, size_t);
    static const auto real = reinterpret_cast<Write>(::dlsym(RTLD_NEXT, "write"));
    if (!liesOnTheDisk(descriptor))
        return real(descriptor, data, bytes);
    const std::string room = std::string(std::getenv("FALCONER_TEST_DISK")) + ".room";
    const long long left = ::access(room.c_str(), F_OK) == 0 ? LLONG_MAX : bytesLeft().load();
    if (left <= 0 && bytes > 0) {
        errno = ENOSPC;
        return -1;
    }
    const ssize_t written
        = real(descriptor, data, static_cast<long long>(bytes) > left ? static_cast<size_t>(left) : bytes);
    if (written > 0)
        bytesLeft() -= written;
    return written;
}
