// SPDX-License-Identifier: Apache-2.0
#include "core/hub/local_models.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/safetensors_writer.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <sys/stat.h>

using namespace falconer;
namespace fs = std::filesystem;

class TestLocalModels : public QObject {
    Q_OBJECT

    QTemporaryDir m_temporary;
    fs::path m_root;
    fs::path m_hub;
    fs::path m_own;

    static void write(const fs::path& path, std::string_view content)
    {
        fs::create_directories(path.parent_path());
        writeFile(path, content);
    }

    static void writeWeights(const fs::path& path, const std::vector<TensorView>& tensors)
    {
        fs::create_directories(path.parent_path());
        writeSafetensors(path, tensors);
    }

    /// A folder with one tensor of 6 bfloat16 elements.
    static void makeModel(const fs::path& folder, std::string_view config = "{\"model_type\": \"falcon\"}")
    {
        static const std::vector<std::byte> zeros(12);
        write(folder / "config.json", config);
        writeWeights(folder / "model.safetensors", {{"w", StoredType::bf16, {2, 3}, zeros}});
    }

    /// A GGUF file with one tensor of 2 float32 elements (none when `tensors` is false).
    static std::string gguf(const std::string& architecture, bool tensors = true, std::uint16_t parts = 0)
    {
        std::string file = "GGUF";
        const auto put = [&](auto value) {
            char bytes[sizeof value];
            std::memcpy(bytes, &value, sizeof value);
            file.append(bytes, sizeof value);
        };
        const auto text = [&](const std::string& value) {
            put(std::uint64_t{value.size()});
            file += value;
        };
        put(std::uint32_t{3});
        put(std::uint64_t{tensors ? 1u : 0u});
        put(std::uint64_t{parts ? 2u : 1u});
        text("general.architecture");
        put(std::uint32_t{8}); // string
        text(architecture);
        if (parts) {
            text("split.count");
            put(std::uint32_t{2}); // uint16
            put(parts);
        }
        if (tensors) {
            text("t");
            put(std::uint32_t{1});
            put(std::uint64_t{2});
            put(std::uint32_t{0}); // F32
            put(std::uint64_t{0});
        }
        file.resize((file.size() + 31) / 32 * 32, '\0');
        if (tensors)
            file.append(8, '\0');
        return file;
    }

    ModelRoots roots() const { return {{m_hub}, {m_own}}; }

    static std::vector<std::string> namesOf(const std::vector<LocalModel>& models)
    {
        std::vector<std::string> names;
        for (const LocalModel& model : models)
            names.push_back(model.name);
        return names;
    }

    template <typename Work>
    static Fault faultOf(Work work)
    {
        try {
            work();
        } catch (const Error& error) {
            return error.faults().front();
        }
        QTest::qFail("nothing was thrown", __FILE__, __LINE__);
        return {};
    }

    static bool contains(std::string_view text, std::string_view part)
    {
        const bool found = text.find(part) != std::string_view::npos;
        if (!found)
            qWarning("\"%s\" is not in \"%s\"", std::string(part).c_str(), std::string(text).c_str());
        return found;
    }

private Q_SLOTS:
    void init()
    {
        m_root = fs::path(m_temporary.path().toStdString()) / QTest::currentTestFunction();
        m_root += QTest::currentDataTag() ? QTest::currentDataTag() : "";
        m_hub = m_root / "hub";
        m_own = m_root / "cache" / "models";
    }

    void nothingThereIsNoError()
    {
        QVERIFY(findLocalModels(roots()).empty());
        QVERIFY(findLocalModels({}).empty());
    }

