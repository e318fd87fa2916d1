// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "tests/ui/fake_session.h"
#include "ui/session/services.h"

#include <QSettings>
#include <QTemporaryDir>

#include <filesystem>
#include <memory>

namespace falconer::test {

/// A home for one window under test: a model, rows and an adapter that exist as files, and a scripted session.
struct PageFixture {
    PageFixture()
    {
        namespace fs = std::filesystem;
        // Settings of the person who runs the tests are not touched.
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, temporary.filePath(QStringLiteral("settings")));
        fs::create_directories(folder / "models/tiny");
        fs::create_directories(folder / "adapter");
        fs::create_directories(folder / "exports");
        writeFile(folder / "models/tiny/config.json", "{}");
        writeFile(folder / "rows.jsonl", "{}\n");
        writeFile(folder / "adapter/adapter_config.json", "{}");
        writeFile(folder / "adapter/adapter_model.safetensors", "tensors");
    }

    ui::Services services()
    {
        ui::Services result;
        result.makeSession = [this](LoadedRecipe recipe, std::filesystem::path place) {
            script->recipe = std::move(recipe);
            script->folder = std::move(place);
            return std::make_unique<FakeSession>(script);
        };
        result.resumeSession = [this](std::filesystem::path place) {
            script->resumed = true;
            script->folder = std::move(place);
            return std::make_unique<FakeSession>(script);
        };
        result.findModels = [path = model()](const std::vector<std::filesystem::path>&) {
            return std::vector<ui::ModelEntry>{{QStringLiteral("org/tiny"), path, QStringLiteral("falcon"), {},
                {QStringLiteral("query_key_value")}, QStringLiteral("falcon"), 1 << 20, 1 << 18}};
        };
        result.describeMachine = [] {
            MachineFacts facts;
            facts.processor = "Test processor";
            facts.backEnd = "avx2";
            facts.threads = 2;
            return facts;
        };
        result.runsRoot = folder / "runs";
        return result;
    }

    QString model() const { return QString::fromStdString((folder / "models/tiny").string()); }
    QString rows() const { return QString::fromStdString((folder / "rows.jsonl").string()); }

    LoadedRecipe recipe() const
    {
        LoadedRecipe loaded;
        loaded.recipe.model = model().toStdString();
        loaded.recipe.data.train = {{rows().toStdString(), 1.0}};
        return loaded;
    }

    QTemporaryDir temporary;
    std::filesystem::path folder{temporary.path().toStdString()};
    std::shared_ptr<SessionScript> script = std::make_shared<SessionScript>();
};

} // namespace falconer::test
