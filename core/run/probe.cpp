#include "run/probe.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/hash.hpp"
#include "base/kept_file.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "run/step.hpp"

namespace mlpath::run {

namespace {

constexpr std::string_view interpreter_title = "mlpath interpreter 1";

// Arguments: import=pypi. The names are found, not imported: importing would cost seconds and run their code. The
// folders are what decides whether the answer still holds. Written for any Python 3, so that an old one can tell its
// age.
constexpr std::string_view script = R"(
import json, sys
def found(name):
    from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
    path = None
    spec = None
    parts = name.split('.')
    for i in range(len(parts)):
        whole = '.'.join(parts[:i + 1])
        spec = PathFinder.find_spec(whole, path)
        if spec is None and i == 0:
            spec = BuiltinImporter.find_spec(whole) or FrozenImporter.find_spec(whole)
        if spec is None:
            return False
        path = spec.submodule_search_locations or []
    return spec.origin not in (None, 'namespace')
def version(names):
    try:
        from importlib import metadata
    except ImportError:
        return ''
    for name in names:
        for spelled in (name, name.replace('-', '_'), name.replace('_', '-')):
            try:
                return metadata.version(spelled) or ''
            except Exception:
                pass
    return ''
packages = {}
for pair in sys.argv[1:]:
    name, pypi = pair.split('=', 1)
    packages[name] = version([n for n in (pypi, name) if n]) if found(name) else None
json.dump({'executable': sys.executable, 'version': '%d.%d.%d' % sys.version_info[:3], 'packages': packages,
           'environments': found('venv') and found('ensurepip'), 'pip': found('pip'), 'folders': sys.path,
           'prefixes': [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]}, sys.stdout)
)";

// What a shim of pyenv or asdf needs to find the real interpreter.
constexpr std::array passed_on{"PATH", "HOME", "PYENV_ROOT", "PYENV_VERSION", "ASDF_DIR", "ASDF_DATA_DIR"};

std::string identity_text(const fs::path& path) {
    const auto identity = identity_of(path);
    return identity ? to_record(*identity) : "absent";
}

// Of everything that decides the answer: the file behind the name, the settings of its environment, its folders.
Json evidence_of(const fs::path& python, const Json& folders) {
    Json evidence = Json::object();
    evidence[python.string()] = identity_text(python);
    const auto settings = python.parent_path().parent_path() / "pyvenv.cfg";
    evidence[settings.string()] = identity_text(settings);
    for (const auto& folder : folders) {
        const auto name = folder.get<std::string>();
        evidence[name] = identity_text(name);
    }
    return evidence;
}

std::optional<Probe> read_answer(const Json& answer) {
    try {
        Probe probe{.executable = answer.at("executable").get<std::string>(),
                    .version = answer.at("version").get<std::string>(),
                    .packages = {},
                    .can_make_environments = answer.at("environments").get<bool>(),
                    .has_pip = answer.at("pip").get<bool>()};
        for (const auto* list : {"prefixes", "folders"}) {
            for (const auto& folder : answer.at(list)) {
                probe.folders.emplace_back(folder.get<std::string>());
            }
        }
        for (const auto& folder : answer.at("folders")) {
            probe.module_folders.emplace_back(folder.get<std::string>());
        }
        for (const auto& [name, version] : answer.at("packages").items()) {
            if (!version.is_null()) {
                probe.packages[name] = version.get<std::string>();
            }
        }
        return probe.executable.is_absolute() ? std::optional(probe) : std::nullopt;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

fs::path cache_file(const ProbeRequest& request) {
    auto key = std::string(script) + '\0' + request.python.string();
    for (const auto& package : request.needs.packages) {
        key += '\0' + package.import_name + '=' + package.pypi;
    }
    return request.cache / "interpreters" / (hash128_hex(key) + ".json");
}

std::optional<Probe> read_cache(const ProbeRequest& request) {
    const auto text = read_kept(cache_file(request), interpreter_title, 1u << 20);
    const auto value = text ? Json::parse(*text, nullptr, false) : Json();
    try {
        if (value.at("evidence") != evidence_of(request.python, value.at("answer").at("folders"))) {
            return std::nullopt;
        }
        return read_answer(value.at("answer"));
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

void write_cache(const ProbeRequest& request, const Probe& probe, const Json& answer) {
    // A shim answers for another program, which it chooses by folder and settings: nothing that we could look at.
    std::error_code error;
    if (request.cache.empty() || !fs::equivalent(request.python, probe.executable, error)) {
        return;
    }
    const Json entry{{"evidence", evidence_of(request.python, answer.at("folders"))}, {"answer", answer}};
    request.log.kept("what is known of " + request.python.string(),
                     write_kept(cache_file(request), interpreter_title, entry.dump()));
}

}  // namespace

Result<Probe> probe(const ProbeRequest& request, const system::Environment& environment, system::Processes& processes,
                    std::stop_token stop) {
    if (!request.cache.empty()) {
        if (auto known = read_cache(request)) {
            return std::move(*known);
        }
    }
    system::ProcessSpec spec{.argv = {request.python.string(), "-I", "-c", std::string(script)},
                             .environment = {{"LC_ALL", "C.UTF-8"}},
                             .folder = request.folder,
                             .wall_limit = std::chrono::seconds(30)};
    for (const auto& package : request.needs.packages) {
        spec.argv.push_back(package.import_name + "=" + package.pypi);
    }
    for (const auto* name : passed_on) {
        if (auto value = environment.get(name)) {
            spec.environment[name] = std::move(*value);
        }
    }
    MLPATH_TRY(const auto outcome, processes.run(spec, stop));
    if (outcome.ending == system::Ending::interrupted) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    if (!outcome.succeeded()) {
        return fail(ErrorKind::missing, describe(outcome));
    }
    const auto parsed = json::parse(outcome.out.text(), "the interpreter's answer");
    auto answer = parsed.ok() ? read_answer(parsed.value) : std::nullopt;
    if (!answer) {
        return fail(ErrorKind::missing, "did not answer as a Python does");
    }
    write_cache(request, *answer, parsed.value);
    return std::move(*answer);
}

}  // namespace mlpath::run
