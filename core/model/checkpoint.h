// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"
#include "core/model/spec.h"

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <memory>
#include <string>

namespace falconer {

/// The files of a model: its spec, and its tensors under their Transformers names whatever the container.
class Checkpoint {
public:
    /// A folder with config.json and safetensors, or a .gguf file. Reads headers only. Throws fileMissing,
    /// fileTruncated, fileMalformed, modelUnsupported.
    explicit Checkpoint(const std::filesystem::path& model);

    const std::filesystem::path& path() const { return m_path; }
    const ModelSpec& spec() const { return m_spec; }
    bool has(const std::string& name) const;
    /// A tensor as float32 on the CPU. Q and K rows of a GGUF llama are put back into Transformers' order. Throws
    /// modelIncomplete when it is missing or its shape is not `shape`, naming file and tensor.
    at::Tensor load(const std::string& name, at::IntArrayRef shape) const;
    /// How the tensor is stored; f32 when absent.
    StoredType storedType(const std::string& name) const;

private:
    std::string fileName(const std::string& name) const; ///< the tensor's name inside the file

    std::filesystem::path m_path;
    std::unique_ptr<TensorFile> m_tensors;
    bool m_gguf = false;
    ModelSpec m_spec;
};

} // namespace falconer
