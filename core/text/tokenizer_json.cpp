// SPDX-License-Identifier: Apache-2.0
#include "core/text/json_section.h"
#include "core/text/tokenizer_parts.h"
#include "core/text/unicode.h"

#include <array>
#include <utility>

// The sections "truncation" and "padding" are left alone on purpose: Transformers overrides both at every call, and
// cutting is the caller's business here.
namespace falconer {
namespace {

constexpr int kDeepest = 16; // Sequence inside Sequence

void checkDepth(const JsonSection& section, int depth)
{
    if (depth > kDeepest)
        section.malformed("its sequences are nested too deeply");
}

/// How many times longer the steps read so far can make a text. Real tokenizers stay below ten; without a bound a short
/// file could ask for any amount of memory, by doubling the text again and again.
class Growth {
public:
    void multiply(const JsonSection& step, std::size_t factor)
    {
        m_factor *= static_cast<double>(factor);
        if (m_factor > 64)
            step.unsupported("the steps up to this one can make a text more than 64 times as long");
    }

private:
    double m_factor = 1;
};

/// The steps of a "Sequence", each read by `read(section, growth, depth)`.
template <class Step, class Read>
std::vector<std::unique_ptr<Step>> readSteps(const JsonSection& list, const Read& read, Growth& growth, int depth)
{
    std::vector<std::unique_ptr<Step>> steps;
    for (const JsonSection& element : list.elements())
        steps.push_back(read(element, growth, depth + 1));
    return steps;
}

std::unique_ptr<SplitPattern> readPattern(const JsonSection& section)
{
    if (const auto text = section.find("String"))
        return literalPattern(text->text());
    if (const auto expression = section.find("Regex"))
        return regexPattern(expression->text(), expression->subject());
    section.malformed("it is neither a String nor a Regex");
}

SplitBehavior readBehavior(const JsonSection& section)
{
    static constexpr std::array kNames = {
        std::pair{std::string_view("Removed"), SplitBehavior::removed},
        std::pair{std::string_view("Isolated"), SplitBehavior::isolated},
        std::pair{std::string_view("Contiguous"), SplitBehavior::contiguous},
        std::pair{std::string_view("MergedWithPrevious"), SplitBehavior::mergedWithPrevious},
        std::pair{std::string_view("MergedWithNext"), SplitBehavior::mergedWithNext},
    };
    for (const auto& [name, behavior] : kNames)
        if (name == section.text())
            return behavior;
    section.unsupported("the behavior \"" + section.text() + "\" is not known");
}

std::string readCharacter(const JsonSection& section)
{
    std::string text = section.text();
    std::size_t at = 0;
    if (!text.empty())
        unicode::next(text, at);
    if (at == 0 || at != text.size())
        section.malformed("it is not one character");
    return text;
}

PrependScheme readPrependScheme(const JsonSection& metaspace)
{
    const auto named = metaspace.find("prepend_scheme");
    PrependScheme scheme = PrependScheme::always;
    if (named && named->text() == "first")
        scheme = PrependScheme::first;
    else if (named && named->text() == "never")
        scheme = PrependScheme::never;
    else if (named && named->text() != "always")
        named->unsupported("the scheme \"" + named->text() + "\" is not known");
    if (!metaspace.booleanOr("add_prefix_space", true) && scheme != PrependScheme::never)
        metaspace.malformed("add_prefix_space and prepend_scheme contradict each other");
    return scheme;
}

std::unique_ptr<Normalizer> readNormalizer(const JsonSection& section, Growth& growth, int depth)
{
    checkDepth(section, depth);
    const std::string& type = section.type();
    if (type == "Sequence")
        return sequenceNormalizer(readSteps<Normalizer>(section.at("normalizers"), readNormalizer, growth, depth));
    if (type == "Prepend") {
        growth.multiply(section, section.at("prepend").text().size() + 1);
        return prependNormalizer(section.at("prepend").text());
    }
    if (type == "Replace") {
        growth.multiply(section, section.at("content").text().size() + 1); // at worst a match between all characters
        return replaceNormalizer(readPattern(section.at("pattern")), section.at("content").text());
    }
    if (type == "ByteLevel") {
        growth.multiply(section, 2);
        return byteLevelNormalizer();
    }
    section.unsupported("the normalizer \"" + type + "\" is not supported");
}

std::unique_ptr<PreTokenizer> readPreTokenizer(const JsonSection& section, Growth& growth, int depth)
{
    checkDepth(section, depth);
    const std::string& type = section.type();
    if (type == "Sequence")
        return sequencePreTokenizer(
            readSteps<PreTokenizer>(section.at("pretokenizers"), readPreTokenizer, growth, depth));
    if (type == "ByteLevel") {
        const bool addPrefixSpace = section.at("add_prefix_space").boolean();
        growth.multiply(section, addPrefixSpace ? 4 : 2);
        return byteLevelPreTokenizer(addPrefixSpace, section.booleanOr("use_regex", true));
    }
    if (type == "Split")
        return splitPreTokenizer(
            readPattern(section.at("pattern")), readBehavior(section.at("behavior")), section.at("invert").boolean());
    if (type == "Digits")
        return splitPreTokenizer(classPattern(unicode::kRustNumeric),
            section.at("individual_digits").boolean() ? SplitBehavior::isolated : SplitBehavior::contiguous, false);
    if (type == "Punctuation") {
        const auto behavior = section.find("behavior");
        return splitPreTokenizer(classPattern(unicode::kOldPunctuation),
            behavior ? readBehavior(*behavior) : SplitBehavior::isolated, false);
    }
    if (type == "Metaspace") {
        const std::string replacement = readCharacter(section.at("replacement"));
        growth.multiply(section, 2 * replacement.size());
        return metaspacePreTokenizer(replacement, readPrependScheme(section), section.booleanOr("split", true));
    }
    if (type == "Whitespace")
        return splitPreTokenizer(wordsPattern(), SplitBehavior::removed, true);
    if (type == "WhitespaceSplit")
        return splitPreTokenizer(classPattern(unicode::kRegexSpace), SplitBehavior::removed, false);
    section.unsupported("the pre-tokenizer \"" + type + "\" is not supported");
}

std::unique_ptr<Decoder> readDecoder(const JsonSection& section, Growth& growth, int depth)
{
    checkDepth(section, depth);
    const std::string& type = section.type();
    if (type == "Sequence")
        return sequenceDecoder(readSteps<Decoder>(section.at("decoders"), readDecoder, growth, depth));
    if (type == "ByteLevel")
        return byteLevelDecoder();
    if (type == "ByteFallback")
        return byteFallbackDecoder();
    if (type == "Fuse")
        return fuseDecoder();
    if (type == "Replace") {
        growth.multiply(section, section.at("content").text().size() + 1);
        return replaceDecoder(readPattern(section.at("pattern")), section.at("content").text());
    }
    if (type == "Metaspace")
        return metaspaceDecoder(readCharacter(section.at("replacement")), readPrependScheme(section));
    if (type == "Strip") {
        const auto count = [&](const char* key) {
            return static_cast<std::size_t>(section.at(key).integer(0, Vocabulary::kLargestId));
        };
        return stripDecoder(readCharacter(section.at("content")), count("start"), count("stop"));
    }
    section.unsupported("the decoder \"" + type + "\" is not supported");
}

/// The ids of one special token of a template.
std::vector<std::int32_t> readTemplateIds(const JsonSection& section, const TokenizerParts& parts)
{
    std::vector<std::int32_t> ids;
    for (const JsonSection& element : section.at("ids").elements()) {
        const auto id = static_cast<std::int32_t>(element.integer(0, Vocabulary::kLargestId));
        if (!parts.added.content(id) && !parts.model->vocabulary().piece(id))
            element.malformed("no token has the id " + std::to_string(id));
        ids.push_back(id);
    }
    return ids;
}

SpecialFrame readTemplate(const JsonSection& section, const TokenizerParts& parts)
{
    SpecialFrame frame;
    bool seenText = false;
    for (const JsonSection& item : section.at("single").elements()) {
        if (const auto sequence = item.find("Sequence")) {
            if (seenText || sequence->at("id").text() != "A")
                item.unsupported("a template with more than one text is not supported");
            seenText = true;
        } else {
            const std::string& name = item.at("SpecialToken").at("id").text();
            const auto ids = readTemplateIds(section.at("special_tokens").at(name), parts);
            auto& side = seenText ? frame.after : frame.before;
            side.insert(side.end(), ids.begin(), ids.end());
        }
    }
    if (!seenText)
        section.at("single").malformed("the text itself is missing");
    return frame;
}

/// Sets `frame` from the one template among the processors; `seen` says whether there was one.
void readPostProcessor(const JsonSection& section, TokenizerParts& parts, bool& seen, int depth)
{
    checkDepth(section, depth);
    const std::string& type = section.type();
    if (type == "Sequence") {
        for (const JsonSection& element : section.at("processors").elements())
            readPostProcessor(element, parts, seen, depth + 1);
    } else if (type == "TemplateProcessing") {
        if (std::exchange(seen, true))
            section.unsupported("a second template is not supported");
        parts.frame = readTemplate(section, parts);
    } else if (type != "ByteLevel") { // which only trims offsets
        section.unsupported("the post-processor \"" + type + "\" is not supported");
    }
}

Vocabulary readVocabulary(const JsonSection& section)
{
    if (!section.json().is_object())
        section.malformed("it is not a JSON object");
    Vocabulary vocabulary;
    for (const auto& [piece, value] : section.json().items()) {
        std::int64_t id = 0;
        if (value.is_number_unsigned() && value.get<std::uint64_t>() <= std::uint64_t{Vocabulary::kLargestId})
            id = value.get<std::int64_t>();
        else // says what is wrong
            id = JsonSection(value, section.subject() + "[\"" + piece + "\"]").integer(0, Vocabulary::kLargestId);
        vocabulary.add(piece, static_cast<std::int32_t>(id));
    }
    return vocabulary;
}

BpeModel::Merges readMerges(const JsonSection& section)
{
    BpeModel::Merges merges;
    for (const JsonSection& element : section.elements()) {
        if (element.json().is_array()) { // newer files: pieces may hold blanks
            const auto pair = element.elements();
            if (pair.size() != 2)
                element.malformed("it is not a pair");
            merges.emplace_back(pair[0].text(), pair[1].text());
            continue;
        }
        const std::string& line = element.text();
        if (line.starts_with("#version"))
            continue;
        const std::size_t blank = line.find(' ');
        if (blank == std::string::npos || line.find(' ', blank + 1) != std::string::npos)
            element.malformed("it is not two tokens with a blank between");
        merges.emplace_back(line.substr(0, blank), line.substr(blank + 1));
    }
    return merges;
}

std::unique_ptr<BpeModel> readModel(const JsonSection& section)
{
    if (const auto type = section.find("type"); type && type->text() != "BPE")
        section.unsupported("the model \"" + type->text() + "\" is not supported");
    for (const char* const key : {"continuing_subword_prefix", "end_of_word_suffix"})
        if (const auto affix = section.find(key); affix && !affix->text().empty())
            affix->unsupported("marked subwords are not supported");
    if (const auto dropout = section.find("dropout"); dropout && dropout->json() != 0)
        dropout->unsupported("random merges are not supported");
    BpeModel::Options options;
    if (const auto unknown = section.find("unk_token"))
        options.unknown = unknown->text();
    options.fuseUnknown = section.booleanOr("fuse_unk", false);
    options.byteFallback = section.booleanOr("byte_fallback", false);
    options.ignoreMerges = section.booleanOr("ignore_merges", false);
    return std::make_unique<BpeModel>(
        readVocabulary(section.at("vocab")), readMerges(section.at("merges")), options, section.subject());
}

std::vector<AddedToken> readAddedTokens(const JsonSection& section)
{
    std::vector<AddedToken> tokens;
    for (const JsonSection& element : section.elements()) {
        element.at("id").integer(0, Vocabulary::kLargestId);
        AddedToken token;
        token.content = element.at("content").text();
        if (token.content.size() > AddedTokens::kLongestContent)
            element.unsupported(
                "its content is longer than " + std::to_string(AddedTokens::kLongestContent) + " bytes");
        token.singleWord = element.at("single_word").boolean();
        token.leftStrip = element.at("lstrip").boolean();
        token.rightStrip = element.at("rstrip").boolean();
        token.normalized = element.at("normalized").boolean();
        token.special = element.at("special").boolean();
        tokens.push_back(std::move(token));
    }
    return tokens;
}

} // namespace

TokenizerParts parseTokenizerJson(std::string_view json, const std::string& source)
{
    const nlohmann::json document = parseJson(json, source);
    const JsonSection root(document, source);
    if (const auto version = root.find("version"); version && version->text() != "1.0")
        version->unsupported("the version \"" + version->text() + "\" is not known");
    TokenizerParts parts;
    Growth encoding;
    Growth decoding;
    parts.model = readModel(root.at("model"));
    if (const auto normalizer = root.find("normalizer"))
        parts.normalizer = readNormalizer(*normalizer, encoding, 0);
    if (const auto preTokenizer = root.find("pre_tokenizer"))
        parts.preTokenizer = readPreTokenizer(*preTokenizer, encoding, 0);
    if (const auto decoder = root.find("decoder"))
        parts.decoder = readDecoder(*decoder, decoding, 0);
    if (const auto added = root.find("added_tokens")) {
        const Normalizer* const normalizer = parts.normalizer.get();
        parts.added.add(readAddedTokens(*added), parts.model->vocabulary(),
            normalizer ? [normalizer](std::string_view text) { return normalizer->apply(std::string(text)); }
                       : AddedTokens::Normalize());
    }
    if (const auto processor = root.find("post_processor")) {
        bool seen = false;
        readPostProcessor(*processor, parts, seen, 0);
    }
    return parts;
}

} // namespace falconer
