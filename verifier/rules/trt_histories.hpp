#pragma once

#include "verifier/content_facts.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The prescriptions of a patient document by treatment and PrescriptionId, with the versions that
/// the document writes of each.
namespace sfmkit::verifier::trt {

/// One Prescription element.
struct Version {
    Element element;
    std::size_t prescription = 0;  ///< its number
    std::size_t ordinal = 1;       ///< among the versions of its prescription, in the document
    std::string_view id;           ///< PrescriptionVersionId; may be empty
    Element before;                ///< RefForrigePrescriptionVersion; none where it says nothing
};

/// All versions with one PrescriptionId in one treatment.
struct Prescription {
    Element treatment;
    std::string_view id;
    std::vector<std::size_t> versions = {};  ///< numbers, in their order; at least one
};

/// Of the whole document. A version without PrescriptionId is left out: that is told elsewhere.
struct Histories {
    std::vector<Version> versions;
    std::vector<Prescription> prescriptions;

    const Version& first(const Prescription& prescription) const {
        return versions[prescription.versions.front()];
    }
    const Version& last(const Prescription& prescription) const {
        return versions[prescription.versions.back()];
    }
    const Prescription& of(const Version& version) const {
        return prescriptions[version.prescription];
    }
};

/// Made once for all rules.
const Histories& histories_of(const ContentFacts& facts);

/// The four kinds of treatments, in the order of the document; none in an organisation document.
Children treatments_in(const ContentFacts& facts);

/// How the versions of all prescriptions refer to each other.
struct VersionLinks {
    enum class Fault {
        none,
        unknown,            ///< no version has that id
        other_prescription  ///< the version that has it belongs to another prescription
    };

    // By version.
    std::vector<std::optional<std::size_t>> before;   ///< the one it names, in its prescription
    std::vector<std::optional<std::size_t>> other;    ///< the one it names, in another one
    std::vector<Fault> faults;                        ///< of its reference
    std::vector<std::optional<std::size_t>> same_id;  ///< the first version that has its id, too
    /// By prescription: a version of it refers to one of another, or the other way round. Then
    /// nobody knows where one ends, and rules about whole prescriptions are silent.
    std::vector<bool> crossed;
};

/// Of the histories, made once. References to an id that several versions have lead nowhere and are
/// no fault.
const VersionLinks& links_of(const ContentFacts& facts);

// For messages. Identifiers are masked unless they are GUIDs.

/// `version 2 of 3`
std::string ordinal_words(const Histories& histories, const Version& version);
/// `prescription <guid>, treatment <guid>`
std::string prescription_words(const Histories& histories, const Prescription& prescription);
/// Both, with the id of the version.
std::string version_words(const Histories& histories, const Version& version);

}  // namespace sfmkit::verifier::trt
