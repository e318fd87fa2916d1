// SPDX-License-Identifier: Apache-2.0
#include "core/text/jinja_filters.h"
#include "core/text/jinja_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace falconer::jinja {
namespace {

std::int64_t lengthOf(Runtime& runtime, const Value& value)
{
    const auto length = runtime.length(value);
    if (!length)
        fail(fmt::format("object of type '{}' has no len()", typeName(value)));
    return *length;
}

Value length(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("length", arguments, {});
    return Value::of(lengthOf(runtime, value));
}

Value list(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("list", arguments, {});
    return runtime.list(runtime.elements(value));
}

Value items(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("items", arguments, {});
    if (value.isUndefined())
        return runtime.generator({});
    if (!value.is(Type::dict))
        fail("Can only get item pairs from a mapping.");
    std::vector<Value> pairs;
    for (const auto& [key, item] : value.dict->items)
        pairs.push_back(runtime.list({key, item}, Type::tuple));
    return runtime.generator(std::move(pairs));
}

Value first(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("first", arguments, {});
    if (value.is(Type::generator)) { // takes one and leaves the others
        ListObject& source = *value.list;
        if (source.next < source.items.size())
            return source.items[source.next++];
    } else if (const auto all = runtime.elements(value); !all.empty()) {
        return all.front();
    }
    return runtime.undefined(UndefinedObject::Kind::hint, "No first item, sequence was empty.");
}

Value last(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("last", arguments, {});
    if (value.is(Type::generator))
        fail("'generator' object is not reversible");
    const auto all = runtime.elements(value);
    return all.empty() ? runtime.undefined(UndefinedObject::Kind::hint, "No last item, sequence was empty.")
                       : all.back();
}

Value reverse(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("reverse", arguments, {});
    if (value.isString())
        return runtime.slice(value, Value::none(), Value::none(), Value::of(std::int64_t{-1}));
    auto all = runtime.elements(value);
    std::reverse(all.begin(), all.end());
    return value.is(Type::generator) ? runtime.list(std::move(all)) : runtime.generator(std::move(all));
}

Value join(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("join", arguments, {"d", "attribute"});
    const std::string separator = given.has(0) ? runtime.text(given[0]) : "";
    const bool byAttribute = given.has(1) && !given[1].isNone();
    std::string out;
    bool isFirst = true;
    for (const Value& element : runtime.elements(value)) {
        const std::string piece = runtime.text(byAttribute ? attributePath(runtime, element, given[1]) : element);
        runtime.heap().charge(piece.size() + separator.size());
        if (!isFirst)
            out += separator;
        isFirst = false;
        out += piece;
    }
    return runtime.string(std::move(out));
}

Value map(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    std::vector<Value> made;
    if (!isTrue(value)) // whatever it is
        return runtime.generator({});
    if (arguments.positional.empty()) {
        const Parameters given("map", arguments, {"attribute", "default"});
        if (!given.has(0))
            fail("map requires a filter argument");
        const Value fallback = given.get(1, Value::none());
        for (const Value& element : runtime.elements(value))
            made.push_back(attributePath(runtime, element, given[0], fallback.isNone() ? nullptr : &fallback));
        return runtime.generator(std::move(made));
    }
    if (!arguments.positional.front().isString())
        fail("map needs the name of a filter");
    const std::string_view name = arguments.positional.front().text();
    const Arguments rest{{arguments.positional.begin() + 1, arguments.positional.end()}, arguments.named};
    for (const Value& element : runtime.elements(value))
        made.push_back(runtime.filter(name, element, rest));
    return runtime.generator(std::move(made));
}

/// select, reject and, with the attribute's name first, selectattr and rejectattr.
Value choose(Runtime& runtime, const Value& value, const Arguments& arguments, bool keep, bool byAttribute)
{
    const std::size_t at = byAttribute ? 1 : 0;
    if (arguments.positional.size() < at)
        fail("Missing parameter for attribute name");
    std::vector<Value> chosen;
    if (!isTrue(value))
        return runtime.generator({});
    Arguments rest;
    std::string_view name;
    if (arguments.positional.size() > at) {
        if (!arguments.positional[at].isString())
            fail("the name of a test must be a string");
        name = arguments.positional[at].text();
        rest = {{arguments.positional.begin() + static_cast<std::ptrdiff_t>(at) + 1, arguments.positional.end()},
            arguments.named};
    }
    for (const Value& element : runtime.elements(value)) {
        runtime.step();
        const Value subject = byAttribute ? attributePath(runtime, element, arguments.positional.front()) : element;
        if ((name.empty() ? isTrue(subject) : runtime.test(name, subject, rest)) == keep)
            chosen.push_back(element);
    }
    return runtime.generator(std::move(chosen));
}

Value select(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    return choose(runtime, value, arguments, true, false);
}
Value reject(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    return choose(runtime, value, arguments, false, false);
}
Value selectAttribute(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    return choose(runtime, value, arguments, true, true);
}
Value rejectAttribute(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    return choose(runtime, value, arguments, false, true);
}

/// What an element is compared by: itself or an attribute, without case unless asked.
Value keyOf(
    Runtime& runtime, const Value& element, const Value& path, bool caseSensitive, const Value* fallback = nullptr)
{
    const Value key = attributePath(runtime, element, path, fallback);
    return caseSensitive ? key : ignoreCase(runtime, key);
}

std::vector<Value> sorted(Runtime& runtime, std::vector<std::pair<Value, Value>> keyed, bool backwards)
{
    sortValues(runtime, keyed, backwards);
    std::vector<Value> out;
    for (const auto& [key, element] : keyed)
        out.push_back(element);
    return out;
}

Value sort(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("sort", arguments, {"reverse", "case_sensitive", "attribute"});
    const Value path = given.get(2, Value::none());
    std::vector<std::pair<Value, Value>> keyed;
    for (const Value& element : runtime.elements(value)) {
        std::vector<Value> keys; // several attributes, with commas between
        if (path.isString())
            for (const std::string_view part : splitText(path.text(), ",", -1))
                keys.push_back(keyOf(runtime, element, Value::of(part), given.flag(1, false)));
        else
            keys.push_back(keyOf(runtime, element, path, given.flag(1, false)));
        keyed.emplace_back(runtime.list(std::move(keys)), element);
    }
    return runtime.list(sorted(runtime, std::move(keyed), given.flag(0, false)));
}

Value dictSort(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("dictsort", arguments, {"case_sensitive", "by", "reverse"});
    const std::string by = given.has(1) ? runtime.text(given[1]) : "key";
    if (by != "key" && by != "value")
        fail("You can only sort by either \"key\" or \"value\"");
    requireDefined(value);
    if (!value.is(Type::dict))
        fail(fmt::format("dictsort needs a mapping, not '{}'", typeName(value)));
    std::vector<std::pair<Value, Value>> keyed;
    for (const auto& [key, item] : value.dict->items)
        keyed.emplace_back(keyOf(runtime, by == "key" ? key : item, Value::none(), given.flag(0, false)),
            runtime.list({key, item}, Type::tuple));
    return runtime.list(sorted(runtime, std::move(keyed), given.flag(2, false)));
}

Value unique(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("unique", arguments, {"case_sensitive", "attribute"});
    std::vector<std::pair<Value, Value>> seen;
    std::vector<Value> kept;
    for (const Value& element : runtime.elements(value)) {
        const std::size_t before = seen.size();
        runtime.step(before);
        runtime.setKey(seen, keyOf(runtime, element, given.get(1, Value::none()), given.flag(0, false)), Value::none());
        if (seen.size() > before)
            kept.push_back(element);
    }
    return runtime.generator(std::move(kept));
}

Value extreme(Runtime& runtime, const Value& value, const Arguments& arguments, bool largest)
{
    const Parameters given(largest ? "max" : "min", arguments, {"case_sensitive", "attribute"});
    std::optional<Value> best;
    Value bestKey;
    for (const Value& element : runtime.elements(value)) {
        const Value key = keyOf(runtime, element, given.get(1, Value::none()), given.flag(0, false));
        if (!best || (largest ? runtime.less(bestKey, key, ">") : runtime.less(key, bestKey))) {
            best = element;
            bestKey = key;
        }
    }
    return best ? *best : runtime.undefined(UndefinedObject::Kind::hint, "No aggregated item, sequence was empty.");
}

Value smallest(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    return extreme(runtime, value, arguments, false);
}
Value greatest(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    return extreme(runtime, value, arguments, true);
}

Value sum(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("sum", arguments, {"attribute", "start"});
    Value total = given.get(1, Value::of(std::int64_t{0}));
    if (total.isString())
        fail("sum() can't sum strings [use ''.join(seq) instead]");
    for (const Value& element : runtime.elements(value))
        total = runtime.binary("+", total, attributePath(runtime, element, given.get(0, Value::none())));
    return total;
}

Value batch(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("batch", arguments, {"linecount", "fill_with"}, 1);
    const std::int64_t count = given.whole(0, 1);
    std::vector<Value> rows, row;
    for (const Value& element : runtime.elements(value)) {
        if (static_cast<std::int64_t>(row.size()) == count)
            rows.push_back(runtime.list(std::exchange(row, {})));
        row.push_back(element);
    }
    if (!row.empty()) {
        if (given.has(1) && !given[1].isNone() && count > static_cast<std::int64_t>(row.size())) {
            runtime.heap().charge(
                static_cast<std::size_t>(std::min<std::int64_t>(count, std::int64_t{1} << 40)) * sizeof(Value));
            row.resize(static_cast<std::size_t>(count), given[1]);
        }
        rows.push_back(runtime.list(std::move(row)));
    }
    return runtime.generator(std::move(rows));
}

Value slices(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("slice", arguments, {"slices", "fill_with"}, 1);
    const std::vector<Value> all = runtime.elements(value);
    const auto size = static_cast<std::int64_t>(all.size());
    const std::int64_t count = given.whole(0, 1);
    if (count <= 0)
        fail("slice needs a number of slices above 0");
    std::vector<Value> rows;
    std::int64_t at = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        runtime.step();
        const std::int64_t take = size / count + (i < size % count ? 1 : 0);
        std::vector<Value> row(all.begin() + at, all.begin() + at + take);
        at += take;
        if (given.has(1) && !given[1].isNone() && i >= size % count)
            row.push_back(given[1]);
        rows.push_back(runtime.list(std::move(row)));
    }
    return runtime.generator(std::move(rows));
}

