<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>FindingText</name>
    <message numerus="yes">
        <source>%n row(s) cannot be used and will be skipped.</source>
        <translation>
            <numerusform>%n row cannot be used and will be skipped.</numerusform>
            <numerusform>%n rows cannot be used and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be used, so training would stop.</source>
        <translation>
            <numerusform>%n row cannot be used, so training would stop.</numerusform>
            <numerusform>%n rows cannot be used, so training would stop.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every token of %n row(s) is masked, so nothing is learned from there.</source>
        <translation>
            <numerusform>Every token of %n row is masked, so nothing is learned from there.</numerusform>
            <numerusform>Every token of %n rows is masked, so nothing is learned from there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every token of %n row(s) is masked, so nothing can be learned there; training leaves them out.</source>
        <translation>
            <numerusform>Every token of %n row is masked, so nothing can be learned there; training leaves it out.</numerusform>
            <numerusform>Every token of %n rows is masked, so nothing can be learned there; training leaves them out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n training row(s) share a prompt or the whole text with the validation file, so the validation loss will look better than it is.</source>
        <translation>
            <numerusform>%n training row share a prompt or the whole text with the validation file, so the validation loss will look better than it is.</numerusform>
            <numerusform>%n training rows share a prompt or the whole text with the validation file, so the validation loss will look better than it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) repeat an earlier row word for word.</source>
        <translation>
            <numerusform>%n row repeat an earlier row word for word.</numerusform>
            <numerusform>%n rows repeat an earlier row word for word.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) repeat an earlier row word for word: %1</source>
        <translation>
            <numerusform>%n row repeats an earlier row word for word: %1</numerusform>
            <numerusform>%n rows repeat an earlier row word for word: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoteText</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsCompared</name>
    <message numerus="yes">
        <source>%1 reaches the lowest validation loss, %2; it needs %n more step(s) than %3.</source>
        <translation>
            <numerusform>%1 reaches the lowest validation loss, %2; it needs %n more step than %3.</numerusform>
            <numerusform>%1 reaches the lowest validation loss, %2; it needs %n more steps than %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerdictText</name>
    <message numerus="yes">
        <source>Watch: %n evaluation(s) above the best.</source>
        <translation>
            <numerusform>Watch: %n evaluation above the best.</numerusform>
            <numerusform>Watch: %n evaluations above the best.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %1 to %2 (+%3) over %n evaluation(s)</source>
        <translation>
            <numerusform>From %1 to %2 (+%3) over %n evaluation</numerusform>
            <numerusform>From %1 to %2 (+%3) over %n evaluations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Lowest %1 at step %2, after %n evaluation(s).</source>
        <translation>
            <numerusform>Lowest %1 at step %2, after %n evaluation.</numerusform>
            <numerusform>Lowest %1 at step %2, after %n evaluations.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataFileList</name>
    <message numerus="yes">
        <source>%1 · %n row(s)</source>
        <translation>
            <numerusform>%1 · %n row</numerusform>
            <numerusform>%1 · %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataFindings</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataMapping</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataPage</name>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of the data cannot be read, and training would stop there</source>
        <translation>
            <numerusform>%n row of the data cannot be read, and training would stop there</numerusform>
            <numerusform>%n rows of the data cannot be read, and training would stop there</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::HomeMachine</name>
    <message numerus="yes">
        <source>%n thread(s) · kernels: %1</source>
        <translation>
            <numerusform>%n thread · kernels: %1</numerusform>
            <numerusform>%n threads · kernels: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::HomePage</name>
    <message numerus="yes">
        <source>%1 trains; %n run(s) wait.</source>
        <translation>
            <numerusform>%1 trains; %n run waits.</numerusform>
            <numerusform>%1 trains; %n runs wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait for the start of the queue.</source>
        <translation>
            <numerusform>%n run waits for the start of the queue.</numerusform>
            <numerusform>%n runs wait for the start of the queue.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::LayerMapCard</name>
    <message numerus="yes">
        <source>Selected: %n cell(s)</source>
        <translation>
            <numerusform>Selected: %n cell</numerusform>
            <numerusform>Selected: %n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s)</source>
        <translation>
            <numerusform>%n cell</numerusform>
            <numerusform>%n cells</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::LengthChart</name>
    <message numerus="yes">
        <source>%n row(s) cut</source>
        <translation>
            <numerusform>%n row cut</numerusform>
            <numerusform>%n rows cut</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::ModelPage</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::OverlayChart</name>
    <message numerus="yes">
        <source>Overlay of %n run(s)</source>
        <translation>
            <numerusform>Overlay of %n run</numerusform>
            <numerusform>Overlay of %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::ParallelChart</name>
    <message numerus="yes">
        <source>%n run(s) of a sweep.</source>
        <translation>
            <numerusform>%n run of a sweep.</numerusform>
            <numerusform>%n runs of a sweep.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::PlaygroundPage</name>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n tokens</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
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
<context>
    <name>falconer::ui::RecipeForm</name>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecipeSummaryCard</name>
    <message numerus="yes">
        <source>%n checkpoint(s)</source>
        <translation>
            <numerusform>%n checkpoint</numerusform>
            <numerusform>%n checkpoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsDetails</name>
    <message numerus="yes">
        <source>%n step(s) in %1</source>
        <translation>
            <numerusform>%n step in %1</numerusform>
            <numerusform>%n steps in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsHistory</name>
    <message numerus="yes">
        <source>%n run(s) moved to the bin</source>
        <translation>
            <numerusform>%n run moved to the bin</numerusform>
            <numerusform>%n runs moved to the bin</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) put back</source>
        <translation>
            <numerusform>%n run put back</numerusform>
            <numerusform>%n runs put back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 of %n run</numerusform>
            <numerusform>%1 of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticked</source>
        <translation>
            <numerusform>%n ticked</numerusform>
            <numerusform>%n ticked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsQueue</name>
    <message numerus="yes">
        <source>%n run(s) cannot start</source>
        <translation>
            <numerusform>%n run cannot start</numerusform>
            <numerusform>%n runs cannot start</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) still wait. Start the queue to go on.</source>
        <translation>
            <numerusform>%n run still wait. Start the queue to go on.</numerusform>
            <numerusform>%n runs still wait. Start the queue to go on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) added</source>
        <translation>
            <numerusform>%n run added</numerusform>
            <numerusform>%n runs added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) done.</source>
        <translation>
            <numerusform>%1 of %n run done.</numerusform>
            <numerusform>%1 of %n runs done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed; the last column says why.</source>
        <translation>
            <numerusform>%n failed; the last column says why.</numerusform>
            <numerusform>%n failed; the last column says why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsSweepDialog</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::StatusFacts</name>
    <message numerus="yes">
        <source>%1 · %n thread(s)</source>
        <translation>
            <numerusform>%1 · %n thread</numerusform>
            <numerusform>%1 · %n threads</numerusform>
        </translation>
    </message>
</context>
</TS>
