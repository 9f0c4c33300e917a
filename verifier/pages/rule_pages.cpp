#include "verifier/pages/rule_pages.hpp"

#include "verifier/pages/cod_pages.hpp"
#include "verifier/pages/dat_pages.hpp"
#include "verifier/pages/dir_pages.hpp"
#include "verifier/pages/env_pages.hpp"
#include "verifier/pages/idn_pages.hpp"
#include "verifier/pages/idx_pages.hpp"
#include "verifier/pages/led_pages.hpp"
#include "verifier/pages/msg_pages.hpp"
#include "verifier/pages/org_pages.hpp"
#include "verifier/pages/pat_pages.hpp"
#include "verifier/pages/trt_pages.hpp"
#include "verifier/pages/xml_pages.hpp"
#include "verifier/pages/zip_pages.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace sfmkit::verifier {
namespace {

using PageSet = std::span<const findings::RulePage> (*)() noexcept;

/// A family with many rules has more than one set, each in a source of its own.
constexpr auto page_sets = std::to_array<PageSet>({
    env_pages_from_01, env_pages_from_11, zip_pages_from_01, dir_pages_from_01, idx_pages_from_01,
    led_pages_from_01, xml_pages_from_01, org_pages_from_01, org_pages_from_08, org_pages_from_16,
    org_pages_from_23, org_pages_from_30, pat_pages_from_01, pat_pages_from_09, pat_pages_from_18,
    pat_pages_from_27, trt_pages_from_01, trt_pages_from_08, trt_pages_from_16, trt_pages_from_29,
    trt_pages_from_36, msg_pages_from_01, msg_pages_from_12, idn_pages_from_01, cod_pages_from_01,
    dat_pages_from_01,
});

}  // namespace

const findings::RulePage* page_of(std::string_view id) noexcept {
    for (const PageSet pages_of_set : page_sets) {
        const auto pages = pages_of_set();
        const auto page = std::ranges::find(pages, id, &findings::RulePage::id);
        if (page != pages.end()) return &*page;
    }
    return nullptr;
}

}  // namespace sfmkit::verifier
