// A project as a value: what templates/<id>/project.json says (see curricula/FORMAT.md for the meaning of each part).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "json/json.hpp"

namespace mlpath::library {

struct Hours {
    double min = 0;
    double max = 0;
    bool estimate = false;
};

struct PythonPackage {
    std::string import_name{};
    std::string pypi{};
    std::string debian{};
    std::string version{};                  // at least; empty: any
    std::vector<std::string> milestones{};  // that alone need it; empty: the whole project does
    // As pip calls it, and people.
    [[nodiscard]] const std::string& name() const { return pypi.empty() ? import_name : pypi; }
    // Of Python's own library, and yet not with every Python: no pip brings it.
    [[nodiscard]] bool is_tk() const { return import_name == "tkinter"; }
};

struct PythonNeeds {
    std::string version{};      // at least, "3.9"; empty: any Python 3
    std::string environment{};  // the group of packages that `mlpath env` makes for it; may be empty
    std::string pins{};         // SHA-256 of what the group is pinned to
    std::vector<PythonPackage> packages{};
    // The same where each milestone is to be judged: a proof leaves none out.
    [[nodiscard]] PythonNeeds of_all_milestones() const {
        auto all = *this;
        for (auto& package : all.packages) {
            package.milestones.clear();
        }
        return all;
    }
};

enum class SplitMethod { random, stratified, grouped, chronological };

struct SplitSpec {
    SplitMethod method = SplitMethod::random;
    std::string target{};
    std::string group{};
    std::string time{};
    double test = 0.2;
    std::uint64_t seed = 0;
    std::vector<std::string> drop{};
    std::vector<std::string> ignore{};
};

struct DataEntry {
    std::string id{};
    std::string dataset{};  // either this and `file` …
    std::string file{};
    std::string bundled{};  // … or a path below the template
    std::string to{};       // without a split
    std::optional<SplitSpec> split{};
    std::string train{};  // with a split: where the rows go in the project folder
    std::string test{};
};

struct Step {
    std::string id{};
    std::vector<std::string> run{};
    std::vector<std::string> needs{};
    std::vector<std::string> writes{};
    double seconds = 0;  // that it may take
    // Where it predicts for the test rows of such an entry of `data`: its checks take both from here.
    std::string data{};
    std::string predictions{};
};

struct LearnerCall {
    std::string name{};
    std::string signature{};
    std::string says{};
};

struct Check {
    std::string id{};
    std::string kind{};
    std::string says{};
    std::string because{};
    std::string look{};
    Json
        fields{};  // the whole object, already valid against the schema of its kind; the kind's own code reads the rest
};

struct Milestone {
    std::string id{};
    std::string title{};
    std::string goal{};
    std::vector<std::string> hints{};
    std::vector<Check> checks{};
    std::vector<std::string> aliases{};  // ids that it had before
};

enum class ProjectStatus { ready, planned };

struct Project {
    std::string id{};
    int version = 1;
    ProjectStatus status = ProjectStatus::ready;
    std::string title{};
    std::string summary{};
    std::optional<Hours> hours{};
    std::vector<std::string> skills{};
    std::vector<std::string> requires_projects{};
    std::vector<std::string> requires_topics{};
    std::string extends{};
    std::vector<std::string> satisfies{};
    PythonNeeds python{};
    std::vector<DataEntry> data{};
    std::vector<std::string> sources{};
    std::vector<Step> steps{};
    std::vector<LearnerCall> calls{};
    std::vector<Milestone> milestones{};
    std::vector<std::string> aliases{};  // ids that it had before
};

// One change of a file of the solution, or of the skeleton where the solution has no such file.
struct FlawEdit {
    std::string file{};
    std::string find{};  // exactly this, which the file has once
    std::string replace{};
};

// A typical wrong answer: the solution with these edits, and with the files of flawed/<name>/ laid over it.
struct Flaw {
    std::string name{};
    std::string milestone{};  // empty as it is read where the flaw does not say it: that of its check
    std::string check{};
    std::string message{};  // a regular expression
    std::string why{};
    std::vector<FlawEdit> edits{};
};

}  // namespace mlpath::library
