// SPDX-License-Identifier: Apache-2.0
// Bytes read and written per second by each supported back end, on one thread, at the shape of Falcon-7B's fused
// projection (4672 x 4544), and each back end's speed against the scalar one.
#include "kernels/isa.h"
#include "kernels/quantization.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

using namespace falconer::kernels;

namespace {

constexpr std::int64_t kRows = 4672;
constexpr std::int64_t kColumns = 4544;
constexpr std::int64_t kElements = kRows * kColumns;
constexpr std::int64_t kBlockSize = 64;
constexpr std::int64_t kBlocks = kElements / kBlockSize;
constexpr Isa kAll[] = {Isa::scalar, Isa::avx2, Isa::avx512, Isa::avx512bf16};

/// One weight, quantized every way.
struct Weight {
    std::vector<float> values = std::vector<float>(kElements);
    std::vector<std::uint8_t> codes = std::vector<std::uint8_t>(kElements / 2);
    std::vector<float> absmax = std::vector<float>(kBlocks);
    std::vector<std::uint8_t> scaleCodes = std::vector<std::uint8_t>(kBlocks);
    std::vector<float> absmax2 = std::vector<float>((kBlocks + kScaleGroup - 1) / kScaleGroup);
    float offset = 0;
    std::vector<std::int8_t> codes8 = std::vector<std::int8_t>(kElements);
    std::vector<float> scales8 = std::vector<float>(kRows);
    std::vector<float> out = std::vector<float>(kElements);
    std::vector<std::uint16_t> out16 = std::vector<std::uint16_t>(kElements);

    Weight()
    {
        std::uint32_t state = 1;
        for (float& value : values) {
            state = state * 1664525U + 1013904223U;
            value = (static_cast<float>(state >> 8U) - 8388608.0F) * 0x1p-28F;
        }
        quantize4(Code4::nf4, values.data(), kElements, kBlockSize, codes.data(), absmax.data());
        quantizeScales(absmax.data(), kBlocks, scaleCodes.data(), absmax2.data(), &offset);
        quantizeRows8(values.data(), kRows, kColumns, codes8.data(), scales8.data());
    }

    BlockScales nested() const { return {nullptr, scaleCodes.data(), absmax2.data(), dynamicMap(), offset}; }
};

Weight& weight()
{
    static Weight made;
    return made;
}

template <typename Call>
void measure(benchmark::State& state, Isa isa, std::int64_t bytes, Call call)
{
    Weight& w = weight();
    forceIsa(isa);
    for (auto step : state) {
        if (call(w) != Status::ok)
            state.SkipWithError("bad argument");
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bytes);
}

template <typename Call>
void add(const char* operation, std::int64_t bytes, Call call)
{
    for (const Isa isa : kAll)
        if (supported(isa))
            benchmark::RegisterBenchmark((std::string(operation) + "/" + std::string(name(isa))).c_str(),
                [=](benchmark::State& state) { measure(state, isa, bytes, call); })
                ->Unit(benchmark::kMillisecond);
}

/// The usual table, then each back end against the scalar one.
class RatioReporter : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            const std::string& full = run.run_name.function_name;
            const std::size_t slash = full.find('/');
            const double seconds = run.cpu_accumulated_time / static_cast<double>(run.iterations);
            const std::string operation = full.substr(0, slash);
            if (full.substr(slash + 1) == "scalar")
                m_scalar[operation] = seconds;
            else if (m_scalar.count(operation) != 0)
                std::printf("    %.1f times the scalar speed\n", m_scalar[operation] / seconds);
        }
    }

private:
    std::map<std::string, double> m_scalar;
};

} // namespace

int main(int argc, char** argv)
{
    constexpr std::int64_t packed = kElements / 2 + kBlocks;
    add("dequantize4", packed + kElements * 4, [](Weight& w) {
        return dequantize4(Code4::nf4, w.codes.data(), w.nested(), kBlockSize, 0, kElements, w.out.data());
    });
    add("dequantize4ToBf16", packed + kElements * 2, [](Weight& w) {
        return dequantize4ToBf16(Code4::nf4, w.codes.data(), w.nested(), kBlockSize, 0, kElements, w.out16.data());
    });
    // one row at a time into the same row, as a fused product would use it
    add("dequantize4ToBf16InCache", packed + kElements * 2, [](Weight& w) {
        Status status = Status::ok;
        for (std::int64_t row = 0; row < kRows && status == Status::ok; ++row)
            status = dequantize4ToBf16(
                Code4::nf4, w.codes.data(), w.nested(), kBlockSize, row * kColumns, kColumns, w.out16.data());
        return status;
    });
    add("quantize4", kElements * 4 + kElements / 2, [](Weight& w) {
        return quantize4(Code4::nf4, w.values.data(), kElements, kBlockSize, w.codes.data(), w.absmax.data());
    });
    add("quantizeScales", kBlocks * 5, [](Weight& w) {
        return quantizeScales(w.absmax.data(), kBlocks, w.scaleCodes.data(), w.absmax2.data(), &w.offset);
    });
    add("quantizeRows8", kElements * 5,
        [](Weight& w) { return quantizeRows8(w.values.data(), kRows, kColumns, w.codes8.data(), w.scales8.data()); });
    add("dequantizeRows8ToBf16", kElements * 3, [](Weight& w) {
        return dequantizeRows8ToBf16(w.codes8.data(), w.scales8.data(), kRows, kColumns, w.out16.data());
    });
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    return 0;
}
