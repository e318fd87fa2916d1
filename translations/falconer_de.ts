<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>FaultText</name>
    <message>
        <source>A file is missing</source>
        <translation>Eine Datei fehlt</translation>
    </message>
    <message>
        <source>A file cannot be read</source>
        <translation>Eine Datei ist nicht lesbar</translation>
    </message>
    <message>
        <source>A file cannot be written</source>
        <translation>Eine Datei kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>A file is cut off</source>
        <translation>Eine Datei ist abgeschnitten</translation>
    </message>
    <message>
        <source>A file is damaged</source>
        <translation>Eine Datei ist beschädigt</translation>
    </message>
    <message>
        <source>This model is not supported</source>
        <translation>Dieses Modell wird nicht unterstützt</translation>
    </message>
    <message>
        <source>The model is incomplete</source>
        <translation>Das Modell ist unvollständig</translation>
    </message>
    <message>
        <source>The adapter belongs to another model</source>
        <translation>Der Adapter gehört zu einem anderen Modell</translation>
    </message>
    <message>
        <source>A setting does not fit</source>
        <translation>Eine Einstellung passt nicht</translation>
    </message>
    <message>
        <source>The data cannot be used as it is</source>
        <translation>Die Daten sind so nicht verwendbar</translation>
    </message>
    <message>
        <source>This cannot be done now</source>
        <translation>Das geht jetzt nicht</translation>
    </message>
    <message>
        <source>The device is not there</source>
        <translation>Das Gerät ist nicht vorhanden</translation>
    </message>
    <message>
        <source>Memory ran out</source>
        <translation>Der Speicher ist erschöpft</translation>
    </message>
    <message>
        <source>The loss is no longer a number</source>
        <translation>Der Verlust ist keine Zahl mehr</translation>
    </message>
    <message>
        <source>Stopped on request</source>
        <translation>Auf Wunsch angehalten</translation>
    </message>
    <message>
        <source>A defect in Falconer</source>
        <translation>Ein Fehler in Falconer</translation>
    </message>
</context>
<context>
    <name>FieldText</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data file</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Target layers</source>
        <translation>Zielschichten</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Choose a model folder or a .gguf file.</source>
        <translation>Einen Modellordner oder eine .gguf-Datei wählen.</translation>
    </message>
    <message>
        <source>%1 does not exist. Choose another model.</source>
        <translation>%1 gibt es nicht. Ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>%1 is no model: a folder needs config.json, a file must end in .gguf.</source>
        <translation>%1 ist kein Modell: Ein Ordner braucht config.json, eine Datei muss auf .gguf enden.</translation>
    </message>
    <message>
        <source>Choose a file of training rows.</source>
        <translation>Eine Datei mit Trainingszeilen wählen.</translation>
    </message>
    <message>
        <source>%1 does not exist. Choose another file.</source>
        <translation>%1 gibt es nicht. Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>%1 is not a file. Choose a file of rows.</source>
        <translation>%1 ist keine Datei. Eine Datei mit Zeilen wählen.</translation>
    </message>
    <message>
        <source>%1 is empty. Choose a file of rows.</source>
        <translation>%1 ist leer. Eine Datei mit Zeilen wählen.</translation>
    </message>
    <message>
        <source>Enter a number.</source>
        <translation>Eine Zahl eingeben.</translation>
    </message>
    <message>
        <source>“%1” is not a number. Write it like 2.0e-4.</source>
        <translation>„%1“ ist keine Zahl. Schreibweise: 2.0e-4.</translation>
    </message>
    <message>
        <source>A run is going on. Stop it, or wait until it ends.</source>
        <translation>Ein Lauf ist im Gange. Anhalten oder sein Ende abwarten.</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1. %2.</source>
        <translation>%1. %2.</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Vorbereitung</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
</context>
<context>
    <name>ModelText</name>
    <message>
        <source>%1 M parameters</source>
        <translation>%1 Mio. Parameter</translation>
    </message>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
    </message>
</context>
<context>
    <name>NumberText</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
