#include "library/defaults.hpp"
#include "library/read.hpp"

namespace mlpath::library {

namespace {

DatasetFile read_dataset_file(const json::Value& json) {
    DatasetFile file;
    file.name = text_or(json, "name");
    each(json, "sources", [&](const auto& source) {
        file.sources.push_back({text_or(source, "url"), natural(source, "bytes"), text_or(source, "sha256")});
    });
    if (const auto found = json.find("table"); found != json.end()) {
        const auto left_out = [](const char* name) { return default_at("datasets", "/definitions/table", name); };
        file.table = TableShape{text_or(*found, "delimiter", left_out("delimiter").get<std::string>()),
                                text_or(*found, "quote", left_out("quote").get<std::string>()),
                                found->contains("header") ? flag(*found, "header") : left_out("header") == true,
                                texts(*found, "columns")};
    }
    if (const auto found = json.find("archive"); found != json.end()) {
        const auto format = text_or(*found, "format");
        file.archive = Archive{format == "zip"      ? ArchiveFormat::zip
                               : format == "tar.gz" ? ArchiveFormat::tar_gz
                                                    : ArchiveFormat::gz,
                               texts(*found, "members")};
    }
    return file;
}

}  // namespace

Dataset read_dataset(const json::Value& json) {
    Dataset dataset;
    dataset.id = text_or(json, "id");
    dataset.aliases = texts(json, "aliases");
    dataset.title = text_or(json, "title");
    dataset.rows = natural(json, "rows");
    dataset.license = text_or(json.at("license"), "name");
    dataset.redistribute = flag(json.at("license"), "redistribute");
    dataset.citation = text_or(json, "citation");
    dataset.quirks = texts(json, "quirks");
    for (const auto& file : json.at("files")) {
        dataset.files.push_back(read_dataset_file(file));
    }
    if (const auto found = json.find("synthetic"); found != json.end()) {
        dataset.synthetic = Synthetic{natural(*found, "seed"), text_or(*found, "sha256"), texts(*found, "differs")};
    }
    return dataset;
}

}  // namespace mlpath::library
