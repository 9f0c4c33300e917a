#include "cli/report_places.hpp"

#include "platform/paths.hpp"

#include <algorithm>
#include <ostream>

namespace sfmkit::cli {
namespace {

using platform::Result;

bool is_output(const std::string& file) {
    return file == "-";
}

/// A device, pipe or link is written as it stands: a file put in its place would remove it.
Result<bool> is_written_in_place(World& world, const ReportPlaces::Wanted& wanted) {
    if (wanted.while_running) return true;
    const auto status = world.files.status(wanted.file);
    if (!status) return platform::fail(status.error());
    const auto& found = *status;
    return found && (found->kind == platform::FileKind::other ||
                     found->kind == platform::FileKind::symbolic_link);
}

}  // namespace

Result<ReportOption> parse_report_option(
    const std::string& text,
    const std::vector<std::string_view>& formats,
    const std::string& command
) {
    const std::size_t equals = text.find('=');
    ReportOption option{.format = text.substr(0, equals)};
    const bool known = std::ranges::find(formats, option.format) != formats.end();
    if (known && equals != std::string::npos && equals + 1 < text.size()) {
        option.file = text.substr(equals + 1);
        return option;
    }
    std::string names;
    for (const std::string_view name : formats) {
        if (!names.empty()) names += " or ";
        names += std::string(name) + "=FILE";
    }
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "no such report",
        .where = "--report " + text,
        .expected = names,
        .next = "sfmkit " + command + " --help",
    });
}

Result<void> check_places(
    const std::vector<std::string>& reports,
    const std::string& target,
    const std::vector<std::string>& inputs,
    const std::string& command
) {
    const auto refuse = [&](const std::string& file, const char* what, const char* expected) {
        return platform::fail({
            .code = platform::Errc::usage,
            .what = what,
            .where = "--report " + file,
            .expected = expected,
            .next = "sfmkit " + command + " --help",
        });
    };
    std::vector<std::string> taken;
    for (const std::string& file : reports) {
        if (std::ranges::find(taken, file) != taken.end()) {
            return is_output(file)
                       ? refuse(
                             file, "two reports on the standard output", "a file for one of them"
                         )
                       : refuse(file, "two reports in the same file", "a file for each");
        }
        taken.push_back(file);
        if (is_output(file)) continue;
        if (platform::is_at_or_below(file, target)) {
            return refuse(file, "the report would lie in what is judged", "another place");
        }
        for (const std::string& input : inputs) {
            if (input.empty() || !platform::is_at_or_below(file, input)) continue;
            return refuse(file, "the report would replace a file that is read", "another name");
        }
    }
    return {};
}

Result<ReportPlaces> ReportPlaces::create(World& world, const std::vector<Wanted>& wanted) {
    ReportPlaces places(world);
    const auto refuse = [](platform::Error error) {
        if (error.next.empty()) error.next = "name a place that can be written";
        return platform::fail(std::move(error));
    };
    for (const Wanted& report : wanted) {
        Place& place = places.places_.emplace_back();
        place.wanted = report;
        if (is_output(report.file)) continue;
        const auto in_place = is_written_in_place(world, report);
        if (!in_place) return refuse(in_place.error());
        if (*in_place) {
            auto file = world.files.create(
                report.file, platform::Existing::replace, platform::Access::everybody
            );
            if (!file) return refuse(file.error());
            place.running = std::move(*file);
            continue;
        }
        auto file = client::PendingFile::create(
            world.files, report.file, platform::Existing::replace, platform::Access::everybody
        );
        if (!file) return refuse(file.error());
        place.at_end.emplace(std::move(*file));
    }
    return places;
}

bool ReportPlaces::take_output() const noexcept {
    return std::ranges::any_of(places_, [](const Place& place) {
        return is_output(place.wanted.file);
    });
}

void ReportPlaces::write_running(const std::string& text) {
    for (Place& place : places_) {
        if (!place.wanted.while_running) continue;
        if (!place.running) {
            world_->output << text << std::flush;
            continue;
        }
        auto written = place.running->append(platform::as_bytes(text));
        if (!written && failure_) failure_ = std::move(written);
    }
}

Result<void> ReportPlaces::finish(const std::function<std::string(std::size_t)>& text_of) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        auto written = finish(places_[i], [&] { return text_of(i); });
        if (!written && failure_) failure_ = std::move(written);
    }
    if (failure_ && take_output() && !world_->output.flush()) {
        failure_ = platform::fail({
            .code = platform::Errc::input_output,
            .what = "the standard output takes no more bytes",
            .where = "--report -",
            .next = "write the report to a file",
        });
    }
    return failure_;
}

Result<void> ReportPlaces::finish(Place& place, const std::function<std::string()>& text) {
    const bool while_running = place.wanted.while_running;
    if (place.running) {
        Result<void> written;
        if (!while_running) written = place.running->append(platform::as_bytes(text()));
        auto closed = place.running->close();
        return written ? closed : written;
    }
    if (place.at_end) {
        auto written = place.at_end->file().append(platform::as_bytes(text()));
        if (!written) return written;
        return place.at_end->commit(platform::Durability::process);
    }
    if (!while_running) world_->output << text();
    return {};
}

}  // namespace sfmkit::cli
