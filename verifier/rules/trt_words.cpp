#include "verifier/rules/trt_words.hpp"

#include "verifier/export_path.hpp"

#include <algorithm>

namespace sfmkit::verifier::trt {
namespace {

using namespace std::string_view_literals;

// The failed ones stand last.
constexpr std::array send_status_words = {"M1Pending"sv, "M5Pending"sv, "M1Failed"sv, "M5Failed"sv};
constexpr std::size_t failed_ones = 2;
constexpr std::array register_status_words = {
    "Ekspederbar"sv,
    "Resept avsluttet"sv,
    "Under ekspedering"sv,
    "Tilbakekalt"sv,
    "Foreldet"sv,
    "e-resept not in RF"sv
};
constexpr std::array register_status_letters = {"E"sv, "R"sv, "U"sv, "T"sv, "F"sv};
constexpr std::array source_words = {
    "Rf"sv,
    "Kj"sv,
    "Epj"sv,
    "Utl"sv,
    "Utl/KJ"sv,
    "P/Utl"sv,
    "P/Utl/K"sv,
    "M25/Rf"sv,
    "M25/Kj"sv,
    "M25"sv,
    "Ukjent"sv
};
constexpr std::array draft_words = {
    "New prescription"sv, "Renewal"sv, "Import"sv, "Stop"sv, "Recall"sv
};
constexpr std::array update_words = {
    "Requested by"sv,
    "Registered by"sv,
    "Approved by"sv,
    "Forskriver"sv,
    "Created by"sv,
    "LastEdited by"sv,
    "LastedEdited by"sv,
    "Signed by"sv
};
constexpr std::array delivery_words = {
    "Undefined"sv, "Dosett"sv, "Multidose"sv, "NeitherPlo"sv, "NeitherPatient"sv
};
constexpr std::array type_words = {
    "eRp/uRp"sv, "eRp"sv, "uRp"sv, "fRp"sv, "tRp"sv, "Reg"sv, "iRp"sv
};
constexpr std::array recall_words = {"1"sv, "2"sv, "3"sv, "4"sv};

}  // namespace

Words send_statuses() noexcept {
    return send_status_words;
}

Words failed_send_statuses() noexcept {
    return send_statuses().last(failed_ones);
}

Words register_statuses() noexcept {
    return register_status_words;
}

Words register_status_codes() noexcept {
    return register_status_letters;
}

Words item_sources() noexcept {
    return source_words;
}

Words drafts() noexcept {
    return draft_words;
}

Words update_kinds() noexcept {
    return update_words;
}

Words delivery_modes() noexcept {
    return delivery_words;
}

Words prescribing_types() noexcept {
    return type_words;
}

Words recall_causes() noexcept {
    return recall_words;
}

bool is_among(std::string_view word, Words words) noexcept {
    return std::ranges::find(words, word) != words.end();
}

std::string_view without_case(std::string_view word, Words words) noexcept {
    const auto found = std::ranges::find_if(words, [&](std::string_view known) {
        return same_without_case(known, word);
    });
    return found == words.end() ? std::string_view() : *found;
}

std::string listing(Words words) {
    std::string all;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) all += i + 1 == words.size() ? " or " : ", ";
        all += words[i];
    }
    return all;
}

}  // namespace sfmkit::verifier::trt
