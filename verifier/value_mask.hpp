#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// What stands for a value that is not shown; says nothing about its length.
inline constexpr std::string_view masked_value = "***";

enum class PersonalData { masked, shown };

/// Decides which values of a document a person may see. A value is shown only when its path is
/// known to hold a code, date, number, GUID or version and the value looks like one; everything
/// else is masked: names, numbers of people, addresses, free text, whatever stands in namespaces
/// and elements that are not ours. Follow the document with enter and leave.
class ValueMask {
  public:
    explicit ValueMask(PersonalData personal) noexcept : personal_(personal) {}

    void enter(std::string_view space, std::string_view name);
    void leave();

    /// Names of the element that was entered last and of its namespace, as they may be shown.
    std::string element_name() const;
    std::string namespace_name() const;
    std::string text(std::string_view value) const;
    /// An attribute of that element; space is that of the attribute, mostly empty.
    std::string attribute_name(std::string_view space, std::string_view name) const;
    std::string attribute(std::string_view space, std::string_view name, std::string_view value)
        const;
    /// A comment or the content of a processing instruction.
    std::string remark(std::string_view value) const;

  private:
    struct Step {
        std::string space;
        std::string name;
        bool closed = false;  ///< below an element that is about a person
    };

    bool masks() const noexcept { return personal_ == PersonalData::masked; }
    std::string_view name_of(std::size_t levels_up) const noexcept;

    PersonalData personal_;
    std::vector<Step> steps_;
};

/// A file name inside an archive: an identity number in it is masked.
std::string masked_entry_name(std::string_view name, PersonalData personal);

}  // namespace sfmkit::verifier
