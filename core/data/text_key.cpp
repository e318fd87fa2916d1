// SPDX-License-Identifier: Apache-2.0
#include "core/data/text_key.h"

#include <bit>
#include <cstring>

namespace falconer {
namespace {

constexpr std::uint64_t kFirst = 0x87C37B91114253D5u;
constexpr std::uint64_t kSecond = 0x4CF5AD432745937Fu;

std::uint64_t scramble(std::uint64_t word, std::uint64_t before, int turn, std::uint64_t after)
{
    return std::rotl(word * before, turn) * after;
}

std::uint64_t finish(std::uint64_t word)
{
    word = (word ^ (word >> 33)) * 0xFF51AFD7ED558CCDu;
    word = (word ^ (word >> 33)) * 0xC4CEB9FE1A85EC53u;
    return word ^ (word >> 33);
}

} // namespace

TextKey textKey(std::string_view text)
{
    TextKey key;
    std::size_t at = 0;
    for (; text.size() - at >= 16; at += 16) {
        std::uint64_t words[2];
        std::memcpy(words, text.data() + at, sizeof words);
        key.low = (std::rotl(key.low ^ scramble(words[0], kFirst, 31, kSecond), 27) + key.high) * 5 + 0x52DCE729;
        key.high = (std::rotl(key.high ^ scramble(words[1], kSecond, 33, kFirst), 31) + key.low) * 5 + 0x38495AB5;
    }
    std::uint64_t rest[2] = {0, 0};
    std::memcpy(rest, text.data() + at, text.size() - at);
    key.high ^= scramble(rest[1], kSecond, 33, kFirst);
    key.low ^= scramble(rest[0], kFirst, 31, kSecond);
    key.low ^= text.size();
    key.high ^= text.size();
    key.low += key.high;
    key.high += key.low;
    key.low = finish(key.low);
    key.high = finish(key.high);
    key.low += key.high;
    key.high += key.low;
    return key;
}

} // namespace falconer
