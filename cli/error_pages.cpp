#include "cli/error_pages.hpp"

#include "findings/rule_id.hpp"
#include "findings/wrapping.hpp"
#include "platform/result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::cli {
namespace {

using platform::Errc;

struct ErrorPage {
    Errc code;
    std::string_view means;
    std::string_view next;
};

constexpr auto pages = std::to_array<ErrorPage>({
    {Errc::usage,
     "The command line or a configuration file cannot work as it stands. Nothing was done.",
     "read what was expected, or --help of the command"},
    {Errc::not_found,
     "A file or folder that was named is not there.",
     "look for typing errors and for the folder that the command was started in"},
    {Errc::not_permitted,
     "The operating system does not let this user read or write there.",
     "name another place, or run it as a user who may"},
    {Errc::already_exists,
     "A file would be overwritten; sfmkit does not do so unasked.",
     "name another place, or remove what is there"},
    {Errc::address_in_use,
     "Another program listens on this port.",
     "sfmkit serve --port 0 takes one that is free"},
    {Errc::unusable_key,
     "The file holds no private key or certificate that can be used: another format, a wrong "
     "password, or no RSA.",
     "sfmkit keys new DIR makes a set that fits"},
    {Errc::wrong_key,
     "The key is sound, but the file was sealed for another one. Nobody can tell from the file "
     "whose it is.",
     "use the key of the certificate that the exporter was given; sfmkit explain ENV-10"},
    {Errc::malformed,
     "The input breaks its format so that it cannot be read on.",
     "sfmkit verify FILE tells which rule it breaks"},
    {Errc::truncated,
     "The input ends before it should.",
     "compare its size with the original; sfmkit explain ENV-01 ENV-13"},
    {Errc::changed,
     "A file is not what it was when the work began, so that what was read does not fit together.",
     "run it again while nothing else writes there"},
    {Errc::refused,
     "The other side said no for good; trying again does not help.",
     "read its answer and its log"},
    {Errc::unreachable,
     "No connection to the other side came about.",
     "see to name, port and network, then run it again"},
    {Errc::connection_closed,
     "The other side ended the connection in the middle of the work, in order.",
     "run it again; an upload goes on where it ended"},
    {Errc::connection_reset,
     "The connection broke.",
     "run it again; an upload goes on where it ended"},
    {Errc::timeout,
     "A deadline passed without an answer.",
     "run it again when the other side is quick"},
    {Errc::cancelled,
     "It was interrupted, by Ctrl-C for instance. What was finished by then stays.",
     "run it again"},
    {Errc::disk_full,
     "The disk has no space left.",
     "free some, or name a place on another disk, then run it again"},
    {Errc::input_output,
     "Reading or writing failed for another reason that the operating system gave.",
     "run it again; look at the disk when it stays"},
    {Errc::limit,
     "The input goes beyond a limit that protects from hostile files.",
     "docs/verify.md lists the limits; sfmkit explain ZIP-12"},
    {Errc::internal,
     "A defect of sfmkit, not of your export.",
     "report it with the command line and the version that sfmkit --version prints"},
});

std::string id_of(const ErrorPage& page) {
    return fmt::format("ERR-{}", platform::name_of(page.code));
}

}  // namespace

std::optional<std::string> error_page(std::string_view typed, std::size_t columns) {
    const std::string wanted = findings::as_rule_id(typed);
    const auto* const page = std::ranges::find_if(pages, [&](const ErrorPage& known) {
        return findings::as_rule_id(id_of(known)) == wanted;
    });
    if (page == pages.end()) return std::nullopt;
    std::string text;
    const auto add = [&](const std::string& paragraph) {
        for (const std::string& line : findings::wrapped(paragraph, columns, "  ")) {
            text += line + '\n';
        }
    };
    add(fmt::format("{}: {}", id_of(*page), page->means));
    add(fmt::format("  exit code: {}", platform::exit_code_for(page->code)));
    add(fmt::format("  next: {}", page->next));
    return text;
}

}  // namespace sfmkit::cli