    void findsModelsEverywhere()
    {
        const fs::path repository = m_hub / "models--tiiuae--falcon-tiny";
        makeModel(repository / "snapshots" / "0a1b");
        makeModel(repository / "snapshots" / "ffff", "{\"model_type\": \"old\"}");
        write(repository / "refs" / "main", "0a1b\n");
        write(m_hub / "models--org--quantized" / "snapshots" / "1" / "tiny.gguf", gguf("llama"));
        write(m_hub / "models--org--many" / "snapshots" / "1" / "a.gguf", gguf("llama"));
        write(m_hub / "models--org--many" / "snapshots" / "1" / "b.gguf", gguf("llama"));
        write(m_hub / "datasets--org--rows" / "snapshots" / "1" / "config.json", "{}");
        makeModel(m_own / "mine");
        makeModel(m_own / "lab" / "other");
        write(m_own / "starter.gguf", gguf("llama"));
        write(m_own / "notes" / "readme.txt", "no model");
        write(m_own / "adapter" / "adapter_model.safetensors", "no model");

        const std::vector<LocalModel> models = findLocalModels(roots());
        QCOMPARE(namesOf(models),
            (std::vector<std::string>{"lab/other", "mine", "org/many/a.gguf", "org/many/b.gguf", "org/quantized",
                "starter.gguf", "tiiuae/falcon-tiny"}));
        for (const LocalModel& model : models)
            QCOMPARE(model.problem, std::string());
        const LocalModel& falcon = models.back();
        QCOMPARE(falcon.path, repository / "snapshots" / "0a1b");
        QCOMPARE(falcon.architecture, std::string("falcon"));
        QVERIFY(falcon.format == ModelFormat::safetensors);
        QCOMPARE(falcon.bytes, 12);
        QCOMPARE(falcon.parameters, 6);
        const LocalModel& starter = models[5];
        QCOMPARE(starter.architecture, std::string("llama"));
        QVERIFY(starter.format == ModelFormat::gguf);
        QCOMPARE(starter.bytes, std::int64_t(fs::file_size(starter.path)));
        QCOMPARE(starter.parameters, 2);
    }

    void countsFourBitWeightsTwice()
    {
        const std::vector<std::byte> zeros(64);
        const auto view = [&](const char* name, StoredType type, std::int64_t elements) {
            return TensorView{name, type, {elements}, std::span(zeros).first(storedBytes(type, elements))};
        };
        write(m_own / "nf4" / "config.json", "{\"model_type\": \"llama\"}");
        writeWeights(m_own / "nf4" / "model.safetensors",
            {view("q.weight", StoredType::u8, 32), view("q.weight.absmax", StoredType::u8, 1),
                view("q.weight.quant_map", StoredType::f32, 16), view("q.weight.nested_absmax", StoredType::f32, 1),
                view("q.weight.nested_quant_map", StoredType::f32, 16),
                view("q.weight.quant_state.bitsandbytes__nf4", StoredType::u8, 20),
                view("norm.weight", StoredType::f32, 8)});
        QCOMPARE(findLocalModels(roots()).at(0).parameters, 64 + 8);
    }

    void readsSharedOutWeights()
    {
        const std::vector<std::byte> zeros(8);
        write(m_own / "parts" / "config.json", "{\"model_type\": \"llama\"}");
        writeWeights(m_own / "parts" / "model-00001-of-00002.safetensors", {{"a", StoredType::f32, {2}, zeros}});
        writeWeights(m_own / "parts" / "model-00002-of-00002.safetensors",
            {{"b", StoredType::f32, {1}, std::span(zeros).first(4)}});
        write(m_own / "parts" / "model.safetensors.index.json",
            "{\"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\", \"b\": "
            "\"model-00002-of-00002.safetensors\"}}");
        const LocalModel model = findLocalModels(roots()).at(0);
        QCOMPARE(model.problem, std::string());
        QCOMPARE(model.parameters, 3);
        QCOMPARE(model.bytes, 12);
        fs::remove(m_own / "parts" / "model-00002-of-00002.safetensors");
        QVERIFY(contains(findLocalModels(roots()).at(0).problem, "model-00002-of-00002.safetensors"));
    }

