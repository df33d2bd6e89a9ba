#include "host.hpp"

namespace mlpath::cli {

void Host::listen(Log log, std::string place, system::Processes& processes) {
    m_log = log;
    m_log_place = std::move(place);
    m_processes = &processes;
}

void Host::look_around() {
    const auto color = m_options.color == "always"  ? ColorChoice::always
                       : m_options.color == "never" ? ColorChoice::never
                                                    : ColorChoice::automatic;
    const auto ornament = m_options.plain ? Ornament::plain : Ornament::rich;
    m_out_terminal = look_at(1, m_environment, color, ornament);
    m_err_terminal = look_at(2, m_environment, color, ornament);
}

void Host::print(Page& page) {
    const auto text = page.take();
    if (!m_options.json) {
        m_out.write(text);
    }
}

void Host::print(Json object) {
    if (!object.contains("format")) {
        Json whole{{"format", 1}};
        whole.update(object);
        object = std::move(whole);
    }
    m_out.write(object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

void Host::remark(std::string_view text) {
    if (!m_options.json) {
        Page page(m_err_terminal);
        page.line(text);
        m_err.write(page.take());
        m_err.flush();
    }
}

void Host::remark(const std::vector<std::string>& texts) {
    for (const auto& text : texts) {
        remark(text);
    }
}

void Host::note(std::string_view text) {
    if (m_options.verbose) {
        Page page(m_err_terminal);
        page.labelled("note:", Tone::faint, text);
        m_err.write(page.take());
        m_err.flush();
    }
}

}  // namespace mlpath::cli
