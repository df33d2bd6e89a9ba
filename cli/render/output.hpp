// A stream to the outside that knows whether its bytes arrived. Results are gathered and written in large pieces; a
// reader that leaves (`mlpath list | head`) ends the writing quietly, anything else is an error that is reported.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::cli {

class Output {
public:
    explicit Output(int descriptor, std::string_view name) : m_descriptor(descriptor), m_name(name) {}
    void write(std::string_view bytes);
    void flush();
    // Whether nobody will read what is written from now on.
    [[nodiscard]] bool reader_left() const { return m_reader_left; }
    // What became of all that was written; io where it could not be written.
    [[nodiscard]] Status status();

private:
    int m_descriptor;
    std::string m_name;
    std::string m_waiting{};
    int m_error = 0;
    bool m_reader_left = false;
};

}  // namespace mlpath::cli
