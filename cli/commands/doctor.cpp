#include "app/setup/doctor.hpp"

#include <algorithm>
#include <memory>

#include "commands/all.hpp"
#include "host.hpp"

namespace mlpath::cli {

namespace {

std::string_view word_for(app::Health health) {
    switch (health) {
        case app::Health::good: return "good";
        case app::Health::poor: return "poor";
        case app::Health::bad: return "bad";
    }
    return "bad";
}

Tone tone_of(app::Health health) {
    switch (health) {
        case app::Health::good: return Tone::good;
        case app::Health::poor: return Tone::doubtful;
        case app::Health::bad: return Tone::bad;
    }
    return Tone::bad;
}

}  // namespace

Action make_doctor(Options& options) {
    auto deep = std::make_shared<bool>(false);
    options.flag("--deep", "hash every cached file again", *deep);
    return [deep](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context(Host::Guests::that_open));
        app::DoctorRequest request{.troubles = host.guest_troubles()};
        request.log_place = host.log_place();
        request.depth = *deep ? data::Depth::deep : data::Depth::quick;
        MLPATH_TRY(const auto symptoms, app::doctor(context, host.processes(), request, host.stop()));
        const bool bad = std::any_of(symptoms.begin(), symptoms.end(),
                                     [](const app::Symptom& symptom) { return symptom.health == app::Health::bad; });
        const auto exit = bad ? Exit::untold : Exit::done;
        if (host.json()) {
            auto list = Json::array();
            for (const auto& symptom : symptoms) {
                list.push_back(Json{{"area", symptom.area},
                                    {"health", word_for(symptom.health)},
                                    {"message", symptom.message},
                                    {"remedy", symptom.remedy}});
            }
            host.print(Json{{"ok", !bad}, {"symptoms", std::move(list)}});
            return exit;
        }
        Page page(host.out_terminal());
        for (const auto& symptom : symptoms) {
            page.labelled(word_for(symptom.health), tone_of(symptom.health), symptom.area + ": " + symptom.message, 0,
                          4);
            if (!symptom.remedy.empty()) {
                page.labelled("try", Tone::accent, symptom.remedy, 5);
            }
        }
        host.print(page);
        return exit;
    };
}

}  // namespace mlpath::cli
