<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>ChoiceText</name>
    <message>
        <source>Quick look</source>
        <translation>Kurzer Blick</translation>
    </message>
    <message>
        <source>24 steps, to see whether data and model get along.</source>
        <translation>24 Schritte, um zu sehen, ob Daten und Modell zusammenpassen.</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Twice through the data at rank 16, as most published recipes do.</source>
        <translation>Zweimal durch die Daten bei Rang 16, wie die meisten veröffentlichten Rezepte.</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Am besten</translation>
    </message>
    <message>
        <source>Three times through the data at rank 64: more detail, more time, and it overfits small data.</source>
        <translation>Dreimal durch die Daten bei Rang 64: mehr Feinheiten, mehr Zeit, und Overfitting bei wenig Daten.</translation>
    </message>
    <message>
        <source>Most accurate</source>
        <translation>Am genauesten</translation>
    </message>
    <message>
        <source>Frozen weights as they are: 2 bytes a weight in bfloat16.</source>
        <translation>Eingefrorene Gewichte unverändert: 2 Byte je Gewicht in bfloat16.</translation>
    </message>
    <message>
        <source>In between</source>
        <translation>Dazwischen</translation>
    </message>
    <message>
        <source>int8: 1 byte a weight, hardly any loss.</source>
        <translation>int8: 1 Byte je Gewicht, kaum Verlust an Genauigkeit.</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>Am kleinsten</translation>
    </message>
    <message>
        <source>nf4 (QLoRA): about half a byte a weight; activations are partly recomputed, which takes time.</source>
        <translation>nf4 (QLoRA): etwa ein halbes Byte je Gewicht; Aktivierungen werden teils neu berechnet, was Zeit kostet.</translation>
    </message>
</context>
<context>
    <name>DataFilesText</name>
    <message>
        <source>Data (%1);;All files (*)</source>
        <translation>Daten (%1);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add data</source>
        <translation>Daten hinzufügen</translation>
    </message>
</context>
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
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Double quantization</source>
        <translation>Doppelte Quantisierung</translation>
    </message>
    <message>
        <source>Compute type</source>
        <translation>Rechentyp</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>Chat-Vorlage</translation>
    </message>
    <message>
        <source>Loss on</source>
        <translation>Verlust auf</translation>
    </message>
    <message>
        <source>Unreadable row</source>
        <translation>Unlesbare Zeile</translation>
    </message>
    <message>
        <source>Longest row</source>
        <translation>Längste Zeile</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>Packen</translation>
    </message>
    <message>
        <source>Group by length</source>
        <translation>Nach Länge gruppieren</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Mischen</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Bias</translation>
    </message>
    <message>
        <source>Initialization</source>
        <translation>Initialisierung</translation>
    </message>
    <message>
        <source>rsLoRA</source>
        <translation>rsLoRA</translation>
    </message>
    <message>
        <source>DoRA</source>
        <translation>DoRA</translation>
    </message>
    <message>
        <source>Modules to save</source>
        <translation>Zu speichernde Module</translation>
    </message>
    <message>
        <source>Rank pattern</source>
        <translation>Rangmuster</translation>
    </message>
    <message>
        <source>Alpha pattern</source>
        <translation>Alphamuster</translation>
    </message>
    <message>
        <source>Go on from adapter</source>
        <translation>Adapter fortsetzen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Micro-batch</source>
        <translation>Mikro-Batch</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>Akkumulation</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>Scheduler</translation>
    </message>
    <message>
        <source>Scheduler options</source>
        <translation>Scheduler-Optionen</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>Warm-up-Schritte</translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation>Warm-up-Anteil</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Optimizer options</source>
        <translation>Optimierer-Optionen</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Weight Decay</translation>
    </message>
    <message>
        <source>Longest gradient</source>
        <translation>Max. Gradientennorm</translation>
    </message>
    <message>
        <source>Checkpointing</source>
        <translation>Checkpointing</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Auswerten alle</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>Speichern alle</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>Behaltene Checkpoints</translation>
    </message>
    <message>
        <source>Sample prompts</source>
        <translation>Beispiel-Prompts</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Sentinel</source>
        <translation>Wächter</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Least gain</source>
        <translation>Mindestgewinn</translation>
    </message>
    <message>
        <source>When overfitting</source>
        <translation>Bei Overfitting</translation>
    </message>
    <message>
        <source>TensorBoard</source>
        <translation>TensorBoard</translation>
    </message>
    <message>
        <source>Weights &amp; Biases</source>
        <translation>Weights &amp; Biases</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV-Tabelle</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>Laufordner</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
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
</context>
<context>
    <name>FindingText</name>
    <message numerus="yes">
        <source>%n row(s) cannot be used and will be skipped.</source>
        <translation>
            <numerusform>%n Zeile ist nicht verwendbar und wird übersprungen.</numerusform>
            <numerusform>%n Zeilen sind nicht verwendbar und werden übersprungen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be used, so training would stop.</source>
        <translation>
            <numerusform>%n Zeile ist nicht verwendbar; das Training würde anhalten.</numerusform>
            <numerusform>%n Zeilen sind nicht verwendbar; das Training würde anhalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>The first: %1</source>
        <translation>Die erste: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n training row(s) share a prompt or the whole text with the validation file, so the validation loss will look better than it is.</source>
        <translation>
            <numerusform>%n Trainingszeile hat den Prompt oder den ganzen Text mit der Validierungsdatei gemeinsam; der Validierungsverlust sieht daher besser aus, als er ist.</numerusform>
            <numerusform>%n Trainingszeilen haben den Prompt oder den ganzen Text mit der Validierungsdatei gemeinsam; der Validierungsverlust sieht daher besser aus, als er ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>No row is held back for validation, so nothing can warn of overfitting.</source>
        <translation>Keine Zeile ist für die Validierung zurückgehalten; vor Overfitting kann nichts warnen.</translation>
    </message>
    <message>
        <source>Choose a model to see tokens and lengths.</source>
        <translation>Ein Modell wählen, um Token und Längen zu sehen.</translation>
    </message>
    <message>
        <source>Bad rows</source>
        <translation>Fehlerhafte Zeilen</translation>
    </message>
    <message numerus="yes">
        <source>Every token of %n row(s) is masked, so nothing can be learned there; training leaves them out.</source>
        <translation>
            <numerusform>In %n Zeile ist jedes Token maskiert; daraus lässt sich nichts lernen, und das Training lässt sie aus.</numerusform>
            <numerusform>In %n Zeilen ist jedes Token maskiert; daraus lässt sich nichts lernen, und das Training lässt sie aus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Raise max_length to %1 to keep what can be kept.</source>
        <translation>max_length auf %1 erhöhen, um zu behalten, was sich behalten lässt.</translation>
    </message>
    <message>
        <source>Masked rows</source>
        <translation>Maskierte Zeilen</translation>
    </message>
    <message>
        <source>Repeated rows</source>
        <translation>Doppelte Zeilen</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) repeat an earlier row word for word: %1</source>
        <translation>
            <numerusform>%n Zeile wiederholt eine frühere Wort für Wort: %1</numerusform>
            <numerusform>%n Zeilen wiederholen eine frühere Wort für Wort: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Validation is not apart</source>
        <translation>Validierung nicht getrennt</translation>
    </message>
    <message>
        <source>How rows are read</source>
        <translation>Wie Zeilen gelesen werden</translation>
    </message>
    <message>
        <source>Columns not recognised</source>
        <translation>Spalten nicht erkannt</translation>
    </message>
    <message>
        <source>No validation</source>
        <translation>Keine Validierung</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
</context>
<context>
    <name>FitText</name>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Fits with nf4</source>
        <translation>Passt mit nf4</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Zu groß</translation>
    </message>
</context>
<context>
    <name>MemoryText</name>
    <message>
        <source>Activations, longest row × %1</source>
        <translation>Aktivierungen, längste Zeile × %1</translation>
    </message>
    <message>
        <source>Activations, rows of max_length × %1</source>
        <translation>Aktivierungen, Zeilen mit max_length × %1</translation>
    </message>
    <message>
        <source>Frozen weights, %1</source>
        <translation>Eingefrorene Gewichte, %1</translation>
    </message>
    <message>
        <source>Embeddings, %1</source>
        <translation>Embeddings, %1</translation>
    </message>
    <message>
        <source>Adapter, gradients, %1</source>
        <translation>Adapter, Gradienten, %1</translation>
    </message>
    <message>
        <source>Loss chunks and workspace</source>
        <translation>Verlustblöcke und Arbeitsbereich</translation>
    </message>
    <message>
        <source>CUDA runtime</source>
        <translation>CUDA-Laufzeit</translation>
    </message>
    <message>
        <source>Program and data</source>
        <translation>Programm und Daten</translation>
    </message>
    <message>
        <source>Planned peak, while loading</source>
        <translation>Geplante Spitze, beim Laden</translation>
    </message>
    <message>
        <source>Planned peak, while preparing the adapter</source>
        <translation>Geplante Spitze, beim Vorbereiten des Adapters</translation>
    </message>
    <message>
        <source>Planned peak, while evaluating</source>
        <translation>Geplante Spitze, beim Auswerten</translation>
    </message>
    <message>
        <source>Planned peak, while saving</source>
        <translation>Geplante Spitze, beim Speichern</translation>
    </message>
    <message>
        <source>Planned peak, while training</source>
        <translation>Geplante Spitze, beim Training</translation>
    </message>
    <message>
        <source>Does not fit into RAM: %1 over</source>
        <translation>Arbeitsspeicher reicht nicht: %1 zu viel</translation>
    </message>
    <message>
        <source>Free memory is not known</source>
        <translation>Freier Speicher ist nicht bekannt</translation>
    </message>
    <message>
        <source>Does not fit: %1 over</source>
        <translation>Passt nicht: %1 zu viel</translation>
    </message>
    <message>
        <source>Tight: %1 to spare</source>
        <translation>Knapp: %1 übrig</translation>
    </message>
    <message>
        <source>Fits: %1 to spare</source>
        <translation>Passt: %1 übrig</translation>
    </message>
    <message>
        <source>Checkpointing: %1</source>
        <translation>Checkpointing: %1</translation>
    </message>
    <message>
        <source>slower: each layer is computed twice</source>
        <translation>langsamer: jede Schicht wird zweimal berechnet</translation>
    </message>
    <message>
        <source>a little slower: the MLP is computed twice</source>
        <translation>etwas langsamer: das MLP wird zweimal berechnet</translation>
    </message>
    <message>
        <source>Micro-batch %1, accumulate %2</source>
        <translation>Mikro-Batch %1, Akkumulation %2</translation>
    </message>
    <message>
        <source>same batch of %1, a little slower</source>
        <translation>gleiche Batchgröße %1, etwas langsamer</translation>
    </message>
    <message>
        <source>Optimizer: %1</source>
        <translation>Optimierer: %1</translation>
    </message>
    <message>
        <source>same speed, nearly the same result</source>
        <translation>gleich schnell, fast das gleiche Ergebnis</translation>
    </message>
    <message>
        <source>Double quantization</source>
        <translation>Doppelte Quantisierung</translation>
    </message>
    <message>
        <source>nearly the same result</source>
        <translation>fast das gleiche Ergebnis</translation>
    </message>
    <message>
        <source>Compute type: %1</source>
        <translation>Rechentyp: %1</translation>
    </message>
    <message>
        <source>more rounding; slower where the processor emulates it</source>
        <translation>mehr Rundung; langsamer, wo der Prozessor ihn emuliert</translation>
    </message>
    <message>
        <source>Quantization: %1</source>
        <translation>Quantisierung: %1</translation>
    </message>
    <message>
        <source>more rounding error in the frozen weights</source>
        <translation>mehr Rundungsfehler in den eingefrorenen Gewichten</translation>
    </message>
    <message>
        <source>Rank %1, alpha %2</source>
        <translation>Rang %1, Alpha %2</translation>
    </message>
    <message>
        <source>same scale, learns less detail</source>
        <translation>gleiche Skalierung, lernt weniger Feinheiten</translation>
    </message>
    <message>
        <source>Rows up to %1 tokens</source>
        <translation>Zeilen bis %1 Token</translation>
    </message>
    <message>
        <source>longer rows are cut, so less is learned</source>
        <translation>längere Zeilen werden gekürzt, also wird weniger gelernt</translation>
    </message>
</context>
<context>
    <name>ModelText</name>
    <message>
        <source>%1 M parameters</source>
        <translation>%1 Mio. Parameter</translation>
    </message>
</context>
<context>
    <name>NetworkUse</name>
    <message>
        <source>sends metrics to the network, and Settings say offline</source>
        <translation>sendet Metriken ins Netz, und die Einstellungen sagen offline</translation>
    </message>
    <message>
        <source>choose offline, or allow it in Settings</source>
        <translation>offline wählen oder es in den Einstellungen erlauben</translation>
    </message>
</context>
<context>
    <name>NoteText</name>
    <message>
        <source>scale %1</source>
        <translation>Skalierung %1</translation>
    </message>
    <message>
        <source>batch of %1</source>
        <translation>Batchgröße %1</translation>
    </message>
    <message>
        <source>no effect with %1</source>
        <translation>wirkungslos bei %1</translation>
    </message>
    <message>
        <source>No validation: nobody sees overfitting</source>
        <translation>Keine Validierung: Overfitting bleibt unbemerkt</translation>
    </message>
    <message>
        <source>%1 % of the rows</source>
        <translation>%1 % der Zeilen</translation>
    </message>
    <message>
        <source>Steps win</source>
        <translation>Schritte zählen</translation>
    </message>
    <message>
        <source>times through</source>
        <translation>Durchgänge</translation>
    </message>
    <message>
        <source>by epochs</source>
        <translation>nach Epochen</translation>
    </message>
    <message>
        <source>no effect: constant</source>
        <translation>wirkungslos: constant</translation>
    </message>
    <message>
        <source>by share</source>
        <translation>nach Anteil</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>needs validation rows</source>
        <translation>braucht Validierungszeilen</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>rows at a time</source>
        <translation>Zeilen auf einmal</translation>
    </message>
    <message>
        <source>1e-4 to 3e-4</source>
        <translation>1e-4 bis 3e-4</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>and the best</source>
        <translation>und der beste</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>Auswertungen</translation>
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
    <message>
        <source>%1 B</source>
        <translation>%1 Mrd.</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 Tsd.</translation>
    </message>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
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
    <message>
        <source>Print how long the window took to be usable and the memory that it holds, then quit.</source>
        <translation>Ausgeben, wie lange das Fenster bis zur Bedienbarkeit brauchte und wie viel Speicher es belegt, dann beenden.</translation>
    </message>
</context>
<context>
    <name>OverlayChart</name>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
</context>
<context>
    <name>PlaygroundTemplate</name>
    <message>
        <source>What the model reads</source>
        <translation>Was das Modell liest</translation>
    </message>
    <message>
        <source>Choose a run first.</source>
        <translation>Zuerst einen Lauf wählen.</translation>
    </message>
    <message>
        <source>The conversation is rendered by %1.</source>
        <translation>Das Gespräch wird mit %1 aufbereitet.</translation>
    </message>
    <message>
        <source>Plain text: prompts are continued as they stand, without the template.</source>
        <translation>Reiner Text: Prompts werden unverändert fortgesetzt, ohne die Vorlage.</translation>
    </message>
    <message>
        <source>The model has no chat template: prompts are continued as they stand.</source>
        <translation>Das Modell hat keine Chat-Vorlage: Prompts werden unverändert fortgesetzt.</translation>
    </message>
    <message>
        <source>Last prompt, base</source>
        <translation>Letzter Prompt, Basis</translation>
    </message>
    <message>
        <source>Last prompt, tuned</source>
        <translation>Letzter Prompt, angepasst</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
</context>
<context>
    <name>PresetText</name>
    <message>
        <source>Starter</source>
        <translation>Einstieg</translation>
    </message>
    <message>
        <source>SmolLM2-135M learns the tone of a cynical dictionary. A few minutes on any processor, no GPU needed.</source>
        <translation>SmolLM2-135M lernt den Ton eines zynischen Wörterbuchs. Wenige Minuten auf jedem Prozessor, keine Grafikkarte nötig.</translation>
    </message>
    <message>
        <source>Falcon-7B QLoRA, 8 GiB</source>
        <translation>Falcon-7B QLoRA, 8 GiB</translation>
    </message>
    <message>
        <source>Seven billion weights on a GPU with 8 GiB: nf4, one row at a time, selective checkpointing.</source>
        <translation>Sieben Milliarden Gewichte auf einer Grafikkarte mit 8 GiB: nf4, eine Zeile auf einmal, selektives Checkpointing.</translation>
    </message>
    <message>
        <source>Best quality</source>
        <translation>Beste Qualität</translation>
    </message>
    <message>
        <source>Frozen weights as they are, in bfloat16. The most accurate, the most memory.</source>
        <translation>Eingefrorene Gewichte unverändert, in bfloat16. Am genauesten, mit dem meisten Speicher.</translation>
    </message>
    <message>
        <source>Llama chat</source>
        <translation>Llama-Chat</translation>
    </message>
    <message>
        <source>Conversations in the model&apos;s own template; only the assistant&apos;s words are learnt.</source>
        <translation>Gespräche in der Vorlage des Modells; nur die Worte des Assistenten werden gelernt.</translation>
    </message>
    <message>
        <source>Saved by you: %1, rank %2</source>
        <translation>Selbst gespeichert: %1, Rang %2</translation>
    </message>
</context>
<context>
    <name>QueueChecks</name>
    <message>
        <source>It is being trained by another program, in %1.</source>
        <translation>Ein anderes Programm trainiert ihn gerade, in %1.</translation>
    </message>
    <message>
        <source>Its folder holds another run: %1. Remove it here and add it again.</source>
        <translation>Sein Ordner enthält einen anderen Lauf: %1. Hier entfernen und neu hinzufügen.</translation>
    </message>
    <message>
        <source>It would write to the folder of %1: %2.</source>
        <translation>Er würde in den Ordner von %1 schreiben: %2.</translation>
    </message>
</context>
<context>
    <name>QueueStore</name>
    <message>
        <source>%1 The queue begins anew; the old files are beside it, named .damaged.</source>
        <translation>%1 Die Warteschlange beginnt neu; die alten Dateien liegen daneben, mit der Endung .damaged.</translation>
    </message>
</context>
<context>
    <name>RunAdapters</name>
    <message>
        <source>Handed over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Handed over: best, step %1</source>
        <translation>Übergeben: bester, Schritt %1</translation>
    </message>
    <message>
        <source>Handed over: last, step %1</source>
        <translation>Übergeben: letzter, Schritt %1</translation>
    </message>
    <message>
        <source>Best so far, step %1</source>
        <translation>Bisher bester, Schritt %1</translation>
    </message>
    <message>
        <source>Best so far</source>
        <translation>Bisher bester</translation>
    </message>
    <message>
        <source>Checkpoint %1</source>
        <translation>Checkpoint %1</translation>
    </message>
    <message>
        <source>%1, loss %2</source>
        <translation>%1, Verlust %2</translation>
    </message>
