// SPDX-License-Identifier: Apache-2.0
#include "core/inference/playground.h"

#include "core/model/adapter_folder.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/ops/device.h"

#include <c10/util/Exception.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

namespace falconer {

namespace {

using Clock = std::chrono::steady_clock;

double secondsBetween(Clock::time_point from, Clock::time_point to)
{
    return std::chrono::duration<double>(to - from).count();
}

/// An adapter folder as it is now: a run that goes on writes another one under the same name.
using AdapterStamp = std::pair<std::filesystem::path, std::filesystem::file_time_type>;

AdapterStamp stamp(const std::filesystem::path& folder)
{
    std::error_code ignored;
    return {folder, std::filesystem::last_write_time(folder / "adapter_model.safetensors", ignored)};
}

std::vector<Fault> faultsOf(const std::exception& error, const std::string& device)
{
    const std::string_view what = error.what();
    const bool memory = dynamic_cast<const std::bad_alloc*>(&error)
        || dynamic_cast<const c10::OutOfMemoryError*>(&error) || what.find("allocate memory") != std::string_view::npos
        || what.find("out of memory") != std::string_view::npos
        || what.find("not enough memory") != std::string_view::npos;
    if (memory)
        return {{ErrorCode::outOfMemory, device, "its memory ran out",
            device == "cpu" ? "quantize the model, or ask for less"
                            : "answer on the CPU, or shorten the conversation"}};
    return {{ErrorCode::internal, "playground", std::string(what.substr(0, what.find('\n'))), {}}};
}

class ThreadedPlayground : public Playground {
public:
    ThreadedPlayground()
        : m_thread([this] { work(); })
    {
    }

    ~ThreadedPlayground() override
    {
        m_cancel.raise();
        {
            const std::lock_guard lock(m_mutex);
            m_ending = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }

    void ask(PlaygroundQuestion question) override
    {
        m_cancel.lower();
        {
            const std::lock_guard lock(m_mutex);
            m_question = std::move(question);
        }
        m_wake.notify_all();
    }

    void stop() override { m_cancel.raise(); }

    void unload() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_unload = true;
        }
        m_wake.notify_all();
    }

    std::vector<PlaygroundEvent> drain() override
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_events, {});
    }

