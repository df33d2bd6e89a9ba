#include "app/project/which_python.hpp"

#include "base/hash.hpp"
#include "base/kept_file.hpp"
#include "base/text.hpp"
#include "system/environment.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view which_python_title = "mlpath told which Python 1";

}  // namespace

std::optional<OtherPython> other_python(const Context& context, const fs::path& home, const library::PythonNeeds& needs,
                                        const run::InterpreterSearch& search, const run::Interpreter& judge,
                                        system::Processes& processes, Telling telling) {
    const auto path = run::python_of_shell(context.environment);
    if (!path) {
        return std::nullopt;
    }
    const auto pair = home.string() + '\0' + path->string() + '\0' + judge.path.string();
    const auto kept = system::cache_folder(context.environment) / "told" / hash128_hex(pair);
    if (telling == Telling::once && read_kept(kept, which_python_title, 1024)) {
        return std::nullopt;
    }
    auto shell = run::other_python(*path, judge, needs, search, context.environment, processes);
    if (telling == Telling::once) {
        context.log.kept("that it was told which Python judges", write_kept(kept, which_python_title, {}));
    }
    if (!shell) {
        return std::nullopt;
    }
    const auto named = [](const fs::path& python, const std::string& version) {
        return printable(python.string()) + (version.empty() ? "" : " (" + printable(version) + ")");
    };
    OtherPython other{.shell = std::move(*shell)};
    other.says = "your work is judged with " + named(judge.path, judge.version) + ", and your shell runs " +
                 named(other.shell.path, other.shell.version) +
                 (other.shell.lacks.empty() ? std::string() : ", which " + printable(join(other.shell.lacks, ", ")));
    other.hint = other.shell.advice;
    return other;
}

}  // namespace mlpath::app
