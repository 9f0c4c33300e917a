#include "verifier/pages/env_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

const std::array<RulePage, 1> pages = {{
    {.id = "ENV-01",
     .reason =
         "A file whose header or first block is missing cannot be opened by anybody: the reader "
         "takes the three lengths from the front and then looks for bytes that are not there. At "
         "NHN such an upload is accepted byte by byte and fails only when the import decrypts it, "
         "so the patient's history does not arrive although the uploader reported success.",
     .bad = R"(00 01 00 00  10 00 00 00  04 00 00 00   key 256, IV 16, extension 4
8f 41 c2 07 …                             100 bytes of the wrapped key
-- end of file after 112 bytes --)",
     .good = R"(00 01 00 00  10 00 00 00  04 00 00 00   key 256, IV 16, extension 4
8f 41 c2 07 …                             256 bytes of the wrapped key
2b 90 …                                    16 bytes of IV
65 6d 6c 77                                 4 bytes "emlw", base64 of zip
a1 5e …                                    16 bytes of ciphertext at least)",
     .csharp = "The FileStream is not disposed when the file is moved or uploaded: a using around "
               "CryptoStream and FileStream, closed in this order, writes what File.Copy otherwise "
               "leaves behind in the buffer.",
     .java =
         "A BufferedOutputStream or FileChannel that nobody closed because an exception skipped "
         "close(); put all of them into one try-with-resources statement.",
     .node =
         "fs.createWriteStream answers write() before anything is on the disk: await finished() "
         "of stream/promises, or use pipeline(), before the file is renamed.",
     .related = "ENV-05 ENV-09 ENV-18 ENV-20 DIR-14"},
}};

}  // namespace

std::span<const RulePage> env_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
