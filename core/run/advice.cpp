#include "run/advice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <span>

#include "base/text.hpp"

namespace mlpath::run {

namespace {

// Megabytes that pip downloads for Linux on x86-64, rounded, and what comes along. Wrong by a third in a year is still
// what a person on a slow line has to know; what is not listed is not guessed.
struct Download {
    std::string_view pypi;
    double megabytes;
    std::array<std::string_view, 4> brings;
};
constexpr std::array downloads{
    Download{"numpy", 17, {}},
    Download{"scipy", 36, {"numpy"}},
    Download{"pandas", 13, {"numpy"}},
    Download{"scikit-learn", 11, {"scipy", "numpy", "joblib"}},
    Download{"joblib", 1, {}},
    Download{"matplotlib", 9, {"numpy", "pillow", "fonttools"}},
    Download{"seaborn", 1, {"matplotlib", "pandas"}},
    Download{"pillow", 7, {}},
    Download{"fonttools", 5, {}},
};

// Adds the package and what it brings; false where its size is not known.
bool add_download(std::string_view pypi, std::set<std::string_view>& seen, double& megabytes) {
    const auto* found = std::ranges::find(downloads, pypi, &Download::pypi);
    if (found == downloads.end()) {
        return false;
    }
    if (seen.insert(found->pypi).second) {
        megabytes += found->megabytes;
        for (const auto other : found->brings) {
            if (!other.empty()) {
                add_download(other, seen, megabytes);
            }
        }
    }
    return true;
}

enum class From { pypi, debian };

std::string with_sizes(const std::string& command, std::span<const library::PythonPackage> packages, From from) {
    std::vector<std::string> names;
    std::set<std::string_view> seen;
    double megabytes = 0;
    bool known = from == From::pypi && !packages.empty();
    for (const auto& package : packages) {
        names.push_back(package.name());
        known = known && add_download(names.back(), seen, megabytes);
    }
    auto text = "run `" + command + "`";
    if (!names.empty()) {
        text += " (it downloads " + join(names, ", ") + " and what " + (names.size() == 1 ? "it needs" : "they need");
        text += known ? ", roughly " + std::to_string(std::lround(std::ceil(megabytes / 5) * 5)) + " MB)" : ")";
    }
    return text;
}

std::string pip_install(const std::string& python, std::span<const library::PythonPackage> packages) {
    auto command = python + " -m pip install";
    for (const auto& package : packages) {
        // The version is asked for only where it matters: `>` has to be quoted, which is one more thing to mistype.
        command += " " + shell_word(package.name() + (package.version.empty() ? "" : ">=" + package.version));
    }
    return command;
}

}  // namespace

std::string advice(const AdviceRequest& request) {
    const std::string sudo = request.is_root ? "" : "sudo ";
    // An environment that is there already and fits but for packages is the learner's own choice.
    if (request.own && request.own->new_enough && request.own->has_pip &&
        std::ranges::none_of(request.own->to_install, &library::PythonPackage::is_tk)) {
        return with_sizes(pip_install(shell_word(request.own->path.string()), request.own->to_install),
                          request.own->to_install, From::pypi);
    }
    const auto& wanted = request.system ? request.system->to_install : request.needs.packages;
    const bool debian_has_all =
        std::ranges::none_of(wanted, [](const library::PythonPackage& package) { return package.debian.empty(); });
    if (request.has_apt && debian_has_all &&
        (!request.system || (request.system->new_enough && !request.system->too_old_package))) {
        auto command = sudo + "apt install";
        command += request.system ? "" : " python3";
        for (const auto& package : wanted) {
            command += " " + package.debian;
        }
        return with_sizes(command, wanted, From::debian);
    }
    if (!request.any) {
        const auto version = request.needs.version.empty() ? std::string("3") : request.needs.version;
        return "install Python " + version +
               " or newer (https://www.python.org/downloads), or set MLPATH_PYTHON to one";
    }
    if (std::ranges::any_of(wanted, &library::PythonPackage::is_tk)) {
        return "install a Python that has Tk, and set MLPATH_PYTHON to it: that of https://www.python.org/downloads "
               "has it, elsewhere it is a package of its own, such as `python3-tkinter` (Fedora) or `python-tk` "
               "(Homebrew)";
    }
    std::string command;
    if (!request.any->can_make_environments && request.has_apt) {
        command = sudo + "apt install python3-venv && ";
    }
    const bool nowhere = request.environment.empty();
    const auto place = nowhere ? std::string("~/mlpath-python") : shell_word(request.shown);
    command += shell_word(request.any->path.string()) + " -m venv " +
               (request.environment_is_broken ? "--clear " : "") + place + " && " +
               pip_install(place + "/bin/python", request.needs.packages);
    if (nowhere) {
        command += " && export MLPATH_PYTHON=" + place + "/bin/python";
    }
    return with_sizes(command, request.needs.packages, From::pypi);
}

}  // namespace mlpath::run
