#include "app/data/synthesize.hpp"

#include <algorithm>
#include <iterator>
#include <thread>

#include "app/data/fetch.hpp"
#include "app/data/readable.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/side_by_side.hpp"
#include "base/text.hpp"
#include "data/made.hpp"
#include "run/interpreter.hpp"
#include "run/step.hpp"

namespace mlpath::app {

namespace {

using data::MadeFile;

// What one dataset's generator is, and where what it makes is kept.
struct Generator {
    const library::Dataset& dataset;
    std::string script{};
    fs::path folder{};
};

Result<Generator> generator_of(const Context& context, const library::Dataset& dataset) {
    if (!dataset.synthetic) {
        return fail(ErrorKind::not_found, "there is no synthetic data for `" + dataset.id + "`",
                    "`mlpath fetch " + dataset.id + "` gets the real ones");
    }
    MLPATH_TRY(auto script, context.content.read("curricula/synthetic/" + dataset.id + ".py"));
    return Generator{dataset, std::move(script),
                     data::Cache::of(context.environment).root() / "synthetic" /
                         (dataset.id + "-" + dataset.synthetic->sha256.substr(0, 16))};
}

// What is kept there, where it is what was promised; it is small, so that it is hashed each time.
std::vector<MadeFile> kept(const Generator& generator) {
    std::vector<MadeFile> files;
    const auto paths = files_below(generator.folder);
    for (const auto& path : paths ? *paths : std::vector<std::string>()) {
        if (auto bytes = read_file(generator.folder / fs::path(path))) {
            files.push_back({path, std::move(*bytes)});
        }
    }
    return hash_of_made(files) == generator.dataset.synthetic->sha256 ? files : std::vector<MadeFile>();
}

// The scripts, where whoever the program becomes can read them.
Result<TemporaryFolder> laid_scripts(const Context& context, const std::string& generator) {
    MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-maker-"));
    std::error_code ignored;
    fs::permissions(folder.path(), fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add, ignored);
    MLPATH_CHECK(write_readable(folder.path(), "generator.py", generator, 0644));
    MLPATH_TRY(const auto ours, context.content.list("makers/"));
    for (const auto& path : ours) {
        MLPATH_TRY(const auto text, context.content.read(path));
        MLPATH_CHECK(write_readable(folder.path(), fs::path(path).filename(), text, 0644));
    }
    return folder;
}

Error failed_generator(const Generator& generator, const std::string& why) {
    return {ErrorKind::malformed,
            "the synthetic data of `" + generator.dataset.id + "` cannot be made: its generator " + why,
            {.file = "curricula/synthetic/" + generator.dataset.id + ".py"},
            "it is a mistake in the library: tell whoever made it"};
}

Result<std::vector<MadeFile>> run_generator(const Context& context, const Generator& generator, std::uint64_t seed,
                                            const Making& making, std::stop_token stop) {
    MLPATH_TRY(const auto python, run::judge_interpreter(context.environment, making.processes, context.log));
    MLPATH_TRY(const auto scripts, laid_scripts(context, generator.script));
    const auto maker = scripts.path() / "make.py";
    const auto script = scripts.path() / "generator.py";
    MLPATH_TRY(const auto laid, files_below(scripts.path()));
    std::vector<fs::path> shown;
    for (const auto& path : laid) {
        shown.push_back(scripts.path() / fs::path(path));
    }
    const auto trial = making.trials == nullptr ? nullptr : making.trials->of(making.sandbox, python, shown);
    const run::StepRunner runner(making.processes, python, making.sandbox, 1, trial);
    MLPATH_TRY(auto where, runner.place());
    MLPATH_TRY(auto place, run::Workplace::make({}, {}, std::move(where)));
    MLPATH_TRY(const auto outcome, runner.run_command({"{python}", "-I", "-S", "-B", maker.string(), script.string(),
                                                       std::to_string(seed), "-"},
                                                      {}, {.shown = shown}, making.seconds, place, std::move(stop)));
    if (outcome.ending == system::Ending::interrupted) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    if (!outcome.succeeded()) {
        return fail(failed_generator(generator, run::describe(outcome)));
    }
    if (!outcome.out.complete()) {
        return fail(failed_generator(generator, "makes more than 4 MB"));
    }
    return data::read_made(outcome.out.text());
}

Result<std::vector<MadeFile>> make(const Context& context, const Generator& generator, const Making& making,
                                   std::stop_token stop) {
    MLPATH_TRY(auto files,
               run_generator(context, generator, generator.dataset.synthetic->seed, making, std::move(stop)));
    if (data::hash_of_made(files) != generator.dataset.synthetic->sha256) {
        return fail(
            ErrorKind::integrity,
            "the synthetic data of `" + generator.dataset.id + "` are not what the catalog promises",
            "its generator was changed without its hash, or the Python that ran it draws other numbers; `mlpath "
            "doctor` says more");
    }
    return files;
}

// At once, or not at all: where somebody else was faster, theirs is as good.
Status keep(const Generator& generator, const std::vector<MadeFile>& files) {
    MLPATH_CHECK(make_folders(generator.folder.parent_path()));
    MLPATH_TRY(const auto staged, TemporaryFolder::make("making-", generator.folder.parent_path()));
    for (const auto& file : files) {
        MLPATH_CHECK(write_file(staged.path() / "made" / fs::path(file.path), file.bytes, Durability::cached));
    }
    std::error_code error;
    fs::remove_all(generator.folder, error);  // what is there was damaged
    fs::rename(staged.path() / "made", generator.folder, error);
    return error && !fs::exists(generator.folder) ? fail(system_error("cannot keep", generator.folder, error.value()))
                                                  : Status();
}

Result<std::vector<data::FetchedFile>> synthesize_one(const Context& context, const library::Dataset& dataset,
                                                      const Making& making, std::stop_token stop) {
    MLPATH_TRY(const auto generator, generator_of(context, dataset));
    auto files = kept(generator);
    const auto origin = files.empty() ? data::Origin::made : data::Origin::cached;
    if (files.empty()) {
        MLPATH_TRY(files, make(context, generator, making, std::move(stop)));
        MLPATH_CHECK(keep(generator, files).map_error(data::cache_error));
    }
    std::vector<data::FetchedFile> report;
    for (const auto& file : files) {
        report.push_back({.dataset = dataset.id,
                          .name = file.path,
                          .path = generator.folder / fs::path(file.path),
                          .sha256 = sha256_of(file.bytes),
                          .bytes = file.bytes.size(),
                          .origin = origin});
    }
    return report;
}

}  // namespace

Result<data::FetchReport> synthesize(const Context& context, std::span<const library::Dataset> catalogue,
                                     const std::vector<std::string>& ids, const Making& making, std::stop_token stop) {
    MLPATH_TRY(const auto datasets, chosen_datasets(catalogue, ids));
    data::FetchReport report;
    std::vector<std::vector<data::FetchedFile>> found(datasets.size());
    MLPATH_CHECK(
        side_by_side(datasets.size(), std::max(1U, std::thread::hardware_concurrency()), [&](std::size_t i) -> Status {
            MLPATH_TRY(found[i], synthesize_one(context, datasets[i], making, stop));
            return {};
        }));
    for (auto& files : found) {
        std::ranges::move(files, std::back_inserter(report.files));
    }
    return report;
}

Result<std::vector<MadeFile>> draw_anew(const Context& context, const library::Dataset& dataset, std::uint64_t seed,
                                        const Making& making, std::stop_token stop) {
    MLPATH_TRY(const auto generator, generator_of(context, dataset));
    return run_generator(context, generator, seed, making, std::move(stop));
}

}  // namespace mlpath::app
