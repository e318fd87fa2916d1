// SPDX-License-Identifier: Apache-2.0
#include "core/run/sentinel_statistics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace falconer {

namespace {

/// Root mean square of the smallest `share` of `values`, made consistent for a normal distribution by `factor`.
Scale trimmedScale(std::vector<double> values, double share, double factor)
{
    const std::size_t count = values.size();
    if (count == 0)
        return {};
    for (double& value : values)
        value = std::abs(value);
    std::sort(values.begin(), values.end());
    const auto kept = static_cast<std::size_t>(std::ceil(share * static_cast<double>(count)));
    double sum = 0;
    for (std::size_t i = 0; i < kept; ++i)
        sum += values[i] * values[i];
    const double rms = std::sqrt(sum / static_cast<double>(kept));
    return {kept < count ? factor * rms : rms, 0.5 * static_cast<double>(count)};
}

/// Divided differences over `Points` neighbours, scaled so that white noise of variance 1 gives variance 1.
template <std::size_t Points>
std::vector<double> differences(const std::vector<double>& x, const std::vector<double>& y)
{
    std::vector<double> result;
    for (std::size_t at = 0; at + Points <= y.size(); ++at) {
        double sum = 0;
        double squares = 0;
        const double unit = x[at + Points - 1] - x[at]; // keeps the products within range
        for (std::size_t j = 0; j < Points; ++j) {
            double coefficient = 1;
            for (std::size_t k = 0; k < Points; ++k)
                if (k != j)
                    coefficient *= unit / (x[at + j] - x[at + k]);
            sum += coefficient * y[at + j];
            squares += coefficient * coefficient;
        }
        result.push_back(sum / std::sqrt(squares));
    }
    return result;
}

struct Level {
    double sum = 0; ///< of weight times value
    double weight = 0;
    double error = 0; ///< of this level and all before it
    std::size_t begin = 0; ///< index of its first point, in the order of adding

    double mean() const { return sum / weight; }
};

/// Isotonic regression that takes one point after the other.
class Pool {
public:
    explicit Pool(bool falling)
        : m_sign(falling ? -1 : 1)
    {
    }

    void add(double value, double weight)
    {
        Level level{value * weight, weight, 0, m_count++};
        double squares = weight * value * value;
        while (!m_levels.empty() && m_sign * (m_levels.back().mean() - level.mean()) >= 0) {
            level.sum += m_levels.back().sum;
            level.weight += m_levels.back().weight;
            level.begin = m_levels.back().begin;
            squares += m_squares.back();
            m_levels.pop_back();
            m_squares.pop_back();
        }
        const double before = m_levels.empty() ? 0 : m_levels.back().error;
        level.error = before + std::max(0.0, squares - level.sum * level.sum / level.weight);
        m_levels.push_back(level);
        m_squares.push_back(squares);
    }

    double error() const { return m_levels.empty() ? 0 : m_levels.back().error; }
    const std::vector<Level>& levels() const { return m_levels; }

private:
    double m_sign;
    std::size_t m_count = 0;
    std::vector<Level> m_levels;
    std::vector<double> m_squares;
};

/// Logarithm of the sum of what these are the logarithms of.
template <typename Logarithms>
double logOfSum(const Logarithms& logarithms)
{
    const double largest = *std::max_element(logarithms.begin(), logarithms.end());
    double sum = 0;
    for (const double value : logarithms)
        sum += std::exp(value - largest);
    return largest + std::log(sum);
}

} // namespace

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

double trimmedMean(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const std::size_t cut = values.size() / 10;
    double sum = 0;
    for (std::size_t i = cut; i < values.size() - cut; ++i)
        sum += values[i];
    return sum / static_cast<double>(values.size() - 2 * cut);
}

Scale differenceNoise(const std::vector<double>& x, const std::vector<double>& y)
{
    // factor: 1 / sqrt(E[z² | the smallest share])
    constexpr double share = 0.5;
    constexpr double factor = 2.6477;
    const Scale second = trimmedScale(differences<3>(x, y), share, factor);
    const Scale third = trimmedScale(differences<4>(x, y), share, factor);
    // A bend makes the second ones large, and only noise makes both so. With few of them the lower one is luck.
    constexpr double kEnough = 2;
    return third.freedom >= kEnough && third.value < second.value ? third : second;
}

double NoiseBelief::typical() const
{
    double sum = 0;
    double total = 0;
    const double largest = logWeight.empty() ? 0 : *std::max_element(logWeight.begin(), logWeight.end());
    for (std::size_t i = 0; i < sd.size(); ++i) {
        const double weight = std::exp(logWeight[i] - largest);
        sum += weight * std::log(sd[i]);
        total += weight;
    }
    return total > 0 ? std::exp(sum / total) : 0;
}

