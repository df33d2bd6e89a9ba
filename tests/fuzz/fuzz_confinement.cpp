// A confinement as it comes over a pipe, or into a fork of a warm interpreter.
#include "confine/confinement.hpp"
#include "fuzz/support.hpp"

using namespace mlpath;

FUZZ(input) {
    const auto confinement = confine::decode(input);
    if (!confinement) {
        return;
    }
    fuzz::insist(confine::encode(*confinement) == input, "what is read is written as it was");
    fuzz::insist(confinement->walls <= confine::Walls::name_spaces, "the walls are walls that we know");
    fuzz::insist(confinement->network <= confine::Network::loopback, "the network is one that we know");
    fuzz::insist(confinement->limits.counting <= confine::Counting::group, "memory is counted in a way that we know");
    for (const auto& mount : confinement->mounts) {
        fuzz::insist(mount.kind <= confine::Mount::Kind::processes, "a mount is of a kind that we know");
    }
    for (const auto& rule : confinement->rules) {
        fuzz::insist(rule.allows <= confine::Rule::Allows::device, "a rule allows what we know");
    }
}
