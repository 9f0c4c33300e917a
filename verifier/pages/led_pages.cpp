#include "verifier/pages/led_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

const std::array<RulePage, 3> pages = {{
    {.id = "LED-01",
     .reason = "The uploader keeps its state in this file and reads it when it opens the folder. "
               "Cut off by a crash or edited by hand, it makes the folder unusable until somebody "
               "deletes it; listed files that are gone fail one by one.",
     .bad = R"({ "importFiles": [
    { "FileNameWithRelativePath": "Patients0\\gone.pat",
      "FileType": "patientFile", "Status": "notStarted" } ],
  "ImportSession": "5b1c0f6e-6f0d-4a52-a4c2-0c7a1a2f3b4d" })",
     .good = R"({ "importFiles": [
    { "FileNameWithRelativePath":
        "Patients0\\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
      "FileType": "patientFile", "Status": "notStarted" } ],
  "ImportSession": "5b1c0f6e-6f0d-4a52-a4c2-0c7a1a2f3b4d" })",
     .csharp = "The exporter itself does not write it: the official uploader, a .NET program, was "
               "ended while it rewrote the file, or files were exported anew into the same folder.",
     .java = "An exporter that cleans its target by file pattern deletes *.pat and leaves .ledger, "
             "which hides behind its dot.",
     .node = "rimraf('Patients*') before a new run: glob patterns do not match names that begin "
             "with a dot.",
     .related = "LED-02 LED-03 DIR-12"},
    {.id = "LED-02",
     .reason = "What counts as sent is not sent again: a corrected patient under the same name "
               "stays at home, and the organisation file, once completed, is never repeated. A "
               "ledger that has work in it therefore does not belong to a fresh export.",
     .bad = R"("FileNameWithRelativePath":
    "Patients0\\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
"Status": "completed")",
     .good = R"("FileNameWithRelativePath":
    "Patients0\\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
"Status": "notStarted")",
     .csharp = "Directory.CreateDirectory succeeds for a folder that is there; export into a new "
               "one for each run.",
     .java = "Files.createDirectories with a fixed target such as C:\\sfm-export, in which the "
             "last trial was uploaded.",
     .node = "fs.mkdirSync(target, { recursive: true }) over the folder of the last upload; put a "
             "time stamp into its name.",
     .related = "LED-01 DIR-09"},
    {.id = "LED-03",
     .reason = "The type in the ledger goes into the metadata of the upload. A patient that is "
               "announced as a report is stored as one; and without a session the service cannot "
               "put the files of one move together.",
     .bad = R"("FileNameWithRelativePath":
    "Patients0\\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
"FileType": "reportFile")",
     .good = R"("FileNameWithRelativePath":
    "Patients0\\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
"FileType": "patientFile")",
     .csharp = "A ledger made by a tool of one's own with enum numbers or other names: the "
               "uploader's words begin with a small letter.",
     .java = "Jackson writes the enum constant as it is called, PATIENT_FILE, unless @JsonProperty "
             "says otherwise.",
     .node = "A hand-written object with type: 'report' for all files; let the uploader make its "
             "ledger.",
     .related = "LED-01 DIR-03"},
}};

}  // namespace

std::span<const RulePage> led_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