NoiseBelief smoothNoise(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& weights,
    double least, double most, double slope)
{
    constexpr int kNoises = 24;
    constexpr int kBends = 11;
    NoiseBelief result;
    for (int i = 0; i < kNoises; ++i) {
        result.sd.push_back(least * std::pow(most / least, i / (kNoises - 1.0)));
        result.logWeight.push_back(-slope * std::log(result.sd.back()));
    }
    const std::size_t count = y.size();
    if (count < 3)
        return result;
    const double unit = (x.back() - x[0]) / static_cast<double>(count - 1);
    // Far above its lowest value a loss bends more: a decay does so in proportion.
    constexpr double kGentle = 0.02;
    const double lowest = *std::min_element(y.begin(), y.end());
    std::vector<double> scale(count);
    for (std::size_t i = 0; i < count; ++i)
        scale[i] = std::pow(1 + (std::max(y[i], y[i == 0 ? 0 : i - 1]) - lowest) / kGentle, 2);
    std::vector<std::array<double, kBends>> likelihoods(result.sd.size());
    for (int b = 0; b < kBends; ++b) {
        const double common = std::pow(10.0, 0.8 * b - 5); // variance of the bend, to that of the noise
        double level = y[0];
        double pace = 0;
        constexpr double kUnknown = 1e7;
        double p00 = kUnknown, p01 = 0, p11 = kUnknown;
        double squares = 0;
        double logs = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) {
                const double t = (x[i] - x[i - 1]) / unit;
                const double bend = common * scale[i];
                level += t * pace;
                p00 += 2 * t * p01 + t * t * p11 + bend * t * t * t / 3;
                p01 += t * p11 + bend * t * t / 2;
                p11 += bend * t;
            }
            const double variance = p00 + 1 / weights[i];
            const double off = y[i] - level;
            if (i >= 2) { // the first two only tell where the curve begins
                squares += off * off / variance;
                logs += std::log(variance);
            }
            const double gain0 = p00 / variance;
            const double gain1 = p01 / variance;
            level += gain0 * off;
            pace += gain1 * off;
            p11 -= gain1 * p01;
            p01 -= gain0 * p01;
            p00 /= variance * weights[i];
        }
        const double freedom = static_cast<double>(count - 2);
        for (std::size_t i = 0; i < result.sd.size(); ++i)
            likelihoods[i][static_cast<std::size_t>(b)]
                = -freedom * std::log(result.sd[i]) - 0.5 * (logs + squares / (result.sd[i] * result.sd[i]));
    }
    for (std::size_t i = 0; i < result.sd.size(); ++i)
        result.logWeight[i] += logOfSum(likelihoods[i]);
    return result;
}

double deviations(double rise, const NoiseBelief& noise)
{
    // Logarithms throughout: a tail may be far below what a double holds.
    std::vector<double> tail;
    for (const double sd : noise.sd) {
        const double z = rise / sd;
        // Beyond 20 deviations only the exponent matters.
        tail.push_back(z < 20 ? std::log(0.5 * std::erfc(z / std::sqrt(2.0))) : -0.5 * z * z - std::log(2.5 * z));
    }
    const double total = logOfSum(noise.logWeight);
    for (std::size_t i = 0; i < tail.size(); ++i)
        tail[i] += noise.logWeight[i];
    const double p = logOfSum(tail) - total; // logarithm of the probability
    // Inverse of the normal tail by Newton steps on its logarithm.
    if (p >= std::log(0.5))
        return 0;
    double z = std::sqrt(-2 * p);
    for (int i = 0; i < 30; ++i) {
        const double now = z < 20 ? std::log(0.5 * std::erfc(z / std::sqrt(2.0))) : -0.5 * z * z - std::log(2.5 * z);
        z += (now - p) / std::max(z, 0.8);
    }
    return std::max(0.0, z);
}

std::vector<double> withoutSpikes(const std::vector<double>& y, double sd, double reach)
{
    std::vector<double> result = y;
    const std::size_t count = y.size();
    for (std::size_t i = 0; count >= 4 && i < count; ++i) {
        std::vector<double> others;
        for (std::size_t j = i < 2 ? 0 : i - 2; j <= std::min(i + 2, count - 1); ++j)
            if (j != i)
                others.push_back(y[j]);
        std::sort(others.begin(), others.end());
        if (i + 1 == count) {
            const double pace = std::max(0.0, y[i - 1] - y[i - 2]);
            result[i] = std::min(y[i], others.back() + pace + sd);
        } else if (others.size() == 4 || i + 2 == count) {
            // One of the neighbours may be bad itself. Where the curve falls or rises, two are beyond and two below.
            const std::size_t beyond = others.size() == 4 ? 1 : 0;
            if (y[i] < others[beyond] - reach * sd || y[i] > others[others.size() - 1 - beyond] + reach * sd)
                result[i] = median(others);
        } else if (y[i] > others.back() + reach * sd) {
            result[i] = others.back();
        }
    }
    return result;
}

