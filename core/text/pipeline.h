// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/split_pattern.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The steps around the model of a tokenizer.json, each an object that does what the section of that name does in the
/// reference. All are immutable; text is well-formed UTF-8 throughout.
namespace falconer {

/// Section "normalizer".
class Normalizer {
public:
    virtual ~Normalizer() = default;
    virtual std::string apply(std::string text) const = 0;
};

/// Text on its way to the model: one buffer, and the pieces of it that are left.
struct PreText {
    std::string text;
    std::vector<PieceSpan> pieces;
    bool atStart = false; ///< the first piece begins where the user's text does

    /// One piece, all of it; no piece when it is empty.
    PreText(std::string whole, bool startsText);
    std::string_view view(const PieceSpan& piece) const
    {
        return std::string_view(text).substr(piece.begin, piece.end - piece.begin);
    }
};

/// Section "pre_tokenizer".
class PreTokenizer {
public:
    virtual ~PreTokenizer() = default;
    virtual void apply(PreText& text) const = 0;
};

/// Section "decoder": turns the pieces of a decoded sequence into what they stand for.
class Decoder {
public:
    virtual ~Decoder() = default;
    virtual std::vector<std::string> apply(std::vector<std::string> pieces) const = 0;
    /// The bytes of one piece on its own, as far as that can be said without its neighbours.
    virtual std::string bytes(std::string piece) const = 0;
};

/// Section "post_processor", as far as ids go: what stands before and behind the text.
struct SpecialFrame {
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
};

std::unique_ptr<Normalizer> prependNormalizer(std::string prefix);
std::unique_ptr<Normalizer> replaceNormalizer(std::unique_ptr<SplitPattern> pattern, std::string content);
std::unique_ptr<Normalizer> byteLevelNormalizer();
std::unique_ptr<Normalizer> sequenceNormalizer(std::vector<std::unique_ptr<Normalizer>> steps);

enum class PrependScheme { first, never, always };

std::unique_ptr<PreTokenizer> byteLevelPreTokenizer(bool addPrefixSpace, bool useRegex);
std::unique_ptr<PreTokenizer> splitPreTokenizer(
    std::unique_ptr<SplitPattern> pattern, SplitBehavior behavior, bool invert);
std::unique_ptr<PreTokenizer> metaspacePreTokenizer(std::string replacement, PrependScheme scheme, bool split);
std::unique_ptr<PreTokenizer> sequencePreTokenizer(std::vector<std::unique_ptr<PreTokenizer>> steps);
/// Falcon-7B, 40B and 11B: Punctuation, ByteLevel, Digits, then three ASCII digits.
std::unique_ptr<PreTokenizer> falconPreTokenizer();
/// Llama-3's Split, then ByteLevel.
std::unique_ptr<PreTokenizer> llama3PreTokenizer();
/// SmolLM's: each numeral by itself, then ByteLevel with its own pattern.
std::unique_ptr<PreTokenizer> smolLmPreTokenizer();

std::unique_ptr<Decoder> byteLevelDecoder();
std::unique_ptr<Decoder> byteFallbackDecoder();
std::unique_ptr<Decoder> fuseDecoder();
std::unique_ptr<Decoder> stripDecoder(std::string character, std::size_t start, std::size_t stop);
std::unique_ptr<Decoder> replaceDecoder(std::unique_ptr<SplitPattern> pattern, std::string content);
std::unique_ptr<Decoder> metaspaceDecoder(std::string replacement, PrependScheme scheme);
std::unique_ptr<Decoder> sequenceDecoder(std::vector<std::unique_ptr<Decoder>> steps);

} // namespace falconer
