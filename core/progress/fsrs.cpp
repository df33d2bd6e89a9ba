#include "progress/fsrs.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace mlpath::progress {

namespace {

// Published with version 6.
constexpr std::array<double, 21> w{0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
                                   0.001,  1.8722, 0.1666, 0.796,  1.4835, 0.0614, 0.2629,
                                   1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};
constexpr double retention = 0.9;
constexpr double least_stability = 0.001;
constexpr double longest_interval = 36500;

double decay() { return -w[20]; }
double factor() { return std::pow(retention, 1 / decay()) - 1; }
double grade(Recall recall) { return static_cast<double>(recall); }

double first_difficulty(Recall recall) { return w[4] - std::exp(w[5] * (grade(recall) - 1)) + 1; }
double in_range(double difficulty) { return std::clamp(difficulty, 1.0, 10.0); }

// Damped towards 10, and drawn back a little to that of an easy question.
double next_difficulty(double difficulty, Recall recall) {
    const double change = -w[6] * (grade(recall) - 3);
    const double damped = difficulty + (10 - difficulty) * change / 9;
    return in_range(w[7] * first_difficulty(Recall::easy) + (1 - w[7]) * damped);
}

double stability_same_day(double stability, Recall recall) {
    const double growth = std::exp(w[17] * (grade(recall) - 3 + w[18])) * std::pow(stability, -w[19]);
    return stability * (recall == Recall::again ? growth : std::max(growth, 1.0));
}

double stability_recalled(const Memory& memory, double chance, Recall recall) {
    const double penalty = recall == Recall::hard ? w[15] : 1;
    const double bonus = recall == Recall::easy ? w[16] : 1;
    return memory.stability * (1 + std::exp(w[8]) * (11 - memory.difficulty) * std::pow(memory.stability, -w[9]) *
                                       (std::exp((1 - chance) * w[10]) - 1) * penalty * bonus);
}

double stability_forgotten(const Memory& memory, double chance) {
    const double over_days = w[11] * std::pow(memory.difficulty, -w[12]) * (std::pow(memory.stability + 1, w[13]) - 1) *
                             std::exp((1 - chance) * w[14]);
    return std::min(over_days, memory.stability / std::exp(w[17] * w[18]));
}

// The day of the last answer, as far as it can be believed on `today`. A clock that fell behind dates an answer before
// those that came first: then the latest day of them all is nearer to the truth, where that has come.
Day believed(const Memory& memory, Day today) { return memory.latest <= today ? memory.latest : memory.day; }

double days_since(const Memory& memory, Day today) {
    return static_cast<double>(std::max((today - believed(memory, today)).count(), 0L));
}

}  // namespace

double retrievability(const Memory& memory, Day today) {
    return memory.stability <= 0 ? 0 : std::pow(1 + factor() * days_since(memory, today) / memory.stability, decay());
}

Memory after_answer(const Memory& memory, Recall recall, Answered answered) {
    const auto day = answered.day;
    Memory next = memory;
    next.asked = answered.order;
    next.day = day;
    next.latest = memory.answers == 0 ? day : std::max(day, memory.latest);
    ++next.answers;
    if (memory.stability <= 0) {
        next.stability = w[static_cast<std::size_t>(recall) - 1];
        next.difficulty = in_range(first_difficulty(recall));
        return next;
    }
    const double chance = retrievability(memory, day);
    const double stability = days_since(memory, day) < 1 ? stability_same_day(memory.stability, recall)
                             : recall == Recall::again   ? stability_forgotten(memory, chance)
                                                         : stability_recalled(memory, chance, recall);
    next.stability = std::max(stability, least_stability);
    next.difficulty = next_difficulty(memory.difficulty, recall);
    next.lapses += recall == Recall::again ? 1 : 0;
    return next;
}

int interval_days(const Memory& memory) {
    // At the retention of 0.9 this is the stability itself; spelled out as published.
    const double days = memory.stability / factor() * (std::pow(retention, 1 / decay()) - 1);
    return static_cast<int>(std::clamp(std::nearbyint(days), 1.0, longest_interval));
}

Day due_day(const Memory& memory, Day today) {
    // A day ahead may be that of a traveler, or of another machine.
    const auto asked = believed(memory, today + std::chrono::days(1));
    return asked > today + std::chrono::days(1) ? today : asked + std::chrono::days(interval_days(memory));
}

}  // namespace mlpath::progress
