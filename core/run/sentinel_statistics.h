// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace falconer {

/// Linear-time statistics of a short noisy curve, for the overfitting sentinel. Nothing here throws; every value must
/// be finite.

double median(std::vector<double> values);

/// Mean without the highest and the lowest tenth; 0 of nothing.
double trimmedMean(std::vector<double> values);

struct Scale {
    double value = 0; ///< standard deviation
    double freedom = 0; ///< degrees of freedom, roughly: how far it can be trusted
};

/// The noise of `y` over ascending `x`, from the differences of its neighbours (divided differences of second and third
/// order, so that a slope and a bend do not count), leaving out the larger half, so that kinks and spikes do not
/// either.
Scale differenceNoise(const std::vector<double>& x, const std::vector<double>& y);

/// What the noise of a curve may be: standard deviations and how likely each is.
struct NoiseBelief {
    std::vector<double> sd; ///< ascending
    std::vector<double> logWeight; ///< natural logarithms, to a common constant

    double typical() const; ///< geometric mean
};

/// The noise of `y` over ascending `x` around a smooth curve of unknown bend: white noise on an integrated Wiener
/// process (whose best estimate is the cubic smoothing spline; Wahba: Spline models for observational data, 1990), its
/// likelihood by a Kalman filter (Kohn, Ansley 1987), averaged over how bent the curve is.
/// Beforehand every order of magnitude between `least` and `most` is taken for as likely as the next, `slope` = 0,
/// or smaller ones for likelier.
NoiseBelief smoothNoise(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& weights,
    double least, double most, double slope);

/// How many standard normal deviations a rise of `rise` standard errors of 1 amounts to (one-sided), when that standard
/// error is only known by belief: averaged over it.
double deviations(double rise, const NoiseBelief& noise);

/// `y` with single bad values replaced: those that lie more than `reach` noise deviations beyond all their neighbours.
/// Whether the newest one is bad only the next can tell: it is cut where the two before it lead, and one deviation
/// more.
std::vector<double> withoutSpikes(const std::vector<double>& y, double sd, double reach);

/// `y` with what each new cycle of the learning rate lifted it by taken off: what even the lowest two points of the
/// cycle are above the last two before it. Nothing gets higher, so a rise that is left is one within the cycles.
/// `cycles` numbers them, point by point.
std::vector<double> withoutLifts(const std::vector<double>& y, const std::vector<int>& cycles);

/// The best curve that falls and then rises, by weighted least squares (isotonic regression by pooling adjacent
/// violators; Barlow, Bartholomew, Bremner, Brunk: Statistical inference under order restrictions, 1972).
struct ValleyFit {
    std::vector<double> fit; ///< its values
    std::size_t lowEnd = 0; ///< the end of its lowest level: one past the last point
    double low = 0; ///< that level
};
ValleyFit fitValley(const std::vector<double>& y, const std::vector<double>& weights);

/// The clearest rise to the newest points: of all pairs of an earlier window and one that ends with the newest point,
/// the one whose means differ most in standard errors. Where the true curve never rises no pair has a higher mean
/// later, so none is favoured by the noise but by their number.
struct Rise {
    double errors = 0; ///< difference over its standard error, for points of weight 1 with a noise of 1
    double size = 0; ///< the difference
    double low = 0; ///< mean of the earlier window
    std::size_t lowBegin = 0; ///< its points: [lowBegin, lowEnd)
    std::size_t lowEnd = 0;
    std::size_t newBegin = 0; ///< the later one: from here to the end
};
/// Nothing (0 errors) with fewer than four.
Rise clearestRise(const std::vector<double>& y, const std::vector<double>& weights);

} // namespace falconer
