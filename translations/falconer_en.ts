<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>falconer::ui::ReadinessCard</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not ready: %n thing(s) to fix</source>
        <translation>
            <numerusform>Not ready: %n thing to fix</numerusform>
            <numerusform>Not ready: %n things to fix</numerusform>
        </translation>
    </message>
</context>
</TS>
