<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>FieldHelp</name>
    <message>
        <source>The model to fine-tune: its folder (config.json, tokenizer and safetensors), a .gguf file, or the Hub id of one that is already on this machine. It is only read. A larger model answers better and needs more memory and time.</source>
        <translation>Das Modell, das feinabgestimmt wird: sein Ordner (config.json, Tokenizer und safetensors), eine .gguf-Datei oder die Hub-Kennung eines Modells, das schon auf diesem Rechner liegt. Es wird nur gelesen. Ein größeres Modell antwortet besser und braucht mehr Speicher und Zeit.</translation>
    </message>
    <message>
        <source>Where to train: auto takes a GPU when one answers and else the CPU, cpu stays on the CPU, cuda:0 is the first GPU and fails when there is none.</source>
        <translation>Wo trainiert wird: auto nimmt eine GPU, wenn eine antwortet, sonst die CPU; cpu bleibt auf der CPU; cuda:0 ist die erste GPU und schlägt fehl, wenn es keine gibt.</translation>
    </message>
    <message>
        <source>How the frozen weights are held in memory: nf4 and fp4 take about 4.5 bits a weight (QLoRA), int8 takes 8, none keeps them in compute_dtype. nf4 is the usual choice. The more bits, the closer to the original model and the more memory; the adapter itself is never quantized.</source>
        <translation>Wie die eingefrorenen Gewichte im Speicher gehalten werden: nf4 und fp4 brauchen etwa 4,5 Bit je Gewicht (QLoRA), int8 braucht 8, none behält sie in compute_dtype. nf4 ist die übliche Wahl. Je mehr Bits, desto näher am ursprünglichen Modell und desto mehr Speicher; der Adapter selbst wird nie quantisiert.</translation>
    </message>
    <message>
        <source>Whether the scales of nf4 and fp4 are quantized as well. It saves about 0.4 bits a weight (0.3 GB for 7B) at a barely measurable loss of accuracy. Without effect for int8 and none.</source>
        <translation>Ob auch die Skalen von nf4 und fp4 quantisiert werden. Das spart etwa 0,4 Bit je Gewicht (0,3 GB bei 7B) und kostet kaum messbar Genauigkeit. Ohne Wirkung bei int8 und none.</translation>
    </message>
    <message>
        <source>The type that arithmetic runs in, and that unquantized weights are held in. bfloat16 is fast where the processor has it; float32 is exact, takes twice the memory, and is often faster on an older CPU.</source>
        <translation>Der Zahlentyp, in dem gerechnet wird und in dem unquantisierte Gewichte gehalten werden. bfloat16 ist schnell, wo der Prozessor es beherrscht; float32 ist genau, braucht doppelt so viel Speicher und ist auf älteren CPUs oft schneller.</translation>
    </message>
    <message>
        <source>The file with the training rows, or a list of {path, weight} to mix several. A few hundred good rows are enough to change a tone, some thousands to teach a task.</source>
        <translation>Die Datei mit den Trainingszeilen oder eine Liste von {path, weight}, um mehrere zu mischen. Ein paar hundert gute Zeilen genügen, um einen Ton zu ändern, einige tausend, um eine Aufgabe zu lehren.</translation>
    </message>
    <message>
        <source>The rows that the model is measured on and never learns from: a share of train (0.05 is typical), a file, or 0 for none. Without them nobody notices overfitting; too large a share leaves too little to learn from.</source>
        <translation>Die Zeilen, an denen das Modell gemessen wird und aus denen es nie lernt: ein Anteil von train (0.05 ist üblich), eine Datei oder 0 für keine. Ohne sie bemerkt niemand die Überanpassung; ein zu großer Anteil lässt zu wenig zum Lernen übrig.</translation>
    </message>
    <message>
        <source>The shape of the rows; auto looks at the first ones. prompt-completion has two texts a row, alpaca has instruction, input and output, sharegpt and messages hold conversations, text is plain text.</source>
        <translation>Die Form der Zeilen; auto sieht sich die ersten an. prompt-completion hat zwei Texte je Zeile, alpaca hat instruction, input und output, sharegpt und messages enthalten Gespräche, text ist reiner Text.</translation>
    </message>
    <message>
        <source>Names of the columns where they differ from the usual ones, such as {prompt: question, completion: answer}. Roles: prompt, completion, text, messages, conversations, instruction, input, output, system, history.</source>
        <translation>Namen der Spalten, wo sie von den gewohnten abweichen, etwa {prompt: question, completion: answer}. Rollen: prompt, completion, text, messages, conversations, instruction, input, output, system, history.</translation>
    </message>
    <message>
        <source>The chat template that turns messages into text: auto takes the model's own, none uses the rows as they stand, and a name or a file takes another. A template that the model was not made with costs quality.</source>
        <translation>Die Chat-Vorlage, die Nachrichten zu Text macht: auto nimmt die des Modells, none nimmt die Zeilen, wie sie sind, ein Name oder eine Datei nimmt eine andere. Eine Vorlage, mit der das Modell nicht gemacht wurde, kostet Güte.</translation>
    </message>
    <message>
        <source>Which tokens the model learns to predict: completion (the answer only, the usual choice), assistant (every answer of a conversation), or all (the prompt too, which spends capacity on imitating questions).</source>
        <translation>Welche Tokens das Modell vorherzusagen lernt: completion (nur die Antwort, die übliche Wahl), assistant (jede Antwort eines Gesprächs) oder all (auch den Prompt, was Kapazität auf das Nachahmen von Fragen verwendet).</translation>
    </message>
    <message>
        <source>What happens at a row that cannot be read: stop names it and ends, skip leaves it out, counts it and says so.</source>
        <translation>Was bei einer Zeile geschieht, die sich nicht lesen lässt: stop nennt sie und hört auf, skip lässt sie aus, zählt sie und sagt es.</translation>
    </message>
    <message>
        <source>The most tokens of a row; the rest is cut off. 256 to 2048 are typical: just above the longest rows is best. Memory grows with it, and a row whose answer is cut away entirely is dropped.</source>
        <translation>Die meisten Tokens einer Zeile; der Rest wird abgeschnitten. 256 bis 2048 sind üblich: am besten knapp über den längsten Zeilen. Der Speicherbedarf wächst mit, und eine Zeile, deren Antwort ganz weggeschnitten wird, fällt weg.</translation>
    </message>
    <message>
        <source>Whether several short rows share one sequence. It saves the padding, so short rows train faster, but a step then sees more rows than micro_batch says.</source>
        <translation>Ob sich mehrere kurze Zeilen eine Sequenz teilen. Das spart das Auffüllen, kurze Zeilen trainieren also schneller, aber ein Schritt sieht dann mehr Zeilen, als micro_batch sagt.</translation>
    </message>
    <message>
        <source>Whether rows of similar length are put into the same batch. It saves padding; the order of the rows is then less random, and the loss curve looks rougher.</source>
        <translation>Ob Zeilen ähnlicher Länge in denselben Batch kommen. Das spart das Auffüllen; die Reihenfolge der Zeilen ist dann weniger zufällig, und die Verlustkurve sieht rauer aus.</translation>
    </message>
    <message>
        <source>Whether the rows are put into a new random order each epoch, repeatably by the seed. Switch it off only when the order of the file matters.</source>
        <translation>Ob die Zeilen in jeder Epoche neu gemischt werden, wiederholbar durch den Seed. Nur ausschalten, wenn die Reihenfolge der Datei zählt.</translation>
    </message>
    <message>
        <source>The size of the adapter: how many directions each adapted layer may change in. 8 to 64 are typical. Higher learns more detail, takes more memory, and overfits a small data set sooner.</source>
        <translation>Die Größe des Adapters: in wie viele Richtungen sich jede angepasste Schicht ändern darf. 8 bis 64 sind üblich. Höher lernt mehr Einzelheiten, braucht mehr Speicher und überanpasst einen kleinen Datensatz eher.</translation>
    </message>
    <message>
        <source>How strongly the adapter acts: its output is scaled by alpha / rank. One to two times the rank is typical. Too high acts like too high a learning rate: the loss jumps or becomes NaN.</source>
        <translation>Wie stark der Adapter wirkt: seine Ausgabe wird mit alpha / rank skaliert. Das Ein- bis Zweifache des Rangs ist üblich. Zu hoch wirkt wie eine zu hohe Lernrate: der Verlust springt oder wird NaN.</translation>
    </message>
    <message>
        <source>The share of the adapter's inputs that is dropped at random while training, against overfitting. 0 to 0.1 are typical. Too high learns slowly, and less.</source>
        <translation>Der Anteil der Eingaben des Adapters, der beim Training zufällig weggelassen wird, gegen Überanpassung. 0 bis 0.1 sind üblich. Zu hoch lernt langsam, und weniger.</translation>
    </message>
    <message>
        <source>Which layers get an adapter: all-linear (every linear layer but the output head), a list of name endings such as [q_proj, v_proj], or a regular expression that matches the whole name. More layers learn more and take more memory.</source>
        <translation>Welche Schichten einen Adapter bekommen: all-linear (jede lineare Schicht außer dem Ausgabekopf), eine Liste von Namensenden wie [q_proj, v_proj] oder ein regulärer Ausdruck, der den ganzen Namen trifft. Mehr Schichten lernen mehr und brauchen mehr Speicher.</translation>
    </message>
    <message>
        <source>Which decoder layers get one: all, a list such as [0, 1], or ranges such as "0-15,20". Fewer layers save memory and time and learn less; when the first layers are left out, the backward pass ends sooner.</source>
        <translation>Welche Decoderschichten einen bekommen: all, eine Liste wie [0, 1] oder Bereiche wie "0-15,20". Weniger Schichten sparen Speicher und Zeit und lernen weniger; fehlen die ersten, endet der Rückwärtslauf früher.</translation>
    </message>
    <message>
        <source>Whether biases are trained too: none, all, or lora_only (those of the adapted layers). With trained biases the model differs from its base even when the adapter is switched off.</source>
        <translation>Ob auch Biases trainiert werden: none, all oder lora_only (die der angepassten Schichten). Mit trainierten Biases weicht das Modell von seiner Basis auch dann ab, wenn der Adapter ausgeschaltet ist.</translation>
    </message>
    <message>
        <source>How the adapter starts: default (Kaiming uniform A, zero B: the model starts unchanged), gaussian, pissa, olora (from the weights' own main directions; faster at first), loftq (makes up for quantization).</source>
        <translation>Wie der Adapter beginnt: default (A nach Kaiming gleichverteilt, B null: das Modell beginnt unverändert), gaussian, pissa, olora (aus den Hauptrichtungen der Gewichte; anfangs schneller), loftq (gleicht die Quantisierung aus).</translation>
    </message>
    <message>
        <source>Whether the scale is alpha / sqrt(rank) instead of alpha / rank, which keeps high ranks (64 and up) learning. With a small rank it makes the adapter act stronger: lower alpha.</source>
        <translation>Ob die Skala alpha / sqrt(rank) statt alpha / rank ist, was hohe Ränge (ab 64) weiterlernen lässt. Bei kleinem Rang wirkt der Adapter dadurch stärker: alpha senken.</translation>
    </message>
    <message>
        <source>Whether the length of each weight column is trained apart from its direction (DoRA). It helps at small ranks, and a step takes clearly longer.</source>
        <translation>Ob die Länge jeder Gewichtsspalte getrennt von ihrer Richtung trainiert wird (DoRA). Das hilft bei kleinen Rängen, und ein Schritt dauert deutlich länger.</translation>
    </message>
    <message>
        <source>Names of modules that are trained and saved whole beside the adapter, such as [lm_head]. They take the memory of full fine-tuning: each weight with its gradient and optimizer state.</source>
        <translation>Namen von Modulen, die neben dem Adapter ganz trainiert und gespeichert werden, etwa [lm_head]. Sie brauchen den Speicher einer vollen Feinabstimmung: jedes Gewicht mit seinem Gradienten und dem Zustand des Optimierers.</translation>
    </message>
    <message>
        <source>Ranks of single layers by name, such as {q_proj: 32}; the first match wins. What is high here costs as lora.rank does.</source>
        <translation>Ränge einzelner Schichten nach Namen, etwa {q_proj: 32}; der erste Treffer gilt. Was hier hoch ist, kostet wie lora.rank.</translation>
    </message>
    <message>
        <source>Alphas of single layers by name, such as {q_proj: 64}; the first match wins. Too high makes that layer unstable.</source>
        <translation>Alphas einzelner Schichten nach Namen, etwa {q_proj: 64}; der erste Treffer gilt. Zu hoch macht diese Schicht instabil.</translation>
    </message>
    <message>
        <source>A PEFT adapter folder to go on from, or null to start a new one. Rank, alpha, targets, rslora, dora and the patterns then come from that adapter; a key that says otherwise is refused.</source>
        <translation>Ein PEFT-Adapterordner, bei dem weitergemacht wird, oder null für einen neuen. Rang, Alpha, Zielschichten, rslora, dora und die Muster kommen dann von diesem Adapter; ein Schlüssel, der anderes sagt, wird abgelehnt.</translation>
    </message>
    <message>
        <source>How often the data are gone through; 1 to 3 are typical, and 0.5 is half of them. Too many make the model repeat the training rows: watch the validation loss. Without effect when max_steps is set.</source>
        <translation>Wie oft die Daten durchlaufen werden; 1 bis 3 sind üblich, und 0.5 ist die Hälfte davon. Zu viele lassen das Modell die Trainingszeilen wiederholen: den Validierungsverlust beobachten. Ohne Wirkung, wenn max_steps gesetzt ist.</translation>
    </message>
    <message>
        <source>The number of optimizer steps, or null to go by epochs; it wins over epochs. Handy for a short trial.</source>
        <translation>Die Zahl der Optimiererschritte, oder null, um nach Epochen zu gehen; sie geht den Epochen vor. Praktisch für einen kurzen Versuch.</translation>
    </message>
    <message>
        <source>Rows that are computed at once. 1 to 8 are typical. Higher is faster and takes more memory; when memory runs out, halve it and double gradient_accumulation: the result stays the same.</source>
        <translation>Zeilen, die auf einmal berechnet werden. 1 bis 8 sind üblich. Höher ist schneller und braucht mehr Speicher; reicht der Speicher nicht, halbieren und gradient_accumulation verdoppeln: das Ergebnis bleibt gleich.</translation>
    </message>
    <message>
        <source>How many micro-batches make one optimizer step. micro_batch times this is the batch size; 8 to 64 are typical. Higher is calmer and takes fewer steps; too high learns little in the same time.</source>
        <translation>Wie viele Mikro-Batches einen Optimiererschritt ergeben. micro_batch mal dieser Wert ist die Batchgröße; 8 bis 64 sind üblich. Höher ist ruhiger und braucht weniger Schritte; zu hoch lernt in derselben Zeit wenig.</translation>
    </message>
    <message>
        <source>How far a step goes, at its peak after warm-up. 1e-4 to 3e-4 are typical for LoRA, up to 1e-3 for small models. Too high: the loss jumps, rises or becomes NaN. Too low: it hardly falls.</source>
        <translation>Wie weit ein Schritt geht, an der Spitze nach dem Warm-up. 1e-4 bis 3e-4 sind für LoRA üblich, bis 1e-3 für kleine Modelle. Zu hoch: der Verlust springt, steigt oder wird NaN. Zu niedrig: er fällt kaum.</translation>
    </message>
    <message>
        <source>How the learning rate changes over the run after its warm-up. cosine falls smoothly to 0 and suits most runs; linear falls evenly; constant stays (and has no warm-up); warmup_stable_decay stays, then falls at the end.</source>
        <translation>Wie sich die Lernrate nach dem Warm-up über den Lauf ändert. cosine fällt sanft auf 0 und passt für die meisten Läufe; linear fällt gleichmäßig; constant bleibt (und hat kein Warm-up); warmup_stable_decay bleibt und fällt am Ende.</translation>
    </message>
    <message>
        <source>Details of the scheduler: num_cycles (cosine, cosine_with_restarts), power and lr_end (polynomial), decay_steps (warmup_stable_decay; 10 % of the run by default), min_lr_ratio (where it ends, as a share of the peak).</source>
        <translation>Einzelheiten des Zeitplans: num_cycles (cosine, cosine_with_restarts), power und lr_end (polynomial), decay_steps (warmup_stable_decay; sonst 10 % des Laufs), min_lr_ratio (wo er endet, als Anteil der Spitze).</translation>
    </message>
    <message>
        <source>Steps in which the learning rate rises from 0 to its peak, or null to go by warmup_ratio. Warm-up keeps the first steps from spoiling the model; longer than needed only wastes steps.</source>
        <translation>Schritte, in denen die Lernrate von 0 auf ihre Spitze steigt, oder null, um nach warmup_ratio zu gehen. Das Warm-up bewahrt die ersten Schritte davor, das Modell zu verderben; länger als nötig verschwendet nur Schritte.</translation>
    </message>
    <message>
        <source>The same as a share of the run; 0.03 to 0.1 are typical. Too high: most of the run trains at too low a rate. Without effect when warmup_steps is set.</source>
        <translation>Dasselbe als Anteil des Laufs; 0.03 bis 0.1 sind üblich. Zu hoch: der größte Teil des Laufs trainiert mit zu niedriger Rate. Ohne Wirkung, wenn warmup_steps gesetzt ist.</translation>
    </message>
    <message>
        <source>The rule that turns gradients into steps. adamw suits nearly everything; the 8-bit ones save memory of the optimizer's state, lion wants a learning rate a few times lower, sgd one far higher.</source>
        <translation>Die Regel, die aus Gradienten Schritte macht. adamw passt fast immer; die 8-Bit-Varianten sparen Speicher für den Zustand des Optimierers, lion will eine einige Male kleinere Lernrate, sgd eine weit größere.</translation>
    </message>
    <message>
        <source>Details of the optimizer: beta1 (0.9) and beta2 (0.999), how long it remembers; eps (1e-8); momentum (sgd). Betas too close to 1 react late.</source>
        <translation>Einzelheiten des Optimierers: beta1 (0.9) und beta2 (0.999), wie lange er sich erinnert; eps (1e-8); momentum (sgd). Betas zu nahe an 1 reagieren spät.</translation>
    </message>
    <message>
        <source>How strongly the adapter's weights are pulled towards 0 in each step, against overfitting. 0 to 0.1 are typical. Too high: the adapter cannot learn.</source>
        <translation>Wie stark die Gewichte des Adapters in jedem Schritt gegen 0 gezogen werden, gegen Überanpassung. 0 bis 0.1 sind üblich. Zu hoch: der Adapter kann nicht lernen.</translation>
    </message>
    <message>
        <source>The longest gradient (its norm over all adapter weights) that is taken as it is; a longer one is shortened to this. 0.3 to 1 are typical, 0 switches it off. Too high no longer guards against a bad batch.</source>
        <translation>Der längste Gradient (seine Norm über alle Gewichte des Adapters), der so genommen wird, wie er ist; ein längerer wird darauf gekürzt. 0.3 bis 1 sind üblich, 0 schaltet es aus. Zu hoch schützt nicht mehr vor einem schlechten Batch.</translation>
    </message>
    <message>
        <source>Whether activations are recomputed in the backward pass instead of kept: off keeps all, selective and full save more and more memory and cost up to a third more time, auto decides by the memory there is.</source>
        <translation>Ob Aktivierungen im Rückwärtslauf neu berechnet statt behalten werden: off behält alle, selective und full sparen immer mehr Speicher und kosten bis zu einem Drittel mehr Zeit, auto entscheidet nach dem Speicher, den es gibt.</translation>
    </message>
    <message>
        <source>Steps between two measurements of the validation loss. auto: 20 over the run, at least one an epoch, and one at the end. Too seldom notices overfitting late; too often costs time.</source>
        <translation>Schritte zwischen zwei Messungen des Validierungsverlusts. auto: 20 über den Lauf, mindestens eine je Epoche und eine am Ende. Zu selten bemerkt Überanpassung spät; zu oft kostet Zeit.</translation>
    </message>
    <message>
        <source>Steps between two checkpoints. auto: at each evaluation. Too seldom loses more work when the run is cut off.</source>
        <translation>Schritte zwischen zwei Checkpoints. auto: bei jeder Auswertung. Zu selten verliert mehr Arbeit, wenn der Lauf abbricht.</translation>
    </message>
    <message>
        <source>How many of the newest checkpoints are kept; the best one is kept besides. Each takes about three times the adapter's size on disk.</source>
        <translation>Wie viele der neuesten Checkpoints behalten werden; der beste bleibt ohnehin. Jeder braucht auf dem Datenträger etwa das Dreifache des Adapters.</translation>
    </message>
    <message>
        <source>Prompts that are answered at each evaluation, so that one can read how the model changes. Two or three are plenty: each costs the time of one answer.</source>
        <translation>Prompts, die bei jeder Auswertung beantwortet werden, damit sich lesen lässt, wie sich das Modell ändert. Zwei oder drei genügen: jeder kostet die Zeit einer Antwort.</translation>
    </message>
    <message>
        <source>The start of every random choice: split, order of the rows, initial adapter, dropout. The same seed gives the same run; another one shows how much of a result is luck.</source>
        <translation>Der Anfang jeder zufälligen Wahl: Aufteilung, Reihenfolge der Zeilen, Anfang des Adapters, Dropout. Derselbe Seed gibt denselben Lauf; ein anderer zeigt, wie viel an einem Ergebnis Glück ist.</translation>
    </message>
    <message>
        <source>Whether the overfitting sentinel watches both losses and warns.</source>
        <translation>Ob der Wächter gegen Überanpassung beide Verluste beobachtet und warnt.</translation>
    </message>
    <message>
        <source>How many evaluations in a row may be worse than the best before it says overfitting. 2 to 5 are typical; higher warns later, lower warns at noise.</source>
        <translation>Wie viele Auswertungen hintereinander schlechter als die beste sein dürfen, bevor er Überanpassung meldet. 2 bis 5 sind üblich; höher warnt später, niedriger warnt beim Rauschen.</translation>
    </message>
    <message>
        <source>By how much the validation loss must fall to count as better. 0 to 0.01 are typical; too high takes slow progress for none.</source>
        <translation>Um wie viel der Validierungsverlust fallen muss, um als besser zu gelten. 0 bis 0.01 sind üblich; zu hoch hält langsamen Fortschritt für keinen.</translation>
    </message>
    <message>
        <source>What it does then: notify only says so, pause waits for an answer, stop ends the run. The best adapter is kept in any case.</source>
        <translation>Was er dann tut: notify sagt es nur, pause wartet auf eine Antwort, stop beendet den Lauf. Der beste Adapter wird in jedem Fall behalten.</translation>
    </message>
    <message>
        <source>Whether the curves are also written as TensorBoard event files, into the run's logs folder.</source>
        <translation>Ob die Kurven auch als TensorBoard-Ereignisdateien geschrieben werden, in den Ordner logs des Laufs.</translation>
    </message>
    <message>
        <source>Whether a Weights &amp; Biases run is written: off, offline (files to upload later), or online (sent while training).</source>
        <translation>Ob ein Lauf für Weights &amp; Biases geschrieben wird: off, offline (Dateien zum späteren Hochladen) oder online (beim Training gesendet).</translation>
    </message>
    <message>
        <source>Whether the metrics are also written as a table for spreadsheets, metrics.csv.</source>
        <translation>Ob die Messwerte auch als Tabelle für Tabellenprogramme geschrieben werden, metrics.csv.</translation>
    </message>
    <message>
        <source>The run's folder, or null for runs/&lt;recipe name&gt;-&lt;UTC time&gt; beside the recipe. A folder that already holds a run is refused.</source>
        <translation>Der Ordner des Laufs, oder null für runs/&lt;Name des Rezepts&gt;-&lt;UTC-Zeit&gt; neben dem Rezept. Ein Ordner, der schon einen Lauf enthält, wird abgelehnt.</translation>
    </message>
</context>
</TS>