Value groupBy(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("groupby", arguments, {"attribute", "default", "case_sensitive"}, 1);
    const bool caseSensitive = given.flag(2, false);
    const Value* const fallback = given.has(1) && !given[1].isNone() ? &given[1] : nullptr;
    std::vector<std::pair<Value, Value>> keyed;
    for (const Value& element : runtime.elements(value))
        keyed.emplace_back(keyOf(runtime, element, given[0], caseSensitive, fallback), element);
    sortValues(runtime, keyed, false);
    std::vector<Value> groups;
    for (std::size_t i = 0; i < keyed.size();) {
        std::vector<Value> members;
        const Value key = keyed[i].first;
        for (; i < keyed.size() && runtime.equal(keyed[i].first, key); ++i)
            members.push_back(keyed[i].second);
        if (members.empty()) // NaN is not even equal to itself
            members.push_back(keyed[i++].second);
        const Value shown = keyOf(runtime, members.front(), given[0], true, fallback);
        groups.push_back(runtime.heap().list({shown, runtime.list(std::move(members))}, Type::tuple, "group"));
    }
    return runtime.list(std::move(groups));
}

Value attributeOf(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("attr", arguments, {"name"}, 1);
    const Value name = runtime.softText(given[0]);
    bool changes = false;
    if (value.is(Type::dict) && !isMethod(value, name.text(), changes)) // a key is no attribute
        return runtime.undefined(UndefinedObject::Kind::attribute, name.text(), "dict object");
    return runtime.attribute(value, name.text());
}

