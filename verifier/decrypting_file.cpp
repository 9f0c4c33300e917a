#include "verifier/decrypting_file.hpp"

#include "platform/assert.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace sfmkit::verifier {
namespace {

const unsigned char* openssl_bytes(platform::Bytes bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* openssl_bytes(platform::MutableBytes bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

/// Number of padding bytes, 0 when the block does not end in PKCS#7 padding (RFC 5652 section 6.3).
std::size_t padding_of(platform::Bytes last_block) {
    const auto count = std::to_integer<std::size_t>(last_block.back());
    if (count == 0 || count > last_block.size()) return 0;
    const auto is_count = [&](std::byte byte) { return byte == last_block.back(); };
    return std::ranges::all_of(last_block.last(count), is_count) ? count : 0;
}

std::unexpected<platform::Error> file_shrank(std::uint64_t offset) {
    return platform::fail({
        .code = platform::Errc::changed,
        .what = "the file became shorter while it was read",
        .where = "byte " + std::to_string(offset),
    });
}

}  // namespace

DecryptingFile::DecryptingFile(const platform::ReadableFile& file, Body body, platform::Bytes iv)
    : file_(&file), body_(body), context_(EVP_CIPHER_CTX_new()) {
    SFM_ASSERT(context_ != nullptr);
    SFM_ASSERT(iv.size() == block_bytes);
    SFM_ASSERT(body.length_bytes > 0 && body.length_bytes % block_bytes == 0);
    std::ranges::copy(iv, iv_.begin());
    plain_bytes_ = body.length_bytes;
}

std::unique_ptr<DecryptingFile> DecryptingFile::with_last_block(
    const platform::ReadableFile& file,
    Body body,
    platform::Bytes iv,
    platform::Bytes key,
    const platform::CryptoAlgorithms& algorithms
) {
    std::unique_ptr<DecryptingFile> opened(new DecryptingFile(file, body, iv));
    EVP_CIPHER_CTX* const context = opened->context_.get();
    SFM_ASSERT(key.size() == 32);
    const int initialised = EVP_DecryptInit_ex2(
        context, algorithms.aes_256_cbc.get(), openssl_bytes(key), openssl_bytes(iv), nullptr
    );
    SFM_ASSERT(initialised == 1);
    EVP_CIPHER_CTX_set_padding(context, 0);
    return opened;
}

platform::Result<std::unique_ptr<DecryptingFile>> DecryptingFile::open(
    const platform::ReadableFile& file,
    Body body,
    platform::Bytes iv,
    platform::Bytes key,
    const platform::CryptoAlgorithms& algorithms
) {
    auto opened = with_last_block(file, body, iv, key, algorithms);
    if (auto checked = opened->remove_padding(); !checked) {
        return std::unexpected(checked.error());
    }
    return opened;
}

platform::Result<void> DecryptingFile::remove_padding() {
    const std::uint64_t last_block = body_.length_bytes - block_bytes;
    const std::uint64_t start = last_block - last_block % window_bytes;
    const auto window = window_at(start);
    if (!window) return std::unexpected(window.error());
    const std::size_t padding = padding_of(platform::Bytes(**window).last(block_bytes));
    if (padding == 0) {
        return platform::fail({
            .code = platform::Errc::malformed,
            .what = "the last block does not end in PKCS#7 padding",
            .where = "byte " + std::to_string(body_.offset_bytes + last_block),
            .expected = "1 to 16 equal bytes that tell their number",
            .actual = "a file that was cut, changed, or encrypted with another key or mode",
        });
    }
    plain_bytes_ = body_.length_bytes - padding;
    return {};
}

platform::Result<const platform::ByteBuffer*> DecryptingFile::window_at(std::uint64_t start) const {
    auto window = std::ranges::find(windows_, start, &Window::start);
    if (window == windows_.end()) {
        window = std::ranges::min_element(windows_, {}, &Window::last_use);
        window->start = nowhere;
        if (auto decrypted = decrypt(start, window->bytes); !decrypted) {
            return std::unexpected(decrypted.error());
        }
        window->start = start;
    }
    window->last_use = ++uses_;
    return &window->bytes;
}

platform::Result<void> DecryptingFile::decrypt(std::uint64_t start, platform::ByteBuffer& target)
    const {
    const std::uint64_t length = std::min<std::uint64_t>(window_bytes, body_.length_bytes - start);
    // The block before the window comes along: it is the IV of the window's first block.
    const std::size_t lead = start == 0 ? 0 : block_bytes;
    cipher_window_.resize(lead + static_cast<std::size_t>(length));
    target.resize(static_cast<std::size_t>(length));
    const auto read = file_->read_at(body_.offset_bytes + start - lead, cipher_window_);
    if (!read) return std::unexpected(read.error());
    if (*read != cipher_window_.size()) return file_shrank(body_.offset_bytes + start);
    const platform::Bytes all = cipher_window_;
    const platform::Bytes before = lead == 0 ? platform::Bytes(iv_) : all.first(lead);
    const platform::Bytes body = all.subspan(lead);
    int written = 0;
    const bool done =
        EVP_DecryptInit_ex2(context_.get(), nullptr, nullptr, openssl_bytes(before), nullptr) ==
            1 &&
        EVP_DecryptUpdate(
            context_.get(),
            openssl_bytes(platform::MutableBytes(target)),
            &written,
            openssl_bytes(body),
            static_cast<int>(body.size())
        ) == 1;
    SFM_ASSERT(done && static_cast<std::size_t>(written) == body.size());
    return {};
}

platform::Result<std::size_t> DecryptingFile::read_at(
    std::uint64_t offset, platform::MutableBytes target
) const {
    std::size_t filled = 0;
    while (filled < target.size() && offset < plain_bytes_) {
        const std::uint64_t start = offset - offset % window_bytes;
        const auto window = window_at(start);
        if (!window) return std::unexpected(window.error());
        const platform::Bytes bytes = **window;
        const std::uint64_t end = std::min<std::uint64_t>(start + bytes.size(), plain_bytes_);
        const std::size_t count =
            std::min<std::size_t>(target.size() - filled, static_cast<std::size_t>(end - offset));
        const auto source = bytes.subspan(static_cast<std::size_t>(offset - start), count);
        std::ranges::copy(source, target.subspan(filled).begin());
        filled += count;
        offset += count;
    }
    return filled;
}

}  // namespace sfmkit::verifier
