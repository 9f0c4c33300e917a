#include "tests/crash/crash_world.hpp"

#include "mockserver/evidence/evidence_reader.hpp"
#include "platform/terminal.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "wire/tus_headers.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <set>

namespace sfmkit::test {
namespace {

using platform::Bytes;

std::string random_bytes(platform::Random& random, std::size_t count) {
    std::string text(count, '\0');
    random.fill(std::as_writable_bytes(std::span(text)));
    return text;
}

const char* name_of(KillPoint::Phase phase) {
    switch (phase) {
        case KillPoint::Phase::in_body:
            return "inside a body";
        case KillPoint::Phase::body_sent:
            return "body sent, no answer yet";
        case KillPoint::Phase::answer_on_its_way:
            return "answer on its way";
    }
    return "";
}

/// The value of a header in an answer as it came, or nothing.
std::optional<std::string> header_of(const std::string& answer, const std::string& name) {
    const auto start = answer.find("\r\n" + name + ": ");
    if (start == std::string::npos) return std::nullopt;
    const auto from = start + name.size() + 4;
    return answer.substr(from, answer.find("\r\n", from) - from);
}

/// The file name that an upload was created with.
std::string name_in_metadata(const std::filesystem::path& record) {
    const auto told = nlohmann::json::parse(read_file(record));
    const auto pairs = wire::parse_metadata_strictly(told.at("metadata").get<std::string>());
    for (const wire::MetadataPair& pair : pairs.value()) {
        if (pair.key == "name") return std::string(platform::as_text(pair.value));
    }
    return "";
}

}  // namespace

std::string KillPoint::describe() const {
    std::string text = fmt::format("{} no. {}, {}", method, request, name_of(phase));
    if (phase == Phase::in_body) text += fmt::format(" after at least {} bytes", body_bytes);
    return text;
}

std::size_t orphans_told(const std::string& output) {
    constexpr std::string_view label = "orphans ";
    const auto at = output.find(label);
    return at == std::string::npos ? 0 : std::stoul(output.substr(at + label.size()));
}

std::size_t kill_rounds() {
    const auto asked = platform::environment("SFMKIT_KILL_ROUNDS");
    return asked ? std::stoul(*asked) : 20;
}

KillPoint kill_point(std::size_t round, platform::Random& random) {
    static const std::array around_bodies = {
        KillPoint{.method = "PATCH", .phase = KillPoint::Phase::body_sent},
        KillPoint{.method = "PATCH", .phase = KillPoint::Phase::answer_on_its_way},
        KillPoint{.method = "POST", .phase = KillPoint::Phase::body_sent},
        KillPoint{.method = "POST", .phase = KillPoint::Phase::answer_on_its_way},
    };
    KillPoint point{.method = "PATCH"};
    if (round % 5 == 4) point = around_bodies[round / 5 % around_bodies.size()];
    point.request = 1 + random.pick(6);
    point.body_bytes = 1 + random.pick(60000);
    return point;
}

CrashWorld::CrashWorld(std::uint64_t seed, bool with_empty_file) : server_(folder_ / "mock") {
    platform::SeededRandom random(seed);
    const auto add = [&](const std::string& path, std::size_t size) {
        const std::string content = random_bytes(random, size);
        write_file(folder_ / ("export/" + path), content);
        contents_[std::filesystem::path(path).filename().string()] = content;
    };
    add("ExportData.dat", 700000);
    for (int i = 0; i < 6; ++i) {
        const std::size_t size = 100000 + random.pick(1200000);
        add(fmt::format("Patients0/0000000{}-0000-4000-8000-000000000000.pat", i), size);
    }
    if (with_empty_file) add("Patients0/00000006-0000-4000-8000-000000000000.pat", 0);
    // One relay for all runs: the journal of the uploader belongs to one address.
    relay_ = std::make_unique<ObservingRelay>(
        network_,
        context_.get_executor(),
        server_.port(),
        [this](const RequestProgress& progress) { return !observer_ || observer_(progress); }
    );
}

void CrashWorld::note_acknowledgement(const RequestProgress& progress) {
    if (progress.method != "PATCH" || !progress.answer.starts_with("HTTP/1.1 204")) return;
    const auto offset = header_of(progress.answer, "Upload-Offset");
    if (!offset) return;
    auto& highest = acknowledged_[progress.target];
    highest = std::max(highest, std::uint64_t{std::stoull(*offset)});
}

bool CrashWorld::observe(
    const RequestProgress& progress, Victim victim, const KillPoint& point, Run& run
) {
    const bool body_complete = progress.body_bytes == progress.content_length;
    const bool answering = !progress.answer.empty();
    if (progress.method == "POST" && body_complete && !answering) ++creations_;
    const auto phase = answering       ? KillPoint::Phase::answer_on_its_way
                       : body_complete ? KillPoint::Phase::body_sent
                                       : KillPoint::Phase::in_body;
    const bool here =
        victim != Victim::none && !run.point_reached && progress.method == point.method &&
        progress.number >= point.request && phase == point.phase &&
        (phase != KillPoint::Phase::in_body || progress.body_bytes >= point.body_bytes);
    // The server has said it, even if nobody hears: what it acknowledged it must keep.
    if (answering) {
        note_acknowledgement(progress);
        answered_[{progress.method, progress.number}] =
            progress.method + " " + progress.target + " " + progress.answer.substr(9, 3);
    }
    if (!here) return true;
    run.point_reached = true;
    run.inside_body = phase == KillPoint::Phase::in_body;
    run.seen = fmt::format(
        "{} no. {}: {} of {} body bytes, {}",
        progress.method,
        progress.number,
        progress.body_bytes,
        progress.content_length,
        name_of(phase)
    );
    if (victim != Victim::server) client_.reset();
    if (victim != Victim::client) {
        server_.start_again();
        expect_nothing_acknowledged_lost();
    }
    return false;
}

CrashWorld::Run CrashWorld::upload(Victim victim, const KillPoint& point) {
    Run run;
    observer_ = [&](const RequestProgress& progress) {
        return observe(progress, victim, point, run);
    };
    const auto output = folder_ / "upload.log";
    std::filesystem::remove(output);
    auto started = platform::ChildProcess::start({
        .program = build_folder() / "sfmkit",
        .arguments =
            {"upload",
             (folder_ / "export").string(),
             "--url",
             fmt::format("http://127.0.0.1:{}/files/", relay_->port()),
             "--journal",
             (folder_ / "journal").string(),
             "--parallel",
             "3"},
        .output = output,
    });
    EXPECT_TRUE(started) << platform::describe(started.error());
    client_ = std::move(*started);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (client_ && !run.exit_code && std::chrono::steady_clock::now() < end) {
        context_.run_one_for(std::chrono::milliseconds(20));
        if (client_) run.exit_code = client_->wait_for(platform::Duration(0));
    }
    client_.reset();
    observer_ = nullptr;
    run.output = read_file(output);
    return run;
}

void CrashWorld::expect_nothing_acknowledged_lost() {
    for (const auto& [target, offset] : acknowledged_) {
        const std::string url = fmt::format("http://127.0.0.1:{}{}", server_.port(), target);
        const auto asked =
            run_program("curl", {"-sI", "-H", "Tus-Resumable: 1.0.0", "--max-time", "10", url});
        const auto held = header_of(asked.output, "Upload-Offset");
        EXPECT_TRUE(held) << url << "\n" << asked.output;
        if (held) {
            EXPECT_GE(std::stoull(*held), offset) << url;
        }
    }
}

CrashWorld::AnswersKept CrashWorld::compare_answers_with_evidence() const {
    std::map<std::string, std::size_t> kept;
    auto reader = mockserver::EvidenceReader::open(server_.data_folder());
    if (!reader) throw std::runtime_error(platform::describe(reader.error()));
    const auto rows = reader->requests({.most = 1'000'000});
    if (!rows) throw std::runtime_error(platform::describe(rows.error()));
    for (const auto& row : *rows) {
        const auto& request = row.request;
        ++kept[fmt::format("{} {} {}", request.method, request.target, request.status)];
    }
    AnswersKept result{.answered = answered_.size()};
    for (const auto& [number, answer] : answered_) {
        std::size_t& left = kept[answer];
        if (left == 0) ++result.missing;
        if (left > 0) --left;
    }
    return result;
}

std::size_t CrashWorld::expect_all_files_stored_once() {
    std::size_t unowned = 0;
    std::multiset<std::string> complete;
    for (const auto& entry :
         std::filesystem::directory_iterator(server_.data_folder() / "uploads")) {
        if (entry.path().extension() != ".json") continue;
        const std::string name = name_in_metadata(entry.path());
        // An upload whose first byte never came has no file yet.
        const auto file = std::filesystem::path(entry.path()).replace_extension();
        const std::string stored = std::filesystem::exists(file) ? read_file(file) : "";
        const std::string& wanted = contents_.at(name);
        EXPECT_TRUE(wanted.starts_with(stored)) << name << ": wrong bytes in " << file;
        if (stored == wanted) {
            complete.insert(name);
        } else {
            ++unowned;
        }
    }
    for (const auto& [name, content] : contents_) {
        const std::size_t whole = complete.count(name);
        EXPECT_GE(whole, 1U) << name;
        if (whole > 1 && content.empty()) {
            unowned += whole - 1;
        } else {
            EXPECT_LE(whole, 1U) << name;
        }
    }
    return unowned;
}

}  // namespace sfmkit::test
