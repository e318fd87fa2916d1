// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/run_forecast.h"
#include "ui/session/services.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace falconer::ui {

class RecipeDraft;

/// What the draft would come to, kept up to date while it is edited: the shape of its model, its memory plan, its
/// steps. Works in another thread, a moment after the last change; of several requests only the newest counts.
class RunPlanner : public QObject {
    Q_OBJECT

public:
    RunPlanner(const RecipeDraft& draft, const Services& services, QObject* parent = nullptr);
    ~RunPlanner() override;

    /// The shape of the draft's model; nothing while it is not known.
    const std::optional<ModelSpec>& model() const { return m_model; }
    /// Why it is not known, as a sentence; empty when no model is chosen or it is being looked at.
    const QString& modelProblem() const { return m_modelProblem; }

    /// Of the draft or, while isMeasuring(), of what it was; nothing when it cannot be planned.
    const std::optional<RunForecast>& forecast() const { return m_forecast; }
    /// Why it cannot, as a sentence.
    const QString& problem() const { return m_problem; }
    bool isMeasuring() const;
    /// What each type of weight does to the model's own weights; empty until that is measured.
    const std::vector<WeightError>& weightErrors() const { return m_errors; }

    /// Looks again: files and free memory may have changed.
    void refresh();

Q_SIGNALS:
    void modelChanged();
    /// Another forecast(), problem() or weightErrors().
    void forecastChanged();
    void measuringChanged();

private:
    struct Tasks;

    void follow();
    void describeModel();
    void plan();
    void measureErrors();

    const RecipeDraft& m_draft;
    const Services& m_services;
    std::unique_ptr<Tasks> m_tasks;
    QTimer m_pause;
    std::string m_modelName;
    std::optional<ModelSpec> m_model;
    QString m_modelProblem;
    std::optional<RunForecast> m_forecast;
    QString m_problem;
    std::vector<WeightError> m_errors;
    std::string m_errorsOf; ///< model and setting that m_errors belong to
};

} // namespace falconer::ui
