// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/layer_map.h"
#include "ui/widgets/card.h"

#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace falconer::ui {

class FaultLabel;
class LayerMapModel;
class LayerMapView;
class RankLegend;
class Workspace;

/// Which linears of which layers are adapted, and with which rank: the recipe's targets, layers and rank pattern as a
/// map to be drawn on.
class LayerMapCard : public Card {
    Q_OBJECT

public:
    explicit LayerMapCard(Workspace& workspace, QWidget* parent = nullptr);

    LayerMapView* view() const { return m_view; }
    const LayerMapModel& model() const { return *m_model; }
    /// The heading's count and the line about the selection, as they stand there.
    QString parametersText() const;
    QString selectionText() const;

private:
    void buildTools();
    void buildSelection();
    void follow();
    void say(const QString& sentence);
    void showSelection();
    void select(const std::function<bool(int module, int layer)>& wanted);
    void selectModules(bool attention);
    void selectLayers(const std::vector<std::int64_t>& layers);
    void askForRange();
    void setRank(int rank);

    Workspace& m_workspace;
    LayerMapModel* m_model;
    QLabel* m_count;
    QLabel* m_sentence; ///< in place of the map when there is none
    QWidget* m_content;
    LayerMapView* m_view;
    FaultLabel* m_fault;
    QLineEdit* m_name;
    QLabel* m_selection;
    QSpinBox* m_rank;
    QPushButton* m_leaveOut;
    RankLegend* m_legend;
};

} // namespace falconer::ui
