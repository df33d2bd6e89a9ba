// The role of the driver: a script of ours that runs in the learner's interpreter and sandbox, with the learner's code
// around it. What it answers is evidence from that side, passed on to the judge. Inside of core/checks.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"
#include "checks/evaluation.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

struct DriverRequest {
    std::filesystem::path harness{};  // where drive.py lies, and caller.py, by which values are told
    std::filesystem::path script{};
    std::vector<std::filesystem::path> parts{};  // which the script imports
    double seconds = 60;                         // from its start to its end
    // For us to talk to a server of the learner's, or to be one that the learner's programs talk to.
    confine::Network network = confine::Network::none;
    std::size_t ports = 0;  // of a loopback, for what the driver starts to talk to each other; told to the script
};

class Driver {
public:
    // In a private copy of the learner's folder, which becomes evidence. An Error is not the learner's fault.
    [[nodiscard]] static Result<std::unique_ptr<Driver>> start(const DriverRequest& request,
                                                               const run::StepRunner& runner, run::Workplace place,
                                                               std::stop_token stop);
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;
    ~Driver() = default;

    // What came back, a line of the learner's side. Not within `wait`, or never: the process has ended, and the
    // description of its end is told as a predicate ("was ended by signal 9 …").
    struct Reply {
        std::string line{};
        std::string ended{};
    };
    [[nodiscard]] Result<Reply> ask(std::string_view request, std::chrono::milliseconds wait);

    // A connected socket. not_found: nothing listens there. malformed: there are no more.
    [[nodiscard]] Result<Descriptor> connect(std::uint16_t port);
    // A socket that listens at `port`, for us to be what the learner's programs connect to. Whoever asks for it before
    // one of them runs is there first.
    [[nodiscard]] Result<Descriptor> listen();
    // For a server of the learner's to listen on, or for us.
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    // Whether that loopback is this machine's, which every other program of it shares.
    [[nodiscard]] bool shares_loopback() const { return m_relay != 0; }

    // Ends it with all that it started, whose prints are among its own.
    system::ProcessOutcome finish();
    // The same. `writes`: the files that may then be looked at as artifacts.
    [[nodiscard]] Result<EvidencePtr> leave(const std::vector<std::string>& writes);

private:
    explicit Driver(run::Workplace place) : m_place(std::move(place)) {}
    [[nodiscard]] Status begin(const DriverRequest& request, const run::StepRunner& runner, std::stop_token stop);
    // Which ports it may use, and the first line that it is told of them.
    [[nodiscard]] Result<std::string> choose_ports(const DriverRequest& request, confine::Walls walls,
                                                   run::StepRunner::Beside& beside);
    [[nodiscard]] Result<Descriptor> through_relay(std::uint16_t port);

    run::Workplace m_place;
    std::chrono::steady_clock::time_point m_deadline{};
    std::unique_ptr<system::Conversation> m_conversation{};
    system::ProcessOutcome m_outcome{};  // when it has ended
    Descriptor m_spare{};                // a socket that found nobody
    std::uint16_t m_port = 0;
    std::uint16_t m_relay = 0;  // 0: the sandbox has a network of its own
    std::string m_token{};
};

}  // namespace mlpath::checks
