// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/strip.h"

class QPushButton;

namespace falconer {
struct SentinelVerdict;
}

namespace falconer::ui {

class Workspace;

/// The strip under the chart: what became of the run when it is over, else whether it is paused, else the sentinel's
/// verdict. Always there while there is a run, so that nothing jumps when the verdict changes.
class TrainVerdict : public Strip {
    Q_OBJECT

public:
    explicit TrainVerdict(Workspace& workspace, QWidget* parent = nullptr);

    QPushButton* keepButton() const { return m_keep; }
    QPushButton* resumeButton() const { return m_resume; }

private:
    void refresh();
    void showEnd();
    void showPaused();
    void showSentinel();
    /// "Stop and keep step 240".
    void nameBest(const SentinelVerdict& verdict);

    Workspace& m_workspace;
    bool m_goOn = false; ///< the user has seen the alert and wants to keep training
    QPushButton* m_continue;
    QPushButton* m_pause;
    QPushButton* m_keep;
    QPushButton* m_resume;
    QPushButton* m_tryOut;
    QPushButton* m_export;
};

} // namespace falconer::ui
