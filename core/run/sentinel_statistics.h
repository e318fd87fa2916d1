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
/// order, so that a slope and a bend do not count), leaving out the largest of them, so that kinks do not count either;
/// half of them when `spiky`. `first`: where to begin.
Scale differenceNoise(const std::vector<double>& x, const std::vector<double>& y, std::size_t first, bool spiky);

/// How many standard normal deviations a rise of `rise` standard errors of 1 amounts to (one-sided), when the standard
/// error itself is only known as `measured`, in the same unit, and to lie between `least` and `most`: averaged over
/// what it may be, every order of magnitude being as likely as the next beforehand.
double deviations(double rise, const Scale& measured, double least, double most, double slope);

/// `y` with single bad values replaced: those that lie more than `reach` noise deviations beyond all their neighbours.
/// Whether the newest one is bad only the next can tell: it is cut where the two before it lead, and one deviation
/// more.
std::vector<double> withoutSpikes(const std::vector<double>& y, double sd, double reach);

/// The best curve that falls and then rises, by weighted least squares, beside the best one that never rises (isotonic
/// regression by pooling adjacent violators; Barlow, Bartholomew, Bremner, Brunk: Statistical inference under order
/// restrictions, 1972).
struct ValleyFit {
    double gain = 0; ///< how much smaller the weighted square error of the first is than that of the second
    std::vector<double> fit; ///< the first one's values
    std::size_t parameters = 0; ///< its number of distinct levels
    std::size_t lowBegin = 0; ///< the points of its lowest level: [lowBegin, lowEnd)
    std::size_t lowEnd = 0;
    double low = 0; ///< that level
};
ValleyFit fitValley(const std::vector<double>& y, const std::vector<double>& weights);

} // namespace falconer
