#pragma once

#include "client/encoder/synthetic/people.hpp"

#include <span>
#include <string>
#include <vector>

namespace sfmkit::client {

class Dice;

/// A user of the practice as ExportData.xml lists them.
struct User {
    std::string id;
    std::string login;
    std::string_view type;  ///< Brukertype; empty for the system user
    const Code* profession = nullptr;
    bool may_prescribe_all = false;       ///< ForskrivningsrettAB, which doctors have
    bool has_right_to_prescribe = false;  ///< HarForskrivningsrett, which midwives have
    std::vector<const Code*> specialities;
    std::string telephone;  ///< `tel:…`, or empty
    bool active = true;
    PersonName name;  ///< empty for the administrator
    Sex sex = Sex::female;
    LocalDate birth;
    std::string national_number;          ///< birth number, if any
    std::string health_personnel_number;  ///< HPR number, if any
};

struct Institution {
    std::string id;
    std::string name;
    std::string her_id;
    std::string organisation_number;
    Address address;
    std::string telephone;
};

/// Who made the export; patients refer to it.
struct Organisation {
    LocalTime exported_at;  ///< nothing in the export is later; an even second
    Institution institution;
    std::vector<User> users;
    std::size_t first_doctor = 0;
    std::size_t doctor_count = 0;

    std::span<const User> doctors() const {
        return std::span(users).subspan(first_doctor, doctor_count);
    }
};

/// Equal seed, equal organisation.
Organisation draw_organisation(std::uint64_t seed);

}  // namespace sfmkit::client
