#include "client/encoder/synthetic/life_cycles.hpp"

#include <array>

namespace sfmkit::client {
namespace {

constexpr std::string_view outside = "e-resept not in RF";
constexpr std::string_view open = "Ekspederbar";
constexpr std::string_view in_progress = "Under ekspedering";
constexpr std::string_view recalled = "Tilbakekalt";
constexpr std::string_view ended = "Resept avsluttet";
constexpr std::string_view expired = "Foreldet";

// The three versions of an ordinary e-prescription in the official example of 2024.
constexpr VersionStep written{
    .pause = Pause::none,
    .event = StepEvent::none,
    .info = InfoState::draft,
    .register_status = outside,
    .send_status = "M1Pending",
    .source = "Ukjent"
};
constexpr VersionStep sent{
    .pause = Pause::seconds,
    .event = StepEvent::issued,
    .info = InfoState::sent,
    .register_status = open,
    .send_status = {},
    .source = "Ukjent"
};
constexpr VersionStep seen_in_register{
    .pause = Pause::minutes,
    .event = StepEvent::none,
    .info = InfoState::sent,
    .register_status = open,
    .send_status = {},
    .source = "Rf"
};
// Recall and its confirmation, as in the official example of 2021.
constexpr VersionStep recall_asked{
    .pause = Pause::days,
    .event = StepEvent::recalled,
    .info = InfoState::sent,
    .register_status = open,
    .send_status = "M5Pending",
    .source = "Rf",
    .recalled = true
};
constexpr VersionStep recall_confirmed{
    .pause = Pause::seconds,
    .event = StepEvent::none,
    .info = InfoState::sent,
    .register_status = recalled,
    .send_status = {},
    .source = "Rf",
    .recalled = true
};

constexpr VersionStep stopped(VersionStep step) {
    step.stopped = true;
    return step;
}

constexpr VersionStep imported(VersionStep step) {
    step.info = InfoState::imported;
    return step;
}

constexpr VersionStep with_status(VersionStep step, Pause pause, std::string_view status) {
    step.pause = pause;
    step.register_status = status;
    return step;
}

constexpr VersionStep dispensed(std::string_view status, std::string_view source) {
    VersionStep step = with_status(seen_in_register, Pause::days, status);
    step.event = StepEvent::dispensed;
    step.source = source;
    return step;
}

constexpr VersionStep local_only(InfoState info) {
    return {
        .pause = Pause::none,
        .event = StepEvent::none,
        .info = info,
        .register_status = {},
        .send_status = {},
        .source = "Epj"
    };
}

constexpr std::array ordinary_steps{written, sent, seen_in_register};
constexpr std::array recalled_steps{
    written, sent, seen_in_register, recall_asked, recall_confirmed
};
constexpr std::array stopped_steps{
    written, sent, seen_in_register, stopped(recall_asked), stopped(recall_confirmed)
};
constexpr VersionStep found_outside{
    .pause = Pause::none,
    .event = StepEvent::imported,
    .info = InfoState::imported,
    .register_status = open,
    .send_status = {},
    .source = "Rf",
    .known_locally = false
};
constexpr std::array imported_steps{found_outside, imported(seen_in_register)};
constexpr std::array imported_stopped_steps{
    found_outside,
    imported(seen_in_register),
    imported(stopped(recall_asked)),
    imported(stopped(recall_confirmed))
};
constexpr std::array dispensed_steps{
    written, sent, seen_in_register, dispensed(in_progress, "Utl"), dispensed(ended, "Utl")
};
constexpr VersionStep removed() {
    VersionStep step = with_status(seen_in_register, Pause::days, expired);
    step.event = StepEvent::removed;
    return step;
}
constexpr std::array expired_steps{written, sent, seen_in_register, removed()};
constexpr VersionStep send_failed{
    .pause = Pause::minutes,
    .event = StepEvent::failed,
    .info = InfoState::draft,
    .register_status = outside,
    .send_status = "M1Failed",
    .source = "Ukjent",
    .failure = "Ingen kontakt med Reseptformidleren"
};
constexpr std::array failed_steps{written, send_failed};

constexpr VersionStep with_draft(VersionStep step, std::string_view draft_of) {
    step.draft_of = draft_of;
    return step;
}
constexpr VersionStep with_pause(VersionStep step, Pause pause) {
    step.pause = pause;
    return step;
}
constexpr VersionStep with_deletion(VersionStep step) {
    step.deleted = true;
    return step;
}
constexpr VersionStep with_discard(VersionStep step) {
    step.discarded = true;
    return step;
}
constexpr VersionStep with_stop(VersionStep step) {
    return with_pause(stopped(step), Pause::days);
}

constexpr std::array printed_steps{
    with_draft(local_only(InfoState::local), "New prescription"),
    with_pause(local_only(InfoState::printed), Pause::minutes)
};
constexpr std::array phoned_steps{
    local_only(InfoState::phoned), with_stop(local_only(InfoState::phoned))
};
constexpr std::array faxed_steps{local_only(InfoState::faxed)};
constexpr std::array deleted_steps{
    local_only(InfoState::local),
    with_deletion(with_pause(local_only(InfoState::local), Pause::minutes))
};
constexpr std::array discarded_steps{
    local_only(InfoState::local),
    with_discard(with_pause(local_only(InfoState::local), Pause::days))
};

constexpr std::array<LifeCycle, 14> cycles{{
    {"ordinary", ordinary_steps},
    {"imported", imported_steps, nullptr, true, true},
    {"recalled", recalled_steps, &codes::recalled_for_other_cause},
    {"stopped", stopped_steps, &codes::recalled_because_stopped},
    {"ordinary", ordinary_steps},
    {"imported, stopped", imported_stopped_steps, &codes::recalled_because_stopped, true, true},
    {"dispensed", dispensed_steps},
    {"expired", expired_steps},
    {"failed to send", failed_steps},
    {"printed", printed_steps, nullptr, false},
    {"telephoned", phoned_steps, nullptr, false},
    {"faxed", faxed_steps, nullptr, false},
    {"deleted", deleted_steps, nullptr, false},
    {"discarded", discarded_steps, nullptr, false},
}};

constexpr LifeCycle replaced{"replaced", recalled_steps, &codes::recalled_because_renewed};

constexpr Code draft_code{"eRp/uRp", "eResept/Utskrift"};
constexpr Code sent_code{"eRp", "eResept"};
constexpr Code printed_code{"uRp", "Utskrift"};
constexpr Code faxed_code{"fRp", "Telefaks"};
constexpr Code phoned_code{"tRp", "Telefonresept"};
constexpr Code local_code{"Reg", "Registrering"};
constexpr Code imported_code{"iRp", "Importert resept"};

}  // namespace

const Code& code_of(InfoState state) {
    switch (state) {
        case InfoState::draft:
            return draft_code;
        case InfoState::sent:
            return sent_code;
        case InfoState::printed:
            return printed_code;
        case InfoState::faxed:
            return faxed_code;
        case InfoState::phoned:
            return phoned_code;
        case InfoState::local:
            return local_code;
        case InfoState::imported:
            return imported_code;
    }
    return draft_code;
}

std::span<const LifeCycle> life_cycles() {
    return cycles;
}

const LifeCycle& replaced_life_cycle() {
    return replaced;
}

}  // namespace sfmkit::client