std::vector<double> withoutLifts(const std::vector<double>& y, const std::vector<int>& cycles)
{
    constexpr std::size_t kWindow = 2;
    std::vector<double> result = y;
    const auto mean = [&](std::size_t begin, std::size_t end) {
        double sum = 0;
        for (std::size_t i = begin; i < end; ++i)
            sum += result[i];
        return sum / static_cast<double>(end - begin);
    };
    for (std::size_t begin = 1; begin < y.size(); ++begin) {
        if (cycles[begin] == cycles[begin - 1])
            continue;
        std::size_t end = begin;
        while (end < y.size() && cycles[end] == cycles[begin])
            ++end;
        std::size_t old = begin - 1;
        while (old > 0 && begin - old < kWindow && cycles[old - 1] == cycles[begin - 1])
            --old;
        const std::size_t window = std::min(kWindow, end - begin);
        double low = mean(begin, begin + window);
        for (std::size_t i = begin + 1; i + window <= end; ++i)
            low = std::min(low, mean(i, i + window));
        const double lift = low - mean(old, begin);
        for (std::size_t i = begin; lift > 0 && i < y.size(); ++i)
            result[i] -= lift;
    }
    return result;
}

ValleyFit fitValley(const std::vector<double>& y, const std::vector<double>& weights)
{
    const std::size_t count = y.size();
    ValleyFit result;
    if (count == 0)
        return result;
    // rising[i]: error of the best rising curve over the points from i on.
    std::vector<double> rising(count + 1, 0);
    Pool right(true); // read backwards, a rise is a fall
    for (std::size_t i = count; i-- > 0;) {
        right.add(y[i], weights[i]);
        rising[i] = right.error();
    }
    Pool left(true);
    std::size_t split = count; // points that belong to the fall
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < count; ++i) {
        left.add(y[i], weights[i]);
        const double error = left.error() + rising[i + 1];
        if (error < least) {
            least = error;
            split = i + 1;
        }
    }

    Pool fall(true);
    for (std::size_t i = 0; i < split; ++i)
        fall.add(y[i], weights[i]);
    Pool rise(false);
    for (std::size_t i = split; i < count; ++i)
        rise.add(y[i], weights[i]);
    const auto append = [&](const std::vector<Level>& levels, std::size_t offset, std::size_t end) {
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const std::size_t stop = i + 1 < levels.size() ? offset + levels[i + 1].begin : end;
            result.fit.resize(stop, levels[i].mean());
        }
    };
    append(fall.levels(), 0, split);
    append(rise.levels(), split, count);
    const auto lowest = std::min_element(result.fit.begin(), result.fit.end());
    result.low = *lowest;
    result.lowEnd = static_cast<std::size_t>(lowest - result.fit.begin());
    while (result.lowEnd < count && result.fit[result.lowEnd] <= result.low)
        ++result.lowEnd;
    return result;
}

Rise clearestRise(const std::vector<double>& y, const std::vector<double>& weights)
{
    constexpr std::size_t kLeast = 2; // one bad value is no level
    const std::size_t count = y.size();
    std::vector<double> sums(count + 1, 0);
    std::vector<double> totals(count + 1, 0);
    for (std::size_t i = 0; i < count; ++i) {
        sums[i + 1] = sums[i] + weights[i] * y[i];
        totals[i + 1] = totals[i] + weights[i];
    }
    // Lengths grow by about a third: those between would find little more and cost power, as every look does.
    const auto longer = [](std::size_t length) { return length + std::max<std::size_t>(1, length / 3); };
    Rise best;
    for (std::size_t late = kLeast; late + kLeast <= count; late = longer(late)) {
        const std::size_t begin = count - late;
        const double lateWeight = totals[count] - totals[begin];
        const double lateMean = (sums[count] - sums[begin]) / lateWeight;
        for (std::size_t early = kLeast; early <= begin; early = longer(early)) {
            for (std::size_t i = 0; i + early <= begin; ++i) {
                const double weight = totals[i + early] - totals[i];
                const double mean = (sums[i + early] - sums[i]) / weight;
                const double errors = (lateMean - mean) / std::sqrt(1 / lateWeight + 1 / weight);
                if (errors > best.errors)
                    best = {errors, lateMean - mean, mean, i, i + early, begin};
            }
        }
    }
    return best;
}

} // namespace falconer
