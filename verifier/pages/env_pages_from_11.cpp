#include "verifier/pages/env_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

const std::array<RulePage, 10> pages = {{
    {.id = "ENV-11",
     .reason =
         "The published encryptor uses SHA-512 for both hashes of OAEP, and .NET has no other "
         "combination to decrypt it with. sfmkit tries the others for the sake of a diagnosis; the "
         "importer has no reason to, and every file of such an export is lost.",
     .bad = R"(12: wrapped key, 256 bytes
    OAEP hash SHA-512, MGF1 hash SHA-1, no label)",
     .good = R"(12: wrapped key, 256 bytes
    OAEP hash SHA-512, MGF1 hash SHA-512, no label)",
     .csharp =
         "rsa.Encrypt(key, RSAEncryptionPadding.Pkcs1), or RSACryptoServiceProvider.Encrypt(key, "
         "true), which is SHA-1; pass RSAEncryptionPadding.OaepSHA512.",
     .java = "\"RSA/ECB/OAEPWithSHA-512AndMGF1Padding\" alone leaves MGF1 at SHA-1; init with new "
             "OAEPParameterSpec(\"SHA-512\", \"MGF1\", MGF1ParameterSpec.SHA512, "
             "PSource.PSpecified.DEFAULT).",
     .node = "crypto.publicEncrypt(pem, key) without oaepHash takes SHA-1: pass { key: pem, "
             "padding: RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha512' }.",
     .related = "ENV-10 ENV-12"},
    {.id = "ENV-12",
     .reason = "The unwrapped bytes go into AES as they are. A key of another length is refused by "
               "AES-256, or silently selects a weaker AES, and none of the data can be read by the "
               "published procedure.",
     .bad = "unwrapped: 48 bytes                     32 of the key, then 16 of the IV",
     .good = "unwrapped: 32 bytes                     the key alone",
     .csharp = "Encoding.ASCII.GetBytes(Convert.ToBase64String(aes.Key)) wraps 44 letters; pass "
               "aes.Key itself, with KeySize = 256.",
     .java = "KeyGenerator.getInstance(\"AES\") without init(256) makes 128 bits in older "
             "releases; wrap key.getEncoded().",
     .node = "Buffer.from(key.toString('hex')) has 64 bytes, Buffer.concat([key, iv]) has 48; hand "
             "the Buffer of crypto.randomBytes(32) to publicEncrypt.",
     .related = "ENV-11 ENV-13"},
    {.id = "ENV-13",
     .reason = "The padding of the last block is the only thing in the envelope that tells whether "
               "the end is there. When it is wrong, the archive's directory, which stands last, is "
               "most likely gone as well, and with it every document of the patient.",
     .bad = R"(last block, decrypted:
10 00 10 00 84 03 00 00  1c 61 00 00 00 00 00 00   the end of a zip, no padding)",
     .good = R"(last block, decrypted:
10 10 10 10 10 10 10 10  10 10 10 10 10 10 10 10   a whole block of it)",
     .csharp = "MemoryStream.ToArray() before CryptoStream.FlushFinalBlock(), or PaddingMode.Zeros "
               "in place of PaddingMode.PKCS7.",
     .java = "\"AES/CBC/NoPadding\" with zeros filled in by hand, or update() in a loop that never "
             "comes to doFinal().",
     .node =
         "cipher.update() without Buffer.concat([..., cipher.final()]), or setAutoPadding(false).",
     .related = "ENV-09 ENV-14 ENV-12"},
    {.id = "ENV-14",
     .reason = "Whatever the kind of file, the importer unpacks a zip archive next: for patients "
               "and the organisation the archive of documents, for reports the XPS. Other content "
               "decrypts well and still holds nothing that it can read.",
     .bad = "plaintext begins 1f 8b 08 00            gzip",
     .good = R"(plaintext begins 50 4b 03 04            "PK", a zip archive)",
     .csharp = "GZipStream over the XML; ZipArchive with one entry per document is what the format "
               "asks for.",
     .java = "GZIPOutputStream where ZipOutputStream was meant, or sealing the output of an "
             "earlier sealing.",
     .node = "zlib.gzipSync(xml) knows no entries; build an archive with a zip package.",
     .related = "ENV-13 ENV-20 ZIP-01"},
    {.id = "ENV-15",
     .reason = "With one key for all files, whoever learns it once reads every patient, and an IV "
               "used twice with the same key shows which records begin alike. The published "
               "encryptor draws both anew for each file.",
     .bad = R"(ExportData.dat                 IV 3f 8a 11 5c …
Patients0/3d7a9a0c-….pat       IV 3f 8a 11 5c …)",
     .good = R"(ExportData.dat                 IV 3f 8a 11 5c …