</context>
<context>
    <name>RunsCompared</name>
    <message>
        <source>%1 and %2 reach the same validation loss, %3.</source>
        <translation>%1 und %2 erreichen denselben Validierungsverlust, %3.</translation>
    </message>
    <message numerus="yes">
        <source>%1 reaches the lowest validation loss, %2; it needs %n more step(s) than %3.</source>
        <translation>
            <numerusform>%1 erreicht den niedrigsten Validierungsverlust, %2; nötig ist dafür %n Schritt mehr als bei %3.</numerusform>
            <numerusform>%1 erreicht den niedrigsten Validierungsverlust, %2; nötig sind dafür %n Schritte mehr als bei %3.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 reaches the lowest validation loss, %2, at step %3.</source>
        <translation>%1 erreicht den niedrigsten Validierungsverlust, %2, bei Schritt %3.</translation>
    </message>
    <message>
        <source>%1 overfits after step %2.</source>
        <translation>%1 zeigt Overfitting nach Schritt %2.</translation>
    </message>
</context>
<context>
    <name>SortMenu</name>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
</context>
<context>
    <name>Sparkline</name>
    <message>
        <source>No validation loss</source>
        <translation>Kein Validierungsverlust</translation>
    </message>
    <message>
        <source>Validation loss from %1 to %2, lowest %3 at step %4</source>
        <translation>Validierungsverlust von %1 auf %2, niedrigster %3 bei Schritt %4</translation>
    </message>
</context>
<context>
    <name>Ticks</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>Token %1</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
</context>
<context>
    <name>VerdictText</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Training loss stayed where it was meanwhile.</source>
        <translation>Der Trainingsverlust blieb derweil, wo er war.</translation>
    </message>
    <message>
        <source>Training loss fell %1 meanwhile.</source>
        <translation>Der Trainingsverlust fiel derweil um %1.</translation>
    </message>
    <message>
        <source>Training loss rose %1 meanwhile.</source>
        <translation>Der Trainingsverlust stieg derweil um %1.</translation>
    </message>
    <message>
        <source>Diverging</source>
        <translation>Divergiert</translation>
    </message>
    <message>
        <source>Overfitting</source>
        <translation>Overfitting</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Gesund</translation>
    </message>
    <message>
        <source>Diverging: the loss of step %1 is not a finite number.</source>
        <translation>Divergiert: Der Verlust von Schritt %1 ist keine endliche Zahl.</translation>
    </message>
    <message>
        <source>Diverging: both losses rise, so this is not overfitting.</source>
        <translation>Divergiert: Beide Verluste steigen, also ist es kein Overfitting.</translation>
    </message>
    <message>
        <source>Overfitting: validation loss has risen since step %1.</source>
        <translation>Overfitting: Der Validierungsverlust steigt seit Schritt %1.</translation>
    </message>
    <message numerus="yes">
        <source>Watch: %n evaluation(s) above the best.</source>
        <translation>
            <numerusform>Beobachten: %n Auswertung über der besten.</numerusform>
            <numerusform>Beobachten: %n Auswertungen über der besten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Healthy: no evaluation yet.</source>
        <translation>Gesund: noch keine Auswertung.</translation>
    </message>
    <message>
        <source>Healthy: validation loss is at its lowest.</source>
        <translation>Gesund: Der Validierungsverlust ist am tiefsten.</translation>
    </message>
    <message>
        <source>Healthy: too little above the best to say more.</source>
        <translation>Gesund: zu wenig über dem besten Wert, um mehr zu sagen.</translation>
    </message>
    <message numerus="yes">
        <source>From %1 to %2 (+%3) over %n evaluation(s)</source>
        <translation>
            <numerusform>Von %1 auf %2 (+%3) in %n Auswertung</numerusform>
            <numerusform>Von %1 auf %2 (+%3) in %n Auswertungen</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 times their noise</source>
        <translation>, das %1-Fache ihres Rauschens</translation>
    </message>
    <message numerus="yes">
        <source>Lowest %1 at step %2, after %n evaluation(s).</source>
        <translation>
            <numerusform>Niedrigster Wert %1 bei Schritt %2, nach %n Auswertung.</numerusform>
            <numerusform>Niedrigster Wert %1 bei Schritt %2, nach %n Auswertungen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The learning rate was raised again at step %1.</source>
        <translation>Die Lernrate wurde bei Schritt %1 wieder erhöht.</translation>
    </message>
    <message>
        <source>The adapter of step %1 is safe in best/.</source>
        <translation>Der Adapter von Schritt %1 liegt sicher in best/.</translation>
    </message>
    <message>
        <source>Half the learning rate, or a longer warm-up, usually helps.</source>
        <translation>Die halbe Lernrate oder ein längeres Warm-up hilft meist.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::AdapterPicker</name>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>The runs in your runs folder and those opened lately, the newest first</source>
        <translation>Die Läufe im Ordner der Läufe und die zuletzt geöffneten, die neuesten zuerst</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>The adapter that the run handed over, its best one so far, and its checkpoints</source>
        <translation>Der vom Lauf übergebene Adapter, sein bisher bester und seine Checkpoints</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>Einen Lauf wählen</translation>
    </message>
    <message>
        <source>No checkpoint</source>
        <translation>Kein Checkpoint</translation>
    </message>
    <message>
        <source>R&amp;un</source>
        <translation>La&amp;uf</translation>
    </message>
    <message>
        <source>&amp;Checkpoint</source>
        <translation>&amp;Checkpoint</translation>
    </message>
    <message>
        <source>Base model only</source>
        <translation>Nur Basismodell</translation>
    </message>
    <message>
        <source>The recipe&apos;s model, without an adapter</source>
        <translation>Das Modell des Rezepts, ohne Adapter</translation>
    </message>
    <message>
        <source>No adapter</source>
        <translation>Kein Adapter</translation>
    </message>
    <message>
        <source>A base model alone has no adapter</source>
        <translation>Ein Basismodell allein hat keinen Adapter</translation>
    </message>
    <message>
        <source>This run has saved no adapter</source>
        <translation>Dieser Lauf hat keinen Adapter gespeichert</translation>
    </message>
    <message>
        <source>Choose a run first</source>
        <translation>Zuerst einen Lauf wählen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ChartExport</name>
    <message>
        <source>%1 could not be written: %2. Choose another folder.</source>
        <translation>%1 konnte nicht geschrieben werden: %2. Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The export before this one is still being written. Try again when it is done.</source>
        <translation>Der vorige Export wird noch geschrieben. Danach erneut versuchen.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ChartTable</name>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Shows the chart&apos;s numbers as a table (T)</source>
        <translation>Zeigt die Zahlen des Diagramms als Tabelle (T)</translation>
    </message>
    <message>
        <source>Show as table: %1</source>
        <translation>Als Tabelle zeigen: %1</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ChartTools</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>The x axis counts</source>
        <translation>Die x-Achse zählt</translation>
    </message>
    <message>
        <source>What the x axis counts</source>
        <translation>Was die x-Achse zählt</translation>
    </message>
    <message>
        <source>S&amp;moothing</source>
        <translation>&amp;Glättung</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Share of the old value in each new one of the training curve; 0 shows the values as they are. The start is not pulled down.</source>
        <translation>Anteil des alten Werts an jedem neuen der Trainingskurve; 0 zeigt die Werte, wie sie sind. Der Anfang wird nicht nach unten gezogen.</translation>
    </message>
    <message>
        <source>Equal distances for equal ratios of the loss (L)</source>
        <translation>Gleiche Abstände für gleiche Verhältnisse des Verlusts (L)</translation>
    </message>
    <message>
        <source>Ignore &amp;outliers</source>
        <translation>Aus&amp;reißer ignorieren</translation>
    </message>
    <message>
        <source>Lets the outermost hundredth of the raw values lie outside the view</source>
        <translation>Lässt das äußerste Hundertstel der Rohwerte außerhalb der Ansicht liegen</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Shows the whole run (0, or a double click)</source>
        <translation>Zeigt den ganzen Lauf (0 oder Doppelklick)</translation>
    </message>
    <message>
        <source>Export the chart</source>
        <translation>Diagramm exportieren</translation>
    </message>
    <message>
        <source>Saves the chart as a picture or as numbers</source>
        <translation>Speichert das Diagramm als Bild oder als Zahlen</translation>
    </message>
    <message>
        <source>&amp;Picture (PNG)…</source>
        <translation>&amp;Bild (PNG)…</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>&amp;Drawing (SVG)…</source>
        <translation>&amp;Zeichnung (SVG)…</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG-Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>&amp;Numbers (CSV)…</source>
        <translation>Za&amp;hlen (CSV)…</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>Show as &amp;table</source>
        <translation>Als &amp;Tabelle zeigen</translation>
    </message>
    <message>
        <source>&amp;Log scale</source>
        <translation>Logarith&amp;misch</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ChatView</name>
    <message>
        <source>Conversation: %1</source>
        <translation>Gespräch: %1</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
