// SPDX-License-Identifier: Apache-2.0
// Templates that mean harm: each ends soon with an error that names its line.
#include "core/base/error.h"
#include "core/text/chat_template.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <string>

using namespace falconer;
using nlohmann::ordered_json;

namespace {

std::string repeated(const std::string& part, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += part;
    return text;
}

/// The fault of a template, whose lines end above 0; an empty one when it renders.
Fault faultOf(const std::string& source)
{
    try {
        const ordered_json context = {{"messages", {{{"role", "user"}, {"content", "Hi"}}}}, {"x", "xyz"}};
        ChatTemplate::parse(source, "evil.jinja").render(context);
    } catch (const Error& error) {
        return error.faults().front();
    }
    return {};
}

} // namespace

class TestTemplateLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsWithAnError_data()
    {
        QTest::addColumn<std::string>("source");
        const auto row = [](const char* name, const std::string& source) { QTest::addRow("%s", name) << source; };
        row("loops in loops", "{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}");
        row("empty loops in loops", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}");
        row("a giant range", "{{ range(1000000000) | list }}");
        row("a giant range by steps", "{{ range(-9223372036854775807, 9223372036854775807, 3) }}");
        row("a string times a number", "{{ 'x' * 100000000000 }}");
        row("a string times the largest number", "{{ 'xy' * 9223372036854775807 }}");
        row("a list times a number", "{{ [0] * 1000000000 }}");
        row("doubling",
            "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}");
        row("doubling with ~",
            "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}");
        row("doubling by replace",
            "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s|replace('x', 'xx') %}{% endfor "
            "%}");
        row("doubling by join",
            "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s]|join %}{% endfor %}");
        row("doubling by method",
            "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s.replace('', ns.s) %}{% endfor "
            "%}");
        row("doubling a list",
            "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}");
        row("shared lists, printed",
            "{% set ns = namespace(s=[1]) %}{% for i in range(90) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s "
            "}}");
        row("shared lists, as JSON",
            "{% set ns = namespace(s=[1]) %}{% for i in range(90) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ "
            "ns.s|tojson }}");
        row("shared lists, compared",
            "{% set a = namespace(s=[1]) %}{% set b = namespace(s=[1]) %}{% for i in range(90) %}{% set a.s = [a.s, "
            "a.s] %}"
            "{% set b.s = [b.s, b.s] %}{% endfor %}{{ a.s == b.s }}");
        row("nested lists",
            "{% set ns = namespace(s=[]) %}{% for i in range(99999) %}{% set ns.s = [ns.s] %}{% endfor %}");
        row("a namespace in itself, printed", "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}");
        row("endless recursion", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}");
        row("endless recursion through a default", "{% macro f(a=f()) %}{% endmacro %}{{ f() }}");
        row("endless recursion through call", "{% macro f() %}{% call f() %}{% endcall %}{% endmacro %}{{ f() }}");
        row("branching recursion",
            "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}");
        row("parentheses", "{{ " + repeated("(", 100000) + "1" + repeated(")", 100000) + " }}");
        row("brackets", "{{ " + repeated("[", 100000) + " }}");
        row("not not not", "{{ " + repeated("not ", 100000) + "1 }}");
        row("minus minus", "{{ " + repeated("- ", 100000) + "1 }}");
        row("a long sum", "{{ 1" + repeated("+1", 100000) + " }}");
        row("a long chain of members", "{{ x" + repeated(".a", 100000) + " }}");
        row("a long chain of filters", "{{ x" + repeated("|trim", 100000) + " }}");
        row("a long chain of conditions", "{{ 1" + repeated(" if 1 else 1", 50000) + " }}");
        row("nested blocks", repeated("{% if 1 %}", 20000) + repeated("{% endif %}", 20000));
        row("nested targets", "{% set " + repeated("(", 100000) + "a = 1 %}");
        row("include", "{% include '/etc/passwd' %}");
        row("import", "{% import 'x' as y %}");
        row("from", "{% from 'x' import y %}");
        row("extends", "{% extends 'x' %}");
        row("a wide field", "{{ '{:999999999999}'.format(1) }}");
        row("wide fields", "{% for i in range(9999) %}{{ '%900000d' % 1 }}{% endfor %}");
        row("a wide centre", "{{ 'x'|center(9223372036854775807) }}");
        row("a wide justification", "{{ 'x'.ljust(9000000000000000000, '雨') }}");
        row("a wide indent", "{{ 'x'|indent(9000000000) }}");
        row("wide JSON", "{{ [[[1]]]|tojson(indent=9000000000) }}");
        row("zeros", "{{ '1'.zfill(9000000000) }}");
        row("a batch to fill", "{{ [1]|batch(9000000000, 'x')|list }}");
        row("many slices", "{{ [1]|slice(9000000000)|list }}");
        row("much output",
            "{% for i in range(99999) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' * 99 }}{% endfor %}");
        row("much output into a set",
            "{% set x %}{% for i in range(99999) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' * 999 }}{% endfor "
            "%}{% endset %}");
        row("powers", "{{ 9 ** 9 ** 9 }}");
        row("a class", "{{ ''.__class__.__mro__[1].__subclasses__() }}");
        row("a format that digs", "{{ '{0.__class__.__init__}'.format(x).y }}{{ raise_exception('never read') }}");
        row("not closed", "{{ x ");
        row("not closed either", "{% for a in x %}");
    }

    void endsWithAnError()
    {
        QFETCH(std::string, source);
        const Fault fault = faultOf("\n\n" + source);
        QVERIFY2(fault.subject == "evil.jinja, line 3", (fault.subject + ": " + fault.problem).c_str());
        QVERIFY2(!fault.problem.empty() && fault.problem.size() < 300, fault.problem.c_str());
    }

    void limitsAreTheCallers()
    {
        const auto parsed = ChatTemplate::parse("{% for i in range(1000) %}{{ i }}{% endfor %}", "t");
        const auto limited = [&](auto change) {
            RenderOptions options;
            change(options.limits);
            try {
                parsed.render(ordered_json::object(), options);
            } catch (const Error& error) {
                return error.code() == ErrorCode::fileMalformed;
            }
            return false;
        };
        QVERIFY(!limited([](TemplateLimits&) {}));
        QVERIFY(limited([](TemplateLimits& limits) { limits.steps = 1000; }));
        QVERIFY(limited([](TemplateLimits& limits) { limits.bytes = 1000; }));
        QVERIFY(limited([](TemplateLimits& limits) { limits.outputBytes = 1000; }));
        QVERIFY(limited([](TemplateLimits& limits) { limits.depth = 2; }));
    }

    void longConversationsFit()
    {
        // Ten thousand turns, and one of several megabytes.
        const auto parsed
            = ChatTemplate::parse("{% for m in messages %}{{ m.role ~ ': ' ~ m.content | trim }}\n{% endfor %}", "t");
        ordered_json messages = ordered_json::array();
        for (int i = 0; i < 10'000; ++i)
            messages.push_back({{"role", "user"}, {"content", "some words that somebody wrote"}});
        QVERIFY(parsed.render({{"messages", messages}}).text.size() > 300'000);
        messages = {{{"role", "user"}, {"content", std::string(8'000'000, 'x')}}};
        QCOMPARE(parsed.render({{"messages", messages}}).text.size(), std::size_t{8'000'007});
    }

    void tooLargeASourceIsRefused()
    {
        try {
            ChatTemplate::parse(std::string(2 << 20, 'x'), "t");
            QFAIL("it was parsed");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::fileMalformed);
        }
    }
};

QTEST_GUILESS_MAIN(TestTemplateLimits)
#include "tst_template_limits.moc"