    void brokenModelsStayInTheList_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("problem");
        QTest::newRow("empty") << QByteArray() << QByteArray("not valid JSON");
        QTest::newRow("cut") << QByteArray("{\"model_type\": \"fal") << QByteArray("not valid JSON");
        QTest::newRow("not UTF-8") << QByteArray("{\"model_type\": \"\xFF\"}") << QByteArray("not valid JSON");
        QTest::newRow("list") << QByteArray("[]") << QByteArray("does not name the architecture");
        QTest::newRow("scalar") << QByteArray("7") << QByteArray("does not name the architecture");
        QTest::newRow("wrong type") << QByteArray("{\"model_type\": [1]}")
                                    << QByteArray("does not name the architecture");
        QTest::newRow("line break") << QByteArray("{\"model_type\": \"a\\nb\"}")
                                    << QByteArray("does not name the architecture");
        QTest::newRow("long") << QByteArray("{\"model_type\": \"" + QByteArray(100000, 'x') + "\"}")
                              << QByteArray("does not name the architecture");
        QTest::newRow("deep") << QByteArray("{\"a\": " + QByteArray(100000, '[')) << QByteArray("nested too deeply");
        QTest::newRow("huge") << QByteArray(17 << 20, ' ') << QByteArray("too large");
    }
    void brokenModelsStayInTheList()
    {
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, problem);
        makeModel(m_own / "broken", std::string_view(config.data(), std::size_t(config.size())));
        makeModel(m_own / "fine");
        const std::vector<LocalModel> models = findLocalModels(roots());
        QCOMPARE(namesOf(models), (std::vector<std::string>{"broken", "fine"}));
        QVERIFY(contains(models[0].problem, problem.toStdString()));
        QVERIFY(models[0].problem.size() < 1000);
        QVERIFY(models[0].architecture.empty());
        QVERIFY(models[1].problem.empty());
    }

    void brokenWeightsSayWhatIsWrong()
    {
        makeModel(m_own / "cut");
        fs::resize_file(m_own / "cut" / "model.safetensors", 20);
        makeModel(m_own / "huge header");
        write(m_own / "huge header" / "model.safetensors", std::string(7, '\xFF') + std::string(1, '\x7F') + "{}");
        makeModel(m_own / "pickled");
        fs::rename(m_own / "pickled" / "model.safetensors", m_own / "pickled" / "pytorch_model.bin");
        write(m_own / "cut.gguf", gguf("llama").substr(0, 30));
        write(m_own / "empty.gguf", "");
        write(m_own / "nameless.gguf", gguf(""));
        write(m_own / "part.gguf", gguf("llama", true, 3));
        write(m_own / "vocabulary.gguf", gguf("llama", false));
        const std::vector<LocalModel> models = findLocalModels(roots());
        QCOMPARE(models.size(), std::size_t{8});
        for (const LocalModel& model : models)
            QVERIFY2(!model.problem.empty(), model.name.c_str());
        QVERIFY(contains(models[6].problem, "PyTorch's .bin"));
        QVERIFY(contains(models[4].problem, "general.architecture"));
        QVERIFY(contains(models[5].problem, "one part"));
        QVERIFY(contains(models[7].problem, "no weights"));
    }

    void linksMayFormCircles()
    {
        makeModel(m_own / "lab" / "model");
        fs::create_directory_symlink(m_own, m_own / "lab" / "up");
        fs::create_directory_symlink(m_own / "lab" / "self", m_own / "lab" / "self");
        fs::create_directory_symlink(m_own / "lab" / "model", m_own / "twin");
        fs::create_symlink("nowhere", m_own / "dangling.gguf");
        QCOMPARE(::mkfifo((m_own / "pipe.gguf").c_str(), 0600), 0);
        QCOMPARE(namesOf(findLocalModels(roots())), std::vector<std::string>{"lab/model"});
        // The same folder given twice, and once more from inside.
        QCOMPARE(findLocalModels({{}, {m_own, m_own, m_own / "lab"}}).size(), std::size_t{1});
    }

    void aHubFileLeadsNowhereElse()
    {
        makeModel(m_root / "secret");
        for (const char* revision : {"../../../secret", "/etc", "..", ".", "", "snapshots/1"}) {
            const fs::path repository = m_hub / "models--org--name";
            write(repository / "refs" / "main", revision);
            fs::create_directories(repository / "snapshots");
            QVERIFY2(findLocalModels(roots()).empty(), revision);
        }
        // Without a usable refs/main the newest snapshot counts.
        makeModel(m_hub / "models--org--name" / "snapshots" / "old");
        makeModel(m_hub / "models--org--name" / "snapshots" / "new");
        fs::last_write_time(m_hub / "models--org--name" / "snapshots" / "old",
            fs::file_time_type::clock::now() - std::chrono::hours(1));
        QCOMPARE(findLocalModels(roots()).at(0).path.filename(), fs::path("new"));
    }

    void anExtraFolderCanBeAModel()
    {
        makeModel(m_root / "anywhere" / "falcon");
        QCOMPARE(namesOf(findLocalModels({{}, {m_root / "anywhere" / "falcon"}})), std::vector<std::string>{"falcon"});
    }

    void resolvesNames()
    {
        makeModel(m_hub / "models--tiiuae--falcon-tiny" / "snapshots" / "1");
        makeModel(m_hub / "models--a--twin" / "snapshots" / "1");
        makeModel(m_hub / "models--b--twin" / "snapshots" / "1");
        fs::create_directories(m_hub / "models--org--half" / "snapshots" / "1");
        makeModel(m_own / "twin-2");
        write(m_own / "starter.gguf", gguf("llama"));

        const fs::path falcon = m_hub / "models--tiiuae--falcon-tiny" / "snapshots" / "1";
        QCOMPARE(resolveModel("tiiuae/falcon-tiny", roots()), falcon);
        QCOMPARE(resolveModel("falcon-tiny", roots()), falcon);
        QCOMPARE(resolveModel("starter", roots()), m_own / "starter.gguf");
        QCOMPARE(resolveModel("starter.gguf", roots()), m_own / "starter.gguf");
        QCOMPARE(resolveModel("a/twin", roots()), m_hub / "models--a--twin" / "snapshots" / "1");
        QCOMPARE(resolveModel("twin-2", roots()), m_own / "twin-2");

        Fault fault = faultOf([&] { resolveModel("twin", roots()); });
        QCOMPARE(fault.code, ErrorCode::requestInvalid);
        QVERIFY(contains(fault.problem, "a/twin and b/twin"));

        fault = faultOf([&] { resolveModel("org/absent", roots()); });
        QCOMPARE(fault.code, ErrorCode::fileMissing);
        QCOMPARE(fault.subject, std::string("org/absent"));
        QVERIFY(contains(fault.problem, m_hub.string()));
        QVERIFY(contains(fault.problem, m_own.string()));

        fault = faultOf([&] { resolveModel("org/half", roots()); });
        QCOMPARE(fault.code, ErrorCode::fileMissing);
        QVERIFY(contains(fault.problem, "models--org--half holds no config.json"));

        // An exact name wins over the last part of another.
        makeModel(m_own / "falcon-tiny");
        QCOMPARE(resolveModel("falcon-tiny", roots()), m_own / "falcon-tiny");
    }

    void namesForLists()
    {
        for (const auto& [model, name] :
            {std::pair("tiiuae/falcon-7b", "tiiuae/falcon-7b"), std::pair("/m/falcon-7b", "falcon-7b"),
                std::pair("/m/tiny.Q4.gguf", "tiny.Q4.gguf"), std::pair("./here/model", "model"),
                std::pair("/c/hub/models--tiiuae--falcon-7b/snapshots/ec89142b67d7", "tiiuae/falcon-7b"),
                std::pair("/c/hub/models--gpt2/snapshots/ec89142b67d7", "gpt2"),
                std::pair("/c/hub/models--a--b/snapshots/ec89/c.gguf", "a/b/c.gguf"),
                std::pair("/c/models--a--b/other/ec89", "ec89"), std::pair("/", "")})
            QCOMPARE(shortName(model), std::string(name));
    }

    void aFolderOfTheSameNameDoesNotHideAModel()
    {
        write(m_own / "starter.gguf", gguf("llama"));
        makeModel(m_own / "mine");
        const fs::path before = fs::current_path();
        fs::create_directories(m_root / "here" / "starter");
        fs::create_directories(m_root / "here" / "empty");
        makeModel(m_root / "here" / "mine");
        fs::current_path(m_root / "here");
        const fs::path starter = resolveModel("starter", roots());
        const fs::path asPath = resolveModel("./starter", roots());
        const fs::path mine = resolveModel("mine", roots());
        const fs::path empty = resolveModel("empty", roots());
        fs::current_path(before);
        QCOMPARE(starter, m_own / "starter.gguf");
        QCOMPARE(asPath, fs::path("./starter"));
        QCOMPARE(mine, fs::path("mine"));
        QCOMPARE(empty, fs::path("empty")); // the loader says what it lacks
    }

    void resolvesPaths()
    {
        makeModel(m_root / "here");
        write(m_root / "tiny.gguf", gguf("llama"));
        write(m_root / "without-ending", gguf("llama"));
        write(m_root / "text.txt", "hello");
        QCOMPARE(resolveModel((m_root / "here").string(), roots()), m_root / "here");
        QCOMPARE(resolveModel((m_root / "tiny.gguf").string(), roots()), m_root / "tiny.gguf");
        QCOMPARE(resolveModel((m_root / "without-ending").string(), roots()), m_root / "without-ending");
        QCOMPARE(
            faultOf([&] { resolveModel((m_root / "text.txt").string(), roots()); }).code, ErrorCode::requestInvalid);
        const Fault fault = faultOf([&] { resolveModel((m_root / "absent").string(), roots()); });
        QCOMPARE(fault.code, ErrorCode::fileMissing);
        QCOMPARE(fault.subject, (m_root / "absent").string());
        for (const char* name : {"", "../..//", "..", "\xFF\xFE", "models--", "a/b/c/d"})
            try {
                const fs::path path = resolveModel(name, roots());
                QVERIFY2(fs::is_directory(path), name);
            } catch (const Error& error) {
                QVERIFY(error.exitCode() == 2);
            }
    }

    void theEnvironmentNamesTheRoots()
    {
        for (const char* variable :
            {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "FALCONER_CACHE"})
            qunsetenv(variable);
        qputenv("HOME", "/home/somebody");
        const auto hub = [] { return modelRoots().hubCaches.at(0); };
        const auto own = [] { return modelRoots().folders.at(0); };
        QCOMPARE(hub(), fs::path("/home/somebody/.cache/huggingface/hub"));
        QCOMPARE(own(), fs::path("/home/somebody/.cache/falconer/models"));
        qputenv("XDG_CACHE_HOME", "/xdg");
        QCOMPARE(hub(), fs::path("/xdg/huggingface/hub"));
        QCOMPARE(own(), fs::path("/xdg/falconer/models"));
        qputenv("FALCONER_CACHE", "/own");
        QCOMPARE(own(), fs::path("/own/models"));
        qputenv("HF_HOME", "~/hf");
        QCOMPARE(hub(), fs::path("/home/somebody/hf/hub"));
        qputenv("HF_HUB_CACHE", "/hub");
        QCOMPARE(hub(), fs::path("/hub"));
        QCOMPARE(modelRoots({"~/models"}).folders.at(1), fs::path("/home/somebody/models"));
    }

    void canBeCancelled()
    {
        makeModel(m_own / "one");
        const Progress progress = [](std::string_view, long long, long long) { return false; };
        QCOMPARE(faultOf([&] { findLocalModels(roots(), progress); }).code, ErrorCode::cancelled);
    }
};

QTEST_GUILESS_MAIN(TestLocalModels)
#include "tst_local_models.moc"
