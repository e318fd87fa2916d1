// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace falconer::workbench {

/// A logout, a shutdown, `kill` or Ctrl+C in the terminal: asks the window to pause its run, save and close. A second
/// Ctrl+C ends the program at once. At most one at a time.
class EndSignals : public QObject {
    Q_OBJECT

public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

Q_SIGNALS:
    void asked();

private:
    int m_read = -1;
};

} // namespace falconer::workbench
