// SPDX-License-Identifier: Apache-2.0
// A tool to be used by hand; CTest does not run it. It checks the tokenizers against files that cannot lie in the
// repository. Build it and run it with the folder that holds llama.cpp's vocabularies and their test vectors
// (models/ggml-vocab-NAME.gguf, .gguf.inp and .gguf.out of that project):
//
//     cmake --build build/release --target text_vectors
//     build/release/tests/text_vectors FOLDER
//
// It takes every .gguf of the folder that has both, prints how many vectors agree, and fails when one does not.
//
//     build/release/tests/text_vectors --encode MODEL
//
// reads one JSON string a line and prints {"ids":[…],"special":[…],"text":"…"} for each: what
// tests/oracle/text_compare.py uses.
#include "core/base/files.h"
#include "core/text/tokenizer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::vector<std::string> readInputs(const fs::path& file)
{
    const std::string all = falconer::readFile(file);
    const std::string border = "\n__ggml_vocab_test__\n";
    std::vector<std::string> inputs;
    std::size_t done = 0;
    for (std::size_t at = all.find(border); at != std::string::npos; at = all.find(border, done)) {
        inputs.push_back(all.substr(done, at - done));
        done = at + border.size();
    }
    return inputs;
}

std::vector<std::vector<std::int32_t>> readOutputs(const fs::path& file)
{
    std::istringstream lines(falconer::readFile(file));
    std::vector<std::vector<std::int32_t>> outputs;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream numbers(line);
        auto& ids = outputs.emplace_back();
        for (std::int32_t id = 0; numbers >> id;)
            ids.push_back(id);
    }
    return outputs;
}

bool checkVectors(const fs::path& model)
{
    const auto inputs = readInputs(model.string() + ".inp");
    const auto outputs = readOutputs(model.string() + ".out");
    const auto tokenizer = falconer::loadTokenizerFor(model);
    const std::size_t count = std::min(inputs.size(), outputs.size());
    std::size_t good = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto ids = tokenizer->encode(inputs[i], false);
        good += ids == outputs[i];
        if (ids != outputs[i])
            std::cout << "  vector " << i << " differs: " << nlohmann::json(inputs[i]) << '\n'
                      << "    expected " << nlohmann::json(outputs[i]) << "\n    found    " << nlohmann::json(ids)
                      << '\n';
    }
    std::cout << model.filename().string() << ": " << good << " of " << count << " vectors agree\n";
    return good == count && count > 0 && inputs.size() == outputs.size();
}

int checkFolder(const fs::path& folder)
{
    std::set<fs::path> models;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".gguf" && fs::exists(entry.path().string() + ".inp")
            && fs::exists(entry.path().string() + ".out"))
            models.insert(entry.path());
    bool allGood = !models.empty();
    for (const fs::path& model : models)
        allGood = checkVectors(model) && allGood;
    return allGood ? 0 : 1;
}

int encodeLines(const fs::path& model)
{
    const auto tokenizer = falconer::loadTokenizerFor(model);
    for (std::string line; std::getline(std::cin, line);) {
        const auto text = nlohmann::json::parse(line).get<std::string>();
        const auto ids = tokenizer->encode(text, false);
        const nlohmann::json answer = {{"ids", ids}, {"special", tokenizer->encode(text, true)},
            {"text", tokenizer->decode(ids)}, {"plain", tokenizer->decode(ids, true)}};
        std::cout << answer.dump() << '\n';
    }
    return 0;
}

} // namespace

int main(int count, char** arguments)
{
    try {
        if (count == 3 && std::string(arguments[1]) == "--encode")
            return encodeLines(arguments[2]);
        if (count == 2)
            return checkFolder(arguments[1]);
        std::cerr << "usage: text_vectors FOLDER | text_vectors --encode MODEL\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
