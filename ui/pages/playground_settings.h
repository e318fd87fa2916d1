// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/sampling.h"

#include <QWidget>

#include <cstdint>

class QComboBox;
class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace falconer::ui {

class NumberSpin;
class Segments;
struct RunAdapters;

/// How the playground answers: system prompt, prompt format, sampling, device.
class PlaygroundSettings : public QWidget {
    Q_OBJECT

public:
    explicit PlaygroundSettings(QWidget* parent = nullptr);

    /// What the chosen model has; a format that was chosen by hand stays while the model has it. nullptr: none chosen.
    void setModel(const RunAdapters* model);
    /// Prompts are rendered by the chat template.
    bool isChat() const;
    QString systemPrompt() const;
    SamplingOptions sampling() const;
    std::int64_t maxNewTokens() const;
    std::uint64_t seed() const;
    /// "cpu", or empty: as the run says.
    QString device() const;
    void setDevice(const QString& device);
    /// Greedy, as it was at first.
    void resetSampling();

Q_SIGNALS:
    void edited();
    void templateRequested();

private:
    QWidget* buildFormat();
    QWidget* buildSampling();
    void updateNotes();
    NumberSpin* addNumber(QFormLayout* form, const char* name, const QString& label, const QString& help, double least,
        double most, double value, double step);
    QSpinBox* addCount(
        QFormLayout* form, const char* name, const QString& label, const QString& help, int least, int most, int value);

    Segments* m_format;
    QLabel* m_formatNote;
    QPushButton* m_showTemplate;
    QPlainTextEdit* m_system;
    QLabel* m_samplingNote;
    NumberSpin* m_temperature;
    QSpinBox* m_topK;
    NumberSpin* m_topP;
    NumberSpin* m_minP;
    NumberSpin* m_penalty;
    QSpinBox* m_newTokens;
    QSpinBox* m_seed;
    QComboBox* m_device;
    bool m_hasTemplate = false;
    bool m_chatByHand = false; ///< the format was chosen, not suggested
    QString m_templateName;
    QString m_model; ///< what the format was suggested for
};

} // namespace falconer::ui