constexpr std::array<NamedFilter, 23> kFilters = {{{"attr", attributeOf}, {"batch", batch}, {"count", length},
    {"dictsort", dictSort}, {"first", first}, {"groupby", groupBy}, {"items", items}, {"join", join}, {"last", last},
    {"length", length}, {"list", list}, {"map", map}, {"max", greatest}, {"min", smallest}, {"reject", reject},
    {"rejectattr", rejectAttribute}, {"reverse", reverse}, {"select", select}, {"selectattr", selectAttribute},
    {"slice", slices}, {"sort", sort}, {"sum", sum}, {"unique", unique}}};

} // namespace

std::span<const NamedFilter> listFilters() { return kFilters; }

Value attributePath(Runtime& runtime, Value value, const Value& path, const Value* fallback)
{
    if (path.isNone())
        return value;
    const auto descend = [&](const Value& key) {
        value = runtime.item(value, key);
        if (fallback && value.isUndefined())
            value = *fallback;
    };
    if (!path.isString()) {
        descend(path);
        return value;
    }
    for (const std::string_view part : splitText(path.text(), ".", -1)) {
        const bool number = !part.empty() && part.size() < 18
            && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        descend(number ? Value::of(std::int64_t{std::stoll(std::string(part))}) : Value::of(part));
    }
    return value;
}

Value ignoreCase(Runtime& runtime, const Value& value)
{
    return value.isString() ? runtime.string(lowerText(value.text()), value.markup) : value;
}

} // namespace falconer::jinja