private:
    void work()
    {
        while (true) {
            std::optional<PlaygroundQuestion> question;
            bool unload = false;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [this] { return m_ending || m_unload || m_question; });
                if (m_ending)
                    return;
                unload = std::exchange(m_unload, false);
                question = std::exchange(m_question, std::nullopt);
            }
            if (unload)
                letGo();
            if (question)
                publish(answer(*question));
        }
    }

    PlaygroundDone answer(const PlaygroundQuestion& question)
    {
        try {
            load(question);
            for (const PlaygroundTurn& turn : question.turns) {
                if (m_cancel.raised())
                    return {{}, true};
                answer(question, turn);
            }
            return {{}, m_cancel.raised()};
        } catch (const Error& error) {
            if (error.code() == ErrorCode::cancelled)
                return {{}, true};
            return {error.faults(), false};
        } catch (const std::exception& error) {
            const std::vector<Fault> faults = faultsOf(error, question.model.device);
            if (faults.front().code == ErrorCode::outOfMemory)
                letGo(); // what is left may be all that there is
            return {faults, false};
        }
    }

    void letGo()
    {
        m_conversations.clear();
        m_model = {};
        m_checkpoint.reset();
        m_loaded.reset();
        m_adapter.reset();
    }

    /// Brings the question's model and adapter into memory; what is there already stays.
    void load(const PlaygroundQuestion& question)
    {
        const Progress progress = [this](std::string_view phase, long long done, long long total) {
            publish(PlaygroundPhase{std::nullopt, std::string(phase), done, total});
            return !m_cancel.raised();
        };
        if (m_loaded != question.model) {
            letGo(); // first, or both would have to fit
            const LoadOptions options = loadOptions(question.model.quantization, chooseDevice(question.model.device));
            m_checkpoint.emplace(question.model.path);
            m_model.tokenizer = loadTokenizerFor(question.model.path);
            m_model.decoder = Decoder::load(*m_checkpoint, options, progress);
            m_loaded = question.model;
        }
        if (question.adapter && m_adapter != stamp(*question.adapter)) {
            auto adapter = std::make_shared<LoraAdapter>(readAdapterFolder(*question.adapter, m_checkpoint->spec()));
            m_adapter.reset();
            m_conversations.erase(PlaygroundSide::tuned);
            m_model.decoder->setAdapter(std::move(adapter), &*m_checkpoint, progress);
            m_adapter = stamp(*question.adapter);
        }
        publish(PlaygroundReady{describe(m_model.decoder->options().device)});
    }

    void answer(const PlaygroundQuestion& question, const PlaygroundTurn& turn)
    {
        if (turn.side == PlaygroundSide::tuned && !question.adapter)
            throw Error(ErrorCode::requestInvalid, "playground", "no adapter is chosen", "choose a run's checkpoint");
        GenerateOptions options;
        options.maxNewTokens = question.maxNewTokens;
        options.sampling = question.sampling;
        options.seed = question.seed;
        options.useAdapter = turn.side == PlaygroundSide::tuned;
        options.cancel = &m_cancel;
        std::string text;
        if (question.templateName == "none") {
            for (const ChatMessage& message : turn.messages)
                text += message.content;
        } else {
            text = renderChat(*m_model.tokenizer, turn.messages, question.templateName);
            options.addSpecial = false;
        }
        publish(PlaygroundPrompt{turn.side, text});

        const Clock::time_point begin = Clock::now();
        std::optional<Clock::time_point> first;
        options.progress = [&](std::string_view phase, long long done, long long total) {
            if (!first && phase == "generating")
                first = Clock::now();
            publish(PlaygroundPhase{turn.side, std::string(phase), done, total});
            return !m_cancel.raised() || phase == "generating"; // there the flag keeps what was made
        };
        const auto [conversation, fresh] = m_conversations.try_emplace(turn.side, m_model);
        const Generated made = conversation->second.generate(text, options, [&](std::string_view more) {
            publish(PlaygroundText{turn.side, std::string(more)});
            return true;
        });
        const Clock::time_point end = Clock::now();
        PlaygroundAnswer answer{turn.side, made.finish, made.promptTokens, conversation->second.reusedTokens(),
            made.newTokens, secondsBetween(begin, first.value_or(end)), 0};
        if (const double seconds = secondsBetween(first.value_or(end), end); made.newTokens > 1 && seconds > 0)
            answer.tokensPerSecond = static_cast<double>(made.newTokens - 1) / seconds;
        publish(answer);
    }

    void publish(PlaygroundEvent event)
    {
        const std::lock_guard lock(m_mutex);
        // Of a phase only the newest state is of interest: a window that is slow to look does not pile them up.
        const auto* phase = std::get_if<PlaygroundPhase>(&event);
        if (auto* last = m_events.empty() ? nullptr : std::get_if<PlaygroundPhase>(&m_events.back());
            phase && last && last->phase == phase->phase && last->side == phase->side)
            m_events.back() = std::move(event);
        else
            m_events.push_back(std::move(event));
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<PlaygroundQuestion> m_question;
    std::vector<PlaygroundEvent> m_events;
    bool m_unload = false;
    bool m_ending = false;
    CancelFlag m_cancel;

    // Of the thread alone.
    std::optional<PlaygroundModel> m_loaded;
    std::optional<AdapterStamp> m_adapter; ///< the one that is on the model
    std::optional<Checkpoint> m_checkpoint;
    LoadedModel m_model;
    std::map<PlaygroundSide, Conversation> m_conversations;

    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace

std::unique_ptr<Playground> makePlayground() { return std::make_unique<ThreadedPlayground>(); }

} // namespace falconer