</context>
<context>
    <name>falconer::ui::CheckpointsModel</name>
    <message>
        <source>Step %1 · best</source>
        <translation>Schritt %1 · bester</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataFileList</name>
    <message>
        <source>weight </source>
        <translation>Gewicht </translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>Gewicht von %1</translation>
    </message>
    <message>
        <source>How often an epoch goes through the rows of this file.</source>
        <translation>Wie oft eine Epoche die Zeilen dieser Datei durchläuft.</translation>
    </message>
    <message>
        <source>Leave this file out</source>
        <translation>Diese Datei weglassen</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>%1 weglassen</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Remove file</source>
        <translation>Datei entfernen</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n row(s)</source>
        <translation>
            <numerusform>%1 · %n Zeile</numerusform>
            <numerusform>%1 · %n Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataFindings</name>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Reads the files once more.</source>
        <translation>Liest die Dateien noch einmal.</translation>
    </message>
    <message>
        <source>Skip bad rows</source>
        <translation>Zeilen überspringen</translation>
    </message>
    <message>
        <source>Sets on_bad_row to skip.</source>
        <translation>Setzt on_bad_row auf skip.</translation>
    </message>
    <message>
        <source>Stop at bad rows</source>
        <translation>Bei Fehlern anhalten</translation>
    </message>
    <message>
        <source>Sets on_bad_row to stop.</source>
        <translation>Setzt on_bad_row auf stop.</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>Sets max_length.</source>
        <translation>Setzt max_length.</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Shows the Model page.</source>
        <translation>Zeigt die Seite Modell.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Lists these rows.</source>
        <translation>Listet diese Zeilen auf.</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiterer</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Goes to the next of these rows.</source>
        <translation>Geht zur nächsten dieser Zeilen.</translation>
    </message>
    <message>
        <source>Lists all findings.</source>
        <translation>Listet alle Befunde auf.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataLengthsCard</name>
    <message>
        <source>Row length</source>
        <translation>Zeilenlänge</translation>
    </message>
    <message>
        <source>&amp;Show them</source>
        <translation>Anzei&amp;gen</translation>
    </message>
    <message>
        <source>Lists the rows that are cut.</source>
        <translation>Listet die gekürzten Zeilen auf.</translation>
    </message>
    <message>
        <source>%1 tokens · median %2 · 95th percentile %3 · longest %4 (row %5)</source>
        <translation>%1 Token · Median %2 · 95. Perzentil %3 · längste %4 (Zeile %5)</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>Sets max_length so that no row is cut.</source>
        <translation>Setzt max_length so, dass keine Zeile gekürzt wird.</translation>
    </message>
    <message>
        <source>Counting tokens</source>
        <translation>Token werden gezählt</translation>
    </message>
    <message>
        <source>Choose a model to see lengths.</source>
        <translation>Ein Modell wählen, um Längen zu sehen.</translation>
    </message>
    <message>
        <source>none is masked fully</source>
        <translation>keine ist ganz maskiert</translation>
    </message>
    <message>
        <source>%1 masked fully</source>
        <translation>%1 ganz maskiert</translation>
    </message>
    <message>
        <source>No row is cut; %1.</source>
        <translation>Keine Zeile wird gekürzt; %1.</translation>
    </message>
    <message>
        <source>%1 of %2 rows are cut (%3 %); %4.</source>
        <translation>%1 von %2 Zeilen werden gekürzt (%3 %); %4.</translation>
    </message>
    <message>
        <source>%1 keeps every row whole; memory grows with the longest row.</source>
        <translation>%1 lässt jede Zeile ganz; der Speicherbedarf wächst mit der längsten Zeile.</translation>
    </message>
    <message>
        <source>The longest row has %1 tokens; a larger limit costs nothing.</source>
        <translation>Die längste Zeile hat %1 Token; eine höhere Grenze kostet nichts.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Tokens in a row</source>
        <translation>Token je Zeile</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataMapping</name>
    <message>
        <source>Use a share</source>
        <translation>Anteil nutzen</translation>
    </message>
    <message>
        <source>How rows are read</source>
        <translation>Wie Zeilen gelesen werden</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei…</translation>
    </message>
    <message>
        <source>&amp;Template</source>
        <translation>&amp;Vorlage</translation>
    </message>
    <message>
        <source>&amp;Loss on</source>
        <translation>Ve&amp;rlust auf</translation>
    </message>
    <message>
        <source>Loss on</source>
        <translation>Verlust auf</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Validates on the rows of a file of its own.</source>
        <translation>Validiert mit den Zeilen einer eigenen Datei.</translation>
    </message>
    <message>
        <source>Holds back a share of the training rows instead of a file.</source>
        <translation>Hält statt einer Datei einen Anteil der Trainingszeilen zurück.</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>not recognised</source>
        <translation>nicht erkannt</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>as chosen</source>
        <translation>wie gewählt</translation>
    </message>
    <message>
        <source>every token is learned</source>
        <translation>jedes Token wird gelernt</translation>
    </message>
    <message>
        <source>only answers are learned</source>
        <translation>nur Antworten werden gelernt</translation>
    </message>
    <message>
        <source>prompts are masked</source>
        <translation>Prompts sind maskiert</translation>
    </message>
    <message>
        <source>choose a column</source>
        <translation>eine Spalte wählen</translation>
    </message>
    <message>
        <source>no such column</source>
        <translation>keine solche Spalte</translation>
    </message>
    <message>
        <source>mapped</source>
        <translation>zugeordnet</translation>
    </message>
    <message>
        <source>may be absent</source>
        <translation>darf fehlen</translation>
    </message>
    <message>
        <source>by its name</source>
        <translation>nach Namen</translation>
    </message>
    <message>
        <source>rows stand as they are</source>
        <translation>Zeilen bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>the model&apos;s own</source>
        <translation>die des Modells</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Seed %1</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Choose a chat template</source>
        <translation>Eine Chat-Vorlage wählen</translation>
    </message>
    <message>
        <source>Templates (*.jinja *.txt);;All files (*)</source>
        <translation>Vorlagen (*.jinja *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a validation file</source>
        <translation>Eine Validierungsdatei wählen</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>For&amp;mat</source>
        <translation>F&amp;ormat</translation>
    </message>
    <message>
        <source>Vali&amp;dation</source>
        <translation>Val&amp;idierung</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataMicroscope</name>
    <message>
        <source>Token microscope</source>
        <translation>Token-Mikroskop</translation>
    </message>
    <message>
        <source>&amp;Ids</source>
        <translation>ID&amp;s</translation>
    </message>
    <message>
        <source>&amp;Whitespace</source>
        <translation>L&amp;eerzeichen</translation>
    </message>
    <message>
        <source>Text of the row</source>
        <translation>Text der Zeile</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>Vorige Zeile</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>Nächste Zeile</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>The row under the microscope.</source>
        <translation>Die Zeile unter dem Mikroskop.</translation>
    </message>
    <message>
        <source>Shows the numbers that the model sees instead of text.</source>
        <translation>Zeigt die Zahlen, die das Modell statt Text sieht.</translation>
    </message>
    <message>
        <source>Shows blanks as dots.</source>
        <translation>Zeigt Leerzeichen als Punkte.</translation>
    </message>
    <message>
        <source>The first %1 of %2 tokens are shown.</source>
        <translation>Gezeigt werden die ersten %1 von %2 Token.</translation>
    </message>
    <message>
        <source>Select a row to see it as the model will.</source>
        <translation>Eine Zeile auswählen, um sie so zu sehen wie das Modell.</translation>
    </message>
    <message>
        <source>Choose a model to see tokens.</source>
        <translation>Ein Modell wählen, um Token zu sehen.</translation>
    </message>
    <message>
        <source>Reading the tokenizer</source>
        <translation>Tokenizer wird gelesen</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>There is no row yet</source>
        <translation>Es gibt noch keine Zeile</translation>
    </message>
    <message>
        <source>Opens %1 in the desktop&apos;s program for such files</source>
        <translation>Öffnet %1 im Programm des Desktops für solche Dateien</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataPage</name>
    <message>
        <source>&amp;Add…</source>
        <translation>Hin&amp;zufügen…</translation>
    </message>
    <message>
        <source>Copy as &amp;YAML</source>
        <translation>Als &amp;YAML kopieren</translation>
    </message>
    <message>
        <source>&amp;Continue to Recipe</source>
        <translation>&amp;Weiter zum Rezept</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Öff&amp;nen…</translation>
    </message>
    <message>
        <source>Opens data files instead of these (Ctrl+O).</source>
        <translation>Öffnet andere Datendateien statt dieser (Strg+O).</translation>
    </message>
    <message>
        <source>Data that was open lately.</source>
        <translation>Zuletzt geöffnete Daten.</translation>
    </message>
    <message>
        <source>Mixes more files in with these.</source>
        <translation>Mischt weitere Dateien hinzu.</translation>
    </message>
    <message>
        <source>Copies the recipe&apos;s data section.</source>
        <translation>Kopiert den Abschnitt data des Rezepts.</translation>
    </message>
    <message>
        <source>Shows the Recipe page.</source>
        <translation>Zeigt die Seite Rezept.</translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n zu prüfen</numerusform>
            <numerusform>%n zu prüfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Reading %1 %</source>
        <translation>Liest %1 %</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>Nicht erkannt</translation>
    </message>
    <message>
        <source>Counting tokens %1 %</source>
        <translation>Zählt Token %1 %</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>No rows</source>
        <translation>Keine Zeilen</translation>
    </message>
    <message>
        <source>Longest row</source>
        <translation>Längste Zeile</translation>
    </message>
    <message>
        <source>Bad rows</source>
        <translation>Fehlerhaft</translation>
    </message>
    <message>
        <source>Add data</source>
        <translation>Daten hinzufügen</translation>
    </message>
    <message>
        <source>Open data</source>
        <translation>Daten öffnen</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Rece&amp;nt</source>
        <translation>Z&amp;uletzt</translation>
    </message>
    <message>
        <source>Training would stop</source>
        <translation>Training würde abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of the data cannot be read, and training would stop there</source>
        <translation>
            <numerusform>%n Zeile der Daten ist nicht lesbar, und das Training würde dort abbrechen</numerusform>
            <numerusform>%n Zeilen der Daten sind nicht lesbar, und das Training würde dort abbrechen</numerusform>
        </translation>
    </message>
    <message>
        <source>choose skip, or mend them: the Data page lists them</source>
        <translation>skip wählen oder sie ausbessern: Die Datenseite listet sie auf</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DataRowsCard</name>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Which rows are listed</source>
        <translation>Welche Zeilen aufgelistet sind</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>Zeilen filtern</translation>
    </message>
    <message>
        <source>Lists the rows whose text contains this (Ctrl+F).</source>
        <translation>Listet die Zeilen auf, deren Text dies enthält (Strg+F).</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Rows %1</source>
        <translation>Zeilen %1</translation>
    </message>
    <message>
        <source>Validation %1</source>
        <translation>Validierung %1</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Cut %1</source>
        <translation>Gekürzt %1</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Gekürzt</translation>
    </message>
    <message>
        <source>Problems %1</source>
        <translation>Probleme %1</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Datei wird gelesen</translation>
    </message>
    <message>
        <source>Looking for “%1”</source>
        <translation>Suche nach „%1“</translation>
    </message>
    <message>
        <source>No row contains “%1”.</source>
        <translation>Keine Zeile enthält „%1“.</translation>
    </message>
    <message>
        <source>No problem so far.</source>
        <translation>Bisher kein Problem.</translation>
    </message>
    <message>
        <source>No row has a problem.</source>
        <translation>Keine Zeile hat ein Problem.</translation>
    </message>
    <message>
        <source>No row is cut.</source>
        <translation>Keine Zeile wird gekürzt.</translation>
    </message>
    <message>
        <source>Choose a model to see which rows are cut.</source>
        <translation>Ein Modell wählen, um die gekürzten Zeilen zu sehen.</translation>
    </message>
    <message>
        <source>No row is held back for validation.</source>
        <translation>Keine Zeile ist für die Validierung zurückgehalten.</translation>
    </message>
    <message>
        <source>The split is chosen when all rows are counted.</source>
        <translation>Die Aufteilung wird festgelegt, wenn alle Zeilen gezählt sind.</translation>
    </message>
    <message>
        <source>Choose a model to see which rows are held back.</source>
        <translation>Ein Modell wählen, um die zurückgehaltenen Zeilen zu sehen.</translation>
    </message>
    <message>
        <source>The file has no rows.</source>
        <translation>Die Datei hat keine Zeilen.</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Problems can be told once the columns are mapped.</source>
        <translation>Probleme zeigen sich, sobald die Spalten zugeordnet sind.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DifferencesModel</name>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>watch</source>
        <translation>beobachten</translation>
    </message>
    <message>
        <source>overfitting</source>
        <translation>Overfitting</translation>
    </message>
    <message>
        <source>Best validation loss</source>
        <translation>Bester Validierungsverlust</translation>
    </message>
    <message>
        <source>at step</source>
        <translation>bei Schritt</translation>
    </message>
    <message>
        <source>Last training loss</source>
        <translation>Letzter Trainingsverlust</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Sentinel</source>
        <translation>Wächter</translation>
    </message>
    <message>
        <source>Trainable parameters</source>
        <translation>Trainierbare Parameter</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
    <message>
        <source>%1, the best</source>
        <translation>%1, der beste Wert</translation>
    </message>
    <message>
        <source>%1, differs</source>
        <translation>%1, abweichend</translation>
    </message>
</context>
<context>
    <name>falconer::ui::DropCard</name>
    <message>
        <source>No data yet</source>
        <translation>Noch keine Daten</translation>
    </message>
    <message>
        <source>Drop a data file here</source>
        <translation>Eine Datendatei hier ablegen</translation>
    </message>
    <message>
        <source>JSON Lines, JSON, CSV, TSV, text, Parquet and Arrow are read. Several files are mixed.</source>
        <translation>Gelesen werden JSON Lines, JSON, CSV, TSV, Text, Parquet und Arrow. Mehrere Dateien werden gemischt.</translation>
    </message>
    <message>
        <source>JSON Lines, JSON, CSV, TSV and text are read. Several files are mixed.</source>
        <translation>Gelesen werden JSON Lines, JSON, CSV, TSV und Text. Mehrere Dateien werden gemischt.</translation>
    </message>
    <message>
        <source>Rows may have the columns prompt and completion, instruction, input and output, messages, conversations or text; other names can be mapped.</source>
        <translation>Zeilen können die Spalten prompt und completion, instruction, input und output, messages, conversations oder text haben; andere Namen lassen sich zuordnen.</translation>
    </message>
    <message>
        <source>Chooses one or more files.</source>
        <translation>Wählt eine oder mehrere Dateien.</translation>
    </message>
    <message>
        <source>Open lately</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>O&amp;pen data…</source>
        <translation>Daten ö&amp;ffnen…</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ExportPage</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>The run is being read</source>
        <translation>Der Lauf wird gelesen</translation>
    </message>
    <message>
        <source>This run has no adapter to export</source>
        <translation>Dieser Lauf hat keinen Adapter zum Exportieren</translation>
    </message>
    <message>
        <source>An export is going on</source>
        <translation>Ein Export ist im Gange</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>Write the adapter, reload it and measure it again</source>
        <translation>Den Adapter schreiben, neu laden und nachmessen</translation>
    </message>
    <message>
        <source>It is written there already; name another folder to write it again</source>
        <translation>Er ist dort bereits geschrieben; für ein weiteres Mal einen anderen Ordner nennen</translation>
    </message>
    <message>
        <source>Choose the folder to put it in</source>
        <translation>Den Zielordner wählen</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export läuft</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop; nothing remains of the folder</source>
        <translation>Abbrechen; vom Ordner bleibt nichts</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>Prüfung beenden</translation>
    </message>
    <message>
        <source>The folder is complete; only the check ends</source>
        <translation>Der Ordner ist vollständig; nur die Prüfung endet</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>Nicht exportiert</translation>
    </message>
    <message>
        <source>%1
Nothing half-written remains.</source>
        <translation>%1
Nichts halb Geschriebenes bleibt zurück.</translation>
    </message>
    <message>
        <source>Exported, not checked</source>
        <translation>Exportiert, nicht geprüft</translation>
    </message>
    <message>
        <source>The folder is complete; the check could not be made</source>
        <translation>Der Ordner ist vollständig; die Prüfung war nicht möglich</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Nothing remains of %1.</source>
        <translation>Von %1 bleibt nichts.</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>The folder %1 is complete.</source>
        <translation>Der Ordner %1 ist vollständig.</translation>
    </message>
    <message>
        <source>Exported and reloaded: validation loss %1 before, %2 after.</source>
        <translation>Exportiert und neu geladen: Validierungsverlust vorher %1, nachher %2.</translation>
    </message>
    <message>
        <source>Exported and reloaded: loss of the first training rows %1 before, %2 after.</source>
        <translation>Exportiert und neu geladen: Verlust der ersten Trainingszeilen vorher %1, nachher %2.</translation>
    </message>
    <message>
        <source>Exported, loss differs</source>
        <translation>Exportiert, Verlust weicht ab</translation>
    </message>
    <message>
        <source>Another device or number of threads rounds differently in the last decimals. A larger difference means that the model or the data changed since the run.</source>
        <translation>Ein anderes Gerät oder eine andere Zahl von Threads rundet in den letzten Nachkommastellen anders. Ein größerer Unterschied bedeutet, dass sich Modell oder Daten seit dem Lauf geändert haben.</translation>
    </message>
    <message>
        <source>E&amp;xport adapter</source>
        <translation>Adapter e&amp;xportieren</translation>
    </message>
    <message>
        <source>Choose a run above. A run hands over its adapter when it ends, and keeps checkpoints on the way.</source>
        <translation>Oben einen Lauf wählen. Ein Lauf gibt seinen Adapter am Ende ab und behält unterwegs Checkpoints.</translation>
    </message>
    <message>
        <source>Show runs</source>
        <translation>Läufe zeigen</translation>
    </message>
    <message>
        <source>Open the recipe</source>
        <translation>Rezept öffnen</translation>
    </message>
    <message>
        <source>Nothing to export yet</source>
        <translation>Noch nichts zu exportieren</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>&amp;PEFT adapter</source>
        <translation>&amp;PEFT-Adapter</translation>
    </message>
    <message>
        <source>A small folder that PEFT and Falconer put on the unchanged base model</source>
        <translation>Ein kleiner Ordner, den PEFT und Falconer auf das unveränderte Basismodell setzen</translation>
    </message>
    <message>
        <source>The folder goes on top of the unchanged base model. Merged weights and GGUF files come with a later version.</source>
        <translation>Der Ordner kommt auf das unveränderte Basismodell. Zusammengeführte Gewichte und GGUF-Dateien folgen in einer späteren Version.</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>The folder that is made; nothing that lies there already is replaced</source>
        <translation>Der Ordner, der angelegt wird; nichts Vorhandenes wird ersetzt</translation>
    </message>
    <message>
        <source>Fo&amp;lder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Nachmessen</translation>
    </message>
    <message>
        <source>Progress of the step</source>
        <translation>Fortschritt des Schritts</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>After writing, the folder is loaded onto the base model and measured on the rows that the run validated on. That takes the memory of a model that answers.</source>
        <translation>Nach dem Schreiben wird der Ordner auf das Basismodell geladen und an den Zeilen gemessen, mit denen der Lauf validiert hat. Das braucht so viel Speicher wie ein antwortendes Modell.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>Load it</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Python with PEFT</source>
        <translation>Python mit PEFT</translation>
    </message>
    <message>
        <source>Python with PEFT, on the base model as the run held it</source>
        <translation>Python mit PEFT, auf dem Basismodell, wie der Lauf es hielt</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>Falconer&apos;s command line, without Python</source>
        <translation>Falconers Befehlszeile, ohne Python</translation>
    </message>
    <message>
        <source>The Runs page lists them with their losses (Ctrl+6)</source>
        <translation>Die Läufe-Seite führt sie mit ihren Verlusten auf (Strg+6)</translation>
    </message>
    <message>
        <source>The Recipe page starts one (Ctrl+4)</source>
        <translation>Die Rezeptseite startet einen Lauf (Strg+4)</translation>
    </message>
    <message>
        <source>Shows the exported folder in the file manager</source>
        <translation>Zeigt den exportierten Ordner im Dateimanager</translation>
    </message>
    <message>
        <source>It ends after the piece of work at hand</source>
        <translation>Endet nach dem laufenden Arbeitsschritt</translation>
    </message>
</context>
<context>
    <name>falconer::ui::FieldRow</name>
    <message>
        <source>Help on %1</source>
        <translation>Hilfe zu %1</translation>
    </message>
    <message>
        <source>Changed from %1, where it is %2</source>
        <translation>Geändert gegenüber %1, dort %2</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>&amp;Reset to %1</source>
        <translation>&amp;Zurück auf %1</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>The value that the recipe began with</source>
        <translation>Der Wert vom Anfang des Rezepts</translation>
    </message>
    <message>
        <source>It is as the recipe began</source>
        <translation>Der Wert ist wie am Anfang des Rezepts</translation>
    </message>
</context>
<context>
    <name>falconer::ui::HomeContinue</name>
    <message>
        <source>Validation loss</source>
        <translation>Validierungsverlust</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>State saved: step %1.</source>
        <translation>Stand gespeichert: Schritt %1.</translation>
    </message>
    <message>
        <source>Best validation loss %1 at step %2.</source>
        <translation>Bester Validierungsverlust %1 bei Schritt %2.</translation>
    </message>
    <message>
        <source>&amp;Watch it</source>
        <translation>&amp;Zusehen</translation>
    </message>
    <message>
        <source>Shows the Train page</source>
        <translation>Zeigt die Trainingsseite</translation>
    </message>
    <message>
        <source>Goes on from the newest checkpoint, to the same numbers</source>
        <translation>Geht vom neuesten Checkpoint weiter, zu denselben Zahlen</translation>
    </message>
    <message>
        <source>Asks the base model and the tuned one side by side</source>
        <translation>Befragt das Basismodell und das angepasste Modell nebeneinander</translation>
    </message>
    <message>
        <source>Open in R&amp;uns</source>
        <translation>In Läu&amp;fe öffnen</translation>
    </message>
    <message>
        <source>Shows its curves, settings and report on the Runs page</source>
        <translation>Zeigt Kurven, Einstellungen und Bericht auf der Läufe-Seite</translation>
    </message>
    <message>
        <source>No checkpoint was saved yet.</source>
        <translation>Noch wurde kein Checkpoint gespeichert.</translation>
    </message>
    <message>
        <source>Re&amp;sume</source>
        <translation>Fort&amp;setzen</translation>
    </message>
    <message>
        <source>Tr&amp;y it out</source>
        <translation>Aus&amp;probieren</translation>
    </message>
    <message>
        <source>Begins again with the same recipe, as nothing was saved</source>
        <translation>Beginnt mit demselben Rezept von vorn, da nichts gespeichert wurde</translation>
    </message>
</context>
<context>
    <name>falconer::ui::HomeMachine</name>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Looking at this machine</source>
        <translation>Der Rechner wird untersucht</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Belegter Speicher</translation>
    </message>
    <message>
        <source>%1 of %2 GiB memory in use</source>
        <translation>%1 von %2 GiB Speicher belegt</translation>
    </message>
    <message>
        <source>Runs go to %1 · %2 GB free</source>
        <translation>Läufe gehen nach %1 · %2 GB frei</translation>
    </message>
    <message>
        <source>No NVIDIA graphics card</source>
        <translation>Keine NVIDIA-Grafikkarte</translation>
    </message>
    <message>
        <source>Training runs on the processor.</source>
        <translation>Das Training läuft auf dem Prozessor.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Not usable</source>
        <translation>Nicht nutzbar</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s) · kernels: %1</source>
        <translation>
            <numerusform>%n Thread · Kernel: %1</numerusform>
            <numerusform>%n Threads · Kernel: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>%1 memory</source>
        <translation>%1 Speicher</translation>
    </message>
</context>
<context>
    <name>falconer::ui::HomePage</name>
    <message>
        <source>everything stays on this machine</source>
        <translation>alles bleibt auf diesem Rechner</translation>
    </message>
    <message>
        <source>Start from a recipe</source>
        <translation>Mit einem Rezept beginnen</translation>
    </message>
    <message>
        <source>all of them work without a network</source>
        <translation>alle funktionieren ohne Netz</translation>
    </message>
    <message>
        <source>The Recipe page lists them all, your own ones too</source>
        <translation>Die Rezeptseite führt alle auf, auch die eigenen</translation>
    </message>
    <message>
        <source>your model · your data</source>
        <translation>Ihr Modell · Ihre Daten</translation>
    </message>
    <message>
        <source>%1 · %2 · rank %3</source>
        <translation>%1 · %2 · Rang %3</translation>
    </message>
    <message>
        <source>Needs a model</source>
        <translation>Braucht ein Modell</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation>Dieses Rezept verwenden</translation>
    </message>
    <message>
        <source>Use the recipe %1</source>
        <translation>Das Rezept %1 verwenden</translation>
    </message>
    <message>
        <source>Drop a model or a data set here</source>
        <translation>Ein Modell oder einen Datensatz hier ablegen</translation>
    </message>
    <message>
        <source>Open &amp;model…</source>
        <translation>&amp;Modell öffnen…</translation>
    </message>
    <message>
        <source>Open &amp;data…</source>
        <translation>Da&amp;ten öffnen…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt verwendet</translation>
    </message>
    <message>
        <source>Recent items</source>
        <translation>Zuletzt verwendete Einträge</translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>Wo ist %1 jetzt?</translation>
    </message>
    <message>
        <source>New here?</source>
        <translation>Neu hier?</translation>
    </message>
    <message>
        <source>A tour of four stops shows how a data set becomes an adapter. It takes about two minutes.</source>
        <translation>Eine Tour mit vier Stationen zeigt, wie aus einem Datensatz ein Adapter wird. Sie dauert etwa zwei Minuten.</translation>
    </message>
    <message>
        <source>&amp;Take the tour</source>
        <translation>To&amp;ur starten</translation>
    </message>
    <message>
        <source>Esc ends it at any time</source>
        <translation>Esc beendet sie jederzeit</translation>
    </message>
    <message>
        <source>Help &gt; Take the tour brings it back</source>
        <translation>Hilfe &gt; Tour starten holt sie zurück</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Open the &amp;queue</source>
        <translation>&amp;Warteschlange öffnen</translation>
    </message>
    <message>
        <source>The Runs page reorders it, checks it and starts it</source>
        <translation>Die Läufe-Seite ordnet sie um, prüft und startet sie</translation>
    </message>
    <message numerus="yes">
        <source>%1 trains; %n run(s) wait.</source>
        <translation>
            <numerusform>%1 trainiert; %n Lauf wartet.</numerusform>
            <numerusform>%1 trainiert; %n Läufe warten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait for the start of the queue.</source>
        <translation>
            <numerusform>%n Lauf wartet auf den Start der Warteschlange.</numerusform>
            <numerusform>%n Läufe warten auf den Start der Warteschlange.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;All recipes</source>
        <translation>Alle &amp;Rezepte</translation>
    </message>
    <message>
        <source>A model folder or .gguf, or %1. Nothing is copied or uploaded.</source>
        <translation>Ein Modellordner oder .gguf, oder %1. Nichts wird kopiert oder hochgeladen.</translation>
    </message>
    <message>
        <source>Chooses a model&apos;s folder or file for the recipe; a folder of models is searched</source>
        <translation>Wählt Ordner oder Datei eines Modells für das Rezept; ein Ordner mit Modellen wird durchsucht</translation>
    </message>
    <message>
        <source>Chooses one or more files of rows for the recipe</source>
        <translation>Wählt eine oder mehrere Dateien mit Zeilen für das Rezept</translation>
    </message>
    <message>
        <source>Open data</source>
        <translation>Daten öffnen</translation>
    </message>
    <message>
        <source>H&amp;ide this</source>
        <translation>Ausbl&amp;enden</translation>
    </message>
