// SPDX-License-Identifier: Apache-2.0
#include "kernels/isa.h"
#include "kernels/backend.h"
#include "kernels/cpu/scalar/ops.h"
#ifdef FALCONER_KERNELS_X86
#include "kernels/cpu/avx2/ops.h"
#include "kernels/cpu/avx512/ops.h"
#endif

#include <array>
#include <atomic>
#include <cstdlib>
#include <string>

namespace falconer::kernels {
namespace {

struct Named {
    Isa isa;
    std::string_view name;
};
constexpr std::array<Named, 4> kIsas
    = {{{Isa::scalar, "scalar"}, {Isa::avx2, "avx2"}, {Isa::avx512, "avx512"}, {Isa::avx512bf16, "avx512bf16"}}};

constexpr Backend kScalar
    = {Isa::scalar, scalar::quantize4, scalar::quantizeScales, scalar::dequantize4, scalar::dequantize4ToBf16,
        scalar::quantizeRows8, scalar::dequantizeRows8, scalar::dequantizeRows8ToBf16, scalar::adam8};
#ifdef FALCONER_KERNELS_X86
constexpr Backend kAvx2 = {Isa::avx2, avx2::quantize4, scalar::quantizeScales, avx2::dequantize4,
    avx2::dequantize4ToBf16, avx2::quantizeRows8, avx2::dequantizeRows8, avx2::dequantizeRows8ToBf16, avx2::adam8};
constexpr Backend kAvx512 = {Isa::avx512, avx2::quantize4, scalar::quantizeScales, avx512::dequantize4,
    avx512::dequantize4ToBf16, avx2::quantizeRows8, avx2::dequantizeRows8, avx2::dequantizeRows8ToBf16, avx2::adam8};
constexpr Backend kAvx512Bf16 = {Isa::avx512bf16, avx2::quantize4, scalar::quantizeScales, avx512::dequantize4,
    avx512::dequantize4ToBf16, avx2::quantizeRows8, avx2::dequantizeRows8, avx2::dequantizeRows8ToBf16, avx2::adam8};
#endif

Isa bestIsa()
{
    Isa best = Isa::scalar;
    for (const Named& entry : kIsas)
        if (supported(entry.isa))
            best = entry.isa;
    return best;
}

struct Choice {
    Isa isa = Isa::scalar;
    std::string fault;
};

Choice choose()
{
    Choice choice;
    choice.isa = bestIsa();
    const char* wanted = std::getenv("FALCONER_ISA");
    if (wanted == nullptr || *wanted == '\0')
        return choice;
    const std::optional<Isa> named = isaNamed(wanted);
    if (named && supported(*named)) {
        choice.isa = *named;
        return choice;
    }
    choice.fault = "FALCONER_ISA names \"" + std::string(wanted) + "\", which ";
    if (named) {
        choice.fault += "this processor or operating system cannot run";
    } else {
        choice.fault += "is not one of";
        for (const Named& entry : kIsas)
            choice.fault += (entry.isa == Isa::scalar ? " " : ", ") + std::string(entry.name);
    }
    choice.fault += "; " + std::string(name(choice.isa)) + " is used instead.";
    return choice;
}

const Choice& choice()
{
    static const Choice chosen = choose();
    return chosen;
}

std::atomic<const Backend*> forced = nullptr;

} // namespace

std::string_view name(Isa isa)
{
    for (const Named& entry : kIsas)
        if (entry.isa == isa)
            return entry.name;
    return {};
}

std::optional<Isa> isaNamed(std::string_view name)
{
    for (const Named& entry : kIsas)
        if (entry.name == name)
            return entry.isa;
    return std::nullopt;
}

bool supported(Isa isa)
{
    if (isa == Isa::scalar)
        return true;
#ifdef FALCONER_KERNELS_X86
    // these also ask whether the operating system saves the registers
    const bool hasAvx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    const bool hasAvx512 = hasAvx2 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0
        && __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512dq") != 0;
    switch (isa) {
    case Isa::scalar: return true;
    case Isa::avx2: return hasAvx2;
    case Isa::avx512: return hasAvx512;
    case Isa::avx512bf16: return hasAvx512 && __builtin_cpu_supports("avx512bf16") != 0;
    }
#endif
    return false;
}

const Backend& backend(Isa isa)
{
#ifdef FALCONER_KERNELS_X86
    switch (isa) {
    case Isa::scalar: break;
    case Isa::avx2: return kAvx2;
    case Isa::avx512: return kAvx512;
    case Isa::avx512bf16: return kAvx512Bf16;
    }
#else
    static_cast<void>(isa);
#endif
    return kScalar;
}

const Backend& activeBackend()
{
    const Backend* table = forced.load(std::memory_order_acquire);
    return table != nullptr ? *table : backend(choice().isa);
}

Isa activeIsa() { return activeBackend().isa; }

std::string_view isaFault() { return choice().fault; }

bool forceIsa(Isa isa)
{
    if (!supported(isa))
        return false;
    forced.store(&backend(isa), std::memory_order_release);
    return true;
}

} // namespace falconer::kernels
