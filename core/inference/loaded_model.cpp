// SPDX-License-Identifier: Apache-2.0
#include "core/inference/loaded_model.h"

#include "core/base/log.h"
#include "core/model/adapter_folder.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/ops/device.h"

namespace falconer {

LoadedModel loadModel(const std::filesystem::path& model, const QuantizationSettings& quantization,
    const std::string& device, const std::optional<std::filesystem::path>& adapter, const Progress& progress)
{
    LoadedModel loaded;
    const LoadOptions options = loadOptions(quantization, chooseDevice(device));
    const Checkpoint checkpoint(model);
    std::shared_ptr<LoraAdapter> lora;
    if (adapter) // before the weights: a wrong adapter is known at once
        lora = std::make_shared<LoraAdapter>(readAdapterFolder(*adapter, checkpoint.spec()));
    loaded.tokenizer = loadTokenizerFor(model);
    loaded.decoder = Decoder::load(checkpoint, options, progress);
    if (lora) {
        const std::filesystem::path base = lora->config.baseModel;
        if (!base.empty() && base.filename() != model.filename())
            log(LogLevel::warning,
                "The adapter " + adapter->string() + " was made for " + base.string() + ", not for " + model.string()
                    + "; its tensors fit.");
        loaded.decoder->setAdapter(std::move(lora), &checkpoint);
    }
    return loaded;
}

} // namespace falconer