</context>
<context>
    <name>falconer::ui::LayerMapCard</name>
    <message>
        <source>Target layers</source>
        <translation>Zielschichten</translation>
    </message>
    <message>
        <source>A row for each module, a column for each layer. Digits set the rank of the selected cells, Delete leaves them out.</source>
        <translation>Eine Zeile je Modul, eine Spalte je Schicht. Ziffern setzen den Rang der ausgewählten Zellen, Entf lässt sie aus.</translation>
    </message>
    <message>
        <source>A&amp;ll</source>
        <translation>All&amp;e</translation>
    </message>
    <message>
        <source>Select every cell</source>
        <translation>Alle Zellen auswählen</translation>
    </message>
    <message>
        <source>N&amp;one</source>
        <translation>&amp;Keine</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Nichts auswählen</translation>
    </message>
    <message>
        <source>&amp;Attention</source>
        <translation>A&amp;ttention</translation>
    </message>
    <message>
        <source>Select the attention&apos;s modules</source>
        <translation>Die Module der Attention auswählen</translation>
    </message>
    <message>
        <source>&amp;MLP</source>
        <translation>&amp;MLP</translation>
    </message>
    <message>
        <source>Select the MLP&apos;s modules</source>
        <translation>Die Module des MLP auswählen</translation>
    </message>
    <message>
        <source>Select the last layers of the modules that are selected, or of all</source>
        <translation>Die letzten Schichten der ausgewählten oder aller Module auswählen</translation>
    </message>
    <message>
        <source>Select layers by number, of the modules that are selected, or of all</source>
        <translation>Schichten nach Nummer auswählen, in den ausgewählten oder allen Modulen</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>Select by name</source>
        <translation>Nach Name auswählen</translation>
    </message>
    <message>
        <source>Selects the cells whose module path contains this, such as up_proj or 31.mlp</source>
        <translation>Wählt die Zellen, deren Modulpfad dies enthält, etwa up_proj oder 31.mlp</translation>
    </message>
    <message>
        <source>Rank of the selected cells</source>
        <translation>Rang der ausgewählten Zellen</translation>
    </message>
    <message>
        <source>The rank of the selected cells; 0 leaves them out</source>
        <translation>Der Rang der ausgewählten Zellen; 0 lässt sie aus</translation>
    </message>
    <message>
        <source>Ran&amp;k</source>
        <translation>Ran&amp;g</translation>
    </message>
    <message>
        <source>Choose a model to see its layers</source>
        <translation>Ein Modell wählen, um seine Schichten zu sehen</translation>
    </message>
    <message>
        <source>Looking at the model</source>
        <translation>Das Modell wird untersucht</translation>
    </message>
    <message>
        <source>The adapter that training goes on from decides which layers are trained, and with which rank.</source>
        <translation>Der Adapter, mit dem das Training weitergeht, bestimmt, welche Schichten mit welchem Rang trainiert werden.</translation>
    </message>
    <message>
        <source>trainable parameters · %1 %</source>
        <comment>after their number</comment>
        <translation>trainierbare Parameter · %1 %</translation>
    </message>
    <message>
        <source>Nothing is selected. Click or drag over cells, or use the buttons above.</source>
        <translation>Nichts ist ausgewählt. Zellen anklicken, über sie ziehen oder die Knöpfe oben benutzen.</translation>
    </message>
    <message numerus="yes">
        <source>Selected: %n cell(s)</source>
        <translation>
            <numerusform>Ausgewählt: %n Zelle</numerusform>
            <numerusform>Ausgewählt: %n Zellen</numerusform>
        </translation>
    </message>
    <message>
        <source>all modules</source>
        <translation>allen Modulen</translation>
    </message>
    <message>
        <source>the attention</source>
        <translation>der Attention</translation>
    </message>
    <message>
        <source>the MLP</source>
        <translation>dem MLP</translation>
    </message>
    <message>
        <source>layer %1 of %2</source>
        <translation>Schicht %1 in %2</translation>
    </message>
    <message>
        <source>layers %1 of %2</source>
        <translation>Schichten %1 in %2</translation>
    </message>
    <message>
        <source>Selected: %1, %2</source>
        <translation>Ausgewählt: %1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s)</source>
        <translation>
            <numerusform>%n Zelle</numerusform>
            <numerusform>%n Zellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Train at rank %1</source>
        <translation>Mit Rang %1 trainieren</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Select cells first</source>
        <translation>Zuerst Zellen auswählen</translation>
    </message>
    <message>
        <source>These modules are trained as a whole, as lora.modules_to_save says</source>
        <translation>Diese Module werden als Ganzes trainiert, wie lora.modules_to_save es sagt</translation>
    </message>
    <message>
        <source>Delete or 0 leaves out, digits set a rank</source>
        <translation>Entf oder 0 lässt aus, Ziffern setzen einen Rang</translation>
    </message>
    <message>
        <source>Select layers</source>
        <translation>Schichten auswählen</translation>
    </message>
    <message>
        <source>Layers, such as 24-31 or 0-3,7</source>
        <translation>Schichten, etwa 24-31 oder 0-3,7</translation>
    </message>
    <message>
        <source>Leave out layers</source>
        <translation>Schichten auslassen</translation>
    </message>
    <message>
        <source>Rank of layers</source>
        <translation>Rang der Schichten</translation>
    </message>
    <message>
        <source>Las&amp;t %1</source>
        <comment>so many layers</comment>
        <translation>Let&amp;zte %1</translation>
    </message>
    <message>
        <source>Ran&amp;ge…</source>
        <translation>Be&amp;reich…</translation>
    </message>
</context>
<context>
    <name>falconer::ui::LayerMapModel</name>
    <message>
        <source>whole</source>
        <translation>ganz</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>Schicht %1, %2</translation>
    </message>
    <message>
        <source>%1: trained as a whole</source>
        <translation>%1: als Ganzes trainiert</translation>
    </message>
    <message>
        <source>%1: out</source>
        <translation>%1: ausgelassen</translation>
    </message>
    <message>
        <source>%1: rank %2</source>
        <translation>%1: Rang %2</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>inputs and outputs of a module</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>falconer::ui::LengthChart</name>
    <message>
        <source>Row lengths</source>
        <translation>Zeilenlängen</translation>
    </message>
    <message>
        <source>Drag the line, or use the arrow keys, to choose where rows are cut.</source>
        <translation>Die Linie ziehen oder die Pfeiltasten benutzen, um zu wählen, wo Zeilen gekürzt werden.</translation>
    </message>
    <message>
        <source>No row has been counted yet.</source>
        <translation>Noch wurde keine Zeile gezählt.</translation>
    </message>
    <message>
        <source>%1 rows, half of them up to %2 tokens, 95 of 100 up to %3, the longest %4. Cut at %5: %6 rows are longer.</source>
        <translation>%1 Zeilen, die Hälfte davon bis zu %2 Token, 95 von 100 bis zu %3, die längste %4. Gekürzt bei %5: %6 Zeilen sind länger.</translation>
    </message>
    <message>
        <source>Lengths appear here once rows are counted.</source>
        <translation>Längen erscheinen hier, sobald Zeilen gezählt sind.</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
    <message>
        <source>Tokens in a row</source>
        <translation>Token je Zeile</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>Median %1</translation>
    </message>
    <message>
        <source>max_length %1</source>
        <translation>max_length %1</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cut</source>
        <translation>
            <numerusform>%n Zeile gekürzt</numerusform>
            <numerusform>%n Zeilen gekürzt</numerusform>
        </translation>
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
    <name>falconer::ui::LossPanel</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Loss chart</source>
        <translation>Verlustkurve</translation>
    </message>
    <message>
        <source>Loss (nats per token)</source>
        <translation>Verlust (nats je Token)</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
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
        <source>Best</source>
        <translation>Bester</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>Best %1 at step %2</source>
        <translation>Bester %1 bei Schritt %2</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Overfitting</source>
        <translation>Overfitting</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source> · epoch %1</source>
        <translation> · Epoche %1</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>roh</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Training loss went from %1 to %2 over %3 steps.</source>
        <translation>Der Trainingsverlust ging von %1 auf %2 über %3 Schritte.</translation>
    </message>
    <message>
        <source>Validation loss went from %1 to %2.</source>
        <translation>Der Validierungsverlust ging von %1 auf %2.</translation>
    </message>
    <message>
        <source>It fell at the last evaluation.</source>
        <translation>Bei der letzten Auswertung fiel er.</translation>
    </message>
    <message>
        <source>It rose at the last evaluation.</source>
        <translation>Bei der letzten Auswertung stieg er.</translation>
    </message>
    <message>
        <source>It did not change at the last evaluation.</source>
        <translation>Bei der letzten Auswertung blieb er gleich.</translation>
    </message>
    <message>
        <source>The best is %1 at step %2.</source>
        <translation>Der beste ist %1 bei Schritt %2.</translation>
    </message>
    <message>
        <source>Watch from step %1.</source>
        <translation>Beobachten ab Schritt %1.</translation>
    </message>
    <message>
        <source>Overfitting from step %1.</source>
        <translation>Overfitting ab Schritt %1.</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet.</source>
        <translation>Noch wurde nichts aufgezeichnet.</translation>
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
        <source>Ctrl+.</source>
        <translation>Ctrl+.</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
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
        <source>%1 — Falconer</source>
        <translation>%1 — Falconer</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Ctrl+Z</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation>Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>F6</source>
        <translation>F6</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>&amp;Vorheriger Bereich</translation>
    </message>
    <message>
        <source>Shift+F6</source>
        <translation>Shift+F6</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Take the tour</source>
        <translation>To&amp;ur starten</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Falconer</source>
        <translation>Ü&amp;ber Falconer</translation>
    </message>
    <message>
        <source>About Falconer</source>
        <translation>Über Falconer</translation>
    </message>
    <message>
        <source>Falconer %1</source>
        <translation>Falconer %1</translation>
    </message>
    <message>
        <source>A workbench for fine-tuning language models. The window is licensed under the GPL 3.0 or later, the engine under the Apache License 2.0.</source>
        <translation>Eine Werkbank zum Anpassen von Sprachmodellen. Das Fenster steht unter der GPL 3.0 oder später, der Kern unter der Apache License 2.0.</translation>
    </message>
    <message>
        <source>&amp;New recipe</source>
        <translation>&amp;Neues Rezept</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Ctrl+O</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Ctrl+S</translation>
    </message>
    <message>
        <source>Open &amp;data…</source>
        <translation>Da&amp;ten öffnen…</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausieren</translation>
    </message>
    <message>
        <source>S&amp;top and keep…</source>
        <translation>An&amp;halten und behalten…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+.</source>
        <translation>Ctrl+Shift+.</translation>
    </message>
    <message>
        <source>Save &amp;checkpoint now</source>
        <translation>&amp;Checkpoint jetzt speichern</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Re&amp;sume training</source>
        <translation>Training fort&amp;setzen</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>Open a data set</source>
        <translation>Einen Datensatz öffnen</translation>
    </message>
    <message>
        <source>A run is going on</source>
        <translation>Ein Lauf ist im Gange</translation>
    </message>
    <message>
        <source>&amp;Keep going in the tray</source>
        <translation>Im &amp;Infobereich weiterlaufen</translation>
    </message>
    <message>
        <source>&amp;Pause and close</source>
        <translation>&amp;Pausieren und schließen</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>An&amp;halten und schließen</translation>
    </message>
    <message>
        <source>The run is stopping</source>
        <translation>Der Lauf wird angehalten</translation>
    </message>
    <message>
        <source>Nothing is training</source>
        <translation>Es läuft kein Training</translation>
    </message>
    <message>
        <source>Keep training, pause or stop?</source>
        <translation>Weitertrainieren, pausieren oder anhalten?</translation>
    </message>
    <message>
        <source>Paused, it is saved at this step, and Home offers to go on with it. Stopped, it is over and hands over its adapter%1; it can still be resumed.</source>
        <translation>Pausiert wird er bei diesem Schritt gespeichert, und die Startseite bietet das Fortsetzen an. Angehalten ist er zu Ende und übergibt seinen Adapter%1; fortsetzen lässt er sich trotzdem.</translation>
    </message>
    <message>
        <source> of step %1, the best one</source>
        <translation> von Schritt %1, den besten</translation>
    </message>
    <message>
        <source>&amp;Help for the field</source>
        <translation>&amp;Hilfe zum Feld</translation>
    </message>
    <message>
        <source>&amp;Save recipe</source>
        <translation>Rezept &amp;speichern</translation>
    </message>
    <message>
        <source>Save recipe &amp;as…</source>
        <translation>Rezept speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Open &amp;model</source>
        <translation>&amp;Modell öffnen</translation>
    </message>
    <message>
        <source>There is no help for what has the focus</source>
        <translation>Für das Element mit dem Fokus gibt es keine Hilfe</translation>
    </message>
    <message>
        <source>Keep &amp;training</source>
        <translation>&amp;Weiter trainieren</translation>
    </message>
</context>
<context>
    <name>falconer::ui::MemoryBar</name>
    <message>
        <source>Memory plan</source>
        <translation>Speicherplan</translation>
    </message>
    <message>
        <source>%1 free now</source>
        <translation>%1 jetzt frei</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>falconer::ui::MemoryPlanCard</name>
    <message>
        <source>Memory plan</source>
        <translation>Speicherplan</translation>
    </message>
    <message>
        <source>Measuring memory</source>
        <translation>Speicher wird gemessen</translation>
    </message>
    <message>
        <source>Choose a model to see what memory training takes</source>
        <translation>Ein Modell wählen, um den Speicherbedarf des Trainings zu sehen</translation>
    </message>
    <message>
        <source>Memory cannot be planned here.</source>
        <translation>Der Speicher lässt sich hier nicht planen.</translation>
    </message>
    <message>
        <source>Memory cannot be planned yet. %1</source>
        <translation>Der Speicher lässt sich noch nicht planen. %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1: %2. %3.</source>
        <translation>%1: %2. %3.</translation>
    </message>
    <message>
        <source>%1 are free now.</source>
        <translation>%1 sind jetzt frei.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>RAM beside it: %1 of %2.</source>
        <translation>Arbeitsspeicher daneben: %1 von %2.</translation>
    </message>
    <message>
        <source>RAM beside it: %1.</source>
        <translation>Arbeitsspeicher daneben: %1.</translation>
    </message>
    <message>
        <source>Checkpointing: auto comes to %1, so that it fits.</source>
        <translation>Checkpointing: auto ergibt %1, damit es passt.</translation>
    </message>
    <message>
        <source>Rows are taken to be as long as max_length allows. %1</source>
        <translation>Zeilen gelten als so lang, wie max_length es zulässt. %1</translation>
    </message>
    <message>
        <source>The files are large, so rows are taken to be as long as max_length allows.</source>
        <translation>Die Dateien sind groß, daher gelten Zeilen als so lang, wie max_length es zulässt.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::MemoryTable</name>
    <message>
        <source>%1, GiB</source>
        <translation>%1, GiB</translation>
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
    <name>falconer::ui::ModelEditor</name>
    <message>
        <source>Folder or .gguf file</source>
        <translation>Ordner oder .gguf-Datei</translation>
    </message>
    <message>
        <source>Browse for a model</source>
        <translation>Ein Modell suchen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ModelListModel</name>
    <message>
        <source>Cannot be used</source>
        <translation>Nicht verwendbar</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf Platte</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ModelPage</name>
    <message>
        <source>found on this machine; nothing is copied or uploaded</source>
        <translation>auf diesem Rechner gefunden; nichts wird kopiert oder hochgeladen</translation>
    </message>
    <message>
        <source>&amp;Use this model</source>
        <translation>Modell &amp;verwenden</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Searches a folder for models from now on</source>
        <translation>Durchsucht einen Ordner ab jetzt nach Modellen</translation>
    </message>
    <message>
        <source>The search failed.</source>
        <translation>Die Suche ist gescheitert.</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter the models</source>
        <translation>Die Modelle filtern</translation>
    </message>
    <message>
        <source>Shows the models whose name or architecture holds this text (Ctrl+F)</source>
        <translation>Zeigt die Modelle, deren Name oder Architektur diesen Text enthält (Strg+F)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>Chat-Vorlage</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Where they are looked for</source>
        <translation>Wo gesucht wird</translation>
    </message>
    <message>
        <source>Always: the Hugging Face cache and Falconer&apos;s own cache. Downloading from the Hub comes with a later version; what other programs downloaded is listed.</source>
        <translation>Immer: der Cache von Hugging Face und Falconers eigener Cache. Das Herunterladen vom Hub folgt in einer späteren Version; was andere Programme heruntergeladen haben, ist aufgeführt.</translation>
    </message>
    <message>
        <source>Folders that you added</source>
        <translation>Hinzugefügte Ordner</translation>
    </message>
    <message>
        <source>The folder itself stays as it is</source>
        <translation>Der Ordner selbst bleibt, wie er ist</translation>
    </message>
    <message>
        <source>Searching %1</source>
        <translation>%1 wird durchsucht</translation>
    </message>
    <message>
        <source>Choose a folder that holds models</source>
        <translation>Einen Ordner mit Modellen wählen</translation>
    </message>
    <message>
        <source>No models yet.</source>
        <translation>Noch keine Modelle.</translation>
    </message>
    <message>
        <source>Add a folder that holds some, or drop a model folder or .gguf file here.</source>
        <translation>Einen Ordner mit Modellen hinzufügen oder einen Modellordner oder eine .gguf-Datei hier ablegen.</translation>
    </message>
    <message>
        <source>Puts the model into the recipe and goes on to the data</source>
        <translation>Setzt das Modell in das Rezept ein und geht weiter zu den Daten</translation>
    </message>
    <message>
        <source>Choose a model in the list first.</source>
        <translation>Zuerst ein Modell in der Liste wählen.</translation>
    </message>
    <message>
        <source>Choose a model in the list.</source>
        <translation>Ein Modell in der Liste wählen.</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n Schicht</numerusform>
            <numerusform>%n Schichten</numerusform>
        </translation>
    </message>
    <message>
        <source>hidden size %1</source>
        <translation>Hidden Size %1</translation>
    </message>
    <message>
        <source>context of %1 tokens</source>
        <translation>Kontext von %1 Token</translation>
    </message>
    <message>
        <source>licence not stated in its files</source>
        <translation>Lizenz nicht in den Dateien genannt</translation>
    </message>
    <message>
        <source>licence: %1</source>
        <translation>Lizenz: %1</translation>
    </message>
    <message>
        <source>%1 · %2 MB</source>
        <translation>%1 · %2 MB</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>None: rows are used as they stand.</source>
        <translation>Keine: Zeilen werden verwendet, wie sie sind.</translation>
    </message>
    <message>
        <source>Choose a folder in the list first</source>
        <translation>Zuerst einen Ordner in der Liste wählen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>No model matches “%1”.</source>
        <translation>Kein Modell passt zu „%1“.</translation>
    </message>
    <message>
        <source>Reading the files</source>
        <translation>Dateien werden gelesen</translation>
    </message>
    <message>
        <source>Remove from the &amp;list</source>
        <translation>Aus der Liste &amp;entfernen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::NoMatch</name>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Lists everything again</source>
        <translation>Listet wieder alles auf</translation>
    </message>
</context>
<context>
    <name>falconer::ui::Notifier</name>
    <message>
        <source>%1: overfitting</source>
        <translation>%1: Overfitting</translation>
    </message>
    <message>
        <source>%1 has failed</source>
        <translation>%1 ist gescheitert</translation>
    </message>
    <message>
        <source>%1 is finished</source>
        <translation>%1 ist fertig</translation>
    </message>
    <message>
        <source>Best validation loss %1 at step %2.</source>
        <translation>Bester Validierungsverlust %1 bei Schritt %2.</translation>
    </message>
    <message>
        <source>The adapter is ready.</source>
        <translation>Der Adapter ist bereit.</translation>
    </message>
    <message>
        <source>Falconer: nothing is training</source>
        <translation>Falconer: kein Training läuft</translation>
    </message>
    <message>
        <source>Falconer: %1 is training</source>
        <translation>Falconer: %1 trainiert</translation>
    </message>
    <message>
        <source>The queue is through</source>
        <translation>Die Warteschlange ist abgearbeitet</translation>
    </message>
    <message>
        <source>The Runs page has its report.</source>
        <translation>Der Bericht steht auf der Läufe-Seite.</translation>
    </message>
    <message>
        <source>%1: diverging</source>
        <translation>%1: divergiert</translation>
    </message>
    <message>
        <source>%1 waits for the disk</source>
        <translation>%1 wartet auf den Datenträger</translation>
    </message>
    <message>
        <source>Training is over; its results are written as soon as there is room.</source>
        <translation>Das Training ist zu Ende; die Ergebnisse werden geschrieben, sobald Platz ist.</translation>
    </message>
    <message>
        <source>%1 is paused</source>
        <translation>%1 ist pausiert</translation>
    </message>
    <message>
        <source>The sentinel paused it: it is overfitting.</source>
        <translation>Der Wächter hat den Lauf pausiert: Overfitting.</translation>
    </message>
    <message>
        <source>&amp;Show the window</source>
        <translation>Fenster &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausieren</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
</context>
<context>
    <name>falconer::ui::NumberEditor</name>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
