#include "cli/command.hpp"

#include "platform/printable.hpp"

#include <CLI/App.hpp>

#include <algorithm>
#include <array>
#include <ostream>

namespace sfmkit::cli {
namespace {

using platform::Errc;

/// The step that helps when the place that failed knows none of its own.
struct NextStep {
    Errc code;
    const char* text;
};

constexpr std::array next_steps = {
    NextStep{Errc::usage, "sfmkit --help, or --help behind the command"},
    NextStep{Errc::not_found, "check the name, then run this again"},
    NextStep{Errc::not_permitted, "name another place, or run this as a user who may use it"},
    NextStep{Errc::already_exists, "name another place, or remove what is there"},
    NextStep{Errc::address_in_use, "name another port"},
    NextStep{Errc::unusable_key, "sfmkit keys new DIR makes keys and certificates for tests"},
    NextStep{Errc::malformed, "sfmkit verify FILE tells what is wrong with an encrypted file"},
    NextStep{Errc::truncated, "compare the file with its original"},
    NextStep{Errc::changed, "run this again while nothing else writes there"},
    NextStep{Errc::refused, "look into the log of the other side"},
    NextStep{Errc::unreachable, "run this again when the other side answers"},
    NextStep{Errc::disk_full, "free space or name a place on another disk, then run this again"},
    NextStep{Errc::input_output, "run this again; look at the disk when it stays"},
};

platform::Error with_next_step(platform::Error error) {
    const auto* const step = std::ranges::find(next_steps, error.code, &NextStep::code);
    if (error.next.empty() && step != next_steps.end()) error.next = step->text;
    return error;
}

/// In single quotes where a shell would take it apart.
std::string for_shell(const std::string& raw) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-";
    const std::string text = platform::printable(raw, 4000);
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string print_option(const CLI::Option& option) {
    std::string name = option.get_positional() ? "" : ' ' + option.get_name();
    if (option.get_items_expected_max() == 0) return name;
    std::string text;
    for (const std::string& value : option.results()) {
        // A command may hold a secret, and what is printed here may land in a log.
        const bool hidden = option.get_name() == "--token-command";
        const bool optional_value = option.get_items_expected_min() == 0;
        text += name;
        if (value.empty() && optional_value) continue;
        text += (optional_value ? "=" : " ") + (hidden ? "'...'" : for_shell(value));
    }
    return text;
}

}  // namespace

int report_error(World& world, const platform::Error& error) {
    world.error << "error: " << platform::describe(with_next_step(error)) << '\n';
    return platform::exit_code_for(error.code);
}

void set_examples(CLI::App& command, const char* first, const char* second) {
    command.footer(std::string("\nExamples:\n  ") + first + "\n  " + second);
}

std::string given_command(const CLI::App& command) {
    std::string text;
    // A group of options has no name.
    if (!command.get_name().empty()) text = "sfmkit " + command.get_name();
    for (const CLI::Option* option : command.get_options()) {
        if (option->count() > 0) text += print_option(*option);
    }
    for (const CLI::App* group :
         command.get_subcommands([](const CLI::App* app) { return app->get_name().empty(); })) {
        text += given_command(*group);
    }
    return text;
}

}  // namespace sfmkit::cli
