#include "mockserver/sfm/migration_report.hpp"

#include "findings/report_text.hpp"
#include "platform/bytes.hpp"
#include "wire/base64.hpp"
#include "wire/percent.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace sfmkit::mockserver {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view query_name = "MIGRATION_REPORT_01";
constexpr std::array<std::string_view, 3> log_levels = {"Information", "Warning", "Error"};

/// So many digits off the front; nothing when they are not there.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    int number = 0;
    if (text.size() < count) return std::nullopt;
    const char* const end = text.data() + count;
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end || number < 0 || text.front() == '-') {
        return std::nullopt;
    }
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, char letter) {
    if (!text.starts_with(letter)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::minutes> take_zone(std::string_view& text) {
    if (take(text, 'Z')) return std::chrono::minutes(0);
    const bool ahead = text.starts_with('+');
    if (!take(text, '+') && !take(text, '-')) return std::nullopt;
    const auto hours = take_digits(text, 2);
    if (!hours || !take(text, ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || *hours > 14 || *minutes > 59) return std::nullopt;
    const std::chrono::minutes offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    return ahead ? offset : -offset;
}

std::optional<std::chrono::sys_days> take_day(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date(
        std::chrono::year(*year),
        std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))
    );
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

/// A date, or a dateTime of FHIR with seconds and zone. A date means its first or last moment.
std::optional<platform::WallTime> read_time(std::string_view text, bool last_moment) {
    const auto day = take_day(text);
    if (!day) return std::nullopt;
    const platform::WallTime midnight = *day;
    const std::chrono::milliseconds whole_day = std::chrono::hours(24);
    if (text.empty()) {
        return last_moment ? midnight + whole_day - std::chrono::milliseconds(1) : midnight;
    }
    if (!take(text, 'T')) return std::nullopt;
    const auto hours = take_digits(text, 2);
    if (!hours || !take(text, ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || !take(text, ':')) return std::nullopt;
    const auto seconds = take_digits(text, 2);
    if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
    if (take(text, '.')) {
        const auto decimals = std::min(text.find_first_not_of("0123456789"), text.size());
        if (decimals == 0) return std::nullopt;
        text.remove_prefix(decimals);
    }
    const auto zone = take_zone(text);
    if (!zone || !text.empty()) return std::nullopt;
    return midnight + std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
           std::chrono::seconds(*seconds) - *zone;
}

/// False when the value cannot be read.
bool take_parameter(std::string_view name, const std::string& value, MigrationReportQuery& query) {
    if (name == "patientLogLevel") {
        return std::ranges::find(log_levels, value) != log_levels.end();
    }
    if (name != "date") return true;
    const bool is_end = value.starts_with("le");
    if (!is_end && !value.starts_with("ge")) return false;
    const auto time = read_time(std::string_view(value).substr(2), is_end);
    (is_end ? query.until : query.from) = time;
    return time.has_value();
}

Json counted(const ImportCounts& counts) {
    const auto of = [&](ImportOutcome outcome) {
        return counts[static_cast<std::size_t>(outcome)];
    };
    return {
        {"ImportedWithoutWarnings", of(ImportOutcome::without_warnings)},
        {"ImportedWithWarnings", of(ImportOutcome::with_warnings)},
        {"Failed", of(ImportOutcome::failed)},
    };
}

std::string print_report(const MigrationSummary& migration) {
    const Json report = {
        {"SessionId", migration.session_id},
        {"SessionStart", findings::timestamp(migration.started)},
        {"SessionEnd", migration.ended ? Json(findings::timestamp(*migration.ended)) : Json(nullptr)
        },
        {"MigrationReportSummary",
         {{"Organizations", counted(migration.organisations)},
          {"Patients", counted(migration.patients)},
          {"Reports", counted(migration.reports)}}},
    };
    return report.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::optional<MigrationReportQuery> read_report_query(std::string_view target) {
    target = target.substr(0, target.find('#'));
    const std::size_t mark = target.find('?');
    if (mark == std::string_view::npos) return std::nullopt;
    std::string_view rest = target.substr(mark + 1);
    MigrationReportQuery query;
    bool asks_for_reports = false;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string name = wire::decode_percent(pair.substr(0, equals));
        const std::string value =
            wire::decode_percent(pair.substr(std::min(equals + 1, pair.size())));
        if (name == "_query") asks_for_reports = value == query_name;
        if (!take_parameter(name, value, query)) return std::nullopt;
    }
    if (!asks_for_reports) return std::nullopt;
    return query;
}

bool is_asked_for(const MigrationReportQuery& query, const MigrationSummary& migration) {
    return (!query.from || migration.started >= *query.from) &&
           (!query.until || migration.started <= *query.until);
}

std::string print_migration_reports(const std::vector<MigrationSummary>& migrations) {
    Json entries = Json::array();
    for (const MigrationSummary& migration : migrations) {
        const std::string report = print_report(migration);
        entries.push_back(
            {{"resource",
              {{"resourceType", "Basic"},
               {"id", migration.session_id},
               {"code", {{"text", query_name}}},
               {"extension",
                Json::array(
                    {{{"url", "MigrationReport"},
                      {"valueBase64Binary", wire::encode_base64(platform::as_bytes(report))}}}
                )}}}}
        );
    }
    const Json bundle = {
        {"resourceType", "Bundle"},
        {"type", "searchset"},
        {"total", migrations.size()},
        {"entry", std::move(entries)},
    };
    return bundle.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sfmkit::mockserver
