#include "tests/mockserver/fault_cases.hpp"

namespace sfmkit::test {
namespace {

constexpr const char* undisturbed = "201 204@400 200@400 204@1000 200@1000";

const FaultCase rows[] = {
    {"ResetOfConnection",
     R"("point":"accept")"
     R"(,"match":{"nth":2})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"ResetAtHead",
     R"("point":"head")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"CloseBeforeCreation",
     R"("point":"before_store")"
     R"(,"match":{"method":"POST"})"
     R"(,"action":{"do":"close"})",
     "0"},
    {"ResetInBodyWithChecksum",
     R"("point":"body","at_byte":150)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"ResetInSecondBody",
     R"("point":"body","at_byte":150)"
     R"(,"match":{"method":"PATCH","nth":2})"
     R"(,"action":{"do":"reset"})",
     "201 204@400 200@400 0 200@400"},
    {"ResetAtFirstByte",
     R"("point":"body","at_byte":0)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"ResetBehindLastByte",
     R"("point":"body","at_byte":400)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"BeyondTheBody",
     R"("point":"body","at_byte":5000)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     undisturbed},
    {"ResetAfterBody",
     R"("point":"after_body")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"StoreThenLoseAnswer",
     R"("point":"after_store")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@400 204@1000 200@1000"},
    {"StoreThenCloseWithoutAnswer",
     R"("point":"after_store")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"close"})",
     "201 0 200@400 204@1000 200@1000"},
    {"LostCreation",
     R"("point":"after_store")"
     R"(,"match":{"method":"POST"})"
     R"(,"action":{"do":"reset"})",
     "0"},
    {"CutInAnswer",
     R"("point":"answer","at_byte":20)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@400 204@1000 200@1000"},
    {"AnswerThenLoseStore",
     R"("point":"after_answer")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"lose_store"})",
     "201 204@400 200@0 204@1000 200@1000"},
    {"AnswerThenLosePart",
     R"("point":"after_answer")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"lose_store","bytes":90})",
     "201 204@400 200@90 204@1000 200@1000"},
    {"LoseCreation",
     R"("point":"after_store")"
     R"(,"match":{"method":"POST"})"
     R"(,"action":{"do":"lose_store"})",
     "201 404 404"},
    {"OffsetInsideChunk",
     R"("point":"body","at_byte":123)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"keep_part"})",
     "201 204@123 200@123 204@1000 200@1000"},
    {"FrozenOffset",
     R"("point":"body","at_byte":0)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"keep_part"})",
     "201 204@0 200@0 204@1000 200@1000"},
    {"OffsetTooHigh",
     R"("point":"answer")"
     R"(,"match":{"method":"HEAD"})"
     R"(,"action":{"do":"edit_answer","shift":7})",
     "201 204@400 200@407 409 200@400"},
    {"OffsetTooLow",
     R"("point":"answer")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"edit_answer","shift":-1})",
     "201 204@399 200@400 204@1000 200@1000"},
    {"CorruptByte",
     R"("point":"body","at_byte":200)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"corrupt"})",
     "201 460 200@0 204@1000 200@1000"},
    {"CorruptBehindChecksum",
     R"("point":"body","at_byte":200)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"corrupt","silent":true})",
     undisturbed,
     false},
    {"DiskFull",
     R"("point":"body","at_byte":100)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"storage_full"})",
     "201 500 200@0 204@1000 200@1000"},
    {"DiskFullOfStrictSpec",
     R"("point":"body","at_byte":100)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"storage_full"})",
     "201 507 200@0 204@1000 200@1000",
     true,
     &mockserver::strict_spec},
    {"StatusInstead",
     R"("point":"head")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"answer","status":503,"set":{"Retry-After":"3"}})",
     "201 503 200@0 204@1000 200@1000"},
    {"StatusInsideBody",
     R"("point":"body","at_byte":50)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"answer","status":413,"close":true})",
     "201 413 200@0 204@1000 200@1000"},
    {"StoreThenLie",
     R"("point":"after_store")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"answer","status":500})",
     "201 500 200@400 204@1000 200@1000"},
    {"ExpireNow",
     R"("point":"head")"
     R"(,"match":{"method":"HEAD"})"
     R"(,"action":{"do":"expire_upload"})",
     "201 204@400 404"},
    {"ExpireNowOfStrictSpec",
     R"("point":"head")"
     R"(,"match":{"method":"HEAD"})"
     R"(,"action":{"do":"expire_upload"})",
     "201 204@400 410",
     true,
     &mockserver::strict_spec},
    {"Locked",
     R"("point":"head")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"lock","time":"500ms"})",
     "201 409 200@0 409 200@0"},
    {"LockedOfStrictSpec",
     R"("point":"head")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"lock","time":"500ms"})",
     "201 423 200@0 423 200@0",
     true,
     &mockserver::strict_spec},
    {"StallThenGoOn",
     R"("point":"head")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"stall","time":"3s"})",
     undisturbed},
    {"StallInBody",
     R"("point":"body","at_byte":99)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"stall","time":"3s"})",
     undisturbed},
    {"StallInAnswer",
     R"("point":"answer","at_byte":9)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"stall","time":"3s"})",
     undisturbed},
    {"SlowBody",
     R"("point":"body","at_byte":0)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"slow","bytes":200})",
     undisturbed},
    {"SlowAnswer",
     R"("point":"answer","at_byte":0)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"slow","bytes":100})",
     undisturbed},
    {"RestartWithState",
     R"("point":"after_store")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"restart"})",
     "201 0 200@400 204@1000 200@1000"},
    {"RestartWithoutState",
     R"("point":"after_store")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"restart","keep_state":false})",
     "201 0 404"},
    {"RestartInBody",
     R"("point":"body","at_byte":300)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"restart","time":"20ms"})",
     "201 0 200@0 204@1000 200@1000"},
    {"BufferWholeBody",
     R"("point":"head")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"buffer"})",
     undisturbed},
    {"WithholdContinue",
     R"("point":"head")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"withhold_continue"})",
     undisturbed},
    {"LowerCaseNames",
     R"("point":"answer")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"edit_answer","lower_case":true})",
     undisturbed},
    {"ChunkedCreation",
     R"("point":"answer")"
     R"(,"match":{"method":"POST"})"
     R"(,"action":{"do":"edit_answer","chunked":true})",
     undisturbed},
    {"OldHttp",
     R"("point":"answer")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"edit_answer","http_1_0":true})",
     undisturbed},
    {"WithoutOffset",
     R"("point":"answer")"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"edit_answer","remove":["Upload-Offset"]})",
     "201 204 200@400 204@1000 200@1000"},
    {"OtherFileType",
     R"("point":"head")"
     R"(,"match":{"file_type":"ReportFile"})"
     R"(,"action":{"do":"reset"})",
     undisturbed},
    {"OtherSession",
     R"("point":"head")"
     R"(,"match":{"session":"ffffffff-4dec-4ecf-b3e7-04bedbdd1096"})"
     R"(,"action":{"do":"reset"})",
     undisturbed},
    {"FileType",
     R"("point":"head")"
     R"(,"match":{"file_type":"PatientFile","method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"FileName",
     R"("point":"head")"
     R"(,"match":{"upload":"a.pat","method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"Session",
     R"("point":"head")"
     R"(,"match":{"session":"3A68365F-4dec-4ecf-b3e7-04bedbdd1096","method":"PATCH"})"
     R"(,"action":{"do":"reset"})",
     "201 0 200@0 204@1000 200@1000"},
    {"NeverByProbability",
     R"("point":"head")"
     R"(,"match":{"probability":0})"
     R"(,"action":{"do":"reset"})",
     undisturbed},
    {"Always",
     R"("point":"head","times":0)"
     R"(,"match":{"method":"PATCH"})"
     R"(,"action":{"do":"answer","status":503})",
     "201 503 200@0 503 200@0"},
};

}  // namespace

std::span<const FaultCase> fault_cases() {
    return rows;
}

}  // namespace sfmkit::test