Patients0/3d7a9a0c-….pat       IV b0 17 e2 94 …)",
     .csharp = "One Aes object as a singleton of the service collection: Key and IV stay; call "
               "Aes.Create() inside the loop.",
     .java = "A static final SecretKeySpec, or cipher.init() once before the loop over patients.",
     .node = "const key = crypto.randomBytes(32) at the top of the module: it runs once per "
             "process, not once per file.",
     .related = "ENV-16 ENV-12"},
    {.id = "ENV-16",
     .reason = "An IV that never changes makes equal beginnings look equal: two patients whose "
               "archives start alike can be told from the encrypted files. It also suggests that "
               "the key was not drawn at random either.",
     .bad = "268: 00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00",
     .good = "268: 5d c1 07 9e 33 f4 a8 60  12 bb 7e 49 d5 06 e9 2f",
     .csharp = "aes.IV = new byte[16] to silence an exception; Aes.Create() has drawn one already, "
               "write aes.IV.",
     .java = "new IvParameterSpec(new byte[16]): fill the array with SecureRandom.nextBytes first.",
     .node = "Buffer.alloc(16) is all zeros; crypto.randomBytes(16) was meant.",
     .related = "ENV-15 ENV-04"},
    {.id = "ENV-17",
     .reason = "Descriptions of an older sample have two lengths and no extension. Its reader and "
               "today's disagree on where the key begins, so a file of the one cannot be opened by "
               "the other; nobody has said that NHN still takes the old one.",
     .bad = R"(00 01 00 00  10 00 00 00                key length, IV length
8f 41 c2 07 …                           the wrapped key at byte 8)",
     .good = R"(00 01 00 00  10 00 00 00  04 00 00 00   key length, IV length, extension length
8f 41 c2 07 …                           the wrapped key at byte 12)",
     .csharp = "The walkthrough of Microsoft's documentation for encrypting files, which the "
               "format extends, taken over without the two additions.",
     .java = "A port of that sample: two calls for the lengths and then the key; the third length "
             "comes before any content.",
     .node = "Buffer.concat([keyLength, ivLength, wrapped, iv, data]): extensionLength and the "
             "extension are missing.",
     .related = "ENV-04 ENV-05 ENV-06"},
    {.id = "ENV-18",
     .reason = "The lengths are written as .NET writes an int on the machines that it runs on. "
               "Read the other way round, 256 becomes 65 536, and a reader looks for the "
               "ciphertext far beyond the end of the file.",
     .bad = "00 00 01 00  00 00 00 10  00 00 00 04",
     .good = "00 01 00 00  10 00 00 00  04 00 00 00",
     .csharp = "BinaryPrimitives.WriteInt32BigEndian or IPAddress.HostToNetworkOrder; "
               "BitConverter.GetBytes is what the published code calls.",
     .java = "DataOutputStream.writeInt and ByteBuffer.putInt write the high byte first: "
             "ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).",
     .node = "buffer.writeUInt32BE; the other one is writeUInt32LE.",
     .related = "ENV-05 ENV-04"},
    {.id = "ENV-19",
     .reason = "NHN's certificate expires and is renewed, and a file that was sealed for the old "
               "one may never be opened. A certificate that is not meant for wrapping keys was "
               "issued for something else, maybe to somebody else.",
     .bad = "notAfter 2026-10-23                     verified on 2026-11-22",
     .good = "notAfter 2027-10-23                     verified on 2026-11-22",
     .csharp = "X509Certificate2 loads expired certificates without a word: look at NotAfter and "
               "at X509KeyUsageExtension before use.",
     .java = "certificate.checkValidity() is never called, and getKeyUsage()[2] (keyEncipherment) "
             "is never asked.",
     .node =
         "new crypto.X509Certificate(pem).validTo is a text that nobody compares with the clock.",
     .related = "ENV-02 ENV-10"},
    {.id = "ENV-20",
     .reason = "This file can be read by everybody who comes across it: by who copies the export "
               "to a disk, by a backup, by a mail scanner. For real patients that is a breach to "
               "be reported; and the importer, which decrypts first, cannot use it either.",
     .bad = "0: 50 4b 03 04 14 00 …                  a zip archive from byte 0 on",
     .good = "0: 00 01 00 00 10 00 00 00 04 00 00 00  lengths; the archive is inside",
     .csharp = "An #if DEBUG around the encryption, or File.Move of the temporary zip where the "
               "sealed file was meant.",
     .java = "A feature flag such as encrypt=false in application-test.properties that reached the "
             "release.",
     .node = "if (process.env.NODE_ENV !== 'production') return archive, in a deployment that does "
             "not set NODE_ENV.",
     .related = "DIR-11 ENV-14"},
}};

}  // namespace

std::span<const RulePage> env_pages_from_11() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
