#include "checks/authorship.hpp"

#include "checks/isolated.hpp"
#include "json/document.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

Result<std::optional<double>> published_share(const Works& works, const std::filesystem::path& harness,
                                              const run::Interpreter& isolated, system::Processes& processes,
                                              std::stop_token stop) {
    auto spec = isolated_program(isolated, harness, "fingerprint.py",
                                 {works.skeleton.string(), works.solution.string(), works.work.string()});
    spec.wall_limit = std::chrono::seconds(30);
    spec.argv.insert(spec.argv.end(), works.files.begin(), works.files.end());
    MLPATH_TRY(const auto outcome, processes.run(spec, stop));
    if (!outcome.succeeded()) {
        return fail(ErrorKind::internal, "the fingerprint could not be taken: " + run::describe(outcome));
    }
    const auto parsed = json::parse(outcome.out.text(), "the fingerprint");
    if (!parsed.ok() || !parsed.value.contains("share")) {
        return fail(ErrorKind::internal, "the fingerprint could not be read");
    }
    const auto& share = parsed.value.at("share");
    return share.is_number() ? std::optional(share.get<double>()) : std::nullopt;
}

}  // namespace mlpath::checks
