#include "tests/mockserver/recording_text.hpp"
#include "tests/mockserver/served_site.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>

// Oracle: what the three public builds of the official uploader sent, byte for byte.

namespace sfmkit::test {
namespace {

using nlohmann::json;

/// Byte i of every recorded file is i modulo 251.
std::string recorded_bytes(std::uint64_t offset, std::uint64_t length) {
    std::string bytes;
    for (std::uint64_t i = offset; i < offset + length; ++i) {
        bytes += static_cast<char>(i % 251);
    }
    return bytes;
}

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string header_of(const RawAnswer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return {};
}

/// Location in an answer that the uploader got when it was recorded.
std::string recorded_location(const std::string& answer) {
    const std::string mark = "Location: ";
    const std::size_t begin = answer.find(mark) + mark.size();
    return answer.substr(begin, answer.find("\r\n", begin) - begin);
}

class UploaderRun {
  public:
    UploaderRun(
        const json& run, const std::filesystem::path& folder, const mockserver::Rules& rules
    )
        : run_(run), site_(context_, {.rules = rules, .folder = folder}) {}

    void play() {
        boost::asio::co_spawn(context_, play_requests(), [](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
        });
        context_.run();
    }

    std::vector<mockserver::FinishedUpload>& finished() { return site_.finished(); }
    /// Rules of refusals and of findings above a note.
    std::vector<std::string> complaints() {
        std::vector<std::string> rules;
        for (const auto& finding : site_.evidence().findings) {
            if (finding.severity != findings::Severity::info) rules.push_back(finding.rule);
        }
        for (const auto& reason : site_.evidence().refusals) rules.push_back(reason.rule);
        return rules;
    }

  private:
    boost::asio::awaitable<void> play_requests() {
        platform::TcpNetwork network(context_.get_executor());
        for (const json& request : run_.at("requests")) {
            const platform::Duration deadline = std::chrono::seconds(10);
            auto transport = co_await network.connect("127.0.0.1", site_.port(), deadline);
            if (!transport) throw std::runtime_error("no connection");
            RawConnection connection(std::move(*transport), context_.get_executor(), clock_);
            const std::string bytes = bytes_of(request);
            co_await connection.send(bytes);
            const auto answer = co_await connection.read_answer(request.at("method"), deadline);
            if (!answer) throw std::runtime_error("no answer");
            expect_good(request, *answer);
            const bool asked = request.at("head").get<std::string>().find("Connection: close") !=
                               std::string::npos;
            const platform::Duration moment = std::chrono::milliseconds(asked ? 5000 : 150);
            co_await connection.wait_for_bytes(moment);
            EXPECT_EQ(connection.end() == RawConnection::End::closed, asked);
        }
        co_await site_.stop();
        context_.stop();
    }

    std::string bytes_of(const json& request) const {
        std::string head = request.at("head");
        for (const auto& [recorded, ours] : locations_) head = replace_all(head, recorded, ours);
        if (!request.contains("body")) return head;
        const json& body = request.at("body");
        return head + recorded_bytes(body.at("file_offset"), body.at("length"));
    }

    void expect_good(const json& request, const RawAnswer& answer) {
        static const std::map<std::string, int> wanted = {
            {"GET", 200}, {"POST", 201}, {"HEAD", 200}, {"PATCH", 204}
        };
        const std::string method = request.at("method");
        EXPECT_EQ(answer.status, wanted.at(method)) << request.at("head");
        if (method == "POST") {
            const std::string location = header_of(answer, "Location");
            EXPECT_TRUE(location.starts_with(request.at("target").get<std::string>() + "/"));
            locations_[recorded_location(request.at("answer_it_got"))] = location;
        }
        if (method == "PATCH") {
            const json& body = request.at("body");
            const auto end = body.at("file_offset").get<std::uint64_t>() +
                             body.at("length").get<std::uint64_t>();
            EXPECT_EQ(header_of(answer, "Upload-Offset"), std::to_string(end));
        }
        if (method == "GET") {
            EXPECT_TRUE(answer.body.starts_with("sfmkit "));
        }
    }

    platform::SystemClock clock_;
    boost::asio::io_context context_{1};
    const json& run_;
    ServedSite site_;
    std::map<std::string, std::string> locations_;  ///< recorded path to ours
};

std::string sha1_of(const std::filesystem::path& file) {
    static const auto algorithms = platform::CryptoAlgorithms::fetch();
    const std::string bytes = read_file(file);
    return platform::to_hex(platform::digest_of(*algorithms.sha1, platform::as_bytes(bytes)));
}

std::map<std::string, std::string> sha1_by_name(
    const std::vector<mockserver::FinishedUpload>& finished
) {
    std::map<std::string, std::string> digests;
    for (const mockserver::FinishedUpload& upload : finished) {
        for (const wire::MetadataPair& pair : upload.metadata) {
            if (pair.key != "name") continue;
            digests[std::string(platform::as_text(pair.value))] = sha1_of(upload.file);
        }
    }
    return digests;
}

std::map<std::string, std::string> recorded_sha1_by_name(const json& files) {
    std::map<std::string, std::string> digests;
    for (const json& file : files) {
        const std::string path = file.at("path");
        digests[path.substr(path.rfind('\\') + 1)] = file.at("sha1");
    }
    return digests;
}

TEST(OfficialUploader, RequestsOfEveryBuildAndMode_AreServedAndStoredWholeInEveryImitation) {
    const auto file = reference_file("wire/official-uploader.json");
    if (!file) SFM_SKIP_OR_FAIL("the recordings of the official uploader are not there");
    const json recording = json::parse(read_file(*file));
    const auto expected = recorded_sha1_by_name(recording.at("files"));
    ASSERT_EQ(recording.at("runs").size(), 4U);
    for (const json& run : recording.at("runs")) {
        for (const std::string_view name : mockserver::profile_names()) {
            for (const bool behind_nginx : {false, true}) {
                SCOPED_TRACE(
                    run.at("build").get<std::string>() + " " + run.at("mode").get<std::string>() +
                    " " + std::string(name) + (behind_nginx ? ",nginx" : "")
                );
                const TemporaryFolder folder;
                const mockserver::Rules rules{
                    .profile = mockserver::find_profile(name),
                    .behind_nginx = behind_nginx,
                    .settings = {},
                };
                UploaderRun uploader(run, folder.path(), rules);
                uploader.play();
                EXPECT_EQ(sha1_by_name(uploader.finished()), expected);
                EXPECT_EQ(uploader.complaints(), std::vector<std::string>());
            }
        }
    }
}

}  // namespace
}  // namespace sfmkit::test
