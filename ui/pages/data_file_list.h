// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QDoubleSpinBox;

namespace falconer::ui {

class DataSession;
class ElidedLabel;
class Workspace;

/// Training files that are mixed, with their weights; hidden where there is only one.
class DataFileList : public QWidget {
    Q_OBJECT

public:
    DataFileList(Workspace& workspace, DataSession& session, QWidget* parent = nullptr);
    void refresh();

private:
    struct Line {
        QWidget* row;
        ElidedLabel* name;
        QDoubleSpinBox* weight;
    };
    void build();
    void add(std::size_t file);

    Workspace& m_workspace;
    DataSession& m_session;
    std::vector<std::string> m_files;
    std::vector<Line> m_lines;
};

} // namespace falconer::ui
