#pragma once

#include "client/encoder/synthetic/coded_values.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace sfmkit::client {

/// Which ForskrivningsInfo a version of a prescription points to.
enum class InfoState : std::uint8_t {
    draft,    ///< `eRp/uRp`: not yet sent or printed
    sent,     ///< `eRp`
    printed,  ///< `uRp`
    faxed,    ///< `fRp`
    phoned,   ///< `tRp`
    local,    ///< `Reg`
    imported  ///< `iRp`
};
const Code& code_of(InfoState state);

/// How much time lies between a version and the one before it.
enum class Pause : std::uint8_t { none, seconds, minutes, days };

/// What else a version of a prescription tells.
enum class StepEvent : std::uint8_t {
    none,
    issued,     ///< ERM1 goes out, AppRec comes back
    failed,     ///< ERM1 could not be sent
    imported,   ///< ERM1 of another practice is taken over
    recalled,   ///< ERM5 goes out, ERM52 comes back
    dispensed,  ///< ERM97 asks, ERM98 tells
    removed     ///< ERM7 comes in, AppRec goes out
};

/// One version of a prescription. Empty texts are elements that are left out.
struct VersionStep {
    Pause pause = Pause::none;
    StepEvent event = StepEvent::none;
    InfoState info = InfoState::draft;
    std::string_view register_status;  ///< RfStatus
    std::string_view send_status;      ///< RfSendStatus
    std::string_view source;           ///< ItemSource
    bool known_locally = true;
    bool recalled = false;           ///< carries Tilbakekalling
    bool stopped = false;            ///< carries Seponering
    std::string_view draft_of = {};  ///< Kladd
    std::string_view failure = {};   ///< RFSendFeilmelding
    bool deleted = false;            ///< carries Slettet
    bool discarded = false;          ///< carries Fjernet
};

/// The versions that one prescription goes through.
struct LifeCycle {
    std::string_view name;
    std::span<const VersionStep> steps;
    const Code* recall_cause = nullptr;
    bool in_register = true;  ///< has a ReseptId
    bool by_other_practice = false;
};

/// Every life cycle that a first (or only) prescription of a treatment can have; the first one is
/// the plain e-prescription in three versions.
std::span<const LifeCycle> life_cycles();
/// A prescription that a renewal replaces; an ordinary e-prescription follows it.
const LifeCycle& replaced_life_cycle();

namespace codes {
inline constexpr Code recalled_because_stopped{"2", "Seponering", "7500"};
inline constexpr Code recalled_because_renewed{"3", "Fornying med endring", "7500"};
inline constexpr Code recalled_for_other_cause{"4", "Annen", "7500"};
}  // namespace codes

}  // namespace sfmkit::client
