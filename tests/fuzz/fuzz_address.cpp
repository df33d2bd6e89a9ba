// What `mlpath library add` is given: a word that reaches git must be an address of https or ssh and nothing else.
#include "fuzz/support.hpp"
#include "workspace/address.hpp"

using namespace mlpath;

FUZZ(input) {
    const auto address = workspace::read_address(input);
    if (!address) {
        fuzz::insist_on(address.error());
        fuzz::insist(address.error().kind == ErrorKind::usage, "what is no address is a wrong use");
        return;
    }
    if (!*address) {
        return;  // a folder
    }
    const auto& [url, tag] = **address;
    fuzz::insist(url + '@' + tag == input, "nothing is lost and nothing added");
    fuzz::insist(!url.starts_with('-') && !tag.starts_with('-') && !tag.empty(), "no option of git's");
    fuzz::insist(url.find("::") == std::string::npos || url.find("://") < url.find("::"), "no helper of git's");
    fuzz::insist(url.starts_with("https://") || url.starts_with("ssh://") || url.find("://") == std::string::npos,
                 "https or ssh");
    fuzz::insist_on_line(url, "an address can be shown");
    fuzz::insist_on_line(tag, "a tag can be shown");
}
