#include "verifier/diagnosis.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using enum FailureClass;
using enum Weight;

// Behaviour of the platforms as their documentation tells it: System.Security.Cryptography,
// javax.crypto with the SunJCE provider, and Node's crypto module.
constexpr std::array write_interrupted = {
    LikelyCause{"", "the exporter or the copy ended early, or only reserved the name"},
    LikelyCause{"C#", "a FileStream that was not disposed before the file was moved"},
};
constexpr std::array not_encrypted = {
    LikelyCause{"", "the step that encrypts was skipped, or its input was copied, not its output"},
};
constexpr std::array base64_written = {
    LikelyCause{"C#", "File.WriteAllText with Convert.ToBase64String; use File.WriteAllBytes"},
    LikelyCause{"Java", "Base64.getEncoder() around the output stream"},
    LikelyCause{"Node", "toString('base64') before writeFile; write the Buffer itself"},
};
constexpr std::array compressed_after = {
    LikelyCause{"", "a compressing transfer or backup kept its packing: unpack before sending"},
    LikelyCause{"C#", "GZipStream around the finished file"},
};
constexpr std::array text_encoding_written = {
    LikelyCause{"C#", "a StreamWriter or Encoding.Unicode for bytes; write them with a Stream"},
    LikelyCause{"", "PowerShell's > and Out-File make UTF-16 of what passes through"},
};
constexpr std::array other_envelope = {
    LikelyCause{"C#", "EnvelopedCms; the format of the export is lengths, key, IV, ciphertext"},
    LikelyCause{"", "openssl cms or smime"},
};
constexpr std::array lengths_in_wrong_order = {
    LikelyCause{"", "the length of the IV is written before that of the key"},
};
constexpr std::array no_lengths = {
    LikelyCause{"", "another kind of file, a damaged one, or lengths between the fields"},
    LikelyCause{"C#", "BinaryWriter.Write(string), which puts a length of its own in front"},
};
constexpr std::array nothing_in_extension = {
    LikelyCause{"", "the extension was written empty; NHN's encryptor writes zip by default"},
};
constexpr std::array high_byte_first = {
    LikelyCause{"Java", "DataOutputStream.writeInt; use ByteBuffer.order(LITTLE_ENDIAN)"},
    LikelyCause{"Node", "writeUInt32BE; use writeUInt32LE"},
    LikelyCause{"C#", "BinaryPrimitives.WriteInt32BigEndian or IPAddress.HostToNetworkOrder"},
};
constexpr std::array rijndael = {
    LikelyCause{"C#", "RijndaelManaged with BlockSize = 256; use Aes.Create()"},
};
constexpr std::array gcm = {
    LikelyCause{"C#", "AesGcm; use Aes.Create() with CipherMode.CBC"},
    LikelyCause{"Java", "AES/GCM/NoPadding; use AES/CBC/PKCS5Padding"},
    LikelyCause{"Node", "aes-256-gcm; use aes-256-cbc"},
};
constexpr std::array other_iv = {
    LikelyCause{"", "IV and its length do not come from the same cipher, or lengths are swapped"},
};
constexpr std::array old_walkthrough = {
    LikelyCause{"C#", "Microsoft's walkthrough as it stands; NHN adds a third length and a field"},
};
constexpr std::array extension_as_it_is = {
    LikelyCause{"C#", "Encoding.UTF8.GetBytes(extension) without Convert.ToBase64String"},
    LikelyCause{"Java", "extension.getBytes() without Base64.getEncoder().encode"},
    LikelyCause{"Node", "Buffer.from(extension) without toString('base64')"},
};
constexpr std::array stream_not_closed_or_cut = {
    LikelyCause{"", "the transfer was cut, or something was written behind the end"},
    LikelyCause{"", "a mode without blocks, such as CTR or GCM"},
};
constexpr std::array bytes_were_text = {
    LikelyCause{"Node", "buffer.toString() or readFile(..., 'utf8') on bytes; keep the Buffer"},
    LikelyCause{"C#", "Encoding.UTF8.GetString on bytes, or File.ReadAllText"},
    LikelyCause{"Java", "new String(bytes) or a Reader where a stream belongs"},
};
constexpr std::array made_for_other = {
    LikelyCause{"", "the exporter still holds another certificate, e.g. NHN's own or an older one"},
    LikelyCause{"", "--key names another key than the one of that certificate"},
};
constexpr std::array no_padding_fits = {
    LikelyCause{"", "sealed for another certificate of the same length"},
    LikelyCause{"", "the wrapped key was damaged, cut or written in reverse"},
    LikelyCause{"", "wrapped with an OAEP label or a hash that is not tried here"},
};
constexpr std::array mgf1_default = {
    LikelyCause{
        "Java",
        "OAEPWithSHA-512AndMGF1Padding without OAEPParameterSpec: MGF1 stays at SHA-1; pass new "
        "OAEPParameterSpec(\"SHA-512\", \"MGF1\", MGF1ParameterSpec.SHA512, "
        "PSource.PSpecified.DEFAULT)"
    },
};
constexpr std::array sha256_chosen = {
    LikelyCause{"C#", "RSAEncryptionPadding.OaepSHA256; use OaepSHA512"},
    LikelyCause{"Node", "oaepHash: 'sha256'; use 'sha512'"},
};
constexpr std::array sha256_mgf1_default = {
    LikelyCause{
        "Java",
        "OAEPWithSHA-256AndMGF1Padding without OAEPParameterSpec; use SHA-512 for both hashes"
    },
};
constexpr std::array sha1_default = {
    LikelyCause{"C#", "RSAEncryptionPadding.OaepSHA1, or Encrypt(key, true); use OaepSHA512"},
    LikelyCause{"Java", "OAEPPadding without parameters; name SHA-512 for both hashes"},
    LikelyCause{"Node", "publicEncrypt without oaepHash: its default is sha1; use 'sha512'"},
};
constexpr std::array pkcs1_default = {
    LikelyCause{"C#", "Encrypt(key, false) as in Microsoft's walkthrough; use OaepSHA512"},
    LikelyCause{"Java", "Cipher.getInstance(\"RSA\"), which means PKCS#1 v1.5"},
    LikelyCause{"Node", "RSA_PKCS1_PADDING; use RSA_PKCS1_OAEP_PADDING with oaepHash 'sha512'"},
};
constexpr std::array short_aes_key = {
    LikelyCause{"C#", "Aes.KeySize = 128; leave the default of 256"},
    LikelyCause{"Java", "KeyGenerator.getInstance(\"AES\") without init(256)"},
    LikelyCause{"Node", "randomBytes(16) for the key; it takes 32"},
};
constexpr std::array key_and_iv_wrapped = {
    LikelyCause{"", "key and IV were joined before wrapping; wrap the key alone"},
};
constexpr std::array key_text_wrapped = {
    LikelyCause{"", "the key was turned into base64 or hex before wrapping; wrap the raw bytes"},
};
constexpr std::array other_secret_wrapped = {
    LikelyCause{"", "a pass phrase or an encoded key was wrapped instead of 32 random bytes"},
};
constexpr std::array final_block_lost = {
    LikelyCause{"C#", "CryptoStream not disposed, no FlushFinalBlock() before reading the target"},
    LikelyCause{"Java", "cipher.update without doFinal, or CipherOutputStream not closed"},
    LikelyCause{"Node", "cipher.update without cipher.final()"},
    LikelyCause{"", "the file was cut at a block boundary on its way"},
};
constexpr std::array no_pkcs7 = {
    LikelyCause{"C#", "PaddingMode.None, Zeros or ANSIX923; leave the default PKCS7"},
    LikelyCause{"Java", "AES/CBC/NoPadding; use AES/CBC/PKCS5Padding"},
    LikelyCause{"Node", "cipher.setAutoPadding(false)"},
};
constexpr std::array not_cbc = {
    LikelyCause{"", "another mode than CBC, or another key than the wrapped one"},
    LikelyCause{"Java", "Cipher.getInstance(\"AES\"), which means ECB; use AES/CBC/PKCS5Padding"},
    LikelyCause{"", "the ciphertext was damaged"},
};
constexpr std::array other_iv_used = {
    LikelyCause{"", "the IV in the file is not the one used, e.g. drawn twice"},
    LikelyCause{"Java", "cipher.init without IvParameterSpec draws its own: write cipher.getIV()"},
    LikelyCause{"", "the first block or the IV was damaged"},
};
constexpr std::array gzip_instead = {
    LikelyCause{"C#", "GZipStream; use ZipArchive"},
    LikelyCause{"Java", "GZIPOutputStream; use ZipOutputStream"},
    LikelyCause{"Node", "zlib.gzip; make a zip archive"},
};
constexpr std::array encrypted_twice = {
    LikelyCause{"", "the step that encrypts ran again over its own output, e.g. after a retry"},
};
constexpr std::array utf16_encrypted = {
    LikelyCause{"C#", "Encoding.Unicode.GetBytes; and the plaintext is a zip archive, not text"},
};
constexpr std::array base64_encrypted = {
    LikelyCause{"", "the archive was turned into text before encryption; encrypt its bytes"},
};
constexpr std::array not_zipped = {
    LikelyCause{"", "the step that packs the documents into a zip archive was skipped"},
};
constexpr std::array something_else = {
    LikelyCause{"", "another file was encrypted, or key or IV are not those used"},
};

