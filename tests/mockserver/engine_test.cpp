#include "mockserver/tus/engine.hpp"

#include <gtest/gtest.h>

namespace sfmkit::mockserver {
namespace {

constexpr const char* id = "0123456789abcdef0123456789abcdef";
const platform::WallTime now{std::chrono::seconds(1'634'130'720)};

/// A request under construction; what a good PATCH has is there already.
class Ask {
  public:
    explicit Ask(const std::string& method, const std::string& target = "/files") {
        head_.method = method;
        head_.target = target;
        with("Tus-Resumable", "1.0.0");
    }
    static Ask patch(const std::string& offset) {
        Ask ask("PATCH", std::string("/files/") + id);
        ask.with("Content-Type", "application/offset+octet-stream").with("Upload-Offset", offset);
        return ask;
    }
    Ask& with(const std::string& name, const std::string& value) {
        fields_.emplace_back(name, value);
        return *this;
    }
    Ask& instead(const std::string& name, const std::string& value) {
        without(name);
        return with(name, value);
    }
    Ask& without(const std::string& name) {
        std::erase_if(fields_, [&](const auto& field) { return field.first == name; });
        return *this;
    }
    wire::RequestHead head() const {
        wire::RequestHead head = head_;
        for (const auto& [name, value] : fields_) head.fields.add(name, value);
        return head;
    }

  private:
    wire::RequestHead head_;
    std::vector<std::pair<std::string, std::string>> fields_;
};

Upload upload_of(std::int64_t length, std::uint64_t offset) {
    Upload upload;
    upload.id = id;
    upload.length_bytes = length;
    upload.offset_bytes = offset;
    upload.expires = now + std::chrono::hours(5);
    return upload;
}

class Engine : public testing::Test {
  protected:
    Decision decide_on(const Ask& ask) {
        const wire::RequestHead head = ask.head();
        return decide(rules_, claim(rules_, head), head, known_, id, now);
    }
    Answer answer_to(const Ask& ask) {
        const Decision decision = decide_on(ask);
        const auto* answer = std::get_if<Answer>(&decision);
        return answer != nullptr ? *answer : bare_answer(0);
    }
    int status_of(const Ask& ask) { return answer_to(ask).status; }

    Rules rules_{.profile = &tusdotnet_2021(), .settings = {}};
    Known known_{.upload = upload_of(100, 40), .locked = false, .parts = {}};
};

// Source: order of checks in the source of tusdotnet; each row breaks two things and names the
// status of the one that must win.
TEST_F(Engine, Patch_WithTwoFaults_NamesTheEarlierOne) {
    known_.upload.reset();
    EXPECT_EQ(status_of(Ask::patch("0").instead("Content-Type", "text/plain")), 404);
    known_.upload = upload_of(100, 40);
    EXPECT_EQ(status_of(Ask::patch("0").instead("Content-Type", "text/plain")), 415);
    EXPECT_EQ(status_of(Ask::patch("0").with("Upload-Checksum", "sha1 !!")), 400);
    EXPECT_EQ(status_of(Ask::patch("0").instead("Tus-Resumable", "0.2.2")), 412);
    EXPECT_EQ(status_of(Ask::patch("0").without("Tus-Resumable")), 404);
    known_.locked = true;
    EXPECT_EQ(status_of(Ask::patch("40").instead("Content-Type", "text/plain")), 409);
    known_.locked = false;
    known_.upload = upload_of(100, 100);
    EXPECT_EQ(status_of(Ask::patch("40")), 409);
    EXPECT_EQ(status_of(Ask::patch("100")), 400);
    known_.upload->expires = now;
    EXPECT_EQ(status_of(Ask::patch("40")), 404);
    EXPECT_EQ(status_of(Ask::patch("40").instead("Upload-Offset", "x")), 400);
}

TEST_F(Engine, Patch_AtTheOffset_PlansTheWriteWithItsChecksum) {
    // sha1 of the empty string, FIPS 180.
    const Decision decision =
        decide_on(Ask::patch("40").with("Upload-Checksum", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk="));
    const auto* plan = std::get_if<WritePlan>(&decision);
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(plan->upload, *known_.upload);
    ASSERT_TRUE(plan->checksum.has_value());
    EXPECT_EQ(platform::to_hex(plan->checksum->digest), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

TEST_F(Engine, Write_WithAnotherDigest_IsRefusedWith460AndDropped) {
    const Decision decision =
        decide_on(Ask::patch("40").with("Upload-Checksum", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk="));
    const auto& plan = std::get<WritePlan>(decision);
    const WriteEnd end{
        .received_bytes = 1,
        .too_much_data = false,
        .digests = {{"sha1", platform::ByteBuffer(20)}},
        .trailers = {},
    };
    const auto refusal = judge_write(rules_, plan, end);
    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(refusal->status, 460);
    EXPECT_TRUE(drops_bytes(rules_, end));
}

TEST_F(Engine, Post_WithLength_CreatesAnUploadThatExpires) {
    const Decision decision = decide_on(Ask("POST").with("Upload-Length", "964736"));
    const auto* plan = std::get_if<CreatePlan>(&decision);
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(plan->upload.length_bytes, 964736);
    EXPECT_EQ(plan->upload.expires, now + std::chrono::hours(5));
    const Answer answer = created(rules_, *plan, plan->upload, false);
    // The exchange printed on the NHN page, from Location on.
    std::vector<std::string> names;
    for (const wire::HeaderField& field : answer.fields.all()) names.push_back(field.name);
    EXPECT_EQ(names, (std::vector<std::string>{"Location", "Upload-Expires", "Tus-Resumable"}));
    EXPECT_EQ(answer.fields.first("Upload-Expires"), "Wed, 13 Oct 2021 18:12:00 GMT");
}

TEST_F(Engine, Post_OfDeferredLength_IsTakenInALaterPatchOnly) {
    const Decision decision = decide_on(Ask("POST").with("Upload-Defer-Length", "1"));
    ASSERT_NE(std::get_if<CreatePlan>(&decision), nullptr);
    known_.upload = std::get<CreatePlan>(decision).upload;
    EXPECT_EQ(answer_to(Ask("HEAD", std::string("/files/") + id)).status, 200);
    EXPECT_EQ(
        answer_to(Ask("HEAD", std::string("/files/") + id)).fields.first("Upload-Defer-Length"), "1"
    );
    EXPECT_EQ(status_of(Ask::patch("0")), 400);
    const Decision write = decide_on(Ask::patch("0").with("Upload-Length", "10"));
    ASSERT_NE(std::get_if<WritePlan>(&write), nullptr);
    EXPECT_TRUE(std::get<WritePlan>(write).length_is_new);
}

// tus 1.0.0: a server MUST answer 412 with Tus-Version to a version that it does not know, SHOULD
// answer 410 for an upload that it knows to be expired, and MUST refuse what is not a number.
TEST_F(Engine, OfStrictSpec_WhereTusdotnetBends_KeepsToTheText) {
    rules_.profile = &strict_spec();
    const Answer missing = answer_to(Ask::patch("40").without("Tus-Resumable"));
    EXPECT_EQ(missing.status, 412);
    EXPECT_EQ(missing.fields.first("Tus-Version"), "1.0.0");
    EXPECT_EQ(status_of(Ask("POST").with("Upload-Length", "+5")), 400);
    EXPECT_EQ(
        status_of(Ask("POST").with("Upload-Length", "5").with("Upload-Metadata", "a YR==")), 400
    );
    known_.locked = true;
    EXPECT_EQ(status_of(Ask::patch("40")), 423);
    known_.locked = false;
    known_.upload->expires = now;
    EXPECT_EQ(status_of(Ask("HEAD", std::string("/files/") + id)), 410);
    const WriteEnd end{.received_bytes = 70, .too_much_data = true, .digests = {}, .trailers = {}};
    EXPECT_TRUE(drops_bytes(rules_, end));
}

// tus 1.0.0, Creation: the length comes with the next PATCH once it is known, so a PATCH before
// that has none. tus-js-client uploads streams that way.
TEST_F(Engine, OfStrictSpec_WhileTheLengthIsUnknown_TakesDataWithoutIt) {
    rules_.profile = &strict_spec();
    known_.upload->length_bytes.reset();
    const Decision write = decide_on(Ask::patch("40"));
    ASSERT_NE(std::get_if<WritePlan>(&write), nullptr);
    EXPECT_FALSE(std::get<WritePlan>(write).length_is_new);
    known_.upload = upload_of(100, 40);
    EXPECT_EQ(status_of(Ask::patch("40").with("Upload-Length", "100")), 400);
}

// 40 bytes are there: an upload of 39 could never be finished.
TEST_F(Engine, OfStrictSpec_WithALengthBelowTheOffset_RefusesIt) {
    rules_.profile = &strict_spec();
    known_.upload->length_bytes.reset();
    EXPECT_EQ(status_of(Ask::patch("40").with("Upload-Length", "39")), 413);
    const Decision write = decide_on(Ask::patch("40").with("Upload-Length", "40"));
    ASSERT_NE(std::get_if<WritePlan>(&write), nullptr);
    EXPECT_EQ(std::get<WritePlan>(write).upload.length_bytes, 40);
}

TEST_F(Engine, EveryRefusal_InEveryProfile_HasAStatusOfItsOwn) {
    for (const std::string_view name : profile_names()) {
        const Profile& profile = *find_profile(name);
        for (int i = 0; i <= static_cast<int>(Refusal::concat_too_large); ++i) {
            const Answer answer = refuse(profile, static_cast<Refusal>(i), {"1", "2"});
            EXPECT_GE(answer.status, 400) << name << " " << i;
            EXPECT_EQ(answer.text.find('{'), std::string::npos) << answer.text;
        }
    }
}

}  // namespace
}  // namespace sfmkit::mockserver
