#include "app/data/judges_secret.hpp"

#include <charconv>

#include "base/hash.hpp"

namespace mlpath::app {

std::string judges_secret(const Context& context) {
    constexpr std::size_t digits = 64;
    const auto file = system::cache_folder(context.environment) / "judges-secret";
    if (const auto kept = read_file(file, digits); kept && kept->size() == digits) {
        return *kept;
    }
    std::string random;
    for (int i = 0; i < 4; ++i) {
        random += std::to_string(context.random.next()) + ' ';
    }
    const auto fresh = sha256_of(random);
    if (make_folders(file.parent_path()) && write_file(file, fresh, Durability::cached, 0600)) {
        // Whoever was faster or slower: all go on with the one that lies there now.
        return read_file(file, digits).value_or(fresh);
    }
    return fresh;
}

std::uint64_t seed_of_drawn(std::string_view secret, std::string_view dataset, std::uint64_t seed) {
    constexpr std::size_t digits = 15;  // 60 bits
    const auto hash =
        sha256_of("held out\n" + std::string(secret) + '\n' + std::string(dataset) + '\n' + std::to_string(seed));
    std::uint64_t number = 0;
    std::from_chars(hash.data(), hash.data() + digits, number, 16);
    return number;
}

}  // namespace mlpath::app