constexpr std::string_view rewrite = "correct the exporter and write the file anew";
constexpr std::string_view compare = "compare the file with the exporter's original";
constexpr std::string_view right_key = "use the private key of the certificate it was sealed for";
constexpr std::string_view lenient =
    "correct the exporter; to look inside all the same: sfmkit open FILE --key KEY --lenient "
    "--output OUT.zip";
constexpr std::string_view raw = "sfmkit open FILE --key KEY --raw --output OUT";

/// In the order of the ladder.
constexpr std::array rows = {
    FailureRow{empty_file, "empty-file", "ENV-01", stops, write_interrupted, compare},
    FailureRow{cut_header, "cut-header", "ENV-01", stops, write_interrupted, compare},
    FailureRow{
        plain_file,
        "plain-file",
        "ENV-20",
        stops,
        not_encrypted,
        "treat the file as patient data: nothing protects it; sfmkit seal shows the right form"
    },
    FailureRow{
        base64_of_file,
        "base64-of-file",
        "ENV-05",
        stops,
        base64_written,
        "base64 -d FILE > OUT, then open OUT"
    },
    FailureRow{
        gzip_of_file,
        "gzip-of-file",
        "ENV-05",
        stops,
        compressed_after,
        "gzip -dc FILE > OUT, then open OUT"
    },
    FailureRow{utf16_of_file, "utf16-of-file", "ENV-05", stops, text_encoding_written, rewrite},
    FailureRow{other_format, "other-format", "ENV-05", stops, other_envelope, rewrite},
    FailureRow{
        exchanged_lengths, "exchanged-lengths", "ENV-05", stops, lengths_in_wrong_order, rewrite
    },
    FailureRow{impossible_lengths, "impossible-lengths", "ENV-05", stops, no_lengths, rewrite},
    FailureRow{
        empty_extension, "empty-extension", "ENV-05", tolerable, nothing_in_extension, lenient
    },
    FailureRow{big_endian_lengths, "big-endian-lengths", "ENV-18", stops, high_byte_first, rewrite},
    FailureRow{rijndael_256, "rijndael-256", "ENV-04", stops, rijndael, rewrite},
    FailureRow{gcm_iv, "gcm-iv", "ENV-04", stops, gcm, rewrite},
    FailureRow{other_iv_length, "other-iv-length", "ENV-04", stops, other_iv, rewrite},
    FailureRow{legacy_layout, "legacy-layout", "ENV-17", tolerable, old_walkthrough, lenient},
    FailureRow{raw_extension, "raw-extension", "ENV-06", remark, extension_as_it_is, rewrite},
    FailureRow{broken_blocks, "broken-blocks", "ENV-09", stops, stream_not_closed_or_cut, compare},
    FailureRow{bytes_as_text, "bytes-as-text", "ENV-10", stops, bytes_were_text, rewrite},
    FailureRow{other_modulus, "other-modulus", "ENV-02", stops, made_for_other, right_key},
    FailureRow{wrong_recipient, "wrong-recipient", "ENV-10", stops, no_padding_fits, right_key},
    FailureRow{mgf1_sha1, "mgf1-sha1", "ENV-11", tolerable, mgf1_default, lenient},
    FailureRow{oaep_sha256, "oaep-sha256", "ENV-11", tolerable, sha256_chosen, lenient},
    FailureRow{
        oaep_sha256_mgf1_sha1,
        "oaep-sha256-mgf1-sha1",
        "ENV-11",
        tolerable,
        sha256_mgf1_default,
        lenient
    },
    FailureRow{oaep_sha1, "oaep-sha1", "ENV-11", tolerable, sha1_default, lenient},
    FailureRow{pkcs1_v15, "pkcs1-v15", "ENV-11", tolerable, pkcs1_default, lenient},
    FailureRow{aes_128_or_192, "aes-128-or-192", "ENV-12", stops, short_aes_key, rewrite},
    FailureRow{key_with_iv, "key-with-iv", "ENV-12", stops, key_and_iv_wrapped, rewrite},
    FailureRow{key_as_text, "key-as-text", "ENV-12", stops, key_text_wrapped, rewrite},
    FailureRow{
        other_key_length, "other-key-length", "ENV-12", stops, other_secret_wrapped, rewrite
    },
    FailureRow{
        missing_last_block, "missing-last-block", "ENV-13", stops, final_block_lost, compare
    },
    FailureRow{other_block_padding, "other-block-padding", "ENV-13", stops, no_pkcs7, rewrite},
    FailureRow{wrong_cipher, "wrong-cipher", "ENV-13", stops, not_cbc, rewrite},
    FailureRow{wrong_iv, "wrong-iv", "ENV-14", no_archive, other_iv_used, rewrite},
    FailureRow{gzip_inside, "gzip-inside", "ENV-14", no_archive, gzip_instead, raw},
    FailureRow{
        double_encryption,
        "double-encryption",
        "ENV-14",
        no_archive,
        encrypted_twice,
        "sfmkit open FILE --key KEY --raw --output INNER, then: sfmkit open INNER --key KEY"
    },
    FailureRow{utf16_inside, "utf16-inside", "ENV-14", no_archive, utf16_encrypted, raw},
    FailureRow{base64_inside, "base64-inside", "ENV-14", no_archive, base64_encrypted, raw},
    FailureRow{xml_inside, "xml-inside", "ENV-14", no_archive, not_zipped, raw},
    FailureRow{other_content, "other-content", "ENV-14", no_archive, something_else, raw},
};

constexpr bool are_in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].failure) != i) return false;
    }
    return true;
}
static_assert(are_in_order());

}  // namespace

const FailureRow& row_of(FailureClass failure) noexcept {
    return rows[static_cast<std::size_t>(failure)];
}

std::span<const FailureRow> failure_rows() noexcept {
    return rows;
}

}  // namespace sfmkit::verifier
