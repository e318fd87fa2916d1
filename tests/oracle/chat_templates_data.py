# SPDX-License-Identifier: Apache-2.0
"""Conversations, made up, and expressions that chat_templates.py renders."""
import itertools

TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}

LOOKUP = {"type": "function", "function": {
    "name": "tide_table", "description": "Says when the tide is high \u2013 & \"how\" <high>.",
    "parameters": {"type": "object", "properties": {
        "harbour": {"type": "string", "description": "Its name", "enum": ["Leer", "Husum"]},
        "day": {"type": ["integer", "null"], "description": "Day of the month", "default": 1},
        "units": {"type": "array", "items": {"type": "string"}, "nullable": True}}, "required": ["harbour"]},
    "return": {"type": "number", "description": "Metres"}}}
NOTE = {"type": "function", "function": {
    "name": "take_note", "description": "Writes a line down.\nNothing else.",
    "parameters": {"type": "object", "properties": {"line": {"type": "string"}, "nested": {
        "type": "object", "properties": {"mood": {"type": "boolean"}}}}, "required": []}}}
TOOLS = [LOOKUP, NOTE]
DOCUMENTS = [{"title": "On kettles", "text": "A kettle sings before it boils.", "doc_id": 1}, {"title": "\u96e8", "text": "It rains.\n"}]


def call(arguments, name="tide_table", identifier="call00001"):
    return {"id": identifier, "type": "function", "function": {"name": name, "arguments": arguments}}


USER, SYSTEM = {"role": "user", "content": "Why do kettles sing?"}, {"role": "system", "content": "You answer in one line. "}
ANSWER = {"role": "assistant", "content": "Steam finds a narrow way out.\n"}
MORE = {"role": "user", "content": "  And \u96e8, \u00e9t\u00e9, \U0001f327\ufe0f? <b>&amp;</b>\t"}

CONVERSATIONS = {
    "one question": [USER],
    "system": [SYSTEM, USER],
    "answered": [USER, ANSWER],
    "system, answered": [SYSTEM, USER, ANSWER],
    "several turns": [SYSTEM, USER, ANSWER, MORE, {"role": "assistant", "content": "\u96e8 is rain; l'\u00e9t\u00e9 is summer \U0001f600."}],
    "several turns, open": [USER, ANSWER, MORE, ANSWER, USER],
    "empty": [],
    "empty text": [{"role": "user", "content": ""}, {"role": "assistant", "content": ""}],
    "two questions": [USER, MORE],
    "answer first": [ANSWER, USER],
    "system last": [USER, ANSWER, SYSTEM],
    "two systems": [SYSTEM, SYSTEM, USER, ANSWER],
    "unknown role": [USER, {"role": "kettle", "content": "Fweee"}],
    "developer": [{"role": "developer", "content": "Be kind."}, USER, ANSWER],
    "thinking": [USER, {"role": "assistant", "content": "<think>\nheat, steam\n</think>\n\nIt whistles."}, MORE,
                 {"role": "assistant", "content": "Rain.", "reasoning_content": "\nThe sign is rain.\n"}],
    "thinking by another name": [USER, {"role": "assistant", "thinking": "steam", "content": "It whistles."}, MORE],
    "tool": [SYSTEM, USER, {"role": "assistant", "content": "", "tool_calls": [call({"harbour": "Leer", "day": 3})]},
             {"role": "tool", "name": "tide_table", "tool_call_id": "call00001", "content": "2.5"}, {"role": "assistant", "content": "2.5 m."}],
    "tool, content null": [USER, {"role": "assistant", "content": None, "tool_calls": [call({"harbour": "Husum", "units": ["m", "ft"], "deep": {"a": None, "b": 1.5}})]},
                           {"role": "tool", "name": "tide_table", "tool_call_id": "call00001", "content": {"height": 2.5, "ok": True}}],
    "tool, arguments as text": [USER, {"role": "assistant", "content": "I look.", "tool_calls": [call("{\"harbour\": \"Leer\"}")]},
                                {"role": "tool", "name": "tide_table", "tool_call_id": "call00001", "content": "{\"height\": 2}"}, ANSWER],
    "two tools": [USER, {"role": "assistant", "content": "", "tool_calls": [call({"harbour": "Leer"}), call({"line": "x\n\"y\" \u00e9"}, "take_note", "call00002")]},
                  {"role": "tool", "name": "tide_table", "tool_call_id": "call00001", "content": "2"},
                  {"role": "tool", "name": "take_note", "tool_call_id": "call00002", "content": "done"}, ANSWER, MORE],
    "parts": [{"role": "user", "content": [{"type": "text", "text": "Look: "}, {"type": "image"}, {"type": "text", "text": "what is it?"}]},
              {"role": "assistant", "content": [{"type": "text", "text": "A kettle."}]}],
    "parts, image by address": [{"role": "system", "content": [{"type": "text", "text": "Short."}]},
                                {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "k.png"}}, {"type": "video"}, {"type": "text", "text": "?"}]}],
    "no content": [{"role": "user"}, {"role": "assistant", "tool_calls": []}],
}