</context>
<context>
    <name>falconer::ui::OverlayChart</name>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Überlagerung</translation>
    </message>
    <message>
        <source>Overlay of runs</source>
        <translation>Überlagerung von Läufen</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Losses shown</source>
        <translation>Gezeigte Verluste</translation>
    </message>
    <message>
        <source>Which losses are drawn; training is fainter where both are</source>
        <translation>Welche Verluste gezeichnet werden; Training ist blasser, wo beide stehen</translation>
    </message>
    <message numerus="yes">
        <source>Overlay of %n run(s)</source>
        <translation>
            <numerusform>Überlagerung von %n Lauf</numerusform>
            <numerusform>Überlagerung von %n Läufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Loss (nats per token)</source>
        <translation>Verlust (nats je Token)</translation>
    </message>
    <message>
        <source>Validation loss (nats per token)</source>
        <translation>Validierungsverlust (nats je Token)</translation>
    </message>
    <message>
        <source>Training loss (nats per token)</source>
        <translation>Trainingsverlust (nats je Token)</translation>
    </message>
    <message>
        <source>%1 has no validation loss.</source>
        <translation>%1 hat keinen Validierungsverlust.</translation>
    </message>
    <message>
        <source>%1: validation loss from %2 to %3, best %4 at step %5.</source>
        <translation>%1: Validierungsverlust von %2 bis %3, bester %4 bei Schritt %5.</translation>
    </message>
    <message>
        <source>%1 reaches the lowest.</source>
        <translation>%1 erreicht den niedrigsten.</translation>
    </message>
    <message>
        <source>No run is selected.</source>
        <translation>Kein Lauf ist ausgewählt.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::OverlayModel</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ParallelChart</name>
    <message>
        <source>Sweep results</source>
        <translation>Ergebnisse des Sweeps</translation>
    </message>
    <message>
        <source>One line a run; left and right arrows go from the best to the worst</source>
        <translation>Eine Linie je Lauf; Pfeil links und rechts gehen vom besten zum schlechtesten</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>Bester Verlust</translation>
    </message>
    <message>
        <source>best loss %1</source>
        <translation>bester Verlust %1</translation>
    </message>
    <message>
        <source>no loss</source>
        <translation>kein Verlust</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No sweep has run yet.</source>
        <translation>Noch kein Sweep ist gelaufen.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) of a sweep.</source>
        <translation>
            <numerusform>%n Lauf eines Sweeps.</numerusform>
            <numerusform>%n Läufe eines Sweeps.</numerusform>
        </translation>
    </message>
    <message>
        <source>The best loss goes from %1 to %2.</source>
        <translation>Der beste Verlust reicht von %1 bis %2.</translation>
    </message>
    <message>
        <source>The best run is %1.</source>
        <translation>Der beste Lauf ist %1.</translation>
    </message>
    <message>
        <source>Selected: %1.</source>
        <translation>Gewählt: %1.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>The runs of a sweep appear here as lines.</source>
        <translation>Die Läufe eines Sweeps erscheinen hier als Linien.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::PathEditor</name>
    <message>
        <source>Choose a file of rows</source>
        <translation>Eine Datei mit Zeilen wählen</translation>
    </message>
    <message>
        <source>Choose an adapter&apos;s folder</source>
        <translation>Einen Adapterordner wählen</translation>
    </message>
    <message>
        <source>Choose a folder for the run</source>
        <translation>Einen Ordner für den Lauf wählen</translation>
    </message>
    <message>
        <source>A file of rows</source>
        <translation>Eine Datei mit Zeilen</translation>
    </message>
    <message>
        <source>made for each run</source>
        <translation>je Lauf angelegt</translation>
    </message>
    <message>
        <source>a new adapter</source>
        <translation>ein neuer Adapter</translation>
    </message>
</context>
<context>
    <name>falconer::ui::PlaygroundColumn</name>
    <message>
        <source>Base model</source>
        <translation>Basismodell</translation>
    </message>
    <message>
        <source>Tuned model</source>
        <translation>Angepasstes Modell</translation>
    </message>
    <message>
        <source>Copy the answer: %1</source>
        <translation>Die Antwort kopieren: %1</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>Die letzte Antwort kopieren</translation>
    </message>
    <message>
        <source>There is no answer yet</source>
        <translation>Es gibt noch keine Antwort</translation>
    </message>
</context>
<context>
    <name>falconer::ui::PlaygroundComposer</name>
    <message>
        <source>S&amp;aved prompts</source>
        <translation>Gespei&amp;cherte Prompts</translation>
    </message>
    <message>
        <source>Answered &amp;by</source>
        <translation>Ant&amp;wort von</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Tuned</source>
        <translation>Angepasst</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>A&amp;nhalten</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>What the models are asked. Ctrl+Return sends it.</source>
        <translation>Was die Modelle gefragt werden. Strg+Eingabe sendet es.</translation>
    </message>
    <message>
        <source>Write a prompt</source>
        <translation>Prompt schreiben</translation>
    </message>
    <message>
        <source>Prompts that you keep, and those of the run</source>
        <translation>Prompts, die Sie behalten, und die des Laufs</translation>
    </message>
    <message>
        <source>Answered by: %1</source>
        <translation>Antwort von: %1</translation>
    </message>
    <message>
        <source>Stop after the token at hand and keep what is there (Esc)</source>
        <translation>Nach dem laufenden Token anhalten und behalten, was da ist (Esc)</translation>
    </message>
    <message>
        <source>Stopping after this token</source>
        <translation>Hält nach diesem Token an</translation>
    </message>
    <message>
        <source>Ctrl+Return sends</source>
        <translation>Strg+Eingabe sendet</translation>
    </message>
    <message>
        <source>An answer is being written</source>
        <translation>Eine Antwort wird geschrieben</translation>
    </message>
    <message>
        <source>Write a prompt first</source>
        <translation>Zuerst einen Prompt schreiben</translation>
    </message>
    <message>
        <source>Send the prompt (Ctrl+Return)</source>
        <translation>Den Prompt senden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>From the run</source>
        <translation>Aus dem Lauf</translation>
    </message>
    <message>
        <source>&amp;Save this prompt</source>
        <translation>Diesen Prompt &amp;speichern</translation>
    </message>
    <message>
        <source>It is saved already</source>
        <translation>Er ist schon gespeichert</translation>
    </message>
    <message>
        <source>Keep the prompt that stands in the box</source>
        <translation>Den Prompt behalten, der im Feld steht</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>The base model answers, then the tuned one</source>
        <translation>Das Basismodell antwortet, dann das angepasste</translation>
    </message>
    <message>
        <source>The base model answers, with the adapter off</source>
        <translation>Das Basismodell antwortet, der Adapter ist aus</translation>
    </message>
    <message>
        <source>The tuned model answers, with the adapter on</source>
        <translation>Das angepasste Modell antwortet, der Adapter ist an</translation>
    </message>
    <message>
        <source>No prompt is saved yet</source>
        <translation>Noch ist kein Prompt gespeichert</translation>
    </message>
    <message>
        <source>Forgets a saved prompt</source>
        <translation>Vergisst einen gespeicherten Prompt</translation>
    </message>
</context>
<context>
    <name>falconer::ui::PlaygroundPage</name>
    <message>
        <source>Ask something below.</source>
        <translation>Unten etwas fragen.</translation>
    </message>
    <message>
        <source>The base model answers here: the adapter is off.</source>
        <translation>Hier antwortet das Basismodell: Der Adapter ist aus.</translation>
    </message>
    <message>
        <source>The tuned model answers here: the adapter is on.</source>
        <translation>Hier antwortet das angepasste Modell: Der Adapter ist an.</translation>
    </message>
    <message>
        <source>Choose a run, or the base model only</source>
        <translation>Einen Lauf oder nur das Basismodell wählen</translation>
    </message>
    <message>
        <source>The run is being read</source>
        <translation>Der Lauf wird gelesen</translation>
    </message>
    <message>
        <source>The model was not found</source>
        <translation>Das Modell wurde nicht gefunden</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>Token %1 of at most %2</source>
        <translation>Token %1 von höchstens %2</translation>
    </message>
    <message>
        <source>Reading %1 of %2 tokens</source>
        <translation>Liest %1 von %2 Token</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n Token</numerusform>
            <numerusform>%n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>first after %1 s</source>
        <translation>erstes nach %1 s</translation>
    </message>
    <message>
        <source>cut off at the answer limit</source>
        <translation>an der Antwortgrenze abgeschnitten</translation>
    </message>
    <message>
        <source>the model&apos;s context is full</source>
        <translation>der Kontext des Modells ist voll</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Stopped before its answer</source>
        <translation>Vor der Antwort angehalten</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Wird angehalten</translation>
    </message>
    <message>
        <source>Reading the run</source>
        <translation>Lauf wird gelesen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>not quantized</source>
        <translation>nicht quantisiert</translation>
    </message>
    <message>
        <source>The playground holds the model a second time and shares the processor: both become slower.</source>
        <translation>Die Spielwiese hält das Modell ein zweites Mal und teilt sich den Prozessor: Beide werden langsamer.</translation>
    </message>
    <message>
        <source>A run is training</source>
        <translation>Ein Lauf trainiert</translation>
    </message>
    <message>
        <source>Free memory</source>
        <translation>Speicher freigeben</translation>
    </message>
    <message>
        <source>Lets the model go; the next prompt loads it again</source>
        <translation>Gibt das Modell frei; der nächste Prompt lädt es wieder</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Forget both conversations and begin anew (Ctrl+Shift+N)</source>
        <translation>Beide Gespräche vergessen und neu beginnen (Strg+Umschalt+N)</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Sampling</translation>
    </message>
    <message>
        <source>Show prompt format and sampling</source>
        <translation>Promptformat und Sampling zeigen</translation>
    </message>
    <message>
        <source>Prompt format, system prompt, sampling and device</source>
        <translation>Promptformat, System-Prompt, Sampling und Gerät</translation>
    </message>
    <message>
        <source>Answer on the CPU</source>
        <translation>Auf der CPU antworten</translation>
    </message>
    <message>
        <source>Begin a new chat</source>
        <translation>Neuen Chat beginnen</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>Einen Lauf wählen</translation>
    </message>
    <message>
        <source>Its adapter answers here beside the base model, so that you see what training changed. Without a run the base model of the recipe answers alone; SmolLM2-135M-Instruct is a small one to begin with.</source>
        <translation>Sein Adapter antwortet hier neben dem Basismodell, sodass zu sehen ist, was das Training geändert hat. Ohne Lauf antwortet das Basismodell des Rezepts allein; SmolLM2-135M-Instruct ist ein kleines für den Anfang.</translation>
    </message>
    <message>
        <source>Show runs</source>
        <translation>Läufe zeigen</translation>
    </message>
    <message>
        <source>Use the base model only</source>
        <translation>Nur das Basismodell nutzen</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Ctrl+Shift+N</translation>
    </message>
    <message>
        <source>An answer is being written</source>
        <translation>Eine Antwort wird geschrieben</translation>
    </message>
    <message>
        <source>Nothing was said yet</source>
        <translation>Noch wurde nichts gesagt</translation>
    </message>
    <message>
        <source>%1 of memory are free.</source>
        <translation>%1 Speicher sind frei.</translation>
    </message>
    <message>
        <source>Loads the model into the computer&apos;s own memory and asks again there; slower</source>
        <translation>Lädt das Modell in den Arbeitsspeicher und fragt dort erneut; langsamer</translation>
    </message>
    <message>
        <source>Forgets both conversations; the prompt stays</source>
        <translation>Vergisst beide Gespräche; der Prompt bleibt</translation>
    </message>
    <message>
        <source>The Runs page lists them with their losses (Ctrl+6)</source>
        <translation>Die Läufe-Seite führt sie mit ihren Verlusten auf (Strg+6)</translation>
    </message>
    <message>
        <source>Talks to the recipe&apos;s model, without an adapter</source>
        <translation>Spricht mit dem Modell des Rezepts, ohne Adapter</translation>
    </message>
    <message>
        <source>Use SmolLM2</source>
        <translation>SmolLM2 nutzen</translation>
    </message>
    <message>
        <source>Puts SmolLM2-135M-Instruct into the recipe and talks to it</source>
        <translation>Setzt SmolLM2-135M-Instruct in das Rezept ein und spricht mit ihm</translation>
    </message>
</context>
<context>
    <name>falconer::ui::PlaygroundSettings</name>
    <message>
        <source>Prompt format</source>
        <translation>Promptformat</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>Chat format</source>
        <translation>Chatformat</translation>
    </message>
    <message>
        <source>The model&apos;s chat template turns the conversation into the text that the model reads</source>
        <translation>Die Chatvorlage des Modells macht aus dem Gespräch den Text, den das Modell liest</translation>
    </message>
    <message>
        <source>Plain text format</source>
        <translation>Format reiner Text</translation>
    </message>
    <message>
        <source>The model continues the text as it stands. Write it as the training rows had it.</source>
        <translation>Das Modell setzt den Text fort, wie er dasteht. So schreiben wie in den Trainingszeilen.</translation>
    </message>
    <message>
        <source>Sho&amp;w what the model reads…</source>
        <translation>&amp;Zeigen, was das Modell liest…</translation>
    </message>
    <message>
        <source>The template, and the last prompts as it rendered them</source>
        <translation>Die Vorlage und die letzten Prompts, wie sie daraus entstanden</translation>
    </message>
    <message>
        <source>S&amp;ystem prompt</source>
        <translation>S&amp;ystem-Prompt</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Sampling</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset sampling</source>
        <translation>Sampling zurücksetzen</translation>
    </message>
    <message>
        <source>Back to greedy answers, which show best what was learnt</source>
        <translation>Zurück zu Greedy-Antworten, die am besten zeigen, was gelernt wurde</translation>
    </message>
    <message>
        <source>Tempera&amp;ture</source>
        <translation>&amp;Temperatur</translation>
    </message>
    <message>
        <source>0 takes the likeliest token each time; 0.7 gives variety, above 1 it becomes wild</source>
        <translation>0 nimmt jedes Mal das wahrscheinlichste Token; 0,7 bringt Abwechslung, über 1 wird es wild</translation>
    </message>
    <message>
        <source>Top-&amp;k</source>
        <translation>Top-&amp;k</translation>
    </message>
    <message>
        <source>Draws from the k likeliest tokens only; 40 is usual, 0 turns it off</source>
        <translation>Zieht nur aus den k wahrscheinlichsten Token; üblich ist 40; 0 schaltet ab</translation>
    </message>
    <message>
        <source>Top-&amp;p</source>
        <translation>Top-&amp;p</translation>
    </message>
    <message>
        <source>Draws from the likeliest tokens that make up this share of the probability; 0.9 is usual, 1 turns it off</source>
        <translation>Zieht aus den wahrscheinlichsten Token, die diesen Anteil der Wahrscheinlichkeit ausmachen; üblich ist 0,9; 1 schaltet ab</translation>
    </message>
    <message>
        <source>&amp;Min-p</source>
        <translation>&amp;Min-p</translation>
    </message>
    <message>
        <source>Draws no token below this share of the likeliest one&apos;s probability; 0.05 is usual, 0 turns it off</source>
        <translation>Zieht kein Token unter diesem Anteil der Wahrscheinlichkeit des wahrscheinlichsten; üblich ist 0,05; 0 schaltet ab</translation>
    </message>
    <message>
        <source>Repetition pe&amp;nalty</source>
        <translation>Wiederholungsst&amp;rafe</translation>
    </message>
    <message>
        <source>Makes tokens that were there before less likely; 1.1 is usual, 1 turns it off</source>
        <translation>Macht Token, die schon vorkamen, weniger wahrscheinlich; üblich ist 1,1; 1 schaltet ab</translation>
    </message>
    <message>
        <source>Answer &amp;limit, tokens</source>
        <translation>Antwortgrenze, T&amp;oken</translation>
    </message>
    <message>
        <source>The answer ends here if it does not end by itself</source>
        <translation>Die Antwort endet hier, wenn sie nicht von selbst endet</translation>
    </message>
    <message>
        <source>See&amp;d</source>
        <translation>S&amp;eed</translation>
    </message>
    <message>
        <source>The same seed draws the same answer; without effect at temperature 0</source>
        <translation>Derselbe Seed zieht dieselbe Antwort; ohne Wirkung bei Temperatur 0</translation>
    </message>
    <message>
        <source>As the run says</source>
        <translation>Wie im Lauf</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where the model answers; another device loads the model again</source>
        <translation>Wo das Modell antwortet; ein anderes Gerät lädt das Modell neu</translation>
    </message>
    <message>
        <source>Dev&amp;ice</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>Follows from the model and the rows that the run was trained on.</source>
        <translation>Ergibt sich aus dem Modell und den Zeilen, mit denen der Lauf trainiert wurde.</translation>
    </message>
    <message>
        <source>Rendered by %1.</source>
        <translation>Vorlage: %1.</translation>
    </message>
    <message>
        <source>The model continues your text as it stands, without its chat template.</source>
        <translation>Das Modell setzt den Text fort, wie er dasteht, ohne seine Chatvorlage.</translation>
    </message>
    <message>
        <source>What the model is told before the conversation; empty: nothing</source>
        <translation>Was dem Modell vor dem Gespräch gesagt wird; leer: nichts</translation>
    </message>
    <message>
        <source>Only a chat format has a place for a system prompt</source>
        <translation>Nur ein Chatformat hat Platz für einen System-Prompt</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Greedy: the likeliest token each time. Of the rest only the repetition penalty has an effect.</source>
        <translation>Greedy: jedes Mal das wahrscheinlichste Token. Vom Rest wirkt nur die Wiederholungsstrafe.</translation>
    </message>
    <message>
        <source>Drawn at random: the seed decides. Both sides draw from the same seed.</source>
        <translation>Zufällig gezogen: Der Seed entscheidet. Beide Seiten ziehen mit demselben Seed.</translation>
    </message>
    <message>
        <source>Choose a run, or the base model only</source>
        <translation>Einen Lauf oder nur das Basismodell wählen</translation>
    </message>
    <message>
        <source>The recipe or the model has no chat template</source>
        <translation>Das Rezept oder das Modell hat keine Chat-Vorlage</translation>
    </message>
    <message>
        <source>Without a chat template the model continues your text. Write it as the training rows had it.</source>
        <translation>Ohne Chat-Vorlage setzt das Modell den Text fort. Er sollte so aussehen wie in den Trainingszeilen.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::Plot</name>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Shows the whole run again and follows it (0)</source>
        <translation>Zeigt wieder den ganzen Lauf und folgt ihm (0)</translation>
    </message>
    <message>
        <source>Follow the run</source>
        <translation>Dem Lauf folgen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::PromptsEditor</name>
    <message>
        <source>One prompt a line; \n is a line break</source>
        <translation>Ein Prompt je Zeile; \n ist ein Zeilenumbruch</translation>
    </message>
</context>
<context>
    <name>falconer::ui::QuantizationPeaks</name>
    <message>
        <source>weight error %1 %</source>
        <translation>Gewichtsfehler %1 %</translation>
    </message>
    <message>
        <source>Peak at each quantization level, GiB</source>
        <translation>Spitze je Quantisierungsstufe, GiB</translation>
    </message>
    <message>
        <source>does not fit, %1 over</source>
        <translation>passt nicht, %1 zu viel</translation>
    </message>
    <message>
        <source>fits, %1 to spare</source>
        <translation>passt, %1 übrig</translation>
    </message>
    <message>
        <source>does not fit into RAM</source>
        <translation>passt nicht in den RAM</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
</context>
<context>
    <name>falconer::ui::QueueModel</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Cannot start</source>
        <translation>Startet nicht</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stopped, kept %1</source>
        <translation>Angehalten, %1 behalten</translation>
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
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>Bester Verlust</translation>
    </message>
    <message>
        <source>At step</source>
        <translation>Bei Schritt</translation>
    </message>
    <message>
        <source>Last loss</source>
        <translation>Letzter Verlust</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Problem</translation>
    </message>
