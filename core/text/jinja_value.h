// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The values of a template while it renders: Python's, as far as a template sees them.
namespace falconer::jinja {

/// What is wrong with a template or with what it does; the place is added by whoever knows the line.
struct Problem {
    std::string message;
    bool limit = false; ///< a limit was hit, so the template itself is at fault
};
[[noreturn]] void fail(std::string message);

enum class Type : std::uint8_t {
    undefined,
    none,
    boolean,
    integer,
    floating,
    string,
    list,
    tuple,
    range,
    view, ///< what dict.keys(), .values() and .items() return
    generator, ///< what map, select and their like return: can be walked once
    dict,
    space, ///< namespace(): the only value that a template may change
    macro,
    function,
    method,
    loop
};

struct ListObject;
struct DictObject;
struct UndefinedObject;
struct MacroObject;
struct MethodObject;
struct LoopObject;
class Runtime;
struct Arguments;
struct Value;

using Function = Value (*)(Runtime&, const Arguments&);

/// A small copyable handle. What it points at belongs to the Heap, to the parsed template or to the context; all of
/// them outlive the rendering.
struct Value {
    Type type = Type::undefined;
    bool markup = false; ///< of a string: it went through |safe or |escape, so + escapes what is added to it
    union {
        bool boolean;
        std::int64_t integer;
        double floating;
        const char* characters;
        ListObject* list;
        DictObject* dict;
        const UndefinedObject* undefined; ///< may be null
        const MacroObject* macro;
        const MethodObject* method;
        LoopObject* loop;
        Function function;
    };
    std::size_t size = 0; ///< of a string: bytes

    Value()
        : undefined(nullptr)
    {
    }
    static Value none();
    static Value of(bool value);
    static Value of(std::int64_t value);
    static Value of(double value);
    /// Text that outlives the rendering.
    static Value of(std::string_view text, bool markup = false);
    static Value of(Function function);

    bool is(Type wanted) const { return type == wanted; }
    bool isString() const { return type == Type::string; }
    bool isNone() const { return type == Type::none; }
    bool isUndefined() const { return type == Type::undefined; }
    /// boolean counts as a number, as in Python.
    bool isInteger() const { return type == Type::integer || type == Type::boolean; }
    bool isNumber() const { return isInteger() || type == Type::floating; }
    /// Of one that isInteger().
    std::int64_t whole() const { return type == Type::boolean ? std::int64_t{boolean} : integer; }
    /// Of one that isNumber().
    double real() const { return type == Type::floating ? floating : static_cast<double>(whole()); }
    std::string_view text() const { return {characters, size}; }
    /// Elements one after another in a ListObject.
    bool isListLike() const { return type >= Type::list && type <= Type::generator; }
};

/// The arguments of a call, a filter or a test.
struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string_view, Value>> named;
};

struct ListObject {
    std::vector<Value> items;
    std::size_t next = 0; ///< of a generator: the first element not yet taken
    int depth = 1; ///< lists and dicts inside one another
    std::string_view label; ///< of a view: "dict_keys"; of a generator: "generator"
    std::int64_t start = 0, stop = 0, step = 1; ///< of a range
};

/// Keeps the order in which keys came. Small, so it is searched from the front.
struct DictObject {
    std::vector<std::pair<Value, Value>> items;
    int depth = 1;
};

/// Says what was missing, for the error that a use of the value gives.
struct UndefinedObject {
    enum class Kind { name, attribute, element, hint, unsafe } kind;
    std::string_view text; ///< the name, or the whole sentence of a hint
    std::string_view owner; ///< "dict object"
};

struct MethodObject {
    Value self;
    std::string_view name;
};

/// `loop` inside a for: takes elements when they are asked for, as Jinja does, because the condition of a loop may
/// depend on what its body does.
struct LoopObject {
    std::function<bool(Value&)> pull; ///< the next element, or false
    std::vector<Value> taken;
    bool exhausted = false;
    std::size_t index = 0;
    bool hasChanged = false;
    Value last; ///< what loop.changed() saw, a tuple

    /// Whether there is an element at `at`.
    bool reach(std::size_t at);
};

/// Owns everything that a rendering makes and counts it, so that no template can fill the memory: nothing is freed
/// before the end, which also makes cycles harmless.
class Heap {
public:
    explicit Heap(std::int64_t bytes)
        : m_left(bytes)
    {
    }

    /// Throws Problem when the limit is passed.
    void charge(std::size_t bytes);
    Value string(std::string text, bool markup = false);
    Value list(std::vector<Value> items, Type type = Type::list, std::string_view label = {});
    Value dict(std::vector<std::pair<Value, Value>> items, Type type = Type::dict);
    template <class T>
    T* keep(T object);

private:
    struct Holder {
        virtual ~Holder() = default;
    };
    template <class T>
    struct Held final : Holder {
        explicit Held(T object)
            : value(std::move(object))
        {
        }
        T value;
    };

    std::int64_t m_left;
    std::deque<std::unique_ptr<Holder>> m_objects;
    std::deque<std::string> m_strings;
};

template <class T>
T* Heap::keep(T object)
{
    charge(sizeof(Held<T>) + 16);
    auto held = std::make_unique<Held<T>>(std::move(object));
    T* const pointer = &held->value;
    m_objects.push_back(std::move(held));
    return pointer;
}

/// "str", "NoneType", "dict": Python's name of the type.
std::string_view typeName(const Value& value);
/// Python's truth.
bool isTrue(const Value& value);
/// Whether it can be the key of a dict.
bool isHashable(const Value& value);
/// The message that using an undefined value gives.
std::string undefinedMessage(const Value& value);
/// `value` itself; fails when it is undefined.
void requireDefined(const Value& value);

/// "1.0", "1e+16", "nan": repr(float).
std::string floatText(double value);

} // namespace falconer::jinja
