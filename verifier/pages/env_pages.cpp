#include "verifier/pages/env_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

const std::array<RulePage, 10> pages = {{
    {.id = "ENV-01",
     .reason = "A file whose header or first block is missing cannot be opened by anybody: the "
               "reader takes the three lengths from the front and then looks for bytes that are "
               "not there. The upload itself goes well, since the service stores what it gets, and "
               "the patient's history is missing only when somebody looks for it.",
     .bad = R"(00 01 00 00  10 00 00 00  04 00 00 00   key 256, IV 16, extension 4
8f 41 c2 07 …                           100 bytes of the wrapped key
-- end of file after 112 bytes --)",
     .good = R"(00 01 00 00  10 00 00 00  04 00 00 00   key 256, IV 16, extension 4
8f 41 c2 07 …                           256 bytes of the wrapped key
2b 90 …                                 16 bytes of IV
65 6d 6c 77                             "emlw", base64 of zip
a1 5e …                                 16 bytes of ciphertext at least)",
     .csharp =
         "The FileStream is not disposed when the file is moved or uploaded: a using around "
         "CryptoStream and FileStream writes what File.Copy otherwise leaves behind in the buffer.",
     .java = "A BufferedOutputStream that nobody closed because an exception skipped close(); put "
             "all streams into one try-with-resources statement.",
     .node = "fs.createWriteStream answers write() before anything is on the disk: use pipeline() "
             "of stream/promises and await it before the file is renamed.",
     .related = "ENV-05 ENV-09 ENV-20 DIR-14"},
    {.id = "ENV-02",
     .reason = "The length of the wrapped key is the length of the recipient's RSA key. Another "
               "length means that the file was sealed for somebody else: NHN cannot open it, and "
               "whoever owns that other key can. With a vendor's own export it mostly means that "
               "the verifier was given the key of another test.",
     .bad = R"(80 01 00 00  10 00 00 00  04 00 00 00   key length 384: sealed for RSA 3072
--key recipient.key.pem                 RSA 2048: 256 bytes)",
     .good = R"(00 01 00 00  10 00 00 00  04 00 00 00   key length 256: sealed for RSA 2048
--key recipient.key.pem                 RSA 2048: 256 bytes)",
     .csharp = "X509Store.Certificates.Find with FindBySubjectName returns more than one "
               "certificate and the code takes the first; compare thumbprints, or load "
               "recipient.cer from a configured path.",
     .java = "KeyStore.getCertificate with an alias that still holds the certificate of an earlier "
             "round; print getSerialNumber() of what was used into the export log.",
     .node = "fs.readFileSync of a .pem that is part of the container image, so that the newer "
             "certificate in the configuration is never read.",
     .related = "ENV-10 ENV-19 ENV-03"},
    {.id = "ENV-03",
     .reason =
         "Any RSA key that can hold an OAEP block works with the published code, but certificates "
         "of Norwegian authorities have the three usual sizes. Another size suggests a home-made "
         "certificate, and below 2048 bits the patient's data can be attacked with modest means.",
     .bad = "30 01 00 00  10 00 00 00  04 00 00 00   key length 304: RSA 2432",
     .good = "00 02 00 00  10 00 00 00  04 00 00 00   key length 512: RSA 4096",
     .csharp = "A test certificate from CertificateRequest over RSA.Create(1536) that was never "
               "replaced by the one of the service.",
     .java = "KeyPairGenerator.initialize(1536) in a set-up class of the tests whose key found its "
             "way into the configuration.",
     .node = "crypto.generateKeyPairSync('rsa', { modulusLength: 2432 }) in a seed script; use the "
             "keys that sfmkit keys new makes, or NHN's certificate.",
     .related = "ENV-02 ENV-19"},
    {.id = "ENV-04",
     .reason = "CBC takes an IV of exactly one AES block. A reader that is told another length "
               "either stops or takes bytes of the extension for the IV; both end before the first "
               "patient is read.",
     .bad = "00 01 00 00  0c 00 00 00  04 00 00 00   IV length 12: a nonce of GCM",
     .good = "00 01 00 00  10 00 00 00  04 00 00 00   IV length 16",
     .csharp = "AesGcm wants a nonce of 12 bytes, and RijndaelManaged with BlockSize = 256 makes "
               "an IV of 32; Aes.Create() with CipherMode.CBC makes the right one.",
     .java = "cipher.getIV() after Cipher.getInstance(\"AES/GCM/NoPadding\"); ask for "
             "\"AES/CBC/PKCS5Padding\" and the IV has 16 bytes.",
     .node = "crypto.randomBytes(12) copied from an example of aes-256-gcm; "
             "createCipheriv('aes-256-cbc', key, iv) throws unless it gets 16.",
     .related = "ENV-18 ENV-17 ENV-16"},
    {.id = "ENV-05",
     .reason = "Readers reserve memory and seek by these three numbers. Impossible ones come from "
               "files that are something else altogether, or from an attack, so nothing behind "
               "them can be trusted and the import of that patient ends here.",
     .bad = "00 01 00 00  10 00 00 00  00 00 00 00   extension of 0 bytes",
     .good = "00 01 00 00  10 00 00 00  04 00 00 00   extension of 4 bytes",
     .csharp = "Path.GetExtension of a name without a dot is an empty string, and its base64 is "
               "empty too: pass \"zip\" or \"xps\" as a constant.",
     .java = "Base64.getEncoder().wrap(outputStream) around the whole file makes text of the "
             "lengths; only the extension is base64.",
     .node = "fs.writeFile(path, envelope.toString('base64')): the lengths become letters, and the "
             "first of them reads as more than a thousand million.",
     .related = "ENV-01 ENV-18 ENV-20 ENV-06"},
    {.id = "ENV-06",
     .reason = "The extension is the one text in the header, and the published encryptor stores "
               "base64 of it. A reader that decodes strictly throws at raw letters; one that does "
               "not gets a file without a usable name.",
     .bad = R"(03 00 00 00 at byte 8; behind the IV:
7a 69 70                                "zip" as it is)",
     .good = R"(04 00 00 00 at byte 8; behind the IV:
65 6d 6c 77                             "emlw", base64 of zip)",
     .csharp = "Encoding.UTF8.GetBytes(extension) written straight away; "
               "Encoding.ASCII.GetBytes(Convert.ToBase64String(...)) around it is missing.",
     .java = "Base64.getUrlEncoder().withoutPadding() drops the = that \".zip\" would need, and "
             "extension.getBytes() alone encodes nothing.",
     .node = "Buffer.from('zip') written as it is, or toString('base64url'), which leaves out the "
             "padding.",
     .related = "ENV-05 ENV-07 ENV-08"},
    {.id = "ENV-07",
     .reason = "The importer has to name what it decrypts, and this field is the only hint at that "
               "name in the file. A patient archive that calls itself pat may be saved as one and "
               "then not be unpacked.",
     .bad = R"(63 47 46 30                             "cGF0", base64 of pat, in a .pat file)",
     .good = R"(65 6d 6c 77                             "emlw", base64 of zip, in a .pat file)",
     .csharp = "Path.GetExtension(targetPath) asks the name of the encrypted file; ask sourcePath, "
               "that of the archive.",
     .java = "FilenameUtils.getExtension(target.getName()) with the .pat file at hand in place of "
             "the zip that was encrypted.",
     .node = "path.extname(outputPath).slice(1) in the call, where inputPath was meant.",
     .related = "ENV-06 ENV-08"},
    {.id = "ENV-08",
     .reason = "The size of the one real upload that NHN published fits three letters and no dot. "
               "A consumer that adds a dot of its own would write name..zip, which some tools "
               "refuse to open.",
     .bad = R"(4c 6e 70 70 63 41 3d 3d                 "LnppcA==", base64 of .zip)",
     .good = R"(65 6d 6c 77                             "emlw", base64 of zip)",
     .csharp = "FileInfo.Extension and Path.GetExtension both begin with the dot: TrimStart('.') "
               "before encoding.",
     .java = "name.substring(name.lastIndexOf('.')) keeps it; add one to the index.",
     .node = "path.extname() keeps it as well: store path.extname(name).slice(1).",
     .related = "ENV-07 ENV-06"},
    {.id = "ENV-09",
     .reason = "CBC turns out whole blocks only. A remainder proves that bytes were lost, added, "
               "or made by another mode, and a reader cannot know which: the last part of the "
               "patient's record would be garbage at best.",
     .bad = R"(288 bytes of header + 1 021 bytes of ciphertext
1 021 = 63 × 16 + 13)",
     .good = R"(288 bytes of header + 1 024 bytes of ciphertext
1 024 = 64 × 16)",
     .csharp = "A StreamWriter that appends a line end behind the CryptoStream, or CipherMode.CFB "
               "with PaddingMode.None.",
     .java = "Cipher.getInstance(\"AES/CTR/NoPadding\"): a stream mode gives as many bytes as it "
             "takes.",
     .node = "createCipheriv('aes-256-ctr', ...), or cipher.getAuthTag() of a GCM sample appended "
             "behind the data.",
     .related = "ENV-13 ENV-01 ZIP-02"},
    {.id = "ENV-10",
     .reason = "Only the owner of the right private key can get at the AES key. If it unwraps in "
               "no known way, either the file was made for another certificate, which is a privacy "
               "incident when it was a real one, or the wrapping was done with parameters that no "
               "reader can guess.",
     .bad = R"(exporter: sealed for CN=Test 1, RSA 2048
reader:   has key of CN=Test 2, RSA 2048)",
     .good = R"(exporter: sealed for CN=Test 2, RSA 2048
reader:   has key of CN=Test 2, RSA 2048)",
     .csharp = "GetRSAPublicKey() of a certificate that a search by name found first, e.g. the "
               "expired one that has the same subject.",
     .java = "new PSource.PSpecified(\"SFM\".getBytes()): a label changes the padding; use "
             "PSource.PSpecified.DEFAULT.",
     .node = "oaepLabel set in crypto.publicEncrypt, or the public key of a key pair that is made "
             "anew at every start.",
     .related = "ENV-02 ENV-11 ENV-19"},
}};

}  // namespace

std::span<const RulePage> env_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