def contexts():
    """(label, context) over every conversation, with and without tools, documents, the generation prompt and thinking."""
    for (name, messages), tools, prompt in itertools.product(CONVERSATIONS.items(), (None, TOOLS), (False, True)):
        yield f"{name}{', tools' if tools else ''}{', prompt' if prompt else ''}", {
            "messages": messages, "tools": tools, "add_generation_prompt": prompt, **TOKENS}
    for name, extra in {"documents": {"documents": DOCUMENTS}, "thinks": {"enable_thinking": True}, "thinks not": {"enable_thinking": False},
                        "date": {"date_string": "1 Jan 2026", "reasoning_effort": "high", "keep_reasoning": True, "custom_tools": TOOLS},
                        "builtin": {"builtin_tools": ["brave_search", "python"], "tools_in_user_message": False, "tools": TOOLS, "xml_tools": TOOLS}}.items():
        for conversation in ("several turns", "thinking", "tool", "system, answered"):
            yield f"{conversation}, {name}", {"messages": CONVERSATIONS[conversation], "add_generation_prompt": True, **TOKENS, **extra}
    yield "no tokens", {"messages": CONVERSATIONS["several turns"]}


# What cases.json holds.
CONTEXTS = {name: {"messages": CONVERSATIONS[name], "add_generation_prompt": prompt, **TOKENS} for name, prompt in (
    ("one question", True), ("several turns", False), ("thinking", True), ("two questions", True), ("unknown role", False),
    ("parts", False), ("empty", True))}
CONTEXTS["tool"] = {"messages": CONVERSATIONS["tool"], "tools": TOOLS, "add_generation_prompt": True, **TOKENS}
CONTEXTS["two tools, documents"] = {"messages": CONVERSATIONS["two tools"], "tools": TOOLS, "documents": DOCUMENTS, **TOKENS}
CONTEXTS["values"] = {
    "messages": [USER, ANSWER], "add_generation_prompt": False, **TOKENS,
    "n": 7, "z": 0, "neg": -3, "f": 2.5, "big": 9007199254740993, "t": True, "no": False, "nil": None, "s": "  Na\u00efve \u00d8re, stra\u00dfe  ",
    "w": "one two  three", "e": "", "lines": "a\n\n b\r\nc", "l": [3, 1, 2, 1], "mixed": ["b", "A", "c", "B"], "el": [], "ed": {},
    "d": {"b": 1, "A": [1, {"k": None}], "c": "x\"y'z"}, "rows": [{"name": "Zoe", "age": 3, "in": {"a": 1}}, {"name": "abe", "age": 30, "in": {"a": 2}},
                                                                {"name": "Bo", "age": 3, "in": {}}],
    "html": "<a href='x'>&\"</a>", "emoji": "\U0001f327\ufe0f\u96e8", "sigma": "\u039f\u0394\u039f\u03a3 \u03a3", "items": ["x"], "name": "falcon"}

