#include "verifier/byte_budget.hpp"

#include "platform/printable.hpp"
#include "wire/base64.hpp"
#include "wire/envelope_layout.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::verifier {
namespace {

constexpr std::uint64_t length_bytes = 4;

/// Deals out the bytes of a file in order.
class Dealer {
  public:
    explicit Dealer(std::uint64_t file_bytes) : left_(file_bytes) {}

    /// Shortened, and said so, when the file ends before; left out when nothing is left.
    void deal(std::string field, std::uint64_t wanted, std::string meaning) {
        const std::uint64_t length = std::min(wanted, left_);
        if (length == 0) return;
        if (length < wanted) meaning += fmt::format("; cut: the header promises {} bytes", wanted);
        rows_.push_back({std::move(field), offset_, length, std::move(meaning)});
        offset_ += length;
        left_ -= length;
    }
    std::uint64_t left() const noexcept { return left_; }
    std::vector<BudgetRow> rows() { return std::move(rows_); }

  private:
    std::uint64_t offset_ = 0;
    std::uint64_t left_;
    std::vector<BudgetRow> rows_;
};

std::string extension_meaning(const EnvelopeHeader& header) {
    const std::string_view stored = platform::as_text(header.extension);
    const auto decoded = wire::decode_base64(stored);
    if (decoded && platform::is_utf8(platform::as_text(*decoded))) {
        return fmt::format(
            "base64 of \"{}\": the extension of the plaintext",
            platform::printable(platform::as_text(*decoded), 64)
        );
    }
    return fmt::format("\"{}\", which is no base64 of text", platform::printable(stored, 64));
}

void deal_body(Dealer& dealer) {
    constexpr std::uint64_t block = wire::envelope::block_bytes;
    const std::uint64_t blocks = dealer.left() / block;
    dealer.deal(
        "ciphertext",
        blocks * block,
        fmt::format("{} blocks of 16, AES-256-CBC if it is right", blocks)
    );
    dealer.deal("remainder", dealer.left(), "less than a block: cut, or appended");
}

std::uint32_t swapped(std::uint32_t value) {
    return (value >> 24U) | ((value >> 8U) & 0xFF00U) | ((value << 8U) & 0xFF0000U) |
           (value << 24U);
}

void deal_fields(Dealer& dealer, const EnvelopeHeader& header) {
    const bool turned = header.layout == Layout::byte_swapped;
    const auto value = [turned](std::uint32_t number) { return turned ? swapped(number) : number; };
    const char* const order = turned ? ", high byte first" : "";
    const std::uint32_t key = value(header.key_length);
    const std::uint32_t iv = value(header.iv_length);
    const std::uint32_t extension = value(header.extension_length);
    const bool with_extension = header.layout != Layout::legacy;
    dealer.deal("length of key", length_bytes, fmt::format("{}{}", key, order));
    dealer.deal("length of IV", length_bytes, fmt::format("{}{}", iv, order));
    if (with_extension) {
        dealer.deal("length of extension", length_bytes, fmt::format("{}{}", extension, order));
    }
    dealer.deal(
        "wrapped key",
        key,
        fmt::format("an AES key, for an RSA key of {} bits", std::uint64_t{key} * 8)
    );
    dealer.deal(
        "IV", iv, header.iv.empty() ? "initialisation vector" : platform::to_hex(header.iv)
    );
    if (with_extension) {
        const bool read = !header.extension.empty();
        dealer.deal("extension", extension, read ? extension_meaning(header) : "not read");
    }
    deal_body(dealer);
}

}  // namespace

std::vector<BudgetRow> byte_budget(const EnvelopeHeader& header) {
    Dealer dealer(header.file_bytes);
    const bool has_fields = header.layout == Layout::current || header.layout == Layout::legacy ||
                            header.layout == Layout::byte_swapped ||
                            (header.layout == Layout::cut && header.key_length != 0);
    if (has_fields) {
        deal_fields(dealer, header);
    } else {
        const bool known = header.known.content != Content::unknown;
        dealer.deal(
            "content", dealer.left(), known ? describe(header.known) : "no lengths that make sense"
        );
    }
    return dealer.rows();
}

std::uint64_t total_bytes(const std::vector<BudgetRow>& budget) noexcept {
    std::uint64_t total = 0;
    for (const BudgetRow& row : budget) total += row.length_bytes;
    return total;
}

}  // namespace sfmkit::verifier
