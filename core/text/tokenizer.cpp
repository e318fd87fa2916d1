// SPDX-License-Identifier: Apache-2.0
#include "core/text/tokenizer.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/formats/gguf.h"
#include "core/text/tokenizer_parts.h"

#include <algorithm>
#include <utility>

namespace falconer {
namespace {

class BpeTokenizer final : public Tokenizer {
public:
    BpeTokenizer(TokenizerParts parts, TokenizerRoles roles)
        : m_parts(std::move(parts))
        , m_roles(std::move(roles))
    {
    }

    std::vector<std::int32_t> encode(std::string_view text, bool addSpecial) const override
    {
        if (findInvalidUtf8(text) != std::string_view::npos)
            return encode(toValidUtf8(text), addSpecial);
        std::vector<std::int32_t> ids;
        if (addSpecial)
            ids = m_parts.frame.before;
        for (const auto& segment : m_parts.added.split(text)) {
            if (segment.id)
                ids.push_back(*segment.id);
            else
                encodeSegment(text.substr(segment.begin, segment.end - segment.begin), segment.begin == 0, ids);
        }
        if (addSpecial)
            ids.insert(ids.end(), m_parts.frame.after.begin(), m_parts.frame.after.end());
        return ids;
    }

    std::string bytes(std::int32_t id) const override
    {
        const std::string* const form = decodedForm(id);
        if (!form)
            return {};
        return m_parts.decoder ? m_parts.decoder->bytes(*form) : *form;
    }

    std::string piece(std::int32_t id) const override
    {
        const std::string* const content = m_parts.added.content(id);
        const std::string* const own = content ? content : m_parts.model->vocabulary().piece(id);
        return own ? *own : std::string();
    }

    std::optional<std::int32_t> find(std::string_view piece) const override { return m_parts.find(piece); }

    bool isSpecial(std::int32_t id) const override
    {
        const std::string* const form = decodedForm(id);
        return form && m_parts.added.isSpecial(*form);
    }

    std::int32_t size() const override { return std::max(m_parts.added.size(), m_parts.model->vocabulary().size()); }

    std::optional<std::int32_t> bos() const override { return m_roles.bos; }
    std::optional<std::int32_t> eos() const override { return m_roles.eos; }
    std::optional<std::int32_t> pad() const override { return m_roles.pad ? m_roles.pad : m_roles.eos; }
    std::span<const std::int32_t> stopIds() const override { return m_roles.stopIds; }
    std::map<std::string, std::string> specialTokens() const override { return m_roles.specialTokens; }
    std::optional<std::string> chatTemplate() const override { return m_roles.chatTemplate; }

    std::string decode(std::span<const std::int32_t> ids, bool skipSpecial) const override
    {
        std::vector<std::string> pieces;
        pieces.reserve(ids.size());
        for (const std::int32_t id : ids) {
            const std::string* const form = decodedForm(id);
            if (form && !(skipSpecial && m_parts.added.isSpecial(*form)))
                pieces.push_back(*form);
        }
        std::string text;
        if (m_parts.decoder) {
            for (const std::string& piece : m_parts.decoder->apply(std::move(pieces)))
                text += piece;
            return toValidUtf8(text);
        }
        return join(pieces, " ");
    }

private:
    const std::string* decodedForm(std::int32_t id) const
    {
        const std::string* const form = m_parts.added.form(id);
        return form ? form : m_parts.model->vocabulary().piece(id);
    }

    void encodeSegment(std::string_view segment, bool startsText, std::vector<std::int32_t>& ids) const
    {
        std::string text(segment);
        if (m_parts.normalizer)
            text = m_parts.normalizer->apply(std::move(text));
        for (const auto& part : m_parts.added.splitNormalized(text)) {
            if (part.id) {
                ids.push_back(*part.id);
                continue;
            }
            PreText pieces(text.substr(part.begin, part.end - part.begin), startsText && part.begin == 0);
            if (m_parts.preTokenizer)
                m_parts.preTokenizer->apply(pieces);
            for (const PieceSpan& piece : pieces.pieces)
                m_parts.model->encode(pieces.view(piece), ids);
        }
    }

    TokenizerParts m_parts;
    TokenizerRoles m_roles;
};

} // namespace

std::string Tokenizer::decode(std::span<const std::int32_t> ids, bool skipSpecial) const
{
    std::string all;
    for (const std::int32_t id : ids)
        if (!(skipSpecial && isSpecial(id)))
            all += bytes(id);
    return toValidUtf8(all);
}

std::optional<std::int32_t> TokenizerParts::find(std::string_view piece) const
{
    const auto own = added.find(piece);
    return own ? own : model->vocabulary().find(piece);
}

void TokenizerRoles::addStop(std::int32_t id)
{
    if (std::find(stopIds.begin(), stopIds.end(), id) == stopIds.end())
        stopIds.push_back(id);
}

std::unique_ptr<Tokenizer> makeTokenizer(TokenizerParts parts, TokenizerRoles roles)
{
    return std::make_unique<BpeTokenizer>(std::move(parts), std::move(roles));
}

std::unique_ptr<Tokenizer> loadTokenizer(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "tokenizer.json";
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored) && std::filesystem::exists(folder / "tokenizer.model", ignored))
        throw Error(ErrorCode::modelUnsupported, (folder / "tokenizer.model").string(),
            "this model's tokenizer comes as a SentencePiece model only",
            "add the tokenizer.json that the model's page offers, or convert it with Transformers");
    TokenizerParts parts = parseTokenizerJson(readFile(file), file.string());
    TokenizerRoles roles = readTokenizerRoles(folder, parts);
    return makeTokenizer(std::move(parts), std::move(roles));
}

std::unique_ptr<Tokenizer> loadTokenizer(const GgufFile& file)
{
    TokenizerParts parts = readGgufTokenizer(file);
    TokenizerRoles roles = readGgufRoles(file, parts);
    return makeTokenizer(std::move(parts), std::move(roles));
}

std::unique_ptr<Tokenizer> loadTokenizerFor(const std::filesystem::path& model)
{
    if (model.extension() == ".gguf")
        return loadTokenizer(*GgufFile::open(model));
    return loadTokenizer(model);
}

} // namespace falconer
