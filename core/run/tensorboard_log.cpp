// SPDX-License-Identifier: Apache-2.0
#include "core/config/recipe_io.h"
#include "core/run/append_file.h"
#include "core/run/recipe_values.h"
#include "core/run/run_log_sink.h"
#include "core/run/tensorboard_records.h"

#include "core/run/tensorboard.pb.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <system_error>

#include <unistd.h>

namespace fs = std::filesystem;

namespace falconer {

namespace {

namespace pb = tensorboard;

constexpr std::string_view kPrefix = "events.out.tfevents.";
constexpr const char* kHParams = "hparams"; ///< the plugin's name; its data have version 0
constexpr const char* kSessionStart = "_hparams_/session_start_info";
constexpr const char* kSessionEnd = "_hparams_/session_end_info";

double now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

/// events.out.tfevents.SECONDS.HOST.PID.0, later than every such file in `folder`: TensorBoard reads them in the order
/// of their names.
fs::path eventFile(const fs::path& folder)
{
    std::int64_t seconds = std::time(nullptr);
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::int64_t other = 0;
        if (name.starts_with(kPrefix)
            && std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), other).ec == std::errc())
            seconds = std::max(seconds, other + 1);
    }
    return folder
        / (std::string(kPrefix) + std::to_string(seconds) + "." + hostName() + "." + std::to_string(::getpid()) + ".0");
}

void addScalar(pb::Summary& summary, const char* tag, double value)
{
    pb::Summary::Value& item = *summary.add_value();
    item.set_tag(tag);
    item.set_simple_value(static_cast<float>(value));
}

void addText(pb::Summary& summary, const std::string& name, const std::string& markdown)
{
    pb::Summary::Value& item = *summary.add_value();
    item.set_tag(name + "/text_summary");
    item.mutable_metadata()->mutable_plugin_data()->set_plugin_name("text");
    pb::Tensor& tensor = *item.mutable_tensor();
    tensor.set_dtype(pb::Tensor::DT_STRING);
    tensor.mutable_tensor_shape()->add_dim()->set_size(1);
    tensor.add_string_val(markdown);
}

void addHParams(pb::Summary& summary, const char* tag, const pb::HParamsPluginData& data)
{
    pb::Summary::Value& item = *summary.add_value();
    item.set_tag(tag);
    item.mutable_metadata()->mutable_plugin_data()->set_plugin_name(kHParams);
    item.mutable_metadata()->mutable_plugin_data()->set_content(data.SerializeAsString());
    // The plugin wants a tensor, an empty one.
    item.mutable_tensor()->set_dtype(pb::Tensor::DT_FLOAT);
    item.mutable_tensor()->mutable_tensor_shape()->add_dim()->set_size(0);
}

pb::Setting setting(const RecipeValue& value)
{
    pb::Setting made;
    if (value.value.is_boolean())
        made.set_bool_value(value.value.get<bool>());
    else if (value.value.is_number())
        made.set_number_value(value.value.get<double>());
    else
        made.set_string_value(value.value.is_string() ? value.value.get<std::string>() : value.yaml);
    return made;
}

/// `text` inside a fence that it cannot close itself.
std::string fenced(const std::string& text, const char* language = "")
{
    std::string fence = "```";
    while (text.find(fence) != std::string::npos)
        fence += '`';
    return fence + language + "\n" + text + (text.ends_with('\n') ? "" : "\n") + fence + "\n";
}

class TensorBoardLog : public RunLogSink {
public:
    explicit TensorBoardLog(const RunLogInput& input)
        : m_file(eventFile(input.folder()))
    {
        pb::Event first;
        first.set_file_version("brain.Event:2");
        first.mutable_source_metadata()->set_writer("falconer");
        // Steps from here on that an earlier file has are void: what SummaryWriter does with purge_step.
        const std::int64_t from = input.keeps(0) ? *input.resumedFrom + 1 : 0;
        write(first, from);
        if (input.resumedFrom) {
            pb::Event restart;
            restart.mutable_session_log()->set_status(pb::SessionLog::START);
            write(restart, from);
        }
        if (!input.keeps(0))
            writeSettings(input);
    }

    void step(const StepMetrics& metrics) override
    {
        pb::Event event;
        pb::Summary& summary = *event.mutable_summary();
        addScalar(summary, "train/loss", metrics.loss);
        addScalar(summary, "train/grad_norm", metrics.gradNorm);
        addScalar(summary, "train/learning_rate", metrics.learningRate);
        addScalar(summary, "train/epoch", metrics.epoch);
        addScalar(summary, "train/num_tokens", static_cast<double>(metrics.tokens));
        addScalar(summary, "train/tokens_per_second", metrics.tokensPerSecond);
        write(event, metrics.step);
    }

    void eval(const EvalMetrics& metrics) override
    {
        pb::Event event;
        addScalar(*event.mutable_summary(), "eval/loss", metrics.loss);
        addScalar(*event.mutable_summary(), "eval/perplexity", metrics.perplexity);
        write(event, metrics.step);
    }

    void sample(std::int64_t step, std::size_t index, const std::string& prompt, const std::string& answer) override
    {
        pb::Event event;
        addText(*event.mutable_summary(), "sample_" + std::to_string(index + 1),
            "**Prompt**\n\n" + fenced(prompt) + "\n**Answer**\n\n" + fenced(answer));
        write(event, step);
    }

    void finish(const RunOutcome& outcome) override
    {
        if (outcome.state == "stopped")
            return; // it may go on: TensorBoard calls that running
        pb::HParamsPluginData data;
        data.mutable_session_end_info()->set_status(
            outcome.state == "finished" ? pb::SessionEndInfo::STATUS_SUCCESS : pb::SessionEndInfo::STATUS_FAILURE);
        data.mutable_session_end_info()->set_end_time_secs(now());
        pb::Event event;
        addHParams(*event.mutable_summary(), kSessionEnd, data);
        write(event, outcome.last ? outcome.last->step : 0);
    }

private:
    void writeSettings(const RunLogInput& input)
    {
        pb::HParamsPluginData data;
        pb::SessionStartInfo& info = *data.mutable_session_start_info();
        info.set_start_time_secs(now());
        for (const RecipeValue& value : recipeValues(input.recipe))
            (*info.mutable_hparams())[value.key] = setting(value);
        pb::Event event;
        addHParams(*event.mutable_summary(), kSessionStart, data);
        addText(*event.mutable_summary(), "recipe", fenced(writeRecipe(input.recipe), "yaml"));
        write(event, 0);
    }

    void write(pb::Event& event, std::int64_t step)
    {
        event.set_wall_time(now());
        event.set_step(step);
        m_file.append(tensorBoardRecord(event.SerializeAsString()));
    }

    AppendFile m_file;
};

} // namespace

std::unique_ptr<RunLogSink> makeTensorBoardLog(const RunLogInput& input)
{
    return std::make_unique<TensorBoardLog>(input);
}

} // namespace falconer
