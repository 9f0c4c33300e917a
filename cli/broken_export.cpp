#include "cli/broken_export.hpp"

#include "cli/recipient_certificate.hpp"
#include "client/encoder/key_encoding.hpp"
#include "fixtures/rule_recipe.hpp"
#include "fixtures/sample/sample_documents.hpp"
#include "verifier/rules/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace sfmkit::cli {
namespace {

using fixtures::RuleRecipe;
using platform::Result;

std::unexpected<platform::Error> refuse(std::string what, std::string expected, std::string next) {
    return platform::fail({
        .code = platform::Errc::usage,
        .what = std::move(what),
        .where = "--break",
        .expected = std::move(expected),
        .next = std::move(next),
    });
}

/// Shells like names without blanks better.
std::string dashed(std::string text) {
    std::ranges::replace(text, ' ', '-');
    return text;
}

std::string full_name(const RuleRecipe& recipe) {
    return recipe.rule + ":" + dashed(recipe.what);
}

/// Ids of the family that have a check; all families when there is no such family.
std::string near_ids(const std::string& rule) {
    const std::string family = rule.substr(0, rule.find('-'));
    std::string near;
    std::string first_of_families;
    std::string last_family;
    for (const findings::Rule* row : verifier::catalogue()) {
        if (!row->built) continue;
        const std::string id(row->id);
        const std::string own = id.substr(0, id.find('-'));
        if (own == family) near += (near.empty() ? "" : ", ") + id;
        if (own != last_family) first_of_families += (last_family.empty() ? "" : ", ") + id;
        last_family = own;
    }
    return near.empty() ? first_of_families + " and so on" : near;
}

const findings::Rule* row_of(const std::string& rule) {
    const auto rows = verifier::catalogue();
    const auto row = std::ranges::find(rows, rule, &findings::Rule::id);
    return row == rows.end() ? nullptr : *row;
}

struct Choice {
    const findings::Rule* row = nullptr;
    RuleRecipe recipe;
    std::vector<std::string> others;
};

Result<Choice> choose(const std::string& asked, const fixtures::Names& names) {
    const std::size_t colon = asked.find(':');
    std::string rule = asked.substr(0, colon);
    std::ranges::transform(rule, rule.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    Choice choice;
    choice.row = row_of(rule);
    if (choice.row == nullptr) {
        return refuse("no rule is called " + rule, near_ids(rule), "sfmkit generate --help");
    }
    if (!choice.row->built) {
        return refuse(
            "the check of rule " + rule + " is not built yet, so nothing could show the mistake",
            near_ids(rule),
            "sfmkit generate --help"
        );
    }
    std::optional<RuleRecipe> found;
    std::string known;
    for (RuleRecipe& recipe : fixtures::all_recipes(names)) {
        if (recipe.rule != rule || recipe.passes || recipe.fleeting) continue;
        const std::string name = full_name(recipe);
        known += (known.empty() ? "" : ", ") + name;
        const bool wanted =
            colon == std::string::npos || dashed(asked.substr(colon + 1)) == dashed(recipe.what);
        if (wanted && !found) {
            found = std::move(recipe);
        } else {
            choice.others.push_back(name);
        }
    }
    if (!found) return refuse("no way to break a rule is called " + asked, known, "one of these");
    choice.recipe = std::move(*found);
    return choice;
}

/// Who the files are sealed for, and what lies beside the export because of that.
struct Sealer {
    std::optional<platform::Certificate> given;
    std::optional<platform::PrivateKey> made;
    std::optional<platform::PrivateKey> another;
    std::string key_file = "KEY";
    std::string certificate_file = {};

    fixtures::Recipients recipients() const {
        return {
            .recipient = given  ? given->public_key()
                         : made ? made->get()
                                : nullptr,
            .another = another ? another->get() : nullptr
        };
    }
};

Result<void> write_beside(World& world, const std::string& path, platform::Bytes content) {
    auto file =
        world.files.create(path, platform::Existing::keep_and_fail, platform::Access::owner_only);
    if (!file) return platform::fail(file.error());
    if (auto written = (*file)->append(content); !written) return written;
    return (*file)->close();
}

Result<Sealer> prepare_sealer(
    World& world, const BrokenExportOptions& options, const fixtures::ExportRecipe& recipe
) {
    Sealer sealer;
    if (recipe.for_another_recipient) {
        sealer.another = fixtures::make_rsa_key(recipe.another_recipient_bits);
    }
    const bool needs_own_key = recipe.recipient_bits != fixtures::ExportRecipe::usual_bits ||
                               recipe.certificate.has_value();
    if (!options.recipient.empty()) {
        if (needs_own_key) {
            return refuse(
                options.recipe + " needs a key and a certificate of its own",
                "no --recipient",
                "sfmkit generate " + options.output + " --break " + options.recipe
            );
        }
        auto given = read_recipient_certificate(world, options.recipient);
        if (!given) return platform::fail(given.error());
        sealer.given = std::move(*given);
        return sealer;
    }
    sealer.made = fixtures::make_rsa_key(recipe.recipient_bits);
    sealer.key_file = options.output + ".key.pem";
    const auto key = client::private_key_pem(*sealer.made->get());
    if (auto kept = write_beside(world, sealer.key_file, key.view()); !kept) {
        return platform::fail(kept.error());
    }
    if (!recipe.certificate) return sealer;
    sealer.certificate_file = options.output + ".cert.pem";
    const auto certificate =
        fixtures::self_signed(*sealer.made, world.clock.wall_now(), *recipe.certificate);
    const auto pem = client::certificate_pem(*certificate.get());
    if (auto kept = write_beside(world, sealer.certificate_file, pem.view()); !kept) {
        return platform::fail(kept.error());
    }
    return sealer;
}

Result<void> expect_empty(World& world, const std::string& folder) {
    const auto status = world.files.status(folder);
    if (!status) return platform::fail(status.error());
    if (!*status) return {};
    const auto entries = world.files.list(folder);
    if (!entries) return platform::fail(entries.error());
    if (entries->empty()) return {};
    return platform::fail({
        .code = platform::Errc::already_exists,
        .what = "the export folder is not empty",
        .where = folder,
        .expected = "a new or an empty folder",
        .next = "choose another folder",
    });
}

std::string words(const fixtures::ExpectedPlace& place) {
    std::string text = place.file.empty() ? "the export folder" : place.file;
    if (!place.entry.empty()) text += ", entry " + place.entry;
    if (place.byte_offset) text += fmt::format(", byte {}", *place.byte_offset);
    if (place.line) text += fmt::format(", line {}", *place.line);
    if (!place.xpath.empty()) text += ", " + place.xpath;
    return text;
}

}  // namespace

Result<BrokenExport> generate_broken(World& world, const BrokenExportOptions& options) {
    const fixtures::Content content =
        fixtures::sample_content(options.seed, world.clock.wall_now());
    const auto choice = choose(options.recipe, content.names);
    if (!choice) return platform::fail(choice.error());
    if (auto empty = expect_empty(world, options.output); !empty) {
        return platform::fail(empty.error());
    }
    const fixtures::ExportRecipe recipe = fixtures::broken_export(choice->recipe, content);
    const auto sealer = prepare_sealer(world, options, recipe);
    if (!sealer) return platform::fail(sealer.error());
    auto written =
        fixtures::write_export(recipe, sealer->recipients(), world.files, options.output);
    if (!written) return platform::fail(written.error());
    BrokenExport result{
        .rule = choice->recipe.rule,
        .name = choice->recipe.what,
        .title = std::string(choice->row->title),
        .places = {},
        .further_ways = choice->others,
        .verify_command = "sfmkit verify " + options.output + " --key " + sealer->key_file,
    };
    if (!sealer->certificate_file.empty()) {
        result.verify_command += " --cert " + sealer->certificate_file;
    }
    if (recipe.production) result.verify_command += " --production";
    for (const auto& place : choice->recipe.where(recipe)) result.places.push_back(words(place));
    return result;
}

}  // namespace sfmkit::cli