</context>
<context>
    <name>OptionText</name>
    <message>
        <source>Fine-tunes language models with LoRA and QLoRA in a window.</source>
        <translation>Passt Sprachmodelle mit LoRA und QLoRA in einem Fenster an.</translation>
    </message>
    <message>
        <source>Fill the form from a recipe.</source>
        <translation>Das Formular aus einem Rezept füllen.</translation>
    </message>
    <message>
        <source>Change a key of the recipe, such as training.epochs=1. May be given several times.</source>
        <translation>Einen Schlüssel des Rezepts ändern, etwa training.epochs=1. Mehrfach möglich.</translation>
    </message>
    <message>
        <source>Start training as soon as all is ready.</source>
        <translation>Das Training starten, sobald alles bereit ist.</translation>
    </message>
    <message>
        <source>Save a picture of the window when the run has ended.</source>
        <translation>Ein Bild des Fensters speichern, wenn der Lauf zu Ende ist.</translation>
    </message>
    <message>
        <source>Save the picture at this step instead; then stop the run and quit.</source>
        <translation>Das Bild stattdessen bei diesem Schritt speichern; dann anhalten und beenden.</translation>
    </message>
    <message>
        <source>Quit when the run has ended, with its exit code.</source>
        <translation>Beenden, wenn der Lauf zu Ende ist, mit seinem Rückgabewert.</translation>
    </message>
    <message>
        <source>Colours: system, light or dark.</source>
        <translation>Farben: system, light (hell) oder dark (dunkel).</translation>
    </message>
    <message>
        <source>Size of the window in pixels, such as 1440x900.</source>
        <translation>Größe des Fensters in Pixeln, etwa 1440x900.</translation>
    </message>
    <message>
        <source>%1: not an option. Name a recipe with --recipe.</source>
        <translation>%1: keine Option. Ein Rezept wird mit --recipe genannt.</translation>
    </message>
    <message>
        <source>--set: there is no recipe to change. Add --recipe FILE.</source>
        <translation>--set: Es gibt kein Rezept, das zu ändern wäre. --recipe FILE hinzufügen.</translation>
    </message>
    <message>
        <source>--screenshot-at-step: “%1” is not a step.</source>
        <translation>--screenshot-at-step: „%1“ ist kein Schritt.</translation>
    </message>
    <message>
        <source>--screenshot-at-step: say where the picture goes with --screenshot FILE.png.</source>
        <translation>--screenshot-at-step: Wohin das Bild soll, sagt --screenshot FILE.png.</translation>
    </message>
    <message>
        <source>--theme: “%1” is none of system, light and dark.</source>
        <translation>--theme: „%1“ ist keines von system, light und dark.</translation>
    </message>
    <message>
        <source>--size: “%1” is not like 1440x900.</source>
        <translation>--size: „%1“ ist nicht wie 1440x900.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::LogModel</name>
    <message>
        <source>Error: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>Warnung: %1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>falconer::ui::LossChart</name>
    <message>
        <source>Loss chart</source>
        <translation>Verlustkurve</translation>
    </message>
    <message>
        <source>Loss (nats per token)</source>
        <translation>Verlust (Nats je Token)</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Best %1 at step %2</source>
        <translation>Bester %1 bei Schritt %2</translation>
    </message>
    <message>
        <source>Training loss went from %1 to %2 over %3 steps.</source>
        <translation>Der Trainingsverlust ging über %3 Schritte von %1 auf %2.</translation>
    </message>
    <message>
        <source>Validation loss went from %1 to %2.</source>
        <translation>Der Validierungsverlust ging von %1 auf %2.</translation>
    </message>
    <message>
        <source>The best is %1 at step %2.</source>
        <translation>Der beste ist %1 bei Schritt %2.</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet.</source>
        <translation>Noch ist nichts aufgezeichnet.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::MainWindow</name>
    <message>
        <source>Recipes (*.yaml *.yml *.json);;All files (*)</source>
        <translation>Rezepte (*.yaml *.yml *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open recipe…</source>
        <translation>Rezept ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Save recipe as…</source>
        <translation>Rezept &amp;speichern unter…</translation>
    </message>
    <message>
        <source>&amp;Export adapter…</source>
        <translation>Adapter &amp;exportieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Start training</source>
        <translation>Training &amp;starten</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Ctrl+.</source>
        <translation>Ctrl+.</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>The device is chosen when a run starts</source>
        <translation>Das Gerät wird beim Start eines Laufs gewählt</translation>
    </message>
    <message>
        <source>Open a recipe</source>
        <translation>Ein Rezept öffnen</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>Das Rezept speichern</translation>
    </message>
    <message>
        <source>Recipe saved to %1</source>
        <translation>Rezept gespeichert: %1</translation>
    </message>
    <message>
        <source>Stopping and saving; the window closes when that is done</source>
        <translation>Wird angehalten und gespeichert; danach schließt sich das Fenster</translation>
    </message>
    <message>
        <source>&amp;Pause or resume</source>
        <translation>&amp;Pausieren oder fortsetzen</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
</context>
<context>
    <name>falconer::ui::MetricsModel</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>Smoothed</source>
        <translation>Geglättet</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ReadinessCard</name>
    <message>
        <source>&amp;Start training</source>
        <translation>Training &amp;starten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready to train</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message numerus="yes">
        <source>Not ready: %n thing(s) to fix</source>
        <translation>
            <numerusform>Nicht bereit: %n Punkt offen</numerusform>
            <numerusform>Nicht bereit: %n Punkte offen</numerusform>
        </translation>
    </message>
    <message>
        <source>Writes to %1</source>
        <translation>Schreibt nach %1</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecipeForm</name>
    <message>
        <source>Model and data</source>
        <translation>Modell und Daten</translation>
    </message>
    <message>
        <source>Folder or .gguf file</source>
        <translation>Ordner oder .gguf-Datei</translation>
    </message>
    <message>
        <source>Browse for a model…</source>
        <translation>Ein Modell suchen…</translation>
    </message>
    <message>
        <source>Model &amp;folder…</source>
        <translation>Modell&amp;ordner…</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>Einen Modellordner wählen</translation>
    </message>
    <message>
        <source>&amp;GGUF file…</source>
        <translation>&amp;GGUF-Datei…</translation>
    </message>
    <message>
        <source>Choose a GGUF file</source>
        <translation>Eine GGUF-Datei wählen</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>JSONL file</source>
        <translation>JSONL-Datei</translation>
    </message>
    <message>
        <source>Browse for a data file…</source>
        <translation>Eine Datendatei suchen…</translation>
    </message>
    <message>
        <source>&amp;Data file</source>
        <translation>Da&amp;ten</translation>
    </message>
    <message>
        <source>Choose training rows</source>
        <translation>Trainingszeilen wählen</translation>
    </message>
    <message>
        <source>Rows (*.jsonl);;All files (*)</source>
        <translation>Zeilen (*.jsonl);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Ran&amp;k</source>
        <translation>Ran&amp;g</translation>
    </message>
    <message>
        <source>&amp;Target layers</source>
        <translation>&amp;Zielschichten</translation>
    </message>
    <message>
        <source>&amp;Blocks</source>
        <translation>&amp;Blöcke</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>T&amp;ype</source>
        <translation>T&amp;yp</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>&amp;Learning rate</source>
        <translation>Lern&amp;rate</translation>
    </message>
    <message>
        <source>&amp;Epochs</source>
        <translation>&amp;Epochen</translation>
    </message>
    <message>
        <source>%1 % of its rows are kept for validation</source>
        <translation>%1 % der Zeilen dienen der Validierung</translation>
    </message>
    <message>
        <source>No validation: add a split to see when the model overfits</source>
        <translation>Keine Validierung: Erst ein abgetrennter Teil zeigt, wann das Modell überanpasst</translation>
    </message>
    <message>
        <source>Validated on %1</source>
        <translation>Validiert mit %1</translation>
    </message>
    <message>
        <source>The recipe ends after %1 steps</source>
        <translation>Das Rezept endet nach %1 Schritten</translation>
    </message>
    <message>
        <source>The form shows the recipe of the run that is going on.</source>
        <translation>Das Formular zeigt das Rezept des laufenden Laufs.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunMonitor</name>
    <message>
        <source>Saves a checkpoint and the adapter, then ends the run (Ctrl+.)</source>
        <translation>Speichert einen Checkpoint und den Adapter und beendet dann den Lauf (Strg+.)</translation>
    </message>
    <message>
        <source>Nothing is training.</source>
        <translation>Es läuft kein Training.</translation>
    </message>
    <message>
        <source>Copies the adapter folder to a place of your choice</source>
        <translation>Kopiert den Adapterordner an einen Ort Ihrer Wahl</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>The run ends after the batch at hand and saves its state.</source>
        <translation>Der Lauf endet nach dem laufenden Batch und speichert seinen Stand.</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>Best validation loss %1 at step %2.</source>
        <translation>Bester Validierungsverlust %1 bei Schritt %2.</translation>
    </message>
    <message>
        <source>It was %1 before training.</source>
        <translation>Vor dem Training war er %1.</translation>
    </message>
    <message>
        <source>The adapter is in %1.</source>
        <translation>Der Adapter liegt in %1.</translation>
    </message>
    <message>
        <source>The run is finished.</source>
        <translation>Der Lauf ist fertig.</translation>
    </message>
    <message>
        <source>The run is stopped; its state is saved.</source>
        <translation>Der Lauf ist angehalten; sein Stand ist gespeichert.</translation>
    </message>
    <message>
        <source>Fill in the form and press Start. The curves appear here.</source>
        <translation>Formular ausfüllen und starten. Die Kurven erscheinen hier.</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>%1 elapsed</source>
        <translation>%1 vergangen</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>noch etwa %1</translation>
    </message>
    <message>
        <source>smoothed · raw %1</source>
        <translation>geglättet · roh %1</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
    <message>
        <source>this step</source>
        <translation>dieser Schritt</translation>
    </message>
    <message>
        <source>before clipping</source>
        <translation>vor dem Kappen</translation>
    </message>
    <message>
        <source>newest is the best</source>
        <translation>der neueste ist der beste</translation>
    </message>
    <message>
        <source>+%1 above best</source>
        <translation>+%1 über dem besten</translation>
    </message>
    <message>
        <source>step %1 · perplexity %2</source>
        <translation>Schritt %1 · Perplexität %2</translation>
    </message>
    <message>
        <source>Nothing is training</source>
        <translation>Kein Training</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>E&amp;xport adapter…</source>
        <translation>Adapter e&amp;xportieren…</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Bester</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Training, smoothed</source>
        <translation>Training, geglättet</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Roh</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Lo&amp;g</source>
        <translation>Proto&amp;koll</translation>
    </message>
    <message>
        <source>The chart&apos;s values as a table</source>
        <translation>Die Werte der Kurve als Tabelle</translation>
    </message>
    <message>
        <source>Val&amp;ues</source>
        <translation>&amp;Werte</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Goes on where the run paused, to the same numbers (Ctrl+P)</source>
        <translation>Fährt dort fort, wo der Lauf pausiert hat, mit denselben Zahlen (Strg+P)</translation>
    </message>
    <message>
        <source>Saves a checkpoint and waits, with everything in memory (Ctrl+P)</source>
        <translation>Speichert einen Checkpoint und wartet; alles bleibt im Speicher (Strg+P)</translation>
    </message>
    <message>
        <source>The validation loss was lowest, %1, at step %2; that adapter is kept.</source>
        <translation>Der Validierungsverlust war am niedrigsten, %1, in Schritt %2; dieser Adapter bleibt erhalten.</translation>
    </message>
    <message>
        <source>It is now %1 % higher.</source>
        <translation>Er liegt jetzt %1 % darüber.</translation>
    </message>
    <message>
        <source>The model has begun to overfit.</source>
        <translation>Das Modell beginnt, auswendig zu lernen.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TrainPage</name>
    <message>
        <source>%1 · %2 · rank %3 · %4</source>
        <translation>%1 · %2 · Rang %3 · %4</translation>
    </message>
    <message>
        <source>%1 training rows, %2 validation rows, %3 of %4 parameters trainable, on %5</source>
        <translation>%1 Trainingszeilen, %2 Validierungszeilen, %3 von %4 Parametern trainierbar, auf %5</translation>
    </message>
    <message>
        <source>Run folder: %1</source>
        <translation>Ordner des Laufs: %1</translation>
    </message>
    <message>
        <source>Step %1: validation loss %2, perplexity %3</source>
        <translation>Schritt %1: Validierungsverlust %2, Perplexität %3</translation>
    </message>
    <message>
        <source>Checkpoint of step %1 saved</source>
        <translation>Checkpoint von Schritt %1 gespeichert</translation>
    </message>
    <message>
        <source>An export is going on.</source>
        <translation>Ein Export ist im Gange.</translation>
    </message>
    <message>
        <source>The adapter is handed over when the run has ended.</source>
        <translation>Der Adapter wird am Ende des Laufs übergeben.</translation>
    </message>
    <message>
        <source>There is no adapter yet: train one first.</source>
        <translation>Es gibt noch keinen Adapter: zuerst einen trainieren.</translation>
    </message>
    <message>
        <source>Choose a folder to put the adapter in</source>
        <translation>Den Ordner wählen, in den der Adapter soll</translation>
    </message>
    <message>
        <source>Adapter exported</source>
        <translation>Adapter exportiert</translation>
    </message>
    <message>
        <source>Adapter exported to %1</source>
        <translation>Adapter exportiert nach %1</translation>
    </message>
    <message>
        <source>Step %1: %2 → %3</source>
        <translation>Schritt %1: %2 → %3</translation>
    </message>
</context>
</TS>
