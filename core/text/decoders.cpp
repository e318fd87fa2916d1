// SPDX-License-Identifier: Apache-2.0
#include "core/text/pipeline.h"

#include "core/base/text.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <utility>

namespace falconer {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

class ByteLevelDecoder final : public Decoder {
    std::vector<std::string> apply(std::vector<std::string> pieces) const override
    {
        std::string all;
        for (const std::string& piece : pieces)
            all += bytes(piece);
        return {toValidUtf8(all)};
    }

    std::string bytes(std::string piece) const override
    {
        std::string raw;
        return unicode::appendBytes(piece, raw) ? raw : piece;
    }
};

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// The byte that "<0x0A>" stands for, or -1.
int byteOfName(std::string_view piece)
{
    if (piece.size() != 6 || !piece.starts_with("<0x") || piece.back() != '>')
        return -1;
    const int high = hexDigit(piece[3]);
    const int low = hexDigit(piece[4]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

class ByteFallbackDecoder final : public Decoder {
    std::vector<std::string> apply(std::vector<std::string> pieces) const override
    {
        std::vector<std::string> decoded;
        std::string raw;
        const auto flush = [&] {
            if (raw.empty())
                return;
            if (findInvalidUtf8(raw) == std::string::npos)
                decoded.push_back(raw);
            else // the reference gives up on the whole run, one mark a byte
                decoded.insert(decoded.end(), raw.size(), std::string(kReplacementCharacter));
            raw.clear();
        };
        for (std::string& piece : pieces) {
            const int byte = byteOfName(piece);
            if (byte >= 0) {
                raw.push_back(static_cast<char>(byte));
                continue;
            }
            flush();
            decoded.push_back(std::move(piece));
        }
        flush();
        return decoded;
    }

    std::string bytes(std::string piece) const override
    {
        const int byte = byteOfName(piece);
        return byte < 0 ? piece : std::string(1, static_cast<char>(byte));
    }
};

std::string joined(const std::vector<std::string>& pieces)
{
    std::string all;
    for (const std::string& piece : pieces)
        all += piece;
    return all;
}

class FuseDecoder final : public Decoder {
    std::vector<std::string> apply(std::vector<std::string> pieces) const override { return {joined(pieces)}; }
    std::string bytes(std::string piece) const override { return piece; }
};

class StripDecoder final : public Decoder {
public:
    StripDecoder(std::string character, std::size_t start, std::size_t stop)
        : m_character(std::move(character))
        , m_start(start)
        , m_stop(stop)
    {
    }

private:
    std::vector<std::string> apply(std::vector<std::string> pieces) const override
    {
        for (std::string& piece : pieces) {
            std::string_view rest = piece;
            for (std::size_t i = 0; i < m_start && rest.starts_with(m_character); ++i)
                rest.remove_prefix(m_character.size());
            for (std::size_t i = 0; i < m_stop && rest.ends_with(m_character); ++i)
                rest.remove_suffix(m_character.size());
            piece = std::string(rest);
        }
        return pieces;
    }

    // Stands behind Fuse as a rule: what it strips belongs to the ends of the whole text.
    std::string bytes(std::string piece) const override { return piece; }

    std::string m_character;
    std::size_t m_start;
    std::size_t m_stop;
};

class ReplaceDecoder final : public Decoder {
public:
    ReplaceDecoder(std::unique_ptr<SplitPattern> pattern, std::string content)
        : m_replace(replaceNormalizer(std::move(pattern), std::move(content)))
    {
    }

private:
    std::vector<std::string> apply(std::vector<std::string> pieces) const override
    {
        for (std::string& piece : pieces)
            piece = m_replace->apply(std::move(piece));
        return pieces;
    }

    std::string bytes(std::string piece) const override { return m_replace->apply(std::move(piece)); }

    std::unique_ptr<Normalizer> m_replace;
};

class MetaspaceDecoder final : public Decoder {
public:
    MetaspaceDecoder(std::string replacement, PrependScheme scheme)
        : m_replacement(std::move(replacement))
        , m_dropsFirst(scheme != PrependScheme::never)
    {
    }

private:
    std::vector<std::string> apply(std::vector<std::string> pieces) const override
    {
        for (std::size_t i = 0; i < pieces.size(); ++i)
            pieces[i] = replaced(pieces[i], i == 0 && m_dropsFirst ? "" : " ");
        return pieces;
    }

    std::string bytes(std::string piece) const override { return replaced(piece, " "); }

    std::string replaced(std::string_view piece, std::string_view with) const
    {
        std::string text;
        std::size_t done = 0;
        for (std::size_t at = piece.find(m_replacement); at != std::string_view::npos;
             at = piece.find(m_replacement, done)) {
            text += piece.substr(done, at - done);
            text += with;
            done = at + m_replacement.size();
        }
        return text += piece.substr(done);
    }

    std::string m_replacement;
    bool m_dropsFirst;
};

class SequenceDecoder final : public Decoder {
public:
    explicit SequenceDecoder(std::vector<std::unique_ptr<Decoder>> steps)
        : m_steps(std::move(steps))
    {
    }

private:
    std::vector<std::string> apply(std::vector<std::string> pieces) const override
    {
        for (const auto& step : m_steps)
            pieces = step->apply(std::move(pieces));
        return pieces;
    }

    std::string bytes(std::string piece) const override
    {
        for (const auto& step : m_steps)
            piece = step->bytes(std::move(piece));
        return piece;
    }

    std::vector<std::unique_ptr<Decoder>> m_steps;
};

} // namespace

std::unique_ptr<Decoder> byteLevelDecoder() { return std::make_unique<ByteLevelDecoder>(); }
std::unique_ptr<Decoder> byteFallbackDecoder() { return std::make_unique<ByteFallbackDecoder>(); }
std::unique_ptr<Decoder> fuseDecoder() { return std::make_unique<FuseDecoder>(); }

std::unique_ptr<Decoder> stripDecoder(std::string character, std::size_t start, std::size_t stop)
{
    return std::make_unique<StripDecoder>(std::move(character), start, stop);
}

std::unique_ptr<Decoder> replaceDecoder(std::unique_ptr<SplitPattern> pattern, std::string content)
{
    return std::make_unique<ReplaceDecoder>(std::move(pattern), std::move(content));
}

std::unique_ptr<Decoder> metaspaceDecoder(std::string replacement, PrependScheme scheme)
{
    return std::make_unique<MetaspaceDecoder>(std::move(replacement), scheme);
}

std::unique_ptr<Decoder> sequenceDecoder(std::vector<std::unique_ptr<Decoder>> steps)
{
    return std::make_unique<SequenceDecoder>(std::move(steps));
}

} // namespace falconer