</context>
<context>
    <name>falconer::ui::QueueRunner</name>
    <message>
        <source>run</source>
        <translation>lauf</translation>
    </message>
    <message>
        <source>It began to overfit and paused; the queue ended it, its best adapter is kept.</source>
        <translation>Bei beginnendem Overfitting pausiert; die Warteschlange hat ihn beendet, sein bester Adapter bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::Rail</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>Spielwiese</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RankLegend</name>
    <message>
        <source>Ranks in the map: %1</source>
        <translation>Ränge in der Karte: %1</translation>
    </message>
    <message>
        <source>out</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>ganz</translation>
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
    <message>
        <source>Readiness</source>
        <translation>Bereitschaft</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecentModel</name>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>not where it was: Locate…</source>
        <translation>nicht mehr dort: Suchen…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecipeDraft</name>
    <message>
        <source>New recipe</source>
        <translation>Neues Rezept</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecipeForm</name>
    <message>
        <source>Model and data</source>
        <translation>Modell und Daten</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>By its name, its key in run.yaml, or a word of its help (Ctrl+F)</source>
        <translation>Nach Namen, Schlüssel in run.yaml oder einem Wort der Hilfe (Strg+F)</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Show only the settings that differ from what the recipe began with</source>
        <translation>Nur die Einstellungen zeigen, die vom Anfang des Rezepts abweichen</translation>
    </message>
    <message>
        <source>Data options</source>
        <translation>Datenoptionen</translation>
    </message>
    <message>
        <source>Evaluation and sentinel</source>
        <translation>Auswertung und Wächter</translation>
    </message>
    <message>
        <source>Logging</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>No setting is called “%1”.</source>
        <translation>Keine Einstellung heißt „%1“.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecipeHeader</name>
    <message>
        <source>Recipes (*.yaml *.yml *.json);;All files (*)</source>
        <translation>Rezepte (*.yaml *.yml *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Simple</source>
        <translation>Einfach</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>How much of the recipe is shown</source>
        <translation>Wie viel vom Rezept zu sehen ist</translation>
    </message>
    <message>
        <source>Four questions</source>
        <translation>Vier Fragen</translation>
    </message>
    <message>
        <source>Every setting</source>
        <translation>Alle Einstellungen</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>Open a run.yaml; Undo brings this recipe back (Ctrl+O)</source>
        <translation>Eine run.yaml öffnen; Rückgängig bringt dieses Rezept zurück (Strg+O)</translation>
    </message>
    <message>
        <source>Add to &amp;queue</source>
        <translation>In die &amp;Warteschlange</translation>
    </message>
    <message>
        <source>Import a recipe</source>
        <translation>Ein Rezept importieren</translation>
    </message>
    <message>
        <source>Export the recipe</source>
        <translation>Das Rezept exportieren</translation>
    </message>
    <message>
        <source>Puts this recipe behind the runs that wait</source>
        <translation>Stellt dieses Rezept hinter die wartenden Läufe</translation>
    </message>
    <message>
        <source>New recipe</source>
        <translation>Neues Rezept</translation>
    </message>
    <message>
        <source>%1 (changed)</source>
        <translation>%1 (geändert)</translation>
    </message>
    <message>
        <source>%1. Choose what to begin with</source>
        <translation>%1. Wählen, womit zu beginnen ist</translation>
    </message>
    <message>
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation>Rückgängig: %1 (Strg+Z)</translation>
    </message>
    <message>
        <source>Nothing was changed yet</source>
        <translation>Noch wurde nichts geändert</translation>
    </message>
    <message>
        <source>&amp;New recipe</source>
        <translation>&amp;Neues Rezept</translation>
    </message>
    <message>
        <source>Every setting at its default; model and data stay</source>
        <translation>Jede Einstellung auf ihrem Standard; Modell und Daten bleiben</translation>
    </message>
    <message>
        <source>&amp;Save as preset…</source>
        <translation>Als Vorgabe &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Remove preset</source>
        <translation>Vorgabe &amp;entfernen</translation>
    </message>
    <message>
        <source>Preset %1 removed.</source>
        <translation>Vorgabe %1 entfernt.</translation>
    </message>
    <message>
        <source>Recipe written to %1.</source>
        <translation>Rezept nach %1 geschrieben.</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>Als Vorgabe speichern</translation>
    </message>
    <message>
        <source>Name of the preset. Model and data are not part of it; one of the same name is replaced.</source>
        <translation>Name der Vorgabe. Modell und Daten gehören nicht dazu; eine gleichen Namens wird ersetzt.</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Vorgabe speichern</translation>
    </message>
    <message>
        <source>Preset %1 saved.</source>
        <translation>Vorgabe %1 gespeichert.</translation>
    </message>
    <message>
        <source>E&amp;xport run.yaml…</source>
        <translation>run.yaml e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Export run.yaml…</source>
        <translation>run.yaml exportieren…</translation>
    </message>
    <message>
        <source>Write the recipe to a file that falconer train takes (Ctrl+Shift+S)</source>
        <translation>Das Rezept in eine Datei schreiben, die falconer train annimmt (Strg+Umschalt+S)</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>Ein&amp;reihen</translation>
    </message>
    <message>
        <source>Queued as %1; the Runs page has the queue.</source>
        <translation>Eingereiht als %1; die Warteschlange steht auf der Seite Läufe.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecipeHelpCard</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Choose a setting to read what it does, what is typical, and what happens when it is too high.</source>
        <translation>Eine Einstellung wählen, um zu lesen, was sie tut, was üblich ist und was bei zu hohen Werten geschieht.</translation>
    </message>
    <message>
        <source>Not set by default</source>
        <translation>Standard: nicht gesetzt</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>Standard: %1</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 bis %2</translation>
    </message>
    <message>
        <source>At least %1</source>
        <translation>Mindestens %1</translation>
    </message>
    <message>
        <source>Reset to not set</source>
        <translation>Zurück auf nicht gesetzt</translation>
    </message>
    <message>
        <source>Reset to %1</source>
        <translation>Zurück auf %1</translation>
    </message>
    <message>
        <source>Too high|Too low|Too many|Too seldom|Higher|Lower|Without effect</source>
        <comment>phrases that stand out where a sentence of the help begins with them</comment>
        <translation>Zu hoch|Zu niedrig|Zu viele|Zu selten|Höher|Niedriger|Ohne Wirkung</translation>
    </message>
    <message>
        <source>are typical|is typical|typical|the usual choice</source>
        <comment>phrases that stand out anywhere in the help</comment>
        <translation>sind üblich|ist üblich|üblich|die übliche Wahl</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecipeSimple</name>
    <message>
        <source>Sets: %1</source>
        <translation>Setzt: %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>What is fine-tuned. It is only read; what is learnt becomes an adapter beside it.</source>
        <translation>Was angepasst wird. Es wird nur gelesen; das Gelernte wird ein Adapter daneben.</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>Date&amp;n</translation>
    </message>
    <message>
        <source>Memor&amp;y</source>
        <translation>S&amp;peicher</translation>
    </message>
    <message>
        <source>As it stands: %1.</source>
        <translation>Derzeit: %1.</translation>
    </message>
    <message>
        <source>The rows to learn from: %1. Some are held back to notice overfitting.</source>
        <translation>Die Zeilen, aus denen gelernt wird: %1. Einige werden zurückgehalten, um Overfitting zu bemerken.</translation>
    </message>
    <message>
        <source>Quality or s&amp;peed</source>
        <translation>&amp;Qualität oder Tempo</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RecipeSummaryCard</name>
    <message>
        <source>What will run</source>
        <translation>Was laufen wird</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Keeps</source>
        <translation>Behält</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>auf %1</translation>
    </message>
    <message>
        <source>%1 % for validation</source>
        <translation>%1 % zur Validierung</translation>
    </message>
    <message>
        <source>no validation</source>
        <translation>keine Validierung</translation>
    </message>
    <message>
        <source>validated on %1</source>
        <translation>validiert mit %1</translation>
    </message>
    <message>
        <source>rank %1, alpha %2</source>
        <translation>Rang %1, Alpha %2</translation>
    </message>
    <message>
        <source>DoRA, %1</source>
        <translation>DoRA, %1</translation>
    </message>
    <message>
        <source>%1 in blocks %2</source>
        <translation>%1 in Blöcken %2</translation>
    </message>
    <message>
        <source>not quantized</source>
        <translation>nicht quantisiert</translation>
    </message>
    <message>
        <source>%1, double quant</source>
        <translation>%1, doppelt quantisiert</translation>
    </message>
    <message>
        <source>computes in %1</source>
        <translation>rechnet in %1</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>%1 × the rows</source>
        <translation>%1 × die Zeilen</translation>
    </message>
    <message>
        <source>batches of %1 rows</source>
        <translation>Batches zu %1 Zeilen</translation>
    </message>
    <message numerus="yes">
        <source>%n checkpoint(s)</source>
        <translation>
            <numerusform>%n Checkpoint</numerusform>
            <numerusform>%n Checkpoints</numerusform>
        </translation>
    </message>
    <message>
        <source>and the best adapter</source>
        <translation>und den besten Adapter</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n Feld</numerusform>
            <numerusform>%n Felder</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>%1 train</source>
        <translation>%1 zum Training</translation>
    </message>
    <message>
        <source>%1 validation</source>
        <translation>%1 zur Validierung</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>GPU if there is one</source>
        <translation>GPU, falls vorhanden</translation>
    </message>
    <message>
        <source>%1 an epoch, by %2 rows</source>
        <translation>%1 je Epoche zu %2 Zeilen</translation>
    </message>
    <message>
        <source>no such run measured yet</source>
        <translation>noch kein solcher Lauf gemessen</translation>
    </message>
    <message>
        <source>at %1 tokens/s here</source>
        <translation>bei %1 Token/s hier</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RowsModel</name>
    <message>
        <source>cannot be used</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>gekürzt</translation>
    </message>
    <message>
        <source>also in validation</source>
        <translation>auch in der Validierung</translation>
    </message>
    <message>
        <source>repeats</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Completion</source>
        <translation>Completion</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunController</name>
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
        <source>Step %1: %2 → %3</source>
        <translation>Schritt %1: %2 → %3</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunLegend</name>
    <message>
        <source>Run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>best step</source>
        <translation>bester Schritt</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunLibrary</name>
    <message>
        <source>%1 is being trained. Stop it first.</source>
        <translation>%1 wird gerade trainiert. Zuerst anhalten.</translation>
    </message>
    <message>
        <source>%1 could not be moved to the bin. It may lie on a drive without one; delete its folder in the file manager.</source>
        <translation>%1 ließ sich nicht in den Papierkorb verschieben. Vielleicht hat das Laufwerk keinen; den Ordner im Dateimanager löschen.</translation>
    </message>
    <message>
        <source>The system does not say where its bin is; restore %1 there.</source>
        <translation>Das System sagt nicht, wo sein Papierkorb ist; %1 dort wiederherstellen.</translation>
    </message>
    <message>
        <source>There is something at %1 again, so the run stays in the bin.</source>
        <translation>Unter %1 liegt wieder etwas, daher bleibt der Lauf im Papierkorb.</translation>
    </message>
    <message>
        <source>%1 could not be put back (%2). It is in %3.</source>
        <translation>%1 ließ sich nicht zurücklegen (%2). Der Lauf liegt in %3.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunPlanner</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsCompare</name>
    <message>
        <source>Only what &amp;differs</source>
        <translation>Nur &amp;Unterschiede</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Leaves out the settings that are the same in all ticked runs</source>
        <translation>Lässt die Einstellungen weg, die in allen angekreuzten Läufen gleich sind</translation>
    </message>
    <message>
        <source>Differences of the ticked runs</source>
        <translation>Unterschiede der angekreuzten Läufe</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>Settings of the ticked runs against their best validation loss</source>
        <translation>Einstellungen der angekreuzten Läufe gegen ihren besten Validierungsverlust</translation>
    </message>
    <message>
        <source>The chart shows the first %1 ticked runs.</source>
        <translation>Das Diagramm zeigt die ersten %1 angekreuzten Läufe.</translation>
    </message>
    <message>
        <source>The ticked runs have the same settings.</source>
        <translation>Die angekreuzten Läufe haben dieselben Einstellungen.</translation>
    </message>
    <message>
        <source>Tick two runs or more in the table to lay their curves over each other. Space ticks the row.</source>
        <translation>Zwei oder mehr Läufe in der Tabelle ankreuzen, um ihre Kurven übereinanderzulegen. Die Leertaste kreuzt die Zeile an.</translation>
    </message>
    <message>
        <source>Tick the runs of a sweep to see which settings led to which loss. Ctrl+Shift+A ticks every run that the filter shows.</source>
        <translation>Die Läufe eines Sweeps ankreuzen, um zu sehen, welche Einstellungen zu welchem Verlust führten. Strg+Umschalt+A kreuzt jeden Lauf an, den der Filter zeigt.</translation>
    </message>
    <message>
        <source>Reading the runs</source>
        <translation>Läufe werden gelesen</translation>
    </message>
    <message>
        <source>Validation loss by step</source>
        <translation>Validierungsverlust je Schritt</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>Bester Verlust</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsDetails</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Choose a run to see its settings, notes and report.</source>
        <translation>Einen Lauf wählen, um seine Einstellungen, Notizen und seinen Bericht zu sehen.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Report of the run</source>
        <translation>Bericht des Laufs</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Best validation loss</source>
        <translation>Bester Validierungsverlust</translation>
    </message>
    <message>
        <source>Last training loss</source>
        <translation>Letzter Trainingsverlust</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>baseline, lower rate</source>
        <translation>Baseline, kleinere Rate</translation>
    </message>
    <message>
        <source>Words to find the run by, with commas between them</source>
        <translation>Wörter, unter denen der Lauf zu finden ist, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>&amp;Notes</source>
        <translation>&amp;Notizen</translation>
    </message>
    <message>
        <source>What was tried, and what came of it</source>
        <translation>Was versucht wurde und was dabei herauskam</translation>
    </message>
    <message>
        <source>Kept in the run&apos;s folder, saved as you type</source>
        <translation>Liegt im Ordner des Laufs, beim Tippen gespeichert</translation>
    </message>
    <message>
        <source>rank %1 · %2 · rate %3</source>
        <translation>Rang %1 · %2 · Rate %3</translation>
    </message>
    <message>
        <source>%1 at step %2</source>
        <translation>%1 bei Schritt %2</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) in %1</source>
        <translation>
            <numerusform>%n Schritt in %1</numerusform>
            <numerusform>%n Schritte in %1</numerusform>
        </translation>
    </message>
    <message>
        <source>This run cannot be read whole</source>
        <translation>Dieser Lauf ist nicht ganz lesbar</translation>
    </message>
    <message>
        <source>Its tags and notes cannot be read</source>
        <translation>Seine Tags und Notizen sind nicht lesbar</translation>
    </message>
    <message>
        <source>No report yet. It is written when the run ends.</source>
        <translation>Noch kein Bericht. Er entsteht, wenn der Lauf endet.</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>Ta&amp;gs</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsHistory</name>
    <message>
        <source>&amp;Playground</source>
        <translation>&amp;Spielwiese</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Weitere Aktionen</translation>
    </message>
    <message>
        <source>&amp;Open the run&apos;s folder</source>
        <translation>&amp;Ordner des Laufs öffnen</translation>
    </message>
    <message>
        <source>&amp;Tick every run shown</source>
        <translation>Gezeigte Läufe &amp;ankreuzen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>&amp;Untick all</source>
        <translation>Alle a&amp;bwählen</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Neu einlesen</translation>
    </message>
    <message>
        <source>&amp;Add a folder with runs…</source>
        <translation>Ordner mit Läufen &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>%1 von der Liste nehmen</translation>
    </message>
    <message>
        <source>Choose a run first</source>
        <translation>Zuerst einen Lauf wählen</translation>
    </message>
    <message>
        <source>This run is done. Clone its recipe to train longer.</source>
        <translation>Dieser Lauf ist fertig. Für längeres Training sein Rezept klonen.</translation>
    </message>
    <message>
        <source>This run cannot be read whole</source>
        <translation>Dieser Lauf ist nicht ganz lesbar</translation>
    </message>
    <message>
        <source>This run is training</source>
        <translation>Dieser Lauf trainiert</translation>
    </message>
    <message>
        <source>This run is still being read</source>
        <translation>Dieser Lauf wird noch gelesen</translation>
    </message>
    <message>
        <source>Another run is training. Wait for it to end, or stop it.</source>
        <translation>Ein anderer Lauf trainiert. Sein Ende abwarten oder ihn anhalten.</translation>
    </message>
    <message>
        <source>Goes on from the newest checkpoint</source>
        <translation>Macht beim neuesten Checkpoint weiter</translation>
    </message>
    <message>
        <source>Fills the recipe with this run&apos;s settings</source>
        <translation>Füllt das Rezept mit den Einstellungen dieses Laufs</translation>
    </message>
    <message>
        <source>Wait for the run to end</source>
        <translation>Das Ende des Laufs abwarten</translation>
    </message>
    <message>
        <source>This run has left no adapter and no checkpoint</source>
        <translation>Dieser Lauf hat weder Adapter noch Checkpoint hinterlassen</translation>
    </message>
    <message>
        <source>Talks to the model that this run made</source>
        <translation>Spricht mit dem Modell, das dieser Lauf gemacht hat</translation>
    </message>
    <message>
        <source>Writes this run&apos;s adapter where other programs take it</source>
        <translation>Schreibt den Adapter dieses Laufs so, dass andere Programme ihn nehmen</translation>
    </message>
    <message>
        <source>Moves the selected runs to the system&apos;s bin, from where they can be put back (Delete)</source>
        <translation>Verschiebt die gewählten Läufe in den Papierkorb des Systems, von wo sie sich zurücklegen lassen (Entf)</translation>
    </message>
    <message>
        <source>A run that is training stays. Stop it first.</source>
        <translation>Ein Lauf, der trainiert, bleibt. Zuerst anhalten.</translation>
    </message>
    <message>
        <source>The recipe of this run cannot be read</source>
        <translation>Das Rezept dieses Laufs ist nicht lesbar</translation>
    </message>
    <message>
        <source>Not everything was moved to the bin</source>
        <translation>Nicht alles kam in den Papierkorb</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) moved to the bin</source>
        <translation>
            <numerusform>%n Lauf in den Papierkorb verschoben</numerusform>
            <numerusform>%n Läufe in den Papierkorb verschoben</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder with runs</source>
        <translation>Einen Ordner mit Läufen hinzufügen</translation>
    </message>
    <message>
        <source>Put &amp;back</source>
        <translation>&amp;Zurücklegen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>Takes the runs out of the bin again</source>
        <translation>Nimmt die Läufe wieder aus dem Papierkorb</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Filter by name, tag, model or state</source>
        <translation>Nach Name, Tag, Modell oder Zustand filtern</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Shows the runs in which every word occurs: in the name, tags, notes, model, base type or state (Ctrl+F)</source>
        <translation>Zeigt die Läufe, in denen jedes Wort vorkommt: in Name, Tags, Notizen, Modell, Basistyp oder Zustand (Strg+F)</translation>
    </message>
    <message>
        <source>Below the table</source>
        <translation>Unter der Tabelle</translation>
    </message>
    <message>
        <source>Settings, notes and report of the selected run</source>
        <translation>Einstellungen, Notizen und Bericht des gewählten Laufs</translation>
    </message>
    <message>
        <source>Curves and differences of the ticked runs</source>
        <translation>Kurven und Unterschiede der angehakten Läufe</translation>
    </message>
    <message>
        <source>Settings of the ticked runs against their loss</source>
        <translation>Einstellungen der angehakten Läufe gegen ihren Verlust</translation>
    </message>
    <message>
        <source>lower rate</source>
        <translation>kleinere Rate</translation>
    </message>
    <message>
        <source>Stopped, kept 1,240</source>
        <translation>Angehalten, 1.240 behalten</translation>
    </message>
    <message>
        <source>59 min 59 s</source>
        <translation>59 min 59 s</translation>
    </message>
    <message>
        <source>22 Nov 22:10</source>
        <translation>22. Nov. 22:10</translation>
    </message>
    <message>
        <source>Runs appear here</source>
        <translation>Hier erscheinen Läufe</translation>
    </message>
    <message>
        <source>Each run that you start is listed with its curves, settings and report.</source>
        <translation>Jeder gestartete Lauf wird hier mit Kurven, Einstellungen und Bericht aufgeführt.</translation>
    </message>
    <message>
        <source>&amp;Start one from the recipe</source>
        <translation>Lauf aus dem Rezept &amp;starten</translation>
    </message>
    <message>
        <source>Shows the recipe, where Start is</source>
        <translation>Zeigt das Rezept; dort wird gestartet</translation>
    </message>
    <message>
        <source>Lists runs that lie in another folder</source>
        <translation>Führt Läufe auf, die in einem anderen Ordner liegen</translation>
    </message>
    <message>
        <source>The notes were not saved</source>
        <translation>Die Notizen wurden nicht gespeichert</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) put back</source>
        <translation>
            <numerusform>%n Lauf wiederhergestellt</numerusform>
            <numerusform>%n Läufe wiederhergestellt</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything could be put back</source>
        <translation>Nicht alles ließ sich wiederherstellen</translation>
    </message>
    <message>
        <source>Looking for runs</source>
        <translation>Läufe werden gesucht</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 von %n Lauf</numerusform>
            <numerusform>%1 von %n Läufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticked</source>
        <translation>
            <numerusform>%n angehakt</numerusform>
            <numerusform>%n angehakt</numerusform>
        </translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>F&amp;ortsetzen</translation>
    </message>
    <message>
        <source>Move to b&amp;in</source>
        <translation>In den &amp;Papierkorb</translation>
    </message>
    <message>
        <source>No run matches “%1”.</source>
        <translation>Kein Lauf passt zu „%1“.</translation>
    </message>
    <message>
        <source>&amp;Clone</source>
        <translation>&amp;Klonen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsModel</name>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stopped, kept %1</source>
        <translation>Angehalten, %1 behalten</translation>
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
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>%1, not in the comparison</source>
        <translation>%1, nicht im Vergleich</translation>
    </message>
    <message>
        <source>%1, in the comparison</source>
        <translation>%1, im Vergleich</translation>
    </message>
    <message>
        <source>No validation yet</source>
        <translation>Noch keine Validierung</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>Rang %1</translation>
    </message>
    <message>
        <source>Tick runs to compare them</source>
        <translation>Läufe anhaken, um sie zu vergleichen</translation>
    </message>
    <message>
        <source>Lowest validation loss</source>
        <translation>Niedrigster Validierungsverlust</translation>
    </message>
    <message>
        <source>Step of the lowest validation loss</source>
        <translation>Schritt des niedrigsten Validierungsverlusts</translation>
    </message>
    <message>
        <source>How the base model&apos;s weights are held</source>
        <translation>Wie die Gewichte des Basismodells gehalten werden</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Training loss of the last step</source>
        <translation>Trainingsverlust des letzten Schritts</translation>
    </message>
    <message>
        <source>Time of training, without pauses</source>
        <translation>Trainingszeit ohne Pausen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>Bester Verlust</translation>
    </message>
    <message>
        <source>At step</source>
        <translation>Bei Schritt</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Last loss</source>
        <translation>Letzter Verlust</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsPage</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Runs that were, or runs to come</source>
        <translation>Vergangene oder kommende Läufe</translation>
    </message>
    <message>
        <source>The runs that were</source>
        <translation>Die vergangenen Läufe</translation>
    </message>
    <message>
        <source>The runs that wait for their turn</source>
        <translation>Die wartenden Läufe</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsQueue</name>
    <message>
        <source>Morning report</source>
        <translation>Morgenbericht</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Add a s&amp;weep…</source>
        <translation>S&amp;weep hinzufügen…</translation>
    </message>
    <message>
        <source>Puts what is on the Recipe page at the end of the queue</source>
        <translation>Stellt, was auf der Rezeptseite steht, ans Ende der Warteschlange</translation>
    </message>
    <message>
        <source>Puts the recipe there once for each of several values</source>
        <translation>Reiht das Rezept für jeden von mehreren Werten einmal ein</translation>
    </message>
    <message>
        <source>Reads a list of recipes, as the command falconer queue takes it</source>
        <translation>Liest eine Liste von Rezepten, wie der Befehl falconer queue sie annimmt</translation>
    </message>
    <message>
        <source>Stopped, kept 1,240</source>
        <translation>Angehalten, 1.240 behalten</translation>
    </message>
    <message>
        <source>59 min 59 s</source>
        <translation>59 min 59 s</translation>
    </message>
    <message>
        <source>What is wrong with it, short</source>
        <translation>Was daran nicht stimmt, kurz</translation>
    </message>
    <message>
        <source>The queue is empty. Add the recipe, a sweep over one of its settings, or a queue file; the runs then go one after the other, past a failure.</source>
        <translation>Die Warteschlange ist leer. Das Rezept, einen Sweep über eine seiner Einstellungen oder eine Warteschlangendatei hinzufügen; die Läufe folgen dann aufeinander, auch wenn einer scheitert.</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Up</translation>
    </message>
    <message>
        <source>Alt+Down</source>
        <translation>Alt+Down</translation>
    </message>
    <message>
        <source>C&amp;ompare these runs</source>
        <translation>Läufe &amp;vergleichen</translation>
    </message>
    <message>
        <source>Ticks them in the history and shows their settings against their loss</source>
        <translation>Hakt sie im Verlauf an und zeigt ihre Einstellungen gegen ihren Verlust</translation>
    </message>
    <message>
        <source>Ended runs of the queue, the best first</source>
        <translation>Beendete Läufe der Warteschlange, der beste zuerst</translation>
    </message>
    <message>
        <source>What is wrong with it, in a sentence</source>
        <translation>Was daran nicht stimmt, in einem Satz</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>S&amp;kip to the next</source>
        <translation>&amp;Zum nächsten springen</translation>
    </message>
    <message>
        <source>&amp;Start the queue</source>
        <translation>Warteschlange &amp;starten</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) cannot start</source>
        <translation>
            <numerusform>%n Lauf kann nicht starten</numerusform>
            <numerusform>%n Läufe können nicht starten</numerusform>
        </translation>
    </message>
    <message>
        <source>The queue cannot start</source>
        <translation>Die Warteschlange kann nicht starten</translation>
    </message>
    <message>
        <source>The table says why. Change or take off these runs, then start the queue again.</source>
        <translation>Die Tabelle nennt den Grund. Diese Läufe ändern oder herausnehmen, dann die Warteschlange erneut starten.</translation>
    </message>
    <message>
        <source>Nothing is in the way of the runs that wait</source>
        <translation>Den wartenden Läufen steht nichts im Weg</translation>
    </message>
    <message>
        <source>The queue is done</source>
        <translation>Die Warteschlange ist fertig</translation>
    </message>
    <message>
        <source>The queue rests</source>
        <translation>Die Warteschlange ruht</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) still wait. Start the queue to go on.</source>
        <translation>
            <numerusform>%n Lauf wartet noch. Zum Fortfahren die Warteschlange starten.</numerusform>
            <numerusform>%n Läufe warten noch. Zum Fortfahren die Warteschlange starten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) added</source>
        <translation>
            <numerusform>%n Lauf hinzugefügt</numerusform>
            <numerusform>%n Läufe hinzugefügt</numerusform>
        </translation>
    </message>
    <message>
        <source>The queue file cannot be used</source>
        <translation>Die Warteschlangendatei ist nicht verwendbar</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>looking at recipes, models and data</source>
        <translation>prüft Rezepte, Modelle und Daten</translation>
    </message>
    <message>
        <source>training %1</source>
        <translation>trainiert %1</translation>
    </message>
    <message>
        <source>begins when the run at hand ends</source>
        <translation>beginnt, wenn der jetzige Lauf endet</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) done.</source>
        <translation>
            <numerusform>%1 von %n Lauf fertig.</numerusform>
            <numerusform>%1 von %n Läufen fertig.</numerusform>
        </translation>
    </message>
    <message>
        <source>The lowest validation loss is %1, of %2 at step %3.</source>
        <translation>Der niedrigste Validierungsverlust ist %1, von %2 bei Schritt %3.</translation>
    </message>
    <message numerus="yes">
        <source>%n failed; the last column says why.</source>
        <translation>
            <numerusform>%n gescheitert; die letzte Spalte nennt den Grund.</numerusform>
            <numerusform>%n gescheitert; die letzte Spalte nennt den Grund.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a run first</source>
        <translation>Zuerst einen Lauf wählen</translation>
    </message>
    <message>
        <source>Only a run that waits can be moved</source>
        <translation>Nur ein wartender Lauf lässt sich verschieben</translation>
    </message>
    <message>
        <source>Earlier (Alt+Up)</source>
        <translation>Früher (Alt+Hoch)</translation>
    </message>
    <message>
        <source>It is the first that waits</source>
        <translation>Er ist der erste wartende</translation>
    </message>
    <message>
        <source>Later (Alt+Down)</source>
        <translation>Später (Alt+Runter)</translation>
    </message>
    <message>
        <source>It is the last one</source>
        <translation>Er ist der letzte</translation>
    </message>
    <message>
        <source>Takes the run off the queue; what it has trained stays in the history (Delete)</source>
        <translation>Nimmt den Lauf aus der Warteschlange; was er trainiert hat, bleibt im Verlauf (Entf)</translation>
    </message>
    <message>
        <source>It is training. Skip to the next one instead.</source>
        <translation>Er wird gerade trainiert. Stattdessen zum nächsten springen.</translation>
    </message>
    <message>
        <source>The run waits again and goes on from its newest checkpoint</source>
        <translation>Der Lauf wartet wieder und fährt beim neuesten Checkpoint fort</translation>
    </message>
    <message>
        <source>It has not failed</source>
        <translation>Er ist nicht gescheitert</translation>
    </message>
    <message>
        <source>Empties the report; the runs stay in the history</source>
        <translation>Leert den Bericht; die Läufe bleiben im Verlauf</translation>
    </message>
    <message>
        <source>No run has ended yet</source>
        <translation>Noch ist kein Lauf beendet</translation>
    </message>
    <message>
        <source>No run waits. Add one first.</source>
        <translation>Kein Lauf wartet. Zuerst einen hinzufügen.</translation>
    </message>
    <message>
        <source>&amp;Cancel the check</source>
        <translation>&amp;Prüfung abbrechen</translation>
    </message>
    <message>
        <source>Looks at the recipes, models and data of every run that waits</source>
        <translation>Sieht Rezepte, Modelle und Daten jedes wartenden Laufs durch</translation>
    </message>
    <message>
        <source>The queue runs; it was checked when it started</source>
        <translation>Die Warteschlange läuft; sie wurde beim Start geprüft</translation>
    </message>
    <message>
        <source>Stops this run, keeps what it learned, and goes on with the next</source>
        <translation>Hält diesen Lauf an, behält das Gelernte und fährt mit dem nächsten fort</translation>
    </message>
    <message>
        <source>No run of the queue is training</source>
        <translation>Kein Lauf der Warteschlange wird trainiert</translation>
    </message>
    <message>
        <source>The run is stopping</source>
        <translation>Der Lauf wird angehalten</translation>
    </message>
    <message>
        <source>Checks every run, then trains one after the other</source>
        <translation>Prüft jeden Lauf und trainiert dann einen nach dem anderen</translation>
    </message>
    <message>
        <source>The runs are being checked</source>
        <translation>Die Läufe werden geprüft</translation>
    </message>
    <message>
        <source>&amp;Stop after this run</source>
        <translation>Nach die&amp;sem Lauf anhalten</translation>
    </message>
    <message>
        <source>The run at hand goes on to its end; the others wait</source>
        <translation>Der jetzige Lauf geht bis zu seinem Ende; die anderen warten</translation>
    </message>
    <message>
        <source>&amp;Go on after this run</source>
        <translation>Nach diesem Lauf fort&amp;setzen</translation>
    </message>
    <message>
        <source>The others follow after all</source>
        <translation>Die anderen folgen doch</translation>
    </message>
    <message>
        <source>The recipe is not ready</source>
        <translation>Das Rezept ist nicht bereit</translation>
    </message>
    <message>
        <source>%1 added</source>
        <translation>%1 hinzugefügt</translation>
    </message>
    <message>
        <source>Add a queue file</source>
        <translation>Warteschlangendatei hinzufügen</translation>
    </message>
    <message>
        <source>Queues (*.yaml *.yml *.json);;All files (*)</source>
        <translation>Warteschlangen (*.yaml *.yml *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;Add the recipe</source>
        <translation>&amp;Rezept hinzufügen</translation>
    </message>
    <message>
        <source>Add a &amp;queue file…</source>
        <translation>&amp;Warteschlangendatei hinzufügen…</translation>
    </message>
    <message>
        <source>Tr&amp;y again</source>
        <translation>Erneut &amp;versuchen</translation>
    </message>
    <message>
        <source>Take off the q&amp;ueue</source>
        <translation>Aus der Warteschlan&amp;ge nehmen</translation>
    </message>
    <message>
        <source>Take e&amp;nded ones off</source>
        <translation>Be&amp;endete entfernen</translation>
    </message>
    <message>
        <source>The queue was not saved</source>
        <translation>Die Warteschlange wurde nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>falconer::ui::RunsSweepDialog</name>
    <message>
        <source>Add a sweep</source>
        <translation>Sweep hinzufügen</translation>
    </message>
    <message>
        <source>Adds the recipe on the Recipe page once for each value; with two keys, once for each pair of values.</source>
        <translation>Fügt das Rezept der Rezeptseite für jeden Wert einmal hinzu; mit zwei Schlüsseln für jedes Wertepaar einmal.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>The setting that the runs differ in</source>
        <translation>Die Einstellung, in der sich die Läufe unterscheiden</translation>
    </message>
    <message>
        <source>8, 16, 32</source>
        <translation>8, 16, 32</translation>
    </message>
    <message>
        <source>As the recipe file writes them, with commas between them</source>
        <translation>Wie in der Rezeptdatei geschrieben, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>&amp;Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>&amp;Werte</translation>
    </message>
    <message>
        <source>&amp;Second key</source>
        <translation>&amp;Zweiter Schlüssel</translation>
    </message>
    <message>
        <source>Va&amp;lues of the second</source>
        <translation>We&amp;rte des zweiten</translation>
    </message>
    <message>
        <source>&amp;Add to the queue</source>
        <translation>&amp;In die Warteschlange</translation>
    </message>
    <message>
        <source>The recipe has %1. %2</source>
        <translation>Im Rezept steht %1. %2</translation>
    </message>
    <message>
        <source>Both keys are the same</source>
        <translation>Beide Schlüssel sind gleich</translation>
    </message>
    <message>
        <source>Give each key at least one value</source>
        <translation>Jedem Schlüssel mindestens einen Wert geben</translation>
    </message>
    <message>
        <source>More than %1 runs</source>
        <translation>Mehr als %1 Läufe</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a second key first</source>
        <translation>Zuerst einen zweiten Schlüssel wählen</translation>
    </message>
    <message>
        <source>Puts these runs behind those that wait</source>
        <translation>Stellt diese Läufe hinter die wartenden</translation>
    </message>
</context>
<context>
    <name>falconer::ui::SamplesModel</name>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Before training</source>
        <translation>Vor dem Training</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>Step %1 · best</source>
        <translation>Schritt %1 · bester</translation>
    </message>
    <message>
        <source>Step %1 · newest</source>
        <translation>Schritt %1 · neuester</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Bester</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neuester</translation>
    </message>
    <message>
        <source>same as training row</source>
        <translation>wie Trainingszeile</translation>
    </message>
    <message>
        <source>%1

Word for word what row %2 of %3 teaches: the model has learned it by heart.</source>
        <translation>%1

Wort für Wort, was Zeile %2 aus %3 lehrt: Das Modell hat sie auswendig gelernt.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::SettingsFolderRow</name>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Browse for: %1</source>
        <translation>Durchsuchen: %1</translation>
    </message>
    <message>
        <source>Choose the folder in a dialog</source>
        <translation>Den Ordner in einem Dialog wählen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>%1 is no full path. The old folder stays in force.</source>
        <translation>%1 ist kein vollständiger Pfad. Der alte Ordner gilt weiter.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::SettingsPage</name>
    <message>
        <source>saved as you change them</source>
        <translation>werden beim Ändern gespeichert</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>Aussehen und Sprache</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Desi&amp;gn</translation>
    </message>
    <message>
        <source>Colours of the window. A high-contrast system palette is left alone.</source>
        <translation>Farben des Fensters. Eine kontrastreiche Systempalette bleibt unverändert.</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Takes effect when Falconer starts the next time.</source>
        <translation>Gilt ab dem nächsten Start von Falconer.</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Where a run goes whose recipe lies in no file.</source>
        <translation>Wohin ein Lauf kommt, dessen Rezept in keiner Datei liegt.</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>Da&amp;ten</translation>
    </message>
    <message>
        <source>Where the dialogs for data sets begin.</source>
        <translation>Wo die Dialoge für Datensätze beginnen.</translation>
    </message>
    <message>
        <source>Choose on the Model page</source>
        <translation>Auf der Modellseite wählen</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>Folders that are searched for models are added on the Model page.</source>
        <translation>Ordner, in denen nach Modellen gesucht wird, werden auf der Modellseite hinzugefügt.</translation>
    </message>
    <message>
        <source>Device and threads</source>
        <translation>Gerät und Threads</translation>
    </message>
    <message>
        <source>all %1</source>
        <translation>alle %1</translation>
    </message>
    <message>
        <source>How many threads compute on the CPU. Fewer leave room for other work. Takes effect at the next start.</source>
        <translation>Wie viele Threads auf der CPU rechnen. Weniger lassen Raum für andere Arbeit. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>New recipes begin with</source>
        <translation>Neue Rezepte beginnen mit</translation>
    </message>
    <message>
        <source>R&amp;ank</source>
        <translation>Ra&amp;ng</translation>
    </message>
    <message>
        <source>&amp;Quantization</source>
        <translation>&amp;Quantisierung</translation>
    </message>
    <message>
        <source>&amp;Compute type</source>
        <translation>Re&amp;chentyp</translation>
    </message>
    <message>
        <source>&amp;Optimizer</source>
        <translation>&amp;Optimierer</translation>
    </message>
    <message>
        <source>&amp;Weights &amp;&amp; Biases</source>
        <translation>&amp;Weights &amp;&amp; Biases</translation>
    </message>
    <message>
        <source>Write TensorBoard event files</source>
        <translation>TensorBoard-Ereignisdateien schreiben</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Tell me when a run is done, has failed or begins to overfit</source>
        <translation>Melden, wenn ein Lauf fertig oder gescheitert ist oder Overfitting beginnt</translation>
    </message>
    <message>
        <source>A notification of the desktop, where the desktop shows them. The log has the same lines.</source>
        <translation>Eine Benachrichtigung des Desktops, sofern er solche zeigt. Im Log stehen dieselben Zeilen.</translation>
    </message>
    <message>
        <source>Show the tour again</source>
        <translation>Tour erneut zeigen</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Stay offline: refuse recipes that send metrics</source>
        <translation>Offline bleiben: Rezepte ablehnen, die Metriken senden</translation>
    </message>
    <message>
        <source>Falconer sends nothing: no usage data, no crash reports, no look for updates, and it opens no port. Models and data stay where they are. Only a recipe with logging.wandb: online sends anything: it runs your own wandb program on the run&apos;s folder, with your own key.</source>
        <translation>Falconer sendet nichts: keine Nutzungsdaten, keine Absturzberichte, keine Suche nach Updates, und es öffnet keinen Port. Modelle und Daten bleiben, wo sie sind. Nur ein Rezept mit logging.wandb: online sendet etwas: Es führt Ihr eigenes Programm wandb auf dem Ordner des Laufs aus, mit Ihrem eigenen Schlüssel.</translation>
    </message>
    <message>
        <source>R&amp;uns</source>
        <translation>Lä&amp;ufe</translation>
    </message>
    <message>
        <source>Dev&amp;ice</source>
        <translation>G&amp;erät</translation>
    </message>
    <message>
        <source>CPU thread&amp;s</source>
        <translation>C&amp;PU-Threads</translation>
    </message>
    <message>
        <source>%1 stays in force.</source>
        <translation>%1 gilt weiter.</translation>
    </message>
    <message>
        <source>When overfittin&amp;g</source>
        <translation>Bei Over&amp;fitting</translation>
    </message>
    <message>
        <source>Home offers it again</source>
        <translation>Die Startseite bietet sie wieder an</translation>
    </message>
    <message>
        <source>A recipe with logging.wandb: online cannot start then.</source>
        <translation>Ein Rezept mit logging.wandb: online kann dann nicht starten.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>Next and previous fault</source>
        <translation>Nächster und voriger Fehler</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Help for the field</source>
        <translation>Hilfe zum Feld</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>tables and the log</source>
        <translation>Tabellen und Log</translation>
    </message>
    <message>
        <source>Tick the run for the overlay</source>
        <translation>Lauf für die Überlagerung anhaken</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Move the run to the bin</source>
        <translation>Lauf in den Papierkorb legen</translation>
    </message>
    <message>
        <source>Send, stop answering</source>
        <translation>Senden, Antwort abbrechen</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>Spielwiese</translation>
    </message>
    <message>
        <source>Arrows, with Shift by ten</source>
        <translation>Pfeile, mit Umschalt um zehn</translation>
    </message>
    <message>
        <source>Move the crosshair</source>
        <translation>Fadenkreuz bewegen</translation>
    </message>
    <message>
        <source>charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Zoom in, out, fit</source>
        <translation>Vergrößern, verkleinern, einpassen</translation>
    </message>
    <message>
        <source>Best step, log scale, as a table</source>
        <translation>Bester Schritt, log. Skala, als Tabelle</translation>
    </message>
    <message>
        <source>Digits, Delete</source>
        <translation>Ziffern, Entf</translation>
    </message>
    <message>
        <source>Rank of the selected layers, leave them out</source>
        <translation>Rang der ausgewählten Schichten setzen, sie auslassen</translation>
    </message>
    <message>
        <source>layer map</source>
        <translation>Schichtenkarte</translation>
    </message>
    <message>
        <source>Left, Right, with Shift by ten</source>
        <translation>Links, Rechts, mit Umschalt um zehn</translation>
    </message>
    <message>
        <source>Move the cut-off</source>
        <translation>Schnitt verschieben</translation>
    </message>
    <message>
        <source>length chart</source>
        <translation>Längendiagramm</translation>
    </message>
    <message>
        <source>Copy the selected rows</source>
        <translation>Ausgewählte Zeilen kopieren</translation>
    </message>
    <message>
        <source>Tick every run shown</source>
        <translation>Gezeigte Läufe ankreuzen</translation>
    </message>
    <message>
        <source>Move the run earlier or later</source>
        <translation>Lauf früher oder später einreihen</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
</context>
<context>
    <name>falconer::ui::SmallChart</name>
    <message>
        <source>From %1 to %2 over %3 steps, between %4 and %5.</source>
        <translation>Von %1 auf %2 über %3 Schritte, zwischen %4 und %5.</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet.</source>
        <translation>Noch wurde nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>The line &quot;%1&quot; is at %2.</source>
        <translation>Die Linie „%1“ liegt bei %2.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::StatusFacts</name>
    <message>
        <source>What a run with device: auto trains on</source>
        <translation>Worauf ein Lauf mit device: auto trainiert</translation>
    </message>
    <message>
        <source>Memory in use, of what this machine has</source>
        <translation>Belegter Anteil am Arbeitsspeicher dieses Rechners</translation>
    </message>
    <message>
        <source>Instructions that the CPU kernels use, and threads</source>
        <translation>Befehlssatz der CPU-Kernel und Threads</translation>
    </message>
    <message>
        <source>Falconer sends nothing by itself; Settings &gt; Privacy says more</source>
        <translation>Falconer sendet von sich aus nichts; mehr unter Einstellungen &gt; Datenschutz</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>Looking at this machine</source>
        <translation>Der Rechner wird untersucht</translation>
    </message>
    <message>
        <source>%1 · CUDA</source>
        <translation>%1 · CUDA</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n thread(s)</source>
        <translation>
            <numerusform>%1 · %n Thread</numerusform>
            <numerusform>%1 · %n Threads</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 GiB in use</source>
        <translation>%1 von %2 GiB belegt</translation>
    </message>
</context>
<context>
    <name>falconer::ui::StepList</name>
    <message>
        <source>under way</source>
        <translation>im Gange</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>falconer::ui::SuggestionList</name>
    <message>
        <source>Nothing that is known would save a noticeable part.</source>
        <translation>Nichts Bekanntes würde einen spürbaren Teil einsparen.</translation>
    </message>
    <message>
        <source>What would save most</source>
        <translation>Was am meisten einsparen würde</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>%1 saves %2: %3</source>
        <translation>%1 spart %2: %3</translation>
    </message>
    <message>
        <source>Apply: %1</source>
        <translation>Anwenden: %1</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TokenLegend</name>
    <message>
        <source>seam</source>
        <translation>Naht</translation>
    </message>
    <message>
        <source>masked, %1</source>
        <translation>maskiert, %1</translation>
    </message>
    <message>
        <source>learned, %1</source>
        <translation>gelernt, %1</translation>
    </message>
    <message>
        <source>cut off, %1</source>
        <translation>abgeschnitten, %1</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TokenView</name>
    <message>
        <source>Token microscope</source>
        <translation>Token-Mikroskop</translation>
    </message>
    <message>
        <source>cut at %1</source>
        <translation>Schnitt bei %1</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>gelernt</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>Token %1 of %2: “%3”, id %4, %5</source>
        <translation>Token %1 von %2: „%3“, ID %4, %5</translation>
    </message>
</context>
<context>
    <name>falconer::ui::Tour</name>
    <message>
        <source>Choose what to teach. Models on this machine are listed here; the small starter model is one of them. “Here” says whether it fits into this machine&apos;s memory.</source>
        <translation>Wählen, was lernen soll. Hier stehen die Modelle auf diesem Rechner; das kleine Startmodell ist eines davon. „Hier“ sagt, ob es in den Speicher dieses Rechners passt.</translation>
    </message>
    <message>
        <source>Show it examples. Open a file of rows; the page says how it reads them, and the token microscope shows exactly which tokens the model learns.</source>
        <translation>Beispiele zeigen. Eine Datei mit Zeilen öffnen; die Seite sagt, wie sie gelesen werden, und das Token-Mikroskop zeigt genau, welche Token das Modell lernt.</translation>
    </message>
    <message>
        <source>Decide how. Simple asks four questions, Advanced shows every setting with its help. The memory plan says beforehand whether the run fits.</source>
        <translation>Das Wie festlegen. Einfach stellt vier Fragen, Erweitert zeigt jede Einstellung mit ihrer Hilfe. Der Speicherplan sagt vorher, ob der Lauf passt.</translation>
    </message>
    <message>
        <source>Watch it learn. Training and validation loss are drawn live. When the model begins to learn the rows by heart the page says so, and the best adapter is kept.</source>
        <translation>Beim Lernen zusehen. Trainings- und Validierungsverlust werden laufend gezeichnet. Beginnt das Modell, die Zeilen auswendig zu lernen, sagt es die Seite, und der beste Adapter bleibt erhalten.</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Skip the tour</source>
        <translation>Tour über&amp;springen</translation>
    </message>
    <message>
        <source>Stop %1 of %2</source>
        <translation>Station %1 von %2</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TrainDetails</name>
    <message>
        <source>&amp;Samples</source>
        <translation>Bei&amp;spiele</translation>
    </message>
    <message>
        <source>Lo&amp;g</source>
        <translation>Lo&amp;g</translation>
    </message>
    <message>
        <source>&amp;Checkpoints</source>
        <translation>&amp;Checkpoints</translation>
    </message>
    <message>
        <source>Rec&amp;ipe (frozen)</source>
        <translation>Re&amp;zept (eingefroren)</translation>
    </message>
    <message>
        <source>Answers to the sample prompts</source>
        <translation>Antworten auf die Beispielprompts</translation>
    </message>
    <message>
        <source>The recipe has no sample prompts. Add some to training.sample_prompts to see how answers change.</source>
        <translation>Das Rezept hat keine Beispielprompts. Mit Einträgen in training.sample_prompts ist zu sehen, wie sich Antworten ändern.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>Log filtern</translation>
    </message>
    <message>
        <source>Shows the lines that hold this text (Ctrl+F)</source>
        <translation>Zeigt die Zeilen, die diesen Text enthalten (Strg+F)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Least important lines shown</source>
        <translation>Unwichtigste gezeigte Zeilen</translation>
    </message>
    <message>
        <source>Checkpoints on disk</source>
        <translation>Gespeicherte Checkpoints</translation>
    </message>
    <message>
        <source>Enter or a double click opens a checkpoint in the playground</source>
        <translation>Eingabe oder Doppelklick öffnet einen Checkpoint in der Spielwiese</translation>
    </message>
    <message>
        <source>Open in &amp;Playground</source>
        <translation>In Spielwiese ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>The chart&apos;s values as a table</source>
        <translation>Die Werte des Diagramms als Tabelle</translation>
    </message>
    <message>
        <source>The recipe of this run, as it was frozen at the start</source>
        <translation>Das Rezept dieses Laufs, wie es beim Start eingefroren wurde</translation>
    </message>
    <message>
        <source>V&amp;alues</source>
        <translation>&amp;Werte</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TrainPage</name>
    <message>
        <source>%1 · %2 · rank %3 · %4</source>
        <translation>%1 · %2 · Rang %3 · %4</translation>
    </message>
    <message>
        <source>Nothing is training</source>
        <translation>Es läuft kein Training</translation>
    </message>
    <message>
        <source>Put a recipe together and press Start. Both loss curves are drawn here while it runs.</source>
        <translation>Ein Rezept zusammenstellen und starten. Beide Verlustkurven werden hier gezeichnet, während es läuft.</translation>
    </message>
    <message>
        <source>Open an earlier r&amp;un</source>
        <translation>Früheren Lauf öff&amp;nen</translation>
    </message>
    <message>
        <source>Ctrl+4</source>
        <translation>Ctrl+4</translation>
    </message>
    <message>
        <source>Ctrl+6</source>
        <translation>Ctrl+6</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausieren</translation>
    </message>
    <message>
        <source>Writes a checkpoint after the batch at hand (Ctrl+K)</source>
        <translation>Schreibt nach dem laufenden Batch einen Checkpoint (Strg+K)</translation>
    </message>
    <message>
        <source>Ends the run and hands over its adapter (Ctrl+Shift+.)</source>
        <translation>Beendet den Lauf und übergibt seinen Adapter (Strg+Umschalt+.)</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Wird angehalten</translation>
    </message>
    <message>
        <source>Goes on where the run paused, to the same numbers (Ctrl+Return)</source>
        <translation>Fährt fort, wo der Lauf pausiert hat, mit denselben Zahlen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Saves a checkpoint and waits, with everything in memory (Ctrl+.)</source>
        <translation>Speichert einen Checkpoint und wartet, mit allem im Speicher (Strg+.)</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>Anhalten und behalten</translation>
    </message>
    <message>
        <source>End this run?</source>
        <translation>Diesen Lauf beenden?</translation>
    </message>
    <message>
        <source>The adapter of step %1 (validation loss %2, the lowest) is handed over. The newest state is saved as well, so the run can be resumed.</source>
        <translation>Der Adapter von Schritt %1 (Validierungsverlust %2, der niedrigste) wird übergeben. Auch der neueste Stand wird gespeichert, sodass der Lauf fortgesetzt werden kann.</translation>
    </message>
    <message>
        <source>The newest adapter is handed over, and its state is saved, so the run can be resumed.</source>
        <translation>Der neueste Adapter wird übergeben und sein Stand gespeichert, sodass der Lauf fortgesetzt werden kann.</translation>
    </message>
    <message>
        <source>Stop and keep step %1</source>
        <translation>Anhalten, Schritt %1 behalten</translation>
    </message>
    <message>
        <source>Stop and keep the newest</source>
        <translation>Anhalten, neuesten behalten</translation>
    </message>
    <message>
        <source>&amp;Go to the recipe</source>
        <translation>Zum Rezep&amp;t</translation>
    </message>
    <message>
        <source>Save checkpoint &amp;now</source>
        <translation>Checkpoint &amp;jetzt speichern</translation>
    </message>
    <message>
        <source>S&amp;top and keep…</source>
        <translation>Anhalten &amp;und behalten…</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>Wird pausiert</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>F&amp;ortsetzen</translation>
    </message>
    <message>
        <source>The run is stopping and saves its state</source>
        <translation>Der Lauf wird angehalten und speichert seinen Stand</translation>
    </message>
    <message>
        <source>Save checkpoint now</source>
        <translation>Checkpoint jetzt speichern</translation>
    </message>
    <message>
        <source>Stop and keep…</source>
        <translation>Anhalten und behalten…</translation>
    </message>
    <message>
        <source>Save &amp;now</source>
        <translation>&amp;Jetzt sichern</translation>
    </message>
    <message>
        <source>S&amp;top…</source>
        <translation>A&amp;nhalten…</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TrainProgress</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
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
        <source>next evaluation at step %1</source>
        <translation>nächste Auswertung bei Schritt %1</translation>
    </message>
    <message>
        <source>next checkpoint at step %1</source>
        <translation>nächster Checkpoint bei Schritt %1</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TrainSide</name>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
    <message>
        <source>Memory, GiB</source>
        <translation>Speicher, GiB</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>Kappung</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>geplant</translation>
    </message>
    <message>
        <source>%1 · planned %2</source>
        <translation>%1 · geplant %2</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TrainTiles</name>
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
        <source>Gap</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
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
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>planned peak %1</source>
        <translation>geplante Spitze %1</translation>
    </message>
    <message>
        <source>held by this program</source>
        <translation>von diesem Programm belegt</translation>
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
        <source>clipped at %1</source>
        <translation>gekappt bei %1</translation>
    </message>
    <message>
        <source>not clipped</source>
        <translation>nicht gekappt</translation>
    </message>
    <message>
        <source>newest is the best</source>
        <translation>neuester ist der beste</translation>
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
        <source>validation − training</source>
        <translation>Validierung − Training</translation>
    </message>
    <message>
        <source>before training</source>
        <translation>vor dem Training</translation>
    </message>
</context>
<context>
    <name>falconer::ui::TrainVerdict</name>
    <message>
        <source>Keep training</source>
        <translation>Weitertrainieren</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Stop and keep the best</source>
        <translation>Anhalten, besten behalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Open in Playground</source>
        <translation>In Spielwiese öffnen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Saves a checkpoint and waits (Ctrl+.)</source>
        <translation>Speichert einen Checkpoint und wartet (Strg+.)</translation>
    </message>
    <message>
        <source>Ends the run and hands over the adapter of the lowest validation loss</source>
        <translation>Beendet den Lauf und übergibt den Adapter des niedrigsten Validierungsverlusts</translation>
    </message>
    <message>
        <source>Goes on from the newest checkpoint, to the same numbers (Ctrl+Return)</source>
        <translation>Fährt beim neuesten Checkpoint fort, mit denselben Zahlen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Asks the base model and the tuned one side by side</source>
        <translation>Befragt das Basismodell und das angepasste Modell nebeneinander</translation>
    </message>
    <message>
        <source>Copies the adapter to a place of your choice and proves the copy</source>
        <translation>Kopiert den Adapter an einen Ort Ihrer Wahl und prüft die Kopie nach</translation>
    </message>
    <message>
        <source>Checkpoint %1 is intact.</source>
        <translation>Checkpoint %1 ist unversehrt.</translation>
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
        <source>Read back and measured again: %1 before, %2 after.</source>
        <translation>Zurückgelesen und erneut gemessen: vorher %1, nachher %2.</translation>
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
        <source>Paused at step %1.</source>
        <translation>Pausiert bei Schritt %1.</translation>
    </message>
    <message>
        <source>State is saved, and everything is still in memory. The window can be closed; Home offers to go on.</source>
        <translation>Der Stand ist gespeichert, und alles ist noch im Speicher. Das Fenster kann geschlossen werden; die Startseite bietet das Fortsetzen an.</translation>
    </message>
    <message>
        <source>No sentinel.</source>
        <translation>Kein Wächter.</translation>
    </message>
    <message>
        <source>Add a validation split to be warned of overfitting.</source>
        <translation>Ein Validierungsanteil ermöglicht die Warnung vor Overfitting.</translation>
    </message>
    <message>
        <source>The recipe turns it off (sentinel.enabled).</source>
        <translation>Das Rezept schaltet ihn ab (sentinel.enabled).</translation>
    </message>
    <message>
        <source>The sentinel watches.</source>
        <translation>Der Wächter passt auf.</translation>
    </message>
    <message>
        <source>Its first verdict comes with the second evaluation.</source>
        <translation>Sein erstes Urteil kommt mit der zweiten Auswertung.</translation>
    </message>
    <message>
        <source>Stop and keep step %1</source>
        <translation>Anhalten, Schritt %1 behalten</translation>
    </message>
    <message>
        <source>The disk refuses the results.</source>
        <translation>Der Datenträger nimmt die Ergebnisse nicht an.</translation>
    </message>
    <message>
        <source>Training is over, and nothing is lost while this window is open. Make room, or end what holds the folder; it looks again every few seconds. The log says which file.</source>
        <translation>Das Training ist zu Ende, und solange dieses Fenster offen ist, geht nichts verloren. Schaffen Sie Platz oder beenden Sie, was den Ordner sperrt; alle paar Sekunden wird erneut geprüft. Das Log nennt die Datei.</translation>
    </message>
    <message>
        <source>Hides the buttons; the best adapter stays safe</source>
        <translation>Blendet die Knöpfe aus; der beste Adapter bleibt sicher</translation>
    </message>
    <message>
        <source>Resume from %1</source>
        <translation>Ab Schritt %1 fortsetzen</translation>
    </message>
    <message>
        <source>The sentinel ended the run: it was overfitting.</source>
        <translation>Der Wächter hat den Lauf beendet: Overfitting.</translation>
    </message>
    <message>
        <source>The sentinel paused the run at step %1: it is overfitting.</source>
        <translation>Der Wächter hat den Lauf bei Schritt %1 pausiert: Overfitting.</translation>
    </message>
</context>
<context>
    <name>falconer::ui::Workspace</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
</context>
</TS>