# One a line; what raises must raise here too.
EXPRESSIONS = [line for line in r"""
n + 1
n // 2
neg // 2
neg % 2
n % neg
neg / 2
n / 0
n // 0
n % 0
n ** 2
2 ** 0.5
2 ** -1
n * f
f // 2
-f // 2
-f % 2
f % -2
1e16
1e15
0.0001
0.00001
1.0
123456789.123
1e22
1/3
-0.0
0x1F
0b101
0o17
1_000
1_0.5e-1
big
big == 9007199254740992.0
t + t
-t
+t
'a' + 'b'
'a' + 1
1 + 'a'
'a' ~ 1 ~ none ~ true ~ 1.5 ~ [1, 'a'] ~ nothing
'ab' * 3
3 * 'ab'
'ab' * -1
[1] * 2
[1] + [2]
(1,) + (2,)
[1] + (2,)
'%s is %d and %5.2f|%-5s|%05d|%x|%%' % ('a', 3, 2.345, 'b', 42, 255)
'%s' % 'x'
'%s' % [1]
'%(a)s %(b)r' % {'a': 1, 'b': 'x'}
'%s %s' % ('a',)
'%d' % 'a'
'{} {1}'.format(1, 2)
'{} {}'.format(1, 'b')
'{0} {name!r} {0:>5}|{1:<6}|{1:^7}|{1:*^7}'.format('a', 'bc', name='q')
'{:05d} {:+d} {:,} {:.2f} {:x} {:#b} {:%}'.format(42, 5, 1234567, 2.5, 255, 5, 0.25)
'{a[0]} {b.c} {{}}'.format(a=[1], b={'c': 2})
'{:>{w}}'.format('a', w=4)
'{'.format()
'{x}'.format()
"it's"
'tab\t nl\n bs\\ q\' \x41 \u00e9 \U0001f600 \d'
'a' 'b' "c"
[1, 2.0, 'a', none, true, [], {}, (1,), ()]
{'a': 1, "b": [1, 'x'], 1: 2, none: 3}
{'a': 1, 'a': 2}
("it's", 'say "hi"', 'both \' "', 'nl\n', '\x00\x7f\x85\u200b\u00e9')
(1, 2)
1, 2
()
[1, 2, 3][0]
[1, 2, 3][-1]
[1, 2, 3][5]
[1, 2, 3][5].x
[1, 2, 3][1:]
[1, 2, 3][:-1]
[1, 2, 3, 4, 5][::2]
[1, 2, 3][::-1]
[1, 2, 3][2:0:-1]
[1, 2, 3][-2:]
[1, 2, 3][::0]
[1, 2, 3][:none]
l['a':]
nil[1:]
d[1:]
no|map('upper')|list
'a' % l
d.items()|unique|list
'h\u00e9llo'[1]
s[2:7]
emoji[::-1]
emoji[0]
emoji|length
w[-5:-1]
'abc'[10:]
(1, 2, 3)[1:]
range(10)[2:8:3]
range(3)
range(1, 8, 3)
range(5, 0, -2)|list
range(3)|string
range('a')
range(1, 2, 0)
d.b
d['b']
d['x']
d.x
d.x.y
d['x']['y']
d.A[1].k
d.items()
d.keys()
d.values()
d.keys()|list
d.get('b')
d.get('x')
d.get('x', 5)
d.get(['x'])
d.update({'a': 1})
d.pop('b')
d.pop
l.append(1)
l.sort()
d.__class__
''.__class__.__mro__
s.__len__
none.x
none.x.y
none['x']
n.x
nothing
nothing.x
nothing['x']
nothing + 1
nothing == none
nothing == nothing
nothing < 1
nothing|length
nothing|upper
nothing|list
nothing|default('d')
nothing()
[nothing]
nothing is defined
nothing.x is defined
d.x is defined
d.b is defined
n is number
t is number
n is integer
t is integer
f is float
s is string
l is sequence
d is sequence
s is sequence
n is sequence
nothing is sequence
d is mapping
l is mapping
l is iterable
n is iterable
nothing is iterable
none is none
nil is not none
t is boolean
t is true
n is true
no is false
n is odd
n is even
neg is odd
n is divisibleby 7
n is divisibleby(3)
'abc' is lower
'ABC' is upper
'' is lower
n is eq 7
n is equalto(7)
n is ne 7
n is gt 3
n is lt 3
n is ge 7
n is le 6
n is in [7]
'a' is in 'abc'
'a' is not in 'abc'
none is sameas none
range is callable
n is callable
'upper' is filter
'nope' is filter
'odd' is test
('x'|safe) is escaped
not t
not n and t
n and 'x'
z or 'x'
n or 'x'
e or none
1 < 2 < 3
1 < 3 < 2
1 == 1.0 == true
'a' < 'b'
'a' < 1
[1, 2] < [1, 3]
[1] == [1.0]
{'a': 1} == {'a': 1.0}
(1,) == [1]
none == false
1 in [1, 2]
1 not in [1, 2]
'b' in d
'an' in 'banana'
1 in 'banana'
1 in 5
1 in nothing
true in [1]
'x' if t
'x' if no
'x' if no else 'y'
('x' if no) is defined
'x' if no else 'y' if no else 'z'
[1 if t else 2, 3]
s|trim
s|trim|length
s|trim(' N')
s|upper
s|lower
sigma|lower
s|title
s.title()
s|capitalize
s.strip()|capitalize
'\u01c6abc'|capitalize
'\u01c6abc'.upper()
"they're bill's".title()
'a-b (c) [d]'|title
s|length
l|length
d|length
n|length
l|first
l|last
el|first
el|last
e|first
d|first
s|first
l|join
l|join(', ')
mixed|join(d='-')
rows|join(', ', attribute='name')
e|join
l|sort
l|sort(reverse=true)
mixed|sort
mixed|sort(case_sensitive=true)
mixed|sort(true, true)
rows|sort(attribute='name')|map(attribute='name')|join(',')
rows|sort(attribute='age,name')|map(attribute='name')|list
rows|sort(attribute='age', reverse=true)|map(attribute='name')|list
rows|map(attribute='in.a')|list
rows|map(attribute='in.a', default='?')|list
rows|map(attribute='nope', default='x')|join
[1, 'a']|sort
mixed|unique|list
mixed|unique(true)|list
l|unique|list
l|min
l|max
el|max
mixed|max
rows|max(attribute='age')
l|sum
rows|sum(attribute='age')
rows|sum('age', 5)
[1.5, 2]|sum
['a']|sum
l|reverse|list
s|reverse
l|list
'abc'|list
d|list
n|list
d|items|list
nothing|items|list
l|items|list
d|dictsort
d|dictsort(true)
d|dictsort(false, 'value')
{'a': 2, 'b': 1}|dictsort(by='value')
{'a': 2, 'b': 1}|dictsort(reverse=true)
mixed|map('upper')|list
mixed|map('replace', 'b', 'x')|list
mixed|map('nope')|list
mixed|map|list
l|select('odd')|list
l|select('gt', 1)|list
l|select|list
l|reject('odd')|list
l|reject('in', [1])|list
rows|selectattr('age', 'equalto', 3)|map(attribute='name')|list
rows|selectattr('in.a')|map(attribute='name')|list
rows|rejectattr('age', 'gt', 3)|map(attribute='name')|list
rows|selectattr('age', 'eq', 3)|list|length
rows|selectattr('nope', 'defined')|list
rows|selectattr('age')|list|tojson
rows|groupby('age')|list
rows|groupby('age')|map(attribute='grouper')|list
l|batch(3)|list
l|batch(3, 'x')|list
l|slice(3)|list
l|slice(3, 'x')|list
html|escape
html|e|e
html|safe
(html|safe) + html
html + ('<'|safe)
(html|safe) ~ html
('<%s>'|safe) % html
(html|safe)|upper + '<'
(html|safe).replace('<', '<<')
(html|safe).split('>')
(html|safe)[0] + '&'
[html|safe]
[html|e]
html|forceescape
'<{}>'.format(html)
('<{}>'|safe).format(html)
('x'|safe).join(['<', '>'|safe])
w|replace('o', '0')
w|replace('o', '0', 1)
'aaa'.replace('a', 'b', 2)
'abc'|replace('', '-')
'abc'.replace('', '-', 2)
w|wordcount
w|truncate(8)
w|truncate(8, true)
w|truncate(8, true, '', 0)
w|truncate(5, false, '..', 0)
w|center(20)
'ab'.center(5, '*')
'abc'.center(6, '*')
'ab'.ljust(4, '.') + 'ab'.rjust(4)
'-5'.zfill(4)
lines|indent
lines|indent(2, true)
lines|indent(2, true, true)
lines|indent('> ', blank=true)
e|indent
n|indent
'42'|int
' 42 '|int
'4_2'|int
'42.9'|int
'x'|int
'x'|int(5)
'ff'|int(base=16)
'0x1A'|int(0, 16)
'1e3'|int
none|int
2.9|int
-2.9|int
'1.5'|float
'x'|float
'inf'|float
'nan'|float
none|float(1)
nothing|int
2.5|round
3.5|round
2.675|round(2)
42.55|round(1)
42.55|round(1, 'floor')
42.55|round(1, 'ceil')
7|round
7|round(1, 'floor')
'x'|round
-5|abs
(-5)|abs
neg|abs
f|abs
true|abs
'x'|abs
'x'|default('y')
''|default('y')
''|default('y', true)
none|default('y')
none|default('y', boolean=true)
nothing|d('z')
nothing|default
d.x|default([])
'%s %s'|format('a', 1)
'%(x)s'|format(x=1)
d|tojson
d|tojson(indent=2)
l|tojson(indent=4)
el|tojson(indent=2)
ed|tojson(indent=2)
[[], {}, [1]]|tojson(indent=1)
d|tojson(indent='--')
d|tojson(separators=(',', ':'))
d|tojson(sort_keys=true)
d|tojson(ensure_ascii=true)
s|tojson
emoji|tojson
emoji|tojson(ensure_ascii=true)
'\x00\x1f\x7f\u2028"\\/'|tojson
'\x7f\u00e9'|tojson(ensure_ascii=true)
[1.0, 1e16, 1e-7, none, true, (1, 2)]|tojson
{1: 2, none: 3, true: 4, 1.5: 5}|tojson
nothing|tojson
[nothing]|tojson
(d.items())|tojson
range(3)|tojson
html|tojson
(html|safe)|tojson
w.split()
w.split(' ')
w.split(' ', 1)
w.split(maxsplit=1)
w.rsplit(' ', 1)
w.rsplit(none, 1)
w.rsplit()
'a,b,,c'.split(',')
''.split()
''.split(',')
'abc'.split('')
lines.splitlines()
lines.splitlines(true)
'a-b-c'.partition('-')
'a-b-c'.rpartition('-')
'abc'.partition('-')
s.strip().startswith('Na')
w.startswith(('two', 'one'))
w.startswith('two', 4)
w.endswith('three')
w.endswith('two', 0, 7)
w.find('two')
w.find('x')
emoji.find('\u96e8')
w.rfind('t')
w.index('x')
w.count('e')
w.count('')
'aXbX'.strip('X')
'xxaxx'.lstrip('x') + 'xxaxx'.rstrip('x')
'<think>a'.removeprefix('<think>')
'a.py'.removesuffix('.py')
'aBc'.swapcase()
'abc'.isalpha()
'abc1'.isalnum()
'12'.isdigit()
'1a'.isdigit()
''.isdigit()
'ab'.islower()
'AB'.isupper()
' '.isspace()
', '.join(mixed)
', '.join(l)
'-'.join('abc')
'abc'.nope
'abc'.nope()
l.index(2)
l.index(9)
l.count(1)
(1, 2, 1).count(1)
dict(a=1, b=2)
dict([('a', 1)])
dict(d, z=1)
namespace(a=1)
namespace(a=1).a
namespace(a=1).b
namespace(_a=1)
raise_exception('no')
raise_exception()
raise_exception(5)
strftime_now('%d %b %Y, %H:%M:%S %A %j')
strftime_now('%Y-%m-%d')
[1, 2]|last + 1
-1|abs
1 + 2 * 3 - 4 / 2
(1 + 2) * 3
2 ** 3 ** 2
-2 ** 2
not 1 == 2
1 ~ 2 + 3
'a' ~ 'b' == 'ab'
'a' 'b'|upper
'a' + 'b'|upper
n|string + 'x'
messages|length
messages[0].role
messages[0]['content'][:5]
messages|map(attribute='role')|join('/')
messages|selectattr('role', 'equalto', 'user')|list|length
(messages|last).role
messages[-1].content|trim
messages[5]
messages[5].role
messages['x']
messages.x
add_generation_prompt
tools
tools is none
documents is defined
bos_token ~ eos_token
bos_token is defined and bos_token
l is defined and l|length > 2
name if name is defined else 'x'
l|map('string')|join(',')
l|map('tojson')|join(',')
l|select('odd') is iterable
l|select('odd')|length
d.items()|list
d.items()|length
d.items() is sequence
d.items()[0]
d|attr('b')
items
items|first
n.items
rows[0].items()|list
rows[0].in
rows[0]['in'].a
rows[0].name.upper()
rows|map(attribute='name')|map('lower')|sort|join(' ')
{'a': {'b': [1, 2, {'c': 3}]}}.a.b[2].c
{'a': 1}.a
[['a', 1], ['b', 2]]|map('first')|join
'a b'.split()[0].upper()
1 if n > 3 and (n < 10 or z) and not no else 2
""".strip("\n").split("\n")]
